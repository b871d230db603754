//! A sweep that may be read and not written, as one of somebody else.

use super::{assert_same, desk, results, undisturbed};
use crate::desk::{Desk, code, stderr};
use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _};
use std::os::unix::process::CommandExt as _;
use std::path::Path;
use std::process::{Command, Output};
use std::{fs, io};

/// The program as somebody who may read all that is there and write nothing: an administrator may write whatever a
/// file says, so that the test of one is run as nobody.
fn output_of_a_reader(desk: &Desk, arguments: &[&str]) -> io::Result<Output> {
    const NOBODY: u32 = 65_534;
    let mut command = Command::new(assert_cmd::cargo::cargo_bin("exeunt"));
    command.current_dir(desk.folder.path()).args(arguments);
    if fs::metadata("/proc/self").is_ok_and(|own| own.uid() == 0) {
        command.uid(NOBODY).gid(NOBODY);
    }
    command.output()
}

/// Gives a folder and all in it these rights: those of files, and to enter folders too.
fn allow(path: &Path, rights: u32) {
    let set = |rights| fs::set_permissions(path, fs::Permissions::from_mode(rights)).unwrap();
    if !path.is_dir() {
        return set(rights);
    }
    set(0o755);
    for entry in fs::read_dir(path).unwrap() {
        allow(&entry.unwrap().path(), rights);
    }
    set(rights | 0o111);
}

/// A sweep of somebody else is whole, whatever may not be done with it, and is said to be.
#[test]
fn a_sweep_that_may_only_be_read_is_said_to_be_there() {
    let desk = desk();
    undisturbed(&desk);
    let before = results(&desk, "whole");
    fs::create_dir_all(desk.path("begun/shards")).unwrap();
    let shards = ["whole/shards/0-of-1", "begun/shards/0-of-1"].map(|shard| desk.path(shard));
    fs::create_dir(&shards[1]).unwrap();
    for file in ["plan.json", "ledger"] {
        fs::copy(shards[0].join(file), shards[1].join(file)).unwrap();
    }
    allow(desk.folder.path(), 0o444);
    // Where nobody may not even read the program or the examples there is nothing to be seen.
    let checked = output_of_a_reader(&desk, &["check", "plan.toml"]);
    if !checked.is_ok_and(|output| output.status.success()) {
        eprintln!(
            "skipped: user 65534 can read neither the program nor its examples, and an administrator writes all"
        );
        return allow(desk.folder.path(), 0o644);
    }
    let by_reader = |arguments: &[&str]| output_of_a_reader(&desk, arguments).unwrap();
    let sweep = |out: &str| by_reader(&["sweep", "plan.toml", "--out", out]);
    for (output, kept) in [
        (sweep("whole"), "`whole` can be read, but not written"),
        (sweep("whole"), "its results stay as they are"),
        (sweep("begun"), "what is finished stays as it is"),
    ] {
        assert_eq!(code(&output), 1, "{}", stderr(&output));
        let said = stderr(&output);
        for words in [kept, "ermission", "give another folder with --out"] {
            assert!(said.contains(words), "no {words:?} in: {said}");
        }
        assert!(!said.contains("no results are kept"), "{said}");
    }
    let merged = by_reader(&["merge", "whole"]);
    assert_eq!(code(&merged), 1, "{}", stderr(&merged));
    let said = stderr(&merged);
    assert!(said.contains("all runs are kept"), "{said}");
    assert!(
        said.contains("exeunt merge COPY") && !said.contains("--out"),
        "{said}"
    );
    // What has only to be read is.
    fs::set_permissions(desk.folder.path(), fs::Permissions::from_mode(0o777)).unwrap();
    let analysed = by_reader(&["analyse", "whole", "--out", "mine", "--quiet"]);
    assert_eq!(code(&analysed), 0, "{}", stderr(&analysed));
    assert_same(&results(&desk, "whole"), &before);
    allow(desk.folder.path(), 0o644);
}
