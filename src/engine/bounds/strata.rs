//! Bounds on the hazard of leaving home, by stratum.

use super::{ClassSums, product};
use crate::draw::math::pow;
use crate::model::{Drive, Menu};
use crate::population::SegmentPopulation;
use crate::scenario::Scenario;

/// Upper bounds over a stratum.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct StratumBound {
    /// Quiet part of the integrated hazard in the reference regime, for an attachment a = 1.
    pub quiet: f64,
    /// exp(lambda (I_open - I_ref)) times the rush; 0 where nobody can go anywhere.
    pub pull: f64,
    /// Integrated hazard of an aspiration.
    pub hazard: f64,
}

/// The largest factor by which all places together multiply a hazard of leaving.
pub(super) struct Pull {
    /// By place: an upper bound on what it is worth, its channels aside.
    utilities: Vec<f64>,
    /// exp(-I_ref).
    inverse_reference: f64,
    lambda: f64,
    /// The largest factor of the rush of those who see that a way will close.
    rush: f64,
}

impl Pull {
    /// The pull of the places of a menu on the persons of a segment.
    pub fn new(
        scenario: &Scenario,
        people: &SegmentPopulation,
        menu: &Menu,
        inverse_reference: f64,
    ) -> Self {
        let belief = &scenario.behaviour.belief;
        let rush = if menu.has_loss_ahead() && belief.rush > 0.0 {
            belief.rush_max
        } else {
            1.0
        };
        Self {
            utilities: menu.utilities_at_most(people),
            inverse_reference,
            lambda: scenario.behaviour.choice.lambda,
            rush,
        }
    }

    /// The factor where the channels of the places are worth `sums`: 0 where nobody can go anywhere, NaN where it
    /// cannot be computed.
    fn at_most(&self, sums: &[f64]) -> f64 {
        let open = product(&self.utilities, sums) * (1.0 + 1e-9);
        if open.is_nan() {
            open
        } else if open > 0.0 && self.inverse_reference > 0.0 {
            pow(open * self.inverse_reference, self.lambda) * self.rush * (1.0 + 1e-9)
        } else {
            0.0
        }
    }
}

/// The bounds of all strata of a segment, in their order.
pub(super) fn bounds(
    people: &SegmentPopulation,
    drive: &Drive,
    sums: &ClassSums,
    pull: &Pull,
) -> Vec<StratumBound> {
    let list = people.strata.list();
    let mut strata = Vec::with_capacity(list.len());
    for (group, sums) in people.strata.groups().iter().zip(sums.groups.iter()) {
        // The strata of a group share everything on which the pull depends.
        let pull = pull.at_most(sums);
        let of_group = list[group.clone()]
            .iter()
            .zip(&people.extremes[group.clone()]);
        strata.extend(of_group.map(|(stratum, extremes)| {
            let (quiet, all) = drive.bounds(stratum, extremes);
            StratumBound {
                quiet,
                pull,
                hazard: all * pull,
            }
        }));
    }
    strata
}
