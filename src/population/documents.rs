//! Documents at a date: who no longer holds a document that is no longer issued.

use crate::scenario::Scenario;
use crate::world::{DocumentRules, World};

/// Which documents run out, and how they stand at a time.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Documents {
    /// By document index; empty where none runs out.
    rules: Vec<DocumentRules>,
    /// Documents that run out, as bits.
    pub running_out: u32,
    /// Those among them that would run out with policy gates lifted too, as bits.
    pub running_out_if_lifted: u32,
    /// Days since the first day.
    time: f64,
}

impl Documents {
    /// Returns the documents of a world at a time (days since the first day).
    pub fn at(scenario: &Scenario, world: &World, time: f64) -> Self {
        let running_out = world.rules.running_out();
        let lifted = world
            .rules
            .running_out_if_lifted(&world.first, scenario.lifted);
        Self {
            rules: if running_out == 0 {
                Vec::new()
            } else {
                world.rules.documents.clone()
            },
            running_out,
            running_out_if_lifted: lifted,
            time,
        }
    }

    /// Whether a document that runs out has done so for a person; `part` is the part of its validity that the
    /// person had left when issue stopped, uniform on 0 to 1.
    pub fn has_run_out(&self, document: u16, part: f64) -> bool {
        self.rules
            .get(usize::from(document))
            .is_some_and(|rules| !rules.is_held(self.time, part))
    }
}
