//! One person's fixed traits, read when a decision needs them.

/// A set of countries by index (at most 256).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct CountrySet([u64; 4]);

impl CountrySet {
    /// No country.
    pub const EMPTY: Self = Self([0; 4]);

    /// Adds a country.
    #[inline]
    pub fn insert(&mut self, country: u16) {
        self.0[usize::from(country >> 6) & 3] |= 1 << (country & 63);
    }

    /// Whether the set has no country.
    #[inline]
    pub fn is_empty(&self) -> bool {
        self.0 == [0; 4]
    }

    /// The countries in either set.
    #[inline]
    pub fn union(self, other: Self) -> Self {
        let mut both = self.0;
        for (word, more) in both.iter_mut().zip(other.0) {
            *word |= more;
        }
        Self(both)
    }

    /// The countries of the set, ascending.
    pub fn iter(self) -> impl Iterator<Item = u16> {
        (0u16..).zip(self.0).flat_map(|(number, word)| {
            let mut left = word;
            std::iter::from_fn(move || {
                let bit = left.trailing_zeros();
                left &= left.wrapping_sub(1);
                (bit < 64).then_some(64 * number + bit as u16)
            })
        })
    }

    /// Whether a country is in the set.
    #[inline]
    pub fn contains(&self, country: u16) -> bool {
        self.0[usize::from(country >> 6) & 3] & (1 << (country & 63)) != 0
    }
}

/// The traits on which hazards and choices depend.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Person {
    /// Segment index.
    pub segment: u16,
    /// Index within the segment.
    pub index: u32,
    /// The stratum, by position in the list of the segment.
    pub stratum: u16,
    /// Multiplier a of every hazard of leaving, mean 1.
    pub attachment: f64,
    /// Dissent, 0 to 1.
    pub dissent: f64,
    /// Has a firm intention to leave.
    pub planner: bool,
    /// Active in opposition.
    pub active: bool,
    /// Meets some condition of some country: kin, ancestry, an employer, a call-up paper.
    pub connected: bool,
    /// Belongs to a persecuted minority.
    pub minority: bool,
    /// Holds evidence of persecution.
    pub evidence: bool,
    /// A uniform; the person is unemployed where it lies below the unemployment rate.
    pub unemployment: f64,
    /// Income on the first day, currency units per month.
    pub income: f64,
    /// Savings, currency units.
    pub savings: f64,
    /// Earns the income remotely.
    pub remote: bool,
    /// Rents.
    pub renter: bool,
    /// Holds a call-up paper.
    pub draft_notice: bool,
    /// Conditions met for at least one country, as bits: bit = `Condition as u8`.
    pub conditions: u8,
    /// Documents held now, as bits.
    pub holds: u32,
    /// Documents that the person would hold now with policy gates lifted, as bits.
    pub holds_if_lifted: u32,
    /// Languages spoken, by country.
    pub speaks: CountrySet,
    /// Kin, by country.
    pub kin: CountrySet,
    /// Ancestry, by country.
    pub ancestry: CountrySet,
    /// Employers, by country.
    pub employer: CountrySet,
}
