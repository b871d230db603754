//! Bounds on the hazards of returning and of moving on, for one host country.

use super::{ALL_STATUSES, product};
use crate::draw::math::{exp, pow};
use crate::model::{Ledger, Outlook, ReturnHazard, status_cost};
use crate::population::Population;
use crate::scenario::{Constants, Scenario, Status};
use crate::world::World;

/// Bounds for one country, status and kind.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct AbroadBound {
    /// Upper bounds on the integrated hazards of return and of onward move.
    pub hazards: [f64; 2],
}

/// The bound of a country, status and kind in which there is nobody.
pub(super) const NOBODY: AbroadBound = AbroadBound { hazards: [0.0; 2] };

/// The inputs of the bounds of one host country.
pub(super) struct HostBounds<'a> {
    pub scenario: &'a Scenario,
    pub population: &'a Population,
    pub world: &'a World,
    pub outlook: &'a Outlook,
    pub constants: &'a Constants,
    pub ledger: Option<&'a Ledger>,
    pub segment: usize,
    pub class: u32,
    pub here: u16,
    pub here_least: f64,
    /// The kinds of the persons who are there, as bits.
    pub kinds: u32,
    /// By kind and place: upper bounds on what the channels are worth from anywhere abroad.
    pub sums: &'a [&'a [f64]],
    pub days: f64,
    /// The largest factor of fear and activity in the hazard of return.
    pub exposed: f64,
}

impl HostBounds<'_> {
    /// Appends the bounds, by status and within each status by kind.
    pub fn list(&self, returns: &ReturnHazard<'_>, list: &mut Vec<AbroadBound>) {
        let behaviour = &self.scenario.behaviour;
        let people = &self.population.segments[self.segment];
        let facts = &self.world.rules.countries[usize::from(self.here)];
        let dt = self.days / crate::units::DAYS_PER_YEAR;
        let settled = behaviour.settled.factor.max(1.0);
        let longest = f64::from(u16::MAX) / crate::units::DAYS_PER_MONTH;
        let duration = returns.longest_lasting();
        let exposed = self.exposed;
        let rent = self
            .world
            .monthly_rent(self.scenario, usize::from(self.here));
        let no_reentry = behaviour.return_.no_reentry > 1.0;
        let (least, most) = people.income_range;
        let wage = facts.wage * facts.real_income;
        let savings = people.savings_range;
        // Where money moves, somebody may have neither work nor savings, and somebody may save everything.
        let (poorest, savings) = match self.ledger {
            Some(ledger) => (0.0, (0.0, ledger.most_saved(savings.1, most))),
            None => (least.min(wage), savings),
        };
        let going_back = [false, true].map(|irregular| {
            returns.at_most(
                people,
                self.here,
                (facts.unemployment > 0.0, irregular, no_reentry),
                (rent, poorest),
                savings,
                (duration, exposed),
            )
        });
        let menu = self.outlook.from_abroad(self.class, self.here);
        let utilities = menu.utilities_at_most(people);
        let lambda = behaviour.choice.lambda;
        // (NaN stays NaN, and ends the run.)
        let raised = |weight: f64| {
            if weight > 0.0 {
                pow(weight, lambda)
            } else {
                weight
            }
        };
        // One power for each kind and one for each status, instead of one for each pair.
        let outside: Vec<Option<f64>> = (0..)
            .zip(self.sums)
            .map(|(kind, sums)| {
                // (In the menu of a country, the country itself is worth nothing.)
                (self.kinds & (1 << kind) != 0)
                    .then(|| raised(product(&utilities, sums) * (1.0 + 1e-9)))
            })
            .collect();
        let rooting = pow(1.0 + longest / 6.0, behaviour.onward.rooting).min(1.0);
        let factor = settled * dt * (1.0 + 1e-9);
        let pull = behaviour.onward.hazard.per_year() * factor * (1.0 + 1e-9);
        for status in ALL_STATUSES {
            let here = self.here_least
                * exp(self.constants.onward_pull - status_cost(self.scenario, status))
                * rooting;
            let here = raised(here);
            let going_back = going_back[usize::from(status == Status::Irregular)] * factor;
            let bound = |outside: &Option<f64>| match outside {
                Some(outside) => AbroadBound {
                    hazards: [
                        going_back,
                        // (Infinite where the country is worth too little to be represented.)
                        if pull > 0.0 && *outside != 0.0 {
                            pull * (outside / here)
                        } else {
                            0.0
                        },
                    ],
                },
                None => NOBODY,
            };
            list.extend(outside.iter().map(bound));
        }
    }
}
