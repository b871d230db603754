//! Contagion: persons whose ties have lately left or been detained leave sooner.

use crate::draw::math::pow;
use crate::population::{MOST_FAR, MOST_NEAR};
use crate::scenario::Ties;

/// The most ties of a person.
const MOST: usize = (2 * MOST_NEAR + MOST_FAR) as usize;

/// The factor that ties put on every hazard of leaving.
#[derive(Debug, Clone, PartialEq)]
pub struct Contagion {
    /// By the number of ties that left, up to the largest number.
    left: Vec<f64>,
    /// By the number of ties that were detained.
    detained: Vec<f64>,
    most: f64,
    window: u32,
}

impl Contagion {
    /// Builds the rule for these parameters.
    pub fn new(parameters: &Ties) -> Self {
        let most = parameters.contagion_max;
        let powers = |factor: f64| -> Vec<f64> {
            let after = |power: &f64| Some((power * factor).min(most));
            std::iter::successors(Some(1.0), after)
                .take(MOST + 1)
                .collect()
        };
        Self {
            left: powers(parameters.contagion),
            detained: powers(parameters.detention),
            most,
            window: parameters.window_days(),
        }
    }

    /// The factor if `left` ties left and `detained` were detained within the window, as k and d in
    /// min(largest, contagion^k detention^d).
    pub fn factor(&self, left: usize, detained: usize) -> f64 {
        let left = self.left[left.min(MOST)];
        if detained == 0 {
            return left;
        }
        (left * self.detained[detained.min(MOST)]).min(self.most)
    }

    /// The largest factor.
    pub fn largest(&self) -> f64 {
        self.most
    }

    /// Whether detentions make a difference.
    pub fn minds_detentions(&self) -> bool {
        self.detained[1] > 1.0
    }

    /// Whether a departure or detention on the day `since` still counts on the later `day`; both are days since the
    /// first day of the scenario.
    pub fn counts(&self, since: u16, day: u32) -> bool {
        u32::from(since) + self.window > day
    }
}

/// The factor by which ties who live in a place multiply its weight exp(V): (1 + ties)^b_T.
#[derive(Debug, Clone, PartialEq)]
pub struct KinPull {
    /// By the number of ties there.
    factors: Vec<f64>,
    /// By the largest number of ties in one place: the largest factor on exp(lambda I).
    pulls: Vec<f64>,
}

impl KinPull {
    /// Builds the rule for a weight of ln(1 + ties) in utility; `None` if the weight is not above 0.
    pub fn new(weight: f64, lambda: f64) -> Option<Self> {
        let of_weight = |weight: f64| -> Vec<f64> {
            let numbers = 0..=MOST;
            numbers.map(|ties| pow(1.0 + ties as f64, weight)).collect()
        };
        let with_room = |pull: f64| if pull > 1.0 { pull * (1.0 + 1e-9) } else { 1.0 };
        (weight > 0.0).then(|| Self {
            factors: of_weight(weight),
            pulls: of_weight(weight * lambda)
                .into_iter()
                .map(with_room)
                .collect(),
        })
    }

    /// The factor on a place where `ties` ties live.
    pub fn factor(&self, ties: usize) -> f64 {
        self.factors[ties.min(MOST)]
    }

    /// The largest factor on exp(lambda I), whatever the choice set, if no place has more than `ties` ties.
    pub fn pull_at_most(&self, ties: usize) -> f64 {
        self.pulls[ties.min(MOST)]
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
            detention: 1.25,
            window: Duration::from_days(182.9),
            kin: 0.6,
            lag: Duration::from_days(7.0),
        });
        let factors = [0, 1, 2, 3, 4, 64, 1000].map(|left| contagion.factor(left, 0));
        assert_eq!(factors, [1.0, 1.5, 2.25, 3.375, 4.0, 4.0, 4.0]);
        let both = [(0, 1), (1, 1), (2, 2), (3, 1)].map(|(k, d)| contagion.factor(k, d));
        assert_eq!(both, [1.25, 1.875, 3.515_625, 4.0]);
        assert!(contagion.counts(10, 191) && !contagion.counts(10, 192));
    }

    #[test]
    fn kin_raise_a_place_by_a_power_of_their_number() {
        assert_eq!(KinPull::new(0.0, 0.6), None);
        let Some(kin) = KinPull::new(1.0, 0.5) else {
            unreachable!()
        };
        assert_eq!([0, 1, 3].map(|ties| kin.factor(ties)), [1.0, 2.0, 4.0]);
        let pulls = [0, 3].map(|ties| kin.pull_at_most(ties));
        assert!(pulls[0] == 1.0 && pulls[1] >= 2.0 && pulls[1] < 2.0 + 1e-6);
    }
}
