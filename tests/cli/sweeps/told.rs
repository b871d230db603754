//! What a sweep tells of its runs: how they went, and what they warn of.

use super::{PLAN, desk};
use crate::case::POLICY;
use crate::desk::{assert_refused, code, stderr, stdout};
use std::fs;

/// `run.json` is of the whole command and not of the merge at its end.
#[test]
fn how_a_sweep_went_is_that_of_all_its_runs() {
    let desk = desk();
    let begin = std::time::Instant::now();
    let output = desk.output(&["sweep", "plan.toml", "--out", "timed", "--threads", "3"]);
    let longest = begin.elapsed().as_secs_f64();
    assert_eq!(code(&output), 0, "{}", stderr(&output));
    let run = fs::read_to_string(desk.path("timed/run.json")).unwrap();
    let run: serde_json::Value = serde_json::from_str(&run).unwrap();
    assert_eq!(run["threads"], 3);
    // (Of what is seen from outside, starting and reading the plan are no part; the merge alone takes a
    // seventieth.)
    let seconds = run["seconds"].as_f64().unwrap();
    assert!(
        seconds > longest / 10.0 && seconds <= longest,
        "{seconds} of {longest}"
    );
}

/// A city without homes in one of two scenarios: its runs warn, those of the other do not, however they are divided.
#[test]
fn what_runs_warn_of_is_told_with_how_many_do() {
    let desk = desk();
    let small = "[country.XB]\nmarket.city_population = \"900 persons\"\n";
    desk.write("policy.toml", &format!("{POLICY}{small}"));
    desk.write("plan.toml", &PLAN.replace("points = 8", "points = 2"));
    let warning = "newcomers come to fill more than 0.6 of the rented homes";
    let told = |out: &str| {
        let sweep = fs::read_to_string(desk.path(out).join("sweep.json")).unwrap();
        let sweep: serde_json::Value = serde_json::from_str(&sweep).unwrap();
        sweep["warnings"].as_array().unwrap().clone()
    };
    let output = desk.output(&["sweep", "plan.toml", "--out", "whole"]);
    assert_eq!(code(&output), 0, "{}", stderr(&output));
    let whole = told("whole");
    assert_eq!(whole.len(), 1, "{whole:?}");
    let whole = whole[0].as_str().unwrap();
    assert!(whole.contains(warning), "{whole}");
    assert!(whole.ends_with("(runs: all 4 of policy)"), "{whole}");
    assert!(
        stderr(&output).contains(&format!("warning: {whole}\n")),
        "{}",
        stderr(&output)
    );
    // Its analysis says so before anything else, and so does the page that is drawn again.
    let page = || fs::read_to_string(desk.path("whole/analysis/report.html")).unwrap();
    assert_eq!(code(&desk.output(&["analyse", "whole", "--quiet"])), 0);
    assert!(page().contains(whole));
    fs::remove_file(desk.path("whole/analysis/report.html")).unwrap();
    assert_eq!(code(&desk.output(&["report", "whole", "--quiet"])), 0);
    assert!(page().contains(whole));
    for shard in ["1/2", "0/2"] {
        let shard = [
            "sweep",
            "plan.toml",
            "--out",
            "parts",
            "--shard",
            shard,
            "--quiet",
        ];
        assert_eq!(code(&desk.output(&shard)), 0);
    }
    let merged = desk.output(&["merge", "parts", "--json"]);
    let merged: serde_json::Value = serde_json::from_str(stdout(&merged)).unwrap();
    assert_eq!(merged["warnings"], serde_json::json!([whole]));
    assert_eq!(told("parts"), [whole]);
    // An analysis is of the sweep as it was, and is not drawn as that of the larger one.
    desk.write("plan.toml", &PLAN.replace("points = 8", "points = 4"));
    let larger = desk.output(&[
        "sweep",
        "plan.toml",
        "--out",
        "whole",
        "--extend",
        "--quiet",
    ]);
    assert_eq!(code(&larger), 0, "{}", stderr(&larger));
    assert_refused(
        &desk.output(&["report", "whole"]),
        &["before it was extended", "analyse whole --force"],
    );
    assert_eq!(
        code(&desk.output(&["analyse", "whole", "--force", "--quiet"])),
        0
    );
    assert_eq!(code(&desk.output(&["report", "whole", "--quiet"])), 0);
}

/// Nobody can claim asylum in these scenarios: a table without rows of claims does not say so.
#[test]
fn outcomes_that_no_run_has_are_named() {
    let desk = desk();
    let plan = PLAN.replace("points = 8", "points = 2");
    desk.write(
        "plan.toml",
        &plan.replace("[\"left\", ", "[\"claims\", \"left\", "),
    );
    let sweep = desk.output(&["sweep", "plan.toml", "--out", "swept"]);
    let words = "warning: no run has the outcome `claims` that the plan asks for";
    for output in [sweep, desk.output(&["merge", "swept"])] {
        assert_eq!(code(&output), 0, "{}", stderr(&output));
        assert_eq!(
            stderr(&output).matches(words).count(),
            1,
            "{}",
            stderr(&output)
        );
    }
    let analysed = desk.output(&["analyse", "swept"]);
    assert_eq!(code(&analysed), 0, "{}", stderr(&analysed));
    let words = "not analysed: no run has it";
    assert_eq!(
        stdout(&analysed).matches(words).count(),
        2,
        "{}",
        stdout(&analysed)
    );
}
