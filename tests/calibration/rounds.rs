//! The same plan gives the same, and tells what it cannot tell.

use super::bench::{self, PARAMETERS};
use exeunt::analyse::calibrated::{How, RowKind, Unmoved, unmoved};
use exeunt::experiment::calibration::{Next, Posterior, next};
use std::collections::HashMap;

const BANDS: [(f64, f64); 3] = [(5600.0, 6400.0), (0.09, 0.13), (1900.0, 2500.0)];
const LINES: &str =
    "seed = 3\nparticles = 40\nproposals = 40\ngenerations = 4\nleast_acceptance = 0";

#[test]
fn threads_change_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let (plan, observed) = bench::plan(folder.path(), &BANDS, LINES);
    let one = bench::fit(&plan, &observed, 1);
    let three = bench::fit(&plan, &observed, 3);
    assert_eq!(one.1, three.1);
    assert_eq!(one.0.population, three.0.population);
    let text = |found: &(exeunt::experiment::calibration::Fit, HashMap<u64, _>)| {
        Posterior::of(&found.0.population, 3).text(&plan, &found.0.population, &found.1)
    };
    assert_eq!(text(&one), text(&three));
}

#[test]
fn later_generations_come_nearer_and_narrow_what_is_informed() {
    let folder = tempfile::tempdir().unwrap();
    let (plan, observed) = bench::plan(folder.path(), &BANDS, LINES);
    let found = bench::fit(&plan, &observed, 2);
    let tolerances: Vec<f64> = found.0.generations.iter().map(|g| g.tolerance).collect();
    assert!(
        tolerances.windows(2).all(|pair| pair[1] <= pair[0]),
        "{tolerances:?}"
    );
    let summary = bench::calibrated(&plan, &observed, &found);
    let informed = |path: &str| {
        let parameter = summary.parameters.iter().find(|p| p.path == path).unwrap();
        match parameter.how {
            How::Sampled { informed, .. } => informed,
            How::Moved => panic!("{path} was sampled"),
        }
    };
    assert!(informed(PARAMETERS[0]), "{:?}", summary.parameters);
    assert!(!informed(PARAMETERS[2]), "{:?}", summary.parameters);
    assert_eq!(summary.met(RowKind::Fitted).1, 3);
}

#[test]
fn rows_that_nothing_moves_are_named() {
    let folder = tempfile::tempdir().unwrap();
    let (mut plan, observed) = bench::plan(folder.path(), &BANDS, LINES);
    let found = bench::fit(&plan, &observed, 2);
    let Next::Attempts { missing: first, .. } = next(&plan.spec, &HashMap::new()) else {
        panic!("the first generation is missing");
    };
    assert_eq!(unmoved(&plan.spec, &first, &found.1), []);
    // The same attempts with a row that is the same in all of them, and one that is never there.
    let mut done = found.1.clone();
    for attempt in done.values_mut() {
        if let Ok(values) = &mut attempt.values {
            (values[0], values[1]) = (Some(7.0), None);
        }
    }
    let row = |place: usize| plan.spec.targets[place].id.clone();
    assert_eq!(
        unmoved(&plan.spec, &first, &done),
        [
            Unmoved::Constant {
                row: row(0),
                value: 7.0,
                inside: false
            },
            Unmoved::Nothing { row: row(1) },
        ]
    );
    plan.spec.targets[0].fitted = false;
    assert_eq!(unmoved(&plan.spec, &first, &done).len(), 1);
}
