//! Sweeps: whatever ends them, and however they are divided, they give the same bytes; plans that are wrong are
//! refused with their line.

mod analysed;
mod divided;
mod ended;
mod going_on;
mod plans;
#[cfg(target_os = "linux")]
mod read_only;
mod told;

use super::desk::{Desk, code, names, stderr, stdout};
use std::fs;
use std::process::{Child, Stdio};
use std::time::{Duration, Instant};

const PLAN: &str = r#"
title = "A sweep for tests"
scenarios = ["base.toml", "policy.toml"]
scale = 300
replicates = 2
outcomes = ["left", "abroad_at_end", "held_at_end"]
design = { kind = "sobol", points = 8 }

[vary."behaviour.choice.lambda"]

[vary."behaviour.leaving.hazard_other"]

[vary.regime]
variants = { as-it-is = [], dearer = ["behaviour.choice.visa=1.2"] }
"#;
/// Scenarios, points and replicates.
const RUNS: usize = 2 * 8 * 2;

/// A pair of scenarios, and the plan.
fn desk() -> Desk {
    let desk = Desk::with_pair();
    fs::write(desk.path("plan.toml"), PLAN).unwrap();
    desk
}

/// Every file of the folder that may not differ.
fn results(desk: &Desk, out: &str) -> Vec<(String, Vec<u8>)> {
    let read = |name: String| (name.clone(), fs::read(desk.path(out).join(name)).unwrap());
    let files = names(&desk.path(out)).into_iter();
    files
        .filter(|name| !["run.json", "shards"].contains(&name.as_str()))
        .map(read)
        .collect()
}

/// How a sweep writes its tables where nobody says how.
const DEFAULT: &str = "parquet";

/// The tables of a folder.
fn tables(desk: &Desk, out: &str) -> Vec<String> {
    let names = names(&desk.path(out)).into_iter();
    names
        .filter(|name| name.ends_with(".csv") || name.ends_with(".parquet"))
        .collect()
}

/// The sweep in one go, what it gives, and how long it took.
fn undisturbed(desk: &Desk) -> (Vec<(String, Vec<u8>)>, Duration) {
    let begin = Instant::now();
    let output = desk.output(&[
        "sweep",
        "plan.toml",
        "--out",
        "whole",
        "--format",
        "csv,parquet",
    ]);
    assert_eq!(code(&output), 0, "{}", stderr(&output));
    assert!(
        stdout(&output).contains("8 points, 32 runs, 0 failed"),
        "{}",
        stdout(&output)
    );
    (results(desk, "whole"), begin.elapsed())
}

/// The same files with the same bytes.
fn assert_same(found: &[(String, Vec<u8>)], whole: &[(String, Vec<u8>)]) {
    assert_eq!(found.len(), whole.len());
    for ((name, found), (wanted_name, wanted)) in found.iter().zip(whole) {
        assert_eq!(name, wanted_name);
        assert!(found == wanted, "{name} differs");
    }
}

/// The sweep as a process of its own.
fn start(desk: &Desk, more: &[&str]) -> Child {
    std::process::Command::new(assert_cmd::cargo::cargo_bin("exeunt"))
        .current_dir(desk.folder.path())
        .args(["sweep", "plan.toml", "--format", "csv,parquet"])
        .args(more)
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap()
}

/// The numbers of the runs in a shard's ledger.
fn records(desk: &Desk, out: &str, shard: &str) -> Vec<u64> {
    let path = desk.path(out).join("shards").join(shard).join("ledger");
    let bytes = fs::read(path).unwrap_or_default();
    let word = |at: usize| Some(u64::from_le_bytes(bytes.get(at..at + 8)?.try_into().ok()?));
    let (mut numbers, mut at) = (Vec::new(), 8);
    while let (Some(number), Some(length)) = (word(at), word(at + 8)) {
        at += 16 + length as usize + 8;
        if at <= bytes.len() {
            numbers.push(number);
        }
    }
    numbers
}
