//! The posterior of a calibration goes into runs, comparisons and sweeps.

use super::{ATTEMPTS, desk, undisturbed};
use crate::desk::{assert_refused, code, stderr, stdout};
use std::fs;

#[test]
fn the_posterior_goes_into_runs_and_comparisons() {
    let desk = desk();
    let (_, _) = undisturbed(&desk);
    let posterior = fs::read_to_string(desk.path("whole/posterior.csv")).unwrap();
    assert!(posterior.starts_with("# posterior of base "), "{posterior}");
    assert_eq!(posterior.lines().count(), 2 + 12);
    let draws = ["--draws-from", "whole/posterior.csv", "--scale", "300"];
    let with = |command: &[&str]| desk.output(&[command, &draws].concat());
    let run = with(&[
        "run",
        "base.toml",
        "--draws",
        "5",
        "--replicates",
        "2",
        "--out",
        "five",
    ]);
    assert_eq!(code(&run), 0, "{}", stderr(&run));
    let ten = "mean of 10 runs with 5 sets of parameters (lowest";
    assert!(
        stdout(&run).replace('\n', " ").contains(ten),
        "{}",
        stdout(&run)
    );
    let outcomes = fs::read_to_string(desk.path("five/outcomes.csv")).unwrap();
    let draw = |line: &str| line.split(',').nth(1).map(str::to_owned);
    let mut drawn: Vec<String> = outcomes.lines().skip(1).filter_map(draw).collect();
    drawn.dedup();
    assert_eq!(drawn, ["1", "2", "3", "4", "5"]);
    // `points` says with which values: those of the file.
    let points = fs::read_to_string(desk.path("five/points.csv")).unwrap();
    assert_eq!(points.lines().count(), 1 + 5 * 4, "{points}");
    let first: Vec<&str> = posterior.lines().nth(2).unwrap().split(',').collect();
    for cell in first {
        assert!(points.contains(cell), "{cell} in {points}");
    }
    // A program is told of which set and replicate each value is.
    let json = with(&[
        "run",
        "base.toml",
        "--draws",
        "2",
        "--replicates",
        "2",
        "--out",
        "two",
        "--json",
    ]);
    let told: serde_json::Value = serde_json::from_str(stdout(&json)).unwrap();
    let cells = [(1, 0), (1, 1), (2, 0), (2, 1)]
        .map(|(draw, replicate)| serde_json::json!({ "draw": draw, "replicate": replicate }));
    assert_eq!(told["runs"], serde_json::json!(cells));
    let values = told["outcomes"][0]["values"].as_array().unwrap();
    assert_eq!(values.len(), cells.len());
    let scored = desk.output(&["score", "base.toml", "--from", "five"]);
    assert_eq!(code(&scored), 0, "{}", stderr(&scored));
    assert!(
        stdout(&scored).contains("mean of 10 runs"),
        "{}",
        stdout(&scored)
    );
    let compared = with(&[
        "compare",
        "base.toml",
        "policy.toml",
        "--flips",
        "0",
        "--out",
        "pair",
    ]);
    assert_eq!(code(&compared), 0, "{}", stderr(&compared));
    let swept = desk.output(&["run", "base.toml", "--draws", "3"]);
    assert_eq!(code(&swept), 2, "draws of nothing");
    // A scenario that has nothing to do with it, and one that has changed.
    let base = fs::read_to_string(desk.path("base.toml")).unwrap();
    desk.write("other.toml", &base);
    assert_refused(
        &with(&["run", "other.toml"]),
        &["posterior.csv:1", "the posterior of base"],
    );
    let changed = with(&[
        "run",
        "base.toml",
        "--draws",
        "2",
        "--set",
        "behaviour.choice.visa=1.2",
    ]);
    assert_eq!(code(&changed), 0, "{}", stderr(&changed));
    assert!(
        stderr(&changed).contains("has changed since"),
        "{}",
        stderr(&changed)
    );
    assert_refused(
        &with(&["run", "base.toml", "--draws", "13", "--out", "thirteen"]),
        &["has 12 sets"],
    );
}

/// Of every set that is kept, where it comes from, how near it is and what it weighs: those that the posterior and the
/// tables of values and rows are about.
#[test]
fn particles_are_those_of_the_posterior() {
    let desk = desk();
    undisturbed(&desk);
    let table = |name: &str| -> Vec<Vec<String>> {
        let text = fs::read_to_string(desk.path("whole").join(name)).unwrap();
        let lines = text.lines().filter(|line| !line.starts_with('#')).skip(1);
        lines
            .map(|line| line.split(',').map(str::to_owned).collect())
            .collect()
    };
    let particles = table("particles.csv");
    assert_eq!(particles.len(), 12);
    let number = |cell: &String| cell.parse::<f64>().unwrap();
    let tolerance = number(&table("generations.csv").last().unwrap()[5]);
    let mut weights = 0.0;
    for (place, row) in particles.iter().enumerate() {
        let [particle, generation, draw, distance, weight] = &row[..] else {
            panic!("{row:?}")
        };
        assert_eq!(number(particle), place as f64);
        assert!(number(generation) < 4.0, "{row:?}");
        // Draws are counted within their generation.
        let draw = number(draw) as usize;
        assert_eq!((draw >> 20) as f64, number(generation), "{row:?}");
        assert!(draw & 0xf_ffff < ATTEMPTS, "{row:?}");
        assert!((0.0..=tolerance).contains(&number(distance)), "{row:?}");
        weights += number(weight);
    }
    assert!((weights - 1.0).abs() < 1e-9, "{weights}");
    assert_eq!(table("posterior.csv").len(), 12);
}

#[test]
fn sweeps_draw_from_it_repetition_by_repetition() {
    let desk = desk();
    undisturbed(&desk);
    let plan = "scenarios = [\"base.toml\", \"policy.toml\"]\nscale = 300\nreplicates = 3\noutcomes = [\"left\"]\n\
                design = { kind = \"grid\" }\n[vary.\"behaviour.choice.visa\"]\nvalues = [0.5, 1.0]\n";
    desk.write("sweep.toml", plan);
    let sweep =
        |more: &[&str]| desk.output(&[&["sweep", "sweep.toml", "--format", "csv"], more].concat());
    let drawn = sweep(&[
        "--draws-from",
        "whole/posterior.csv",
        "--draws",
        "3",
        "--out",
        "drawn",
    ]);
    assert_eq!(code(&drawn), 0, "{}", stderr(&drawn));
    let plain = sweep(&["--out", "plain"]);
    assert_eq!(code(&plain), 0, "{}", stderr(&plain));
    let outcomes = |out: &str| fs::read_to_string(desk.path(out).join("outcomes.csv")).unwrap();
    assert_eq!(
        outcomes("drawn").lines().count(),
        outcomes("plain").lines().count()
    );
    assert_ne!(outcomes("drawn"), outcomes("plain"));
    // The same by the plan itself; and a run of one set alone has the numbers of its repetition.
    let by_plan = plan.replace(
        "replicates = 3",
        "replicates = 3\ndraws_from = \"whole/posterior.csv\"\ndraws = 3",
    );
    desk.write("sweep.toml", &by_plan);
    let named = sweep(&["--out", "named"]);
    assert_eq!(code(&named), 0, "{}", stderr(&named));
    assert_eq!(outcomes("named"), outcomes("drawn"));
    assert_eq!(
        stderr(&named).matches("warning").count(),
        0,
        "{}",
        stderr(&named)
    );
    // Sets that are not used, or not as often as others, are told of; so is a scenario that is another by now.
    desk.write(
        "sweep.toml",
        &by_plan.replace("replicates = 3", "replicates = 2"),
    );
    let base = fs::read_to_string(desk.path("base.toml")).unwrap();
    desk.write("base.toml", &base.replacen("value = 0.0", "value = 0.1", 1));
    let checked = desk.output(&["check", "sweep.toml"]);
    let few = sweep(&["--out", "few"]);
    assert_eq!(code(&few), 0, "{}", stderr(&few));
    for said in [
        stderr(&few),
        &format!("{}{}", stdout(&checked), stderr(&checked)),
    ] {
        for part in [
            "only the first 2 of the 3 sets of parameters",
            "base has changed since the posterior",
        ] {
            assert!(said.contains(part), "{part}: {said}");
        }
    }
    desk.write("base.toml", &base);
    let twice = by_plan
        .replace("choice.visa", "leaving.planner")
        .replace("[0.5, 1.0]", "[\"1 %\"]");
    desk.write("sweep.toml", &twice);
    assert_refused(
        &sweep(&["--out", "twice"]),
        &["varied by the plan and drawn from"],
    );
    let variant = "[vary.\"behaviour.choice.visa\"]\nvalues = [0.5, 1.0]";
    assert!(by_plan.contains(variant));
    let variants =
        "[vary.pace]\nvariants = { as-it-is = [], slow = [\"behaviour.leaving.planner=1 %\"] }";
    desk.write("sweep.toml", &by_plan.replace(variant, variants));
    assert_refused(
        &sweep(&["--out", "twice"]),
        &[
            "`behaviour.leaving.planner` is varied by the plan (by variants of `pace`) and drawn from",
        ],
    );
    desk.write("sweep.toml", &by_plan.replace("draws = 3", "draws = 30"));
    assert_refused(
        &sweep(&["--out", "many"]),
        &["has 12 sets of parameters, not 30"],
    );
    desk.write(
        "sweep.toml",
        &by_plan.replace("draws_from = \"whole/posterior.csv\"\n", ""),
    );
    assert_refused(&sweep(&["--out", "none"]), &["`draws` says how many"]);
}
