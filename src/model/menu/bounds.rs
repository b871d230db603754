//! Bounds on the weights of a menu, and what cannot be computed at all.

use super::offer::Offer;
use super::{Asked, Menu, Prices, Ways};
use crate::draw::math::pow;
use crate::model::place::Place;
use crate::population::SegmentPopulation;
use crate::world::RuleSet;

/// The range of exp(-c / mu) within which sums and powers neither underflow nor overflow.
const CHANNEL_WEIGHTS: std::ops::RangeInclusive<f64> = 1e-250..=1e250;
/// The same for exp(u): 230 units of log-utility in either direction, some twenty times what is plausible.
const VALUES: std::ops::RangeInclusive<f64> = 1e-100..=1e100;

/// What cannot be computed about a country.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OutOfRange {
    /// The costs of its channels, divided by mu.
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

/// Which channels of a menu can be reached and computed.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct Limits {
    /// By place: whether any channel is open to anybody, or believed to be.
    open: Vec<bool>,
    /// The first place with a channel whose cost cannot be computed.
    out_of_range: Option<usize>,
}

impl Menu {
    /// The first place whose value, or one of whose open channels' costs, is so far from the usual size of the
    /// others that weights would underflow to zero or overflow to no finite number.
    pub fn out_of_range(&self) -> Option<OutOfRange> {
        let limits = &self.ways.limits;
        let of_channels = limits.out_of_range.map(|place| OutOfRange::Channels {
            country: self.places[place].country,
        });
        let values = || {
            let places = self.places.iter().enumerate();
            places
                .zip(&limits.open)
                .find_map(|((number, place), open)| {
                    let mut values = place.values.iter().flatten();
                    let is_reached = self.here != Some(number) && *open;
                    let country = place.country;
                    (is_reached && !values.all(|value| VALUES.contains(value)))
                        .then_some(OutOfRange::Value { country })
                })
        };
        of_channels.or_else(values)
    }

    /// Every channel as it holds and as anybody believes it to hold, with its place; listed on first use.
    pub(super) fn every(&self, set: RuleSet) -> &[(u32, Offer)] {
        self.ways.every[set as usize].get_or_init(|| {
            let places = 0..self.places.len();
            let common = places.flat_map(|place| {
                let offers = self.offers_of(place, set).iter();
                offers.map(move |offer| (place as u32, *offer))
            });
            let mut list: Vec<(u32, Offer)> = common.collect();
            for others in self.ways.others.iter().flatten() {
                let begin = list.len();
                let options = others.options.iter().flatten();
                for offer in options.filter_map(|option| option.get(set, false)) {
                    // (What some believe of a channel is often the same as what others believe.)
                    if !list[begin..].iter().any(|(_, known)| known == offer) {
                        list.push((others.place, *offer));
                    }
                }
            }
            list
        })
    }

    /// By place: the largest exp(u) of anybody in a segment.
    pub fn utilities_at_most(&self, population: &SegmentPopulation) -> Vec<f64> {
        let most = |place: &Place| place.weight_range(population).0;
        self.places.iter().map(most).collect()
    }

    /// By place: the smallest exp(u) of anybody in a segment.
    pub fn utilities_at_least(&self, population: &SegmentPopulation) -> Vec<f64> {
        let least = |place: &Place| place.weight_range(population).1 * (1.0 - 1e-9);
        self.places.iter().map(least).collect()
    }

    /// By place: the least savings (currency units) that a channel requires, of persons who do not rent and of
    /// persons who do, with these documents and conditions and whatever they believe; infinite where no channel is
    /// for them.
    pub(in crate::model) fn money_at_least(
        &self,
        set: RuleSet,
        (holds, conditions): (u32, u8),
    ) -> [Vec<f64>; 2] {
        let mut least = vec![f64::INFINITY; self.places.len()];
        for (place, offer) in self.every(set) {
            if offer.may_be_for(holds, conditions) {
                let least = &mut least[*place as usize];
                *least = least.min(offer.money);
            }
        }
        let of_renters = least.iter().zip(&self.places);
        let of_renters = of_renters.map(|(least, place)| least + place.two_rents);
        let of_renters = of_renters.collect();
        [least, of_renters]
    }

    /// By place: a lower bound of the sum of the weights of its channels to the power mu in the open world, from
    /// only those channels that require no condition.
    pub(in crate::model) fn open_sums_at_least(&self, income: f64) -> Vec<f64> {
        let mut prices = Prices::default();
        self.prices(income, &mut prices);
        let worth = |offer: &Offer, _: &Place| {
            if offer.requires == 0 {
                offer.weight * self.price(offer.price, &prices)
            } else {
                0.0
            }
        };
        let mut weights = self.common_weights(RuleSet::Open, &worth);
        for others in self.ways.others.iter().flatten() {
            let least = &mut weights[others.channel as usize];
            let place = &self.places[others.place as usize];
            for option in others.options.iter().flatten() {
                let offer = option.get(RuleSet::Open, false);
                *least = least.min(offer.map_or(0.0, |offer| worth(offer, place)));
            }
        }
        self.sums_of(&weights, 1.0 - 1e-9)
    }

    /// By channel: its worth as it holds.
    fn common_weights(&self, set: RuleSet, worth: &dyn Fn(&Offer, &Place) -> f64) -> Vec<f64> {
        let mut weights = vec![0.0; self.ways.channels.len()];
        for (number, place) in self.places.iter().enumerate() {
            for offer in self.offers_of(number, set) {
                weights[offer.channel as usize] = worth(offer, place);
            }
        }
        weights
    }

    pub(super) fn sums_of(&self, weights: &[f64], room: f64) -> Vec<f64> {
        let sums = self.places.iter().map(|place| {
            let sum: f64 = weights[place.channels.clone()].iter().sum();
            if sum > 0.0 {
                pow(sum, self.ways.mu) * room
            } else {
                0.0
            }
        });
        sums.collect()
    }

    /// The documents and conditions that some channel asks for under a rule set, as it holds or as somebody
    /// believes it to hold.
    pub(in crate::model) fn asks_for(&self, set: RuleSet) -> Asked {
        Asked::by(self.every(set).iter().map(|(_, offer)| offer))
    }
}

impl Ways {
    /// The weights exp(-c / mu) of the channels of a place, as they hold under any rule set and as anybody believes
    /// them to hold, where they are open.
    fn weights_of<'a>(&'a self, place: &'a Place) -> impl Iterator<Item = f64> + 'a {
        let entries = self.entries.iter();
        let open = entries.flat_map(|entries| &entries[place.channels.clone()]);
        let open = open.filter(|entry| entry.available);
        let of_others = self.others.iter().flatten();
        let of_others = of_others
            .filter(|others| place.channels.contains(&(others.channel as usize)))
            .flat_map(|others| others.options.iter().flatten())
            .flat_map(|option| option.believed.iter().chain([&option.anticipated]));
        let of_others = of_others.flatten().map(|offer| offer.weight);
        open.map(|entry| entry.weight).chain(of_others)
    }

    /// Finds which places can be reached, and whether the costs of their channels can be computed; the result is
    /// the same for the menus from everywhere.
    pub(super) fn find_limits(&mut self, places: &[Place]) {
        let mut limits = Limits::default();
        for (number, place) in places.iter().enumerate() {
            let mut open = false;
            for weight in self.weights_of(place) {
                open = true;
                if !CHANNEL_WEIGHTS.contains(&weight) {
                    limits.out_of_range.get_or_insert(number);
                }
            }
            limits.open.push(open);
        }
        self.limits = limits;
    }
}
