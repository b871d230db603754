//! A folder of its own for each test, the program in it, and what it says.

use assert_cmd::Command;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Output;
use tempfile::TempDir;

/// The shipped example with neighbours of one origin, far below full scale.
pub const EXAMPLE: &str = "scenarios/examples/border-closes.toml";

pub const SCALE: [&str; 2] = ["--scale", "30"];

pub fn shipped(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

/// A place of its own, and the program in it.
pub struct Desk {
    pub folder: TempDir,
}

impl Desk {
    pub fn new() -> Self {
        Self {
            folder: tempfile::tempdir().unwrap(),
        }
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::cargo_bin("exeunt").unwrap();
        command
            .current_dir(self.folder.path())
            .args(arguments)
            .env_remove("NO_COLOR");
        command
    }

    pub fn output(&self, arguments: &[&str]) -> Output {
        self.command(arguments).output().unwrap()
    }

    /// Runs the example with more arguments.
    pub fn run(&self, arguments: &[&str]) -> Output {
        let scenario = shipped(EXAMPLE);
        let mut all = vec!["run", scenario.to_str().unwrap()];
        all.extend(SCALE);
        all.extend(arguments);
        self.output(&all)
    }

    /// Everything in the folder, hidden things too.
    pub fn names(&self) -> Vec<String> {
        names(self.folder.path())
    }
}

pub fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).unwrap();
    let mut names: Vec<String> = entries
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    names
}

pub fn code(output: &Output) -> i32 {
    output.status.code().unwrap()
}

pub fn stdout(output: &Output) -> &str {
    std::str::from_utf8(&output.stdout).unwrap()
}

pub fn stderr(output: &Output) -> &str {
    std::str::from_utf8(&output.stderr).unwrap()
}

/// It was refused with exit code 2, nothing was printed, and the message has these words.
pub fn assert_refused(output: &Output, words: &[&str]) {
    assert_eq!(code(output), 2, "{}", stderr(output));
    assert_eq!(stdout(output), "");
    for word in words {
        assert!(
            stderr(output).contains(word),
            "no {word:?} in:\n{}",
            stderr(output)
        );
    }
}
