//! What persons of a block hear about rules from ties, sooner than by themselves: from ties who live in
//! a country when a change there is announced, and from ties who were refused.

use super::exposed::Exposed;
use super::lists::{give_back, make_room};
use super::step::BlockStep;
use crate::model::{Beliefs, Sooner, Tip};
use crate::population::{Block, SegmentPopulation};
use crate::units::days_between;
use serde::{Deserialize, Serialize};

/// A person whom a channel refused or turned back, or a tie of such a person.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Refused {
    /// Position in the block.
    pub position: u32,
    /// The channel.
    pub channel: u16,
}

/// The tips of a block.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tips {
    /// In order; for each person, channel and version only the earliest.
    list: Vec<Tip>,
    /// Refusals of persons of the block in the present step.
    #[serde(skip)]
    pub refused: Vec<Refused>,
    /// Refusals of ties of persons of the block in the present step.
    #[serde(skip)]
    pub news: Vec<Refused>,
}

impl Tips {
    /// Whether the tips are valid for a block of `length` persons.
    pub fn are_sound(&self, length: u32) -> bool {
        self.list.iter().all(|tip| tip.position < length)
    }

    /// The tips of a person.
    #[inline]
    pub fn of(&self, position: u32) -> &[Tip] {
        if self.list.is_empty() {
            return &[];
        }
        let begin = self.list.partition_point(|tip| tip.position < position);
        let rest = &self.list[begin..];
        let end = rest.iter().position(|tip| tip.position != position);
        &rest[..end.unwrap_or(rest.len())]
    }

    /// The refusals of the present step, each person and channel once.
    pub fn refused_once(&self) -> Vec<Refused> {
        let mut refused = self.refused.clone();
        refused.sort_unstable();
        refused.dedup();
        refused
    }

    /// Adds tips, and drops those that say nothing new any more on a day.
    fn add(&mut self, tips: Vec<Tip>, day: u16) {
        self.list.retain(|tip| tip.own > day);
        if tips.is_empty() {
            // (Most tips come together, with an announcement, and then expire.)
            give_back(&mut self.list);
            return;
        }
        make_room(&mut self.list, tips.len());
        self.list.extend(tips);
        self.list.sort_unstable();
        let subject = |tip: &Tip| (tip.position, tip.channel, tip.version);
        self.list.dedup_by_key(|tip| subject(tip));
    }

    /// Turns the refusals of ties in a step that ended on `day` into tips.
    pub fn take_news(
        &mut self,
        people: &SegmentPopulation,
        block: Block,
        beliefs: &Beliefs,
        day: u16,
    ) {
        self.refused.clear();
        let news = std::mem::take(&mut self.news);
        let tips = news.iter().filter_map(|refused| {
            let person = (
                refused.position,
                people.identity(block.first + refused.position),
            );
            let acting = beliefs.acting(refused.channel)?;
            acting.tip(people, person, Sooner::At(day), day)
        });
        let tips = tips.collect();
        self.add(tips, day);
    }

    /// All tips, mutably, to rename their channels in another scenario; call [`Tips::put_in_order`] afterwards.
    pub fn iter_mut(&mut self) -> impl Iterator<Item = &mut Tip> {
        self.list.iter_mut()
    }

    /// Sorts the tips again.
    pub fn put_in_order(&mut self) {
        self.list.sort_unstable();
    }

    /// Bytes occupied.
    pub fn bytes(&self) -> usize {
        self.list.capacity() * size_of::<Tip>()
    }
}

impl BlockStep<'_, '_> {
    /// Lets persons with a tie in a country hear of what is announced there in this step, with a shorter lag.
    pub fn hear_from_ties(&mut self) {
        let Some(ties) = self.context.ties else {
            return;
        };
        let mut tips = Vec::new();
        let day = self.context.begin as u16;
        let mut announced = self.context.beliefs.announced(ties.lag).peekable();
        if announced.peek().is_none() {
            return;
        }
        let calendar = &self.context.scenario.calendar;
        let to_come = &calendar.steps[usize::from(self.context.step)..];
        let starts = to_come
            .iter()
            .map(|step| days_between(calendar.start, step.start) as u16);
        let starts: Vec<u16> = starts.collect();
        // Who knows matters only at the beginning of a step.
        let matters = |tip: &Tip| {
            let next = starts.partition_point(|start| *start < tip.heard);
            starts.get(next).is_some_and(|start| *start < tip.own)
        };
        for spreading in announced {
            let sooner = Sooner::WithLag(ties.lag);
            let insiders = self.state.exposed.of_each();
            let insiders = insiders.filter(|(_, ties)| Exposed::lives_in(ties, spreading.country));
            tips.extend(insiders.filter_map(|(position, _)| {
                let person = (position, self.people.identity(self.index(position)));
                spreading
                    .tip(self.people, person, sooner, day)
                    .filter(matters)
            }));
        }
        if !tips.is_empty() {
            self.state.tips.add(tips, day);
        }
    }
}
