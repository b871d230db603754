//! `exeunt score`: the same numbers from memory and from a folder, as a hand would count them; bad
//! observations refused before anything runs; the table in the README never stale.

use assert_cmd::Command;
use exeunt::analyse::{Measure, OBSERVED_COLUMNS};
use exeunt::scenario::Scenario;
use exeunt::store::of_file;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Output;

const EXAMPLE: &str = "scenarios/examples/border-closes.toml";
const RUSSIA: &str = "scenarios/russia-2022/as-it-was.toml";
const README: &str = "scenarios/russia-2022/README.md";
const SCALE: [&str; 2] = ["--scale", "30"];

fn shipped(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

fn exeunt(folder: &Path, arguments: &[&str]) -> Output {
    let mut command = Command::cargo_bin("exeunt").unwrap();
    command
        .current_dir(folder)
        .args(arguments)
        .output()
        .unwrap()
}

fn text(bytes: &[u8]) -> &str {
    std::str::from_utf8(bytes).unwrap()
}

/// Observations of one row: how many are abroad at the end.
fn one_row(folder: &Path) -> String {
    let (scenario, _) = example();
    let end = scenario.calendar.end;
    let row = format!("A,abroad,,1,2,persons,{end},report,last(homes.abroad),,,s");
    write_observed(folder, &row)
}

/// What was observed in the example: rows without their heading.
fn write_observed(folder: &Path, rows: &str) -> String {
    let path = folder.join("observed.csv");
    std::fs::write(&path, format!("{}\n{rows}\n", OBSERVED_COLUMNS.join(","))).unwrap();
    path.to_str().unwrap().to_owned()
}

/// The name and the last day of the example, and one of its countries that receive.
fn example() -> (std::sync::Arc<Scenario>, String) {
    let scenario = Scenario::load(shipped(EXAMPLE)).unwrap();
    let host = usize::from(scenario.channels[0].country);
    let code = scenario.countries[host].code.clone();
    (scenario, code)
}

/// Rows of a table as maps from column to cell.
fn rows(path: &Path) -> Vec<BTreeMap<String, String>> {
    let mut reader = csv::Reader::from_path(path).unwrap();
    let all: Result<Vec<_>, _> = reader.deserialize().collect();
    all.unwrap()
}

#[test]
fn scores_agree_with_a_count_by_hand_from_memory_and_from_a_folder() {
    let folder = tempfile::tempdir().unwrap();
    let (scenario, host) = example();
    let (start, end) = (scenario.calendar.start, scenario.calendar.end);
    let first = scenario.calendar.steps[0];
    let cut = first.start.tomorrow().unwrap();
    let observed = write_observed(
        folder.path(),
        &format!(
            "A,left,,1,2,persons,{start}..{end},report,sum(homes.left),,,s\n\
             B,there,,1,2,persons,{end},report,last(countries.newcomers where country = {host}),,,s\n\
             C,arrived,,1,2,persons,{start}..{end},report,sum(flows.persons where event = arrived and to = {host}),,,s\n\
             D,a day of the first step,,0,2,persons,{cut},report,sum(homes.left),,,s\n\
             E,an outcome,,1,2,persons,{end},report,outcome(left),,,s\n\
             F,detained,,1,2,persons,{start}..{end},report,sum(homes.detentions),,,s"
        ),
    );
    let scenario_path = shipped(EXAMPLE);
    let scenario_path = scenario_path.to_str().unwrap();
    let mut run = vec![
        "run",
        scenario_path,
        "--out",
        "results",
        "--quiet",
        "--replicates",
        "3",
    ];
    run.extend(SCALE);
    assert!(exeunt(folder.path(), &run).status.success());

    let mut memory = vec!["score", scenario_path, "--observed", &observed, "--json"];
    memory.extend(["--replicates", "3"]);
    memory.extend(SCALE);
    // In turn; two at a time and one left over; all at a time with threads to spare.
    let [memory, two, seven] = ["1", "2", "7"].map(|threads| {
        let output = exeunt(
            folder.path(),
            &[&memory[..], &["--threads", threads]].concat(),
        );
        assert!(output.status.success(), "{}", text(&output.stderr));
        serde_json::from_slice::<Value>(&output.stdout).unwrap()
    });
    assert!(memory == two && memory == seven);
    let from = [
        "score",
        scenario_path,
        "--observed",
        &observed,
        "--json",
        "--from",
        "results",
    ];
    let from = exeunt(folder.path(), &from);
    assert!(from.status.success(), "{}", text(&from.stderr));
    let from: Value = serde_json::from_slice(&from.stdout).unwrap();
    assert_eq!(memory, from);

    let values = |id: &str| -> Vec<f64> {
        let rows = memory["rows"].as_array().unwrap();
        let row = rows.iter().find(|row| row["id"] == id).unwrap();
        let values = row["result"]["values"].as_array().unwrap();
        values.iter().map(|value| value.as_f64().unwrap()).collect()
    };
    let count = |table: &str, column: &str, wanted: &dyn Fn(&BTreeMap<String, String>) -> bool| {
        let table = rows(&folder.path().join("results").join(table));
        ["0", "1", "2"].map(|replicate| {
            let of_run = table.iter().filter(|row| row["replicate"] == replicate);
            let cells = of_run.filter(|row| wanted(row)).map(|row| &row[column]);
            cells.map(|cell| cell.parse::<f64>().unwrap()).sum::<f64>()
        })
    };
    let left = count("homes.csv", "left", &|_| true);
    assert!(left[0] > 1000.0);
    assert_eq!(values("A"), left);
    assert_eq!(values("E"), left);
    let end = end.to_string();
    let there = count("countries.csv", "newcomers", &|row| {
        row["date"] == end && row["country"] == host
    });
    assert_eq!(values("B"), there);
    let arrived = count("flows.csv", "persons", &|row| {
        row["event"] == "arrived" && row["to"] == host
    });
    assert_eq!(values("C"), arrived);
    let earliest = rows(&folder.path().join("results/homes.csv"));
    let date = earliest.iter().find(|row| row["days"] != "0").unwrap()["date"].clone();
    let in_first = count("homes.csv", "left", &|row| row["date"] == date);
    let share = in_first.map(|left| left / f64::from(first.days));
    for (value, share) in values("D").into_iter().zip(share) {
        assert!((value - share).abs() < 1e-9);
    }
    let last = &memory["rows"][5];
    assert_eq!(last["result"]["verdict"], "not computed");
    assert!(
        last["reason"]
            .as_str()
            .unwrap()
            .contains("homes.detentions is empty")
    );
}

#[test]
fn results_of_another_scenario_are_refused() {
    let folder = tempfile::tempdir().unwrap();
    let observed = one_row(folder.path());
    let path = shipped(EXAMPLE);
    let path = path.to_str().unwrap();
    let mut run = vec!["run", path, "--out", "results", "--quiet"];
    run.extend(["--scale", "300", "--set", "behaviour.choice.lambda=0.5"]);
    assert!(exeunt(folder.path(), &run).status.success());
    let score = |more: &[&str]| {
        let mut arguments = vec!["score", path, "--observed", &observed, "--from"];
        arguments.extend(more);
        exeunt(folder.path(), &arguments)
    };
    let refused = |output: Output, words: &[&str]| {
        assert_eq!(output.status.code(), Some(2), "{}", text(&output.stdout));
        for word in words {
            assert!(
                text(&output.stderr).contains(word),
                "{}",
                text(&output.stderr)
            );
        }
    };
    refused(score(&["results"]), &["another scenario", "exeunt diff"]);
    assert!(
        score(&["results", "--set", "behaviour.choice.lambda=0.5"])
            .status
            .success()
    );
    refused(score(&["."]), &["not a results folder", "manifest.json"]);
    refused(score(&["results", "--seed", "2"]), &["--seed", "--from"]);

    let homes = folder.path().join("results/homes.csv");
    let table = std::fs::read_to_string(&homes).unwrap();
    let sets = ["results", "--set", "behaviour.choice.lambda=0.5"];
    std::fs::write(&homes, table.replacen(",abroad,", ",abroad!,", 1)).unwrap();
    refused(score(&sets), &["homes.csv:1", "heading"]);
    std::fs::write(&homes, format!("{table}a,b\n")).unwrap();
    refused(score(&sets), &["homes.csv:", "2 cells"]);
    std::fs::remove_file(&homes).unwrap();
    refused(score(&sets), &["homes.csv", "cannot be read"]);
}

#[test]
fn bad_observations_are_refused_before_anything_runs() {
    let folder = tempfile::tempdir().unwrap();
    let rows =
        "A,q,,5,2,persons,1999,fit,sum(homes.left),,,s\nB,q,,1,2,days,1999,fit,sum(homes.lft),,,s";
    let observed = write_observed(folder.path(), rows);
    let path = shipped(EXAMPLE);
    for more in [&["--check"][..], &["--json"]] {
        let mut arguments = vec!["score", path.to_str().unwrap(), "--observed", &observed];
        arguments.extend(more);
        let output = exeunt(folder.path(), &arguments);
        assert_eq!(output.status.code(), Some(2));
        assert_eq!(text(&output.stdout), "");
        let words = [
            "observed.csv:2",
            "observed.csv:3",
            "above high",
            "outside the scenario",
            "`lft`",
        ];
        for word in words {
            assert!(
                text(&output.stderr).contains(word),
                "{}",
                text(&output.stderr)
            );
        }
    }
    let output = exeunt(folder.path(), &["score", path.to_str().unwrap()]);
    assert_eq!(output.status.code(), Some(2));
    assert!(
        text(&output.stderr).contains("--observed FILE"),
        "{}",
        text(&output.stderr)
    );
}

#[test]
fn the_shipped_observations_check() {
    let output = exeunt(
        Path::new(env!("CARGO_MANIFEST_DIR")),
        &["score", RUSSIA, "--check"],
    );
    assert!(output.status.success(), "{}", text(&output.stderr));
    assert!(text(&output.stdout).contains("no errors"));
}

#[test]
fn the_table_of_the_readme_is_not_stale() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let readme = std::fs::read_to_string(root.join(README)).unwrap();
    let passage = exeunt::store::passage(&readme, "<!-- score: begin -->", "<!-- score: end -->");
    let passage = passage
        .expect("the README has the lines of the passage")
        .trim();
    // The passage begins with the command that wrote it.
    let command = passage
        .split('`')
        .nth(1)
        .expect("a command in the first line");
    let words: Vec<&str> = command.split(' ').skip(1).collect();
    assert_eq!(words[..2], ["score", RUSSIA]);
    let output = exeunt(root, &words);
    assert!(output.status.success(), "{}", text(&output.stderr));
    let update = command
        .replace("exeunt", "cargo run --release --")
        .replace("--markdown", "--update");
    assert!(
        text(&output.stdout).trim() == passage,
        "the scores in {README} are stale; write them again with\n    {update} {README}"
    );
    assert!(passage.contains("| C1 |") && passage.contains("ARD of shares"));
}

#[test]
fn a_readme_is_updated_between_its_lines() {
    let folder = tempfile::tempdir().unwrap();
    let observed = one_row(folder.path());
    let path = shipped(EXAMPLE);
    let page = folder.path().join("page.md");
    let update = |expected: i32| {
        let mut arguments = vec!["score", path.to_str().unwrap(), "--observed", &observed];
        arguments.extend(["--scale", "300", "--update", "page.md"]);
        let output = exeunt(folder.path(), &arguments);
        assert_eq!(
            output.status.code(),
            Some(expected),
            "{}",
            text(&output.stderr)
        );
        std::fs::read_to_string(&page).unwrap()
    };
    std::fs::write(
        &page,
        "before\n<!-- score: begin -->\nold\n<!-- score: end -->\nafter\n",
    )
    .unwrap();
    let now = update(0);
    assert!(now.starts_with("before\n") && now.ends_with("\nafter\n"));
    assert!(now.contains("| A | abroad |") && !now.contains("old"));
    assert_eq!(update(0), now);
    std::fs::write(&page, "no lines").unwrap();
    assert_eq!(update(2), "no lines");
}

/// The file is looked at first: nobody waits for runs of which it could not tell. What is read after it is not there.
#[test]
fn what_it_updates_is_looked_at_before_anything_is_run() {
    let folder = tempfile::tempdir().unwrap();
    let observed = one_row(folder.path());
    let path = shipped(EXAMPLE);
    let mut arguments = vec!["score", path.to_str().unwrap(), "--observed", &observed];
    arguments.extend(["--from", "nowhere", "--update", "page.md"]);
    let refused = || {
        let output = exeunt(folder.path(), &arguments);
        assert_eq!(output.status.code(), Some(2), "{}", text(&output.stderr));
        text(&output.stderr).to_owned()
    };
    let page = folder.path().join("page.md");
    let said = refused();
    assert!(said.contains("`page.md` cannot be read"), "{said}");
    for (lines, wrong) in [
        ("no lines", "`page.md` has no line `<!-- score: begin -->`"),
        (
            "<!-- score: begin -->\n",
            "`page.md` has no line `<!-- score: end -->`",
        ),
        (
            "<!-- score: end -->\n<!-- score: begin -->\n",
            "`page.md` has the line `<!-- score: end -->` above the line `<!-- score: begin -->`",
        ),
    ] {
        std::fs::write(&page, lines).unwrap();
        let said = refused();
        assert!(said.contains(wrong), "{lines}: {said}");
        assert_eq!(std::fs::read_to_string(&page).unwrap(), lines);
    }
    std::fs::write(&page, "<!-- score: begin -->\n<!-- score: end -->\n").unwrap();
    let said = refused();
    assert!(
        said.contains("nowhere") && !said.contains("page.md"),
        "{said}"
    );
}

/// A folder that has its tables as Parquet alone gives the same scores, and a damaged one none.
#[cfg(feature = "parquet")]
#[test]
fn a_folder_of_parquet_is_scored_like_one_of_csv() {
    let folder = tempfile::tempdir().unwrap();
    let (scenario, host) = example();
    let (start, end) = (scenario.calendar.start, scenario.calendar.end);
    let rows = [
        format!("A,left,,1,2,persons,{start}..{end},report,sum(homes.left),,,s"),
        format!(
            "B,arrived,,1,2,persons,{start}..{end},report,sum(flows.persons where event = arrived and to = {host}),,,s"
        ),
        format!("C,returned,,0.1,0.5,share,{end},report,outcome(share_returned),,,s"),
        format!("D,detained,,1,2,persons,{start}..{end},report,sum(homes.detentions),,,s"),
    ];
    let observed = write_observed(folder.path(), &rows.join("\n"));
    let path = shipped(EXAMPLE);
    let path = path.to_str().unwrap();
    for format in ["csv", "parquet"] {
        let run = ["run", path, "--quiet", "--scale", "30", "--format", format];
        let run = [&run[..], &["--replicates", "2", "--out", format]].concat();
        assert!(exeunt(folder.path(), &run).status.success());
    }
    let score = |from: &str| {
        let arguments = [
            "score",
            path,
            "--observed",
            &observed,
            "--json",
            "--from",
            from,
        ];
        exeunt(folder.path(), &arguments)
    };
    let scores = ["csv", "parquet"].map(|from| {
        let output = score(from);
        assert!(output.status.success(), "{}", text(&output.stderr));
        serde_json::from_slice::<Value>(&output.stdout).unwrap()
    });
    assert_eq!(scores[0], scores[1]);
    assert_eq!(scores[0]["rows"][3]["result"]["verdict"], "not computed");

    let refused = |words: [&str; 2]| {
        let output = score("parquet");
        assert_eq!(output.status.code(), Some(2), "{}", text(&output.stdout));
        for word in [&["homes.parquet"], &words[..]].concat() {
            let message = text(&output.stderr);
            assert!(message.contains(word), "{message}");
        }
    };
    let homes = folder.path().join("parquet/homes.parquet");
    let flows = folder.path().join("parquet/flows.parquet");
    let manifest = folder.path().join("parquet/manifest.json");
    // Whoever changes a table can change what the manifest says of it, too.
    let make_it_fit = || {
        let mut listed: Value = serde_json::from_slice(&std::fs::read(&manifest).unwrap()).unwrap();
        listed["files"]["homes.parquet"]["sha256"] = json!(of_file(&homes).unwrap());
        std::fs::write(&manifest, listed.to_string()).unwrap();
    };
    std::fs::copy(flows, &homes).unwrap();
    refused([
        "it has changed since it was written",
        "make the results again",
    ]);
    make_it_fit();
    refused([
        "the columns are not scenario,draw",
        "make the results again",
    ]);
    std::fs::write(&homes, "PAR1 and nothing else PAR1").unwrap();
    make_it_fit();
    refused(["cannot be read as Parquet", "make the results again"]);
    std::fs::remove_file(&homes).unwrap();
    refused(["cannot be read as Parquet", "make the results again"]);
}

/// Every measure in the table of examples can be read, and no other row is taken for one.
#[test]
fn the_examples_of_the_documentation_work() {
    let scenario = Scenario::load(shipped(RUSSIA)).unwrap();
    let page = std::fs::read_to_string(shipped("docs/score.md")).unwrap();
    let examples = page.split("| measure | what it is |").nth(1).unwrap();
    let lines = examples
        .lines()
        .skip(2)
        .take_while(|line| line.starts_with('|'));
    let mut count = 0;
    for line in lines {
        let measure = line.split('`').nth(1).unwrap();
        if let Err(faults) = Measure::read(measure, &scenario) {
            panic!("{measure}: {faults:?}");
        }
        count += 1;
    }
    assert!(count >= 12, "only {count} examples");
    let lists_all = exeunt::analyse::BASELINES
        .iter()
        .all(|(rule, _)| page.contains(rule));
    assert!(
        lists_all
            && OBSERVED_COLUMNS
                .iter()
                .all(|column| page.contains(&format!("`{column}`")))
    );
}
