//! How far what runs give lies from what is expected, in standard errors.

use crate::course::{Course, counted, expected};
use exeunt::scenario::{Scenario, Source};
use std::path::Path;
use std::sync::Arc;

/// Each with persons and chance of its own.
const SEEDS: std::ops::Range<u64> = 1..13;
/// Standard errors of a mean over the seeds within which it has to lie.
pub const REACH: f64 = 4.0;

/// A scenario of the examples, with values set.
pub fn scenario(name: &str, sets: &[&str]) -> Arc<Scenario> {
    let path =
        Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("scenarios/examples/{name}.toml"));
    let sets: Vec<String> = sets.iter().map(|set| (*set).to_owned()).collect();
    let source = Source::load(&path, &sets).unwrap_or_else(|problems| panic!("{problems}"));
    source.scenario().clone()
}

/// Mean and its standard error.
pub fn mean(values: &[f64]) -> (f64, f64) {
    let count = values.len() as f64;
    let mean = values.iter().sum::<f64>() / count;
    let squares: f64 = values.iter().map(|one| (one - mean) * (one - mean)).sum();
    (mean, (squares / (count - 1.0) / count).sqrt())
}

/// The runs of a scenario.
pub fn runs(scenario: &Arc<Scenario>) -> Vec<Course> {
    SEEDS.map(|seed| counted(scenario, seed)).collect()
}

/// Each count by its name: the mean over runs, its standard error, what is expected.
pub type Compared = Vec<(String, f64, f64, f64)>;

/// The counts of a scenario.
pub fn compare(scenario: &Scenario, runs: &[Course], expected: &Course) -> Compared {
    let by_run: Vec<_> = runs.iter().map(|run| run.numbers(scenario)).collect();
    let names = expected.numbers(scenario).into_iter().enumerate();
    names
        .map(|(place, (name, expected))| {
            let values: Vec<f64> = by_run.iter().map(|run| run[place].1).collect();
            let (mean, error) = mean(&values);
            (name, mean, error, expected)
        })
        .collect()
}

/// What a policy changes, run by run.
pub fn difference(policy: &[Course], base: &[Course]) -> Vec<Course> {
    policy
        .iter()
        .zip(base)
        .map(|(one, other)| less(one, other))
        .collect()
}

/// One course less another.
pub fn less(one: &Course, other: &Course) -> Course {
    Course {
        wishes: one.wishes - other.wishes,
        left: one
            .left
            .iter()
            .zip(&other.left)
            .map(|(a, b)| a - b)
            .collect(),
        held: [0, 1, 2].map(|cause| one.held[cause] - other.held[cause]),
    }
}

/// The largest distance in standard errors; where nothing varies any distance is too far.
pub fn farthest(name: &str, compared: &Compared) -> f64 {
    let mut farthest = 0.0_f64;
    for (count, mean, error, expected) in compared {
        let distance = (mean - expected).abs();
        let errors = match *error {
            0.0 if distance < 1e-6 => 0.0,
            0.0 => f64::INFINITY,
            error => distance / error,
        };
        println!("{name}, {count}: {mean:.1} ± {error:.1}, expected {expected:.1}: {errors:.2}");
        farthest = farthest.max(errors);
    }
    farthest
}

/// Base and policies agree with what is expected of them, each by itself and in what they differ.
pub fn agree(base: &str, policies: &[&str], sets: &[&str]) {
    let open = scenario(base, sets);
    let (of_base, usual) = (runs(&open), expected(&open));
    let far = farthest(base, &compare(&open, &of_base, &usual));
    assert!(far < REACH, "{base}: {far}");
    for policy in policies {
        let scenario = scenario(policy, sets);
        let found = difference(&runs(&scenario), &of_base);
        let wanted = less(&expected(&scenario), &usual);
        let far = farthest(policy, &compare(&scenario, &found, &wanted));
        assert!(far < REACH, "{policy}: {far}");
    }
}

/// A run with other values than the ones that the expectation is made of is found out.
pub fn is_noticed(name: &str, fault: &str) {
    let (right, wrong) = (scenario(name, &[]), scenario(name, &[fault]));
    let far = farthest(fault, &compare(&right, &runs(&wrong), &expected(&right)));
    assert!(far > 2.0 * REACH, "{fault}: {far}");
}
