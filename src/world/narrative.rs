//! What people at home see of those who left: refusals and arrivals, and the shift that the narrative makes.

use super::tally::{FlowEvent, Tally};
use crate::draw::math::exp;
use crate::scenario::Scenario;
use serde::{Deserialize, Serialize};

/// What the citizens of an origin have seen and not yet forgotten, and its effect.
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize, Deserialize)]
pub struct Narrative {
    /// Refusals per thousand citizens.
    pub refusals: f64,
    /// Admitted arrivals per thousand citizens.
    pub contacts: f64,
    /// Shift of the logarithm of the hazard of leaving.
    pub shift: f64,
}

/// What happened to citizens of an origin in a step, in agents.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Seen {
    /// Refused, turned back or handed over on the way to another country.
    pub refused: u64,
    /// Arrived in another country.
    pub admitted: u64,
}

impl Seen {
    /// Counts for every country as an origin, by country index.
    pub fn of(scenario: &Scenario, tally: &Tally) -> Vec<Self> {
        let mut seen = vec![Self::default(); scenario.countries.len()];
        for &(key, agents) in &tally.flows {
            let origin = scenario.segments[usize::from(key.segment)].origin;
            let here = &mut seen[usize::from(origin)];
            match key.event {
                // The refusal of a renewal is not the refusal of somebody who sought to come.
                FlowEvent::Refused if key.from != key.to => here.refused += agents,
                FlowEvent::TurnedBack | FlowEvent::HandedOver => here.refused += agents,
                FlowEvent::Arrived => here.admitted += agents,
                _ => {}
            }
        }
        seen
    }
}

impl Narrative {
    /// Forgets over `days`, and adds what was seen during them of `citizens` agents.
    pub fn remember(&mut self, seen: Seen, citizens: u64, days: f64, memory: f64) {
        let kept = exp(-days / memory);
        let per_thousand = |agents: u64| 1000.0 * agents as f64 / citizens.max(1) as f64;
        self.refusals = self.refusals * kept + per_thousand(seen.refused);
        self.contacts = self.contacts * kept + per_thousand(seen.admitted);
    }
}
