//! The page of a comparison, an analysis or a calibration, beside its tables. It is drawn from them and can be drawn
//! again, so the manifest does not list it.

use super::{Description, PAGE, Results, StoreError, input};
use std::fs::{self, File};
use std::io::Write as _;
use std::path::{Path, PathBuf};

/// File name of the description of a comparison.
pub const DESCRIPTION: &str = "comparison.json";

/// File name of the description of a sweep, which lies beside its analysis too.
pub const SWEPT: &str = "sweep.json";

/// File name of the description of a calibration.
pub const CALIBRATED: &str = "calibration.json";

/// File name of the gaps of an analysis: what it could not say.
pub const ANALYSIS: &str = "analysis.json";

impl Results {
    /// Whether the manifest lists a file.
    pub fn holds(&self, name: &str) -> bool {
        self.manifest().files.contains_key(name)
    }

    /// Reads the description of the comparison in the folder.
    ///
    /// # Errors
    /// If the folder holds no comparison, or its description is not as this version writes it.
    pub fn description(&self) -> Result<Description, StoreError> {
        let path = self.folder().join(DESCRIPTION);
        let text = input::read(&path).map_err(|_| StoreError::NotCompared {
            path: self.folder().to_owned(),
        })?;
        let described = serde_json::from_slice(&text).map_err(|error| StoreError::Table {
            path,
            line: error.line() as u64,
            reason: error.to_string(),
        })?;
        self.require_same(DESCRIPTION)?;
        Ok(described)
    }
}

/// Writes the page into a finished results folder, whole or not at all, and returns its path.
///
/// # Errors
/// If it cannot be written; an earlier page then stays as it was.
pub fn write_page(folder: &Path, page: &str) -> Result<PathBuf, StoreError> {
    let path = folder.join(PAGE);
    let unfinished = folder.join(format!(".{PAGE}.unfinished-{}", std::process::id()));
    let written = File::create(&unfinished)
        .and_then(|mut file| {
            file.write_all(page.as_bytes())
                .and_then(|()| file.sync_all())
        })
        .and_then(|()| fs::rename(&unfinished, &path));
    match written {
        Ok(()) => Ok(path),
        Err(source) => {
            let _ = fs::remove_file(&unfinished);
            Err(StoreError::Passage { path, source })
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_replaces_the_one_before_and_leaves_nothing_else() {
        let folder = tempfile::tempdir().unwrap();
        for text in ["first", "second"] {
            let path = write_page(folder.path(), text).unwrap();
            assert_eq!(fs::read_to_string(path).unwrap(), text);
        }
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    }

    #[test]
    fn a_page_that_cannot_be_written_says_so() {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir(folder.path().join(PAGE)).unwrap();
        fs::write(folder.path().join(PAGE).join("x"), "").unwrap();
        let error = write_page(folder.path(), "text").unwrap_err().to_string();
        assert!(error.contains(PAGE), "{error}");
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    }
}
