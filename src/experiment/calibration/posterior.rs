//! The posterior as a file: sets of parameters of equal weight, as `--draws-from` takes it.

use super::{Attempt, CalibrationPlan, Population, PosteriorOf};
use crate::draw::{Decision, Key, Permutation};
use std::collections::HashMap;

/// Sets of parameters of equal weight.
#[derive(Debug, Clone, PartialEq)]
pub struct Posterior {
    /// Indices into the population, one per set; sets with large weights occur several times.
    pub places: Vec<usize>,
}

impl Posterior {
    /// Draws as many sets as are kept, by systematic resampling (Kitagawa 1996), in a random order, so that
    /// the first n of them are a sample too.
    pub fn of(population: &Population, seed: u64) -> Self {
        let count = population.particles.len();
        let key = Key::of_identity(seed, "posterior");
        let offset = key.words(0, 0, Decision::Proposal, 0).uniforms()[0];
        let weights = population.weights();
        let mut sorted = Vec::with_capacity(count);
        let (mut sum, mut next) = (0.0, offset);
        for (place, weight) in weights.iter().enumerate() {
            sum += weight * count as f64;
            while next < sum && sorted.len() < count {
                sorted.push(place);
                next += 1.0;
            }
        }
        // Rounding may drop the last one.
        sorted.resize(count, count.saturating_sub(1));
        let order = Permutation::new(key, Decision::Proposal, 1, count.max(1) as u64);
        let places = (0..count).map(|place| sorted[order.forward(place as u64) as usize % count]);
        Self {
            places: places.collect(),
        }
    }

    /// The text of the file: a line that says what it is a posterior of, a header of paths, and a row for each set.
    pub fn text(
        &self,
        plan: &CalibrationPlan,
        population: &Population,
        done: &HashMap<u64, Attempt>,
    ) -> String {
        let spec = &plan.spec;
        let of = PosteriorOf {
            scenario: spec.scenario.name.clone(),
            sha256: spec.scenario.sha256.clone(),
        };
        let mut text = of.line(&format!(
            "plan {}, seed {}, tolerance {}",
            spec.name,
            spec.seed,
            population.tolerance()
        ));
        let paths = plan.varied.iter().chain(&plan.constants).map(|v| v.path());
        text += &paths.collect::<Vec<_>>().join(",");
        text.push('\n');
        for place in &self.places {
            let Some(particle) = population.particles.get(*place) else {
                continue;
            };
            let sampled = plan.varied.iter().zip(&particle.quantiles);
            let mut cells: Vec<String> = sampled
                .map(|(varied, quantile)| varied.written(varied.at(*quantile)))
                .collect();
            let constants = done
                .get(&particle.attempt)
                .map(|attempt| &attempt.constants);
            let constants = plan.constants.iter().zip(constants.into_iter().flatten());
            cells.extend(constants.map(|(varied, value)| varied.written(*value)));
            text += &cells.join(",");
            text.push('\n');
        }
        text
    }
}

#[cfg(test)]
mod tests {
    use super::super::Particle;
    use super::*;

    #[test]
    fn sets_come_as_often_as_their_weight_says() {
        let particle = |(attempt, weight): (u64, f64)| Particle {
            attempt,
            quantiles: Vec::new(),
            constants: Vec::new(),
            distance: 0.0,
            weight,
        };
        let weights = [1.0, 5.0, 0.5, 2.0, 1.5];
        let population = Population {
            particles: (0..).zip(weights).map(particle).collect(),
        };
        for seed in 0..50 {
            let posterior = Posterior::of(&population, seed);
            assert_eq!(posterior.places.len(), 5);
            for (place, weight) in weights.iter().enumerate() {
                let times = posterior.places.iter().filter(|p| **p == place).count() as f64;
                assert!((times - weight / 2.0).abs() < 1.0, "{place}: {times}");
            }
        }
        let one = Posterior::of(&population, 1);
        assert_ne!(one, Posterior::of(&population, 2));
        assert!(Posterior::of(&Population::default(), 1).places.is_empty());
    }
}
