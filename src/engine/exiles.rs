//! Activists abroad: since when they have been away, and how many there are by status.

use super::records::BlockState;
use super::step::BlockStep;
use crate::scenario::{Scenario, Status};
use crate::world::{ExileKey, Exiles, Rules};

impl BlockStep<'_, '_> {
    /// Counts a person into (1) or out of (-1) a country with a status.
    pub fn count_stay(&mut self, position: u32, country: u16, status: Status, change: i64) {
        self.counter.stay(country, self.slot, status, change);
        // (No one is listed where voice is off.)
        if let Some(&left) = self.state.exiles.get(position) {
            self.counter.exile((self.slot, status, left), change);
        }
    }

    /// Records that a person has left home at `time`.
    pub fn begin_exile(&mut self, position: u32, active: bool, time: f64) {
        if !active {
            return;
        }
        self.state.abroad_active += 1;
        if self.context.scenario.behaviour.voice.is_some() {
            self.state.exiles.insert(position, time as u16);
        }
    }

    /// Records that a person is back home, and no longer counted in any country.
    pub fn end_exile(&mut self, position: u32, active: bool) {
        if active {
            self.state.abroad_active -= 1;
            self.state.exiles.remove(position);
        }
    }
}

/// Counts the activists abroad from the records of all blocks.
pub fn count(scenario: &Scenario, rules: &Rules, blocks: &[BlockState]) -> Exiles {
    let mut exiles = Exiles::default();
    for state in blocks {
        let segment = &scenario.segments[usize::from(state.block.segment)];
        let Some(slot) = rules.slot(segment.origin) else {
            continue;
        };
        exiles.change(state.abroad.iter().filter_map(|record| {
            let left = state.exiles.get(record.position)?;
            let key: ExileKey = (slot, record.status, *left);
            Some((key, 1))
        }));
    }
    exiles
}
