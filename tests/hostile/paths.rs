//! Paths to what is no file, that climb out of the folder, or that never end.

use super::case::{Case, refused};
use std::fs;
use std::path::Path;
use std::process::Command;

/// What is no file, with a name; all of it has to be refused in a moment.
const STRANGE: [&str; 6] = [
    "pipe",
    "folder",
    "dangling",
    "/dev/zero",
    "/dev/full",
    "loop/../loop",
];

fn make(desk: &Path) {
    let made = Command::new("mkfifo")
        .arg(desk.join("pipe"))
        .status()
        .unwrap();
    assert!(made.success());
    fs::create_dir(desk.join("folder")).unwrap();
    std::os::unix::fs::symlink("nowhere", desk.join("dangling")).unwrap();
    std::os::unix::fs::symlink("loop", desk.join("loop")).unwrap();
}

pub fn cases() -> Vec<Case> {
    let mut cases = Vec::new();
    for path in STRANGE {
        for arguments in [
            vec!["check", path],
            vec!["run", path],
            vec!["sweep", path],
            vec!["calibrate", path],
            vec!["score", "base.toml", "--observed", path],
            vec!["run", "base.toml", "--draws-from", path],
            vec!["report", path],
            vec!["analyse", path],
        ] {
            cases.push(Case::new(
                arguments.join(" "),
                &arguments,
                refused(&[]),
                make,
            ));
        }
    }
    for path in [
        "../../../../../../../../etc/passwd",
        "/etc/passwd",
        "/",
        ".",
        "",
        "pipe",
        "dangling",
        "loop",
        "/dev/zero",
        "/dev/stdin",
        "f.toml",
        "base.toml\\u0000",
        "base.toml/",
        "\\\\\\\\server\\\\share",
        "file:///etc/passwd",
        "https://example.org/a.toml",
        "~/a.toml",
        "$HOME/a.toml",
        "`id`",
        "$(id)",
        "CON",
    ] {
        for key in [
            "extends = [\"PATH\"]",
            "extends = [\"base.toml\"]\nreference = \"PATH\"",
        ] {
            // A case may be measured from its own first day.
            if key.contains("reference") && path == "f.toml" {
                continue;
            }
            let text = key.replace("PATH", path);
            let at = match path.ends_with("passwd") && !path.starts_with("file:") {
                true => "etc/passwd:1",
                false => "f.toml:",
            };
            let name = text.replace('\n', "; ");
            cases.push(Case::new(
                name,
                &["check", "f.toml"],
                refused(&[at]),
                move |desk| {
                    make(desk);
                    fs::write(desk.join("f.toml"), &text).unwrap();
                },
            ));
        }
    }
    // What other programs would take for a flag is a name all the same.
    cases.push(Case::new(
        "a results folder below a file",
        &["run", "base.toml", "--out", "base.toml/r"],
        refused(&["base.toml", "--out"]),
        |_| {},
    ));
    cases.push(Case::new(
        "a results folder without a name",
        &["run", "base.toml", "--out", "folder/.."],
        refused(&["--out"]),
        make,
    ));
    cases.push(Case::new(
        "a results folder of another kind",
        &["run", "base.toml", "--out", "folder", "--force"],
        refused(&["--out"]),
        make,
    ));
    cases.push(Case::new(
        "a results folder that is a link",
        &["run", "base.toml", "--out", "loop", "--force"],
        refused(&["--out"]),
        make,
    ));
    cases
}
