//! Turns the reports of a run into rows, and the end of the run into outcomes.

use super::outcome::Outcome;
use super::outcomes::Outcomes;
use super::rows::StepRows;
use super::schema::OUTCOMES;
use super::table::{Cell, Sink};
use crate::engine::{Observer, StepReport};
use crate::scenario::Scenario;

/// Identifies the run of a scenario that rows belong to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct RunKey {
    /// Number of the set of parameters.
    pub draw: u32,
    /// Number of the replicate.
    pub replicate: u32,
}

/// Watches one run: passes the rows of every step to a sink and adds the outcomes at the end.
#[derive(Debug)]
pub struct Recorder<'s, S> {
    scenario: &'s Scenario,
    key: RunKey,
    sink: S,
    outcomes: Outcomes<'s>,
    /// Segment indices in the order of (origin, name).
    order: Vec<usize>,
}

impl<'s, S: Sink> Recorder<'s, S> {
    /// Creates a recorder for one run of the scenario.
    pub fn new(scenario: &'s Scenario, key: RunKey, sink: S) -> Self {
        let mut order: Vec<usize> = (0..scenario.segments.len()).collect();
        order.sort_by_key(|&index| (scenario.segments[index].origin, index));
        Self {
            scenario,
            key,
            sink,
            outcomes: Outcomes::new(scenario),
            order,
        }
    }

    /// Returns the sink that receives the rows.
    pub fn sink(&self) -> &S {
        &self.sink
    }

    /// Ends the run: writes its outcomes and returns them.
    pub fn finish(mut self) -> Vec<Outcome> {
        let outcomes = self.outcomes.finish();
        for outcome in &outcomes {
            self.sink.row(
                &OUTCOMES,
                &[
                    Cell::Text(&self.scenario.name),
                    Cell::Whole(self.key.draw.into()),
                    Cell::Whole(self.key.replicate.into()),
                    Cell::Text(outcome.id),
                    Cell::Text(&outcome.group),
                    Cell::Text(&outcome.country),
                    Cell::Text(outcome.unit),
                    Cell::Number(outcome.value),
                ],
            );
        }
        outcomes
    }
}

impl<S: Sink> Observer for Recorder<'_, S> {
    fn record(&mut self, report: &StepReport<'_>) {
        self.outcomes.record(report);
        let mut rows = StepRows {
            scenario: self.scenario,
            report,
            keys: [
                Cell::Text(&self.scenario.name),
                Cell::Whole(self.key.draw.into()),
                Cell::Whole(self.key.replicate.into()),
                Cell::Date(report.date),
                Cell::Whole(report.days.into()),
            ],
            sink: &mut self.sink,
            row: Vec::with_capacity(32),
        };
        rows.countries();
        rows.stays();
        rows.homes(&self.order);
        rows.flows(&self.order);
        rows.queues();
    }
}
