//! A country to which a person can go, and its worth.

use crate::draw::math::exp;
use crate::population::{Person, SegmentPopulation};

/// A country to which a person can go.
///
/// `values` holds exp(u), by whether the person speaks its language and whether the person rents.
#[derive(Debug, Clone, PartialEq)]
pub struct Place {
    /// Country index.
    pub country: u16,
    /// Key of draws about the country.
    pub label: u32,
    /// The language part of u, for a person who does not and one who does speak the language.
    pub language: [f64; 2],
    /// The rent part of u, for a person who rents.
    pub rent: f64,
    pub(super) values: [[f64; 2]; 2],
    pub(super) two_rents: f64,
    /// Its channels, as positions in `Menu::channels`.
    pub channels: std::ops::Range<usize>,
}

impl Place {
    /// Builds a place from the common part of its utility u (log-utility, without language and rent) and from the
    /// parts for language and rent with their exponentials; `two_rents` is in currency units.
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

    /// Builds a place worth nothing: the country where the person is, or one to which no way leads.
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

    /// Savings that a channel requires, in currency units: `money` for its fee and the journey, and two months'
    /// rent from a renter.
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

    /// The largest and smallest exp(u) over the persons of a segment.
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
