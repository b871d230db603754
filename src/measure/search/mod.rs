//! Finds persons by what they are and what happens to them.
//!
//! Tables do not identify persons, so a search watches a run. For each person who has met some of
//! the conditions it keeps one byte, the number met; for everybody else it keeps nothing.

mod condition;
mod parse;

pub use condition::{Condition, EventKind, Trait};
pub use parse::{Conditions, VOCABULARY};

use crate::engine::{Observer, StepReport};
use crate::population::Population;
use crate::scenario::Scenario;
use rustc_hash::FxHashMap;

/// A search, during a run, for the persons who meet some conditions.
#[derive(Debug)]
pub struct Search<'a> {
    scenario: &'a Scenario,
    population: &'a Population,
    conditions: &'a Conditions,
    /// By person: number of events met so far; [`NEVER`] = the traits do not fit.
    met: FxHashMap<(u16, u32), u8>,
}

/// Stands in for a number of events met if the traits do not fit.
const NEVER: u8 = u8::MAX;

impl<'a> Search<'a> {
    /// Creates a search that has found nobody yet.
    pub fn new(
        scenario: &'a Scenario,
        population: &'a Population,
        conditions: &'a Conditions,
    ) -> Self {
        Self {
            scenario,
            population,
            conditions,
            met: FxHashMap::default(),
        }
    }

    fn fits(&self, who: (u16, u32)) -> bool {
        let wanted = &self.conditions.traits;
        wanted
            .iter()
            .all(|wanted| wanted.holds(self.scenario, self.population, who))
    }

    /// Returns who has met all conditions so far, in ascending order.
    pub fn found(&self) -> Vec<(u16, u32)> {
        let all = self.conditions.events.len();
        let mut found: Vec<_> = if all == 0 {
            self.by_traits()
        } else {
            let met = self.met.iter().filter(|(_, met)| usize::from(**met) == all);
            met.map(|(who, _)| *who).collect()
        };
        found.sort_unstable();
        found
    }

    /// Returns everybody whose traits fit.
    fn by_traits(&self) -> Vec<(u16, u32)> {
        let segments = (0u16..).zip(&self.population.segments);
        let persons =
            segments.flat_map(|(segment, people)| (0..people.agents).map(move |i| (segment, i)));
        persons.filter(|who| self.fits(*who)).collect()
    }
}

impl Observer for Search<'_> {
    fn record(&mut self, report: &StepReport<'_>) {
        let events = &self.conditions.events;
        for notice in report.notices {
            let met = self.met.get(&notice.who).copied();
            let Some(next) = events.get(usize::from(met.unwrap_or(0))) else {
                continue;
            };
            if !next.is_met_by(&notice.seen) {
                continue;
            }
            let met = match met {
                None if !self.fits(notice.who) => NEVER,
                met => met.unwrap_or(0) + 1,
            };
            self.met.insert(notice.who, met);
        }
    }
}
