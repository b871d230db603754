//! Pages: what `exeunt report` writes and refuses, and each page in a browser.
#![cfg(all(feature = "cli", unix))]

mod browser;
mod calibrated;
mod compared;
mod folder;
mod looks;
mod swept;

use assert_cmd::Command;
use browser::Browser;
use std::path::Path;
use std::process::Output;

fn report(folder: &Path) -> Output {
    Command::cargo_bin("exeunt")
        .unwrap()
        .arg("report")
        .arg(folder)
        .output()
        .unwrap()
}

/// Refuses a folder with code 2 and these words.
fn refused(folder: &Path, words: &[&str]) {
    let output = report(folder);
    let message = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(2), "{message}");
    for word in words {
        assert!(message.contains(word), "`{word}` is not in: {message}");
    }
    assert!(!folder.join("report.html").exists());
}

/// A browser, where `EXEUNT_FULL_TESTS=1` asks for one, as `.ci/run` does: ten pages take it most of a minute.
fn browser() -> Option<Browser> {
    if std::env::var("EXEUNT_FULL_TESTS").as_deref() != Ok("1") {
        eprintln!("skipped: EXEUNT_FULL_TESTS=1 looks at pages in Chromium");
        return None;
    }
    let program = browser::installed();
    let program = program.expect("EXEUNT_FULL_TESTS=1 asks for a browser: install chromium");
    Some(Browser::start(&program))
}
