//! The inner contraction: destination constants that bring shares to their observed values.

use super::Target;
use crate::draw::math;
use serde::{Deserialize, Serialize};

/// The furthest that one iteration moves a constant, in units of utility.
const FURTHEST: f64 = 1.5;

/// Destination constants that are not sampled: for each set of parameters they are moved until the shares of
/// some rows are those that were observed (Berry, Levinsohn and Pakes 1995).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Inner {
    /// The rows, with the constants that each moves.
    pub rows: Vec<InnerRow>,
    /// Runs before the one that is judged; one more in the first generation, which starts from the file's constants.
    pub iterations: u32,
    /// Fraction of the way that an iteration goes, above 0, at most 1.
    pub damping: f64,
}

/// A row and the constants that it moves.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct InnerRow {
    /// Index of the row among the targets; `None` for a row that is left out: its constants move with the
    /// mean of the others, like those of a country about which nothing is known.
    pub target: Option<usize>,
    /// Paths of the constants, which are all moved alike.
    pub paths: Vec<String>,
    /// For each constant the lower end of its range, the file's value and the upper end.
    pub ends: Vec<[f64; 3]>,
}

impl Inner {
    /// The constants of the file, in the order of rows and paths; those of rows that are left out are the
    /// mean of the others.
    pub fn start(&self) -> Vec<f64> {
        let file = self
            .rows
            .iter()
            .flat_map(|row| row.ends.iter().map(|ends| ends[1]));
        self.with_mean(file.collect())
    }

    /// The constants after a run: each is moved, within its range, by the damped logarithm of its row's
    /// observed over its simulated share. Shares are among these rows only, and the observed value is the
    /// geometric middle of the band. A constant added to all would change no choice, so the total is left to
    /// the parameters.
    pub fn moved(&self, constants: &[f64], targets: &[Target], values: &[Option<f64>]) -> Vec<f64> {
        let pair = |row: &InnerRow| -> Option<(f64, f64)> {
            let place = row.target?;
            let (low, high) = targets.get(place)?.band?;
            let observed = (low.max(0.0) * high.max(0.0)).sqrt();
            // A country that nobody went to is moved as if one in a thousand of those observed had gone.
            let simulated = values.get(place).copied().flatten()?.max(1e-3 * observed);
            (observed > 0.0).then_some((observed, simulated))
        };
        let pairs: Vec<Option<(f64, f64)>> = self.rows.iter().map(pair).collect();
        let sum = |part: fn((f64, f64)) -> f64| -> f64 {
            pairs.iter().flatten().map(|pair| part(*pair)).sum()
        };
        let (observed, simulated) = (sum(|pair| pair.0), sum(|pair| pair.1));
        let mut moved = Vec::with_capacity(constants.len());
        for (row, pair) in self.rows.iter().zip(&pairs) {
            let step = pair.map_or(0.0, |(o, s)| {
                let step = self.damping * math::ln((o / observed) / (s / simulated));
                step.clamp(-FURTHEST, FURTHEST)
            });
            for ends in &row.ends {
                let at = constants.get(moved.len()).copied().unwrap_or(ends[1]);
                moved.push((at + step).clamp(ends[0], ends[2]));
            }
        }
        self.with_mean(moved)
    }

    /// Sets the constants of rows that are left out to the mean of the others, whatever the file says of them.
    fn with_mean(&self, mut constants: Vec<f64>) -> Vec<f64> {
        let known: Vec<bool> = self
            .rows
            .iter()
            .flat_map(|row| row.paths.iter().map(|_| row.target.is_some()))
            .collect();
        let count = known.iter().filter(|known| **known).count();
        let pairs = constants.iter().zip(&known);
        let sum: f64 = pairs.filter(|(_, known)| **known).map(|(k, _)| k).sum();
        let mean = sum / count.max(1) as f64;
        for (constant, known) in constants.iter_mut().zip(&known) {
            if !known {
                *constant = mean;
            }
        }
        constants
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn inner(rows: &[Option<usize>]) -> Inner {
        let row = |(place, target): (usize, &Option<usize>)| InnerRow {
            target: *target,
            paths: vec![format!("country.{place}.constant")],
            ends: vec![[-5.0, 0.25 * place as f64, 5.0]],
        };
        Inner {
            rows: rows.iter().enumerate().map(row).collect(),
            iterations: 2,
            damping: 1.0,
        }
    }

    /// For a plain logit one iteration without damping is exact, whatever the total.
    #[test]
    fn a_logit_is_inverted_in_one_iteration() {
        let inner = inner(&[Some(0), Some(1), Some(2)]);
        let targets = [
            Target::of("A", 10.0, 40.0),
            Target::of("B", 25.0, 25.1),
            Target::of("C", 5.0, 5.0),
        ];
        let shares = |constants: &[f64]| -> Vec<f64> {
            let weights: Vec<f64> = constants.iter().map(|k| math::exp(*k)).collect();
            let sum: f64 = weights.iter().sum();
            weights.iter().map(|w| w / sum).collect()
        };
        let start = inner.start();
        assert_eq!(start, [0.0, 0.25, 0.5]);
        let values: Vec<Option<f64>> = shares(&start).iter().map(|s| Some(s * 777.0)).collect();
        let moved = inner.moved(&start, &targets, &values);
        let observed = [20.0, (25.0_f64 * 25.1).sqrt(), 5.0];
        let sum: f64 = observed.iter().sum();
        for (share, wanted) in shares(&moved).iter().zip(observed) {
            assert!((share - wanted / sum).abs() < 1e-12);
        }
    }

    #[test]
    fn a_row_left_out_stands_at_the_mean() {
        let inner = inner(&[Some(0), None, Some(1)]);
        assert_eq!(inner.start(), [0.0, 0.25, 0.5]);
        let targets = [Target::of("A", 10.0, 10.0), Target::of("C", 30.0, 30.0)];
        let moved = inner.moved(&[0.0, 0.7, 0.0], &targets, &[Some(20.0), Some(20.0)]);
        assert_eq!(moved[1], 0.5 * (moved[0] + moved[2]));
        assert!((moved[0] - math::ln(0.5)).abs() < 1e-12);
        assert!((moved[2] - math::ln(1.5)).abs() < 1e-12);
    }

    #[test]
    fn nobody_and_ranges_are_no_infinities() {
        let inner = inner(&[Some(0), Some(1)]);
        let targets = [Target::of("A", 10.0, 10.0), Target::of("B", 10.0, 10.0)];
        let moved = inner.moved(&[4.0, 0.0], &targets, &[Some(0.0), Some(10.0)]);
        assert_eq!(moved[0], 5.0);
        assert!(moved[1].is_finite());
        assert_eq!(
            inner.moved(&[4.0, 0.0], &targets, &[None, None]),
            [4.0, 0.0]
        );
    }
}
