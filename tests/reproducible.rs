//! The same seed gives the same bytes: on any number of threads, twice, and from a snapshot.

mod support;

use exeunt::engine::{EngineError, RunOptions, Simulation, Snapshot};
use exeunt::scenario::Scenario;
use std::sync::Arc;
use support::{changed, digest, rich, simulation, transcript};

#[test]
fn threads_do_not_matter() {
    let scenario = rich();
    let one = transcript(&mut simulation(&scenario, 7, 1));
    for threads in [2, 7] {
        assert!(
            one == transcript(&mut simulation(&scenario, 7, threads)),
            "{threads} threads"
        );
    }
}

#[test]
fn the_seed_decides() {
    let scenario = rich();
    let first = transcript(&mut simulation(&scenario, 7, 2));
    assert!(first == transcript(&mut simulation(&scenario, 7, 2)));
    assert!(first != transcript(&mut simulation(&scenario, 8, 2)));
}

#[test]
fn draws_and_replicates_are_runs_of_their_own() {
    let scenario = rich();
    let with = |draw, replicate| {
        let options = exeunt::engine::RunOptions {
            seed: 7,
            draw,
            replicate,
            ..Default::default()
        };
        let simulation = Simulation::new(scenario.clone(), options);
        transcript(&mut simulation.unwrap_or_else(|error| panic!("{error}")))
    };
    let runs = [with(0, 0), with(1, 0), with(0, 1)];
    assert!(runs[0] != runs[1] && runs[0] != runs[2] && runs[1] != runs[2]);
}

/// The trajectory of this version. A change here is a change of results: raise `STREAM_VERSION`
/// and say so in the changelog.
#[test]
fn golden_digest() {
    let digest = digest(&transcript(&mut simulation(&rich(), 7, 2)));
    assert_eq!(format!("{digest:016x}"), GOLDEN);
}
const GOLDEN: &str = "59d3427a7a037dfd";

/// The checksum of a snapshot of this version. Where it changes and the trajectory does not, what a snapshot holds has
/// changed: raise `LAYOUT` in `engine/snapshot.rs`, so that bytes of another layout are refused.
#[test]
fn golden_snapshot() {
    let mut simulation = simulation(&rich(), 7, 2);
    for _ in 0..30 {
        simulation.step().unwrap_or_else(|error| panic!("{error}"));
    }
    let bytes = simulation.snapshot().to_bytes();
    let bytes = bytes.unwrap_or_else(|error| panic!("{error}"));
    let checksum = bytes.last_chunk().map(|last| u32::from_le_bytes(*last));
    assert_eq!(checksum, Some(GOLDEN_SNAPSHOT));
}
const GOLDEN_SNAPSHOT: u32 = 1_866_950_558;

/// Constants of a file are means over the agents of one scale, and few agents are no fair share of a segment: a run says so.
#[test]
fn what_goes_with_the_scale_is_warned_of() {
    let warned = |scenario: &Arc<Scenario>, scale: u64| {
        let options = RunOptions {
            scale,
            ..Default::default()
        };
        let simulation = Simulation::new(Arc::clone(scenario), options);
        let simulation = simulation.unwrap_or_else(|error| panic!("{error}"));
        (
            simulation.constants().clone(),
            simulation.warnings().to_vec(),
        )
    };
    let (constants, none) = warned(&rich(), 20);
    assert_eq!((constants.scale, none), (Some(20), vec![]));
    let given = changed(&rich(), |scenario| scenario.constants = Some(constants));
    assert_eq!(warned(&given, 20).1, [""; 0]);
    let [said] = warned(&given, 10).1.try_into().unwrap();
    assert!(
        said.contains("computed at --scale 20, and this run is at --scale 10"),
        "{said}"
    );
    let few = changed(&rich(), |scenario| scenario.segments[0].size = 29);
    let [said] = warned(&few, 20).1.try_into().unwrap();
    let expected = format!(
        "segment {}: its 29 persons are simulated as one agent of 20 persons each",
        few.segments[0].name
    );
    assert!(said.starts_with(&expected), "{said}");
}

#[test]
fn a_snapshot_goes_on_as_the_straight_run() {
    let scenario = rich();
    let mut straight = simulation(&scenario, 7, 2);
    let mut snapshot = None;
    for step in 0..60 {
        if step == 41 {
            // Through bytes, as a saved file would go.
            let bytes = straight
                .snapshot()
                .to_bytes()
                .unwrap_or_else(|e| panic!("{e}"));
            snapshot = Some(Snapshot::from_bytes(&bytes).unwrap_or_else(|e| panic!("{e}")));
        }
        straight.step().unwrap_or_else(|error| panic!("{error}"));
    }
    let snapshot = snapshot.unwrap_or_else(|| unreachable!());
    let mut resumed = Simulation::resume(scenario, &snapshot).unwrap_or_else(|e| panic!("{e}"));
    assert_eq!(resumed.steps_done(), 41);
    for _ in 41..60 {
        resumed.step().unwrap_or_else(|error| panic!("{error}"));
    }
    assert!(transcript(&mut straight) == transcript(&mut resumed));
}

#[test]
fn a_branch_shares_its_past_and_parts_at_the_change() {
    let scenario = rich();
    let without = changed(&scenario, |scenario| {
        scenario
            .events
            .retain(|event| event.name != "plainia-tightens");
    });
    let first = scenario
        .events
        .iter()
        .find(|event| event.name == "plainia-tightens")
        .map_or(0, |event| event.step);
    let mut base = simulation(&scenario, 7, 2);
    for _ in 0..first {
        base.step().unwrap_or_else(|error| panic!("{error}"));
    }
    let snapshot = base.snapshot();
    let mut branch =
        Simulation::resume(without.clone(), &snapshot).unwrap_or_else(|e| panic!("{e}"));
    let branched = transcript(&mut branch);
    // The branch is the run of the other policy from the start: the past did not know of it.
    let mut other = simulation(&without, 7, 2);
    for _ in 0..first {
        other.step().unwrap_or_else(|error| panic!("{error}"));
    }
    // The opening of a resumed run has no step behind it: compare what follows.
    let after = |text: &str| text.split_once('\n').map(|(_, rest)| rest.to_owned());
    assert!(after(&branched) == after(&transcript(&mut other)));
    assert!(after(&branched) != after(&transcript(&mut base)));
}

#[test]
fn a_snapshot_of_something_else_is_refused() {
    let scenario = rich();
    let snapshot = simulation(&scenario, 7, 1).snapshot();
    let smaller = changed(&scenario, |scenario| scenario.segments[0].size -= 1);
    let refused = Simulation::resume(smaller, &snapshot);
    assert!(matches!(refused, Err(EngineError::Snapshot { .. })));
    assert!(Snapshot::from_bytes(b"not a snapshot").is_err());
}
