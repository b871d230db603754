//! The choice set of a person who could go: countries, their channels, and the weight of each
//! under each rule set.
//!
//! Weights are exp(V), the exponentials of the values of `docs/model.md`, so that shares are
//! ratios and inclusive values are sums: no logarithm is taken for each person.

use crate::draw::math::{exp, pow};
use crate::population::{Person, SegmentPopulation};
use crate::scenario::Condition;
use crate::world::{ChannelRules, RuleSet};
use std::cell::Cell;

/// Whether a person is kept from leaving, by rule set.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Exits {
    /// An exit gate bars the person now.
    pub barred_now: bool,
    /// It would still bar the person with policy gates lifted.
    pub barred_lifted: bool,
}

impl Exits {
    /// Whether the person is barred under a rule set.
    pub fn barred(self, set: RuleSet) -> bool {
        match set {
            RuleSet::Now => self.barred_now,
            _ => self.barred_lifted,
        }
    }
}

/// A country one can go to.
///
/// `values` holds exp(u), by whether the person speaks its language and whether the person rents.
#[derive(Debug, Clone, PartialEq)]
pub struct Place {
    /// Country index.
    pub country: u16,
    /// Key of draws about it.
    pub label: u32,
    /// Common part of u, log-utility: without language and rent.
    pub utility: f64,
    /// Language part of u of who does not and who does speak the language.
    pub language: [f64; 2],
    /// Rent part of u of who rents.
    pub rent: f64,
    values: [[f64; 2]; 2],
    two_rents: f64,
    /// Its channels, as positions in [`Menu::channels`].
    pub channels: std::ops::Range<usize>,
}

impl Place {
    /// A place with the parts of its utility; `two_rents` in currency units.
    pub fn new(
        country: u16,
        label: u32,
        (utility, language, rent): (f64, [f64; 2], f64),
        two_rents: f64,
        channels: std::ops::Range<usize>,
    ) -> Self {
        Self {
            country,
            label,
            utility,
            language,
            rent,
            values: language.map(|language| {
                let weight = exp(utility) * exp(language);
                [weight, weight * exp(rent)]
            }),
            two_rents,
            channels,
        }
    }

    /// u of the person, log-utility.
    pub fn utility_of(&self, person: &Person) -> f64 {
        let speaks = usize::from(person.speaks.contains(self.country));
        let rent = if person.renter { self.rent } else { 0.0 };
        self.utility + self.language[speaks] + rent
    }

    /// exp(u) of the person.
    #[inline]
    pub fn utility_weight(&self, person: &Person) -> f64 {
        let speaks = usize::from(person.speaks.contains(self.country));
        self.values[speaks][usize::from(person.renter)]
    }

    /// Largest and smallest exp(u) over the persons of a segment.
    fn weight_range(&self, population: &SegmentPopulation) -> (f64, f64) {
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

/// A channel that is open under one rule set, as weighing reads it.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Offer {
    needs: u32,
    requires: u8,
    /// Its place in [`Menu::fees`].
    price: u32,
    /// exp(-c / mu) without the fee.
    weight: f64,
    /// Savings needed by who does not and who does rent, currency units.
    money: [f64; 2],
    /// Its place in [`Menu::channels`].
    channel: u32,
}

/// The open channels under one rule set: those of place p are `list[starts[p]..starts[p + 1]]`.
#[derive(Debug, Clone, PartialEq, Default)]
struct Offers {
    list: Vec<Offer>,
    starts: Vec<u32>,
}

/// A channel of a place under one rule set.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Entry {
    available: bool,
    needs: u32,
    requires: u8,
    /// exp(-c / mu) without the fee.
    weight: f64,
    /// Fee over mu, currency units: over income it is the fee's part of c / mu.
    fee: f64,
    /// Its place in [`Menu::fees`].
    price: usize,
    /// Savings needed besides rent, currency units; `None` = no test.
    money: Option<f64>,
}

/// exp(-c / mu) with which sums and powers neither underflow nor overflow.
const CHANNEL_WEIGHTS: std::ops::RangeInclusive<f64> = 1e-250..=1e250;
/// exp(u) likewise: 230 units of log-utility either way, some twenty times what is plausible.
const VALUES: std::ops::RangeInclusive<f64> = 1e-100..=1e100;

/// What about a country cannot be computed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OutOfRange {
    /// The costs of its channels over mu.
    Channels {
        /// Country index.
        country: u16,
    },
    /// Its value as a place.
    Value {
        /// Country index.
        country: u16,
    },
}

/// What fees take off the weights of channels for one person, each computed when it is first asked
/// for: most fees are those of channels that the person cannot use.
#[derive(Debug, Clone, Default)]
pub struct Prices {
    income: f64,
    known: Vec<Cell<f64>>,
}

/// Weights of places, and the buffer of prices they were made with.
#[derive(Debug, Default)]
pub struct Weights {
    /// exp(V) by place.
    pub values: Vec<f64>,
    prices: Prices,
}

/// Countries and channels that are weighed together.
#[derive(Debug, Clone, PartialEq)]
pub struct Menu {
    /// The countries, ascending.
    pub places: Vec<Place>,
    /// Keys of draws about the places.
    pub labels: Vec<u32>,
    /// Channel index and key of its draws.
    pub channels: Vec<(u16, u32)>,
    entries: Vec<Vec<Entry>>,
    /// By rule set.
    offers: Vec<Offers>,
    /// The different fees over mu, the first 0: each is weighed against income once a person.
    fees: Vec<f64>,
    /// For each set of documents that some open channel asks for now: the least money that such a
    /// channel takes of who does not and who does rent, currency units.
    means: Vec<(u32, [f64; 2])>,
    /// By rule set: places whose channels differ from those under the set before.
    changed: Vec<Vec<usize>>,
    mu: f64,
    /// The weights, where they are the same for all persons under every rule set.
    uniform: Option<Vec<f64>>,
}

impl Menu {
    /// An empty menu for so many rule sets.
    pub fn new(mu: f64, sets: usize) -> Self {
        Self {
            places: Vec::new(),
            labels: Vec::new(),
            channels: Vec::new(),
            entries: vec![Vec::new(); sets],
            offers: Vec::new(),
            fees: vec![0.0],
            means: Vec::new(),
            changed: Vec::new(),
            mu,
            uniform: None,
        }
    }

    /// Adds a channel under each rule set: rules, cost c without the fee, and journey (currency units).
    pub fn push_channel(
        &mut self,
        (channel, label): (u16, u32),
        slot: u32,
        rules: &[(ChannelRules, f64)],
        travel: f64,
    ) {
        self.channels.push((channel, label));
        for (set, (rules, cost)) in rules.iter().enumerate() {
            let open_world = set == RuleSet::Open as usize;
            let money = rules.fee + travel;
            let fee = rules.fee / self.mu;
            let price = self.fees.iter().position(|known| *known == fee);
            let price = price.unwrap_or_else(|| {
                self.fees.push(fee);
                self.fees.len() - 1
            });
            self.entries[set].push(Entry {
                available: rules.admits(slot),
                needs: rules.needs,
                requires: rules.requires,
                weight: exp(-cost / self.mu),
                fee,
                price,
                money: (!open_world).then_some(money),
            });
        }
    }

    /// Finds out what rule sets change, and whether the weights depend on the person at all; `least_savings` is the smallest
    /// savings of anybody (currency units).
    pub fn finish(&mut self, least_savings: f64) {
        self.changed = (0..self.entries.len())
            .map(|set| {
                let before = &self.entries[set.saturating_sub(1)];
                let differs = |place: &Place| {
                    before[place.channels.clone()] != self.entries[set][place.channels.clone()]
                };
                (0..self.places.len())
                    .filter(|&place| differs(&self.places[place]))
                    .collect()
            })
            .collect();
        self.labels = self.places.iter().map(|place| place.label).collect();
        self.find_offers();
        self.find_means();
        let enough = |place: &Place| {
            let entries = self.entries.iter();
            let money = |entry: &Entry| entry.money.unwrap_or(0.0) + place.two_rents;
            entries
                .flat_map(|entries| &entries[place.channels.clone()])
                .all(|entry| money(entry) <= least_savings)
        };
        let plain = self.places.iter().all(|place| {
            place.language[0] == place.language[1] && place.rent == 0.0 && enough(place)
        }) && (0..self.channels.len()).all(|k| {
            let first = self.entries[0][k];
            self.entries.iter().all(|entries| {
                let entry = entries[k];
                entry.available == first.available
                    && entry.weight == first.weight
                    && entry.needs == 0
                    && entry.requires == 0
                    && entry.fee == 0.0
            })
        });
        if plain {
            let mut weights = Weights::default();
            let anybody = Person {
                savings: f64::INFINITY,
                ..Person::default()
            };
            self.weigh_at(&anybody, 1.0, RuleSet::Now, &mut weights);
            self.uniform = Some(weights.values);
        }
    }

    fn find_offers(&mut self) {
        let offers_of = |entries: &Vec<Entry>| {
            let mut offers = Offers::default();
            for place in &self.places {
                offers.starts.push(offers.list.len() as u32);
                for channel in place.channels.clone() {
                    let entry = &entries[channel];
                    if !entry.available {
                        continue;
                    }
                    let money = match entry.money {
                        Some(money) => [money, money + place.two_rents],
                        None => [f64::NEG_INFINITY; 2],
                    };
                    offers.list.push(Offer {
                        needs: entry.needs,
                        requires: entry.requires,
                        price: entry.price as u32,
                        weight: entry.weight,
                        money,
                        channel: channel as u32,
                    });
                }
            }
            offers.starts.push(offers.list.len() as u32);
            offers
        };
        self.offers = self.entries.iter().map(offers_of).collect();
    }

    fn find_means(&mut self) {
        for place in &self.places {
            let entries = self.entries[RuleSet::Now as usize][place.channels.clone()].iter();
            for entry in entries.filter(|entry| entry.available) {
                let money = entry.money.unwrap_or(0.0);
                let least = [money, money + place.two_rents];
                match self
                    .means
                    .iter_mut()
                    .find(|(needs, _)| *needs == entry.needs)
                {
                    Some((_, known)) => {
                        *known = [known[0].min(least[0]), known[1].min(least[1])];
                    }
                    None => self.means.push((entry.needs, least)),
                }
            }
        }
    }

    /// Whether some channel is open now to who holds these documents and savings, if it meets all
    /// other conditions: cheaper than weighing, and `false` for most of the held.
    #[inline]
    pub fn is_within_means(&self, holds: u32, savings: f64, renter: bool) -> bool {
        self.means
            .iter()
            .any(|(needs, least)| needs & !holds == 0 && savings >= least[usize::from(renter)])
    }

    /// Whether every person has the same weights under every rule set: then who aspires goes.
    pub fn is_uniform(&self) -> bool {
        self.uniform.is_some()
    }

    /// exp(V) of every place, where it is the same for all.
    pub fn uniform_weights(&self) -> Option<&[f64]> {
        self.uniform.as_deref()
    }

    /// The first place whose value, or one of whose open channels' costs, is so far from the others'
    /// usual size that weights would underflow to nobody or overflow to no number.
    pub fn out_of_range(&self) -> Option<OutOfRange> {
        self.places.iter().find_map(|place| {
            let entries = |set: &'_ Vec<Entry>| set[place.channels.clone()].to_vec();
            let open = self.entries.iter().flat_map(entries);
            let costs: Vec<f64> = open
                .filter(|entry| entry.available)
                .map(|entry| entry.weight)
                .collect();
            let channels_ok = costs.iter().all(|weight| CHANNEL_WEIGHTS.contains(weight));
            let mut values = place.values.iter().flatten();
            let place_ok = costs.is_empty() || values.all(|value| VALUES.contains(value));
            let country = place.country;
            match (channels_ok, place_ok) {
                (true, true) => None,
                (false, _) => Some(OutOfRange::Channels { country }),
                (true, false) => Some(OutOfRange::Value { country }),
            }
        })
    }

    /// Prepares what each different fee takes off a channel's weight at a monthly income (currency
    /// units), exp(-fee / (mu income)).
    pub fn prices(&self, income: f64, prices: &mut Prices) {
        prices.income = income;
        prices.known.clear();
        prices.known.resize(self.fees.len(), Cell::new(f64::NAN));
    }

    /// [`Menu::weigh`] for one rule set and a person without refusals, at a monthly income now.
    pub fn weigh_at(
        &self,
        person: &Person,
        income: f64,
        set: RuleSet,
        weights: &mut Weights,
    ) -> f64 {
        if self.uniform.is_none() {
            self.prices(income, &mut weights.prices);
        }
        self.weigh(person, &weights.prices, set, &[], &mut weights.values)
    }

    /// [`Menu::weigh_at`] under the rules of now, but for some channels, by index.
    pub fn weigh_without(
        &self,
        person: &Person,
        income: f64,
        channels: &[u16],
        weights: &mut Weights,
    ) {
        if self.uniform.is_none() || !channels.is_empty() {
            self.prices(income, &mut weights.prices);
        }
        let Weights { values, prices } = weights;
        self.weigh(person, prices, RuleSet::Now, channels, values);
    }

    /// exp(V) of every place for a person with these [`Menu::prices`]; returns their sum, exp(I).
    /// `refused` are channel indices that are gates for this person (set `Now` only).
    pub fn weigh(
        &self,
        person: &Person,
        prices: &Prices,
        set: RuleSet,
        refused: &[u16],
        weights: &mut Vec<f64>,
    ) -> f64 {
        weights.clear();
        if let Some(uniform) = &self.uniform
            && refused.is_empty()
        {
            weights.extend_from_slice(uniform);
            return weights.iter().sum();
        }
        let mut total = 0.0;
        for place in 0..self.places.len() {
            let weight = self.weight(place, person, prices, set, refused);
            weights.push(weight);
            total += weight;
        }
        total
    }

    /// Turns weights under the rule set before into those under `set`: only places whose channels
    /// differ between the two are weighed again. For a person without refusals.
    pub fn reweigh(&self, person: &Person, prices: &Prices, set: RuleSet, weights: &mut [f64]) {
        for &place in &self.changed[set as usize] {
            weights[place] = self.weight(place, person, prices, set, &[]);
        }
    }

    /// exp(V) of a place.
    fn weight(
        &self,
        number: usize,
        person: &Person,
        prices: &Prices,
        set: RuleSet,
        refused: &[u16],
    ) -> f64 {
        let place = &self.places[number];
        let offers = &self.offers[set as usize];
        let range = offers.starts[number] as usize..offers.starts[number + 1] as usize;
        let mut sum = 0.0;
        for offer in &offers.list[range] {
            if offer.needs & !person.holds != 0
                || person.savings < offer.money[usize::from(person.renter)]
                || offer.requires & !person.conditions != 0
                || (offer.requires != 0 && !meets(person, offer.requires, place.country))
                || (!refused.is_empty()
                    && refused.contains(&self.channels[offer.channel as usize].0))
            {
                continue;
            }
            sum += offer.weight * self.price(offer.price, prices);
        }
        if sum > 0.0 {
            place.utility_weight(person) * pow(sum, self.mu)
        } else {
            0.0
        }
    }

    /// What a fee takes off, computed when it is first asked for.
    #[inline]
    fn price(&self, number: u32, prices: &Prices) -> f64 {
        if number == 0 {
            return 1.0;
        }
        let known = &prices.known[number as usize];
        if known.get().is_nan() {
            known.set(exp(-self.fees[number as usize] / prices.income));
        }
        known.get()
    }

    /// exp(-c / mu) of each channel of a place that the person can use: (position, weight).
    pub fn channels_of<'a>(
        &'a self,
        place: usize,
        person: &'a Person,
        income: f64,
        set: RuleSet,
        refused: &'a [u16],
    ) -> impl Iterator<Item = (usize, f64)> + 'a {
        let place = &self.places[place];
        let entries = &self.entries[set as usize];
        place
            .channels
            .clone()
            .filter(move |&k| {
                self.usable(&entries[k], place, person) && !refused.contains(&self.channels[k].0)
            })
            .map(move |k| (k, channel_weight(&entries[k], income)))
    }

    #[inline]
    fn usable(&self, entry: &Entry, place: &Place, person: &Person) -> bool {
        if !entry.available || entry.needs & !person.holds != 0 {
            return false;
        }
        if let Some(money) = entry.money {
            let rents = if person.renter { place.two_rents } else { 0.0 };
            if person.savings < money + rents {
                return false;
            }
        }
        entry.requires == 0 || meets(person, entry.requires, place.country)
    }

    /// An upper bound of exp(I) under a rule set over the active or others, connected or others of
    /// a segment, and a lower bound of exp(u) by place; `income_max` is the largest monthly income
    /// now.
    pub fn bounds(
        &self,
        population: &SegmentPopulation,
        class: (bool, bool),
        income_max: f64,
        set: RuleSet,
    ) -> (f64, Vec<f64>) {
        let entries = &self.entries[set as usize];
        let mut least = Vec::with_capacity(self.places.len());
        let mut total = 0.0;
        for place in &self.places {
            let sum: f64 = place
                .channels
                .clone()
                .filter(|&k| {
                    entries[k].available
                        && reachable(population, class, entries[k].requires, place.country)
                })
                .map(|k| channel_weight(&entries[k], income_max))
                .sum();
            let (most, low) = place.weight_range(population);
            if sum > 0.0 {
                total += most * pow(sum, self.mu);
            }
            least.push(low * (1.0 - 1e-9));
        }
        (total * (1.0 + 1e-9), least)
    }
}

#[inline]
fn channel_weight(entry: &Entry, income: f64) -> f64 {
    if entry.fee == 0.0 {
        entry.weight
    } else {
        entry.weight * exp(-entry.fee / income)
    }
}

const CONDITIONS: [Condition; 5] = [
    Condition::AtRisk,
    Condition::Ancestry,
    Condition::Kin,
    Condition::Employer,
    Condition::DraftNotice,
];

/// Whether a person meets all conditions for a country.
pub fn meets(person: &Person, requires: u8, country: u16) -> bool {
    CONDITIONS.iter().all(|&condition| {
        requires & (1 << condition as u8) == 0
            || match condition {
                Condition::AtRisk => person.evidence,
                Condition::Ancestry => person.ancestry.contains(country),
                Condition::Kin => person.kin.contains(country),
                Condition::Employer => person.employer.contains(country),
                Condition::DraftNotice => person.draft_notice,
            }
    })
}

/// Whether somebody of a class (active, connected) of the segment can meet each condition.
fn reachable(
    population: &SegmentPopulation,
    class: (bool, bool),
    requires: u8,
    country: u16,
) -> bool {
    CONDITIONS.iter().all(|&condition| {
        requires & (1 << condition as u8) == 0
            || population.anybody_meets(condition, country, class)
    })
}
