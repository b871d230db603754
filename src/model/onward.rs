//! Being abroad: what the host country is worth, and moving on.

use super::aspiration::drawn;
use super::belief::Belief;
use super::menu::{Knowledge, Menu, Weights};
use super::outlook::Outlook;
use super::place::Place;
use super::reach::Worth;
use super::sheet::status_cost;
use crate::draw::math::{exp, pow};
use crate::draw::{Decision, Key};
use crate::population::Person;
use crate::scenario::{Scenario, Status};
use crate::world::{RuleSet, World};
use std::borrow::Cow;

/// A person in a host country.
#[derive(Debug, Clone, Copy)]
pub struct Host<'a> {
    /// The scenario.
    pub scenario: &'a Scenario,
    /// The country as a place seen from the origin.
    pub place: &'a Place,
    /// The menu from here.
    pub menu: &'a Menu,
    /// The person.
    pub person: &'a Person,
    /// What the person believes that differs from what holds.
    pub belief: &'a Belief,
    /// Present monthly income here, currency units.
    pub income: f64,
    /// Present status.
    pub status: Status,
    /// Months since arrival.
    pub months: f64,
    /// Channels elsewhere by which the person has no day of stay left.
    pub spent: &'a [u16],
    /// Places where ties of the person live, by position in the menu, each with the factor on its weight.
    pub kin: &'a [(usize, f64)],
    /// The factor of ties on the host country itself.
    pub kin_here: f64,
}

impl<'a> Host<'a> {
    /// Puts a person of a class of segments, who knows what holds, into a host country; `None` if the origin cannot
    /// be left for that country at all.
    pub fn new(
        scenario: &'a Scenario,
        world: &World,
        outlook: &'a Outlook,
        (class, here): (u32, u16),
        person: &'a Person,
        (status, months): (Status, f64),
    ) -> Option<Self> {
        let facts = &world.rules.countries[usize::from(here)];
        let income = if person.remote {
            person.income
        } else {
            facts.wage * facts.real_income
        };
        Some(Self {
            scenario,
            place: outlook.host(class, here)?,
            menu: outlook.from_abroad(class, here),
            person,
            belief: Belief::as_it_is(),
            income,
            status,
            months,
            spent: &[],
            kin: &[],
            kin_here: 1.0,
        })
    }

    /// Returns the host with the person's own income here, in currency units per month, for a scenario where money
    /// moves.
    pub fn with_income(self, income: f64) -> Self {
        Self { income, ..self }
    }

    /// Returns the host with ties that live elsewhere, by position in the menu and factor, and with the factor of
    /// those here.
    pub fn with_kin(self, kin: &'a [(usize, f64)], kin_here: f64) -> Self {
        Self {
            kin,
            kin_here,
            ..self
        }
    }

    /// exp(V_here) with another status.
    pub fn weight_with(&self, status: Status) -> f64 {
        self.place.utility_weight(self.person)
            * exp(-status_cost(self.scenario, status))
            * self.rooting()
            * self.kin_here
    }

    /// exp(V_here) without the cost of a status.
    pub fn weight_without_status(&self) -> f64 {
        self.place.utility_weight(self.person) * self.rooting() * self.kin_here
    }

    /// The factor of the time since arrival in exp(V_here).
    fn rooting(&self) -> f64 {
        pow(
            1.0 + self.months / 6.0,
            self.scenario.behaviour.onward.rooting,
        )
    }

    /// The channels by which the person has no day left, together with others that are closed to it.
    fn shut_and<'b>(&'b self, others: &'b [u16]) -> Cow<'b, [u16]> {
        match (self.spent, others) {
            (spent, []) => Cow::Borrowed(spent),
            ([], others) => Cow::Borrowed(others),
            (spent, others) => Cow::Owned([spent, others].concat()),
        }
    }

    /// What the person knows of the ways on, with some channels (by index) closed to it.
    fn knowledge<'b>(&'b self, shut: &'b [u16]) -> Knowledge<'b> {
        Knowledge {
            refused: shut,
            ..Knowledge::of(self.belief)
        }
    }

    /// Weighs every other country as exp(V); returns the sum.
    pub fn weigh_others(&self, weights: &mut Weights) -> f64 {
        self.weigh_others_without(&[], weights)
    }

    /// Like [`Host::weigh_others`], without some channels, by index.
    pub fn weigh_others_without(&self, channels: &[u16], weights: &mut Weights) -> f64 {
        let shut = self.shut_and(channels);
        let knowledge = self.knowledge(&shut);
        let (person, income) = (self.person, self.income);
        let total = self
            .menu
            .weigh_as(person, income, RuleSet::Now, knowledge, weights);
        drawn(self.kin, &mut weights.values, total)
    }

    /// The hazard of an onward move per year, before settling; `pull` is exp(s_0).
    pub fn onward_hazard(&self, pull: f64, weights: &mut Weights) -> f64 {
        let behaviour = &self.scenario.behaviour;
        let total = self.weigh_others(weights);
        if total <= 0.0 || pull <= 0.0 {
            return 0.0;
        }
        let here = self.weight_with(self.status) * pull;
        behaviour.onward.hazard.per_year() * pow(total / here, behaviour.choice.lambda)
    }
}

impl Host<'_> {
    /// An upper bound of [`Host::onward_hazard`], whatever the person believes, from the most that the ways on are
    /// `worth`.
    pub fn onward_hazard_at_most(&self, pull: f64, worth: Worth<'_>, buffer: &mut Vec<f64>) -> f64 {
        let behaviour = &self.scenario.behaviour;
        let total = worth.total_from(self.menu, self.person, buffer);
        if total <= 0.0 || pull <= 0.0 {
            return 0.0;
        }
        let here = self.weight_with(self.status) * pull;
        behaviour.onward.hazard.per_year() * pow(total / here, behaviour.choice.lambda)
    }
}

/// Picks a country by weight: the argmin of an exponential over the weight, keyed by country.
pub fn pick_country(
    menu: &Menu,
    weights: &[f64],
    (key, index, date): (Key, u32, i32),
) -> Option<usize> {
    let base = key.words(index, date, Decision::OnwardCountry, 0);
    let mut best = None;
    let mut least = f64::INFINITY;
    for (position, (place, &weight)) in menu.places.iter().zip(weights).enumerate() {
        if weight > 0.0 {
            let e = base.about(place.label).exponential();
            if best.is_none() || e / weight < least {
                (best, least) = (Some(position), e / weight);
            }
        }
    }
    best
}

/// Picks a channel of a place by weight, keyed by channel, leaving out those in `without` (by index).
pub fn pick_channel(
    host: &Host<'_>,
    place: usize,
    without: &[u16],
    (key, index, date): (Key, u32, i32),
) -> Option<usize> {
    let base = key.words(index, date, Decision::OnwardChannel, 0);
    let mut best = None;
    let mut least = f64::INFINITY;
    let (menu, set) = (host.menu, RuleSet::Now);
    let shut = host.shut_and(without);
    let knowledge = host.knowledge(&shut);
    for (channel, weight) in menu.channels_of(place, host.person, host.income, set, knowledge) {
        let e = base.about(menu.channels()[channel].1).exponential();
        if best.is_none() || e / weight < least {
            (best, least) = (Some(channel), e / weight);
        }
    }
    best
}
