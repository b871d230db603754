//! Departures that bring on others: who is exposed, the marks that come of it, and the news.
//!
//! A person with k ties who left lately has the hazard c H, c the factor of k. The layers draw marks
//! for H as if there were no ties; the rest, (c - 1) H, is an independent process of the exposed
//! with a mark of its own, so that who has no such tie costs nothing and has the same life. Two
//! independent processes with hazards H and (c - 1) H are one with their sum, and its event is the
//! earlier of theirs: the mark X' of the second counts as X' / (c - 1) against H.
//!
//! News of departures goes out between steps, so a block still knows nothing of the others in one.

use super::extra_marks::Spark;
use super::pool::Pool;
use super::records::BlockState;
use super::step::BlockStep;
use crate::draw::{Decision, Screen};
use crate::model::Contagion;
use crate::population::{BLOCK, Ties};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use std::fmt;

/// A tie of a person that has left lately, 8 bytes, in the order of (position, number, day): one
/// number, because sorting these is most of the work of telling them.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
struct Exposure(u64);

impl Exposure {
    /// The tie of a number among those of the person at a position of the block, which left on a
    /// day (whole days since the first of the scenario).
    fn new(position: u32, number: u8, day: u16) -> Self {
        Self((u64::from(position) << 32) | (u64::from(number) << 16) | u64::from(day))
    }

    fn position(self) -> u32 {
        (self.0 >> 32) as u32
    }

    /// Position and number: which tie it is.
    fn tie(self) -> u64 {
        self.0 >> 16
    }

    fn day(self) -> u16 {
        self.0 as u16
    }
}

impl fmt::Debug for Exposure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let number = self.tie() as u16;
        write!(f, "{} {number} {}", self.position(), self.day())
    }
}

/// What a block keeps of ties.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Exposed {
    /// In order, one a tie.
    list: Vec<Exposure>,
    /// Positions of those whose present aspiration came of ties.
    moved: BTreeSet<u32>,
    /// Departures in the present step: position, whole days since the first of the scenario.
    #[serde(skip)]
    departures: Vec<(u32, u16)>,
    /// Departures of ties in the present step.
    #[serde(skip)]
    news: Vec<Exposure>,
}

impl Exposed {
    /// A departure at a time, days since the first of the scenario. Whether it came of ties.
    fn departed(&mut self, position: u32, time: f64) -> bool {
        self.departures.push((position, time as u16));
        self.moved.remove(&position)
    }

    /// Whether they can be of a block of so many persons.
    pub fn is_sound(&self, length: u32) -> bool {
        let known = self.list.iter().chain(&self.news);
        known
            .map(|tie| tie.position())
            .all(|position| position < length)
            && self.moved.iter().all(|position| *position < length)
    }

    /// A person is content again: its aspiration is over.
    pub fn forget(&mut self, position: u32) {
        if !self.moved.is_empty() {
            self.moved.remove(&position);
        }
    }

    /// How many ties of a person have left lately.
    pub fn left(&self, position: u32) -> usize {
        let begin = self.list.partition_point(|tie| tie.position() < position);
        let of_person = |tie: &&Exposure| tie.position() == position;
        self.list[begin..].iter().take_while(of_person).count()
    }

    /// Takes in the news of a step that ended on `day`, and drops what counts no longer.
    fn take_news(&mut self, contagion: &Contagion, day: u32) {
        self.departures.clear();
        if self.news.is_empty() && self.list.is_empty() {
            return;
        }
        self.news.sort_unstable();
        let mut merged = Vec::with_capacity(self.list.len() + self.news.len());
        // (A step may be longer than the window.)
        let news = self.news.drain(..);
        let mut news = news
            .filter(|tie| contagion.counts(tie.day(), day))
            .peekable();
        for &known in self
            .list
            .iter()
            .filter(|tie| contagion.counts(tie.day(), day))
        {
            while let Some(tie) = news.next_if(|tie| tie.tie() < known.tie()) {
                merged.push(tie);
            }
            // A tie who left once more counts from then.
            if news.peek().is_none_or(|tie| tie.tie() != known.tie()) {
                merged.push(known);
            }
        }
        merged.extend(news);
        self.list = merged;
    }

    /// Bytes occupied.
    pub fn bytes(&self) -> usize {
        self.list.capacity() * size_of::<Exposure>() + self.moved.len() * size_of::<u32>()
    }
}

impl BlockStep<'_, '_> {
    /// Marks of the exposed that may lie below their hazards.
    pub fn marks_of_ties(&self, marks: &mut Vec<(u32, f64, Spark)>) {
        let Some(contagion) = self.context.contagion else {
            return;
        };
        let screen = Screen::new(self.key, self.context.date, Decision::ContagionMarks);
        let ends = self.people.stratum_ends(self.state.block);
        let mut stratum = 0;
        let of_one = |a: &Exposure, b: &Exposure| a.position() == b.position();
        for ties in self.state.exposed.list.chunk_by(of_one) {
            let position = ties[0].position();
            if !self.state.is_content(position) {
                continue;
            }
            while ends[stratum] <= position {
                stratum += 1;
            }
            let more = contagion.factor(ties.len()) - 1.0;
            let bound = more * self.bounds.strata[stratum].hazard;
            let index = self.index(position);
            if screen.mark_at_least(index, 0) < bound {
                let mark = screen.mark(index, 0);
                if mark < bound {
                    marks.push((position, mark / more, Spark::Tie));
                }
            }
        }
    }

    /// Remembers whether the aspiration that a candidate may have comes of ties.
    pub fn note_tie(&mut self, position: u32, spark: Spark) {
        if spark == Spark::Tie {
            self.state.exposed.moved.insert(position);
        }
    }

    /// A candidate has been judged: who is content still did not aspire.
    pub fn settle_tie(&mut self, position: u32, spark: Spark) {
        if spark == Spark::Tie && self.state.is_content(position) {
            self.state.exposed.forget(position);
        }
    }

    /// Sends out the news of a departure from home when the step ends, and counts what came of ties.
    pub fn tell_ties(&mut self, position: u32, time: f64) {
        if self.context.contagion.is_some() {
            let of_ties = self.state.exposed.departed(position, time);
            self.counter.left_by_ties += u64::from(of_ties);
        }
    }
}

/// Brings the news of a step that ended on `day` (days since the first of the scenario) to the ties
/// of those who left in it.
pub fn spread(
    pool: &Pool,
    blocks: &mut [BlockState],
    ties: &Ties,
    contagion: &Contagion,
    day: f64,
) {
    let mut first_blocks = Vec::new();
    for (number, state) in blocks.iter().enumerate() {
        let segment = usize::from(state.block.segment);
        if segment >= first_blocks.len() {
            first_blocks.resize(segment + 1, number);
        }
    }
    let news = pool.map(blocks.len(), |number| {
        let state = &blocks[number];
        let (mut list, mut letters) = (Vec::new(), Vec::new());
        for &(position, day) in &state.exposed.departures {
            let index = state.block.first + position;
            ties.of(state.block.segment, index, &mut list);
            letters.extend(list.iter().map(|tie| {
                let block = first_blocks[usize::from(tie.segment)] + (tie.index / BLOCK) as usize;
                (block, Exposure::new(tie.index % BLOCK, tie.number, day))
            }));
        }
        letters
    });
    for (block, exposure) in news.into_iter().flatten() {
        blocks[block].exposed.news.push(exposure);
    }
    let take = |(): &mut (), state: &mut BlockState| {
        state.exposed.take_news(contagion, day as u32);
    };
    pool.fold(blocks, || (), take, |(), ()| ());
}

#[cfg(test)]
mod tests;
