//! The value of a place, the channels a person can use, and what each costs.

use crate::persons::Person;
use crate::rules::Rules;
use crate::world::World;
use exeunt::scenario::{Behaviour, Channel, Condition, Status};

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
    pub rules: &'a Rules,
    pub person: &'a Person,
    pub place: Place,
    /// Channels that refused the person recently.
    pub refused_by: &'a [usize],
}

impl<'a> View<'a> {
    /// The same person under another set of rules.
    pub fn under(self, rule_set: usize) -> Self {
        Self {
            rules: &self.world.rule_sets[rule_set],
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

    /// Income now, currency units a month.
    pub fn income(self) -> f64 {
        let here = &self.world.countries[self.here()];
        match self.place {
            Place::Home => self.person.income * here.real_income,
            Place::Abroad(_) if self.person.remote => self.person.income,
            Place::Abroad(_) => here.wage.per_month() * here.real_income,
        }
    }

    /// V by country; minus infinity where no channel can be used.
    pub fn values(self) -> Vec<f64> {
        (0..self.world.countries.len())
            .map(|country| self.value(country))
            .collect()
    }

    fn value(self, country: usize) -> f64 {
        if country == self.here() || country == self.person.origin {
            return f64::NEG_INFINITY;
        }
        let mu = self.behaviour.choice.mu;
        let sum: f64 = self
            .usable_channels(country)
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
        let income = there.wage.per_month() * there.real_income;
        let diaspora = there.diaspora[origin];
        let renter = f64::from(u8::from(self.person.renter));
        let language = if self.person.speaks[country] {
            1.0
        } else {
            there.language[origin]
        };
        choice.income * (income / self.world.first_income[origin]).ln()
            - choice.rent * renter * self.world.rent_ratio[country].ln()
            + choice.diaspora * (1.0 + diaspora / choice.diaspora_scale).ln()
            - choice.distance * there.distance[seen_from].kilometres().ln()
            + choice.language
                * language
                * (1.0 - 0.5 * (diaspora / choice.diaspora_language_scale).min(1.0))
            + choice.safety * there.safety
            + (there.population / 1e6).ln()
            + there.constant
    }

    /// c: what a channel costs, in utility.
    pub fn cost(self, channel: usize) -> f64 {
        let choice = &self.behaviour.choice;
        let channel = &self.rules.channels[channel];
        let visa = if channel.permission { choice.visa } else { 0.0 };
        visa + channel.fee.amount() / self.income() - choice.refusal * channel.grant.ln()
            + status_cost(self.behaviour, channel.status)
    }

    /// The channels of a country that the person can use.
    pub fn usable_channels(self, country: usize) -> impl Iterator<Item = usize> + 'a {
        self.world.channels_of[country]
            .iter()
            .copied()
            .filter(move |channel| self.can_use(*channel))
    }

    fn can_use(self, channel: usize) -> bool {
        let rule = &self.rules.channels[channel];
        let from_here = match self.place {
            Place::Home => rule.apply_from.home || rule.apply_from.border,
            Place::Abroad(_) => rule.apply_from.abroad || rule.apply_from.border,
        };
        from_here && self.admitted_by_policy(channel) && self.has_the_means(rule)
    }

    /// Whether no policy gate stands in the way.
    pub fn admitted_by_policy(self, channel: usize) -> bool {
        let at_home = self.place == Place::Home;
        let recently_refused =
            at_home && self.rules.refusals_bar && self.refused_by.contains(&channel);
        let barred_from_leaving = at_home && self.barred_from_leaving();
        self.open_to(&self.rules.channels[channel]) && !recently_refused && !barred_from_leaving
    }

    /// Whether a channel takes persons like this one.
    pub fn open_to(self, channel: &Channel) -> bool {
        let origin = u16::try_from(self.person.origin).expect("a country index");
        channel.open
            && channel.origins.contains(&origin)
            && self.meets_conditions(channel)
            && channel.grant > 0.0
    }

    fn meets_conditions(self, channel: &Channel) -> bool {
        let country = usize::from(channel.country);
        [
            (Condition::AtRisk, self.person.at_risk),
            (Condition::Ancestry, self.person.ancestry[country]),
            (Condition::Kin, self.person.kin[country]),
            (Condition::Employer, self.person.employer[country]),
            (Condition::DraftNotice, self.person.draft_notice),
        ]
        .into_iter()
        .all(|(condition, met)| channel.requires & (1 << condition as u8) == 0 || met)
    }

    fn barred_from_leaving(self) -> bool {
        let segment = u16::try_from(self.person.segment).expect("a segment index");
        self.rules
            .exit_gates
            .iter()
            .zip(&self.person.barred_above)
            .any(|(gate, above)| gate.segments.contains(&segment) && *above < gate.share)
    }

    /// Whether the person holds every document that a channel needs.
    pub fn has_documents(self, channel: &Channel) -> bool {
        self.person.documents & channel.needs == channel.needs
    }

    fn has_the_means(self, channel: &Channel) -> bool {
        let country = usize::from(channel.country);
        let rent = if self.person.renter {
            self.world.rent(country)
        } else {
            0.0
        };
        let needed =
            channel.fee.amount() + self.world.countries[country].travel.amount() + 2.0 * rent;
        self.has_documents(channel) && (!self.rules.savings_tested || self.person.savings >= needed)
    }
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
