//! What the targets share: a folder of their own with what `fuzz/seeds` has made, into which the file under test is
//! put.

use exeunt::cli::{Arguments, execute};
use exeunt::scenario::{Problems, Source};
use std::fs;
use std::path::{Path, PathBuf};

/// A folder that belongs to this process alone.
pub struct Desk {
    folder: tempfile::TempDir,
}

impl Desk {
    /// Makes a folder with everything that `fuzz/seeds` has made: the shipped scenarios, and folders of results.
    pub fn new() -> Self {
        let desk = Self {
            folder: tempfile::tempdir().expect("a folder can be made"),
        };
        copy(&made(), desk.folder.path());
        desk
    }

    /// Restores a folder to what `fuzz/seeds` has made.
    pub fn renew(&self, name: &str) {
        let _ = fs::remove_dir_all(self.path(name));
        copy(&made().join(name), &self.path(name));
    }

    /// The path of a file or folder in it.
    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Writes a file into it.
    pub fn put(&self, name: &str, bytes: &[u8]) -> PathBuf {
        let path = self.path(name);
        fs::write(&path, bytes).expect("a file can be written");
        path
    }

    /// Executes a command line, with `{}` for this folder, and renders the message if it fails.
    pub fn execute(&self, line: &str) {
        let folder = self.folder.path().display().to_string();
        let words = line.split(' ').map(|word| word.replace("{}", &folder));
        let arguments = <Arguments as clap::Parser>::try_parse_from(words).expect("arguments");
        if let Err(failure) = execute(&arguments) {
            assert!(!failure.render(false).is_empty());
        }
    }
}

impl Default for Desk {
    fn default() -> Self {
        Self::new()
    }
}

/// Loads a source that must be valid.
pub fn load(path: &Path) -> Source {
    Source::load(path, &[]).unwrap_or_else(|problems| panic!("{problems}"))
}

/// Checks that there are problems and that they can be rendered.
pub fn say(problems: &Problems) {
    assert!(!problems.is_empty() && !problems.render(false).is_empty());
}

fn made() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("made")
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("a folder can be made");
    for entry in fs::read_dir(from).expect("fuzz/seeds has been run") {
        let entry = entry.expect("a folder can be read");
        let (from, to) = (entry.path(), to.join(entry.file_name()));
        match from.is_dir() {
            true => copy(&from, &to),
            // (`fs::copy` can be interrupted by the timer signal of the fuzzer; reading and writing continue after it.)
            false => fs::write(to, fs::read(from).expect("a file can be read"))
                .expect("a file can be written"),
        }
    }
}
