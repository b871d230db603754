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

/// exp(lambda I_open) by monthly income now (currency units), of who does not and who does rent;
/// each knot is computed when it is first asked for, and to the same value by whichever thread.
#[derive(Debug)]
pub struct PullTable<'a> {
    menu: &'a Menu,
    lambda: f64,
    first: u64,
    knots: [Vec<OnceLock<f64>>; 2],
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

    /// A lower and an upper bound of exp(lambda I_open) of a person who meets no condition and
    /// speaks no other language; `None` for others, and outside of the range of incomes.
    #[inline]
    pub fn bounds(&self, person: &Person, income: f64) -> Option<(f64, f64)> {
        if person.conditions != 0 || !person.speaks.is_empty() {
            return None;
        }
        let knot = (income.to_bits() >> SHIFT).checked_sub(self.first)? as usize;
        let knots = &self.knots[usize::from(person.renter)];
        let (below, above) = (knots.get(knot)?, knots.get(knot + 1)?);
        let value = |cell: &OnceLock<f64>, knot: usize| {
            *cell.get_or_init(|| self.compute(knot, person.renter))
        };
        // (Room for the rounding of powers and sums.)
        Some((
            value(below, knot) * (1.0 - 1e-9),
            value(above, knot + 1) * (1.0 + 1e-9),
        ))
    }

    fn compute(&self, knot: usize, renter: bool) -> f64 {
        let income = f64::from_bits((self.first + knot as u64) << SHIFT);
        let person = Person {
            renter,
            ..Person::default()
        };
        let mut weights = Weights::default();
        let total = self
            .menu
            .weigh_at(&person, income, RuleSet::Open, &mut weights);
        pow(total, self.lambda)
    }
}
