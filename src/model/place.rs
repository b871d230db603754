//! A country one can go to, and what it is worth.

use crate::draw::math::exp;
use crate::population::{Person, SegmentPopulation};

/// A country one can go to.
///
/// `values` holds exp(u), by whether the person speaks its language and whether the person rents.
#[derive(Debug, Clone, PartialEq)]
pub struct Place {
    /// Country index.
    pub country: u16,
    /// Key of draws about it.
    pub label: u32,
    /// Language part of u of who does not and who does speak the language.
    pub language: [f64; 2],
    /// Rent part of u of who rents.
    pub rent: f64,
    pub(super) values: [[f64; 2]; 2],
    pub(super) two_rents: f64,
    /// Its channels, as positions in `Menu::channels`.
    pub channels: std::ops::Range<usize>,
}

impl Place {
    /// A place with the common part of its utility u (log-utility, without language and rent), and those of
    /// language and rent with their exponentials; `two_rents` in currency units.
    pub fn new(
        (country, label): (u16, u32),
        utility: f64,
        (language, rent, (of_language, of_rent)): ([f64; 2], f64, ([f64; 2], f64)),
        two_rents: f64,
        channels: std::ops::Range<usize>,
    ) -> Self {
        Self {
            country,
            label,
            language,
            rent,
            values: of_language.map(|of_language| {
                let weight = exp(utility) * of_language;
                [weight, weight * of_rent]
            }),
            two_rents,
            channels,
        }
    }

    /// The country where one is already.
    pub fn nowhere(
        (country, label): (u16, u32),
        two_rents: f64,
        channels: std::ops::Range<usize>,
    ) -> Self {
        Self {
            country,
            label,
            language: [0.0; 2],
            rent: 0.0,
            values: [[0.0; 2]; 2],
            two_rents,
            channels,
        }
    }

    /// Savings that a channel takes, currency units: `money`, its fee and the journey, and two months' rent of who rents.
    #[inline]
    pub fn savings_needed(&self, money: f64, renter: bool) -> f64 {
        money + if renter { self.two_rents } else { 0.0 }
    }

    /// exp(u) of the person.
    #[inline]
    pub fn utility_weight(&self, person: &Person) -> f64 {
        let speaks = usize::from(person.speaks.contains(self.country));
        self.values[speaks][usize::from(person.renter)]
    }

    /// Largest and smallest exp(u) over the persons of a segment.
    pub(super) fn weight_range(&self, population: &SegmentPopulation) -> (f64, f64) {
        let (some_rent, some_own) = population.rents_vary();
        let mut range = (0.0_f64, f64::INFINITY);
        for (speaks, row) in self.values.iter().enumerate() {
            let somebody = speaks == 0 || population.anybody_speaks(self.country);
            for (value, anybody) in row.iter().zip([some_own, some_rent]) {
                if somebody && anybody {
                    range = (range.0.max(*value), range.1.min(*value));
                }
            }
        }
        range
    }
}
