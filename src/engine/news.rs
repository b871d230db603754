//! News that goes out to ties at the end of a step: departures, where persons live, detentions, refusals.
//!
//! News goes out between steps, so that within a step a block still knows nothing of the others.

use super::exposed::{Event, Exposure};
use super::pool::{Pool, Shares};
use super::records::BlockState;
use super::step::BlockStep;
use super::tips::Refused;
use crate::model::{Beliefs, Contagion};
use crate::population::{BLOCK, Population, Ties};
use crate::scenario::{self, Scenario};

/// Which news ties tell each other.
#[derive(Debug, Clone)]
pub struct TieRules {
    /// The effect of departures and detentions.
    pub contagion: Contagion,
    /// Whether it matters where ties live.
    pub follows: bool,
    /// Mean lag with which a person with a tie in a country hears of changes there, days.
    pub lag: f64,
}

impl TieRules {
    /// The rules under these parameters of a scenario.
    pub fn new(scenario: &Scenario, ties: &scenario::Ties) -> Self {
        Self {
            contagion: Contagion::new(ties),
            follows: follows(scenario, ties),
            lag: ties.lag.days(),
        }
    }
}

/// Whether it matters where ties live: they draw to their country or shorten a lag.
pub fn follows(scenario: &Scenario, ties: &scenario::Ties) -> bool {
    let belief = &scenario.behaviour.belief;
    let longest = belief.lag.days().max(belief.lag_opening.days());
    ties.kin > 0.0 || ties.lag.days() < longest
}

impl BlockStep<'_, '_> {
    /// Queues the news of a departure from home for the end of the step, and counts departures that came of ties.
    pub fn tell_of_departure(&mut self, position: u32, time: f64) {
        if self.context.ties.is_some() {
            let left = Event::Moved(None, Some(time as u16));
            let exposed = &mut self.state.exposed;
            exposed.events.push((position, left));
            self.counter.left_by_ties += u64::from(exposed.forget(position));
        }
    }

    /// Queues the news of where a person lives from now on; `None` = at home.
    pub fn tell_of_place(&mut self, position: u32, country: Option<u16>) {
        if self.context.ties.is_some_and(|ties| ties.follows) {
            let event = Event::Moved(country, None);
            self.state.exposed.events.push((position, event));
        }
    }

    /// Queues the news of a detention, where detentions of ties make a difference.
    pub fn tell_of_detention(&mut self, position: u32, time: f64) {
        let minds = |ties: &TieRules| ties.contagion.minds_detentions();
        if self.context.ties.is_some_and(minds) {
            let event = Event::Detained(time as u16);
            self.state.exposed.events.push((position, event));
        }
    }

    /// Queues the news that a channel refused a person or turned it back, where some do not know its rules.
    pub fn tell_of_refusal(&mut self, position: u32, channel: u16) {
        if self.context.ties.is_some() && self.context.beliefs.acting(channel).is_some() {
            let refused = Refused { position, channel };
            self.state.tips.refused.push(refused);
        }
    }
}

/// An item of news addressed to a block.
enum Letter {
    Tie(Exposure),
    /// A tie of the person at a position was refused by a channel.
    Refused(Refused),
}

/// Delivers the news of a step that ended on `day` (days since the first day of the scenario) to the
/// ties of the persons it is about.
pub fn spread(
    pool: &Pool,
    blocks: &mut [BlockState],
    population: &Population,
    rules: &TieRules,
    beliefs: &Beliefs,
    day: f64,
) {
    let Some(ties) = &population.ties else {
        return;
    };
    let mut first_blocks = Vec::new();
    for (number, state) in blocks.iter().enumerate() {
        let segment = usize::from(state.block.segment);
        if segment >= first_blocks.len() {
            first_blocks.resize(segment + 1, number);
        }
    }
    // A few blocks at a time: in a wave, all letters together would take more memory than what is kept.
    for some in 0..blocks.len().div_ceil(BLOCKS_AT_A_TIME) {
        let begin = some * BLOCKS_AT_A_TIME;
        let number = BLOCKS_AT_A_TIME.min(blocks.len() - begin);
        let letters = pool.map(number, |number| {
            letters_of(&blocks[begin + number], ties, &first_blocks)
        });
        for (block, letter) in letters.into_iter().flatten() {
            match letter {
                Letter::Tie(exposure) => blocks[block].exposed.news.push(exposure),
                Letter::Refused(refused) => blocks[block].tips.news.push(refused),
            }
        }
    }
    let take = |merged: &mut Vec<Exposure>, state: &mut BlockState| {
        let people = &population.segments[usize::from(state.block.segment)];
        let contagion = &rules.contagion;
        state.exposed.take_news(contagion, day as u32, merged);
        state
            .tips
            .take_news(people, state.block, beliefs, day as u16);
    };
    pool.fold(blocks, Shares::Large, Vec::new, take, |merged, _| merged);
}

/// Number of blocks whose letters are in memory at one time.
const BLOCKS_AT_A_TIME: usize = 64;

/// The letters from a block, each with the index of the block it goes to; `first_blocks` are by segment.
fn letters_of(state: &BlockState, ties: &Ties, first_blocks: &[usize]) -> Vec<(usize, Letter)> {
    let (mut list, mut letters) = (Vec::new(), Vec::new());
    let mut to_ties = |position: u32, letter: &dyn Fn(u32, u8) -> Letter| {
        let index = state.block.first + position;
        ties.of(state.block.segment, index, &mut list);
        letters.extend(list.iter().map(|tie| {
            let block = first_blocks[usize::from(tie.segment)] + (tie.index / BLOCK) as usize;
            (block, letter(tie.index % BLOCK, tie.number))
        }));
    };
    for (position, event) in one_a_person(&state.exposed.events) {
        to_ties(position, &|to, number| {
            Letter::Tie(Exposure::new(to, number, event))
        });
    }
    for refused in state.tips.refused_once() {
        to_ties(refused.position, &|to, _| {
            Letter::Refused(Refused {
                position: to,
                ..refused
            })
        });
    }
    letters
}

/// Reduces events to one move and one detention per person: the last place, with the last departure, if any.
fn one_a_person(events: &[(u32, Event)]) -> Vec<(u32, Event)> {
    let mut events = events.to_vec();
    // (The sort is stable, so each person's events stay in order of time.)
    events.sort_by_key(|(position, event)| (*position, matches!(event, Event::Detained(_))));
    events.dedup_by(|later, earlier| match (*later, *earlier) {
        ((one, Event::Detained(_)), (other, Event::Detained(_))) => {
            let same = one == other;
            if same {
                *earlier = *later;
            }
            same
        }
        ((one, Event::Moved(to, now)), (other, Event::Moved(_, before))) => {
            let same = one == other;
            if same {
                *earlier = (one, Event::Moved(to, now.or(before)));
            }
            same
        }
        _ => false,
    });
    events
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_place_of_a_person_goes_out_with_its_departure() {
        let events = [
            (5, Event::Moved(None, Some(3))),
            (2, Event::Moved(Some(1), None)),
            (5, Event::Moved(Some(7), None)),
            (2, Event::Moved(None, None)),
            (2, Event::Detained(4)),
        ];
        assert_eq!(
            one_a_person(&events),
            [
                (2, Event::Moved(None, None)),
                (2, Event::Detained(4)),
                (5, Event::Moved(Some(7), Some(3))),
            ]
        );
    }
}
