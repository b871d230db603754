//! A folder of given texts, for somebody to begin from.

use super::StoreError;
use super::folder::Destination;
use std::fs;
use std::path::Path;

/// Makes a folder that holds the given files (name, text).
///
/// # Errors
/// If there is something already, or it cannot be written.
pub fn write_new_folder(
    path: &Path,
    files: &[(impl AsRef<Path>, impl AsRef<[u8]>)],
) -> Result<(), StoreError> {
    let destination = Destination::check(path, false)?;
    let folder = destination.path();
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
