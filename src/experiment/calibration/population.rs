//! The sets of parameters that are kept, with their weights.

/// A set of parameters that has been run.
#[derive(Debug, Clone, PartialEq)]
pub struct Particle {
    /// Number of its attempt.
    pub attempt: u64,
    /// Where it lies in each prior, 0 to 1.
    pub quantiles: Vec<f64>,
    /// The constants from which an inner contraction starts around it.
    pub constants: Vec<f64>,
    /// Distance of its run from the bands, 0 to 1.
    pub distance: f64,
    /// Its weight, above 0: prior density over the density with which it was proposed.
    pub weight: f64,
}

/// The nearest of all sets of parameters so far.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Population {
    /// By distance, the nearest first; equally near ones in the order in which they were tried.
    pub particles: Vec<Particle>,
}

impl Population {
    /// Keeps the `keep` nearest particles.
    pub fn nearest(mut particles: Vec<Particle>, keep: usize) -> Self {
        particles.sort_by(|a, b| {
            (a.distance.total_cmp(&b.distance)).then_with(|| a.attempt.cmp(&b.attempt))
        });
        particles.truncate(keep);
        Self { particles }
    }

    /// The largest distance kept, 0 to 1.
    pub fn tolerance(&self) -> f64 {
        let last = self.particles.last();
        last.map_or(1.0, |particle| particle.distance)
    }

    /// The weights, scaled to add up to 1.
    pub fn weights(&self) -> Vec<f64> {
        let sum: f64 = self.particles.iter().map(|particle| particle.weight).sum();
        let share = |particle: &Particle| particle.weight / sum;
        self.particles.iter().map(share).collect()
    }

    /// Effective sample size, 1 / sum of squared weights: the number of equally weighted independent sets
    /// that would say as much, as far as weights tell (Kish 1965).
    pub fn effective_size(&self) -> f64 {
        let squares: f64 = self.weights().iter().map(|weight| weight * weight).sum();
        if squares > 0.0 { 1.0 / squares } else { 0.0 }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn particle(attempt: u64, distance: f64, weight: f64) -> Particle {
        Particle {
            attempt,
            quantiles: Vec::new(),
            constants: Vec::new(),
            distance,
            weight,
        }
    }

    #[test]
    fn the_nearest_are_kept_and_the_first_of_equals() {
        let all = vec![
            particle(3, 0.2, 1.0),
            particle(1, 0.2, 3.0),
            particle(2, 0.1, 1.0),
        ];
        let kept = Population::nearest(all, 2);
        let numbers: Vec<u64> = kept.particles.iter().map(|p| p.attempt).collect();
        assert_eq!(numbers, [2, 1]);
        assert_eq!(kept.tolerance(), 0.2);
        assert_eq!(kept.weights(), [0.25, 0.75]);
        assert_eq!(kept.effective_size(), 1.0 / (0.0625 + 0.5625));
        assert_eq!(Population::default().effective_size(), 0.0);
    }
}
