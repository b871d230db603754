//! Bounds of the pull of the open world, from a table by income.
//!
//! In the open world there are no documents and no test of savings: the value of the choice set of
//! a person who meets no condition of any channel and speaks no language but that of home depends
//! on income and renting alone, and rises with income, because a fee weighs less. So two knots of
//! a table bound it closely. Nearly all candidates are such persons: most of those who would be
//! weighed for nothing are told by the upper bound, and most of those who want to go but could not
//! pay any way by the lower one.

use super::menu::{Menu, Weights};
use crate::draw::math::pow;
use crate::population::Person;
use crate::world::RuleSet;
use std::sync::OnceLock;

/// Bits of the fraction of a number that are no part of its knot: 32 knots from one power of two
/// to the next, incomes 2 to 3 % apart.
const SHIFT: u32 = 52 - 5;

/// The open world at one income.
#[derive(Debug)]
pub struct Knot {
    /// exp(V_open) by place.
    pub weights: Vec<f64>,
    /// Their sum, exp(I_open).
    pub total: f64,
    /// exp(lambda I_open).
    pull: f64,
}

/// The open world by monthly income now (currency units), of who does not and who does rent; each
/// knot is computed when it is first asked for, and to the same values by whichever thread.
#[derive(Debug)]
pub struct PullTable<'a> {
    menu: &'a Menu,
    lambda: f64,
    first: u64,
    knots: [Vec<OnceLock<Knot>>; 2],
}

impl<'a> PullTable<'a> {
    /// An empty table for incomes now from `least` to `most`, both above 0.
    pub fn new(menu: &'a Menu, lambda: f64, (least, most): (f64, f64)) -> Self {
        let first = least.to_bits() >> SHIFT;
        let knots = (most.to_bits() >> SHIFT).saturating_sub(first) as usize + 2;
        Self {
            menu,
            lambda,
            first,
            knots: [(); 2].map(|()| (0..knots).map(|_| OnceLock::new()).collect()),
        }
    }

    /// The open world at the next income below and above, for a person who meets no condition and
    /// speaks no other language: nothing in it is worth less than at the one and more than at the
    /// other. `None` for others, and outside of the range of incomes.
    #[inline]
    pub fn around(&self, person: &Person, income: f64) -> Option<(&Knot, &Knot)> {
        if person.conditions != 0 || !person.speaks.is_empty() {
            return None;
        }
        let knot = (income.to_bits() >> SHIFT).checked_sub(self.first)? as usize;
        let knots = &self.knots[usize::from(person.renter)];
        let at = |number: usize| {
            let cell = knots.get(number)?;
            Some(cell.get_or_init(|| self.compute(number, person.renter)))
        };
        Some((at(knot)?, at(knot + 1)?))
    }

    /// A lower and an upper bound of exp(lambda I_open), where there are some.
    #[inline]
    pub fn bounds(&self, person: &Person, income: f64) -> Option<(f64, f64)> {
        let (below, above) = self.around(person, income)?;
        // (Room for the rounding of powers and sums.)
        Some((below.pull * (1.0 - 1e-9), above.pull * (1.0 + 1e-9)))
    }

    fn compute(&self, knot: usize, renter: bool) -> Knot {
        let income = f64::from_bits((self.first + knot as u64) << SHIFT);
        let person = Person {
            renter,
            ..Person::default()
        };
        let mut weights = Weights::default();
        let total = self
            .menu
            .weigh_at(&person, income, RuleSet::Open, &mut weights);
        Knot {
            weights: weights.values,
            total,
            pull: pow(total, self.lambda),
        }
    }
}
