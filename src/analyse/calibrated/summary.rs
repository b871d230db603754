//! Summaries of the parameters and rows of a calibration.

use super::weighted::{gap, spread};
use crate::analyse::{Observed, Usage};
use crate::experiment::Varied;
use crate::experiment::calibration::{Attempt, CalibrationPlan, Fit, LeftOut, Target};
use std::collections::HashMap;

/// The value that the gap between prior and posterior, times the root of the effective sample size, exceeds
/// by chance one time in a hundred (Kolmogorov 1933).
const CHANCE: f64 = 1.628;

/// What a calibration found.
#[derive(Debug, Clone)]
pub struct Calibrated {
    /// Sampled parameters, then constants, each in the order of the plan.
    pub parameters: Vec<ParameterFit>,
    /// Rows that have a measure, in the order of the file of observations.
    pub rows: Vec<FittedRow>,
    /// Fitted rows, each predicted by the fit without it; empty unless that was asked for.
    pub left_out: Vec<PredictedRow>,
}

/// A row as the fit without it would predict it.
#[derive(Debug, Clone, PartialEq)]
pub struct PredictedRow {
    /// The row and its prediction.
    pub row: FittedRow,
    /// Whether it moves constants, so that it was predicted with its constants at the mean of all others.
    pub by_constants: bool,
}

/// The mean and quantiles of a distribution.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Spread {
    /// Mean.
    pub mean: f64,
    /// The 5 % point.
    pub p05: f64,
    /// The 25 % point.
    pub p25: f64,
    /// Median.
    pub p50: f64,
    /// The 75 % point.
    pub p75: f64,
    /// The 95 % point.
    pub p95: f64,
}

/// A parameter, prior against posterior.
#[derive(Debug, Clone, PartialEq)]
pub struct ParameterFit {
    /// Its path.
    pub path: String,
    /// What it means, in a sentence.
    pub meaning: &'static str,
    /// Unit of all values; empty for plain numbers.
    pub unit: String,
    /// Lower end, middle and upper end of its prior, or of the range of a constant.
    pub prior: [f64; 3],
    /// The posterior, in `unit`.
    pub posterior: Spread,
    /// How it was found.
    pub how: How,
    /// The value of each kept set, in `unit`, in the order of the population.
    pub values: Vec<f64>,
}

/// How the value of a parameter was found.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum How {
    /// Sampled from its prior.
    Sampled {
        /// 1 minus the variance of the posterior over that of the prior, both as quantiles of the prior.
        shrinkage: f64,
        /// The largest difference between the two distribution functions, 0 to 1.
        gap: f64,
        /// Whether the gap is larger than chance would give.
        informed: bool,
    },
    /// Moved by the inner contraction.
    Moved,
}

/// What a row was used for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RowKind {
    /// Parameters were fitted to it.
    Fitted,
    /// Parameters were fitted to it, and destination constants were free to move to meet it.
    Constants,
    /// It was left out deliberately.
    LeftOut,
    /// It was not meant to be fitted.
    NotFitted,
    /// A parameter states the same, so the row is shown but not counted.
    Input,
}

/// A row against the kept runs.
#[derive(Debug, Clone, PartialEq)]
pub struct FittedRow {
    /// The row.
    pub target: Target,
    /// What it was used for.
    pub kind: RowKind,
    /// The values of the runs; `None` if no run gave one.
    pub posterior: Option<Spread>,
}

impl RowKind {
    /// The word for it in tables.
    pub fn word(self) -> &'static str {
        match self {
            Self::Fitted => "fitted",
            Self::Constants => "constants",
            Self::LeftOut => "left out",
            Self::NotFitted => "not fitted",
            Self::Input => "input",
        }
    }
}

impl FittedRow {
    /// Whether the band overlaps the middle half of the runs; `None` without a band or a value.
    pub fn meets(&self) -> Option<bool> {
        let ((low, high), found) = (self.target.band?, self.posterior?);
        Some(found.p25 <= high && found.p75 >= low)
    }
}

impl Calibrated {
    /// Summarises a fit.
    pub fn of(
        plan: &CalibrationPlan,
        observed: &Observed,
        fit: &Fit,
        done: &HashMap<u64, Attempt>,
    ) -> Self {
        let weights = fit.population.weights();
        let size = fit.population.effective_size();
        let mut parameters = Vec::new();
        for (place, varied) in plan.varied.iter().enumerate() {
            let particles = &fit.population.particles;
            let quantiles: Vec<f64> = particles.iter().map(|p| p.quantiles[place]).collect();
            let values: Vec<f64> = quantiles.iter().map(|q| varied.at(*q)).collect();
            let weighted = weighed(&quantiles, &weights);
            let mean: f64 = weighted.iter().map(|(q, w)| q * w).sum();
            let variance: f64 = weighted
                .iter()
                .map(|(q, w)| (q - mean) * (q - mean) * w)
                .sum();
            let gap = gap(&weighted);
            let how = How::Sampled {
                shrinkage: 1.0 - 12.0 * variance,
                gap,
                informed: gap * size.sqrt() > CHANCE,
            };
            parameters.extend(parameter(varied, values, &weights, how));
        }
        for (place, varied) in plan.constants.iter().enumerate() {
            let particles = &fit.population.particles;
            let attempts = particles.iter().filter_map(|p| done.get(&p.attempt));
            let values: Vec<f64> = attempts
                .filter_map(|attempt| attempt.constants.get(place).copied())
                .collect();
            parameters.extend(parameter(varied, values, &weights, How::Moved));
        }
        Self {
            parameters,
            rows: rows(plan, observed, fit, done, &weights),
            left_out: Vec::new(),
        }
    }

    /// Adds predictions of rows, each made without knowing the row.
    pub fn with_left_out(mut self, plan: &CalibrationPlan, predicted: &[LeftOut]) -> Self {
        let of = |found: &LeftOut| {
            Some(PredictedRow {
                row: FittedRow {
                    target: plan.spec.targets.get(found.target)?.clone(),
                    kind: RowKind::LeftOut,
                    posterior: spread(&found.values),
                },
                by_constants: found.moves_constants,
            })
        };
        self.left_out = predicted.iter().filter_map(of).collect();
        self
    }

    /// Of the rows of a kind, counts those whose band overlaps the middle half of the runs, and all that have both.
    pub fn met(&self, kind: RowKind) -> (usize, usize) {
        let of_kind = self.rows.iter().filter(|row| row.kind == kind);
        let judged: Vec<bool> = of_kind.filter_map(FittedRow::meets).collect();
        (judged.iter().filter(|meets| **meets).count(), judged.len())
    }
}

/// Pairs each value with its weight.
fn weighed(values: &[f64], weights: &[f64]) -> Vec<(f64, f64)> {
    let pairs = values.iter().zip(weights);
    pairs.map(|(value, weight)| (*value, *weight)).collect()
}

fn parameter(varied: &Varied, values: Vec<f64>, weights: &[f64], how: How) -> Option<ParameterFit> {
    Some(ParameterFit {
        path: varied.path().to_owned(),
        meaning: varied.parameter.meaning,
        unit: varied.unit(),
        prior: varied.ends(),
        posterior: spread(&weighed(&values, weights))?,
        how,
        values,
    })
}

fn rows(
    plan: &CalibrationPlan,
    observed: &Observed,
    fit: &Fit,
    done: &HashMap<u64, Attempt>,
    weights: &[f64],
) -> Vec<FittedRow> {
    let inner = plan.spec.inner.as_ref();
    let is_input = |target: &Target| {
        let row = observed.rows.iter().find(|row| row.id == target.id);
        row.is_some_and(|row| row.usage == Usage::Input)
    };
    let of = |(place, target): (usize, &Target)| {
        let values: Vec<(f64, f64)> = fit
            .population
            .particles
            .iter()
            .zip(weights)
            .filter_map(|(particle, weight)| {
                let values = done.get(&particle.attempt)?.values.as_ref().ok()?;
                Some((values.get(place).copied().flatten()?, *weight))
            })
            .collect();
        let moves = |inner: &crate::experiment::calibration::Inner| {
            inner.rows.iter().any(|row| row.target == Some(place))
        };
        let kind = if plan.spec.left_out.contains(&target.id) {
            RowKind::LeftOut
        } else if is_input(target) {
            RowKind::Input
        } else if !target.fitted {
            RowKind::NotFitted
        } else if inner.is_some_and(moves) {
            RowKind::Constants
        } else {
            RowKind::Fitted
        };
        FittedRow {
            target: target.clone(),
            kind,
            posterior: spread(&values),
        }
    };
    plan.spec.targets.iter().enumerate().map(of).collect()
}
