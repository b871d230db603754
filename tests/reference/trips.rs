//! Ordinary trips, which are counted at the border and nothing else.

use crate::world::World;
use exeunt::scenario::Scenario;
use exeunt::units::DAYS_PER_MONTH;

/// By country: trips so far, with the part of one that is not made yet.
#[derive(Debug)]
pub struct Trips(Vec<f64>);

impl Trips {
    pub fn new(scenario: &Scenario) -> Self {
        Self(vec![0.0; scenario.countries.len()])
    }

    /// Whole trips in a step of so many days, by country.
    pub fn of_step(&mut self, world: &World, days: f64) -> Vec<u64> {
        let countries = self.0.iter_mut().zip(&world.countries);
        countries
            .map(|(so_far, country)| {
                let monthly: f64 = country
                    .travel_base
                    .iter()
                    .map(|flow| flow.per_month())
                    .sum();
                let before = so_far.floor();
                *so_far += monthly * days / DAYS_PER_MONTH;
                (so_far.floor() - before) as u64
            })
            .collect()
    }
}
