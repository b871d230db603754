//! What an aspiration can come to before its draws are known, and what stands in a person's way.

use super::aspiration::{Aspirant, Scratch};
use super::conditions::meets;
use crate::draw::math::pow;
use crate::population::Person;
use crate::world::{ChannelRules, HOLDS, RuleSet};

/// The chances of an aspiration; those of `goes` and `held` add up to 1.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Odds {
    /// By country (index): the chance that the person would most like to go there in the open world; the chances
    /// add up to 1, or there are none.
    pub wishes: Vec<(u16, f64)>,
    /// By available channel (index): the chance of going by it.
    pub goes: Vec<(u16, f64)>,
    /// The chance of being held, by what holds (`Hold as usize`).
    pub held: [f64; HOLDS],
}

impl Odds {
    /// The chance of going at all, 0 to 1.
    pub fn going(&self) -> f64 {
        self.goes.iter().map(|(_, chance)| chance).sum()
    }
}

/// Differences of chances below this are due to rounding.
const ROUNDING: f64 = 1e-12;

/// The difference from a chance to one, or 0 if it is due to rounding.
fn step_to_one(chance: f64) -> f64 {
    let rest = 1.0 - chance;
    if rest < ROUNDING { 0.0 } else { rest }
}

impl Aspirant<'_> {
    /// The chances of the aspiration over all its draws: a person goes under a rule set with chance
    /// (W / `W_open`)^lambda, W being the sum of its weights, and then to a place in proportion to the place's weight.
    pub fn odds(&self, scratch: &mut Scratch) -> Odds {
        let open = self.weigh_open(scratch);
        if open <= 0.0 {
            return Odds::default();
        }
        let countries = self.menu.places.iter().map(|place| place.country);
        let wishes = countries.zip(scratch.open.iter().map(|weight| weight / open));
        let wishes = wishes.filter(|(_, share)| *share > 0.0).collect();
        let chance = |sum: f64| pow((sum / open).min(1.0), self.lambda);
        let now = self.weigh_set(RuleSet::Now, scratch);
        let goes = self.ways(now, if now > 0.0 { chance(now) } else { 0.0 }, scratch);
        let mut before: f64 = goes.iter().map(|(_, chance)| chance).sum();
        let mut step = |set| {
            let sum = self.weigh_set(set, scratch);
            let reached = if sum > 0.0 { chance(sum) } else { 0.0 };
            // (What rounding leaves is not a chance.)
            let more = reached - before;
            if more < ROUNDING {
                return 0.0;
            }
            before = reached;
            more
        };
        let barred = step(RuleSet::GatesLifted);
        let deterred = step(RuleSet::CostsLifted);
        Odds {
            wishes,
            goes,
            held: [barred, deterred, step_to_one(before)],
        }
    }

    /// The chance of going by each available channel, of `total` in all; the weights of the places are in
    /// `scratch.set` and add up to `sum`.
    fn ways(&self, sum: f64, total: f64, scratch: &Scratch) -> Vec<(u16, f64)> {
        let mut ways = Vec::new();
        for (place, weight) in scratch.set.iter().enumerate() {
            if *weight <= 0.0 {
                continue;
            }
            let knowledge = self.knowledge(RuleSet::Now);
            let (person, income, set) = (self.person, self.income, RuleSet::Now);
            let channels = self
                .menu
                .channels_of(place, person, income, set, knowledge)
                .collect::<Vec<_>>();
            let all: f64 = channels.iter().map(|(_, weight)| weight).sum();
            for (channel, part) in channels {
                let chance = total * weight / sum * part / all;
                ways.push((self.menu.channels()[channel].0, chance));
            }
        }
        ways
    }
}

/// Something that keeps a person from a channel.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Hurdle {
    /// A bar on leaving the origin.
    Exit,
    /// The channel is closed.
    Closed,
    /// The channel is not for citizens of the origin.
    Origin,
    /// Nobody of the segment is admitted.
    NobodyAdmitted,
    /// Documents are missing: all of the first are needed (bits), and one of the second (bits).
    Documents {
        /// Those missing among the documents that are all needed.
        all: u32,
        /// The documents of which one is needed and none is held; 0 if none is missing.
        any: u32,
    },
    /// Conditions that are not met, as bits: bit = `Condition as u8`.
    Conditions(u8),
    /// Savings required, in currency units; the person has less.
    Money(f64),
    /// The channel has lately refused the person or turned it back.
    RefusedLately,
    /// The days of stay that the channel allows are used up.
    NoDaysLeft,
}

/// Lists what in the rules of a channel of a country (index) stands in the way of a person whose origin has this slot.
pub fn hurdles(rules: &ChannelRules, slot: u32, person: &Person, country: u16) -> Vec<Hurdle> {
    let mut list = Vec::new();
    if !rules.open {
        list.push(Hurdle::Closed);
    }
    if rules.origins & (1 << slot) == 0 {
        list.push(Hurdle::Origin);
    }
    if rules.open && rules.grant <= 0.0 {
        list.push(Hurdle::NobodyAdmitted);
    }
    if !rules.has_documents(person.holds) {
        let none = rules.needs_any & person.holds == 0;
        list.push(Hurdle::Documents {
            all: rules.needs & !person.holds,
            any: if none { rules.needs_any } else { 0 },
        });
    }
    let missing = (0..8)
        .map(|bit| rules.requires & (1 << bit))
        .filter(|&condition| condition != 0 && !meets(person, condition, country))
        .fold(0, |bits, condition| bits | condition);
    if missing != 0 {
        list.push(Hurdle::Conditions(missing));
    }
    list
}
