//! Sums over a run, in agents.

use super::super::names::HOLDS;
use super::super::rows::CountryFlows;
use crate::world::{ConfinementTally, SegmentTally};
use std::collections::BTreeMap;

/// Sums over a segment, in agents.
#[derive(Debug, Clone, Default)]
pub(super) struct SegmentSum {
    pub(super) tally: SegmentTally,
    /// Twice the agent-days held, by what holds: the sum of both ends of each step, times its days.
    pub(super) held_twice: [u64; HOLDS.len()],
    /// Twice the agent-days abroad.
    pub(super) abroad_twice: u64,
    /// Twice the agent-days abroad of activists.
    pub(super) activists_abroad_twice: u64,
    /// Detentions and call-ups.
    pub(super) confinement: ConfinementTally,
}

/// Sums over a country, in agents.
#[derive(Debug, Clone, Default)]
pub(super) struct CountrySum {
    pub(super) flows: CountryFlows,
    /// Departures from an origin to this country.
    pub(super) left_for: u64,
    /// Ends of permitted stays.
    pub(super) expired: u64,
    /// Renewals.
    pub(super) renewed: u64,
    /// Arrivals by channels whose stay is irregular from the first day on.
    pub(super) irregular_entries: u64,
    /// Twice the agent-days of irregular stay.
    pub(super) irregular_twice: u64,
    /// Irregular agents at the end of the last step.
    pub(super) irregular: u64,
    pub(super) rent_peak: Option<f64>,
    pub(super) rent_end: Option<f64>,
    pub(super) burden_end: Option<f64>,
    /// Share of the public that wants restriction: the highest, that at the end, and twice the days
    /// above [`MOST_WANT`](super::MOST_WANT).
    pub(super) wanting_peak: Option<f64>,
    pub(super) wanting_end: Option<f64>,
    pub(super) most_want_twice: u64,
}

/// How long agents waited: agents by whole days.
#[derive(Debug, Clone, Default)]
pub(super) struct Waits(BTreeMap<u32, u64>);

impl Waits {
    /// Adds agents who waited this many days.
    pub(super) fn add(&mut self, days: u32, agents: u64) {
        *self.0.entry(days).or_default() += agents;
    }

    /// Adds the waits of another list.
    pub(super) fn join(&mut self, other: &Self) {
        for (days, agents) in &other.0 {
            self.add(*days, *agents);
        }
    }

    /// Returns the number of all agents who waited.
    pub(super) fn agents(&self) -> u64 {
        self.0.values().sum()
    }

    /// Returns the least number of days that at least half of them did not exceed; `None` if nobody
    /// waited.
    pub(super) fn median(&self) -> Option<u32> {
        let all = self.agents();
        let mut sum = 0;
        let half = self.0.iter().find(|(_, agents)| {
            sum += **agents;
            2 * sum >= all
        });
        half.map(|(days, _)| *days)
    }
}

impl SegmentSum {
    /// Returns the number of all departures.
    pub(super) fn left(&self) -> u64 {
        self.tally.left_by.iter().sum()
    }

    pub(super) fn add(&mut self, step: &SegmentTally) {
        self.tally.add(step);
    }
}

impl CountryFlows {
    /// Adds the flows of another step or country.
    pub(super) fn add(&mut self, other: &Self) {
        self.arrived += other.arrived;
        self.moved_on += other.moved_on;
        self.returned += other.returned;
        self.refused += other.refused;
        self.turned_back += other.turned_back;
    }
}
