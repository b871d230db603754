//! From a decision to an arrival: attempts, refusals, departures.

use super::held::Held;
use super::lists::push;
use super::notice::{Detail, Seen};
use super::records::{Abroad, Departing, WITHOUT_END};
use super::refusals::Refusal;
use super::step::BlockStep;
use crate::draw::{Decision, gamma_of_shape_three};
use crate::model::meets;
use crate::population::Person;
use crate::scenario::Motive;
use crate::world::{FlowEvent, Hold};

/// How an attempt ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Attempt {
    /// Admitted or refused.
    Answered(Answer),
    /// A gate no longer holds.
    TurnedBack,
}

/// The answer to a person who asks to be admitted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Answer {
    /// Admitted.
    Granted,
    /// Refused.
    Refused,
    /// Refused by mistake: the person would otherwise have been admitted.
    WronglyRefused,
}

/// A person at home who has decided to leave: who, since when, why.
#[derive(Debug, Clone, Copy)]
pub struct Decided<'p> {
    /// The person's traits.
    pub person: &'p Person,
    /// Position in the block.
    pub position: u32,
    /// First day of the step in which the aspiration arose, in days since the first day of the scenario.
    pub aspired: u16,
    /// Motive.
    pub motive: Motive,
}

impl BlockStep<'_, '_> {
    /// Attempts a channel under the rules that hold now.
    pub fn attempt(&mut self, person: &Person, channel: u16, barred: bool) -> Attempt {
        if self.may_attempt(person, channel, barred) {
            Attempt::Answered(self.answer(person.index, channel))
        } else {
            self.note_shut(person, channel, barred);
            Attempt::TurnedBack
        }
    }

    /// Whether the policy gates of a channel and its requirements of documents hold now for a person.
    pub fn may_attempt(&self, person: &Person, channel: u16, barred: bool) -> bool {
        let segment = usize::from(self.segment());
        let rules = self
            .context
            .world
            .rules
            .channel(usize::from(channel), segment);
        let country = self.context.scenario.channels[usize::from(channel)].country;
        !barred
            && rules.admits(self.slot)
            && rules.has_documents(person.holds)
            && meets(person, rules.requires, country)
    }

    /// The single draw of a channel's grant in a step; of those admitted, some are refused by mistake.
    pub fn answer(&mut self, index: u32, channel: u16) -> Answer {
        let label = self.context.channel_labels[usize::from(channel)];
        let [u, _] = self
            .key
            .words(index, self.context.date, Decision::Grant, label)
            .uniforms();
        let segment = usize::from(self.segment());
        let rules = &self.context.world.rules;
        let grant = rules.channel(usize::from(channel), segment).grant;
        self.detail(|| Detail::Chance { channel, grant });
        if u >= grant {
            return Answer::Refused;
        }
        let mistaken = rules.mistake(usize::from(channel), segment);
        if mistaken > 0.0 && self.people.mistaken_below(index, label) < mistaken {
            Answer::WronglyRefused
        } else {
            Answer::Granted
        }
    }

    /// Counts a refusal at home.
    pub fn count_refusal(&mut self, person: &Person, channel: u16, answer: Answer) {
        self.counter.own_flow(channel, FlowEvent::Refused);
        let people = self.people;
        let (identity, stratum) = people.identity_and_stratum_of(person);
        let tally = &mut self.counter.segments[usize::from(self.state.block.segment)];
        tally.refused += 1;
        tally.refused_dissent += thousandths(people.dissent(identity, stratum));
        if answer == Answer::WronglyRefused {
            tally.mistaken[people.kind_of_risk(identity, stratum)] += 1;
            self.counter.own_flow(channel, FlowEvent::WronglyRefused);
        }
    }

    /// Counts a refusal on the way from one host to another.
    pub fn count_refusal_abroad(&mut self, way: (u16, u16), channel: u16, answer: Answer) {
        let segment = self.segment();
        self.counter.flow(segment, way, channel, FlowEvent::Refused);
        if answer == Answer::WronglyRefused {
            let event = FlowEvent::WronglyRefused;
            self.counter.flow(segment, way, channel, event);
        }
    }

    /// Attempts to leave home by a channel at `time` (days since the first day of the scenario). On success
    /// the person is on its way; otherwise it waits for a decision or is held. The caller has removed the
    /// person from the state it was in.
    pub fn try_to_leave(&mut self, decided: Decided<'_>, channel: u16, time: f64, barred: bool) {
        self.attend(decided.position, time);
        let permission = self.context.world.rules.channels[usize::from(channel)].permission;
        let shut = barred || !self.has_day_left(decided.position, channel, time);
        if permission
            && self.context.procedures.waits[usize::from(channel)]
            && self.may_attempt(decided.person, channel, shut)
        {
            self.counter.own_flow(channel, FlowEvent::Applied);
            self.apply(decided, channel, time);
            return;
        }
        let attempt = self.attempt(decided.person, channel, shut);
        if permission && attempt != Attempt::TurnedBack {
            self.counter.own_flow(channel, FlowEvent::Applied);
        }
        match attempt {
            Attempt::Answered(Answer::Granted) => {
                if permission {
                    self.counter.own_flow(channel, FlowEvent::Granted);
                }
                self.set_off(decided, channel, time);
            }
            Attempt::Answered(answer) => {
                self.count_refusal(decided.person, channel, answer);
                self.hold_back(decided, channel, time);
            }
            Attempt::TurnedBack => {
                self.counter.own_flow(channel, FlowEvent::TurnedBack);
                self.hold_back(decided, channel, time);
            }
        }
    }

    /// Sets out: at once if the person believes that permission has to be asked for or if the departure date falls into
    /// this step, otherwise on a later date. `time` is the time of the decision.
    pub fn set_out(&mut self, decided: Decided<'_>, channel: u16, time: f64, barred: bool) {
        if self
            .believed_rules(decided.person.index, channel)
            .permission
        {
            self.try_to_leave(decided, channel, time, barred);
            return;
        }
        let delay = &self.context.scenario.behaviour.delay;
        let mean = match decided.motive {
            Motive::Mobilisation => delay.mobilisation,
            Motive::Conscience => delay.conscience,
            Motive::Ordinary | Motive::Persecution | Motive::Hardship => delay.other,
        };
        let words = |place| {
            let (index, date) = (decided.person.index, self.context.date);
            self.key.words(index, date, Decision::DepartureDelay, place)
        };
        let due = time
            + if mean.days() > 0.0 {
                gamma_of_shape_three(mean.days(), words(0), words(1))
            } else {
                0.0
            };
        let due = self.brought_forward(decided.person.index, channel, due, time);
        self.note(|| Seen::SetsOut { channel, due });
        if due < self.context.begin + self.context.days {
            self.try_to_leave(decided, channel, due, barred);
        } else {
            let departing = Departing {
                position: decided.position,
                aspired: decided.aspired,
                motive: decided.motive,
                channel,
                due,
            };
            push(&mut self.state.departing, departing);
        }
    }

    /// Leaves the origin at `time` (days since the first day of the scenario).
    pub fn leave(&mut self, decided: &Decided<'_>, channel: u16, time: f64) {
        self.counter.own_flow(channel, FlowEvent::Left);
        self.state.forget_refusals(decided.position);
        self.tell_of_departure(decided.position, time);
        let people = self.people;
        let (identity, stratum) = people.identity_and_stratum_of(decided.person);
        let (age, male, educated) = people.description(decided.person.index);
        let income = self.share_of_mean(people.income(identity, stratum));
        let tally = &mut self.counter.segments[usize::from(self.state.block.segment)];
        tally.left_dissent += thousandths(people.dissent(identity, stratum));
        tally.left_income += income;
        tally.left_by[decided.motive as usize] += 1;
        tally.left_age_years += age as u64;
        tally.left_men += u64::from(male);
        tally.left_educated += u64::from(educated);
        tally.left_active += u64::from(decided.person.active);
        self.begin_exile(decided.position, decided.person.active, time);
    }

    /// A person's income on the first day, as in [`BlockStep::share_of_mean`].
    pub fn first_income(&self, index: u32) -> u64 {
        let (identity, stratum) = self.people.identity_and_stratum(index);
        self.share_of_mean(self.people.income(identity, stratum))
    }

    /// An income of the first day (currency units a month) in thousandths of the mean wage of the origin, so
    /// that the unit of currency does not matter.
    pub fn share_of_mean(&self, income: f64) -> u64 {
        let origin = usize::from(self.people.origin);
        let mean = self.context.world.reference_income(origin);
        if mean > 0.0 {
            thousandths(income / mean)
        } else {
            0
        }
    }

    /// Completes the arrival at `time` of a person who left the origin at `left` (days since the first day of the
    /// scenario).
    pub fn settle_in(&mut self, decided: &Decided<'_>, channel: u16, (time, left): (f64, f64)) {
        let person = decided.person;
        if !self.state.been_out.contains(decided.position) {
            let (identity, stratum) = self.people.identity_and_stratum_of(person);
            let kind = self.people.kind_of_risk(identity, stratum);
            self.counter.segments[usize::from(self.state.block.segment)].got_out[kind] += 1;
        }
        let kind = self.people.kind_of(person.index, person.connected);
        let who = (decided.position, kind);
        let mut arrived = self.arrive(who, self.people.origin, channel, time);
        if let Some(purse) = self.purse_from_home(decided.person, &arrived, left) {
            arrived.until = self.next_look(&purse, &arrived);
            push(&mut self.state.purses, purse);
        }
        push(&mut self.state.abroad, arrived);
    }

    /// Counts an arrival and makes its record.
    pub fn arrive(
        &mut self,
        (position, kind): (u32, u8),
        from: u16,
        channel: u16,
        time: f64,
    ) -> Abroad {
        let segment = self.segment();
        let country = self.context.scenario.channels[usize::from(channel)].country;
        let rules = &self.context.world.rules.channels[usize::from(channel)];
        if from == self.people.origin {
            self.counter.own_flow(channel, FlowEvent::Arrived);
        } else {
            let way = (from, country);
            self.counter.flow(segment, way, channel, FlowEvent::Arrived);
        }
        self.count_stay(position, country, rules.status, 1);
        let status = rules.status;
        let until = self
            .permitted(position, channel, time, None)
            .unwrap_or(time as u16);
        self.detail(|| Detail::Permitted {
            status,
            until: end_of(until),
        });
        self.tell_of_place(position, Some(country));
        Abroad {
            position,
            channel,
            since: time as u16,
            until,
            status,
            kind,
        }
    }

    /// Removes an agent from the stock of its country.
    pub fn depart_from(&mut self, country: u16, record: &Abroad) {
        self.count_stay(record.position, country, record.status, -1);
    }

    /// Holds a person whom a channel refused or turned back; where holding is off, the person is content again
    /// when the step ends.
    pub fn hold_back(&mut self, decided: Decided<'_>, channel: u16, time: f64) {
        self.tell_of_refusal(decided.position, channel);
        let holding = &self.context.scenario.behaviour.holding;
        self.note(|| Seen::HeldBack);
        if !holding.on {
            self.state.coming_home.push(decided.position);
            return;
        }
        self.state.hold(Held {
            position: decided.position,
            aspired: decided.aspired,
            motive: decided.motive,
            hold: Hold::Barred,
        });
        self.state.refusals.add(Refusal {
            position: decided.position,
            channel,
            until: time + holding.retry.days(),
        });
    }
}

/// The day on which a record ends; `None` if it does not end.
pub fn end_of(day: u16) -> Option<u16> {
    (day != WITHOUT_END).then_some(day)
}

/// The day on which a stay of `stay_days` days from `time` ends.
pub fn until(time: f64, stay_days: f64) -> u16 {
    let end = time + stay_days;
    if end < f64::from(WITHOUT_END) {
        end as u16
    } else {
        WITHOUT_END
    }
}

/// A share rounded to whole thousandths, so that sums do not depend on their order.
fn thousandths(share: f64) -> u64 {
    // (`round` is a library call where the processor may lack the instruction.)
    let thousandths = share * 1000.0;
    let whole = thousandths as u64;
    whole + u64::from(thousandths - whole as f64 >= 0.5)
}
