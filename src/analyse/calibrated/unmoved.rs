//! Rows that no sampled parameter moves.

use crate::analyse::sensitivity::ranks;
use crate::draw::normal_below;
use crate::experiment::calibration::{Attempt, CalibrationSpec, Planned};
use std::collections::HashMap;

/// A row that does not respond to the parameters.
#[derive(Debug, Clone, PartialEq)]
pub enum Unmoved {
    /// It has no value in any run.
    Nothing {
        /// Id of the row.
        row: String,
    },
    /// It has the same value in every run.
    Constant {
        /// Id of the row.
        row: String,
        /// Its value.
        value: f64,
        /// Whether it lies in its band.
        inside: bool,
    },
    /// It follows no parameter more closely than chance would.
    Chance {
        /// Id of the row.
        row: String,
    },
}

/// Finds the fitted rows that no parameter moves, judged by the attempts of the first generation, which cover
/// the priors.
///
/// A row follows a parameter if their rank correlation (Spearman) would arise by chance less than one time in
/// twenty, over all parameters together (Bonferroni).
pub fn unmoved(
    spec: &CalibrationSpec,
    first: &[Planned],
    done: &HashMap<u64, Attempt>,
) -> Vec<Unmoved> {
    let mut found = Vec::new();
    for (place, target) in spec.targets.iter().enumerate() {
        if !target.fitted {
            continue;
        }
        let pairs: Vec<(&Vec<f64>, f64)> = first
            .iter()
            .filter_map(|planned| {
                let values = done.get(&planned.number)?.values.as_ref().ok()?;
                let value = values.get(place).copied().flatten()?;
                Some((planned.quantiles.as_ref()?, value))
            })
            .collect();
        let row = target.id.clone();
        let Some((_, value)) = pairs.first().copied() else {
            found.push(Unmoved::Nothing { row });
            continue;
        };
        if pairs.iter().all(|(_, other)| *other == value) {
            let inside = target.misfit(value) == 0.0;
            found.push(Unmoved::Constant { row, value, inside });
        } else if !follows(&pairs, spec.priors.len()) {
            found.push(Unmoved::Chance { row });
        }
    }
    found
}

fn follows(pairs: &[(&Vec<f64>, f64)], parameters: usize) -> bool {
    let values: Vec<f64> = pairs.iter().map(|(_, value)| *value).collect();
    let of_values = ranks(&values);
    (0..parameters).any(|axis| {
        let quantiles: Vec<f64> = pairs.iter().map(|(quantiles, _)| quantiles[axis]).collect();
        let correlation = correlation(&ranks(&quantiles), &of_values);
        // The standard deviation of the correlation under chance is 1 / sqrt(n - 1).
        let size = correlation.abs() * ((pairs.len() - 1) as f64).sqrt();
        2.0 * normal_below(-size) * (parameters as f64) < 0.05
    })
}

/// Pearson's correlation; 0 if either list is constant.
fn correlation(a: &[f64], b: &[f64]) -> f64 {
    let mean = |values: &[f64]| values.iter().sum::<f64>() / values.len().max(1) as f64;
    let (mean_a, mean_b) = (mean(a), mean(b));
    let products = |f: &dyn Fn(f64, f64) -> f64| -> f64 {
        a.iter()
            .zip(b)
            .map(|(a, b)| f(a - mean_a, b - mean_b))
            .sum()
    };
    let size = (products(&|a, _| a * a) * products(&|_, b| b * b)).sqrt();
    if size > 0.0 {
        products(&|a, b| a * b) / size
    } else {
        0.0
    }
}
