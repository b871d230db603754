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

/// A browser, or `None` where none is installed and none is asked for.
fn browser() -> Option<Browser> {
    let Some(program) = browser::installed() else {
        let must = std::env::var_os("EXEUNT_FULL_TESTS").is_some_and(|value| value == "1");
        assert!(
            !must,
            "EXEUNT_FULL_TESTS=1 asks for a browser: install chromium"
        );
        eprintln!("skipped: no Chromium is installed");
        return None;
    };
    Some(Browser::start(&program))
}
