//! The rental market of each receiving city: a demand shock with memory, and a rent that follows with a lag.

use crate::draw::math::exp;
use crate::scenario::Scenario;
use serde::{Deserialize, Serialize};

/// The state of one market.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Rent {
    /// Newcomers' homes relative to rented homes, n.
    pub pressure: f64,
    /// The part of the demand shock that supply has not answered yet, K.
    shock: f64,
    /// The logarithm of present rent over rent on the first day.
    pub log_index: f64,
}

impl Rent {
    /// The first day: no newcomers, and rents at their initial level.
    pub const START: Self = Self {
        pressure: 0.0,
        shock: 0.0,
        log_index: 0.0,
    };

    /// Present rent over rent on the first day.
    pub fn index(&self) -> f64 {
        exp(self.log_index)
    }

    /// Moves the market of a country over `days` to the present number of newcomers (persons).
    pub fn advance(&mut self, scenario: &Scenario, country: usize, newcomers: f64, days: f64) {
        let (Some(rents), Some(market)) = (
            &scenario.behaviour.rents,
            &scenario.countries[country].market,
        ) else {
            return;
        };
        let pressure =
            market.city_share * newcomers / (market.city_population * market.rental_share);
        self.shock = self.shock * exp(-days / rents.memory.days()) + (pressure - self.pressure);
        self.pressure = pressure;
        let target = rents.long * pressure + (rents.short - rents.long) * self.shock;
        let part = 1.0 - exp(-days / rents.adjustment.days());
        self.log_index += part * (target - self.log_index);
    }
}
