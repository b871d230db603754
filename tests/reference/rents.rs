//! Rents, one market a country.

use exeunt::scenario::{Market, Rents};
use exeunt::units::Duration;

/// A market's memory and its rent.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct MarketState {
    /// n: homes of newcomers over rented homes.
    pub pressure: f64,
    /// K: what of the shock is not yet absorbed.
    pub shock: f64,
    /// ln R.
    pub log_rent: f64,
}

impl MarketState {
    /// The state after a step of some days, at whose end so many newcomers are there.
    pub fn after(self, newcomers: f64, days: f64, market: &Market, rents: &Rents) -> Self {
        let part_of = |time: Duration| (-days / time.days()).exp();
        let pressure =
            market.city_share * newcomers / (market.city_population * market.rental_share);
        let shock = self.shock * part_of(rents.memory) + pressure - self.pressure;
        let target = rents.long * pressure + (rents.short - rents.long) * shock;
        let log_rent = self.log_rent + (1.0 - part_of(rents.adjustment)) * (target - self.log_rent);
        Self {
            pressure,
            shock,
            log_rent,
        }
    }
}
