//! The channels that may be of use to persons of one kind, whatever they believe: listed once, for what they
//! are worth is asked at many incomes.

use super::offer::Offer;
use super::{Menu, Prices};
use crate::model::conditions::reachable;
use crate::model::place::Place;
use crate::population::SegmentPopulation;
use crate::world::RuleSet;

/// Channels that may be of use to persons of one kind, as they hold and as anybody believes them to hold.
#[derive(Debug, Clone, Default)]
pub struct Eligible(Vec<EligibleChannel>);

/// A channel at one price: as it is worth most.
#[derive(Debug, Clone, Copy)]
struct EligibleChannel {
    /// Its place in [`Menu::channels`].
    channel: u32,
    /// Its place in `Ways::fees`.
    price: u32,
    /// exp(-c / mu) without the fee.
    weight: f64,
}

impl Menu {
    /// The channels for persons with these documents and conditions.
    pub(in crate::model) fn eligible(
        &self,
        set: RuleSet,
        (holds, conditions): (u32, u8),
    ) -> Eligible {
        self.eligible_where(set, |offer, _| offer.may_be_for(holds, conditions))
    }

    /// The channels for the active or others, connected or others of a segment, who may hold these documents
    /// (bits).
    pub fn eligible_of_class(
        &self,
        population: &SegmentPopulation,
        (class, holds): ((bool, bool), u32),
        set: RuleSet,
    ) -> Eligible {
        self.eligible_where(set, |offer, place| {
            offer.may_be_for(holds, u8::MAX)
                && reachable(population, class, offer.requires, place.country)
        })
    }

    fn eligible_where(&self, set: RuleSet, is_for: impl Fn(&Offer, &Place) -> bool) -> Eligible {
        let mut list: Vec<EligibleChannel> = Vec::new();
        for (place, offer) in self.every(set) {
            if !is_for(offer, &self.places[*place as usize]) {
                continue;
            }
            let (channel, price, weight) = (offer.channel, offer.price, offer.weight);
            // (What is believed of a channel follows upon what others believe of it.)
            match list.last_mut() {
                Some(last) if (last.channel, last.price) == (channel, price) => {
                    last.weight = last.weight.max(weight);
                }
                _ => list.push(EligibleChannel {
                    channel,
                    price,
                    weight,
                }),
            }
        }
        Eligible(list)
    }

    /// By place: the sum of the weights of these channels to the power mu, at most, at a monthly income now
    /// (currency units), whatever anybody believes, saves and has been refused.
    pub fn sums_at_most(&self, eligible: &Eligible, income: f64) -> Vec<f64> {
        let mut prices = Prices::default();
        self.prices(income, &mut prices);
        let mut weights = vec![0.0_f64; self.channels().len()];
        for eligible in &eligible.0 {
            let most = &mut weights[eligible.channel as usize];
            *most = most.max(eligible.weight * self.price(eligible.price, &prices));
        }
        self.sums_of(&weights, 1.0 + 1e-9)
    }
}
