//! A comparison that is killed, interrupted or torn goes on where it was, and gives what it would have given.

use super::case::{PAIR, POLICY};
use super::desk::{Desk, assert_refused, code, names, stderr, stdout};
use rand::{RngExt, SeedableRng};
use std::fs;
use std::path::Path;
use std::process::{Child, Stdio};
use std::time::{Duration, Instant};

const MORE: [&str; 4] = ["--draws", "12", "--replicates", "2"];
/// Cells of the sets of parameters.
const CELLS: usize = 24;

fn arguments<'a>(more: &[&'a str]) -> Vec<&'a str> {
    [&PAIR[..], &MORE[..], more].concat()
}

fn start(desk: &Desk, more: &[&str]) -> Child {
    std::process::Command::new(assert_cmd::cargo::cargo_bin("exeunt"))
        .current_dir(desk.folder.path())
        .args(arguments(more))
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap()
}

/// Every file of a results folder but the one that may differ.
fn results(desk: &Desk, out: &str) -> Vec<(String, Vec<u8>)> {
    let read = |name: String| (name.clone(), fs::read(desk.path(out).join(name)).unwrap());
    let files = names(&desk.path(out)).into_iter();
    files.filter(|name| name != "run.json").map(read).collect()
}

/// What an undisturbed comparison gives, and how long it takes.
fn undisturbed(desk: &Desk) -> (Vec<(String, Vec<u8>)>, Duration) {
    let begin = Instant::now();
    let output = desk.output(&arguments(&["--out", "whole", "--threads", "2"]));
    assert_eq!(code(&output), 0, "{}", stderr(&output));
    let results = results(desk, "whole");
    let tables = results
        .iter()
        .filter(|(name, _)| name.ends_with(".csv"))
        .count();
    assert!(tables >= 8 && results.iter().any(|(name, _)| name == "manifest.json"));
    (results, begin.elapsed())
}

/// The results are the same, and nothing else is left.
fn assert_same(desk: &Desk, out: &str, whole: &[(String, Vec<u8>)]) {
    assert_tables(desk, out, whole);
    assert!(!desk.path(&format!("{out}.unfinished")).exists());
}

fn assert_tables(desk: &Desk, out: &str, whole: &[(String, Vec<u8>)]) {
    let found = results(desk, out);
    let names = |results: &[(String, Vec<u8>)]| -> Vec<String> {
        results.iter().map(|(name, _)| name.clone()).collect()
    };
    assert_eq!(names(&found), names(whole));
    for ((name, found), (_, wanted)) in found.iter().zip(whole) {
        assert!(found == wanted, "{out}: {name} differs");
    }
}

/// The whole records of a ledger: their numbers, and where the last of them ends.
fn records(folder: &Path) -> (Vec<u64>, usize) {
    let bytes = fs::read(folder.join("ledger")).unwrap_or_default();
    let whole = |at: usize| {
        Some(u64::from_le_bytes(
            bytes.get(at..at + 8)?.try_into().unwrap(),
        ))
    };
    let (mut numbers, mut end) = (Vec::new(), 8);
    while let (Some(number), Some(length)) = (whole(end), whole(end + 8)) {
        // Its number and length, its bytes, and a check of eight bytes.
        let next = end + 16 + length as usize + 8;
        if next > bytes.len() {
            break;
        }
        numbers.push(number);
        end = next;
    }
    (numbers, end.min(bytes.len()))
}

/// Waits until so many cells are finished.
fn wait_for(desk: &Desk, out: &str, cells: usize) {
    let begin = Instant::now();
    while records(&desk.path(&format!("{out}.unfinished"))).0.len() < cells {
        assert!(begin.elapsed() < Duration::from_secs(120), "it never began");
        std::thread::sleep(Duration::from_millis(1));
    }
}

/// Kills a comparison when so many cells are finished.
fn killed(desk: &Desk, out: &str, cells: usize) {
    let mut child = start(desk, &["--out", out, "--threads", "1"]);
    wait_for(desk, out, cells);
    child.kill().unwrap();
    child.wait().unwrap();
    assert!(!desk.path(out).exists());
}

fn kills() -> usize {
    match std::env::var("EXEUNT_FULL_TESTS").as_deref() {
        Ok("1") => 40,
        _ => 6,
    }
}

#[test]
fn killed_at_any_moment_it_gives_the_same_bytes() {
    let desk = Desk::with_pair();
    let (whole, time) = undisturbed(&desk);
    let mut rng = rand_pcg::Pcg64::seed_from_u64(8);
    for (out, threads) in [("one", "1"), ("three", "3")] {
        let ledger = desk.path(&format!("{out}.unfinished"));
        let (mut before, mut kept) = (Vec::new(), Vec::new());
        let mut at_work = 0;
        for _ in 0..kills() {
            let mut child = start(&desk, &["--out", out, "--threads", threads]);
            std::thread::sleep(time.mul_f64(rng.random::<f64>() / 2.0));
            child.kill().unwrap();
            let output = child.wait_with_output().unwrap();
            if desk.path(out).exists() {
                break;
            }
            if !before.is_empty() && stderr(&output).contains("continuing") {
                let finished = before.len().min(CELLS);
                let going_on = format!("continuing: {finished} of {CELLS} sets of runs");
                assert!(stderr(&output).contains(&going_on), "{}", stderr(&output));
            }
            // What was finished is still there, nothing of it twice.
            let (numbers, end) = records(&ledger);
            let mut once = numbers.clone();
            once.sort_unstable();
            once.dedup();
            assert_eq!(once.len(), numbers.len(), "{numbers:?}");
            assert!(numbers.starts_with(&before), "{before:?} {numbers:?}");
            let bytes = fs::read(ledger.join("ledger")).unwrap_or_default();
            assert!(bytes.starts_with(&kept));
            at_work += usize::from(numbers.len() > before.len());
            (before, kept) = (numbers, bytes[..end].to_vec());
        }
        assert!(at_work > 0, "no kill came while it was at work");
        if desk.path(out).exists() {
            // The last moment: the results are there, and what they were made of may be there still.
            assert_tables(&desk, out, &whole);
            fs::remove_dir_all(desk.path(out)).unwrap();
        }
        let output = desk.output(&arguments(&["--out", out, "--threads", threads]));
        assert_eq!(code(&output), 0, "{}", stderr(&output));
        assert_same(&desk, out, &whole);
    }
}

#[test]
fn interrupted_it_says_how_to_go_on() {
    let desk = Desk::with_pair();
    let (whole, _) = undisturbed(&desk);
    let child = start(&desk, &["--out", "out", "--threads", "2"]);
    wait_for(&desk, "out", 3);
    let process = child.id().to_string();
    let kill = std::process::Command::new("kill")
        .args(["-INT", &process])
        .status();
    assert!(kill.unwrap().success());
    let output = child.wait_with_output().unwrap();
    assert_eq!(code(&output), 130, "{}", stderr(&output));
    assert_eq!(stdout(&output), "");
    let kept = records(&desk.path("out.unfinished")).0.len();
    let said = format!(
        "interrupted: {kept} of {CELLS} sets of runs are finished and kept in `out.unfinished`"
    );
    assert!(stderr(&output).contains(&said), "{}", stderr(&output));
    assert!(!desk.path("out").exists());

    let output = desk.output(&arguments(&["--out", "out"]));
    assert_eq!(code(&output), 0, "{}", stderr(&output));
    let said = format!("continuing: {kept} of {CELLS} sets of runs are finished");
    assert!(stderr(&output).contains(&said), "{}", stderr(&output));
    assert_same(&desk, "out", &whole);
}

#[test]
fn another_plan_is_refused_by_name() {
    let desk = Desk::with_pair();
    killed(&desk, "out", 1);
    let before = fs::read(desk.path("out.unfinished/ledger")).unwrap();
    let refused = |more: &[&str], words: &[&str]| {
        let output = desk.output(&[&arguments(&["--out", "out"])[..], more].concat());
        assert_refused(
            &output,
            &[&["`out.unfinished`", "--force", "--out"], words].concat(),
        );
    };
    refused(&["--seed", "2"], &["--seed: 1 there, 2 now"]);
    refused(
        &["--design", "sobol"],
        &["design: latin-hypercube there, sobol now"],
    );
    refused(&["--vary", "behaviour.choice"], &["the sets of parameters"]);
    refused(
        &["--set", "country.XC.wage=1100 EUR/month"],
        &["what base says", "what policy says"],
    );
    let other = |words: &str, old: &str, new: &str| {
        let all: Vec<&str> = arguments(&["--out", "out"]);
        let all: Vec<&str> = all
            .iter()
            .map(|word| if *word == old { new } else { word })
            .collect();
        assert_refused(&desk.output(&all), &["`out.unfinished`", words]);
    };
    other("--scale: 300 there, 400 now", "300", "400");
    other("--replicates: 2 there, 3 now", "2", "3");
    other("draws: 12 there, 13 now", "12", "13");
    desk.write("policy.toml", &POLICY.replace("2031-01-01", "2031-02-01"));
    refused(&[], &["what policy says"]);
    assert_eq!(
        fs::read(desk.path("out.unfinished/ledger")).unwrap(),
        before
    );
    assert!(!desk.path("out").exists());
}

#[test]
fn two_at_once_are_refused_even_by_force() {
    let desk = Desk::with_pair();
    let (whole, _) = undisturbed(&desk);
    let child = start(&desk, &["--out", "out", "--threads", "1"]);
    wait_for(&desk, "out", 1);
    for force in [&[][..], &["--force"]] {
        let output = desk.output(&[&arguments(&["--out", "out"])[..], force].concat());
        assert_refused(&output, &["`out.unfinished`", "another exeunt"]);
    }
    // The first did not notice.
    let output = child.wait_with_output().unwrap();
    assert_eq!(code(&output), 0, "{}", stderr(&output));
    assert_same(&desk, "out", &whole);
}

#[test]
fn force_begins_anew() {
    let desk = Desk::with_pair();
    killed(&desk, "out", 2);
    let output = desk.output(&arguments(&["--out", "out", "--seed", "2", "--force"]));
    assert_eq!(code(&output), 0, "{}", stderr(&output));
    assert!(
        !stderr(&output).contains("continuing"),
        "{}",
        stderr(&output)
    );
    let output = desk.output(&arguments(&["--out", "other", "--seed", "2"]));
    assert_eq!(code(&output), 0, "{}", stderr(&output));
    assert_same(&desk, "out", &results(&desk, "other"));
}

#[test]
fn a_torn_ledger_goes_on() {
    let desk = Desk::with_pair();
    let (whole, _) = undisturbed(&desk);
    killed(&desk, "out", 4);
    let path = desk.path("out.unfinished/ledger");
    let (numbers, end) = records(&desk.path("out.unfinished"));
    let mut bytes = fs::read(&path).unwrap();
    bytes.truncate(end - 5);
    // And a byte of the second record has changed: the others count.
    let first = 8 + 16 + u64::from_le_bytes(bytes[16..24].try_into().unwrap()) as usize + 8;
    bytes[first + 30] ^= 1;
    fs::write(&path, bytes).unwrap();
    let output = desk.output(&arguments(&["--out", "out"]));
    assert_eq!(code(&output), 0, "{}", stderr(&output));
    assert!(numbers.len() >= 4);
    assert!(
        stderr(&output).contains(&format!("continuing: {} of {CELLS}", numbers.len() - 2)),
        "{}",
        stderr(&output)
    );
    assert!(
        stderr(&output).contains("is damaged from byte"),
        "{}",
        stderr(&output)
    );
    assert_same(&desk, "out", &whole);
}
