//! Attitudes of hosts: the share of a country's public that wants restriction. It answers to how
//! suddenly newcomers come and to what rents have become, on top of legacy, pressure and contact.

use super::World;
use crate::draw::math::exp;
use crate::scenario::Scenario;
use serde::{Deserialize, Serialize};

/// What a country's public remembers of its newcomers.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Attitude {
    /// Newcomers, percent of the country's population.
    newcomers: f64,
    /// Surprise, y: what sudden rises add to the log-odds, and what of them has not faded yet.
    surprise: f64,
}

impl Attitude {
    /// The first day: no newcomers, nobody surprised.
    pub const START: Self = Self {
        newcomers: 0.0,
        surprise: 0.0,
    };

    /// Moves the public of a country over `days` to the number of newcomers (persons) now. A fall of
    /// their number surprises nobody.
    pub fn advance(&mut self, scenario: &Scenario, country: usize, newcomers: f64, days: f64) {
        let Some(attitudes) = &scenario.behaviour.attitudes else {
            return;
        };
        let percent = 100.0 * newcomers / scenario.countries[country].population;
        let rise = (percent - self.newcomers).max(0.0);
        self.surprise =
            self.surprise * exp(-days / attitudes.memory.days()) + attitudes.surprise * rise;
        self.newcomers = percent;
    }
}

impl World {
    /// Share of the public of a country that wants restriction now, 0 to 1; `None` where attitudes
    /// are off.
    pub fn share_wanting_restriction(&self, scenario: &Scenario, country: usize) -> Option<f64> {
        let attitude = self.attitudes.get(country)?;
        let log_rent = self.rents[country].log_index;
        share(scenario, self, country, (attitude.surprise, log_rent))
    }

    /// Hostility of a country: that share less what it was on the first day, -1 to 1; 0 where
    /// attitudes are off.
    pub fn hostility(&self, scenario: &Scenario, country: usize) -> f64 {
        let now = self.share_wanting_restriction(scenario, country);
        let then = (self.first_shares.get(country)).copied();
        now.zip(then).map_or(0.0, |(now, then)| now - then)
    }

    /// Share of a newcomer's rent that hosts bear on arrival, 0 to 1: those of them who do not want
    /// restriction. 0 where attitudes are off.
    pub fn hospitality(&self, scenario: &Scenario, country: usize) -> f64 {
        let attitudes = scenario.behaviour.attitudes.as_ref();
        let share = self.share_wanting_restriction(scenario, country);
        attitudes.zip(share).map_or(0.0, |(attitudes, share)| {
            attitudes.hospitality * (1.0 - share)
        })
    }
}

/// The share of each country on the first day; empty where attitudes are off.
pub(super) fn first_shares(scenario: &Scenario, first: &World) -> Vec<f64> {
    (0..first.attitudes.len())
        .filter_map(|country| share(scenario, first, country, (0.0, 0.0)))
        .collect()
}

/// The share under a country's facts of now, at a surprise and a logarithm of rent over that of the
/// first day.
fn share(
    scenario: &Scenario,
    world: &World,
    country: usize,
    (surprise, log_rent): (f64, f64),
) -> Option<f64> {
    let weights = scenario.behaviour.attitudes.as_ref()?;
    let facts = &world.rules.countries[country];
    let log_odds = weights.baseline
        + surprise
        + weights.rents * log_rent.max(0.0)
        + weights.pressure * facts.pressure
        + weights.legacy * facts.legacy
        - weights.contact * facts.contact;
    Some(1.0 / (1.0 + exp(-log_odds)))
}
