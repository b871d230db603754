//! Counts over all persons once a step has moved them, and the check that nobody is lost.

use super::Simulation;
use crate::engine::call_up::CallUps;
use crate::engine::error::EngineError;
use crate::engine::settlement::Allotted;
use crate::engine::{exiles, waiting};
use crate::units::days_between;
use crate::world::{
    Confinement, ConfinementStocks, ConfinementTally, PlacesTaken, STATUSES, SegmentStocks, Waited,
    Waiting,
};

/// Number of departures that came of ties from which on their ratio to all departures is meaningful.
const WARN_AGENTS: u64 = 30;
/// The warning where contagion is beyond its critical point.
const RUNS_AWAY: &str = "departures feed themselves: one brings about more than one further \
    departure through ties (outcome reproduction_number), so a wave grows until the exposed have \
    left; lower behaviour.ties.contagion, contagion_max, near or far";

impl Simulation {
    /// Counts those who wait, given what was decided and which places were given.
    pub(super) fn count_waiting(
        &self,
        allotted: &[Allotted],
        answers: (Vec<Waited>, Vec<PlacesTaken>),
    ) -> Waiting {
        waiting::count(
            &self.scenario,
            &self.procedures,
            &self.blocks,
            allotted,
            answers,
        )
    }

    pub(super) fn add_stays(&mut self, changes: &[i64]) {
        let origins = &self.world.rules.origins;
        let countries = self.stocks.countries;
        for (place, change) in changes
            .iter()
            .enumerate()
            .filter(|(_, change)| **change != 0)
        {
            let (rest, status) = (place / STATUSES, place % STATUSES);
            let (country, slot) = (rest / origins.len(), rest % origins.len());
            let origin = usize::from(origins[slot]);
            let stock = &mut self.stocks.abroad[(country * countries + origin) * STATUSES + status];
            *stock = stock.wrapping_add_signed(*change);
        }
    }

    /// Counts those whom the state confines; `tally` is by segment, and empty at the opening.
    pub(super) fn count_confinement(&mut self, tally: Vec<ConfinementTally>) {
        let scenario = &*self.scenario;
        let segments = scenario.segments.len();
        let mut stocks = vec![ConfinementStocks::default(); segments];
        for state in &self.blocks {
            let here = &mut stocks[usize::from(state.block.segment)];
            here.detained += state.detained.len() as u64;
            here.mobilised += state.mobilised.len() as u64;
        }
        let step = scenario.calendar.steps.get(self.done);
        let called_for = match step.filter(|_| !tally.is_empty()) {
            Some(step) => {
                let begin = f64::from(days_between(scenario.calendar.start, step.start));
                let end = begin + f64::from(step.days);
                CallUps::called_for(scenario, (self.done, end), self.options.scale)
            }
            None => self.confinement.called_for,
        };
        self.confinement = Confinement {
            has_repression: scenario.behaviour.repression.is_some(),
            has_call_ups: scenario.events.iter().any(|event| event.call_up.is_some()),
            called_for,
            tally: if tally.is_empty() {
                vec![ConfinementTally::default(); segments]
            } else {
                tally
            },
            stocks,
        };
    }

    pub(super) fn count_segments(&self) -> Vec<SegmentStocks> {
        let mut segments = vec![SegmentStocks::default(); self.scenario.segments.len()];
        for state in &self.blocks {
            let stocks = &mut segments[usize::from(state.block.segment)];
            stocks.persons += u64::from(state.block.length);
            let abroad = state.abroad.len() as u64 + state.in_transit();
            let at_borders = state.waiting.len() as u64 - state.in_transit();
            let confined = (state.detained.len() + state.mobilised.len()) as u64;
            stocks.at_home +=
                u64::from(state.block.length) - abroad - state.applying_at_home() - confined;
            stocks.departing += state.departing.len() as u64 + at_borders;
            stocks.abroad += abroad;
            stocks.abroad_active += u64::from(state.abroad_active);
            for (sum, held) in stocks.held.iter_mut().zip(state.held_by) {
                *sum += u64::from(held);
            }
        }
        segments
    }

    /// Checks that every person is in exactly one state, and that stays agree with records.
    pub(super) fn check_conservation(&self) -> Result<(), EngineError> {
        let lost = |segment: usize, expected: u64, counted: u64| EngineError::NotConserved {
            segment: self.scenario.segments[segment].name.clone(),
            expected,
            counted,
        };
        // The content are counted bit by bit at the end of a run (in debug builds also now and then in blocks).
        let last = self.done + 1 == self.scenario.calendar.steps.len();
        debug_assert!(
            !last || self.exiles == exiles::count(&self.scenario, &self.world.rules, &self.blocks)
        );
        let mut content = vec![0; self.scenario.segments.len()];
        for state in &self.blocks {
            content[usize::from(state.block.segment)] += if last {
                state.content_count()
            } else {
                u64::from(state.content_persons)
            };
        }
        for (segment, stocks) in self.stocks.segments.iter().enumerate() {
            let held: u64 = stocks.held.iter().sum();
            let applying = self.waiting.applying[segment];
            let confined = self.confinement.stocks[segment];
            let counted = content[segment]
                + held
                + stocks.departing
                + applying
                + confined.detained
                + confined.mobilised
                + stocks.abroad;
            let expected = u64::from(self.population.segments[segment].agents);
            if counted != expected {
                return Err(lost(segment, expected, counted));
            }
        }
        let abroad: u64 = self
            .stocks
            .segments
            .iter()
            .map(|stocks| stocks.abroad)
            .sum();
        let stays: u64 = self
            .stocks
            .abroad
            .iter()
            .fold(0_u64, |sum, stay| sum.wrapping_add(*stay))
            .wrapping_add(self.waiting.in_transit.iter().sum::<u64>());
        if abroad != stays {
            return Err(lost(0, abroad, stays));
        }
        Ok(())
    }

    /// Counts how many further departures one departure brings on, and warns if it is more than one.
    pub(super) fn count_reproduction(&mut self, days: u16) {
        let Some(ties) = &self.scenario.behaviour.ties else {
            return;
        };
        let window = ties.window_days();
        let left = self.tally.segments.iter().flat_map(|tally| tally.left_by);
        let counts = (left.sum(), self.tally.left_by_ties);
        let so_far = &mut self.reproduction;
        so_far.record(days, counts, window);
        let runs_away = so_far.further() >= WARN_AGENTS
            && so_far.number(window).is_some_and(|number| number > 1.0);
        if runs_away && !self.warnings.iter().any(|warning| warning == RUNS_AWAY) {
            self.warnings.push(RUNS_AWAY.to_owned());
        }
    }
}
