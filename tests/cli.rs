//! The command line keeps its promises: exit codes, results that are never overwritten, tables
//! whose numbers agree with each other.

use assert_cmd::Command;
use serde_json::Value;
use std::collections::{BTreeMap, HashMap};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Output;
use tempfile::TempDir;

/// The shipped example with neighbours of one origin, far below full scale.
const EXAMPLE: &str = "scenarios/examples/border-closes.toml";
const SCALE: [&str; 2] = ["--scale", "30"];

fn shipped(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

/// A place of its own, and the program in it.
struct Desk {
    folder: TempDir,
}

impl Desk {
    fn new() -> Self {
        Self {
            folder: tempfile::tempdir().unwrap(),
        }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::cargo_bin("exeunt").unwrap();
        command
            .current_dir(self.folder.path())
            .args(arguments)
            .env_remove("NO_COLOR");
        command
    }

    fn output(&self, arguments: &[&str]) -> Output {
        self.command(arguments).output().unwrap()
    }

    /// Runs the example with more arguments.
    fn run(&self, arguments: &[&str]) -> Output {
        let scenario = shipped(EXAMPLE);
        let mut all = vec!["run", scenario.to_str().unwrap()];
        all.extend(SCALE);
        all.extend(arguments);
        self.output(&all)
    }

    /// Everything in the folder, hidden things too.
    fn names(&self) -> Vec<String> {
        names(self.folder.path())
    }
}

fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).unwrap();
    let mut names: Vec<String> = entries
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    names
}

fn code(output: &Output) -> i32 {
    output.status.code().unwrap()
}

fn stdout(output: &Output) -> &str {
    std::str::from_utf8(&output.stdout).unwrap()
}

fn stderr(output: &Output) -> &str {
    std::str::from_utf8(&output.stderr).unwrap()
}

/// It was refused with exit code 2, nothing was printed, and the message has these words.
fn assert_refused(output: &Output, words: &[&str]) {
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

const FILES: [&str; 9] = [
    "countries.csv",
    "flows.csv",
    "homes.csv",
    "manifest.json",
    "outcomes.csv",
    "queues.csv",
    "run.json",
    "scenario.toml",
    "stays.csv",
];

#[test]
fn a_run_leaves_a_whole_folder_and_nothing_else() {
    let desk = Desk::new();
    let output = desk.run(&[]);
    assert_eq!(code(&output), 0, "{}", stderr(&output));
    assert_eq!(desk.names(), ["results"]);
    assert_eq!(names(&desk.path("results")), ["border-closes"]);
    assert_eq!(names(&desk.path("results/border-closes")), FILES);
    assert!(stdout(&output).contains("Plainia"), "{}", stdout(&output));
}

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
fn results_are_not_overwritten() {
    let desk = Desk::new();
    assert_eq!(code(&desk.run(&["--out", "here"])), 0);
    let before = fs::read(desk.path("here/manifest.json")).unwrap();
    let again = ["--out", "here", "--seed", "2"];
    assert_refused(&desk.run(&again), &["`here`", "--force", "--out"]);
    assert_eq!(fs::read(desk.path("here/manifest.json")).unwrap(), before);
    assert_eq!(
        code(&desk.run(&["--out", "here", "--seed", "2", "--force"])),
        0
    );
    assert_ne!(fs::read(desk.path("here/manifest.json")).unwrap(), before);
    assert_eq!(desk.names(), ["here"]);
}

#[test]
fn force_replaces_nothing_but_results() {
    let desk = Desk::new();
    fs::create_dir(desk.path("thesis")).unwrap();
    fs::write(desk.path("thesis/chapter-1.md"), "It was").unwrap();
    assert_refused(
        &desk.run(&["--out", "thesis", "--force"]),
        &["`thesis`", "manifest.json"],
    );
    assert_eq!(names(&desk.path("thesis")), ["chapter-1.md"]);
}

#[test]
fn a_place_that_cannot_hold_results_is_refused_at_once() {
    let desk = Desk::new();
    fs::write(desk.path("file"), "").unwrap();
    assert_refused(
        &desk.run(&["--out", "file/results"]),
        &["`file` is a file", "--out"],
    );
    assert_refused(
        &desk.run(&["--out", "file/a/b", "--force"]),
        &["`file` is a file"],
    );
    assert_refused(&desk.run(&["--out", ".."]), &["names no folder"]);
    let long = "x".repeat(300);
    assert_refused(
        &desk.run(&["--out", &long]),
        &["cannot be written", "--out"],
    );
    assert_eq!(desk.names(), ["file"]);
}

/// The kernel's own file system has no room at all.
#[cfg(target_os = "linux")]
#[test]
fn too_little_room_is_refused_at_once() {
    let desk = Desk::new();
    let output = desk.run(&["--out", "/proc/results"]);
    assert_refused(
        &output,
        &["the results may take", "`/proc` has 0 bytes free", "--out"],
    );
    assert_eq!(desk.names(), [""; 0]);
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
}

#[test]
fn a_name_that_spreadsheets_would_run_is_refused() {
    let desk = Desk::new();
    let include = shipped(EXAMPLE).display().to_string().replace('\\', "/");
    fs::write(desk.path("=cmd.toml"), format!("extends = [{include:?}]\n")).unwrap();
    let output = desk.output(&["run", "=cmd.toml", "--scale", "1000"]);
    assert_eq!(code(&output), 2, "{}", stdout(&output));
    assert_eq!(desk.names(), ["=cmd.toml"]);
}

#[test]
fn threads_and_places_change_no_byte() {
    let desk = Desk::new();
    assert_eq!(code(&desk.run(&["--threads", "1", "--out", "one"])), 0);
    assert_eq!(
        code(&desk.run(&["--threads", "3", "--out", "deep/three", "--quiet"])),
        0
    );
    for file in FILES.iter().filter(|file| **file != "run.json") {
        let (one, three) = (
            desk.path("one").join(file),
            desk.path("deep/three").join(file),
        );
        assert!(
            fs::read(one).unwrap() == fs::read(three).unwrap(),
            "{file} differs"
        );
    }
}

#[test]
fn the_manifest_tells_the_truth() {
    let desk = Desk::new();
    assert_eq!(
        code(&desk.run(&["--seed", "7", "--replicates", "2", "--out", "two"])),
        0
    );
    let read = |name: &str| fs::read_to_string(desk.path("two").join(name)).unwrap();
    let manifest: Value = serde_json::from_str(&read("manifest.json")).unwrap();
    assert_eq!(manifest["seed"], 7);
    assert_eq!(manifest["scale"], 30);
    assert_eq!(manifest["replicates_finished"], serde_json::json!([0, 1]));
    let files = manifest["files"].as_object().unwrap();
    for (name, record) in files {
        let digest = exeunt::store::of_file(&desk.path("two").join(name)).unwrap();
        assert_eq!(record["sha256"], digest, "{name}");
        if let Some(rows) = record["rows"].as_u64() {
            assert_eq!(rows as usize, read(name).lines().count() - 1, "{name}");
        }
    }
    assert_eq!(
        files["scenario.toml"]["sha256"],
        manifest["scenario_sha256"]
    );
    let run: Value = serde_json::from_str(&read("run.json")).unwrap();
    assert!(run["threads"].as_u64().unwrap() > 0 && run["seconds"].as_f64().unwrap() > 0.0);
}

#[test]
fn the_resolved_scenario_runs_by_itself_to_the_same_tables() {
    let desk = Desk::new();
    assert_eq!(
        code(&desk.run(&["--out", "first", "--set", "behaviour.choice.lambda=0.5"])),
        0
    );
    let arguments = [
        "run",
        "first/scenario.toml",
        "--scale",
        "30",
        "--out",
        "second",
    ];
    let output = desk.output(&arguments);
    assert_eq!(code(&output), 0, "{}", stderr(&output));
    for file in FILES.iter().filter(|file| file.ends_with(".csv")) {
        let read = |folder: &str| fs::read(desk.path(folder).join(file)).unwrap();
        assert!(read("first") == read("second"), "{file} differs");
    }
}

#[test]
fn json_is_json_and_agrees_with_the_table() {
    let desk = Desk::new();
    let output = desk.run(&["--json", "--replicates", "2", "--out", "out"]);
    let summary: Value = serde_json::from_str(stdout(&output)).unwrap();
    assert_eq!(summary["replicates_finished"], serde_json::json!([0, 1]));
    let table = table(&desk.path("out"), "outcomes");
    let outcomes = summary["outcomes"].as_array().unwrap();
    assert!(outcomes.len() > 50);
    for outcome in outcomes {
        let rows = table.iter().filter(|row| {
            ["outcome", "group", "country"]
                .iter()
                .all(|key| outcome[key] == row[*key].as_str())
        });
        let values: Vec<f64> = rows.map(|row| row["value"].parse().unwrap()).collect();
        let told: Vec<f64> = outcome["values"]
            .as_array()
            .unwrap()
            .iter()
            .map(|v| v.as_f64().unwrap())
            .collect();
        assert_eq!(told.len(), values.len(), "{outcome}");
        // Reading JSON may round the last digit; writing it does not.
        let same = |(a, b): (&f64, &f64)| (a - b).abs() <= 1e-12 * b.abs();
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

#[cfg(unix)]
mod interruption {
    use super::*;
    use std::process::{Child, Stdio};
    use std::time::{Duration, Instant};

    /// Starts a long command, and asks it to stop when `ready`.
    fn interrupt(desk: &Desk, arguments: &[&str], ready: impl Fn(&Path) -> bool) -> Output {
        let child: Child = std::process::Command::new(assert_cmd::cargo::cargo_bin("exeunt"))
            .current_dir(desk.folder.path())
            .args(arguments)
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
        assert!(
            std::process::Command::new("kill")
                .args(["-INT", &process])
                .status()
                .unwrap()
                .success()
        );
        child.wait_with_output().unwrap()
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
        let arguments = [
            "run",
            scenario.to_str().unwrap(),
            "--scale",
            "300",
            "--replicates",
            "100000",
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
        let finished = manifest["replicates_finished"].as_array().unwrap().len();
        assert!((1..100_000).contains(&finished));
        // Every table ends with the last finished replicate, complete.
        for name in ["countries", "homes", "flows", "outcomes"] {
            let table = table(&desk.path("out"), name);
            let last: usize = table.last().unwrap()["replicate"].parse().unwrap();
            assert_eq!(last, finished - 1, "{name}");
        }
        let homes = table(&desk.path("out"), "homes");
        assert_eq!(homes.len() % finished, 0);
    }
}

type Row = HashMap<String, String>;

/// A table that was written.
fn table(folder: &Path, name: &str) -> Vec<Row> {
    let mut reader = csv::Reader::from_path(folder.join(format!("{name}.csv"))).unwrap();
    reader.deserialize().map(|row| row.unwrap()).collect()
}

/// A cell of whole persons; an empty one counts for nothing.
fn persons(row: &Row, column: &str) -> i64 {
    match row[column].as_str() {
        "" => 0,
        text => text.parse().unwrap(),
    }
}

fn sum(row: &Row, columns: &[&str]) -> i64 {
    columns.iter().map(|column| persons(row, column)).sum()
}

/// The cells of some columns, joined: a key.
fn key(row: &Row, columns: &[&str]) -> String {
    columns
        .iter()
        .map(|column| row[*column].as_str())
        .collect::<Vec<_>>()
        .join(",")
}

/// Sums of a column by key.
fn sums(table: &[Row], columns: &[&str], value: &str) -> BTreeMap<String, i64> {
    let mut sums = BTreeMap::new();
    for row in table {
        *sums.entry(key(row, columns)).or_default() += persons(row, value);
    }
    sums.retain(|_, sum| *sum != 0);
    sums
}

#[test]
fn written_tables_agree_with_each_other() {
    let desk = Desk::new();
    assert_eq!(code(&desk.run(&["--replicates", "2", "--out", "out"])), 0);
    let read = |name| table(&desk.path("out"), name);
    let (countries, stays, homes, flows) = (
        read("countries"),
        read("stays"),
        read("homes"),
        read("flows"),
    );
    let left_by = [
        "left_by_ordinary",
        "left_by_persecution",
        "left_by_mobilisation",
        "left_by_hardship",
        "left_by_conscience",
    ];
    for row in &homes {
        let where_they_are = ["at_home", "applying", "detained", "mobilised", "abroad"];
        assert_eq!(
            persons(row, "persons"),
            sum(row, &where_they_are),
            "{row:?}"
        );
        assert_eq!(persons(row, "left"), sum(row, &left_by), "{row:?}");
        assert!(sum(row, &["barred", "deterred", "held_by_means"]) <= persons(row, "at_home"));
        assert!(persons(row, "returned_involuntarily") <= persons(row, "returned"));
        assert_eq!(persons(row, "persons") % 30, 0, "whole agents");
    }

    // Everybody abroad is somewhere.
    let moment = ["replicate", "date"];
    let abroad = sums(&homes, &moment, "abroad");
    assert!(abroad.len() > 10);
    assert_eq!(sums(&stays, &moment, "persons"), abroad);
    assert_eq!(sums(&countries, &moment, "newcomers"), abroad);
    assert_eq!(
        sums(&stays, &["replicate", "date", "country"], "persons"),
        sums(&countries, &["replicate", "date", "country"], "newcomers")
    );

    // Flows are the same, however they are counted.
    let of = |event: &str| -> Vec<Row> {
        flows
            .iter()
            .filter(|row| row["event"] == event)
            .cloned()
            .collect()
    };
    let by_segment = ["replicate", "date", "segment"];
    assert_eq!(
        sums(&of("left"), &by_segment, "persons"),
        sums(&homes, &by_segment, "left")
    );
    assert_eq!(
        sums(&of("returned"), &by_segment, "persons"),
        sums(&homes, &by_segment, "returned")
    );
    let country = ["replicate", "date", "country"];
    let to = ["replicate", "date", "to"];
    let from = ["replicate", "date", "from"];
    assert_eq!(
        sums(&of("arrived"), &to, "persons"),
        sums(&countries, &country, "arrivals")
    );
    assert_eq!(
        sums(&of("moved_on"), &from, "persons"),
        sums(&countries, &country, "departures_onward")
    );
    assert_eq!(
        sums(&of("returned"), &from, "persons"),
        sums(&countries, &country, "departures_return")
    );

    // Newcomers change by those who came and went.
    let mut before: HashMap<String, i64> = HashMap::new();
    for row in &countries {
        let place = key(row, &["replicate", "country"]);
        let now = persons(row, "newcomers");
        let change =
            persons(row, "arrivals") - sum(row, &["departures_onward", "departures_return"]);
        match before.insert(place, now) {
            Some(before) => assert_eq!(now - before, change, "{row:?}"),
            None => assert_eq!((row["days"].as_str(), now, change), ("0", 0, 0)),
        }
    }

    // And outcomes are sums of all that.
    let outcome = |id: &str, replicate: &str| -> f64 {
        let row = read("outcomes").into_iter().find(|row| {
            row["outcome"] == id
                && row["replicate"] == replicate
                && row["group"] == "ALL"
                && row["country"] == "ALL"
        });
        row.unwrap()["value"].parse().unwrap()
    };
    for replicate in ["0", "1"] {
        let left: i64 = homes
            .iter()
            .filter(|row| row["replicate"] == replicate)
            .map(|row| persons(row, "left"))
            .sum();
        assert_eq!(outcome("left", replicate), left as f64);
    }
    assert_ne!(outcome("left", "0"), outcome("left", "1"));
}

#[test]
fn rows_are_in_the_order_of_their_keys() {
    let desk = Desk::new();
    assert_eq!(code(&desk.run(&["--replicates", "2", "--out", "out"])), 0);
    for (name, columns) in [
        ("countries", &["replicate", "date", "country"][..]),
        ("homes", &["replicate", "date", "origin", "segment"]),
        ("stays", &["replicate", "date", "origin", "country"]),
        (
            "flows",
            &[
                "replicate",
                "date",
                "origin",
                "segment",
                "from",
                "to",
                "channel",
            ],
        ),
        ("outcomes", &["replicate", "outcome", "group", "country"]),
    ] {
        let keys: Vec<String> = table(&desk.path("out"), name)
            .iter()
            .map(|row| key(row, columns).replace(',', "\u{0}"))
            .collect();
        assert!(keys.is_sorted(), "{name}");
    }
}

#[test]
fn what_is_not_built_is_empty_and_never_zero() {
    let desk = Desk::new();
    assert_eq!(code(&desk.run(&["--out", "out"])), 0);
    for (name, columns) in [
        (
            "countries",
            &[
                "in_transit",
                "applying",
                "handed_over",
                "hostility",
                "share_wanting_visas",
            ][..],
        ),
        (
            "homes",
            &["applying", "detained", "mobilised", "detentions", "voicing"],
        ),
    ] {
        for row in table(&desk.path("out"), name) {
            assert!(
                columns.iter().all(|column| row[*column].is_empty()),
                "{name}: {row:?}"
            );
        }
    }
    assert_eq!(
        code(&desk.run(&["--set", "behaviour.rents.on=false", "--out", "still"])),
        0
    );
    assert!(
        table(&desk.path("still"), "countries")
            .iter()
            .all(|row| row["rent_index"].is_empty())
    );
    let outcomes = table(&desk.path("still"), "outcomes");
    assert!(
        outcomes
            .iter()
            .all(|row| !row["outcome"].starts_with("rent_index"))
    );
}

#[test]
fn check_reports_every_problem_and_runs_nothing() {
    let desk = Desk::new();
    let example = shipped(EXAMPLE);
    let example = example.to_str().unwrap();
    let output = desk.output(&["check", example]);
    assert_eq!(code(&output), 0, "{}", stderr(&output));
    assert!(!stdout(&output).is_empty());
    let output = desk.output(&["check", example, "--json"]);
    let report: Value = serde_json::from_str(stdout(&output)).unwrap();
    assert_eq!(report["ok"], true);

    fs::write(desk.path("bad.toml"), "titel = \"A\"\ncurrency = 3\n").unwrap();
    let output = desk.output(&["check", example, "bad.toml"]);
    assert_eq!(code(&output), 2);
    for words in ["bad.toml:1", "bad.toml:2", "title"] {
        assert!(stderr(&output).contains(words), "{}", stderr(&output));
    }
    let output = desk.output(&["check", "bad.toml", "--json"]);
    assert_eq!(code(&output), 2);
    let report: Value = serde_json::from_str(stdout(&output)).unwrap();
    assert_eq!(report["ok"], false);
    assert!(report["problems"].as_array().unwrap().len() >= 2);
    assert_eq!(desk.names(), ["bad.toml"]);
}

#[test]
fn values_are_shown_and_scenarios_compared() {
    let desk = Desk::new();
    let example = shipped(EXAMPLE);
    let example = example.to_str().unwrap();
    let output = desk.output(&["show", example, "behaviour.choice.lambda"]);
    assert_eq!(code(&output), 0, "{}", stderr(&output));
    assert!(stdout(&output).contains("0.6"), "{}", stdout(&output));
    assert_refused(
        &desk.output(&["show", example, "behaviour.choice.lamda"]),
        &["lambda"],
    );

    assert_eq!(
        stdout(&desk.output(&["diff", example, example])),
        "no difference\n"
    );
    let include = example.replace('\\', "/");
    let text = format!("extends = [{include:?}]\n[behaviour.choice]\nlambda = 0.5\n");
    fs::write(desk.path("other.toml"), text).unwrap();
    let output = desk.output(&["diff", example, "other.toml"]);
    assert_eq!(code(&output), 0);
    assert!(
        stdout(&output).contains("behaviour.choice.lambda"),
        "{}",
        stdout(&output)
    );
    let output = desk.output(&["diff", example, "other.toml", "--json"]);
    assert!(
        serde_json::from_str::<Value>(stdout(&output))
            .unwrap()
            .is_array()
    );
}

#[test]
fn a_new_scenario_runs() {
    let desk = Desk::new();
    let output = desk.output(&["new", "mine"]);
    assert_eq!(code(&output), 0, "{}", stderr(&output));
    assert_refused(&desk.output(&["new", "mine"]), &["`mine`"]);
    // The words that were printed work as they stand.
    let scenario = stdout(&output)
        .split_whitespace()
        .find(|word| word.ends_with(".toml"))
        .unwrap();
    let path = stdout(&output).split("exeunt run ").nth(1).unwrap().trim();
    assert!(path.ends_with(".toml"), "{scenario}");
    assert_eq!(code(&desk.output(&["check", path])), 0);
    let output = desk.output(&["run", path, "--quiet"]);
    assert_eq!((code(&output), stderr(&output)), (0, ""));
}

#[test]
fn schema_and_completions_are_printed() {
    let desk = Desk::new();
    let output = desk.output(&["schema", "scenario"]);
    assert_eq!(code(&output), 0);
    assert!(stdout(&output).len() > 1000);
    assert_refused(&desk.output(&["schema", "nothing"]), &["scenario"]);
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let output = desk.output(&["completions", shell]);
        assert_eq!(code(&output), 0);
        assert!(stdout(&output).contains("exeunt"), "{shell}");
    }
}
