//! The channels that persons of one kind may be able to use, whatever they believe. They are listed once, because their
//! worth is asked for at many incomes.

use super::offer::Offer;
use super::{Menu, Prices};
use crate::model::conditions::reachable;
use crate::model::place::Place;
use crate::population::SegmentPopulation;
use crate::world::RuleSet;

/// Channels that persons of one kind may be able to use, as they hold and as anybody believes them to hold.
#[derive(Debug, Clone, Default)]
pub struct Eligible(Vec<EligibleChannel>);

/// A channel at one price, with the largest weight that it has at that price.
#[derive(Debug, Clone, Copy)]
struct EligibleChannel {
    /// Its position in [`Menu::channels`].
    channel: u32,
    /// Its position in `Ways::fees`.
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

    /// The channels for a class (active or not, connected or not) of a segment whose persons may hold these
    /// documents (bits).
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
            // (Different beliefs about one channel follow each other in the list.)
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

    /// By place: an upper bound of the sum of the weights of these channels to the power mu at a present monthly income
    /// (currency units), whatever anybody believes, has saved and has been refused.
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
