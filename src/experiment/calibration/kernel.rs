//! Where the next sets of parameters are tried: normal steps from the kept ones.

use super::Population;
use crate::draw::{Decision, Key, math, normal_quantile};

/// Tries before an attempt is abandoned because every one fell outside the priors.
const TRIES: u32 = 100_000;
/// Added to the variance of each parameter, so that one on which all particles agree does not stop the search.
const LEAST_VARIANCE: f64 = 1e-8;

/// A mixture of normal distributions around the particles of a population, by weight, restricted to the
/// priors. The covariance of each is twice that of the population (Filippi, Barnes, Cornebise
/// and Stumpf 2013).
#[derive(Debug, Clone)]
pub struct Kernel {
    centres: Vec<Vec<f64>>,
    weights: Vec<f64>,
    /// Lower triangle L of the covariance matrix L L'.
    lower: Vec<Vec<f64>>,
    /// Logarithm of the density of one normal distribution at its centre.
    peak: f64,
}

/// A set of parameters to try.
#[derive(Debug, Clone, PartialEq)]
pub struct Proposed {
    /// Index of the particle it was stepped from.
    pub ancestor: usize,
    /// Where it lies in each prior, 0 to 1; `None` if no try fell within the priors.
    pub quantiles: Option<Vec<f64>>,
    /// Number of tries it took.
    pub tries: u32,
}

impl Kernel {
    /// The kernel around a population.
    pub fn about(population: &Population) -> Self {
        let weights = population.weights();
        let centres: Vec<Vec<f64>> = population
            .particles
            .iter()
            .map(|particle| particle.quantiles.clone())
            .collect();
        let mut covariance = covariance(&centres, &weights);
        for (place, row) in covariance.iter_mut().enumerate() {
            for entry in row.iter_mut() {
                *entry *= 2.0;
            }
            row[place] += LEAST_VARIANCE;
        }
        let lower = cholesky(&covariance);
        let half_determinant: f64 = (0..lower.len())
            .map(|place| math::ln(lower[place][place]))
            .sum();
        let dimensions = lower.len() as f64;
        let peak = -half_determinant - 0.5 * dimensions * math::ln(core::f64::consts::TAU);
        Self {
            centres,
            weights,
            lower,
            peak,
        }
    }

    /// Proposes the set of attempt `number`: picks a particle by weight and steps from it, until the step
    /// stays within the priors.
    pub fn propose(&self, key: &Key, number: u32) -> Proposed {
        let dimensions = self.lower.len();
        for tries in 1..=TRIES {
            let date = i32::try_from(tries).unwrap_or(i32::MAX);
            let uniform = |place: u32| {
                let words = key.words(number, date, Decision::Proposal, place);
                words.uniforms()[0]
            };
            let ancestor = self.pick(uniform(0));
            let steps: Vec<f64> = (1..)
                .take(dimensions)
                .map(|place| normal_quantile(uniform(place).max(1e-16)))
                .collect();
            let centre = &self.centres[ancestor];
            let at = |row: usize| {
                let step: f64 = (0..=row)
                    .map(|column| self.lower[row][column] * steps[column])
                    .sum();
                centre[row] + step
            };
            let quantiles: Vec<f64> = (0..dimensions).map(at).collect();
            if quantiles
                .iter()
                .all(|quantile| (0.0..=1.0).contains(quantile))
            {
                return Proposed {
                    ancestor,
                    quantiles: Some(quantiles),
                    tries,
                };
            }
        }
        Proposed {
            ancestor: 0,
            quantiles: None,
            tries: TRIES,
        }
    }

    /// Density of the mixture, not restricted to the priors.
    pub fn density(&self, quantiles: &[f64]) -> f64 {
        let about = |(centre, weight): (&Vec<f64>, &f64)| {
            let offset: Vec<f64> = quantiles.iter().zip(centre).map(|(a, b)| a - b).collect();
            let standard = forward(&self.lower, &offset);
            let squares: f64 = standard.iter().map(|z| z * z).sum();
            weight * math::exp(self.peak - 0.5 * squares)
        };
        self.centres.iter().zip(&self.weights).map(about).sum()
    }

    fn pick(&self, uniform: f64) -> usize {
        let mut sum = 0.0;
        for (place, weight) in self.weights.iter().enumerate() {
            sum += weight;
            if uniform < sum {
                return place;
            }
        }
        self.weights.len().saturating_sub(1)
    }
}

/// Weighted covariance of points; weights add up to 1.
fn covariance(points: &[Vec<f64>], weights: &[f64]) -> Vec<Vec<f64>> {
    let dimensions = points.first().map_or(0, Vec::len);
    let weighted = |value: &dyn Fn(&[f64]) -> f64| -> f64 {
        let terms = points.iter().zip(weights);
        terms.map(|(point, weight)| weight * value(point)).sum()
    };
    let means: Vec<f64> = (0..dimensions)
        .map(|d| weighted(&|point| point[d]))
        .collect();
    (0..dimensions)
        .map(|row| {
            let entry = |column: usize| {
                weighted(&|point| (point[row] - means[row]) * (point[column] - means[column]))
            };
            (0..dimensions).map(entry).collect()
        })
        .collect()
}

/// The lower triangle L with L L' = `matrix`, which must be symmetric and positive definite. If rounding
/// leaves a diagonal entry below the least variance, that variance takes its place.
fn cholesky(matrix: &[Vec<f64>]) -> Vec<Vec<f64>> {
    let size = matrix.len();
    let mut lower = vec![vec![0.0; size]; size];
    for row in 0..size {
        for column in 0..=row {
            let done: f64 = (0..column).map(|k| lower[row][k] * lower[column][k]).sum();
            let rest = matrix[row][column] - done;
            lower[row][column] = match row == column {
                true => rest.max(LEAST_VARIANCE).sqrt(),
                false => rest / lower[column][column],
            };
        }
    }
    lower
}

/// Solves L z = `offset` for z.
fn forward(lower: &[Vec<f64>], offset: &[f64]) -> Vec<f64> {
    let mut z: Vec<f64> = Vec::with_capacity(offset.len());
    for (row, value) in offset.iter().enumerate() {
        let done: f64 = z.iter().zip(&lower[row]).map(|(z, l)| z * l).sum();
        z.push((value - done) / lower[row][row]);
    }
    z
}

#[cfg(test)]
mod tests {
    use super::super::Particle;
    use super::*;

    fn population(points: &[([f64; 2], f64)]) -> Population {
        let particle = |(place, (quantiles, weight)): (usize, &([f64; 2], f64))| Particle {
            attempt: place as u64,
            quantiles: quantiles.to_vec(),
            constants: Vec::new(),
            distance: 0.0,
            weight: *weight,
        };
        Population {
            particles: points.iter().enumerate().map(particle).collect(),
        }
    }

    fn kernel() -> Kernel {
        Kernel::about(&population(&[
            ([0.3, 0.4], 1.0),
            ([0.5, 0.7], 2.0),
            ([0.4, 0.5], 1.0),
            ([0.6, 0.6], 4.0),
        ]))
    }

    #[test]
    fn a_triangle_times_itself_is_the_matrix() {
        let matrix = vec![
            vec![4.0, 2.0, 0.6],
            vec![2.0, 5.0, 1.0],
            vec![0.6, 1.0, 3.0],
        ];
        let lower = cholesky(&matrix);
        let product = |a: &[f64], b: &[f64]| a.iter().zip(b).map(|(a, b)| a * b).sum::<f64>();
        for (row, wanted) in lower.iter().zip(&matrix) {
            for (column, wanted) in lower.iter().zip(wanted) {
                assert!((product(row, column) - wanted).abs() < 1e-12);
            }
        }
        let offset = [1.0, 2.0, 3.0];
        let z = forward(&lower, &offset);
        for (row, wanted) in lower.iter().zip(offset) {
            assert!((product(row, &z) - wanted).abs() < 1e-12);
        }
    }

    #[test]
    fn the_density_adds_up_to_one() {
        let kernel = kernel();
        let (cells, span) = (400, 6.0);
        let width = span / f64::from(cells);
        let centre = |cell: i32| -2.5 + (f64::from(cell) + 0.5) * width;
        let mut sum = 0.0;
        for x in 0..cells {
            for y in 0..cells {
                sum += kernel.density(&[centre(x), centre(y)]) * width * width;
            }
        }
        assert!((sum - 1.0).abs() < 1e-6, "{sum}");
    }

    /// Proposals have the claimed density within the priors, judged by the shares of the cells of a grid.
    #[test]
    fn proposals_follow_the_density() {
        let kernel = kernel();
        let key = Key::of_run(5, 1, 0, "calibration");
        let (count, cells) = (40_000, 4);
        let mut counts = vec![0.0; cells * cells];
        let mut tries = 0.0;
        for number in 0..count {
            let proposed = kernel.propose(&key, number);
            tries += f64::from(proposed.tries);
            let quantiles = proposed.quantiles.unwrap();
            let cell = |value: f64| ((value * cells as f64) as usize).min(cells - 1);
            counts[cell(quantiles[0]) * cells + cell(quantiles[1])] += 1.0;
        }
        let within = f64::from(count) / tries;
        let fine = 40;
        let width = 1.0 / (cells * fine) as f64;
        for (place, seen) in counts.iter().enumerate() {
            let (x, y) = (place / cells, place % cells);
            let mut expected = 0.0;
            for i in 0..fine {
                for j in 0..fine {
                    let at =
                        |cell: usize, inner: usize| ((cell * fine + inner) as f64 + 0.5) * width;
                    expected += kernel.density(&[at(x, i), at(y, j)]) * width * width;
                }
            }
            let expected = expected / within * f64::from(count);
            let error = (seen - expected) / expected.max(1.0).sqrt();
            assert!(error.abs() < 5.0, "cell {x} {y}: {seen} against {expected}");
        }
    }
}
