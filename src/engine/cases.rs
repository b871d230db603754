//! Cases against persons: while one lasts, the hazard of leaving is many times higher.
//!
//! Persons with a case are stored, and have an extra process, as those exposed to ties do. Where ties
//! change the hazard as well, the case multiplies the hazard that they result in.

use super::extra_marks::ExtraMark;
use super::step::BlockStep;
use crate::draw::{Decision, Screen};

impl BlockStep<'_, '_> {
    /// Whether a case against a person lasts at the beginning of the step.
    pub fn is_prosecuted(&self, position: u32) -> bool {
        self.state.cases.contains(position)
    }

    /// Drops cases that have ended by the beginning of the step.
    pub fn close_cases(&mut self) {
        let begin = self.context.begin;
        self.state.cases.retain(|until| f64::from(*until) > begin);
    }

    /// Marks of persons with a case that may lie below their hazards, in order of position.
    pub fn marks_of_cases(&self) -> Vec<(u32, ExtraMark)> {
        let mut marks = Vec::new();
        let Some(repression) = &self.context.scenario.behaviour.repression else {
            return marks;
        };
        let screen = Screen::new(self.key, self.context.date, Decision::CaseMarks);
        for position in self.state.cases.positions() {
            if !self.state.is_content(position) {
                continue;
            }
            let more = (repression.victim - 1.0) * self.factor_of_ties(position);
            let index = self.index(position);
            let bound = more * self.bounds.strata[self.people.stratum_of(index)].hazard;
            if screen.mark_at_least(index, 0) < bound {
                let mark = screen.mark(index, 0);
                if mark < bound {
                    marks.push((position, ExtraMark::new(mark, more)));
                }
            }
        }
        marks
    }
}
