//! Reads files back, whoever made them, without waiting for a pipe and without reading a file that has no end.

use std::fs::{self, File};
use std::io::{self, Read as _};
use std::path::Path;

/// The largest description that is read, in bytes; far larger than any that is written.
const MOST_BYTES: u64 = 64_000_000;

/// Opens a file, and refuses any other thing that has a path.
pub(super) fn open(path: &Path) -> io::Result<File> {
    require_file(path)?;
    File::open(path)
}

/// Refuses a path that is not that of a file.
pub(super) fn require_file(path: &Path) -> io::Result<()> {
    // This is checked before opening, because opening a pipe would wait for somebody to write to it.
    match fs::metadata(path)?.is_file() {
        true => Ok(()),
        false => Err(io::Error::other("this is not a file")),
    }
}

/// Reads the bytes of a description.
pub(super) fn read(path: &Path) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    open(path)?.take(MOST_BYTES + 1).read_to_end(&mut bytes)?;
    match bytes.len() as u64 <= MOST_BYTES {
        true => Ok(bytes),
        false => Err(io::Error::other(format!(
            "it is larger than {} MB",
            MOST_BYTES / 1_000_000
        ))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_file_is_not_read() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("x");
        let kind = |path: &Path| read(path).map_err(|error| error.kind());
        assert_eq!(kind(&path), Err(io::ErrorKind::NotFound));
        fs::write(&path, "{}").unwrap();
        assert_eq!(kind(&path), Ok(b"{}".to_vec()));
        assert_eq!(kind(folder.path()), Err(io::ErrorKind::Other));
        File::create(&path)
            .unwrap()
            .set_len(MOST_BYTES + 1)
            .unwrap();
        assert_eq!(kind(&path), Err(io::ErrorKind::Other));
    }
}
