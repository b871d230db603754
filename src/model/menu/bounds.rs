//! What weights of a menu can be: upper and lower bounds, and what cannot be computed at all.

use super::offer::Offer;
use super::{Menu, Prices};
use crate::draw::math::pow;
use crate::model::conditions::reachable;
use crate::model::place::Place;
use crate::model::sheet::Entry;
use crate::population::SegmentPopulation;
use crate::world::RuleSet;

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

impl Menu {
    /// The first place whose value, or one of whose open channels' costs, is so far from the others'
    /// usual size that weights would underflow to nobody or overflow to no number.
    pub fn out_of_range(&self) -> Option<OutOfRange> {
        self.places.iter().find_map(|place| {
            let entries = |set: &'_ Vec<Entry>| set[place.channels.clone()].to_vec();
            let open = self.entries.iter().flat_map(entries);
            let of_others = self.others.iter().flatten();
            let of_others = of_others
                .filter(|others| place.channels.contains(&(others.channel as usize)))
                .flat_map(|others| others.options.iter().flatten())
                .flat_map(|option| option.believed.iter().chain([&option.anticipated]));
            let costs: Vec<f64> = open
                .filter(|entry| entry.available)
                .map(|entry| entry.weight)
                .chain(of_others.flatten().map(|offer| offer.weight))
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

    /// An upper bound of exp(I) under a rule set over the active or others, connected or others of
    /// a segment, whatever they believe, and a lower bound of exp(u) by place; `income_max` is the
    /// largest monthly income now.
    pub fn bounds(
        &self,
        population: &SegmentPopulation,
        class: (bool, bool),
        income_max: f64,
        set: RuleSet,
    ) -> (f64, Vec<f64>) {
        let mut least = Vec::with_capacity(self.places.len());
        let mut total = 0.0;
        let mut prices = Prices::default();
        self.prices(income_max, &mut prices);
        let weight_of = |offer: &Offer, place: &Place| {
            if reachable(population, class, offer.requires, place.country) {
                offer.weight * self.price(offer.price, &prices)
            } else {
                0.0
            }
        };
        // By channel, whatever a person believes of it.
        let mut weights = vec![0.0_f64; self.channels.len()];
        for (number, place) in self.places.iter().enumerate() {
            for offer in self.offers_of(number, set) {
                weights[offer.channel as usize] = weight_of(offer, place);
            }
        }
        for others in self.others.iter().flatten() {
            let place = &self.places[others.place as usize];
            let most = &mut weights[others.channel as usize];
            for option in others.options.iter().flatten() {
                if let Some(offer) = option.get(set, false) {
                    *most = most.max(weight_of(offer, place));
                }
            }
        }
        for place in &self.places {
            let sum: f64 = weights[place.channels.clone()].iter().sum();
            let (most, low) = place.weight_range(population);
            if sum > 0.0 {
                total += most * pow(sum, self.mu);
            }
            least.push(low * (1.0 - 1e-9));
        }
        (total * (1.0 + 1e-9), least)
    }

    /// By place: the sum of the weights of its channels to the power mu, at most, for persons with
    /// these documents and conditions at a monthly income now (currency units), whatever they
    /// believe, save and have been refused.
    pub(in crate::model) fn sums_at_most(
        &self,
        set: RuleSet,
        (holds, conditions): (u32, u8),
        income: f64,
    ) -> Vec<f64> {
        let mut prices = Prices::default();
        self.prices(income, &mut prices);
        let worth = |offer: &Offer| {
            if offer.may_be_for(holds, conditions) {
                offer.weight * self.price(offer.price, &prices)
            } else {
                0.0
            }
        };
        let mut weights = self.common_weights(set, &worth);
        for others in self.others.iter().flatten() {
            let most = &mut weights[others.channel as usize];
            let offers = others.options.iter().flatten();
            for offer in offers.filter_map(|option| option.get(set, false)) {
                *most = most.max(worth(offer));
            }
        }
        self.sums_of(&weights, 1.0 + 1e-9)
    }

    /// The same in the open world at least, by the channels alone that ask for no condition.
    pub(in crate::model) fn open_sums_at_least(&self, income: f64) -> Vec<f64> {
        let mut prices = Prices::default();
        self.prices(income, &mut prices);
        let worth = |offer: &Offer| {
            if offer.requires == 0 {
                offer.weight * self.price(offer.price, &prices)
            } else {
                0.0
            }
        };
        let mut weights = self.common_weights(RuleSet::Open, &worth);
        for others in self.others.iter().flatten() {
            let least = &mut weights[others.channel as usize];
            for option in others.options.iter().flatten() {
                let offer = option.get(RuleSet::Open, false);
                *least = least.min(offer.map_or(0.0, &worth));
            }
        }
        self.sums_of(&weights, 1.0 - 1e-9)
    }

    /// By channel: what it is worth as it holds.
    fn common_weights(&self, set: RuleSet, worth: &dyn Fn(&Offer) -> f64) -> Vec<f64> {
        let mut weights = vec![0.0; self.channels.len()];
        for place in 0..self.places.len() {
            for offer in self.offers_of(place, set) {
                weights[offer.channel as usize] = worth(offer);
            }
        }
        weights
    }

    fn sums_of(&self, weights: &[f64], room: f64) -> Vec<f64> {
        let sums = self.places.iter().map(|place| {
            let sum: f64 = weights[place.channels.clone()].iter().sum();
            if sum > 0.0 {
                pow(sum, self.mu) * room
            } else {
                0.0
            }
        });
        sums.collect()
    }

    /// The documents, and the conditions, that some channel asks for under a rule set, as it holds or
    /// as somebody believes it to hold.
    pub(in crate::model) fn asks_for(&self, set: RuleSet) -> (u32, u8) {
        let common = self.offers[set as usize].list.iter();
        let others = self.others.iter().flatten();
        let others = others.flat_map(|others| others.options.iter().flatten());
        common
            .chain(others.filter_map(|option| option.get(set, false)))
            .fold((0, 0), |(documents, conditions), offer| {
                (
                    documents | offer.needs | offer.needs_any,
                    conditions | offer.requires,
                )
            })
    }
}
