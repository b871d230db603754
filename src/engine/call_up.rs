//! Call-ups: a given number of the draft-eligible at home, drawn at the beginning of a step.
//!
//! Everybody has a mark for each call-up and date, and those with the smallest marks are called up, as
//! many as are due. Only small marks are generated, layer by layer, as many as needed. The cut-off is
//! found over all blocks together, so the number is exact and nothing depends on blocks or threads.

use super::confinement::Confined;
use super::journey::{end_of, until};
use super::notice::Seen;
use super::pool::Pool;
use super::records::{BlockState, WITHOUT_END};
use super::step::{BlockStep, StepContext};
use crate::draw::{Decision, Layers, Walk, label};
use crate::model::{called_for, goes_on};
use crate::scenario::{CallUp, Event, Scenario};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Agents called up so far, by event.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct CallUps(BTreeMap<String, u64>);

/// A person hit by a layer of marks: mark, segment, index of the block among all blocks, position.
type Met = (f64, u16, usize, u32);

/// The call-ups begun by a step, each with the days from its beginning to `time` (days since the first day).
fn begun(
    scenario: &Scenario,
    step: usize,
    time: f64,
) -> impl Iterator<Item = (&Event, CallUp, f64)> {
    let start = scenario.calendar.start;
    scenario.events.iter().filter_map(move |event| {
        let call_up = event.call_up?;
        let first = scenario.calendar.steps.get(event.step)?;
        let begun = f64::from(crate::units::days_between(start, first.start));
        (event.step <= step).then_some((event, call_up, time - begun))
    })
}

impl CallUps {
    /// Chooses whom the call-ups of a step take; the steps of the blocks carry them out.
    pub fn choose(
        &mut self,
        pool: &Pool,
        blocks: &mut [BlockState],
        context: &StepContext<'_>,
        scale: u64,
    ) {
        let (step, begin) = (usize::from(context.step), context.begin);
        for (event, call_up, days) in begun(context.scenario, step, begin) {
            if !goes_on(&call_up, days) {
                continue;
            }
            let due = called_for(&call_up, days + context.days) / scale;
            let called = self.0.entry(event.name.clone()).or_insert(0);
            let wanted = due.saturating_sub(*called);
            *called += choose(pool, blocks, context, (&event.name, &call_up), wanted);
        }
    }

    /// Persons due to be called up by `end`, the end of a step, in whole agents for each event.
    pub fn called_for(scenario: &Scenario, (step, end): (usize, f64), scale: u64) -> u64 {
        begun(scenario, step, end)
            .map(|(_, call_up, days)| called_for(&call_up, days) / scale * scale)
            .sum()
    }
}

/// Chooses `wanted` of the eligible at home, or all if there are fewer. Returns how many were chosen.
fn choose(
    pool: &Pool,
    blocks: &mut [BlockState],
    context: &StepContext<'_>,
    (name, call_up): (&str, &CallUp),
    wanted: u64,
) -> u64 {
    if wanted == 0 {
        return 0;
    }
    let segments = &context.scenario.segments;
    let is_eligible = |state: &BlockState| {
        let segment = &segments[usize::from(state.block.segment)];
        segment.draft_eligible && segment.origin == call_up.origin
    };
    // Those chosen by another call-up of the step are still where they were.
    let left = |state: &BlockState| {
        let chosen = state.chosen.len() as u64;
        if is_eligible(state) {
            state.persons_within_reach() - chosen
        } else {
            0
        }
    };
    let eligible: u64 = blocks.iter().map(left).sum();
    let release = |days: f64| {
        call_up
            .service
            .map_or(WITHOUT_END, |service| until(days, service.days()))
    };
    let released = release(context.begin);
    if wanted >= eligible {
        for state in blocks.iter_mut().filter(|state| is_eligible(state)) {
            let reach = state.reach_of_call_ups();
            let all = (0..state.block.length).filter(|position| is_set(&reach, *position));
            let chosen = all.map(|position| Confined {
                position,
                until: released,
            });
            state.chosen.extend(chosen.collect::<Vec<_>>());
        }
        return eligible;
    }
    let mut met = least_marks(
        pool,
        blocks,
        context,
        name,
        (wanted, eligible),
        &is_eligible,
    );
    let wanted = wanted as usize;
    met.select_nth_unstable_by(wanted - 1, |one, other| {
        one.0
            .total_cmp(&other.0)
            .then((one.1, one.2, one.3).cmp(&(other.1, other.2, other.3)))
    });
    for &(_, _, block, position) in &met[..wanted] {
        blocks[block].chosen.push(Confined {
            position,
            until: released,
        });
    }
    wanted as u64
}

/// At least `wanted` of the eligible, those with the smallest marks; `wanted` is less than `eligible`.
fn least_marks(
    pool: &Pool,
    blocks: &[BlockState],
    context: &StepContext<'_>,
    name: &str,
    (wanted, eligible): (u64, u64),
    is_eligible: &(impl Fn(&BlockState) -> bool + Sync),
) -> Vec<Met> {
    let place = label(name) & 0xffff;
    // A level below which enough marks are expected, and a few to spare.
    let share = (1.1 * wanted as f64 + 50.0) / eligible as f64;
    let mut level = if share < 1.0 {
        -crate::draw::math::ln_1p(-share)
    } else {
        crate::draw::math::ln(eligible as f64) + 3.0
    };
    loop {
        let lists = pool.map(blocks.len(), |number| {
            let state = &blocks[number];
            if is_eligible(state) {
                met_below(state, number, context, place, level)
            } else {
                Vec::new()
            }
        });
        let met: Vec<Met> = lists.into_iter().flatten().collect();
        if met.len() as u64 >= wanted {
            return met;
        }
        level *= 2.0;
    }
}

/// The persons of a block within reach who are hit by the layers up to a level, each with its smallest mark.
fn met_below(
    state: &BlockState,
    number: usize,
    context: &StepContext<'_>,
    place: u32,
    level: f64,
) -> Vec<Met> {
    let key = context.keys[usize::from(state.block.segment)];
    let mut reach = state.reach_of_call_ups();
    let name = (state.block.number, place);
    let mut met = Vec::new();
    for layer in Layers::below(level) {
        let (decision, length) = (Decision::CallUpLayer, state.block.length);
        for hit in Walk::of(decision, key, name, context.date, layer, length) {
            if is_set(&reach, hit.position) {
                // Later layers hold only larger marks.
                reach[(hit.position >> 6) as usize] &= !(1 << (hit.position & 63));
                met.push((hit.mark, state.block.segment, number, hit.position));
            }
        }
    }
    met
}

fn is_set(bits: &[u64], position: u32) -> bool {
    bits[(position >> 6) as usize] & (1 << (position & 63)) != 0
}

impl BlockState {
    /// Who is within reach and not chosen yet, one bit per position.
    fn reach_of_call_ups(&self) -> Vec<u64> {
        let mut reach = self.within_reach();
        for chosen in &self.chosen {
            reach[(chosen.position >> 6) as usize] &= !(1 << (chosen.position & 63));
        }
        reach
    }
}

impl BlockStep<'_, '_> {
    /// Calls up those who have been chosen, at the beginning of the step and before anybody acts.
    pub fn carry_out_call_ups(&mut self) {
        if self.state.chosen.is_empty() {
            return;
        }
        let mut chosen = std::mem::take(&mut self.state.chosen);
        chosen.sort_unstable_by_key(|record| record.position);
        let positions: Vec<u32> = chosen.iter().map(|record| record.position).collect();
        self.state.take_from_home(&positions);
        let segment = usize::from(self.segment());
        self.counter.confinement[segment].called_up += positions.len() as u64;
        for record in &chosen {
            self.attend(record.position, self.context.begin);
            self.note(|| Seen::CalledUp {
                until: end_of(record.until),
            });
        }
        self.state.mobilised.append(&mut chosen);
    }
}
