//! The same run gives the same bytes, and the folder says how to have it again.

use super::case::PAIR;
use super::desk::{Desk, EXAMPLE, code, shipped, stderr, stdout};
use super::folder::FILES;
use super::rows::table;
use serde_json::Value;
use std::fs;

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

/// Five runs: in turn, two at a time and one left over, all at a time with threads to spare.
#[test]
fn runs_at_a_time_write_what_runs_in_turn_write() {
    let desk = Desk::new();
    let with = |threads: &str, out: &str| {
        let arguments = ["--replicates", "5", "--threads", threads, "--out", out];
        assert_eq!(code(&desk.run(&arguments)), 0);
    };
    with("1", "in-turn");
    for (threads, out) in [("2", "two"), ("12", "all")] {
        with(threads, out);
        for file in FILES.iter().filter(|file| **file != "run.json") {
            let read = |folder: &str| fs::read(desk.path(folder).join(file)).unwrap();
            assert!(
                read("in-turn") == read(out),
                "{file} differs with {threads} threads"
            );
        }
    }
}

/// Of three sets of parameters the second cannot be computed: the rows of the others stand as if it were not there.
#[test]
fn failed_runs_between_others_leave_no_row() {
    let desk = Desk::new();
    let case = format!(
        "extends = [{:?}]\nname = \"wide\"\n[behaviour]\n\
         choice.visa = {{ value = 1.2, range = [0.4, 1000.0], basis = \"assumption\" }}\n",
        shipped(EXAMPLE)
    );
    fs::write(desk.path("case.toml"), case).unwrap();
    fs::write(
        desk.path("sets.csv"),
        "behaviour.choice.visa\n1.2\n900\n1.4\n",
    )
    .unwrap();
    for threads in ["1", "2", "3"] {
        let arguments = [
            "run",
            "case.toml",
            "--draws-from",
            "sets.csv",
            "--scale",
            "300",
            "--replicates",
            "2",
            "--threads",
            threads,
            "--out",
            threads,
        ];
        let output = desk.output(&arguments);
        let said = stderr(&output);
        assert_eq!(code(&output), 1, "{said}");
        for replicate in [0, 1] {
            let told = format!("error: draw 2, replicate {replicate}: ");
            assert_eq!(said.matches(&told).count(), 1, "{said}");
        }
        let outcomes = table(&desk.path(threads), "outcomes");
        let mut draws: Vec<&str> = outcomes.iter().map(|row| row["draw"].as_str()).collect();
        draws.dedup();
        assert_eq!(draws, ["1", "3"]);
        let manifest = fs::read_to_string(desk.path(threads).join("manifest.json")).unwrap();
        let manifest: Value = serde_json::from_str(&manifest).unwrap();
        assert_eq!(
            manifest["runs_finished"],
            serde_json::json!([[1, 0], [1, 1], [3, 0], [3, 1]])
        );
        for file in FILES.iter().filter(|file| file.ends_with(".csv")) {
            let read = |folder: &str| fs::read(desk.path(folder).join(file)).unwrap();
            assert!(
                read("1") == read(threads),
                "{file} differs with {threads} threads"
            );
        }
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
    assert_eq!(manifest.get("runs_finished"), None);
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

/// Of three sets of parameters the second cannot be computed: in the terminal, for programs and on the page it is said on
/// how many pairs the differences rest.
#[test]
fn a_comparison_says_how_many_pairs_are_left() {
    let desk = Desk::with_pair();
    let base = format!(
        "extends = [{:?}]\n[behaviour]\n\
         choice.visa = {{ value = 1.2, range = [0.4, 1000.0], basis = \"assumption\" }}\n",
        shipped(EXAMPLE)
    );
    desk.write("base.toml", &base);
    desk.write("sets.csv", "behaviour.choice.visa\n1.2\n900\n1.4\n");
    let mut all = PAIR.to_vec();
    all.extend(["--draws-from", "sets.csv", "--replicates", "2"]);
    let words = "4 of 12 runs failed: differences rest on 4 of 6 pairs";
    let output = desk.output(&[&all[..], &["--out", "shown"]].concat());
    assert_eq!(code(&output), 1, "{}", stderr(&output));
    assert!(stdout(&output).contains(words), "{}", stdout(&output));
    let page = fs::read_to_string(desk.path("shown/report.html")).unwrap();
    assert!(page.contains(words));
    let output = desk.output(&[&all[..], &["--out", "json", "--json"]].concat());
    let told: Value = serde_json::from_str(stdout(&output)).unwrap();
    let failed = serde_json::json!({ "failed": 4, "runs": 12, "pairs": 6, "pairs_finished": [4] });
    assert_eq!(told["failed"], failed);
}
