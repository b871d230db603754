//! One aspiration, judged under several rule sets with the same draws.

use super::belief::Belief;
use super::menu::{Exits, Knowledge, Menu, Prices};
use super::race::{first_of, first_of_equals};
use crate::draw::math::{exp, ln, pow};
use crate::draw::{
    Decision, Key, Words, exponential, exponential_at_least, exponential_at_most, gamma_below_one,
};
use crate::population::Person;
use crate::world::{Hold, RuleSet};

/// What an aspiration's draws depend on: the run's key of the segment, the person, and the date of the step in
/// which the aspiration arose (days since 1970).
#[derive(Debug, Clone, Copy)]
pub struct AspirationKey {
    /// Key of the run and segment.
    pub key: Key,
    /// Index of the person in the segment.
    pub index: u32,
    /// Date of the step in which the aspiration arose.
    pub date: i32,
}

impl AspirationKey {
    /// The draws of A and B for every place.
    fn places(&self) -> Words {
        self.key
            .words(self.index, self.date, Decision::Aspiration, 0)
    }

    /// The draw Y.
    fn time(&self, lambda: f64) -> f64 {
        let mut stream = self
            .key
            .stream(self.index, self.date, Decision::AspirationTime, 0);
        exp(gamma_below_one(1.0 - lambda, &mut stream))
    }

    /// The threshold U^(1 / lambda), which the score of a place has to exceed.
    pub fn threshold(&self, lambda: f64) -> f64 {
        let [u, _] = self
            .key
            .words(self.index, self.date, Decision::AspirationThreshold, 0)
            .uniforms();
        exp(ln(u) / lambda)
    }
}

/// Bounds on what the places of one menu are worth to one person, as exp(V) by place.
#[derive(Debug, Clone, Copy)]
pub struct Bounds<'a, N, O> {
    /// The places, by position, that savings suffice for under the rules in question and that may be worth more
    /// there than the threshold times their worth in the open world.
    pub above: &'a [u32],
    /// Upper bounds under these rules, by position.
    pub now: N,
    /// Lower bounds in the open world, with their sum.
    pub open_at_least: (&'a [f64], f64),
    /// Upper bounds in the open world, by position; few are asked for.
    pub open_at_most: O,
}

impl AspirationKey {
    /// Whether a person with this aspiration certainly does not go under the rules in question.
    ///
    /// Bounds alone show this for most of those who cannot go, more cheaply than judging; `false` says nothing.
    /// `threshold` is [`AspirationKey::threshold`]; `labels` are those of the places.
    pub fn surely_stays(
        &self,
        (lambda, threshold): (f64, f64),
        labels: &[u32],
        bounds: Bounds<'_, impl Fn(usize) -> f64, impl Fn(usize) -> f64>,
    ) -> bool {
        let (open, total) = bounds.open_at_least;
        let base = self.places();
        let mut time = None;
        // The latest time at which the first of the places looked at so far can come; no more places are looked at than
        // needed.
        let (mut first, mut others) = (f64::INFINITY, labels.iter().zip(open));
        // Rounding errs on the side of `false`.
        let room = 1.0 - 1e-9;
        for &place in bounds.above {
            let place = place as usize;
            let now = (bounds.now)(place);
            if now <= threshold * open[place] * room || now <= 0.0 {
                continue;
            }
            let y = *time.get_or_insert_with(|| self.time(lambda));
            let draws = base.about(labels[place]);
            let extra = exponential_at_least(draws.second()) * total / y;
            if now > threshold * (open[place] + extra) * room {
                return false;
            }
            // The person could go there only if the place were its favourite.
            let own = exponential_at_least(draws.first()) / (bounds.open_at_most)(place) * room;
            while first >= own {
                let Some((&label, &weight)) = others.next() else {
                    return false;
                };
                if weight > 0.0 {
                    let latest = exponential_at_most(base.first_about(label)) / weight;
                    first = first.min(latest);
                }
            }
        }
        true
    }
}

/// What the rules make of an aspiration.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// The person goes, to the place at this position of the menu.
    Goes(usize),
    /// The person stays, held by this.
    Held(Hold),
}

/// A person with an aspiration who faces a menu.
#[derive(Debug, Clone, Copy)]
pub struct Aspirant<'a> {
    /// The menu from home.
    pub menu: &'a Menu,
    /// The person.
    pub person: &'a Person,
    /// What fees take off at the person's present income; see [`Menu::prices`].
    pub prices: &'a Prices,
    /// Present monthly income, currency units.
    pub income: f64,
    /// Bars on leaving.
    pub exits: Exits,
    /// Channels that have refused this person lately, or by which it has no day of stay left.
    pub refused: &'a [u16],
    /// What the person believes that differs from what holds.
    pub belief: &'a Belief,
    /// Places where ties of the person live, by position in the menu, each with the factor on its weight.
    pub kin: &'a [(usize, f64)],
    /// Those of the refused channels by which the person would have no day left under lifted rules either.
    pub spent: &'a [u16],
    /// The parameter lambda.
    pub lambda: f64,
    /// The draws.
    pub draws: AspirationKey,
}

/// Buffers that are reused from one aspiration to the next.
#[derive(Debug, Default)]
pub struct Scratch {
    /// exp(V) in the open world.
    pub open: Vec<f64>,
    /// exp(V) under another rule set.
    pub(super) set: Vec<f64>,
    /// Whether `set` holds the weights under the rules as they are for the person whose weights are in `open`.
    set_is_now: bool,
    /// exp(V) under the rules that are known to come.
    ahead: Vec<f64>,
}

impl Aspirant<'_> {
    /// Weighs the places in the open world and returns the sum of the weights, exp(I_open); the weights stay in
    /// `scratch.open`.
    pub fn weigh_open(&self, scratch: &mut Scratch) -> f64 {
        scratch.set_is_now = false;
        if self.exits.barred(RuleSet::Open) {
            scratch.open.clear();
            scratch.open.resize(self.menu.places.len(), 0.0);
            return 0.0;
        }
        let knowledge = Knowledge {
            refused: self.spent,
            ..Knowledge::of(self.belief)
        };
        self.weigh(RuleSet::Open, knowledge, &mut scratch.open)
    }

    /// Like [`Aspirant::weigh_open`], when `scratch.open` already holds the weights of the same person without
    /// ties, with sum `total`.
    pub fn draw_open(&self, total: f64, scratch: &mut Scratch) -> f64 {
        scratch.set_is_now = false;
        drawn(self.kin, &mut scratch.open, total)
    }

    /// Weighs every place as exp(V), including the ties who live there; returns the sum.
    fn weigh(&self, set: RuleSet, knowledge: Knowledge<'_>, weights: &mut Vec<f64>) -> f64 {
        let (person, prices) = (self.person, self.prices);
        let total = self.menu.weigh(person, prices, set, knowledge, weights);
        drawn(self.kin, weights, total)
    }

    /// Judges the aspiration under the rules as they are and, if the person cannot go, under rule sets that open in
    /// turn until it could. `scratch.open` holds the open weights, and `total` is their sum.
    pub fn judge(&self, total: f64, scratch: &mut Scratch) -> Verdict {
        if let Some(weights) = self.menu.uniform_weights()
            && self.refused.is_empty()
            && self.kin.is_empty()
            && !self.exits.barred_now
        {
            let (base, labels) = (self.draws.places(), self.menu.labels());
            return Verdict::Goes(if self.menu.weighs_equally() {
                first_of_equals(base, labels, weights)
            } else {
                first_of(base, labels, weights)
            });
        }
        debug_assert!(self.sets_open_in_turn(), "{:?}", self.person);
        let favourite = self.favourite(&scratch.open);
        // ln Y and ln U / lambda; needed only once the favourite itself is not open.
        let mut draws = None;
        for (set, hold) in [
            (RuleSet::Now, None),
            (RuleSet::GatesLifted, Some(Hold::Barred)),
            (RuleSet::CostsLifted, Some(Hold::Deterred)),
        ] {
            let anew = match set {
                RuleSet::Now => true,
                RuleSet::GatesLifted => self.person.holds != self.person.holds_if_lifted,
                _ => false,
            };
            let plain = self.refused.is_empty() && self.kin.is_empty();
            if anew || self.exits.barred_now || !plain {
                // (Whoever knows what is to come has already weighed what is.)
                if !(set == RuleSet::Now && scratch.set_is_now) {
                    self.weigh_set(set, scratch);
                }
                debug_assert!(self.are_weights(set, &scratch.set), "{:?}", self.person);
            } else {
                self.menu
                    .reweigh(self.person, self.prices, set, self.belief, &mut scratch.set);
            }
            if let Some(place) = self.best(favourite, total, &mut draws, scratch) {
                return hold.map_or(Verdict::Goes(place), Verdict::Held);
            }
        }
        Verdict::Held(Hold::Means)
    }

    /// Whether these are the weights of the places for the person under a rule set.
    fn are_weights(&self, set: RuleSet, weights: &[f64]) -> bool {
        let mut scratch = Scratch::default();
        self.weigh_set(set, &mut scratch);
        scratch.set == weights
    }

    /// Whether each rule set opens the one before for this person: as believed, gates lifted, costs lifted, the
    /// open world. The reason why a person is held is found by this order.
    fn sets_open_in_turn(&self) -> bool {
        let mut before = vec![0.0; self.menu.places.len()];
        RuleSet::ALL.iter().all(|&set| {
            let mut scratch = Scratch::default();
            self.weigh_set(set, &mut scratch);
            let mut pairs = before.iter().zip(&scratch.set);
            let opens = pairs.all(|(before, now)| *before <= now * (1.0 + 1e-9));
            before = scratch.set;
            opens
        })
    }

    /// The place to which a person with this aspiration goes under a rule set, if it goes.
    pub fn goes(&self, set: RuleSet, scratch: &mut Scratch) -> Option<usize> {
        if self.weigh_set(set, scratch) <= 0.0 {
            return None;
        }
        let total = self.weigh_open(scratch);
        let favourite = self.favourite(&scratch.open);
        self.best(favourite, total, &mut None, scratch)
    }

    /// The channel taken: argmin E exp(c / mu) over the channels that the person can use now.
    pub fn channel(&self, place: usize) -> Option<usize> {
        let channels = &self.menu.places[place].channels;
        if channels.len() == 1 {
            // The person goes there, so the channel is usable.
            return Some(channels.start);
        }
        let mut usable = self.menu.channels_of(
            place,
            self.person,
            self.income,
            RuleSet::Now,
            self.knowledge(RuleSet::Now),
        );
        let (first, first_weight) = usable.next()?;
        let Some((second, second_weight)) = usable.next() else {
            // There is nothing to choose.
            return Some(first);
        };
        let AspirationKey { key, index, date } = self.draws;
        let base = key.words(index, date, Decision::AspirationChannel, 0);
        let time = |channel: usize, weight: f64| {
            base.about(self.menu.channels()[channel].1).exponential() / weight
        };
        let (mut best, mut least) = (first, time(first, first_weight));
        for (channel, weight) in [(second, second_weight)].into_iter().chain(usable) {
            let time = time(channel, weight);
            if time < least {
                (best, least) = (channel, time);
            }
        }
        Some(best)
    }

    /// The favourite j*: the argmin of A exp(-V_open), from exp(V_open) by place.
    fn favourite(&self, weights: &[f64]) -> usize {
        first_of(self.draws.places(), self.menu.labels(), weights)
    }

    pub(super) fn weigh_set(&self, set: RuleSet, scratch: &mut Scratch) -> f64 {
        if self.exits.barred(set) {
            scratch.set.clear();
            scratch.set.resize(self.menu.places.len(), 0.0);
            return 0.0;
        }
        self.weigh(set, self.knowledge(set), &mut scratch.set)
    }

    /// What the person knows when it weighs a rule set.
    pub(super) fn knowledge(&self, set: RuleSet) -> Knowledge<'_> {
        Knowledge {
            refused: if set == RuleSet::Now {
                self.refused
            } else {
                self.spent
            },
            ..Knowledge::of(self.belief)
        }
    }

    /// The rush: the factor on the hazard of leaving because the person knows that its choice set will be worth less,
    /// exp(phi lambda (I now - I then)), 1 to `most`.
    pub fn rush(&self, (phi, most): (f64, f64), scratch: &mut Scratch) -> f64 {
        let Scratch {
            set,
            set_is_now,
            ahead,
            ..
        } = scratch;
        let (person, prices) = (self.person, self.prices);
        let knowledge = self.knowledge(RuleSet::Now);
        let now = self
            .menu
            .weigh(person, prices, RuleSet::Now, knowledge, set);
        ahead.clone_from(set);
        let then = self.menu.look_ahead(person, prices, knowledge, ahead);
        let (now, then) = (drawn(self.kin, set, now), drawn(self.kin, ahead, then));
        *set_is_now = !self.exits.barred_now;
        if phi <= 0.0 || self.exits.barred_now || now <= then {
            1.0
        } else if then <= 0.0 {
            most
        } else {
            pow(now / then, phi * self.lambda).min(most)
        }
    }

    /// The place to which the person goes under the rule set of the weights in `scratch.set`, if it goes.
    ///
    /// In weights W = exp(V), the score exp(V_r - V_open - ln t_j + ln T) of a place is
    /// (W_r / W_open) / (1 + [j is not the favourite] B_j sum(W_open) / (W_open Y)); the person
    /// goes if U < score^lambda.
    fn best(
        &self,
        favourite: usize,
        total: f64,
        draws: &mut Option<(f64, f64)>,
        scratch: &Scratch,
    ) -> Option<usize> {
        if scratch.set[favourite] >= scratch.open[favourite] && scratch.open[favourite] > 0.0 {
            // The favourite is as good as in the open world: no other place can score higher, and a score of one passes
            // every threshold.
            return Some(favourite);
        }
        let (y, threshold) = *draws.get_or_insert_with(|| {
            let time = self.draws.time(self.lambda);
            (time, self.draws.threshold(self.lambda))
        });
        let base = self.draws.places();
        let unit_of_time = total / y;
        let (mut place, mut score) = (None, threshold);
        for (position, (&now, &open)) in scratch.set.iter().zip(&scratch.open).enumerate() {
            // (Most places cannot beat the threshold, which is seen without a draw.)
            if now <= 0.0 || open <= 0.0 || now <= score * open {
                continue;
            }
            let own = if position == favourite {
                now / open
            } else {
                let bits = base.about(self.menu.labels()[position]).second();
                let at_least = exponential_at_least(bits) * (1.0 - 1e-12);
                if now <= score * (open + at_least * unit_of_time) {
                    continue;
                }
                now / (open + exponential(bits) * unit_of_time)
            };
            if own > score {
                (place, score) = (Some(position), own);
            }
        }
        place
    }
}

/// Multiplies the weights of places where ties live by their factors and returns the sum; `total` is the sum
/// without them.
pub(super) fn drawn(kin: &[(usize, f64)], weights: &mut [f64], total: f64) -> f64 {
    if kin.is_empty() {
        return total;
    }
    for &(place, factor) in kin {
        weights[place] *= factor;
    }
    weights.iter().sum()
}
