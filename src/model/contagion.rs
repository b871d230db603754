//! Contagion: whose ties have left lately leaves sooner.

use crate::population::{MOST_FAR, MOST_NEAR};
use crate::scenario::Ties;

/// The factor that ties who left put on every hazard of leaving.
#[derive(Debug, Clone, PartialEq)]
pub struct Contagion {
    /// By number of ties that left.
    factors: Vec<f64>,
    window: u32,
}

impl Contagion {
    /// The rule under these parameters.
    pub fn new(parameters: &Ties) -> Self {
        let most = parameters.contagion_max;
        let after = |factor: &f64| Some((factor * parameters.contagion).min(most));
        let factors = std::iter::successors(Some(1.0), after);
        Self {
            factors: factors
                .take((2 * MOST_NEAR + MOST_FAR + 1) as usize)
                .collect(),
            window: parameters.window_days(),
        }
    }

    /// min(largest, contagion^k): the factor where k ties left within the window.
    pub fn factor(&self, left: usize) -> f64 {
        self.factors[left.min(self.factors.len() - 1)]
    }

    /// Whether a departure on a day still counts on a later one; both days since the first of the
    /// scenario.
    pub fn counts(&self, departure: u16, day: u32) -> bool {
        u32::from(departure) + self.window > day
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::units::Duration;

    #[test]
    fn each_tie_multiplies_up_to_the_largest() {
        let contagion = Contagion::new(&Ties {
            near: 3,
            far: 4,
            contagion: 1.5,
            contagion_max: 4.0,
            window: Duration::from_days(182.9),
        });
        let factors = [0, 1, 2, 3, 4, 64, 1000].map(|left| contagion.factor(left));
        assert_eq!(factors, [1.0, 1.5, 2.25, 3.375, 4.0, 4.0, 4.0]);
        assert!(contagion.counts(10, 191) && !contagion.counts(10, 192));
    }
}
