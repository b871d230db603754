//! Attitudes of hosts: the share of a country's public that wants restriction. It responds to how suddenly newcomers
//! arrive and to how rents have risen, on top of legacy, pressure and contact.

use super::World;
use crate::draw::math::exp;
use crate::scenario::Scenario;
use serde::{Deserialize, Serialize};

/// What a country's public remembers of its newcomers.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Attitude {
    /// Newcomers, as a percentage of the country's population.
    newcomers: f64,
    /// Surprise: what sudden rises have added to the log-odds and what has not faded since.
    surprise: f64,
}

impl Attitude {
    /// The first day: no newcomers and no surprise.
    pub const START: Self = Self {
        newcomers: 0.0,
        surprise: 0.0,
    };

    /// Moves the public of a country over `days` to the present number of newcomers (persons). A fall in their number
    /// surprises nobody.
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
    /// The share of the public of a country that wants restriction now, 0 to 1; `None` where attitudes are off.
    pub fn share_wanting_restriction(&self, scenario: &Scenario, country: usize) -> Option<f64> {
        let attitude = self.attitudes.get(country)?;
        let log_rent = self.rents[country].log_index;
        share(scenario, self, country, (attitude.surprise, log_rent))
    }

    /// The hostility of a country: the share wanting restriction now less that of the first day, -1 to 1; 0 where
    /// attitudes are off.
    pub fn hostility(&self, scenario: &Scenario, country: usize) -> f64 {
        let now = self.share_wanting_restriction(scenario, country);
        let then = (self.first_shares.get(country)).copied();
        now.zip(then).map_or(0.0, |(now, then)| now - then)
    }

    /// The share of a newcomer's rent that hosts bear on arrival, 0 to 1: it is in proportion to the share of hosts
    /// who do not want restriction. 0 where attitudes are off.
    pub fn hospitality(&self, scenario: &Scenario, country: usize) -> f64 {
        let attitudes = scenario.behaviour.attitudes.as_ref();
        let share = self.share_wanting_restriction(scenario, country);
        attitudes.zip(share).map_or(0.0, |(attitudes, share)| {
            attitudes.hospitality * (1.0 - share)
        })
    }
}

/// The share wanting restriction in each country on the first day; empty where attitudes are off.
pub(super) fn first_shares(scenario: &Scenario, first: &World) -> Vec<f64> {
    (0..first.attitudes.len())
        .filter_map(|country| share(scenario, first, country, (0.0, 0.0)))
        .collect()
}

/// The share wanting restriction under a country's present facts, for a surprise and for the logarithm of rent over
/// that of the first day.
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::Source;
    use std::sync::Arc;

    const HOST: usize = 1;

    /// The scenario of the tests of policies with attitudes on; XB has five million persons.
    fn scenario() -> Arc<Scenario> {
        let off = "[behaviour.attitudes]\non = false";
        let behaviour = include_str!("../../tests/support/behaviour.toml");
        let text = concat!(include_str!("../../tests/support/policies.toml"), "\n").to_owned()
            + &behaviour.replace(off, "[behaviour.attitudes]\non = true");
        let source = Source::parse("test", &text).unwrap_or_else(|problems| panic!("{problems}"));
        source.scenario().clone()
    }

    fn logistic(log_odds: f64) -> f64 {
        1.0 / (1.0 + exp(-log_odds))
    }

    #[test]
    fn surprise_rises_with_newcomers_and_fades() {
        let scenario = scenario();
        let percent = scenario.countries[HOST].population / 100.0;
        let mut attitude = Attitude::START;
        attitude.advance(&scenario, HOST, 2.0 * percent, 7.0);
        assert!((attitude.surprise - 1.1).abs() < 1e-12);
        // Half of them leave and come back: only the return surprises.
        let fade = |days: f64| exp(-days / 365.25);
        attitude.advance(&scenario, HOST, percent, 30.0);
        assert!((attitude.surprise - 1.1 * fade(30.0)).abs() < 1e-12);
        attitude.advance(&scenario, HOST, 2.0 * percent, 30.0);
        assert!((attitude.surprise - (1.1 * fade(60.0) + 0.55)).abs() < 1e-12);
    }

    #[test]
    fn every_driver_has_its_weight() {
        let scenario = scenario();
        let mut world = World::first(&scenario);
        let at = |world: &World| world.share_wanting_restriction(&scenario, HOST);
        let is = |share: Option<f64>, log_odds: f64| {
            let difference = share.map(|share| (share - logistic(log_odds)).abs());
            assert!(
                difference.is_some_and(|off| off < 1e-12),
                "{share:?} {log_odds}"
            );
        };
        is(at(&world), -1.22);
        assert_eq!(world.hostility(&scenario, HOST), 0.0);
        let facts = &mut world.rules.countries[HOST];
        (facts.legacy, facts.pressure, facts.contact) = (1.0, -2.0, 0.5);
        is(at(&world), -1.22 + 0.6 - 1.0 - 0.25);
        world.rents[HOST].log_index = 0.4;
        is(at(&world), -1.22 + 0.6 - 1.0 - 0.25 + 0.2);
        // Rents that have fallen do not lower the share.
        world.rents[HOST].log_index = -0.4;
        world.attitudes[HOST].surprise = 3.0;
        is(at(&world), -1.22 + 0.6 - 1.0 - 0.25 + 3.0);
        let share = logistic(1.13);
        let hostility = world.hostility(&scenario, HOST);
        assert!((hostility - (share - logistic(-1.22))).abs() < 1e-12);
        let hospitality = world.hospitality(&scenario, HOST);
        assert!((hospitality - 0.2 * (1.0 - share)).abs() < 1e-12);
    }
}
