//! What is kept of a command that is asked to stop.

use super::desk::{Desk, EXAMPLE, code, names, shipped, stderr, stdout};
use super::rows::table;
use serde_json::Value;
use std::fs;
use std::path::Path;
use std::process::{Child, Command, Output, Stdio};
use std::time::{Duration, Instant};

/// Starts a command, gives it a signal when `ready`, and waits for its end.
fn signalled(
    desk: &Desk,
    (mut command, signal): (Command, &str),
    arguments: &[&str],
    ready: impl Fn(&Path) -> bool,
) -> Output {
    let child: Child = command
        .current_dir(desk.folder.path())
        .args(arguments)
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let begin = Instant::now();
    let unfinished = || {
        let name = names(desk.folder.path())
            .into_iter()
            .find(|name| name.starts_with('.'))?;
        Some(desk.path(&name))
    };
    while !unfinished().is_some_and(|folder| ready(&folder)) {
        assert!(begin.elapsed() < Duration::from_secs(120), "it never began");
        std::thread::sleep(Duration::from_millis(2));
    }
    let process = child.id().to_string();
    let kill = Command::new("kill").args([signal, &process]).status();
    assert!(kill.unwrap().success());
    child.wait_with_output().unwrap()
}

/// Starts a long command, and asks it to stop when `ready`.
fn interrupt(desk: &Desk, arguments: &[&str], ready: impl Fn(&Path) -> bool) -> Output {
    let program = Command::new(assert_cmd::cargo::cargo_bin("exeunt"));
    signalled(desk, (program, "-INT"), arguments, ready)
}

/// What was finished is scored: how many runs that is stands in the table.
#[test]
fn finished_replicates_are_scored() {
    let desk = Desk::new();
    let (scenario, observed) = (shipped(EXAMPLE), desk.path("observed.csv"));
    let heading = exeunt::analyse::OBSERVED_COLUMNS.join(",");
    let end = exeunt::scenario::Scenario::load(&scenario)
        .unwrap()
        .calendar
        .end;
    let row = format!("A,abroad,,1,2,persons,{end},report,last(homes.abroad),,,s");
    fs::write(&observed, format!("{heading}\n{row}\n")).unwrap();
    // A score in memory leaves no trace of how far it is: more time is given until a run is finished.
    for seconds in [1, 4, 16, 64] {
        let child = Command::new(assert_cmd::cargo::cargo_bin("exeunt"))
            .args(["score", scenario.to_str().unwrap(), "--observed"])
            .args([observed.to_str().unwrap(), "--json", "--scale", "300"])
            .args(["--replicates", "100000"])
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        std::thread::sleep(Duration::from_secs(seconds));
        let process = child.id().to_string();
        let kill = Command::new("kill").args(["-INT", &process]).status();
        assert!(kill.unwrap().success());
        let output = child.wait_with_output().unwrap();
        assert_eq!(code(&output), 130, "{}", stderr(&output));
        let Ok(scored) = serde_json::from_str::<Value>(stdout(&output)) else {
            continue;
        };
        let values = scored["rows"][0]["result"]["values"].as_array().unwrap();
        let told = format!(
            "{} of 100000 runs were finished and are scored",
            values.len()
        );
        assert!(
            !values.is_empty() && stderr(&output).contains(&told),
            "{}",
            stderr(&output)
        );
        return;
    }
    panic!("no run was finished");
}

/// A terminal that is closed asks whatever was started in it to end; `nohup` is what people type so that it does not.
#[cfg(target_os = "linux")]
#[test]
fn a_closed_terminal_ends_a_run_unless_nohup_was_asked_for() {
    let under = |words: &[&str]| {
        let mut command = Command::new(words[0]);
        command.args(&words[1..]);
        command.arg(assert_cmd::cargo::cargo_bin("exeunt"));
        command
    };
    // (The tests themselves may run under `nohup`.)
    let plain = under(&["env", "--default-signal=HUP"]);
    let shielded = under(&["nohup"]);
    let scenario = shipped("scenarios/bench/ten-destinations.toml");
    let scenario = scenario.to_str().unwrap();
    let size = "segment.everyone.size=10000000";
    let arguments = ["run", scenario, "--set", size, "--out", "out"];
    for (command, ends_with, kept) in [(plain, 130, vec![]), (shielded, 0, vec!["out"])] {
        let desk = Desk::new();
        let output = signalled(&desk, (command, "-HUP"), &arguments, |folder| {
            folder.join("homes.csv").exists()
        });
        assert_eq!(code(&output), ends_with, "{}", stderr(&output));
        assert_eq!(desk.names(), kept);
    }
}

#[test]
fn an_interrupted_run_leaves_nothing() {
    let desk = Desk::new();
    let scenario = shipped("scenarios/bench/ten-destinations.toml");
    let scenario = scenario.to_str().unwrap();
    let size = "segment.everyone.size=50000000";
    let arguments = ["run", scenario, "--set", size, "--out", "out"];
    let output = interrupt(&desk, &arguments, |folder| {
        folder.join("homes.csv").exists()
    });
    assert_eq!(code(&output), 130, "{}", stderr(&output));
    assert!(
        stderr(&output).contains("nothing is kept"),
        "{}",
        stderr(&output)
    );
    assert_eq!(stdout(&output), "");
    assert_eq!(desk.names(), [""; 0]);
}

#[test]
fn finished_replicates_are_kept() {
    let desk = Desk::new();
    let scenario = shipped(EXAMPLE);
    // Enough to last for minutes, and few enough for the free space that is asked for before.
    let arguments = [
        "run",
        scenario.to_str().unwrap(),
        "--scale",
        "300",
        "--replicates",
        "10000",
        "--out",
        "out",
    ];
    let rows = |folder: &Path| {
        fs::metadata(folder.join("outcomes.csv")).is_ok_and(|file| file.len() > 20_000)
    };
    let output = interrupt(&desk, &arguments, rows);
    assert_eq!(code(&output), 130, "{}", stderr(&output));
    assert_eq!(desk.names(), ["out"]);
    let text = fs::read_to_string(desk.path("out/manifest.json")).unwrap();
    let manifest: Value = serde_json::from_str(&text).unwrap();
    let finished = manifest["replicates_finished"].as_array().unwrap();
    let numbers: Vec<u64> = finished.iter().map(|one| one.as_u64().unwrap()).collect();
    let finished = finished.len();
    assert!((1..10_000).contains(&finished));
    // In every table stand the replicates that were finished, and no others.
    for name in ["countries", "homes", "flows", "outcomes"] {
        let table = table(&desk.path("out"), name);
        let numbers_there = table.iter().map(|row| row["replicate"].parse().unwrap());
        let mut there: Vec<u64> = numbers_there.collect();
        there.dedup();
        assert_eq!(there, numbers, "{name}");
    }
    let homes = table(&desk.path("out"), "homes");
    assert_eq!(homes.len() % finished, 0);
}
