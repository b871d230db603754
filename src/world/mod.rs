//! The scenario at a date: rules, facts, rents and attitudes as dense arrays; versions of the rules for belief; the
//! integer tally; voice; and the narrative of those who left.

mod attitudes;
mod classes;
mod confinement;
mod narrative;
mod rents;
mod reproduction;
mod rules;
mod tally;
#[cfg(test)]
mod tests;
mod versions;
mod voice;
mod waiting;

pub use attitudes::Attitude;
pub use classes::Classes;
pub use confinement::{Confinement, ConfinementStocks, ConfinementTally};
pub use narrative::{Narrative, Seen};
pub use rents::Rent;
pub use reproduction::Reproduction;
pub use rules::{
    BorderRules, ChannelRules, CountryFacts, DocumentRules, Grants, Recall, RuleSet, Rules,
};
pub use tally::{
    FLOW_EVENTS, FlowEvent, FlowKey, HOLDS, Hold, MOTIVES, NO_CHANNEL, STATUSES, SegmentStocks,
    SegmentTally, Stocks, Tally,
};
pub use versions::{Version, VersionRules, Versions};
pub use voice::{ExileKey, Exiles, Opposition, Voice};
pub use waiting::{PlacesTaken, QueueTally, Waited, Waiting};

use crate::draw::math::exp;
use crate::scenario::Scenario;

/// The world during one step, the same for every person of the step.
#[derive(Debug, Clone, PartialEq)]
pub struct World {
    /// Rules and facts in force.
    pub rules: Rules,
    /// Rules and facts of the first step.
    pub first: Rules,
    /// Rents by country index.
    pub rents: Vec<Rent>,
    /// Attitudes of hosts by country index; empty where they are off.
    pub attitudes: Vec<Attitude>,
    /// By country index: the share wanting restriction on the first day; empty where attitudes are off.
    pub first_shares: Vec<f64>,
    /// By country index: the narrative told there about those who left; empty where it is off.
    pub narratives: Vec<Narrative>,
}

impl World {
    /// The world of the first step.
    pub fn first(scenario: &Scenario) -> Self {
        let first = Rules::at(scenario, 0);
        let countries = scenario.countries.len();
        let attitudes = scenario.behaviour.attitudes.as_ref();
        let mut world = Self {
            rules: first.clone(),
            first,
            rents: vec![Rent::START; countries],
            attitudes: attitudes.map_or(Vec::new(), |_| vec![Attitude::START; countries]),
            first_shares: Vec::new(),
            narratives: match scenario.behaviour.narrative {
                Some(_) => vec![Narrative::default(); countries],
                None => Vec::new(),
            },
        };
        world.first_shares = attitudes::first_shares(scenario, &world);
        world
    }

    /// The present monthly rent of a home, in currency units; 0 where there is no market.
    pub fn monthly_rent(&self, scenario: &Scenario, country: usize) -> f64 {
        scenario.countries[country]
            .market
            .as_ref()
            .map_or(0.0, |market| {
                market.rent.per_month() * self.rents[country].index()
            })
    }

    /// The shift that the narrative told in an origin makes in the logarithm of the hazard of leaving it; `None`
    /// where the narrative is off or the country is not an origin.
    pub fn narrative_shift(&self, country: usize) -> Option<f64> {
        let narrative = self.narratives.get(country)?;
        let is_origin = self.rules.slot(country as u16).is_some();
        is_origin.then_some(narrative.shift)
    }

    /// The factor that the narrative told in an origin puts on the hazards of leaving it; 1 where the narrative is off.
    pub fn narrative_factor(&self, origin: usize) -> f64 {
        let narrative = self.narratives.get(origin);
        narrative.map_or(1.0, |narrative| exp(narrative.shift))
    }

    /// The mean wage of an origin on the first day, in currency units per month: the income to which both the pull of a
    /// place and hardship refer.
    pub fn reference_income(&self, origin: usize) -> f64 {
        let facts = &self.first.countries[origin];
        facts.wage * facts.real_income
    }
}
