//! Upper and lower bounds on the worth of ways out, from tables by documents, conditions and income.
//!
//! The value of a menu to a person depends on its documents, on the conditions that it meets, on savings, on
//! income through the weight of fees, on beliefs, and on the utility of each place to the person. Weighing all
//! of that for everybody who might act is most of the work of a run, and nearly always in vain, since few of
//! the persons looked at can or want to go. So each table holds, for persons of one kind and one step of
//! income, the most that the channels of each place are worth and the least money that they require, ignoring
//! refusals and taking the best of what anybody believes. What remains specific to the person is the utility of
//! the places, one multiplication each. For the open world, where documents and savings do not count, a table
//! also holds the least.
//!
//! Utilities change with rents in every step, channels only with rules: the worth of channels is kept from one step to
//! the next as long as they stay the same ([`Sums`]).
//!
//! A bound never decides what weighing would decide otherwise: results are the same with and without tables.

use super::aspiration::drawn;
use super::menu::{Asked, Eligible, Menu, Ways};
use crate::draw::math::pow;
use crate::population::{CountrySet, Person};
use crate::scenario::Condition;
use crate::world::RuleSet;
use std::sync::{Arc, OnceLock};

/// Bits of the fraction of an income that are part of its knot: 16 knots from one power of two to the next, 3 to 6 %
/// apart.
const FINE: u32 = 4;
/// Incomes more than 24 powers of two below the largest have no knot.
const MOST_KNOTS: u64 = 24 << FINE;
/// Conditions that are met everywhere or nowhere; the others are met in some countries.
const EVERYWHERE: u8 = 1 << Condition::AtRisk as u8 | 1 << Condition::DraftNotice as u8;

/// By income: the sum of channel weights to the power mu, by place.
type Knots = Box<[OnceLock<Box<[f64]>>]>;

/// The worth of the channels for one kind of persons.
#[derive(Debug)]
struct OfKind {
    eligible: Eligible,
    knots: Knots,
}

/// The worth of the channels of a menu under one rule set; each knot is computed on first use, to the same values
/// whichever thread does it.
#[derive(Debug)]
pub struct Sums {
    ways: Arc<Ways>,
    set: RuleSet,
    first: u64,
    knots: usize,
    /// Documents and conditions that some channel asks for.
    asked: Asked,
    /// Upper bounds, by kind; empty if there are more kinds than are distinguished.
    most: Box<[OnceLock<OfKind>]>,
    /// Lower bounds, in the open world alone.
    least: OnceLock<Knots>,
}

impl Sums {
    fn new(menu: &Menu, set: RuleSet, (first, knots): (u64, usize)) -> Self {
        let asked = menu.asks_for(set);
        let told_apart = asked.kinds().filter(|_| !menu.is_uniform());
        let kinds = told_apart.unwrap_or(0);
        Self {
            ways: Arc::clone(menu.ways()),
            set,
            first,
            knots,
            asked,
            most: (0..kinds).map(|_| OnceLock::new()).collect(),
            least: OnceLock::new(),
        }
    }

    /// Whether a menu has channels of the same worth and is asked about the same incomes.
    fn are_of(&self, menu: &Menu, set: RuleSet, range: (u64, usize)) -> bool {
        (self.first, self.knots) == range
            && self.set == set
            && self.most.is_empty() == menu.is_uniform()
            && self.ways.are_worth_the_same(menu.ways(), set)
    }

    fn no_knots(&self) -> Knots {
        (0..self.knots).map(|_| OnceLock::new()).collect()
    }

    #[inline]
    fn knot<'s>(
        &self,
        knots: &'s Knots,
        knot: usize,
        sums: impl FnOnce(f64) -> Vec<f64>,
    ) -> Option<&'s [f64]> {
        let of_places = knots.get(knot)?;
        let of_places = of_places.get_or_init(|| sums(self.income(knot)).into_boxed_slice());
        Some(of_places)
    }

    #[inline]
    fn knot_below(&self, income: f64) -> Option<usize> {
        Some((income.to_bits() >> SHIFT).checked_sub(self.first)? as usize)
    }

    fn income(&self, knot: usize) -> f64 {
        f64::from_bits((self.first + knot as u64) << SHIFT)
    }
}

/// By place: the least savings required of persons who do not rent and of those who do, in currency units.
type Money = [Vec<f64>; 2];

/// Used where savings do not count.
static NO_MONEY: Money = [Vec::new(), Vec::new()];

/// Bounds on the worth of a menu under one rule set.
#[derive(Debug)]
pub struct Reach<'a> {
    menu: &'a Menu,
    sums: Arc<Sums>,
    /// By kind.
    money: Box<[OnceLock<Money>]>,
}

/// One side of the bounds for one kind of persons, by place.
#[derive(Debug, Clone, Copy)]
struct Side<'a> {
    money: &'a Money,
    sums: &'a [f64],
}

/// An upper or a lower bound on what the places are worth to one person.
#[derive(Debug, Clone, Copy)]
pub struct Worth<'a> {
    menu: &'a Menu,
    /// The bounds of every place outside `special`.
    common: Side<'a>,
    /// The bounds of the places in `special`, if the person meets conditions that some channel asks for.
    own: Option<Side<'a>>,
    /// The places for which the person meets conditions.
    special: CountrySet,
}

impl<'a> Reach<'a> {
    /// Builds a table for present incomes from `least` to `most`, both above 0, in currency units per month; it
    /// reuses the sums of a step `before` if they still hold.
    pub fn new(
        menu: &'a Menu,
        set: RuleSet,
        (least, most): (f64, f64),
        before: Option<&Arc<Sums>>,
    ) -> Self {
        let last = most.to_bits() >> SHIFT;
        let first = (least.to_bits() >> SHIFT).max(last.saturating_sub(MOST_KNOTS));
        let range = (first, last.saturating_sub(first) as usize + 2);
        let still = before.filter(|sums| sums.are_of(menu, set, range));
        let sums = match still {
            Some(sums) => Arc::clone(sums),
            None => Arc::new(Sums::new(menu, set, range)),
        };
        Self {
            menu,
            money: sums.most.iter().map(|_| OnceLock::new()).collect(),
            sums,
        }
    }

    /// The worth of its channels, for reuse in the next step.
    pub fn sums(&self) -> &Arc<Sums> {
        &self.sums
    }

    /// Upper bounds on what each place is worth to a person. `None` outside the range of incomes, and where there is no
    /// table.
    #[inline]
    pub fn at_most(&self, person: &Person, income: f64) -> Option<Worth<'_>> {
        let knot = self.sums.knot_below(income)? + 1;
        let holds = match self.sums.set {
            RuleSet::Now => person.holds,
            RuleSet::Open => 0,
            _ => person.holds_if_lifted,
        };
        let of = |conditions| self.most((holds, conditions), knot);
        let common = of(person.conditions & EVERYWHERE)?;
        let some = person.conditions & !EVERYWHERE & self.sums.asked.conditions() != 0;
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

    /// Lower bounds on what each place is worth to a person in the open world.
    #[inline]
    pub fn at_least(&self, income: f64) -> Option<Worth<'_>> {
        let sums = &self.sums;
        if sums.set != RuleSet::Open || sums.most.is_empty() {
            return None;
        }
        let least = |income| self.menu.open_sums_at_least(income);
        let knots = sums.least.get_or_init(|| sums.no_knots());
        Some(Worth {
            menu: self.menu,
            common: Side {
                money: &NO_MONEY,
                sums: sums.knot(knots, sums.knot_below(income)?, least)?,
            },
            own: None,
            special: CountrySet::EMPTY,
        })
    }

    #[inline]
    fn most(&self, person: (u32, u8), knot: usize) -> Option<Side<'_>> {
        let sums = &self.sums;
        let kind = sums.asked.kind(person);
        let of_kind = sums.most.get(kind)?.get_or_init(|| OfKind {
            eligible: self.menu.eligible(sums.set, person),
            knots: sums.no_knots(),
        });
        let most = |income| self.menu.sums_at_most(&of_kind.eligible, income);
        Some(Side {
            sums: sums.knot(&of_kind.knots, knot, most)?,
            money: match sums.set {
                RuleSet::Open => &NO_MONEY,
                set => self.money[kind].get_or_init(|| self.menu.money_at_least(set, person)),
            },
        })
    }
}

const SHIFT: u32 = 52 - FINE;

impl Worth<'_> {
    /// A bound on exp(lambda I), upper or lower as the table, if savings suffice everywhere.
    #[inline]
    pub fn pull(&self, person: &Person, lambda: f64, buffer: &mut Vec<f64>) -> f64 {
        let total = self.weights(person, buffer).1;
        if total > 0.0 { pow(total, lambda) } else { 0.0 }
    }

    /// Bounds on exp(V) by place of the table's menu, and their sum, if savings suffice everywhere.
    #[inline]
    pub fn weights<'b>(&self, person: &Person, buffer: &'b mut Vec<f64>) -> (&'b [f64], f64) {
        let utilities = &self.menu.utilities[usize::from(person.renter)];
        buffer.clear();
        let of_places = utilities.iter().zip(self.common.sums);
        buffer.extend(of_places.map(|(utility, sum)| utility * sum));
        for country in self.special.union(person.speaks).iter() {
            if let Some(place) = self.menu.position(country) {
                buffer[place] = self.weight(person, place);
            }
        }
        (buffer, sum(buffer))
    }

    /// The bound on exp(V) of a place, by position, if savings suffice.
    #[inline]
    pub fn weight(&self, person: &Person, place: usize) -> f64 {
        let there = &self.menu.places[place];
        there.utility_weight(person) * self.side(there.country).sums[place]
    }

    /// Like [`Worth::weights`], where ties of the person live in some places, by position and factor.
    #[inline]
    pub fn weights_with<'b>(
        &self,
        person: &Person,
        kin: &[(usize, f64)],
        buffer: &'b mut Vec<f64>,
    ) -> (&'b [f64], f64) {
        let (_, total) = self.weights(person, buffer);
        let total = drawn(kin, buffer, total);
        (buffer, total)
    }

    /// Whether savings suffice for a place, by position, where they count.
    #[inline]
    pub fn affords(&self, person: &Person, place: usize) -> bool {
        let side = self.side(self.menu.places[place].country);
        let least = side.money[usize::from(person.renter)].get(place);
        least.is_none_or(|least| person.savings >= *least)
    }

    /// Lists the places, by position, that savings suffice for and that may be worth more than `part` times what
    /// `other` has them worth. The worth of channels decides, because a place has the same utility to a person in
    /// both, whatever language is spoken and whichever ties live there.
    pub fn list_above(&self, part: f64, other: &Worth<'_>, person: &Person, list: &mut Vec<u32>) {
        let Side { money, sums } = self.common;
        let least = &money[usize::from(person.renter)];
        list.clear();
        if self.own.is_some() || least.len() != sums.len() {
            list.extend((0..).zip(sums).filter_map(|(place, _)| {
                let at = place as usize;
                let sum = self.side(self.menu.places[at].country).sums[at];
                let above = sum > part * other.common.sums[at] && sum > 0.0;
                (above && self.affords(person, at)).then_some(place)
            }));
            return;
        }
        list.resize(sums.len(), 0);
        let mut found = 0;
        let places = sums.iter().zip(other.common.sums).zip(least);
        // (Written to the list in any case, without a branch: whether a place is worth more is unpredictable.)
        for (place, ((sum, other), least)) in (0..).zip(places) {
            list[found] = place;
            let above = (*sum > part * other) & (*sum > 0.0) & (person.savings >= *least);
            found += usize::from(above);
        }
        list.truncate(found);
    }

    /// The sum of exp(V) over the places of a menu from abroad for which savings suffice; its places are those of
    /// the table's menu.
    pub fn total_from(&self, menu: &Menu, person: &Person, buffer: &mut Vec<f64>) -> f64 {
        let renter = usize::from(person.renter);
        let ways = self.common.sums.iter().zip(&self.common.money[renter]);
        buffer.clear();
        // (A selection instead of a branch.)
        let worth = menu.utilities[renter].iter().zip(ways);
        buffer.extend(worth.map(|(utility, (sum, least))| {
            let worth = utility * sum;
            if person.savings >= *least { worth } else { 0.0 }
        }));
        for country in self.special.union(person.speaks).iter() {
            if let Some(place) = menu.position(country) {
                let side = self.side(country);
                buffer[place] = if person.savings >= side.money[renter][place] {
                    menu.places[place].utility_weight(person) * side.sums[place]
                } else {
                    0.0
                };
            }
        }
        sum(buffer)
    }

    /// The bounds that hold for a country.
    #[inline]
    fn side(&self, country: u16) -> &Side<'_> {
        match &self.own {
            Some(own) if self.special.contains(country) => own,
            _ => &self.common,
        }
    }
}

/// Sums numbers in four lanes, since each addition waits for the one before; a bound may be rounded either way.
#[inline]
fn sum(numbers: &[f64]) -> f64 {
    let (fours, rest) = numbers.as_chunks::<4>();
    let sums = fours.iter().fold([0.0; 4], |sums, four| {
        [0, 1, 2, 3].map(|lane| sums[lane] + four[lane])
    });
    sums.iter().chain(rest).sum()
}

#[cfg(test)]
mod tests;
