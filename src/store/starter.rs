//! A folder of given texts, for somebody to begin from.

use super::StoreError;
use super::folder::Destination;
use std::fs;
use std::path::Path;

/// Makes a folder that holds the given files (name, text).
///
/// # Errors
/// If there is something already but an empty folder, or it cannot be written.
pub fn write_new_folder(
    path: &Path,
    files: &[(impl AsRef<Path>, impl AsRef<[u8]>)],
) -> Result<(), StoreError> {
    // An empty folder is what somebody made for this; a link counts as something, wherever it leads.
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
