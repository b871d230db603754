//! Outcomes of refusals by mistake.

use super::super::outcome::ALL;
use super::Outcomes;
use super::list::List;
use crate::engine::StepReport;
use crate::scenario::Scenario;
use crate::world::FlowEvent;

/// Refusals by mistake, in agents.
#[derive(Debug)]
pub(super) struct MistakeSum {
    by_segment: Vec<u64>,
    by_country: Vec<u64>,
}

impl MistakeSum {
    pub(super) fn new(scenario: &Scenario) -> Self {
        Self {
            by_segment: vec![0; scenario.segments.len()],
            by_country: vec![0; scenario.countries.len()],
        }
    }

    pub(super) fn record(&mut self, report: &StepReport<'_>) {
        for (key, agents) in &report.tally.flows {
            if key.event == FlowEvent::WronglyRefused {
                self.by_segment[usize::from(key.segment)] += agents;
                self.by_country[usize::from(key.to)] += agents;
            }
        }
    }
}

impl Outcomes<'_> {
    pub(super) fn mistaken(&self, list: &mut List) {
        if !self.scenario.ever_refuse_by_mistake().contains(&true) {
            return;
        }
        const ID: &str = "wrongly_refused";
        list.persons(ID, ALL, ALL, self.mistakes.by_segment.iter().sum());
        for (segment, agents) in self.scenario.segments.iter().zip(&self.mistakes.by_segment) {
            list.persons(ID, &segment.name, ALL, *agents);
        }
        for (index, code, _) in self.destinations() {
            list.persons(ID, ALL, code, self.mistakes.by_country[index]);
        }
    }
}
