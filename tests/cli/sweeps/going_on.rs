//! What goes on in a folder: the same plan, one that has grown, and runs that failed.

use super::{PLAN, RUNS, assert_same, desk, records, results, undisturbed};
use crate::desk::{assert_refused, code, stderr, stdout};
use exeunt::experiment::sweep::{SweepPlan, SweepRecord};
use exeunt::store::Ledger;
use std::collections::HashSet;
use std::fs;

#[test]
fn only_the_same_plan_goes_on_and_it_can_grow() {
    let desk = desk();
    undisturbed(&desk);
    let other = |from: &str, to: &str| {
        let text = PLAN.replace(from, to);
        assert_ne!(text, PLAN);
        fs::write(desk.path("plan.toml"), text).unwrap();
    };
    for (from, to, words) in [
        ("scale = 300", "scale = 400", "scale: 300 there, 400 now"),
        (
            "points = 8",
            "points = 16",
            "design: 8 Sobol' points there, 16 Sobol' points now",
        ),
        (
            "dearer = [\"behaviour.choice.visa=1.2\"]",
            "dearer = [\"behaviour.choice.visa=1.3\"]",
            "the levels of regime",
        ),
        (
            "\"base.toml\", \"policy.toml\"",
            "\"base.toml\"",
            "scenarios: ",
        ),
    ] {
        other(from, to);
        let output = desk.output(&["sweep", "plan.toml", "--out", "whole"]);
        assert_refused(&output, &[]);
        assert!(stderr(&output).contains(words), "{}", stderr(&output));
        // Nothing is advised that this command does not take.
        assert!(stderr(&output).contains("--extend") && !stderr(&output).contains("--force"));
    }
    // More points and more repetitions, of which only the new ones are run.
    let larger = PLAN
        .replace("points = 8", "points = 16")
        .replace("replicates = 2", "replicates = 3");
    fs::write(desk.path("plan.toml"), larger).unwrap();
    let grown = [
        "sweep",
        "plan.toml",
        "--out",
        "whole",
        "--extend",
        "--format",
        "csv,parquet",
    ];
    let output = desk.output(&grown);
    assert_eq!(code(&output), 0, "{}", stderr(&output));
    assert!(
        stderr(&output).contains("continuing: 32 of 96"),
        "{}",
        stderr(&output)
    );
    let fresh = desk.output(&[
        "sweep",
        "plan.toml",
        "--out",
        "fresh",
        "--format",
        "csv,parquet",
    ]);
    assert_eq!(code(&fresh), 0, "{}", stderr(&fresh));
    assert_same(&results(&desk, "whole"), &results(&desk, "fresh"));
    // None is taken away, and it is said how many to write.
    fs::write(desk.path("plan.toml"), PLAN).unwrap();
    let fewer = desk.output(&grown);
    assert_refused(&fewer, &["such a design in the plan", "--out"]);
    let fewer = PLAN.replace("points = 8", "points = 16");
    fs::write(desk.path("plan.toml"), fewer).unwrap();
    assert_refused(
        &desk.output(&grown),
        &[
            "there are 3 replicates already",
            "write replicates = 3 or more",
        ],
    );
}

/// Runs fail whose values together cannot be computed; others may have failed for a reason that is gone.
#[test]
fn failed_runs_are_made_anew_if_asked_and_no_others() {
    let desk = desk();
    let plan = PLAN.replace("visa=1.2", "visa=900");
    fs::write(desk.path("plan.toml"), plan).unwrap();
    let sweep = |more: &[&str]| {
        let all = [
            "sweep",
            "plan.toml",
            "--out",
            "some",
            "--format",
            "csv,parquet",
        ];
        desk.output(&[&all, more].concat())
    };
    let output = sweep(&[]);
    assert_eq!(code(&output), 1, "{}", stderr(&output));
    assert!(
        stdout(&output).contains("32 runs, 16 failed"),
        "{}",
        stdout(&output)
    );
    // Each failure is told once, and of which scenario it is.
    let told: Vec<&str> = stderr(&output)
        .lines()
        .filter(|line| line.starts_with("error: "))
        .collect();
    let once: HashSet<&str> = told.iter().copied().collect();
    assert_eq!((told.len(), once.len()), (16, 16), "{told:?}");
    assert!(
        told.iter().all(|line| line.contains(", point ")),
        "{told:?}"
    );
    let runs = crate::rows::table(&desk.path("some"), "runs");
    let mut failed: Vec<u64> = runs
        .iter()
        .filter(|row| {
            row["state"] == "failed" && row["reason"].contains("lower behaviour.choice.visa")
        })
        .map(|row| row["run"].parse().unwrap())
        .collect();
    failed.sort_unstable();
    assert_eq!(failed.len(), 16);
    let before = results(&desk, "some");
    // The same once more: the plan has not changed, nor has what it gives.
    assert_eq!(code(&sweep(&[])), 1);
    assert_eq!(records(&desk, "some", "0-of-1").len(), RUNS);
    assert_eq!(code(&sweep(&["--retry-failed", "--threads", "1"])), 1);
    let mut anew = records(&desk, "some", "0-of-1").split_off(RUNS);
    anew.sort_unstable();
    assert_eq!(anew, failed);
    assert_same(&results(&desk, "some"), &before);
    // A shard that is complete tells of its failures as often as it is asked.
    let shard = || desk.output(&["sweep", "plan.toml", "--out", "parts", "--shard", "0/2"]);
    let (first, again) = (shard(), shard());
    assert_eq!((code(&first), code(&again)), (1, 1), "{}", stderr(&again));
    assert!(
        stdout(&first).contains("16 runs, 8 failed"),
        "{}",
        stdout(&first)
    );
    assert_eq!(stdout(&again), stdout(&first));

    // Such as another machine's lack of memory would leave.
    fs::write(desk.path("plan.toml"), PLAN).unwrap();
    let (whole, _) = undisturbed(&desk);
    let numbers = records(&desk, "whole", "0-of-1");
    let plan = SweepPlan::load(
        &desk.path("plan.toml"),
        exeunt::experiment::sweep::DrawsAsked::default(),
    )
    .unwrap();
    let (mut ledger, _) = Ledger::open(&desk.path("whole/shards/0-of-1"), &plan.spec).unwrap();
    let lost: SweepRecord = Err("no memory".to_owned());
    let lost = postcard::to_stdvec(&lost).unwrap();
    let (one, other) = (numbers[3], numbers[20]);
    ledger.append(one, &lost).unwrap();
    ledger.append(other, &lost).unwrap();
    drop(ledger);
    let merged = desk.output(&["merge", "whole", "--format", "csv,parquet"]);
    assert_eq!(code(&merged), 1);
    assert!(stdout(&merged).contains("2 failed"), "{}", stdout(&merged));
    let told = stderr(&merged).lines();
    let told: Vec<&str> = told.filter(|line| line.ends_with(": no memory")).collect();
    assert_eq!(told.len(), 2, "{told:?}");
    let named =
        |line: &&str| line.starts_with("error: base, ") || line.starts_with("error: policy, ");
    assert!(told.iter().all(named), "{told:?}");
    assert_refused(
        &desk.output(&["analyse", "whole"]),
        &["2 runs", "no memory", "--retry-failed"],
    );
    let retry = [
        "sweep",
        "plan.toml",
        "--out",
        "whole",
        "--format",
        "csv,parquet",
        "--retry-failed",
    ];
    let output = desk.output(&retry);
    assert_eq!(code(&output), 0, "{}", stderr(&output));
    let mut anew = records(&desk, "whole", "0-of-1").split_off(RUNS + 2);
    anew.sort_unstable();
    let mut lost = [one, other];
    lost.sort_unstable();
    assert_eq!(anew, lost);
    assert_same(&results(&desk, "whole"), &whole);
}
