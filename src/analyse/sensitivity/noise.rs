//! How much of the variance of a run is chance.

use super::sampled::{mean, product};
use super::{Sampled, SensitivityError};

/// Chance, separated from what the parameters do.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Noise {
    /// Variance of one run within a point, pooled over the points: what chance does.
    pub within: f64,
    /// Variance of the points' expectations, without chance: what the parameters do. Unbiased, so it may fall
    /// below 0 if they do little.
    pub between: f64,
    /// Share of chance in the variance of one run at a point drawn at random, 0 to 1; 0 if nothing varies.
    pub share: f64,
}

impl Noise {
    /// Estimates the noise from the runs of independent points (for [`crate::experiment::Saltelli`], those of
    /// A and B). `None` with one replicate.
    ///
    /// # Errors
    /// Fewer than two points.
    pub fn of(outcome: &Sampled) -> Result<Option<Self>, SensitivityError> {
        let points = outcome.points();
        if points < 2 {
            return Err(SensitivityError::TooFew {
                what: "points",
                found: points,
                needed: 2,
            });
        }
        // Centring by the mean of the points uses up one of n degrees of freedom.
        let squares: f64 = outcome
            .centred()
            .by_point()
            .map(|runs| product(runs, runs))
            .sum();
        Ok(within(outcome).map(|within| Self::new(within, squares / (points - 1) as f64)))
    }

    /// Estimates the noise from the runs of trajectories of `length` points each, such as those of
    /// [`crate::experiment::Morris`]. `None` with one replicate.
    ///
    /// Points of one trajectory are alike, and would make the spread of points look smaller than it is; the
    /// points at one step of all trajectories are independent. The variance between points is therefore
    /// computed at each step, and averaged over the steps.
    ///
    /// # Errors
    /// Fewer than two trajectories; a number of points that is not a multiple of the length.
    pub fn of_trajectories(
        outcome: &Sampled,
        length: usize,
    ) -> Result<Option<Self>, SensitivityError> {
        let points = outcome.points();
        if length == 0 || !points.is_multiple_of(length) {
            return Err(SensitivityError::Shape {
                what: "points",
                found: points,
                expected: format!("a multiple of {length}: the points of a trajectory"),
            });
        }
        if points / length < 2 {
            return Err(SensitivityError::TooFew {
                what: "trajectories",
                found: points / length,
                needed: 2,
            });
        }
        let at_step = |step: usize| Self::of(&outcome.only((step..points).step_by(length)));
        let steps = (0..length)
            .map(at_step)
            .collect::<Result<Option<Vec<_>>, _>>()?;
        Ok(steps.map(|steps| {
            let mean_of =
                |part: fn(&Self) -> f64| mean(&steps.iter().map(part).collect::<Vec<_>>());
            Self::new(
                mean_of(|noise| noise.within),
                mean_of(|noise| noise.between),
            )
        }))
    }

    pub(super) fn new(within: f64, between: f64) -> Self {
        let total = within + between.max(0.0);
        let share = if total > 0.0 { within / total } else { 0.0 };
        Self {
            within,
            between,
            share,
        }
    }
}

/// The variance of runs within a point, pooled over the points; `None` with one replicate.
pub(super) fn within(outcome: &Sampled) -> Option<f64> {
    let variances: Vec<f64> = outcome.by_point().map(variance).collect::<Option<_>>()?;
    Some(mean(&variances))
}

/// The sample variance of numbers; `None` for fewer than two.
pub(super) fn variance(numbers: &[f64]) -> Option<f64> {
    if numbers.len() < 2 {
        return None;
    }
    let middle = mean(numbers);
    let squares: f64 = numbers.iter().map(|x| (x - middle) * (x - middle)).sum();
    Some(squares / (numbers.len() - 1) as f64)
}
