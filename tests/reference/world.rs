//! The world at a step: what holds, and rents.

use crate::replay::{Facts, start_of};
use crate::rules::{Rules, rule_sets};
use exeunt::scenario::{Border, Country, Scenario};

/// What everybody meets during one step.
#[derive(Debug, Clone)]
pub struct World {
    /// Days from the first day to the beginning of the step.
    pub time: f64,
    pub countries: Vec<Country>,
    /// The rules that hold.
    pub now: Rules,
    /// The rules of the first day.
    pub first: Rules,
    pub borders: Vec<Border>,
    /// By country: rent now over rent on the first day; 1 without a market.
    pub rent_ratio: Vec<f64>,
    /// By country: wage times real-income index on the first day.
    pub first_income: Vec<f64>,
    /// By country: the indices of its channels.
    pub channels_of: Vec<Vec<usize>>,
}

impl World {
    /// The world of the first step, with the rents of the first day.
    pub fn first_day(scenario: &Scenario) -> Self {
        Self::at(scenario, 0, vec![1.0; scenario.countries.len()])
    }

    /// The world of a step.
    pub fn at(scenario: &Scenario, step: usize, rent_ratio: Vec<f64>) -> Self {
        let first = Facts::at(scenario, 0);
        let now = Facts::at(scenario, step);
        let of_country = |index: usize| {
            let is_here =
                |channel: &usize| usize::from(scenario.channels[*channel].country) == index;
            (0..scenario.channels.len()).filter(is_here).collect()
        };
        Self {
            time: start_of(scenario, step),
            first_income: first
                .countries
                .iter()
                .map(|country| country.wage.per_month() * country.real_income)
                .collect(),
            first: first.rules,
            countries: now.countries,
            now: now.rules,
            borders: now.borders,
            rent_ratio,
            channels_of: (0..scenario.countries.len()).map(of_country).collect(),
        }
    }

    /// The sets of rules for who knows the rules as they hold.
    pub fn rule_sets(&self, scenario: &Scenario) -> [Rules; 4] {
        rule_sets(&self.now, &self.first, &self.now, scenario.lifted)
    }

    /// Rent of a home now, currency units a month; 0 without a market.
    pub fn rent(&self, country: usize) -> f64 {
        match &self.countries[country].market {
            Some(market) => market.rent.per_month() * self.rent_ratio[country],
            None => 0.0,
        }
    }
}
