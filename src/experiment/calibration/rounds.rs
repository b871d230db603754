//! Generation after generation: what to try next, or what was found.

use super::{Attempt, CalibrationSpec, Kernel, Particle, Population, Proposed, distance};
use crate::draw::Key;
use crate::experiment::Design;
use std::collections::HashMap;

/// Most attempts in a generation: the number of a draw has no room for more.
pub(super) const MOST_ATTEMPTS: u32 = (1 << 20) - 2;
/// Most generations, for the same reason.
pub(super) const MOST_GENERATIONS: u32 = 1 << 10;

/// What a calibration does next.
#[derive(Debug, Clone)]
pub enum Next {
    /// These attempts, all of one generation, are needed and missing.
    Attempts {
        /// The generation, from 0.
        generation: u32,
        /// The attempts that are missing.
        missing: Vec<Planned>,
        /// Summaries of the generations before.
        so_far: Vec<Generation>,
    },
    /// Every attempt has been made.
    Done(Fit),
}

/// An attempt to be made.
#[derive(Debug, Clone, PartialEq)]
pub struct Planned {
    /// Its number: that of its generation in the upper half, its index within the generation in the lower.
    pub number: u64,
    /// Runs in which its constants move, before the one that is judged.
    pub iterations: u32,
    /// Where its parameters lie in their priors, 0 to 1; `None` if no step stayed within them.
    pub quantiles: Option<Vec<f64>>,
    /// The destination constants to start from.
    pub constants: Vec<f64>,
}

/// The result of a generation.
#[derive(Debug, Clone, PartialEq)]
pub struct Generation {
    /// Its number, from 0.
    pub number: u32,
    /// Number of attempts made in it.
    pub attempts: u32,
    /// Those whose run failed.
    pub failed: u32,
    /// Those that came nearer than the tolerance before; in the first generation, those that are kept.
    pub accepted: u32,
    /// The largest distance kept after it, 0 to 1.
    pub tolerance: f64,
    /// Effective sample size of the population kept after it.
    pub effective_size: f64,
}

/// What a calibration found.
#[derive(Debug, Clone)]
pub struct Fit {
    /// Every generation.
    pub generations: Vec<Generation>,
    /// The population kept in the end.
    pub population: Population,
    /// Every set whose run did not fail, in the order of generation and number.
    pub tried: Vec<Particle>,
    /// Why it ended.
    pub ended: Ended,
}

/// Why a calibration ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ended {
    /// Every row of every kept run lies in its band.
    Inside,
    /// Too few attempts came nearer than the tolerance before.
    Acceptance,
    /// As many generations as were asked for have been made.
    Generations,
    /// No run succeeded.
    Nothing,
}

impl Planned {
    /// The generation of the attempt, from 0.
    pub fn generation(&self) -> u32 {
        halves(self.number).0
    }

    /// The number of the draws of its runs. No two attempts share one, and none has 0, the number of the files' values.
    pub fn draw(&self) -> u32 {
        let (generation, index) = halves(self.number);
        (generation << 20) | (index + 1)
    }
}

/// The number of the attempt at an index within a generation.
pub(super) fn number(generation: u32, index: u32) -> u64 {
    (u64::from(generation) << 32) | u64::from(index)
}

/// The generation of an attempt and its index within it.
pub(super) fn halves(number: u64) -> (u32, u32) {
    ((number >> 32) as u32, number as u32)
}

/// What to do next under a plan, given the attempts that are finished.
pub fn next(spec: &CalibrationSpec, done: &HashMap<u64, Attempt>) -> Next {
    let mut generations: Vec<Generation> = Vec::new();
    let mut population = Population::default();
    let mut tried: Vec<Particle> = Vec::new();
    for generation in 0..spec.generations {
        let trials = match generation {
            0 => Trials::of_prior(spec),
            _ => Trials::about(spec, &population, generation),
        };
        let is_missing = |planned: &&Planned| !done.contains_key(&planned.number);
        let missing: Vec<Planned> = trials.planned.iter().filter(is_missing).cloned().collect();
        if !missing.is_empty() {
            return Next::Attempts {
                generation,
                missing,
                so_far: generations,
            };
        }
        let before = match generation {
            0 => f64::INFINITY,
            _ => population.tolerance(),
        };
        let made = trials.particles(spec, done);
        let failed = trials.planned.len() - made.len();
        let nearer = made
            .iter()
            .filter(|particle| particle.distance < before)
            .count();
        tried.extend(made.iter().cloned());
        let mut all = population.particles;
        all.extend(made);
        population = Population::nearest(all, spec.particles as usize);
        let attempts = spec.attempts(generation);
        let accepted = match generation {
            0 => population.particles.len(),
            _ => nearer,
        };
        generations.push(Generation {
            number: generation,
            attempts,
            failed: u32::try_from(failed).unwrap_or(u32::MAX),
            accepted: u32::try_from(accepted).unwrap_or(u32::MAX),
            tolerance: population.tolerance(),
            effective_size: population.effective_size(),
        });
        let ended = if population.particles.is_empty() {
            Some(Ended::Nothing)
        } else if population.tolerance() == 0.0
            && population.particles.len() == spec.particles as usize
        {
            Some(Ended::Inside)
        } else if generation > 0 && (nearer as f64) < spec.least_acceptance * f64::from(attempts) {
            Some(Ended::Acceptance)
        } else {
            None
        };
        if let Some(ended) = ended {
            return Next::Done(Fit {
                generations,
                population,
                tried,
                ended,
            });
        }
    }
    Next::Done(Fit {
        generations,
        population,
        tried,
        ended: Ended::Generations,
    })
}

/// The attempts of a generation, and what their weights need.
struct Trials {
    planned: Vec<Planned>,
    /// `None` for the first generation, which is drawn from the prior.
    kernel: Option<Kernel>,
    /// Share of the kernel that lies within the priors.
    within: f64,
}

impl Trials {
    /// The attempts of the first generation: a Latin hypercube over the priors.
    fn of_prior(spec: &CalibrationSpec) -> Self {
        let paths: Vec<&str> = spec
            .priors
            .iter()
            .map(|prior| prior.path.as_str())
            .collect();
        let quantiles = Design::LatinHypercube.quantiles(spec.seed, spec.attempts(0), &paths);
        let inner = spec.inner.as_ref();
        let constants = inner.map_or(Vec::new(), |inner| inner.start());
        let planned = (0..).zip(quantiles).map(|(index, quantiles)| Planned {
            number: number(0, index),
            // The file's constants are farther from their goal than those of a kept set.
            iterations: inner.map_or(0, |inner| inner.iterations + 1),
            quantiles: Some(quantiles),
            constants: constants.clone(),
        });
        Self {
            planned: planned.collect(),
            kernel: None,
            within: 1.0,
        }
    }

    /// The attempts of a later generation: steps from a population.
    fn about(spec: &CalibrationSpec, population: &Population, generation: u32) -> Self {
        let kernel = Kernel::about(population);
        let key = Key::of_run(spec.seed, generation, 0, "calibration");
        let count = spec.attempts(generation);
        let proposed: Vec<Proposed> = (0..count)
            .map(|index| kernel.propose(&key, index))
            .collect();
        let tries: u64 = proposed
            .iter()
            .map(|proposed| u64::from(proposed.tries))
            .sum();
        let constants = |ancestor: usize| population.particles[ancestor].constants.clone();
        let planned = (0..).zip(proposed).map(|(index, proposed)| Planned {
            number: number(generation, index),
            iterations: spec.inner.as_ref().map_or(0, |inner| inner.iterations),
            quantiles: proposed.quantiles,
            constants: constants(proposed.ancestor),
        });
        Self {
            planned: planned.collect(),
            kernel: Some(kernel),
            // The share of tries that succeeded estimates the share of the kernel that lies within the priors.
            within: f64::from(count) / tries.max(1) as f64,
        }
    }

    /// The attempts whose run did not fail, weighted by the density of the prior, which is 1 in quantiles,
    /// over the density with which they were proposed.
    fn particles(&self, spec: &CalibrationSpec, done: &HashMap<u64, Attempt>) -> Vec<Particle> {
        let of = |planned: &Planned| {
            let attempt = done.get(&planned.number)?;
            let values = attempt.values.as_ref().ok()?;
            let quantiles = planned.quantiles.clone()?;
            let weight = match &self.kernel {
                None => 1.0,
                Some(kernel) => self.within / kernel.density(&quantiles),
            };
            Some(Particle {
                attempt: planned.number,
                distance: distance(&spec.targets, values),
                constants: attempt.moved.clone(),
                quantiles,
                weight,
            })
        };
        self.planned.iter().filter_map(of).collect()
    }
}

#[cfg(test)]
mod tests;
