//! Weighing: exp(V) of each place for one person under one rule set.

use super::Menu;
use super::offer::{Offer, OtherOffers};
use crate::draw::math::{exp, pow};
use crate::model::belief::Belief;
use crate::population::Person;
use crate::world::RuleSet;
use std::cell::Cell;

/// What a person knows and believes beyond what everybody does.
#[derive(Debug, Clone, Copy)]
pub struct Knowledge<'a> {
    /// Channels (by index) that are closed to this person under the rule set that is weighed: they have refused it
    /// lately, or it has no day of stay left by them.
    pub refused: &'a [u16],
    /// What the person believes that differs from what holds.
    pub belief: &'a Belief,
    /// Whether to weigh what is known to come instead of what is believed now.
    pub ahead: bool,
}

impl<'a> Knowledge<'a> {
    /// The knowledge of a person who knows nothing beyond what everybody does.
    pub fn common() -> Self {
        Self::of(Belief::as_it_is())
    }

    /// A belief about the present, without refusals.
    pub fn of(belief: &'a Belief) -> Self {
        Self {
            refused: &[],
            belief,
            ahead: false,
        }
    }
}

/// Cached parts of the weights of channels for one person.
///
/// What fees take off is computed on first use, since most fees are those of channels that the person cannot use. Sums
/// of weights to the power mu, by place, are kept from one person to the next, since the persons of one kind have few
/// different sums.
#[derive(Debug, Clone, Default)]
pub struct Prices {
    income: f64,
    known: Vec<Cell<f64>>,
    mu: f64,
    /// By place: a sum, and its power mu.
    powers: Vec<Cell<(f64, f64)>>,
}

/// Weights of places, with the buffer of prices used for them.
#[derive(Debug, Default)]
pub struct Weights {
    /// exp(V) by place.
    pub values: Vec<f64>,
    prices: Prices,
}

impl Prices {
    /// Raises a sum of weights of channels of a place, above 0, to the power mu.
    #[inline]
    fn power(&self, place: usize, sum: f64, mu: f64) -> f64 {
        // (No prices are made for a menu that is the same for all, until somebody is refused.)
        let known = self.powers.get(place).filter(|_| self.mu == mu);
        let Some(known) = known else {
            return pow(sum, mu);
        };
        if known.get().0 != sum {
            known.set((sum, pow(sum, mu)));
        }
        known.get().1
    }
}

impl Menu {
    /// Prepares what each distinct fee takes off a channel's weight at a monthly income (currency units),
    /// exp(-fee / (mu income)).
    pub fn prices(&self, income: f64, prices: &mut Prices) {
        prices.income = income;
        prices.known.clear();
        prices
            .known
            .resize(self.ways.fees.len(), Cell::new(f64::NAN));
        if prices.mu != self.ways.mu {
            prices.mu = self.ways.mu;
            prices.powers.clear();
        }
        if prices.powers.len() < self.places.len() {
            prices
                .powers
                .resize(self.places.len(), Cell::new((0.0, 0.0)));
        }
    }

    /// Like [`Menu::weigh`], for one rule set at a present monthly income and a person who knows what everybody knows.
    pub fn weigh_at(
        &self,
        person: &Person,
        income: f64,
        set: RuleSet,
        weights: &mut Weights,
    ) -> f64 {
        self.weigh_as(person, income, set, Knowledge::common(), weights)
    }

    /// Like [`Menu::weigh`], for one rule set at a present monthly income.
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
        let Weights { prices, values, .. } = weights;
        self.weigh(person, prices, set, knowledge, values)
    }

    /// Weighs every place as exp(V) for a person with these [`Menu::prices`]; returns the sum of the weights, exp(I).
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
        weights.resize(self.places.len(), 0.0);
        let holds = documents(person, set);
        let usable = self.ways.usable(set, (holds, person.conditions));
        for (number, offers) in usable.by_place() {
            let place = &self.places[number];
            let mut sum = 0.0;
            for offer in offers {
                let may_be = usable.is_told_apart || offer.may_be_for(holds, person.conditions);
                if may_be && offer.is_met_by(person, place) && !self.is_refused(offer, knowledge) {
                    sum += offer.weight * self.price(offer.price, prices);
                }
            }
            weights[number] = self.worth(number, sum, person, prices);
        }
        // What the person believes that differs from what holds.
        let (belief, ahead) = (knowledge.belief, knowledge.ahead);
        for (number, _) in belief.list() {
            if let Some(others) = &self.ways.others[number] {
                let place = others.place as usize;
                if belief.is_about(self.places[place].country, set, ahead) {
                    weights[place] = self.weight(place, person, prices, set, knowledge);
                }
            }
        }
        weights.iter().sum()
    }

    /// Turns weights under the rule set before into those under `set`, weighing again only the places whose
    /// channels differ between the two. For a person without refusals whose documents are the same under both.
    pub fn reweigh(
        &self,
        person: &Person,
        prices: &Prices,
        set: RuleSet,
        belief: &Belief,
        weights: &mut [f64],
    ) {
        let knowledge = Knowledge::of(belief);
        for &place in &self.ways.changed[set as usize] {
            weights[place] = self.weight(place, person, prices, set, knowledge);
        }
        for (number, _) in belief.list() {
            if let Some(others) = &self.ways.others[number] {
                let place = others.place as usize;
                weights[place] = self.weight(place, person, prices, set, knowledge);
            }
        }
    }

    /// Turns weights under the rules as a person believes them to be into those under the rules that it knows to come,
    /// weighing again only the places of which it knows something. Returns their sum.
    pub fn look_ahead(
        &self,
        person: &Person,
        prices: &Prices,
        knowledge: Knowledge<'_>,
        weights: &mut [f64],
    ) -> f64 {
        let knowledge = Knowledge {
            ahead: true,
            ..knowledge
        };
        if self.uniform.is_none() || !knowledge.refused.is_empty() {
            for (number, _) in knowledge.belief.list() {
                if let Some(others) = &self.ways.others[number] {
                    let place = others.place as usize;
                    weights[place] = self.weight(place, person, prices, RuleSet::Now, knowledge);
                }
            }
        }
        debug_assert!(
            {
                let mut all = Vec::new();
                self.weigh(person, prices, RuleSet::Now, knowledge, &mut all);
                all == weights
            },
            "a place is another ahead of which {person:?} knows nothing"
        );
        weights.iter().sum()
    }

    /// exp(V) of a place, including what the person believes of it.
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
        let holds = documents(person, set);
        let mut sum = 0.0;
        for offer in self.offers_of(number, set) {
            if !offer.is_for(person, holds, place)
                || self.is_refused(offer, knowledge)
                || (otherwise && self.other_offer(belief, offer.channel as usize).is_some())
            {
                continue;
            }
            sum += offer.weight * self.price(offer.price, prices);
        }
        if otherwise {
            for (_, offers) in self.other_offers(belief, number) {
                if let Some(offer) = offers.get(set, ahead)
                    && offer.is_for(person, holds, place)
                    && !self.is_refused(offer, knowledge)
                {
                    sum += offer.weight * self.price(offer.price, prices);
                }
            }
        }
        self.worth(number, sum, person, prices)
    }

    /// Whether a channel has refused the person lately.
    #[inline]
    fn is_refused(&self, offer: &Offer, knowledge: Knowledge<'_>) -> bool {
        let refused = knowledge.refused;
        !refused.is_empty() && refused.contains(&self.ways.channels[offer.channel as usize].0)
    }

    /// exp(V) of a place from the sum of the weights of its channels; 0 for the country where the person is.
    #[inline(always)]
    fn worth(&self, number: usize, sum: f64, person: &Person, prices: &Prices) -> f64 {
        if sum > 0.0 && self.here != Some(number) {
            self.places[number].utility_weight(person) * prices.power(number, sum, self.ways.mu)
        } else {
            0.0
        }
    }

    /// The channels of a place that are open under a rule set.
    #[inline]
    pub(super) fn offers_of(&self, place: usize, set: RuleSet) -> &[Offer] {
        let offers = &self.ways.offers[set as usize];
        &offers.list[offers.starts[place] as usize..offers.starts[place + 1] as usize]
    }

    /// What a person believes of channels of a place that differs from what holds: (position, offers).
    fn other_offers<'a>(
        &'a self,
        belief: &'a Belief,
        place: usize,
    ) -> impl Iterator<Item = (usize, &'a OtherOffers)> + 'a {
        belief.list().filter_map(move |(number, option)| {
            let others = self.ways.others[number].as_ref()?;
            (others.place as usize == place).then_some(())?;
            Some((others.channel as usize, others.options[option].as_ref()?))
        })
    }

    /// The same for one channel.
    fn other_offer<'a>(&'a self, belief: &'a Belief, channel: usize) -> Option<&'a OtherOffers> {
        belief.list().find_map(|(number, option)| {
            let others = self.ways.others[number].as_ref()?;
            (others.channel as usize == channel).then_some(())?;
            others.options[option].as_ref()
        })
    }

    /// The factor that a fee puts on a weight, computed on first use.
    #[inline]
    pub(super) fn price(&self, number: u32, prices: &Prices) -> f64 {
        if number == 0 {
            return 1.0;
        }
        let known = &prices.known[number as usize];
        if known.get().is_nan() {
            known.set(exp(-self.ways.fees[number as usize] / prices.income));
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
        let place = &self.places[number];
        let otherwise = knowledge
            .belief
            .is_about(place.country, set, knowledge.ahead);
        let holds = documents(person, set);
        let common = self.offers_of(number, set).iter().filter(move |offer| {
            let channel = offer.channel as usize;
            !otherwise || self.other_offer(knowledge.belief, channel).is_none()
        });
        // (Collected into a list: it is empty for nearly everybody, and an empty list does not allocate.)
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
                offer.is_for(person, holds, place)
                    && !knowledge
                        .refused
                        .contains(&self.ways.channels[offer.channel as usize].0)
            })
            .map(move |offer| (offer.channel as usize, self.channel_weight(offer, income)))
    }

    #[inline]
    fn channel_weight(&self, offer: &Offer, income: f64) -> f64 {
        let fee = self.ways.fees[offer.price as usize];
        if fee == 0.0 {
            offer.weight
        } else {
            offer.weight * exp(-fee / income)
        }
    }
}

/// The documents that count for a person under a rule set; the open world asks for none.
#[inline]
fn documents(person: &Person, set: RuleSet) -> u32 {
    match set {
        RuleSet::Now => person.holds,
        _ => person.holds_if_lifted,
    }
}
