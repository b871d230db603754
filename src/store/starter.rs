//! Writes a folder of given texts as a starting point.

use super::StoreError;
use super::folder::Destination;
use std::fs;
use std::path::Path;

/// Makes a folder that holds the given files (name, text).
///
/// # Errors
/// If the path exists and is not an empty folder, or cannot be written.
pub fn write_new_folder(
    path: &Path,
    files: &[(impl AsRef<Path>, impl AsRef<[u8]>)],
) -> Result<(), StoreError> {
    // An empty folder was made for this purpose; a link is refused, wherever it points.
    let is_folder = fs::symlink_metadata(path).is_ok_and(|found| found.is_dir());
    let is_empty = is_folder && fs::read_dir(path).is_ok_and(|mut names| names.next().is_none());
    if !is_empty {
        Destination::check(path, false)?;
    }
    let folder = path;
    fs::create_dir_all(folder).map_err(|source| StoreError::Unwritable {
        path: folder.to_owned(),
        source,
    })?;
    for (name, text) in files {
        let file = folder.join(name);
        fs::write(&file, text).map_err(|source| StoreError::Io { path: file, source })?;
    }
    Ok(())
}
