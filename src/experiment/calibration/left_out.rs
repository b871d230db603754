//! Leave-one-out: what the fit predicts for a row that it does not know.

use super::rounds::{MOST_GENERATIONS, halves, number};
use super::{
    Attempt, CalibrationSpec, Fit, Inner, Particle, Planned, Population, Posterior, Target,
    distance,
};
use std::collections::HashMap;

/// Number of sets of parameters with which a row that moves constants is predicted.
const SETS: usize = 20;

/// A row, predicted by the fit without it.
#[derive(Debug, Clone, PartialEq)]
pub struct LeftOut {
    /// Index of the row among the targets.
    pub target: usize,
    /// Whether it moves constants.
    pub moves_constants: bool,
    /// Values of runs that do not know the row, with their weights, which add up to 1.
    pub values: Vec<(f64, f64)>,
}

/// The runs that leave-one-out needs beyond those of the fit, as far as they are missing: for each row that
/// moves constants, sets of the posterior in which its constants are the mean of all others, like those of a
/// country about which nothing is known. The parameters stay as they are, since one stock says little about
/// them.
pub fn missing_of_left_out(
    spec: &CalibrationSpec,
    fit: &Fit,
    done: &HashMap<u64, Attempt>,
) -> Vec<Planned> {
    let Some(inner) = &spec.inner else {
        return Vec::new();
    };
    let places = Posterior::of(&fit.population, spec.seed).places;
    let mut missing = Vec::new();
    for row in fitted(inner) {
        for (index, place) in (0..).zip(places.iter().take(SETS)) {
            let number = number(generation(row), index);
            let Some(particle) = fit.population.particles.get(*place) else {
                continue;
            };
            let constants = done
                .get(&particle.attempt)
                .map(|attempt| &attempt.constants);
            if let (false, Some(constants)) = (done.contains_key(&number), constants) {
                missing.push(Planned {
                    number,
                    iterations: 0,
                    quantiles: Some(particle.quantiles.clone()),
                    constants: without(inner, row, constants),
                });
            }
        }
    }
    missing
}

/// Predicts every fitted row without it. Rows that move constants are predicted by the runs of
/// [`missing_of_left_out`]; all others by the attempts that are nearest if the row does not count, weighted
/// for where they were looked for.
pub fn left_out(spec: &CalibrationSpec, fit: &Fit, done: &HashMap<u64, Attempt>) -> Vec<LeftOut> {
    let inner = spec.inner.as_ref();
    let mut found = Vec::new();
    for (place, target) in spec.targets.iter().enumerate() {
        if !target.fitted {
            continue;
        }
        let row = inner.and_then(|inner| {
            let moves = |row: &usize| inner.rows[*row].target == Some(place);
            (0..inner.rows.len()).find(moves)
        });
        let values = match row {
            Some(row) => predicted(row, place, done),
            None => reweighted(spec, fit, place, done),
        };
        found.push(LeftOut {
            target: place,
            moves_constants: row.is_some(),
            values,
        });
    }
    found
}

/// Indices of the rows of an inner contraction that are fitted.
fn fitted(inner: &Inner) -> impl Iterator<Item = usize> {
    (0..inner.rows.len()).filter(|row| inner.rows[*row].target.is_some())
}

/// The generation number that the runs without a row are filed under.
fn generation(row: usize) -> u32 {
    MOST_GENERATIONS + u32::try_from(row).unwrap_or(MOST_GENERATIONS)
}

/// The constants, with those of a row set to the mean of all others.
fn without(inner: &Inner, row: usize, constants: &[f64]) -> Vec<f64> {
    let mut is_of_row = Vec::new();
    for (place, of) in inner.rows.iter().enumerate() {
        is_of_row.extend(of.paths.iter().map(|_| place == row));
    }
    let pairs = || constants.iter().zip(&is_of_row);
    let (sum, count) = pairs()
        .filter(|(_, of_row)| !**of_row)
        .fold((0.0, 0_u32), |(sum, count), (constant, _)| {
            (sum + constant, count + 1)
        });
    let mean = sum / f64::from(count.max(1));
    pairs()
        .map(|(constant, of_row)| if *of_row { mean } else { *constant })
        .collect()
}

/// Values of the runs without a row that moves constants, equally weighted.
fn predicted(row: usize, target: usize, done: &HashMap<u64, Attempt>) -> Vec<(f64, f64)> {
    let of = |(number, attempt): (&u64, &Attempt)| {
        (halves(*number).0 == generation(row)).then_some(())?;
        let value = attempt
            .values
            .as_ref()
            .ok()?
            .get(target)
            .copied()
            .flatten()?;
        Some((*number, value))
    };
    let mut values: Vec<(u64, f64)> = done.iter().filter_map(of).collect();
    values.sort_by_key(|(number, _)| *number);
    let weight = 1.0 / values.len().max(1) as f64;
    values
        .into_iter()
        .map(|(_, value)| (value, weight))
        .collect()
}

/// Values of the nearest of all attempts if the row does not count, with their weights.
fn reweighted(
    spec: &CalibrationSpec,
    fit: &Fit,
    target: usize,
    done: &HashMap<u64, Attempt>,
) -> Vec<(f64, f64)> {
    let mut targets: Vec<Target> = spec.targets.clone();
    targets[target].fitted = false;
    let measured = |particle: &Particle| {
        let values = done.get(&particle.attempt)?.values.as_ref().ok()?;
        Some(Particle {
            distance: distance(&targets, values),
            ..particle.clone()
        })
    };
    let all: Vec<Particle> = fit.tried.iter().filter_map(measured).collect();
    let nearest = Population::nearest(all, spec.particles as usize);
    let weights = nearest.weights();
    let value = |(particle, weight): (&Particle, f64)| {
        let values = done.get(&particle.attempt)?.values.as_ref().ok()?;
        Some((values.get(target).copied().flatten()?, weight))
    };
    nearest
        .particles
        .iter()
        .zip(weights)
        .filter_map(value)
        .collect()
}
