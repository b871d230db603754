//! What stands on the terminal or goes through a pipe.

use super::desk::{Desk, EXAMPLE, assert_refused, code, shipped, stderr, stdout};
use super::rows::table;
use serde_json::Value;

#[test]
fn in_a_pipe_there_is_neither_progress_nor_colour() {
    let desk = Desk::new();
    let output = desk.run(&["--quiet", "--out", "quiet"]);
    assert_eq!(
        (code(&output), stdout(&output), stderr(&output)),
        (0, "", "")
    );
    let output = desk.run(&["--out", "loud"]);
    assert!(!stdout(&output).contains('\u{1b}') && !stderr(&output).contains('\u{1b}'));
    assert!(!stderr(&output).contains("steps"), "{}", stderr(&output));
}

#[test]
fn what_makes_no_sense_is_refused_with_a_cure() {
    let desk = Desk::new();
    for (arguments, cure) in [
        (["--threads", "0"], "leave --threads out"),
        (["--replicates", "0"], "leave --replicates out"),
        (["--replicates", "-1"], "leave --replicates out"),
        (["--seed", "one"], "--seed"),
        (["--format", "xls"], "csv"),
        (
            ["--set", "behaviour.choice.lambda"],
            "behaviour.choice.lambda",
        ),
        (["--set", "behaviour.choice.lamda=0.5"], "lambda"),
    ] {
        assert_refused(&desk.run(&arguments), &[cure]);
    }
    let scenario = shipped(EXAMPLE);
    let scenario = scenario.to_str().unwrap();
    assert_refused(
        &desk.output(&["run", scenario, "--scale", "0"]),
        &["leave --scale out"],
    );
    assert_refused(&desk.output(&["run", scenario, "--sed", "1"]), &["--seed"]);
    assert_refused(&desk.output(&["run", "nowhere.toml"]), &["nowhere.toml"]);
    assert_refused(&desk.output(&["rune", scenario]), &["run"]);
    assert_eq!(desk.names(), [""; 0]);
    desk.write("sets.csv", "behaviour.choice.lambda\n0.5\n0.6\n");
    assert_refused(
        &desk.run(&["--draws-from", "sets.csv", "--draws", "9"]),
        &["sets.csv has 2 sets", "give --draws 2 or fewer"],
    );
    assert_eq!(desk.names(), ["sets.csv"]);
}

#[test]
fn json_is_json_and_agrees_with_the_table() {
    let desk = Desk::new();
    let output = desk.run(&["--json", "--replicates", "2", "--out", "out"]);
    let summary: Value = serde_json::from_str(stdout(&output)).unwrap();
    assert_eq!(summary["replicates_finished"], serde_json::json!([0, 1]));
    let runs = [0, 1].map(|replicate| serde_json::json!({ "draw": 0, "replicate": replicate }));
    assert_eq!(summary["runs"], serde_json::json!(runs));
    assert_eq!(summary["warnings"], serde_json::json!([]));
    let table = table(&desk.path("out"), "outcomes");
    let outcomes = summary["outcomes"].as_array().unwrap();
    assert!(outcomes.len() > 50);
    for outcome in outcomes {
        // A value for each run, and none where it has no such row.
        let values = ["0", "1"].map(|replicate| {
            let row = table.iter().find(|row| {
                let keys = ["outcome", "group", "country"];
                let is_it = keys.iter().all(|key| outcome[key] == row[*key].as_str());
                is_it && row["replicate"] == replicate
            })?;
            Some(row["value"].parse::<f64>().unwrap())
        });
        let told: Vec<Option<f64>> = outcome["values"]
            .as_array()
            .unwrap()
            .iter()
            .map(Value::as_f64)
            .collect();
        assert_eq!(told.len(), values.len(), "{outcome}");
        // Reading JSON may round the last digit; writing it does not.
        let same = |(a, b): (&Option<f64>, &Option<f64>)| match (a, b) {
            (Some(a), Some(b)) => (a - b).abs() <= 1e-12 * b.abs(),
            (a, b) => a == b,
        };
        assert!(told.iter().zip(&values).all(same), "{outcome}");
    }
}

#[test]
fn few_agents_are_warned_of() {
    let desk = Desk::new();
    let scenario = shipped(EXAMPLE);
    let arguments = ["run", scenario.to_str().unwrap(), "--scale", "3000"];
    let output = desk.output(&arguments);
    assert_eq!(code(&output), 0);
    assert!(
        stderr(&output).contains("fewer than 30 agents"),
        "{}",
        stderr(&output)
    );
    assert!(
        stderr(&output).contains("left_by_motive ("),
        "{}",
        stderr(&output)
    );
}

#[test]
fn a_segment_that_cannot_go_anywhere_is_warned_of() {
    let desk = Desk::new();
    let poor = desk.run(&[
        "--set",
        "segment.everyone-else.savings=1 EUR",
        "--out",
        "poor",
    ]);
    let words = "segment everyone-else: on the day from which constants are taken, none";
    assert!(stderr(&poor).contains(words), "{}", stderr(&poor));
    let usual = desk.run(&["--out", "usual"]);
    assert!(
        !stderr(&usual).contains("constants are taken"),
        "{}",
        stderr(&usual)
    );
}

#[test]
fn a_dry_run_writes_nothing() {
    let desk = Desk::new();
    let output = desk.run(&["--dry-run"]);
    assert_eq!(code(&output), 0, "{}", stderr(&output));
    for word in ["time", "memory", "events", "disk"] {
        assert!(stdout(&output).contains(word), "{}", stdout(&output));
    }
    let output = desk.run(&["--dry-run", "--json"]);
    let estimate: Value = serde_json::from_str(stdout(&output)).unwrap();
    assert!(estimate["events_per_run"].as_f64().unwrap() > 0.0);
    assert_eq!(desk.names(), [""; 0]);
}

#[test]
fn a_reader_that_goes_away_is_no_error() {
    let desk = Desk::new();
    let scenario = shipped(EXAMPLE);
    let mut child = std::process::Command::new(assert_cmd::cargo::cargo_bin("exeunt"))
        .current_dir(desk.folder.path())
        .args(["run", scenario.to_str().unwrap(), "--scale", "3000"])
        .stdout(std::process::Stdio::piped())
        .stderr(std::process::Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    assert_eq!(code(&output), 0, "{}", stderr(&output));
}
