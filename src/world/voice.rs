//! Voice at home and the opposition at home and abroad, as a step leaves them.

use crate::scenario::Status;
use std::collections::BTreeMap;

/// Voice and opposition at the end of a step. An outcome only: nobody's life depends on it.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Voice {
    /// By segment: agents who voiced opposition in the step, as an expectation rather than a draw; empty before the
    /// first step.
    pub voicing: Vec<f64>,
    /// By origin, in the order of [`Rules::origins`](super::Rules::origins).
    pub origins: Vec<Opposition>,
}

impl Voice {
    /// By origin: the share of citizens who voiced opposition in the step.
    pub fn shares(&self) -> Vec<f64> {
        self.origins.iter().map(|origin| origin.share).collect()
    }

    /// Takes the shares of a saved state, in the same order, as those of the last step.
    pub fn resume(&mut self, shares: &[f64]) {
        for (origin, share) in self.origins.iter_mut().zip(shares) {
            origin.share = *share;
        }
    }
}

/// The opposition of one origin.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Opposition {
    /// The origin, by country index.
    pub origin: u16,
    /// The share of its citizens at home, other than the detained and mobilised, who voiced opposition in the step,
    /// 0 to 1; 0 before the first step.
    pub share: f64,
    /// Activists at home who are neither detained nor mobilised, agents.
    pub at_home: u64,
    /// Publishing by activists abroad whose status is secure, in equivalents of agents active full time.
    pub secure: f64,
    /// Publishing by the other activists abroad, in the same unit.
    pub insecure: f64,
}

/// Activists abroad (other than those in transit) in agents, by slot of the origin, status and the whole day on which
/// they left, in days since the first day of the scenario.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Exiles(BTreeMap<ExileKey, u64>);

/// Slot of the origin, status and day of leaving.
pub type ExileKey = (u32, Status, u16);

impl Exiles {
    /// Applies changes in numbers.
    pub fn change(&mut self, changes: impl IntoIterator<Item = (ExileKey, i64)>) {
        for (key, change) in changes {
            let number = self.0.entry(key).or_default();
            *number = number.wrapping_add_signed(change);
            if *number == 0 {
                self.0.remove(&key);
            }
        }
    }

    /// Every nonzero number, in a fixed order.
    pub fn iter(&self) -> impl Iterator<Item = (ExileKey, u64)> {
        self.0.iter().map(|(key, number)| (*key, *number))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_comes_and_goes_leaves_nothing_behind() {
        let (early, late) = ((0, Status::Legal, 3), (0, Status::Legal, 9));
        let mut exiles = Exiles::default();
        exiles.change([(late, 2), (early, 1)]);
        // A change may come before the one that makes room for it.
        exiles.change([(early, -2), (early, 1), (late, 1)]);
        assert_eq!(exiles.iter().collect::<Vec<_>>(), [(late, 3)]);
    }
}
