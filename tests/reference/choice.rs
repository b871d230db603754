//! The value of a place, the channels a person can use, and what each costs.

use crate::persons::Person;
use crate::rules::Rules;
use crate::windows::{Visit, day_of, has_days_left};
use crate::world::World;
use exeunt::scenario::{Behaviour, Condition, Status};

/// Where a person chooses from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    Home,
    Abroad(usize),
}

/// A person looking at the world under one set of rules.
#[derive(Debug, Clone, Copy)]
pub struct View<'a> {
    pub behaviour: &'a Behaviour,
    pub world: &'a World,
    /// The sets of rules that follow from what the person believes.
    pub sets: &'a [Rules; 4],
    /// The one it looks at.
    pub rules: &'a Rules,
    pub person: &'a Person,
    pub place: Place,
    /// Channels that refused the person recently.
    pub refused_by: &'a [usize],
    /// Visits that have ended.
    pub visits: &'a [Visit],
    /// Income now, currency units a month.
    pub income: f64,
    /// Savings now, currency units.
    pub savings: f64,
    /// The time at which days of stay are counted, days.
    pub time: f64,
    /// Whether a case against the person lasts.
    pub prosecuted: bool,
    /// By country: how many ties live there; empty where that does not matter.
    pub kin: &'a [u32],
}

impl<'a> View<'a> {
    /// A person at home who remembers neither refusals nor visits.
    pub fn at_home(
        behaviour: &'a Behaviour,
        world: &'a World,
        sets: &'a [Rules; 4],
        person: &'a Person,
    ) -> Self {
        Self {
            behaviour,
            world,
            sets,
            rules: &sets[0],
            person,
            place: Place::Home,
            refused_by: &[],
            visits: &[],
            income: person.income * world.countries[person.origin].real_income,
            savings: person.savings,
            time: world.time,
            prosecuted: false,
            kin: &[],
        }
    }

    /// The same person under another set of rules.
    pub fn under(self, rule_set: usize) -> Self {
        Self {
            rules: &self.sets[rule_set],
            ..self
        }
    }

    /// The same person meeting the rules that hold, at a time.
    pub fn meeting(self, time: f64) -> Self {
        Self {
            rules: &self.world.now,
            refused_by: &[],
            time,
            ..self
        }
    }

    /// The country where the person is.
    pub fn here(self) -> usize {
        match self.place {
            Place::Home => self.person.origin,
            Place::Abroad(country) => country,
        }
    }

    /// V by country; minus infinity where no channel can be used.
    pub fn values(self) -> Vec<f64> {
        self.values_by(|_| true)
    }

    /// V by country, by channels of some kind alone.
    pub fn values_by(self, is_of_kind: impl Fn(usize) -> bool) -> Vec<f64> {
        (0..self.world.countries.len())
            .map(|country| {
                let channels = self.usable_channels(country);
                self.value(country, channels.filter(|channel| is_of_kind(*channel)))
            })
            .collect()
    }

    fn value(self, country: usize, channels: impl Iterator<Item = usize>) -> f64 {
        if country == self.here() || country == self.person.origin {
            return f64::NEG_INFINITY;
        }
        let mu = self.behaviour.choice.mu;
        let sum: f64 = channels
            .map(|channel| (-self.cost(channel) / mu).exp())
            .sum();
        if sum > 0.0 {
            self.place_value(country, self.here()) + mu * sum.ln()
        } else {
            f64::NEG_INFINITY
        }
    }

    /// u: the value of being in a country, seen from a place at some distance.
    pub fn place_value(self, country: usize, seen_from: usize) -> f64 {
        let choice = &self.behaviour.choice;
        let there = &self.world.countries[country];
        let origin = self.person.origin;
        let logarithms = &self.world.logarithms;
        let diaspora = there.diaspora[origin];
        let renter = f64::from(u8::from(self.person.renter));
        let language = if self.person.speaks[country] {
            1.0
        } else {
            there.language[origin]
        };
        let ties = self.kin.get(country).map_or(0.0, |ties| f64::from(*ties));
        let kin = self.behaviour.ties.map_or(0.0, |rules| rules.kin);
        choice.income * logarithms.income[country][origin]
            - choice.rent * renter * logarithms.rent[country]
            + choice.diaspora * logarithms.diaspora[country][origin]
            - choice.distance * logarithms.distance[country][seen_from]
            + choice.language
                * language
                * (1.0 - 0.5 * (diaspora / choice.diaspora_language_scale).min(1.0))
            + choice.safety * there.safety
            + kin * log(1.0 + ties)
            - choice.hostility * self.world.receptions[country].hostility
            + logarithms.population[country]
            + there.constant
    }

    /// c: what a channel costs, in utility.
    pub fn cost(self, channel: usize) -> f64 {
        let choice = &self.behaviour.choice;
        let grant = self.grant(channel);
        let channel = &self.rules.channels[channel];
        let visa = if channel.permission { choice.visa } else { 0.0 };
        visa + part_of_income(channel.fee.amount(), self.income) - choice.refusal * log(grant)
            + status_cost(self.behaviour, channel.status)
    }

    /// The chance of being admitted by a channel.
    pub fn grant(self, channel: usize) -> f64 {
        self.rules.grants[channel][self.person.segment]
    }

    /// The channels of a country that the person can use.
    pub fn usable_channels(self, country: usize) -> impl Iterator<Item = usize> + 'a {
        self.world.channels_of[country]
            .iter()
            .copied()
            .filter(move |channel| self.can_use(*channel))
    }

    fn can_use(self, channel: usize) -> bool {
        let from = &self.rules.channels[channel].apply_from;
        let from_here = match self.place {
            Place::Home => from.home || from.border,
            Place::Abroad(_) => from.abroad || from.border,
        };
        from_here && self.admitted_by_policy(channel) && self.has_the_means(channel)
    }

    /// Whether no policy gate stands in the way.
    pub fn admitted_by_policy(self, channel: usize) -> bool {
        let at_home = self.place == Place::Home;
        let recently_refused =
            at_home && self.rules.refusals_bar && self.refused_by.contains(&channel);
        let barred_from_leaving = at_home && self.barred_from_leaving();
        let without_days =
            self.rules.days_are_counted[channel] && !self.has_days_left(channel, self.time);
        self.open_to(channel) && !recently_refused && !barred_from_leaving && !without_days
    }

    /// Whether a channel takes persons like this one.
    pub fn open_to(self, channel: usize) -> bool {
        let origin = u16::try_from(self.person.origin).expect("a country index");
        let rule = &self.rules.channels[channel];
        rule.open
            && rule.origins.contains(&origin)
            && self.meets_conditions(channel)
            && self.grant(channel) > 0.0
    }

    fn meets_conditions(self, channel: usize) -> bool {
        let rule = &self.rules.channels[channel];
        let country = usize::from(rule.country);
        [
            (Condition::AtRisk, self.person.at_risk),
            (Condition::Ancestry, self.person.ancestry[country]),
            (Condition::Kin, self.person.kin[country]),
            (Condition::Employer, self.person.employer[country]),
            (Condition::DraftNotice, self.person.draft_notice),
        ]
        .into_iter()
        .all(|(condition, met)| rule.requires & (1 << condition as u8) == 0 || met)
    }

    fn barred_from_leaving(self) -> bool {
        let segment = u16::try_from(self.person.segment).expect("a segment index");
        self.rules
            .exit_gates
            .iter()
            .zip(&self.person.barred_above)
            .any(|(gate, above)| {
                let only = gate.only;
                let everybody = !only.summoned && !only.prosecuted;
                let concerned = everybody
                    || only.summoned && self.person.draft_notice
                    || only.prosecuted && self.prosecuted;
                gate.segments.contains(&segment) && concerned && *above < gate.share
            })
    }

    /// Whether an entry by a channel would have a day of stay left, under the rules that hold.
    fn has_days_left(self, channel: usize, time: f64) -> bool {
        let rule = &self.world.now.channels[channel].stay;
        let day = day_of(time);
        has_days_left(rule, channel, self.visits, day, day)
    }

    /// Whether the person holds the documents that a channel needs.
    pub fn has_documents(self, channel: usize) -> bool {
        let rule = &self.rules.channels[channel];
        let held = self.documents();
        held & rule.needs == rule.needs && (rule.needs_any == 0 || held & rule.needs_any != 0)
    }

    /// The documents that the person holds at the beginning of the step.
    fn documents(self) -> u32 {
        let states = self.rules.documents.iter().zip(&self.person.document_life);
        states
            .enumerate()
            .filter(|(_, (state, life))| {
                let until = state
                    .valid
                    .map_or(f64::INFINITY, |valid| state.stopped + valid * *life);
                state.issued || self.world.time < until
            })
            .fold(0, |held, (document, _)| {
                held | (self.person.documents & (1 << document))
            })
    }

    fn has_the_means(self, channel: usize) -> bool {
        let rule = &self.rules.channels[channel];
        let country = usize::from(rule.country);
        let rent = if self.person.renter {
            self.world.rent_borne(self.behaviour, country, 0.0)
        } else {
            0.0
        };
        let needed = rule.fee.amount() + self.world.countries[country].travel.amount() + 2.0 * rent;
        self.has_documents(channel) && (!self.rules.savings_tested || self.savings >= needed)
    }
}

/// An amount over monthly income: nothing is nothing of any income.
pub fn part_of_income(amount: f64, income: f64) -> f64 {
    if amount == 0.0 { 0.0 } else { amount / income }
}

/// c_status.
pub fn status_cost(behaviour: &Behaviour, status: Status) -> f64 {
    let cost = &behaviour.status;
    match status {
        Status::Protected => cost.protected,
        Status::Legal => cost.legal,
        Status::Temporary => cost.temporary,
        Status::Pending => cost.pending,
        Status::Irregular => cost.irregular,
    }
}

/// I: the logarithm of the sum of the exponentials; minus infinity of nothing.
pub fn inclusive_value(values: &[f64]) -> f64 {
    values.iter().map(|value| value.exp()).sum::<f64>().ln()
}

/// The natural logarithm; most that is asked for is that of one.
fn log(value: f64) -> f64 {
    if value == 1.0 { 0.0 } else { value.ln() }
}
