//! The choice set of a person who could go: countries, their channels, and the weight of each under each rule set.
//!
//! Weights are exp(V), the exponentials of the values of `docs/model.md`, so that shares are ratios and
//! inclusive values are sums, and no logarithm is taken per person.

mod bounds;
mod eligible;
mod kinds;
mod means;
mod offer;
mod usable;
mod weigh;

pub use bounds::OutOfRange;
pub use eligible::Eligible;
pub(in crate::model) use kinds::Asked;
pub use weigh::{Knowledge, Prices, Weights};

use super::place::Place;
use super::sheet::{Entry, Sheet};
use crate::population::Person;
use crate::world::RuleSet;
use bounds::Limits;
use means::MenuMeans;
use offer::{Offer, Offers, Others};
use std::sync::{Arc, OnceLock};
use usable::UsableByKind;

/// Whether a person is kept from leaving, by rule set.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Exits {
    /// Whether an exit gate bars the person now.
    pub barred_now: bool,
    /// Whether it would still bar the person with policy gates lifted.
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
///
/// The menu from home and those from every host country have the same places in the same order, so that a place keeps
/// its position wherever a person starts from; from a host country, that country itself is worth nothing.
#[derive(Debug, Clone, PartialEq)]
pub struct Menu {
    /// The countries, ascending.
    pub places: Vec<Place>,
    /// exp(u) by place for a person who speaks only the language of home: one who does not rent, and one who does.
    pub(super) utilities: [Vec<f64>; 2],
    /// The weights, if they are the same for all persons under every rule set.
    uniform: Option<Vec<f64>>,
    /// Whether they are the same for all places and above 0.
    equal: bool,
    /// The position of the country where the person is, if it is among the places.
    here: Option<usize>,
    /// What the menus from all host countries have in common.
    ways: Arc<Ways>,
    /// What suffices for some way out; empty in a menu from abroad, where nobody is held.
    means: MenuMeans,
}

/// The channels of a menu, which are the same whatever country a person starts from.
#[derive(Debug, Clone, PartialEq)]
pub struct Ways {
    /// Keys of draws about the places.
    pub labels: Vec<u32>,
    /// By channel: its index, and the key of its draws.
    pub channels: Vec<(u16, u32)>,
    entries: Vec<Vec<Entry>>,
    /// The open channels, by rule set.
    offers: Vec<Offers>,
    /// The open channels, by rule set and kind of persons.
    usable: Vec<UsableByKind>,
    /// The distinct fees over mu, the first of them 0; each is weighed against income once per person.
    fees: Vec<f64>,
    /// By number in the list of [`super::Beliefs::of_class`]; `None` if the channel is not in this menu.
    others: Vec<Option<Others>>,
    /// Whether somebody may know of a loss to come.
    loss_ahead: bool,
    /// By rule set: the places whose channels differ from those under the set before.
    changed: Vec<Vec<usize>>,
    mu: f64,
    /// By rule set: every channel as it holds or as anybody believes it to hold, with its place.
    every: [OnceLock<Vec<(u32, Offer)>>; 4],
    /// Whether the channels are the same for all persons under every rule set.
    uniform: bool,
    /// By place: the savings that suffice for each of its channels, without rent, in currency units.
    enough: Vec<f64>,
    /// Which channels can be reached and computed.
    limits: Limits,
}

impl Ways {
    /// Returns an empty set of channels for `sets` rule sets; the channels are then added from this sheet.
    pub fn new(sheet: &Sheet, sets: usize) -> Self {
        Self {
            labels: Vec::new(),
            channels: Vec::new(),
            entries: vec![Vec::new(); sets],
            offers: Vec::new(),
            usable: Vec::new(),
            fees: sheet.fees.clone(),
            others: Vec::new(),
            loss_ahead: false,
            changed: Vec::new(),
            mu: sheet.mu,
            every: [const { OnceLock::new() }; 4],
            uniform: false,
            enough: Vec::new(),
            limits: Limits::default(),
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

    /// Finds what the rule sets change, once all channels of these places have been added.
    pub fn finish(&mut self, sheet: &Sheet, places: &[Place]) {
        self.changed = (0..self.entries.len())
            .map(|set| {
                let before = &self.entries[set.saturating_sub(1)];
                let differs = |place: &Place| {
                    before[place.channels.clone()] != self.entries[set][place.channels.clone()]
                };
                (0..places.len())
                    .filter(|&place| differs(&places[place]))
                    .collect()
            })
            .collect();
        self.labels = places.iter().map(|place| place.label).collect();
        self.find_offers(places);
        self.find_others(sheet, places);
        self.find_limits(places);
        let enough = |place: &Place| {
            let entries = self.entries.iter();
            let money = entries.flat_map(|entries| &entries[place.channels.clone()]);
            let money = money.map(|entry| entry.money.unwrap_or(0.0));
            money.fold(f64::NEG_INFINITY, f64::max)
        };
        self.enough = places.iter().map(enough).collect();
        let alike = (0..self.channels.len()).all(|k| {
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
        self.uniform = alike && self.others.iter().all(Option::is_none);
    }
}

impl Menu {
    /// Builds a menu of places with the ways to them; `here` is the position of the country where the person is, and
    /// `least_savings` are the smallest savings of anybody (currency units).
    pub fn new(
        places: Vec<Place>,
        ways: &Arc<Ways>,
        here: Option<usize>,
        least_savings: f64,
    ) -> Self {
        let utilities = [0, 1].map(|renter| {
            let of_place = |place: &Place| place.values[0][renter];
            places.iter().map(of_place).collect()
        });
        let mut menu = Self {
            places,
            utilities,
            uniform: None,
            equal: false,
            here,
            ways: Arc::clone(ways),
            means: MenuMeans::default(),
        };
        if menu.is_alike(least_savings) {
            let mut weights = Weights::default();
            let anybody = Person {
                savings: f64::INFINITY,
                ..Person::default()
            };
            menu.weigh_at(&anybody, 1.0, RuleSet::Now, &mut weights);
            let first = weights.values.first().copied().unwrap_or(0.0);
            menu.equal = first > 0.0 && weights.values.iter().all(|weight| *weight == first);
            menu.uniform = Some(weights.values);
        }
        menu
    }

    /// Whether places and channels are the same for all persons.
    fn is_alike(&self, least_savings: f64) -> bool {
        let enough = |(place, enough): (&Place, &f64)| {
            place.language[0] == place.language[1]
                && place.rent == 0.0
                && enough + place.two_rents <= least_savings
        };
        self.ways.uniform && self.places.iter().zip(&self.ways.enough).all(enough)
    }

    /// Returns the menu with what suffices for some way out, which menus from home need.
    pub fn with_means(mut self) -> Self {
        self.means = MenuMeans::of(&self.ways, &self.places);
        self
    }

    /// What the menu has in common with menus from elsewhere.
    pub fn ways(&self) -> &Arc<Ways> {
        &self.ways
    }

    /// The keys of draws about the places.
    #[inline]
    pub fn labels(&self) -> &[u32] {
        &self.ways.labels
    }

    /// By channel: its index, and the key of its draws.
    #[inline]
    pub fn channels(&self) -> &[(u16, u32)] {
        &self.ways.channels
    }

    /// Whether somebody may know that something will close or become dearer.
    pub fn has_loss_ahead(&self) -> bool {
        self.ways.loss_ahead
    }

    /// The position of a country among the places.
    pub fn position(&self, country: u16) -> Option<usize> {
        let places = &self.places;
        places
            .binary_search_by_key(&country, |place| place.country)
            .ok()
    }

    /// Whether every person has the same weights under every rule set, so that everybody who aspires goes.
    pub fn is_uniform(&self) -> bool {
        self.uniform.is_some()
    }

    /// exp(V) of every place, if it is the same for all persons.
    pub fn uniform_weights(&self) -> Option<&[f64]> {
        self.uniform.as_deref()
    }

    /// Whether all places have the same weight, above 0, for every person.
    pub fn weighs_equally(&self) -> bool {
        self.equal
    }
}
