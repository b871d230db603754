//! Analyses of sweeps that are not whole are refused with the command that completes them.

use super::desk::{Desk, assert_refused, code, stderr, stdout};
use exeunt::store::of_text;
use std::fs;

const PLAN: &str = r#"
scenarios = ["base.toml"]
scale = 300
outcomes = ["left"]
design = { kind = "sobol", points = 4 }
[vary."behaviour.choice.lambda"]
[vary.regime]
variants = { as-it-is = [], dearer = ["behaviour.choice.visa=1.2"] }
"#;

fn desk() -> Desk {
    let desk = Desk::with_pair();
    fs::create_dir(desk.path("plans")).unwrap();
    let plan = PLAN.replace("base.toml", "../base.toml");
    fs::write(desk.path("plans/few.toml"), plan).unwrap();
    desk
}

fn sweep(desk: &Desk, more: &[&str]) {
    let mut arguments = vec!["sweep", "plans/few.toml", "--format", "csv", "--quiet"];
    arguments.extend(more);
    let output = desk.output(&arguments);
    assert_eq!(code(&output), 0, "{}", stderr(&output));
}

#[test]
fn what_is_not_swept_to_its_end_is_refused_with_what_ends_it() {
    let desk = desk();
    sweep(&desk, &["--out", "halves", "--shard", "0/2"]);
    let output = desk.output(&["analyse", "halves"]);
    assert_refused(
        &output,
        &[
            "2 of 4 runs are missing in `halves`: shard 1/2 is missing",
            "exeunt sweep PLAN --shard I/2 --out halves",
            "few.toml",
        ],
    );
    sweep(&desk, &["--out", "halves", "--shard", "1/2"]);
    let output = desk.output(&["analyse", "halves"]);
    assert_refused(&output, &["exeunt merge halves"]);

    // As a sweep that was ended before its last run.
    sweep(&desk, &["--out", "whole"]);
    fs::remove_file(desk.path("whole/manifest.json")).unwrap();
    let ledger = desk.path("whole/shards/0-of-1/ledger");
    let bytes = fs::read(&ledger).unwrap();
    fs::write(&ledger, &bytes[..bytes.len() - 5]).unwrap();
    let output = desk.output(&["analyse", "whole"]);
    assert_refused(
        &output,
        &[
            "1 of 4 runs are missing in `whole`",
            "exeunt sweep PLAN --out whole",
        ],
    );
    sweep(&desk, &["--out", "whole"]);
    let output = desk.output(&["analyse", "whole"]);
    assert_eq!(code(&output), 0, "{}", stderr(&output));
    // Four points are too few for ranks of two things, which is said.
    assert!(
        stdout(&output).contains("no rank correlations: 4 points are too few, 5 are needed"),
        "{}",
        stdout(&output)
    );
}

#[test]
fn tables_with_holes_are_refused_with_the_plan_that_was_typed() {
    let desk = desk();
    sweep(&desk, &["--out", "swept"]);
    let path = desk.path("swept/runs.csv");
    let whole = fs::read_to_string(&path).unwrap();
    let lines: Vec<&str> = whole.lines().collect();
    // (As if they had been written so: another digest alone would refuse them.)
    let manifest = desk.path("swept/manifest.json");
    let said = fs::read_to_string(&manifest).unwrap();
    let rewrite = |text: &str| {
        fs::write(&path, text).unwrap();
        let said = said.replace(&of_text(&whole), &of_text(text));
        fs::write(&manifest, said).unwrap();
    };
    rewrite(&([&lines[..2], &lines[3..]].concat().join("\n") + "\n"));
    let refused = |words: &[&str]| {
        assert_refused(&desk.output(&["analyse", "swept"]), words);
        assert!(!desk.path("swept/analysis").exists());
    };
    refused(&[
        "1 of 4 runs of the sweep are not in its tables",
        "point 1, replicate 0",
        "exeunt sweep plans/few.toml --out swept completes it",
    ]);
    rewrite(&whole.replacen(",done,", ",failed,too many steps", 1));
    refused(&[
        "1 of 4 runs of the sweep failed",
        "too many steps",
        "exeunt sweep plans/few.toml --out swept --retry-failed",
    ]);
}

/// Runs of a point that differ by their set of parameters too: what lies between them is no chance alone, and neither the
/// terminal nor the page says so. One set is that of all runs.
#[test]
fn what_sets_of_parameters_bring_is_not_called_chance_alone() {
    let desk = desk();
    for (sets, alone) in [("0.4\n0.6\n", false), ("0.6\n", true)] {
        fs::write(
            desk.path("sets.csv"),
            format!("behaviour.choice.mu\n{sets}"),
        )
        .unwrap();
        let plan = PLAN.replace("base.toml", "../base.toml");
        let plan = format!("replicates = 2\ndraws_from = \"../sets.csv\"\n{plan}");
        fs::write(desk.path("plans/few.toml"), plan).unwrap();
        let out = format!("alone-{alone}");
        sweep(&desk, &["--out", &out]);
        let output = desk.output(&["analyse", &out]);
        assert_eq!(code(&output), 0, "{}", stderr(&output));
        let said = stdout(&output);
        let page = fs::read_to_string(desk.path(&out).join("analysis/report.html")).unwrap();
        let both = "of the variance of a run is chance and sets of parameters\n";
        assert_eq!(said.contains(both), !alone, "{said}");
        assert_eq!(
            said.contains("of the variance of a run is chance\n"),
            alone,
            "{said}"
        );
        assert_eq!(
            said.contains("2 replicates with 2 sets of parameters;"),
            !alone,
            "{said}"
        );
        assert_eq!(
            page.contains("Runs of one point also have different sets of parameters"),
            !alone
        );
    }
}
