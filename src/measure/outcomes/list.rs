//! The list of outcomes being gathered, converted from agents into units.

use super::super::outcome::{ALL, Outcome, definition};
use super::super::rows::CountryFlows;
use super::sums::{CountrySum, Waits};
use crate::units::DAYS_PER_MONTH;

/// The outcomes so far.
pub(super) struct List {
    pub(super) scale: u64,
    pub(super) outcomes: Vec<Outcome>,
}

impl List {
    pub(super) fn add(
        &mut self,
        id: &'static str,
        group: &str,
        country: &str,
        value: f64,
        agents: Option<u64>,
    ) {
        // Every id used here is defined; a test records a run and checks it.
        let Some(definition) = definition(id) else {
            return;
        };
        self.outcomes.push(Outcome {
            id: definition.id,
            group: group.to_owned(),
            country: country.to_owned(),
            unit: definition.unit,
            value,
            agents,
        });
    }

    pub(super) fn persons(&mut self, id: &'static str, group: &str, country: &str, agents: u64) {
        self.add(
            id,
            group,
            country,
            (agents * self.scale) as f64,
            Some(agents),
        );
    }

    /// Adds person-months; `twice` is twice the agent-days.
    pub(super) fn person_months(
        &mut self,
        id: &'static str,
        group: &str,
        country: &str,
        twice: u64,
    ) {
        let months = (twice * self.scale) as f64 / (2.0 * DAYS_PER_MONTH);
        self.add(id, group, country, months, None);
    }

    /// Adds the median time that persons waited, in days; adds no row if nobody waited.
    pub(super) fn median(&mut self, id: &'static str, group: &str, country: &str, waits: &Waits) {
        if let Some(days) = waits.median() {
            self.add(id, group, country, days.into(), Some(waits.agents()));
        }
    }

    pub(super) fn entries(&mut self, country: &str, sum: &CountrySum) {
        self.persons("moved_on", ALL, country, sum.flows.moved_on);
        self.persons("left_for", ALL, country, sum.left_for);
        self.persons("expired", ALL, country, sum.expired);
        self.persons("renewed", ALL, country, sum.renewed);
        self.persons("irregular_entries", ALL, country, sum.irregular_entries);
        self.attempts(ALL, country, &sum.flows);
    }

    /// Adds how attempts to enter ended, of everybody or of one origin.
    pub(super) fn attempts(&mut self, group: &str, country: &str, flows: &CountryFlows) {
        self.persons("arrivals", group, country, flows.arrived);
        let attempts = flows.arrived + flows.refused + flows.turned_back;
        if attempts > 0 {
            let rate = |part: u64| 1000.0 * part as f64 / attempts as f64;
            self.add(
                "refused_per_1000_attempts",
                group,
                country,
                rate(flows.refused),
                Some(flows.refused),
            );
            let turned_back = flows.turned_back;
            self.add(
                "turned_back_per_1000_attempts",
                group,
                country,
                rate(turned_back),
                Some(turned_back),
            );
        }
    }
}
