//! Cases against persons: while one lasts, the hazard of leaving is many times higher.
//!
//! Who has a case is stored, and has an extra process as the exposed to ties have one. Where ties who
//! left multiply the hazard as well, the case multiplies what they made of it.

use super::extra_marks::Spark;
use super::step::BlockStep;
use crate::draw::{Decision, Screen};

impl BlockStep<'_, '_> {
    /// Whether a case against a person lasts at the beginning of the step.
    pub fn is_prosecuted(&self, position: u32) -> bool {
        !self.state.cases.is_empty() && self.state.cases.contains_key(&position)
    }

    /// Drops cases that are over at the beginning of the step.
    pub fn close_cases(&mut self) {
        let begin = self.context.begin;
        self.state
            .cases
            .retain(|_, until| f64::from(*until) > begin);
    }

    /// Marks of those with a case that may lie below their hazards.
    pub fn marks_of_cases(&self, marks: &mut Vec<(u32, f64, Spark)>) {
        let Some(repression) = &self.context.scenario.behaviour.repression else {
            return;
        };
        let screen = Screen::new(self.key, self.context.date, Decision::CaseMarks);
        for &position in self.state.cases.keys() {
            if !self.state.is_content(position) {
                continue;
            }
            let by_ties = self.context.contagion.map_or(1.0, |contagion| {
                contagion.factor(self.state.exposed.left(position))
            });
            let more = (repression.victim - 1.0) * by_ties;
            let index = self.index(position);
            let bound = more * self.bounds.strata[self.people.stratum_of(index)].hazard;
            if screen.mark_at_least(index, 0) < bound {
                let mark = screen.mark(index, 0);
                if mark < bound {
                    marks.push((position, mark / more, Spark::Case));
                }
            }
        }
    }
}
