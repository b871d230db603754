//! The sampler against a known posterior, with attempts made up here.

use super::super::{Prior, Target};
use super::*;
use crate::draw::{Decision, normal_below, normal_quantile};
use crate::experiment::sweep::Swept;

const NOISE: f64 = 0.05;
const BAND: (f64, f64) = (0.55, 0.65);

fn spec(seed: u64, particles: u32) -> CalibrationSpec {
    let prior = |path: &str| Prior {
        path: path.into(),
        ends: [0.0, 0.5, 1.0],
    };
    CalibrationSpec {
        exeunt: String::new(),
        stream_version: 0,
        name: String::new(),
        title: String::new(),
        scenario: Swept {
            name: String::new(),
            sha256: String::new(),
            currency: String::new(),
            title: String::new(),
            countries: Vec::new(),
        },
        priors: ["first", "second", "third"].map(prior).to_vec(),
        targets: vec![Target::of("A", BAND.0, BAND.1)],
        left_out: Vec::new(),
        inner: None,
        particles,
        proposals: particles,
        generations: 40,
        least_acceptance: 0.01,
        seed,
        scale: 1,
    }
}

/// The value of a run: the first parameter squared plus a third of the second, with chance; the third
/// parameter does nothing.
fn value(quantiles: &[f64], chance: f64) -> f64 {
    centre(quantiles[0], quantiles[1]) + NOISE * normal_quantile(chance)
}

fn centre(first: f64, second: f64) -> f64 {
    first * first + second / 3.0
}

fn attempt(planned: &Planned, seed: u64) -> Attempt {
    let key = Key::of_run(seed, planned.draw(), 0, "a run");
    let chance = key.words(0, 0, Decision::Shuffle, 0).uniforms()[0];
    let quantiles = planned.quantiles.as_ref().unwrap();
    Attempt {
        values: Ok(vec![Some(value(quantiles, chance.max(1e-12)))]),
        constants: Vec::new(),
        moved: Vec::new(),
        warnings: Vec::new(),
    }
}

fn fitted(seed: u64, particles: u32) -> (Fit, HashMap<u64, Attempt>) {
    let spec = spec(seed, particles);
    let mut done = HashMap::new();
    loop {
        match next(&spec, &done) {
            Next::Attempts { missing, .. } => {
                for planned in missing {
                    done.insert(planned.number, attempt(&planned, seed));
                }
            }
            Next::Done(fit) => return (fit, done),
        }
    }
}

/// Mean and variance of each parameter given that the value lies in the band, by summing over cells.
fn truth() -> ([f64; 3], [f64; 3]) {
    let cells = 400;
    let at = |cell: u32| (f64::from(cell) + 0.5) / f64::from(cells);
    let (mut sum, mut means, mut squares) = (0.0, [0.0; 2], [0.0; 2]);
    for i in 0..cells {
        for j in 0..cells {
            let point = [at(i), at(j)];
            let middle = centre(point[0], point[1]);
            let inside =
                normal_below((BAND.1 - middle) / NOISE) - normal_below((BAND.0 - middle) / NOISE);
            sum += inside;
            for axis in 0..2 {
                means[axis] += inside * point[axis];
                squares[axis] += inside * point[axis] * point[axis];
            }
        }
    }
    let mean = means.map(|mean| mean / sum);
    let variance = |axis: usize| squares[axis] / sum - mean[axis] * mean[axis];
    (
        [mean[0], mean[1], 0.5],
        [variance(0), variance(1), 1.0 / 12.0],
    )
}

/// Weighted mean and variance of the kept population.
fn moments(fit: &Fit, axis: usize) -> (f64, f64) {
    let weights = fit.population.weights();
    let pairs = || fit.population.particles.iter().zip(&weights);
    let mean: f64 = pairs()
        .map(|(particle, weight)| weight * particle.quantiles[axis])
        .sum();
    let squares = pairs().map(|(particle, weight)| {
        let off = particle.quantiles[axis] - mean;
        weight * off * off
    });
    (mean, squares.sum())
}

/// Over many seeds the mean and variance of the posterior are the true ones, for parameters that are informed
/// and for one that is not. Weights that forget where was looked (all equal, not restricted to the priors)
/// would miss them.
#[test]
fn what_is_kept_is_the_posterior() {
    let (means, variances) = truth();
    let runs = 40;
    let mut found = [
        [Vec::new(), Vec::new()],
        [Vec::new(), Vec::new()],
        [Vec::new(), Vec::new()],
    ];
    for seed in 0..runs {
        let (fit, _) = fitted(seed, 150);
        assert_eq!(fit.ended, Ended::Inside, "seed {seed}");
        for (axis, found) in found.iter_mut().enumerate() {
            let (mean, variance) = moments(&fit, axis);
            found[0].push(mean);
            found[1].push(variance);
        }
    }
    for (axis, found) in found.iter().enumerate() {
        for (what, truth) in [means[axis], variances[axis]].into_iter().enumerate() {
            let values = &found[what];
            let mean = values.iter().sum::<f64>() / values.len() as f64;
            let spread = values
                .iter()
                .map(|value| (value - mean) * (value - mean))
                .sum::<f64>();
            let error = (spread / (values.len() * (values.len() - 1)) as f64).sqrt();
            let size = (mean - truth) / error;
            // A finite population is also off by a fraction of its effective size.
            let slack = 0.01 * truth;
            assert!(
                (mean - truth).abs() < 4.0 * error + slack,
                "parameter {axis}, moment {what}: {mean} against {truth} ({size} standard errors)"
            );
        }
    }
}

#[test]
fn attempts_have_numbers_and_draws_of_their_own() {
    let (fit, done) = fitted(3, 50);
    let mut draws: Vec<u32> = done
        .keys()
        .map(|number| {
            Planned {
                number: *number,
                iterations: 0,
                quantiles: None,
                constants: Vec::new(),
            }
            .draw()
        })
        .collect();
    draws.sort_unstable();
    draws.dedup();
    assert_eq!(draws.len(), done.len());
    assert!(!draws.contains(&0));
    let counted: u32 = fit
        .generations
        .iter()
        .map(|generation| generation.attempts)
        .sum();
    assert_eq!(counted as usize, done.len());
}

/// The next attempts are the same in whatever order earlier ones become known.
#[test]
fn what_is_next_depends_on_the_records_alone() {
    let spec = spec(9, 40);
    let (fit, all) = fitted(9, 40);
    let mut numbers: Vec<u64> = all.keys().copied().collect();
    numbers.sort_unstable_by_key(|number| std::cmp::Reverse(number ^ 0x2a));
    let mut done = HashMap::new();
    while let Next::Attempts { missing, .. } = next(&spec, &done) {
        // One at a time, the last first.
        let planned = missing.last().unwrap();
        assert!(numbers.contains(&planned.number));
        done.insert(planned.number, all[&planned.number].clone());
    }
    let Next::Done(again) = next(&spec, &done) else {
        panic!("all is there");
    };
    assert_eq!(again.population, fit.population);
    assert_eq!(again.generations, fit.generations);
}

#[test]
fn failed_runs_are_counted_and_never_kept() {
    let spec = spec(4, 30);
    let mut done = HashMap::new();
    while let Next::Attempts { missing, .. } = next(&spec, &done) {
        for planned in missing {
            let mut made = attempt(&planned, 4);
            if planned.number % 3 == 0 {
                made.values = Err("a bound was passed".into());
            }
            done.insert(planned.number, made);
        }
    }
    let Next::Done(fit) = next(&spec, &done) else {
        panic!("all is there");
    };
    assert!(
        fit.population
            .particles
            .iter()
            .all(|particle| particle.attempt % 3 != 0)
    );
    assert_eq!(fit.generations[0].failed, 20);
}

#[test]
fn nothing_comes_of_runs_that_all_fail() {
    let spec = spec(4, 30);
    let mut done = HashMap::new();
    while let Next::Attempts { missing, .. } = next(&spec, &done) {
        for planned in missing {
            let failed = Attempt {
                values: Err("no".into()),
                constants: Vec::new(),
                moved: Vec::new(),
                warnings: Vec::new(),
            };
            done.insert(planned.number, failed);
        }
    }
    let Next::Done(fit) = next(&spec, &done) else {
        panic!("all is there");
    };
    assert_eq!(fit.ended, Ended::Nothing);
}
