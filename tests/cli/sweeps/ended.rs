//! Whatever ends a sweep, a kill, a full disk or another at the same place, nothing finished is lost.

use super::{RUNS, assert_same, desk, records, results, start, tables, undisturbed};
use crate::desk::{Desk, assert_refused, code, names, stderr};
use rand::{RngExt, SeedableRng};
use std::fs;
use std::process::{Child, Output};
use std::time::{Duration, Instant};

/// How often a sweep is killed: `EXEUNT_KILLS` times if that is set.
fn kills() -> usize {
    let asked = std::env::var("EXEUNT_KILLS").ok();
    if let Some(kills) = asked.and_then(|kills| kills.parse().ok()) {
        return kills;
    }
    match std::env::var("EXEUNT_FULL_TESTS").as_deref() {
        Ok("1") => 30,
        _ => 6,
    }
}

#[test]
fn killed_at_any_moment_a_sweep_gives_the_same_bytes() {
    let desk = desk();
    let (whole, time) = undisturbed(&desk);
    let mut rng = rand_pcg::Pcg64::seed_from_u64(6);
    let mut at_work = 0;
    for kill in 0..kills() {
        let out = format!("killed-{}", kill / 5);
        let threads = ["1", "3"][kill / 5 % 2];
        let before = records(&desk, &out, "0-of-1").len();
        let mut child = start(&desk, &["--out", &out, "--threads", threads]);
        std::thread::sleep(time.mul_f64(rng.random::<f64>() * 0.4));
        child.kill().unwrap();
        child.wait().unwrap();
        let numbers = records(&desk, &out, "0-of-1");
        let mut once = numbers.clone();
        once.sort_unstable();
        once.dedup();
        assert_eq!(once.len(), numbers.len(), "a finished run was made again");
        assert!(numbers.len() >= before, "a finished run is gone");
        at_work += usize::from(numbers.len() > before);
    }
    assert!(at_work > 0, "no kill came while runs were made");
    for out in 0..kills().div_ceil(5) {
        let out = format!("killed-{out}");
        let output = desk.output(&[
            "sweep",
            "plan.toml",
            "--out",
            &out,
            "--format",
            "csv,parquet",
        ]);
        assert_eq!(code(&output), 0, "{}", stderr(&output));
        assert_eq!(records(&desk, &out, "0-of-1").len(), RUNS);
        assert_same(&results(&desk, &out), &whole);
    }
}

/// The plan sweeps on under a limit on the length of files, which acts like a full disk.
fn sweep_with_room(desk: &Desk, out: &str, blocks: u32) -> Output {
    let limited = format!("trap '' XFSZ; ulimit -f {blocks}; exec \"$0\" \"$@\"");
    std::process::Command::new("sh")
        .current_dir(desk.folder.path())
        .args(["-c", &limited])
        .arg(assert_cmd::cargo::cargo_bin("exeunt"))
        .args([
            "sweep",
            "plan.toml",
            "--format",
            "csv,parquet",
            "--out",
            out,
        ])
        .output()
        .unwrap()
}

/// A disk that is full while runs are made, and one that is full while tables are: nothing finished is lost.
#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_ends_a_sweep_that_can_go_on() {
    let desk = desk();
    let (whole, _) = undisturbed(&desk);
    let length = |out: &str| {
        let ledger = desk.path(out).join("shards/0-of-1/ledger");
        fs::metadata(ledger).unwrap().len()
    };
    // Blocks of 512 bytes.
    let half = length("whole") / 2 / 512;
    let output = sweep_with_room(&desk, "full", half as u32);
    assert_eq!(code(&output), 1, "{}", stderr(&output));
    let message = stderr(&output);
    for words in [
        "ledger",
        "could not be written",
        "is kept",
        "run the same command to continue",
    ] {
        assert!(message.contains(words), "no {words:?} in: {message}");
    }
    let kept = records(&desk, "full", "0-of-1").len();
    assert!(kept > 0 && kept < RUNS, "{kept} runs are kept");
    assert!(length("full") <= half * 512);
    assert!(tables(&desk, "full").is_empty());
    let rest = [
        "sweep",
        "plan.toml",
        "--out",
        "full",
        "--format",
        "csv,parquet",
    ];
    let output = desk.output(&rest);
    assert_eq!(code(&output), 0, "{}", stderr(&output));
    let words = format!("continuing: {kept} of {RUNS} runs");
    assert!(stderr(&output).contains(&words), "{}", stderr(&output));
    assert_same(&results(&desk, "full"), &whole);

    // Room for all runs, and not for the largest table.
    let table = fs::metadata(desk.path("whole/outcomes.csv")).unwrap().len();
    assert!(table > length("whole") + 1024, "nothing lies between them");
    let output = sweep_with_room(&desk, "merged", length("whole").div_ceil(512) as u32);
    assert_eq!(code(&output), 1, "{}", stderr(&output));
    let message = stderr(&output);
    for words in [
        "could not be written",
        "all runs are kept",
        "exeunt merge merged",
    ] {
        assert!(message.contains(words), "no {words:?} in: {message}");
    }
    assert_eq!(names(&desk.path("merged")), ["shards"]);
    let output = desk.output(&["merge", "merged", "--format", "csv,parquet"]);
    assert_eq!(code(&output), 0, "{}", stderr(&output));
    assert_same(&results(&desk, "merged"), &whole);
}

fn signal(child: &Child, signal: &str) {
    let id = child.id().to_string();
    let sent = std::process::Command::new("kill")
        .args([signal, &id])
        .status();
    assert!(sent.unwrap().success());
}

#[test]
fn two_at_once_do_not_get_in_each_others_way() {
    let desk = desk();
    let (whole, _) = undisturbed(&desk);
    let mut first = start(&desk, &["--out", "shared", "--threads", "1"]);
    let begin = Instant::now();
    while records(&desk, "shared", "0-of-1").is_empty() {
        assert!(begin.elapsed() < Duration::from_secs(60), "no run came");
        std::thread::sleep(Duration::from_millis(2));
    }
    // The first waits meanwhile, so that it cannot be done before.
    signal(&first, "-STOP");
    let made = records(&desk, "shared", "0-of-1").len();
    let second = desk.output(&["sweep", "plan.toml", "--out", "shared"]);
    let merged = desk.output(&["merge", "shared"]);
    let kept = records(&desk, "shared", "0-of-1").len();
    signal(&first, "-CONT");
    assert_eq!(kept, made);
    assert!(made < RUNS, "the first was done before the second came");
    assert_refused(
        &second,
        &[
            "0-of-1",
            "is being written by another exeunt",
            "wait for it",
        ],
    );
    assert_refused(&merged, &["is being written by another exeunt"]);
    assert!(first.wait().unwrap().success());
    assert_eq!(records(&desk, "shared", "0-of-1").len(), RUNS);
    assert_same(&results(&desk, "shared"), &whole);
}
