//! Shares of the variance of an outcome that are due to each parameter.

use super::noise::{Noise, within};
use super::resample::{Estimate, estimates};
use super::sampled::{mean, product, product_of_means};
use super::{Sampled, SensitivityError};

/// What a variance, as a difference of sums, loses to rounding at most, as a share of the sums.
const ROUNDING: f64 = 1e-12;

/// First and total index of each parameter, from the points of [`crate::experiment::Saltelli`] in order.
///
/// Let y_A, y_B and y_i be the outcome at A, at B and at A with the column of parameter i from B, minus the
/// mean of all points, and V the variance of y_A and y_B together:
///
/// - first index: mean of y_B (y_i - y_A) / V (Saltelli et al. 2010, Computer Physics Communications 181,
///   259-270, table 2, b);
/// - total index: mean of (y_A - y_i)² / (2 V) (Jansen 1999, Computer Physics Communications 117, 35-43).
///
/// SALib computes the same. With replicates, each product is one of different replicates, see [the page of
/// the module](super#chance): the indices are those of the expected outcome, not of one run, and computed
/// from point means they would be off by what [`SobolIndex::first_of_means`] shows.
///
/// Intervals resample base samples. Scrambled Sobol' points are more even than independent ones, so for a
/// smooth outcome the intervals are wider than they need to be.
#[derive(Debug, Clone, PartialEq)]
pub struct SobolIndices {
    /// Number of base samples they come from.
    pub base: usize,
    /// Variance that the indices are shares of: that between points, without chance if there are two or more
    /// replicates.
    pub variance: f64,
    /// Chance, separated; `None` with one replicate, when it hides in the indices.
    pub noise: Option<Noise>,
    /// The parameters, in the order of the design.
    pub parameters: Vec<SobolIndex>,
}

/// Shares of one parameter.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct SobolIndex {
    /// Share of the variance that would vanish if the parameter were known, 0 to 1 up to error.
    pub first: Estimate,
    /// Share of the variance that would remain if all others were known: the first index and all
    /// interactions, 0 to 1 up to error.
    pub total: Estimate,
    /// The first index computed from point means, whose variance contains chance: too low.
    pub first_of_means: f64,
    /// The total index computed from point means, which contains chance: too high wherever it is below 1, if
    /// points have chance of their own.
    pub total_of_means: f64,
}

impl SobolIndices {
    /// Computes the indices of an outcome at the points of a design over `parameters` parameters.
    ///
    /// # Errors
    /// A number of points that is not a multiple of k + 2; fewer than two base samples; an outcome that does
    /// not vary, or not beyond chance.
    pub fn of(parameters: usize, outcome: &Sampled) -> Result<Self, SensitivityError> {
        let (points, row) = (outcome.points(), parameters.saturating_add(2));
        if parameters == 0 || !points.is_multiple_of(row) {
            return Err(SensitivityError::Shape {
                what: "points",
                found: points,
                expected: format!("a multiple of {row}: two more than there are parameters"),
            });
        }
        let base = points / row;
        if base < 2 {
            return Err(SensitivityError::TooFew {
                what: "base samples",
                found: base,
                needed: 2,
            });
        }
        let centred = outcome.centred();
        let least = outcome.least_variance();
        let within = within(outcome);
        let none = || match within {
            Some(within) if within > least => SensitivityError::OnlyNoise { within },
            _ => SensitivityError::Constant,
        };
        let all: Vec<usize> = (0..base).collect();
        let of_means = Terms::of(parameters, &centred, product_of_means);
        let (_, of_means) = of_means.indices(&all, least).ok_or_else(none)?;
        let terms = Terms::of(parameters, &centred, product);
        let (variance, _) = terms.indices(&all, least).ok_or_else(none)?;
        let estimates = estimates(base, |rows| Some(terms.indices(rows, least)?.1));
        let estimates = estimates.ok_or_else(none)?;
        let (first, total) = estimates.split_at(parameters);
        let (first_of_means, total_of_means) = of_means.split_at(parameters);
        Ok(Self {
            base,
            variance,
            noise: within.map(|within| Noise::new(within, variance)),
            parameters: (0..parameters)
                .map(|parameter| SobolIndex {
                    first: first[parameter],
                    total: total[parameter],
                    first_of_means: first_of_means[parameter],
                    total_of_means: total_of_means[parameter],
                })
                .collect(),
        })
    }
}

/// What each base sample adds to the sums whose quotients are the indices.
struct Terms {
    parameters: usize,
    product: fn(&[f64], &[f64]) -> f64,
    /// y_B (y_i - y_A), then (y_A - y_i)² / 2, by base sample and parameter.
    parts: Vec<Vec<f64>>,
    /// y_A² + y_B² by base sample.
    squares: Vec<f64>,
    /// The same with every replicate squared, so that nothing cancels: by it rounding is told from variance.
    sizes: Vec<f64>,
    /// y_A + y_B by base sample and replicate.
    sums: Vec<Vec<f64>>,
}

impl Terms {
    fn of(parameters: usize, centred: &Sampled, product: fn(&[f64], &[f64]) -> f64) -> Self {
        let runs: Vec<&[f64]> = centred.by_point().collect();
        let (mut parts, mut sums) = (Vec::new(), Vec::new());
        let (mut squares, mut sizes) = (Vec::new(), Vec::new());
        for row in runs.chunks_exact(parameters + 2) {
            let (a, mixed, b) = (row[0], &row[1..=parameters], row[parameters + 1]);
            let steps: Vec<Vec<f64>> = mixed.iter().map(|mixed| combined(mixed, a, -1.0)).collect();
            let first = steps.iter().map(|step| product(b, step));
            let total = steps.iter().map(|step| 0.5 * product(step, step));
            parts.push(first.chain(total).collect());
            squares.push(product(a, a) + product(b, b));
            sizes.push(size(a) + size(b));
            sums.push(combined(a, b, 1.0));
        }
        Self {
            parameters,
            product,
            parts,
            squares,
            sizes,
            sums,
        }
    }

    /// The variance, with the first and then the total indices, of the base samples at `rows`; `None` unless
    /// the variance is above `least`, and more than rounding leaves of the difference that it is.
    fn indices(&self, rows: &[usize], least: f64) -> Option<(f64, Vec<f64>)> {
        let count = rows.len() as f64;
        let (mut squares, mut size) = (0.0, 0.0);
        let mut sums = vec![0.0; self.sums.first()?.len()];
        let mut parts = vec![0.0; 2 * self.parameters];
        for &row in rows {
            squares += self.squares[row];
            size += self.sizes[row];
            add(&mut sums, &self.sums[row]);
            add(&mut parts, &self.parts[row]);
        }
        for sum in &mut sums {
            *sum /= 2.0 * count;
        }
        let variance = squares / (2.0 * count) - (self.product)(&sums, &sums);
        let quotients = parts.into_iter().map(|part| part / count / variance);
        let least = least.max(ROUNDING * size / (2.0 * count));
        (variance > least).then(|| (variance, quotients.collect()))
    }
}

/// The mean square of the replicates of a point.
fn size(runs: &[f64]) -> f64 {
    let squares: Vec<f64> = runs.iter().map(|run| run * run).collect();
    mean(&squares)
}

/// The sum of a list and `factor` times another.
fn combined(one: &[f64], other: &[f64], factor: f64) -> Vec<f64> {
    one.iter().zip(other).map(|(a, b)| a + factor * b).collect()
}

fn add(sums: &mut [f64], terms: &[f64]) {
    for (sum, term) in sums.iter_mut().zip(terms) {
        *sum += term;
    }
}
