//! What ways out are worth at most and at least, from tables by documents, conditions and income.
//!
//! The value of a menu to a person depends on documents, on the conditions it meets, on savings, on
//! income through the weight of fees, on beliefs, and on the utility of each place to it. Weighing all
//! that for everybody who might act is most of the work of a run, and nearly always in vain: few
//! of those who are looked at can or want to go. So each table holds, for persons of one kind and one
//! step of income, how much the channels of each place are worth at most: with savings without end, no
//! refusals, and the best of what anybody believes. What remains of the person is the utility of the
//! places, a multiplication each. For the open world, where documents and savings count for nothing,
//! it holds the least as well.
//!
//! A bound decides nothing that weighing would decide otherwise: results are the same with tables
//! and without.

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

/// One side of the bounds: knots by income, for one kind of persons.
type Knots = Box<[OnceLock<Box<Knot>>]>;

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
    most: Vec<OnceLock<Knots>>,
    /// At least, in the open world alone.
    least: OnceLock<Knots>,
}

/// What places are worth to one person at most, or at least.
#[derive(Debug, Clone, Copy)]
pub struct Worth<'a> {
    menu: &'a Menu,
    /// What holds for every place,
    common: &'a Knot,
    /// but for the places for which the person meets conditions, and for those.
    own: Option<&'a Knot>,
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
        let knots = self.least.get_or_init(|| self.no_knots());
        let common = knots.get(knot)?.get_or_init(|| {
            let sums = self.menu.open_sums_at_least(self.income(knot));
            Box::new(Knot::new(self.menu, self.lambda, sums))
        });
        Some(Worth {
            menu: self.menu,
            common,
            own: None,
            special: CountrySet::EMPTY,
        })
    }

    fn most(&self, holds: u32, conditions: u8, knot: usize) -> Option<&Knot> {
        let documents = compressed(holds, self.asked.0);
        let met = compressed(u32::from(conditions), u32::from(self.asked.1));
        let kind = (documents << self.asked.1.count_ones()) | met;
        let knots = self
            .most
            .get(kind as usize)?
            .get_or_init(|| self.no_knots());
        Some(knots.get(knot)?.get_or_init(|| {
            let person = (holds, conditions);
            let income = self.income(knot);
            let sums = self.menu.sums_at_most(self.set, person, income);
            Box::new(Knot::new(self.menu, self.lambda, sums))
        }))
    }

    fn no_knots(&self) -> Knots {
        (0..self.knots).map(|_| OnceLock::new()).collect()
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
    /// exp(I), exp(lambda I) of the whole at once for who speaks no language but that of home and meets
    /// conditions nowhere in particular; `None` for others.
    #[inline]
    fn whole(&self, person: &Person) -> Option<(f64, f64)> {
        let renter = usize::from(person.renter);
        (self.own.is_none() && person.speaks.is_empty())
            .then(|| (self.common.totals[renter], self.common.pulls[renter]))
    }

    /// exp(lambda I): a bound of it, on the side of the table.
    #[inline]
    pub fn pull(&self, person: &Person, lambda: f64, buffer: &mut Vec<f64>) -> f64 {
        match self.whole(person) {
            Some((_, pull)) => pull,
            None => pow(self.weights(person, buffer).1, lambda),
        }
    }

    /// exp(V) by place of the table's menu, and their sum.
    #[inline]
    pub fn weights<'b>(&self, person: &Person, buffer: &'b mut Vec<f64>) -> (&'b [f64], f64)
    where
        'a: 'b,
    {
        if let Some((total, _)) = self.whole(person) {
            return (&self.common.weights[usize::from(person.renter)], total);
        }
        let total = self.compose(self.menu, None, person, buffer);
        (buffer, total)
    }

    /// The sum of exp(V) over the places of a menu from abroad, which are those of the table's but for
    /// the one at position `here`.
    pub fn total_from(
        &self,
        menu: &Menu,
        here: usize,
        person: &Person,
        buffer: &mut Vec<f64>,
    ) -> f64 {
        self.compose(menu, Some(here), person, buffer)
    }

    fn compose(
        &self,
        menu: &Menu,
        left_out: Option<usize>,
        person: &Person,
        buffer: &mut Vec<f64>,
    ) -> f64 {
        let utilities = &menu.utilities[usize::from(person.renter)];
        let sums = &self.common.sums;
        buffer.clear();
        let product = |(utility, sum): (&f64, &f64)| utility * sum;
        let first = left_out.unwrap_or(utilities.len());
        buffer.extend(utilities[..first].iter().zip(sums).map(product));
        if let Some(first) = left_out {
            buffer.extend(
                utilities[first..]
                    .iter()
                    .zip(&sums[first + 1..])
                    .map(product),
            );
        }
        for country in self.special.union(person.speaks).iter() {
            let find = |place: &super::Place| place.country.cmp(&country);
            let Ok(position) = menu.places.binary_search_by(find) else {
                continue;
            };
            let of_table = position + usize::from(left_out.is_some_and(|out| out <= position));
            let knot = match self.own {
                Some(own) if self.special.contains(country) => own,
                _ => self.common,
            };
            buffer[position] = menu.places[position].utility_weight(person) * knot.sums[of_table];
        }
        buffer.iter().sum()
    }
}
