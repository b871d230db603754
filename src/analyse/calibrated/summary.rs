//! Parameters and rows of a calibration, summed up.

use super::weighted::{gap, spread};
use crate::analyse::{Observed, Usage};
use crate::experiment::Varied;
use crate::experiment::calibration::{Attempt, CalibrationPlan, Fit, LeftOut, Target};
use std::collections::HashMap;

/// A gap between prior and posterior times the root of the effective sample size that chance passes one time
/// in a hundred (Kolmogorov 1933).
const CHANCE: f64 = 1.628;

/// What a calibration found.
#[derive(Debug, Clone)]
pub struct Calibrated {
    /// Sampled parameters, then constants, each in the order of the plan.
    pub parameters: Vec<ParameterFit>,
    /// Rows with a measure, in the order of the file of observations.
    pub rows: Vec<FittedRow>,
    /// Fitted rows, each predicted without it; none unless that was asked for.
    pub left_out: Vec<PredictedRow>,
}

/// A row, predicted by what the fit would be without it.
#[derive(Debug, Clone, PartialEq)]
pub struct PredictedRow {
    /// The row and its prediction.
    pub row: FittedRow,
    /// Whether the constants of its countries were the mean of all others.
    pub by_constants: bool,
}

/// Mean and points of a distribution.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Spread {
    /// Mean.
    pub mean: f64,
    /// 5 % lie below.
    pub p05: f64,
    /// 25 % lie below.
    pub p25: f64,
    /// Median.
    pub p50: f64,
    /// 75 % lie below.
    pub p75: f64,
    /// 95 % lie below.
    pub p95: f64,
}

/// A parameter before and after.
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
    /// The posterior, in the unit.
    pub posterior: Spread,
    /// How it was found.
    pub how: How,
    /// Each kept set's value in the unit, in the order of the population.
    pub values: Vec<f64>,
}

/// How a parameter was found.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum How {
    /// Sampled from its prior.
    Sampled {
        /// 1 less the variance of the posterior over that of the prior, both as quantiles of the prior.
        shrinkage: f64,
        /// The largest difference between the two distributions, 0 to 1.
        gap: f64,
        /// Whether that is more than chance would give.
        informed: bool,
    },
    /// Moved by the inner contraction.
    Moved,
}

/// What a row was for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RowKind {
    /// Parameters were fitted to it.
    Fitted,
    /// And destination constants were free to meet it.
    Constants,
    /// It was left out on purpose.
    LeftOut,
    /// It is not for fitting.
    NotFitted,
    /// A parameter says the same: it is shown, not counted.
    Input,
}

/// A row against the runs that are kept.
#[derive(Debug, Clone, PartialEq)]
pub struct FittedRow {
    /// The row.
    pub target: Target,
    /// What it was for.
    pub kind: RowKind,
    /// The runs' values; `None` if no run gave one.
    pub posterior: Option<Spread>,
}

impl RowKind {
    /// Its word in tables.
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
    /// Whether the band meets the middle half of the runs; `None` without band or value.
    pub fn meets(&self) -> Option<bool> {
        let ((low, high), found) = (self.target.band?, self.posterior?);
        Some(found.p25 <= high && found.p75 >= low)
    }
}

impl Calibrated {
    /// Sums a fit up.
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

    /// Adds predictions of rows that the fit did not know.
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

    /// Of the rows of a kind those whose band meets the middle half of the runs, and all that have both.
    pub fn met(&self, kind: RowKind) -> (usize, usize) {
        let of_kind = self.rows.iter().filter(|row| row.kind == kind);
        let judged: Vec<bool> = of_kind.filter_map(FittedRow::meets).collect();
        (judged.iter().filter(|meets| **meets).count(), judged.len())
    }
}

/// Values beside their weights.
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
