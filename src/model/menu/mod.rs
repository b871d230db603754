//! The choice set of a person who could go: countries, their channels, and the weight of each
//! under each rule set.
//!
//! Weights are exp(V), the exponentials of the values of `docs/model.md`, so that shares are
//! ratios and inclusive values are sums: no logarithm is taken for each person.

mod bounds;
mod means;
mod offer;
mod weigh;

pub use bounds::OutOfRange;
pub use weigh::{Knowledge, Prices, Weights};

use super::place::Place;
use super::sheet::{Entry, Sheet};
use crate::population::Person;
use crate::world::RuleSet;
use means::Means;
use offer::{Offer, Offers, Others};
use std::sync::OnceLock;

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
    /// For each set of documents that some channel asks for that is open now, and that is open
    /// under any rule set that lifts no means: the least money that such a channel takes of who
    /// does not and who does rent, currency units.
    means: [Vec<Means>; 2],
    /// Likewise for what some persons believe of channels.
    other_means: [Vec<Means>; 2],
    /// By number in the list of [`super::Beliefs::of_class`]; `None` = not a channel of this menu.
    others: Vec<Option<Others>>,
    /// Whether somebody may know of a loss to come.
    loss_ahead: bool,
    /// By rule set: places whose channels differ from those under the set before.
    changed: Vec<Vec<usize>>,
    mu: f64,
    /// By rule set: every channel as it holds or as anybody believes it to hold, with its place.
    every: [OnceLock<Vec<(u32, Offer)>>; 4],
    /// The weights, where they are the same for all persons under every rule set.
    uniform: Option<Vec<f64>>,
    /// exp(u) by place of who speaks no language but that of home and does not or does rent.
    pub(super) utilities: [Vec<f64>; 2],
}

impl Menu {
    /// An empty menu for so many rule sets; channels will come from this sheet.
    pub fn new(sheet: &Sheet, sets: usize) -> Self {
        Self {
            places: Vec::new(),
            labels: Vec::new(),
            channels: Vec::new(),
            entries: vec![Vec::new(); sets],
            offers: Vec::new(),
            fees: sheet.fees.clone(),
            means: [Vec::new(), Vec::new()],
            other_means: [Vec::new(), Vec::new()],
            others: Vec::new(),
            loss_ahead: false,
            changed: Vec::new(),
            mu: sheet.mu,
            every: [const { OnceLock::new() }; 4],
            uniform: None,
            utilities: [Vec::new(), Vec::new()],
        }
    }

    /// Adds a channel of the sheet, with the key of its draws.
    pub fn push_channel(&mut self, sheet: &Sheet, (channel, label): (u16, u32)) {
        self.channels.push((channel, label));
        let entries = &sheet.entries[usize::from(channel)];
        for (list, entry) in self.entries.iter_mut().zip(entries) {
            list.push(*entry);
        }
    }

    /// Finds out what rule sets change, and whether the weights depend on the person at all; `least_savings` is the smallest
    /// savings of anybody (currency units).
    pub fn finish(&mut self, sheet: &Sheet, least_savings: f64) {
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
        self.utilities = [0, 1].map(|renter| {
            let of_place = |place: &Place| place.values[0][renter];
            self.places.iter().map(of_place).collect()
        });
        self.find_offers();
        self.find_others(sheet);
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
                    && entry.needs_any == 0
                    && entry.requires == 0
                    && entry.fee == 0.0
            })
        });
        if plain && self.others.iter().all(Option::is_none) {
            let mut weights = Weights::default();
            let anybody = Person {
                savings: f64::INFINITY,
                ..Person::default()
            };
            self.weigh_at(&anybody, 1.0, RuleSet::Now, &mut weights);
            self.uniform = Some(weights.values);
        }
    }

    /// Whether somebody may know that something will close or become dearer.
    pub fn has_loss_ahead(&self) -> bool {
        self.loss_ahead
    }

    /// The position of a country among the places.
    pub fn position(&self, country: u16) -> Option<usize> {
        let places = &self.places;
        places
            .binary_search_by_key(&country, |place| place.country)
            .ok()
    }

    /// Whether every person has the same weights under every rule set: then who aspires goes.
    pub fn is_uniform(&self) -> bool {
        self.uniform.is_some()
    }

    /// exp(V) of every place, where it is the same for all.
    pub fn uniform_weights(&self) -> Option<&[f64]> {
        self.uniform.as_deref()
    }
}
