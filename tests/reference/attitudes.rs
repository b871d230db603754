//! Attitudes of hosts, one public a country.

use exeunt::scenario::{Attitudes, Country};

/// What a public has seen and not yet got used to.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Public {
    /// Newcomers in % of the population.
    pub percent: f64,
    /// y.
    pub surprise: f64,
}

impl Public {
    /// The state after a step of some days, at whose end so many newcomers are there.
    pub fn after(
        self,
        newcomers: f64,
        days: f64,
        country: &Country,
        attitudes: &Attitudes,
    ) -> Self {
        let percent = newcomers / country.population * 100.0;
        let more = f64::max(0.0, percent - self.percent);
        let kept = (-days / attitudes.memory.days()).exp();
        Self {
            percent,
            surprise: kept * self.surprise + attitudes.surprise * more,
        }
    }

    /// S: the share that wants restriction.
    pub fn wanting(self, country: &Country, rent_ratio: f64, attitudes: &Attitudes) -> f64 {
        let dearer = f64::max(0.0, rent_ratio.ln());
        let sum = attitudes.baseline + self.surprise + attitudes.rents * dearer
            - attitudes.contact * country.contact
            + attitudes.pressure * country.pressure
            + attitudes.legacy * country.legacy;
        sum.exp() / (1.0 + sum.exp())
    }
}

/// What newcomers meet in a country.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Reception {
    /// S, 0 where attitudes are off.
    pub wanting: f64,
    /// S less S of the first day.
    pub hostility: f64,
    /// The share of rent that hosts bear on arrival.
    pub eased: f64,
}
