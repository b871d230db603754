//! What ways out are worth at most and at least, from tables by documents, conditions and income.
//!
//! The value of a menu to a person depends on documents, on the conditions it meets, on savings, on
//! income through the weight of fees, on beliefs, and on the utility of each place to it. Weighing all
//! that for everybody who might act is most of the work of a run, and nearly always in vain: few
//! of those who are looked at can or want to go. So each table holds, for persons of one kind and one
//! step of income, how much the channels of each place are worth at most, and how much money they ask
//! for at least: without refusals, and by the best of what anybody believes. What remains of the
//! person is the utility of the places, a multiplication each. For the open world, where documents and
//! savings count for nothing, it holds the least as well.
//!
//! A bound decides nothing that weighing would decide otherwise: results are the same with tables
//! and without.

use super::aspiration::drawn;
use super::menu::Menu;
use crate::draw::math::pow;
use crate::population::{CountrySet, Person};
use crate::scenario::Condition;
use crate::world::RuleSet;
use std::sync::OnceLock;

/// Bits of the fraction of an income that are part of its knot: 16 knots from one power of two to the
/// next, incomes 4 to 6 % apart.
const FINE: u32 = 4;
/// Documents and conditions together that a table tells apart; a menu that asks for more has none.
const MOST_BITS: u32 = 12;
/// Incomes further below the largest than 24 powers of two have no knot.
const MOST_KNOTS: u64 = 24 << FINE;
/// Conditions that are met everywhere or nowhere; the others are met in some countries.
const EVERYWHERE: u8 = 1 << Condition::AtRisk as u8 | 1 << Condition::DraftNotice as u8;

/// The channels of each place at one income, and the places with them for who speaks no language but
/// that of home.
#[derive(Debug)]
struct Knot {
    /// Sum of channel weights to the power mu, by place.
    sums: Vec<f64>,
    /// exp(V) by place, of who does not and who does rent.
    weights: [Vec<f64>; 2],
    /// Their sums, exp(I).
    totals: [f64; 2],
    /// exp(lambda I).
    pulls: [f64; 2],
}

impl Knot {
    fn new(menu: &Menu, lambda: f64, sums: Vec<f64>) -> Self {
        let weights = [0, 1].map(|renter| {
            let of_places = menu.utilities[renter].iter().zip(&sums);
            of_places.map(|(utility, sum)| utility * sum).collect()
        });
        let totals = [0, 1].map(|renter: usize| {
            let weights: &Vec<f64> = &weights[renter];
            weights.iter().sum()
        });
        Self {
            sums,
            weights,
            totals,
            pulls: totals.map(|total| if total > 0.0 { pow(total, lambda) } else { 0.0 }),
        }
    }
}

/// One side of the bounds for one kind of persons.
#[derive(Debug)]
struct Kind {
    /// By place: the least savings asked of who does not and who does rent, currency units.
    money: [Vec<f64>; 2],
    /// By income.
    knots: Box<[OnceLock<Box<Knot>>]>,
}

/// Bounds of what a menu is worth under one rule set; each knot is computed when it is first asked for,
/// and to the same values by whichever thread.
#[derive(Debug)]
pub struct Reach<'a> {
    menu: &'a Menu,
    set: RuleSet,
    lambda: f64,
    first: u64,
    knots: usize,
    /// Documents and conditions that some channel asks for.
    asked: (u32, u8),
    /// At most, by kind.
    most: Vec<OnceLock<Kind>>,
    /// At least, in the open world alone.
    least: OnceLock<Kind>,
}

/// What places are worth to one person at most, or at least.
#[derive(Debug, Clone, Copy)]
pub struct Worth<'a> {
    menu: &'a Menu,
    /// What holds for every place,
    common: (&'a Kind, &'a Knot),
    /// but for the places for which the person meets conditions, and for those.
    own: Option<(&'a Kind, &'a Knot)>,
    special: CountrySet,
}

impl<'a> Reach<'a> {
    /// An empty table for incomes now from `least` to `most`, both above 0, currency units a month.
    pub fn new(menu: &'a Menu, set: RuleSet, lambda: f64, (least, most): (f64, f64)) -> Self {
        let asked = menu.asks_for(set);
        let last = most.to_bits() >> SHIFT;
        let first = (least.to_bits() >> SHIFT).max(last.saturating_sub(MOST_KNOTS));
        let bits = asked.0.count_ones() + asked.1.count_ones();
        let kinds = if bits <= MOST_BITS && !menu.is_uniform() {
            1 << bits
        } else {
            0
        };
        Self {
            menu,
            set,
            lambda,
            first,
            knots: last.saturating_sub(first) as usize + 2,
            asked,
            most: (0..kinds).map(|_| OnceLock::new()).collect(),
            least: OnceLock::new(),
        }
    }

    /// What each place is worth to a person at most. `None` outside of the range of incomes, and where
    /// there is no table.
    #[inline]
    pub fn at_most(&self, person: &Person, income: f64) -> Option<Worth<'_>> {
        let knot = self.knot_below(income)? + 1;
        let holds = match self.set {
            RuleSet::Now => person.holds,
            RuleSet::Open => 0,
            _ => person.holds_if_lifted,
        };
        let of = |conditions| self.most(holds, conditions, knot);
        let common = of(person.conditions & EVERYWHERE)?;
        let some = person.conditions & !EVERYWHERE & self.asked.1 != 0;
        Some(Worth {
            menu: self.menu,
            common,
            own: if some {
                Some(of(person.conditions)?)
            } else {
                None
            },
            special: if some {
                person.kin.union(person.ancestry).union(person.employer)
            } else {
                CountrySet::EMPTY
            },
        })
    }

    /// What each place is worth to a person at least, in the open world.
    #[inline]
    pub fn at_least(&self, income: f64) -> Option<Worth<'_>> {
        if self.set != RuleSet::Open || self.most.is_empty() {
            return None;
        }
        let knot = self.knot_below(income)?;
        let kind = self.least.get_or_init(|| self.kind((0, 0)));
        let common = kind.knots.get(knot)?.get_or_init(|| {
            let sums = self.menu.open_sums_at_least(self.income(knot));
            Box::new(Knot::new(self.menu, self.lambda, sums))
        });
        Some(Worth {
            menu: self.menu,
            common: (kind, common),
            own: None,
            special: CountrySet::EMPTY,
        })
    }

    fn most(&self, holds: u32, conditions: u8, knot: usize) -> Option<(&Kind, &Knot)> {
        let documents = compressed(holds, self.asked.0);
        let met = compressed(u32::from(conditions), u32::from(self.asked.1));
        let number = (documents << self.asked.1.count_ones()) | met;
        let person = (holds, conditions);
        let kind = self.most.get(number as usize)?;
        let kind = kind.get_or_init(|| self.kind(person));
        let knot = kind.knots.get(knot)?.get_or_init(|| {
            let income = self.income(knot);
            let sums = self.menu.sums_at_most(self.set, person, income);
            Box::new(Knot::new(self.menu, self.lambda, sums))
        });
        Some((kind, knot))
    }

    fn kind(&self, person: (u32, u8)) -> Kind {
        Kind {
            money: self.menu.money_at_least(self.set, person),
            knots: (0..self.knots).map(|_| OnceLock::new()).collect(),
        }
    }

    #[inline]
    fn knot_below(&self, income: f64) -> Option<usize> {
        Some((income.to_bits() >> SHIFT).checked_sub(self.first)? as usize)
    }

    fn income(&self, knot: usize) -> f64 {
        f64::from_bits((self.first + knot as u64) << SHIFT)
    }
}

const SHIFT: u32 = 52 - FINE;

/// The bits of `bits` that are in `mask`, side by side.
#[inline]
fn compressed(bits: u32, mask: u32) -> u32 {
    let (mut left, mut place, mut result) = (mask, 0, 0);
    while left != 0 {
        let bit = left & left.wrapping_neg();
        result |= u32::from(bits & bit != 0) << place;
        place += 1;
        left ^= bit;
    }
    result
}

impl<'a> Worth<'a> {
    /// What is common to all who speak no language but that of home and meet conditions nowhere in
    /// particular; `None` for others.
    #[inline]
    fn whole(&self, person: &Person) -> Option<&'a Knot> {
        (self.own.is_none() && person.speaks.is_empty()).then_some(self.common.1)
    }

    /// exp(lambda I): a bound of it, on the side of the table, if savings do everywhere.
    #[inline]
    pub fn pull(&self, person: &Person, lambda: f64, buffer: &mut Vec<f64>) -> f64 {
        match self.whole(person) {
            Some(knot) => knot.pulls[usize::from(person.renter)],
            None => pow(self.weights(person, buffer).1, lambda),
        }
    }

    /// exp(V) by place of the table's menu, and their sum, if savings do everywhere.
    #[inline]
    pub fn weights<'b>(&self, person: &Person, buffer: &'b mut Vec<f64>) -> (&'b [f64], f64)
    where
        'a: 'b,
    {
        let renter = usize::from(person.renter);
        if let Some(knot) = self.whole(person) {
            return (&knot.weights[renter], knot.totals[renter]);
        }
        buffer.clear();
        buffer.extend_from_slice(&self.common.1.weights[renter]);
        for country in self.special.union(person.speaks).iter() {
            if let Some(place) = self.menu.position(country) {
                let (_, knot) = self.side(country);
                buffer[place] = self.menu.places[place].utility_weight(person) * knot.sums[place];
            }
        }
        (buffer, buffer.iter().sum())
    }

    /// [`Worth::weights`] where ties of the person live in some places, by position and factor.
    #[inline]
    pub fn weights_with<'b>(
        &self,
        person: &Person,
        kin: &[(usize, f64)],
        buffer: &'b mut Vec<f64>,
    ) -> (&'b [f64], f64)
    where
        'a: 'b,
    {
        if kin.is_empty() {
            return self.weights(person, buffer);
        }
        if let Some(knot) = self.whole(person) {
            buffer.clear();
            buffer.extend_from_slice(&knot.weights[usize::from(person.renter)]);
        } else {
            self.weights(person, buffer);
        }
        let total = drawn(kin, buffer, 0.0);
        (buffer, total)
    }

    /// Whether savings do for a place, by position.
    #[inline]
    pub fn affords(&self, person: &Person, place: usize) -> bool {
        let (kind, _) = self.side(self.menu.places[place].country);
        person.savings >= kind.money[usize::from(person.renter)][place]
    }

    /// The sum of exp(V) over the places of a menu from abroad for which savings do; its places are
    /// those of the table's.
    pub fn total_from(&self, menu: &Menu, person: &Person, buffer: &mut Vec<f64>) -> f64 {
        let renter = usize::from(person.renter);
        let (kind, knot) = self.common;
        let ways = knot.sums.iter().zip(&kind.money[renter]);
        buffer.clear();
        // (A selection, no branch.)
        let worth = menu.utilities[renter].iter().zip(ways);
        buffer.extend(worth.map(|(utility, (sum, least))| {
            let worth = utility * sum;
            if person.savings >= *least { worth } else { 0.0 }
        }));
        for country in self.special.union(person.speaks).iter() {
            if let Some(place) = menu.position(country) {
                let (kind, knot) = self.side(country);
                buffer[place] = if person.savings >= kind.money[renter][place] {
                    menu.places[place].utility_weight(person) * knot.sums[place]
                } else {
                    0.0
                };
            }
        }
        buffer.iter().sum()
    }

    /// The kind and knot that hold for a country.
    #[inline]
    fn side(&self, country: u16) -> (&'a Kind, &'a Knot) {
        match self.own {
            Some(own) if self.special.contains(country) => own,
            _ => self.common,
        }
    }
}

#[cfg(test)]
mod tests;
