//! The choice set of a person who could go: countries, their channels, and the weight of each
//! under each rule set.
//!
//! Weights are exp(V), the exponentials of the values of `docs/model.md`, so that shares are
//! ratios and inclusive values are sums: no logarithm is taken for each person.

use super::belief::Belief;
use super::conditions::{meets, reachable};
use super::place::Place;
use super::sheet::{Entry, Sheet};
use crate::draw::math::{exp, pow};
use crate::population::{Person, SegmentPopulation};
use crate::world::RuleSet;
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

/// A channel that is open under one rule set, as weighing reads it.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Offer {
    needs: u32,
    needs_any: u32,
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

impl Offer {
    /// `None` where the channel is closed.
    fn of(entry: &Entry, place: &Place, channel: usize) -> Option<Self> {
        let money = match entry.money {
            Some(money) => [money, money + place.two_rents],
            None => [f64::NEG_INFINITY; 2],
        };
        entry.available.then_some(Self {
            needs: entry.needs,
            needs_any: entry.needs_any,
            requires: entry.requires,
            price: entry.price as u32,
            weight: entry.weight,
            money,
            channel: channel as u32,
        })
    }

    /// Whether the person has the documents and money and meets the conditions.
    #[inline]
    fn is_for(&self, person: &Person, holds: u32, country: u16) -> bool {
        self.needs & !holds == 0
            && (self.needs_any == 0 || self.needs_any & holds != 0)
            && person.savings >= self.money[usize::from(person.renter)]
            && self.requires & !person.conditions == 0
            && (self.requires == 0 || meets(person, self.requires, country))
    }
}

/// What some persons believe of one channel.
#[derive(Debug, Clone, PartialEq)]
struct Others {
    /// Its place in [`Menu::channels`].
    channel: u32,
    /// Its place in [`Menu::places`].
    place: u32,
    /// By option; `None` = as it holds.
    options: Vec<Option<OtherOffers>>,
}

/// A channel as some persons believe it to be.
#[derive(Debug, Clone, PartialEq)]
struct OtherOffers {
    /// By rule set, as it is believed to be now.
    believed: Vec<Option<Offer>>,
    /// As it is known to be in the end, under the rule set of now.
    anticipated: Option<Offer>,
}

impl OtherOffers {
    fn get(&self, set: RuleSet, ahead: bool) -> Option<&Offer> {
        if ahead {
            self.anticipated.as_ref()
        } else {
            self.believed[set as usize].as_ref()
        }
    }
}

/// What a person knows and believes besides what everybody does.
#[derive(Debug, Clone, Copy)]
pub struct Knowledge<'a> {
    /// Channels (index) that have refused this person lately: closed to it under the rules of now.
    pub refused: &'a [u16],
    /// What it believes otherwise than it holds.
    pub belief: &'a Belief,
    /// Whether to weigh what is known to come in place of what is believed now.
    pub ahead: bool,
}

impl<'a> Knowledge<'a> {
    /// Nothing.
    pub fn common() -> Self {
        Self::of(Belief::as_it_is())
    }

    /// A belief about now, and no refusal.
    pub fn of(belief: &'a Belief) -> Self {
        Self {
            refused: &[],
            belief,
            ahead: false,
        }
    }
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

/// Documents asked for (all of the first, one of the second), and the least money taken with them of
/// who does not and who does rent, currency units.
type Means = ((u32, u32), [f64; 2]);

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
    other_means: Vec<Means>,
    /// By number in the list of [`super::Beliefs::of_class`]; `None` = not a channel of this menu.
    others: Vec<Option<Others>>,
    /// Whether somebody may know of a loss to come.
    loss_ahead: bool,
    /// By rule set: places whose channels differ from those under the set before.
    changed: Vec<Vec<usize>>,
    mu: f64,
    /// The weights, where they are the same for all persons under every rule set.
    uniform: Option<Vec<f64>>,
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
            other_means: Vec::new(),
            others: Vec::new(),
            loss_ahead: false,
            changed: Vec::new(),
            mu: sheet.mu,
            uniform: None,
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

    fn find_offers(&mut self) {
        let offers_of = |entries: &Vec<Entry>| {
            let mut offers = Offers::default();
            for place in &self.places {
                offers.starts.push(offers.list.len() as u32);
                let channels = place.channels.clone();
                let open =
                    channels.filter_map(|channel| Offer::of(&entries[channel], place, channel));
                offers.list.extend(open);
            }
            offers.starts.push(offers.list.len() as u32);
            offers
        };
        self.offers = self.entries.iter().map(offers_of).collect();
    }

    fn find_others(&mut self, sheet: &Sheet) {
        let sets = self.entries.len();
        let others = sheet.others.iter().map(|other| {
            let mut channels = self.channels.iter();
            let channel = channels.position(|(channel, _)| *channel == other.channel)?;
            let mut places = self.places.iter();
            let number = places.position(|place| place.channels.contains(&channel))?;
            let place = &self.places[number];
            let options = other.options.iter().map(|option| {
                let believed = &option.as_ref()?.believed[..sets];
                Some(OtherOffers {
                    believed: believed
                        .iter()
                        .map(|entry| Offer::of(entry, place, channel))
                        .collect(),
                    anticipated: Offer::of(&option.as_ref()?.anticipated, place, channel),
                })
            });
            Some(Others {
                channel: channel as u32,
                place: number as u32,
                options: options.collect(),
            })
        });
        self.others = others.collect();
        self.loss_ahead = sheet.loss_ahead;
    }

    fn find_means(&mut self) {
        for (number, offers) in self.offers.iter().enumerate() {
            if number == RuleSet::Open as usize {
                continue;
            }
            let lists = if number == RuleSet::Now as usize {
                &mut self.means[..]
            } else {
                &mut self.means[1..]
            };
            for list in lists {
                for offer in &offers.list {
                    add_means(list, offer);
                }
            }
        }
        for others in self.others.iter().flatten() {
            for option in others.options.iter().flatten() {
                if let Some(offer) = option.get(RuleSet::Now, false) {
                    add_means(&mut self.other_means, offer);
                }
            }
        }
    }

    /// Whether some channel is open now to who holds these documents and savings, if it meets all
    /// other conditions: cheaper than weighing, and `false` for most of the held.
    #[inline]
    pub fn is_within_means(&self, holds: u32, savings: f64, renter: bool) -> bool {
        suffice(&self.means[0], holds, savings, renter)
    }

    /// The same under the rules as they are, with policy gates lifted, or with policy costs lifted
    /// too: who has no way under any of these can only be held by means.
    #[inline]
    pub fn would_be_within_means(&self, holds: u32, savings: f64, renter: bool) -> bool {
        suffice(&self.means[1], holds, savings, renter)
    }

    /// The same for the channels that some persons believe to be other than they are.
    #[inline]
    pub fn may_seem_within_means(&self, holds: u32, savings: f64, renter: bool) -> bool {
        suffice(&self.other_means, holds, savings, renter)
    }

    /// Whether somebody may know that something will close or become dearer.
    pub fn has_loss_ahead(&self) -> bool {
        self.loss_ahead
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

    /// Prepares what each different fee takes off a channel's weight at a monthly income (currency
    /// units), exp(-fee / (mu income)).
    pub fn prices(&self, income: f64, prices: &mut Prices) {
        prices.income = income;
        prices.known.clear();
        prices.known.resize(self.fees.len(), Cell::new(f64::NAN));
    }

    /// [`Menu::weigh`] for one rule set and a person who knows what everybody knows, at a monthly
    /// income now.
    pub fn weigh_at(
        &self,
        person: &Person,
        income: f64,
        set: RuleSet,
        weights: &mut Weights,
    ) -> f64 {
        self.weigh_as(person, income, set, Knowledge::common(), weights)
    }

    /// [`Menu::weigh`] for one rule set, at a monthly income now.
    pub fn weigh_as(
        &self,
        person: &Person,
        income: f64,
        set: RuleSet,
        knowledge: Knowledge<'_>,
        weights: &mut Weights,
    ) -> f64 {
        if self.uniform.is_none() || !knowledge.refused.is_empty() {
            self.prices(income, &mut weights.prices);
        }
        let Weights { prices, values } = weights;
        self.weigh(person, prices, set, knowledge, values)
    }

    /// exp(V) of every place for a person with these [`Menu::prices`]; returns their sum, exp(I).
    pub fn weigh(
        &self,
        person: &Person,
        prices: &Prices,
        set: RuleSet,
        knowledge: Knowledge<'_>,
        weights: &mut Vec<f64>,
    ) -> f64 {
        weights.clear();
        if let Some(uniform) = &self.uniform
            && knowledge.refused.is_empty()
        {
            weights.extend_from_slice(uniform);
            return weights.iter().sum();
        }
        let mut total = 0.0;
        for place in 0..self.places.len() {
            let weight = self.weight(place, person, prices, set, knowledge);
            weights.push(weight);
            total += weight;
        }
        total
    }

    /// Turns weights under the rule set before into those under `set`: only places whose channels
    /// differ between the two are weighed again. For a person without refusals whose documents are
    /// the same under both.
    pub fn reweigh(
        &self,
        person: &Person,
        prices: &Prices,
        set: RuleSet,
        belief: &Belief,
        weights: &mut [f64],
    ) {
        let knowledge = Knowledge::of(belief);
        for &place in &self.changed[set as usize] {
            weights[place] = self.weight(place, person, prices, set, knowledge);
        }
        for (number, _) in belief.list() {
            if let Some(others) = &self.others[number] {
                let place = others.place as usize;
                weights[place] = self.weight(place, person, prices, set, knowledge);
            }
        }
    }

    /// exp(V) of a place.
    fn weight(
        &self,
        number: usize,
        person: &Person,
        prices: &Prices,
        set: RuleSet,
        knowledge: Knowledge<'_>,
    ) -> f64 {
        let place = &self.places[number];
        let (belief, ahead) = (knowledge.belief, knowledge.ahead);
        let otherwise = belief.is_about(place.country, set, ahead);
        let refused = knowledge.refused;
        let holds = documents(person, set);
        let mut sum = 0.0;
        for offer in self.offers_of(number, set) {
            if !offer.is_for(person, holds, place.country)
                || (!refused.is_empty()
                    && refused.contains(&self.channels[offer.channel as usize].0))
                || (otherwise && self.other_offer(belief, offer.channel as usize).is_some())
            {
                continue;
            }
            sum += offer.weight * self.price(offer.price, prices);
        }
        if otherwise {
            for (channel, offers) in self.other_offers(belief, number) {
                if let Some(offer) = offers.get(set, ahead)
                    && offer.is_for(person, holds, place.country)
                    && !refused.contains(&self.channels[channel].0)
                {
                    sum += offer.weight * self.price(offer.price, prices);
                }
            }
        }
        if sum > 0.0 {
            place.utility_weight(person) * pow(sum, self.mu)
        } else {
            0.0
        }
    }

    /// The channels of a place that are open under a rule set.
    #[inline]
    fn offers_of(&self, place: usize, set: RuleSet) -> &[Offer] {
        let offers = &self.offers[set as usize];
        &offers.list[offers.starts[place] as usize..offers.starts[place + 1] as usize]
    }

    /// What a person believes of channels of a place otherwise than it holds: (position, offers).
    fn other_offers<'a>(
        &'a self,
        belief: &'a Belief,
        place: usize,
    ) -> impl Iterator<Item = (usize, &'a OtherOffers)> + 'a {
        belief.list().filter_map(move |(number, option)| {
            let others = self.others[number].as_ref()?;
            (others.place as usize == place).then_some(())?;
            Some((others.channel as usize, others.options[option].as_ref()?))
        })
    }

    /// The same of one channel.
    fn other_offer<'a>(&'a self, belief: &'a Belief, channel: usize) -> Option<&'a OtherOffers> {
        belief.list().find_map(|(number, option)| {
            let others = self.others[number].as_ref()?;
            (others.channel as usize == channel).then_some(())?;
            others.options[option].as_ref()
        })
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
        number: usize,
        person: &'a Person,
        income: f64,
        set: RuleSet,
        knowledge: Knowledge<'a>,
    ) -> impl Iterator<Item = (usize, f64)> + 'a {
        let country = self.places[number].country;
        let otherwise = knowledge.belief.is_about(country, set, knowledge.ahead);
        let holds = documents(person, set);
        let common = self.offers_of(number, set).iter().filter(move |offer| {
            let channel = offer.channel as usize;
            !otherwise || self.other_offer(knowledge.belief, channel).is_none()
        });
        // (A collected list: empty for nearly everybody, and then nothing is allocated.)
        let others: Vec<&Offer> = if otherwise {
            self.other_offers(knowledge.belief, number)
                .filter_map(|(_, offers)| offers.get(set, knowledge.ahead))
                .collect()
        } else {
            Vec::new()
        };
        common
            .chain(others)
            .filter(move |offer| {
                offer.is_for(person, holds, country)
                    && !knowledge
                        .refused
                        .contains(&self.channels[offer.channel as usize].0)
            })
            .map(move |offer| (offer.channel as usize, self.channel_weight(offer, income)))
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

    #[inline]
    fn channel_weight(&self, offer: &Offer, income: f64) -> f64 {
        let fee = self.fees[offer.price as usize];
        if fee == 0.0 {
            offer.weight
        } else {
            offer.weight * exp(-fee / income)
        }
    }
}

/// The documents that count for a person under a rule set; the open one asks for none.
#[inline]
fn documents(person: &Person, set: RuleSet) -> u32 {
    match set {
        RuleSet::Now => person.holds,
        _ => person.holds_if_lifted,
    }
}

fn add_means(means: &mut Vec<Means>, offer: &Offer) {
    let documents = (offer.needs, offer.needs_any);
    match means.iter_mut().find(|(known, _)| *known == documents) {
        Some((_, least)) => {
            *least = [0, 1].map(|renter| least[renter].min(offer.money[renter]));
        }
        None => means.push((documents, offer.money)),
    }
}

#[inline]
fn suffice(means: &[Means], holds: u32, savings: f64, renter: bool) -> bool {
    means.iter().any(|((needs, needs_any), least)| {
        needs & !holds == 0
            && (*needs_any == 0 || needs_any & holds != 0)
            && savings >= least[usize::from(renter)]
    })
}
