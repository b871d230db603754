//! Observes watched persons while blocks move. It sees what is counted, and draws nothing.
//!
//! What happens to a person is counted in many places. Each first says whom and when it concerns
//! ([`BlockStep::attend`]), and everything counted from then on is of that person.

use super::notice::{Detail, Notice, Seen, Watch};
use super::step::BlockStep;
use crate::population::Block;

/// An observer of the persons of the block being moved.
#[derive(Debug)]
pub struct Witness<'a> {
    watch: &'a Watch,
    /// Whether anybody is watched.
    on: bool,
    segment: u16,
    first: u32,
    /// The person to whom what is counted now belongs, if it is watched.
    subject: Option<(u16, u32)>,
    /// When it happens, in days since the first day of the scenario.
    time: f64,
    notices: Vec<Notice>,
}

impl<'a> Witness<'a> {
    /// A witness who has seen nothing yet.
    pub fn new(watch: &'a Watch) -> Self {
        Self {
            watch,
            on: *watch != Watch::Nobody,
            segment: 0,
            first: 0,
            subject: None,
            time: 0.0,
            notices: Vec::new(),
        }
    }

    /// Whether anybody is watched.
    #[inline]
    pub fn is_on(&self) -> bool {
        self.on
    }

    /// Who is watched.
    pub fn watch(&self) -> &Watch {
        self.watch
    }

    /// Moves on to another block.
    pub fn begin(&mut self, block: Block) {
        (self.segment, self.first, self.subject) = (block.segment, block.first, None);
    }

    /// Attributes what is counted from now on to the person at a position of the block, at a time.
    #[inline]
    pub fn attend(&mut self, position: u32, time: f64) {
        if self.on {
            let who = (self.segment, self.first + position);
            self.subject = self.watch.includes(who).then_some(who);
            self.time = time;
        }
    }

    /// Whether the current person is traced, so that details are wanted.
    #[inline]
    pub fn traces(&self) -> bool {
        self.subject.is_some() && matches!(self.watch, Watch::Lives(_))
    }

    /// Notes something about the current person, if it is watched.
    #[inline]
    pub fn note(&mut self, seen: impl FnOnce() -> Seen) {
        if let Some(who) = self.subject {
            self.notices.push(Notice {
                who,
                time: self.time,
                seen: seen(),
            });
        }
    }

    /// Adds the notices of another witness.
    pub fn join(&mut self, mut other: Self) {
        self.notices.append(&mut other.notices);
    }

    /// Removes and returns the notices.
    pub fn take(&mut self) -> Vec<Notice> {
        std::mem::take(&mut self.notices)
    }

    /// The positions of traced persons in a block.
    fn traced_in(&self, block: Block) -> Vec<u32> {
        let Watch::Lives(list) = self.watch else {
            return Vec::new();
        };
        let end = block.first + block.length;
        let here = list.iter().filter(|(segment, index)| {
            *segment == block.segment && (block.first..end).contains(index)
        });
        here.map(|(_, index)| index - block.first).collect()
    }
}

impl BlockStep<'_, '_> {
    /// Attributes what is counted from now on to the person at a position, at a time (days since the first
    /// day of the scenario).
    #[inline]
    pub fn attend(&mut self, position: u32, time: f64) {
        self.counter.witness.attend(position, time);
    }

    /// Notes something about the current person, if it is watched.
    #[inline]
    pub fn note(&mut self, seen: impl FnOnce() -> Seen) {
        self.counter.witness.note(seen);
    }

    /// Notes a detail about the current person, if it is traced.
    #[inline]
    pub fn detail(&mut self, detail: impl FnOnce() -> Detail) {
        if self.counter.witness.traces() {
            self.counter
                .witness
                .note(|| Seen::Detail(Box::new(detail())));
        }
    }

    /// The positions of the block's traced persons.
    pub fn traced(&self) -> Vec<u32> {
        self.counter.witness.traced_in(self.state.block)
    }
}
