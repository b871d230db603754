//! Citizens at home whom the state does not confine.

use super::records::BlockState;
use super::simulation::Simulation;
use crate::population::Population;

impl Simulation {
    /// By segment: the agents at home who are neither detained nor mobilised, those who are not active and those who are.
    pub(super) fn at_large(&self) -> Vec<[u64; 2]> {
        let confined = confined_activists(&self.blocks, &self.population);
        let stocks = self.stocks.segments.iter().zip(&self.confinement.stocks);
        stocks
            .enumerate()
            .map(|(segment, (stocks, here))| {
                let all = stocks.persons - stocks.abroad - here.detained - here.mobilised;
                let active = self.active[segment] - stocks.abroad_active - confined[segment];
                [all - active, active]
            })
            .collect()
    }
}

/// By segment: the number of activists who are detained or serving.
fn confined_activists(blocks: &[BlockState], population: &Population) -> Vec<u64> {
    let mut sums = vec![0; population.segments.len()];
    for state in blocks {
        let confined = || state.detained.iter().chain(&state.mobilised);
        if confined().next().is_none() {
            continue;
        }
        let segment = usize::from(state.block.segment);
        let ranges = population.segments[segment].ranges_by_activity(state.block);
        let is_active = |position: u32| {
            let range = ranges.partition_point(|range| range.positions.end <= position);
            ranges.get(range).is_some_and(|range| range.active)
        };
        let active = confined().filter(|record| is_active(record.position));
        sums[segment] += active.count() as u64;
    }
    sums
}
