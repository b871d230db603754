//! How far steps of parameters move an outcome.

use super::noise::variance;
use super::resample::{Estimate, estimates};
use super::sampled::mean;
use super::{Sampled, SensitivityError};

/// Elementary effects (Morris 1991, Technometrics 33, 161-174; the mean size is from Campolongo, Cariboni and
/// Saltelli 2007, Environmental Modelling & Software 22, 1509-1518), from the points of
/// [`crate::experiment::Morris`] in their order.
///
/// An effect is the change of the outcome over one step of the parameter, divided by the change of the
/// parameter as a fraction of its whole range or list: in the unit of the outcome, per whole range or list.
#[derive(Debug, Clone, PartialEq)]
pub struct ElementaryEffects {
    /// Number of trajectories they come from.
    pub trajectories: usize,
    /// The parameters, in the order of the columns.
    pub parameters: Vec<ElementaryEffect>,
}

/// Effects of one parameter, one per trajectory.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ElementaryEffect {
    /// Mean effect; effects of opposite signs cancel.
    pub mu: f64,
    /// Mean absolute effect, with an interval from resampled trajectories. Chance adds to it.
    pub mu_star: Estimate,
    /// Standard deviation of the effects: from interactions, nonlinearity and chance. `None` for one trajectory.
    pub sigma: Option<f64>,
    /// The part that chance has in them; `None` with one replicate.
    pub noise: Option<EffectNoise>,
}

/// What chance does to the effects of one parameter.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct EffectNoise {
    /// Standard deviation of one effect (the mean of the replicates) due to chance.
    pub sd: f64,
    /// The mean size that a parameter without any effect would have if chance is normal: sd sqrt(2 / pi). A
    /// mean size that is not well above this says nothing.
    pub mu_star: f64,
    /// Sigma without chance: the root of its square minus that of `sd`, at least 0. `None` for one trajectory.
    pub sigma: Option<f64>,
}

impl ElementaryEffects {
    /// Computes the effects on an outcome at points (one row of coordinates each).
    ///
    /// `parts` are the same points as fractions, 0 to 1: how far along its whole range or list each parameter
    /// lies. For numbers that are not rounded the two are equal, but one step may take a list of two from its
    /// first entry to its last. A step that leaves the fraction unchanged has no effect.
    ///
    /// # Errors
    /// Points or parts without coordinates or with differing numbers of them; a number of points or parts
    /// that differs from the outcome's or is not a multiple of k + 1; steps that do not move every parameter
    /// once; coordinates that are not finite numbers.
    pub fn of(
        points: &[Vec<f64>],
        parts: &[Vec<f64>],
        outcome: &Sampled,
    ) -> Result<Self, SensitivityError> {
        let parameters = super::ranks::width(points, outcome.points())?;
        let of_parts = super::ranks::width(parts, outcome.points())?;
        if of_parts != parameters {
            return Err(SensitivityError::Shape {
                what: "parts of a point",
                found: of_parts,
                expected: format!("{parameters}: one for each parameter"),
            });
        }
        if !points.len().is_multiple_of(parameters + 1) {
            return Err(SensitivityError::Shape {
                what: "points",
                found: points.len(),
                expected: format!(
                    "a multiple of {}: one more than there are parameters",
                    parameters + 1
                ),
            });
        }
        let trajectories = points.len() / (parameters + 1);
        let effects = effects(points, parts, outcome, parameters)?;
        let means: Vec<Vec<f64>> = effects
            .iter()
            .map(|of_one| of_one.iter().map(|runs| mean(runs)).collect())
            .collect();
        let sizes = estimates(trajectories, |rows| {
            let size = |means: &Vec<f64>| {
                rows.iter().map(|row| means[*row].abs()).sum::<f64>() / rows.len() as f64
            };
            Some(means.iter().map(size).collect())
        });
        let each = effects.iter().zip(&means).zip(sizes.unwrap_or_default());
        let parameters = each.map(|((effects, means), mu_star)| {
            let spread = variance(means);
            ElementaryEffect {
                // (Plus zero: no effect has no sign.)
                mu: mean(means) + 0.0,
                mu_star,
                sigma: spread.map(f64::sqrt),
                noise: EffectNoise::of(effects, spread),
            }
        });
        Ok(Self {
            trajectories,
            parameters: parameters.collect(),
        })
    }
}

impl EffectNoise {
    /// Replicates share nothing, so the variance of a mean effect is the variance between its replicates over
    /// their number, whether or not the two points of the step share chance.
    fn of(effects: &[Vec<f64>], spread: Option<f64>) -> Option<Self> {
        let of_mean = |runs: &Vec<f64>| Some(variance(runs)? / runs.len() as f64);
        let variances: Option<Vec<f64>> = effects.iter().map(of_mean).collect();
        let of_chance = mean(&variances?);
        let sd = of_chance.sqrt();
        Some(Self {
            sd,
            mu_star: sd * core::f64::consts::FRAC_2_PI.sqrt(),
            sigma: spread.map(|spread| (spread - of_chance).max(0.0).sqrt()),
        })
    }
}

/// Effects by parameter, trajectory and replicate.
fn effects(
    points: &[Vec<f64>],
    parts: &[Vec<f64>],
    outcome: &Sampled,
    parameters: usize,
) -> Result<Vec<Vec<Vec<f64>>>, SensitivityError> {
    let runs: Vec<&[f64]> = outcome.by_point().collect();
    let mut effects = vec![Vec::new(); parameters];
    for (trajectory, rows) in points.chunks(parameters + 1).enumerate() {
        for (step, pair) in rows.windows(2).enumerate() {
            let point = trajectory * (parameters + 1) + step + 1;
            let mut moved = (0..parameters).filter(|place| pair[0][*place] != pair[1][*place]);
            let found = moved.next().filter(|_| moved.next().is_none());
            let Some(parameter) = found.filter(|place| effects[*place].len() == trajectory) else {
                return Err(SensitivityError::NoTrajectory { point });
            };
            let change = parts[point][parameter] - parts[point - 1][parameter];
            let effect = |(after, before): (&f64, &f64)| match change {
                0.0 => 0.0,
                change => (after - before) / change,
            };
            let both = runs[point].iter().zip(runs[point - 1]);
            effects[parameter].push(both.map(effect).collect());
        }
    }
    Ok(effects)
}
