//! Which documents and how much money suffice for some way out: cheaper to check than to weigh.

use super::offer::Offer;
use super::{Menu, Ways};
use crate::model::place::Place;
use crate::world::RuleSet;

/// The documents that channels ask for (all of the first, one of the second), and the least money that such a channel
/// takes from persons who do not rent and from persons who do, in currency units.
pub(super) type Means = ((u32, u32), [f64; 2]);

/// The least money that a channel takes, for each set of documents that some channel asks for: among the channels open
/// now, and among those open under any rule set that lifts no means.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct MenuMeans {
    /// Of channels as they hold.
    common: [Vec<Means>; 2],
    /// Of channels as some persons believe them to be.
    others: [Vec<Means>; 2],
}

impl MenuMeans {
    pub(super) fn of(ways: &Ways, places: &[Place]) -> Self {
        let mut means = Self::default();
        for (number, offers) in ways.offers.iter().enumerate() {
            if number == RuleSet::Open as usize {
                continue;
            }
            let lists = if number == RuleSet::Now as usize {
                &mut means.common[..]
            } else {
                &mut means.common[1..]
            };
            for list in lists {
                for (place, ends) in places.iter().zip(offers.starts.windows(2)) {
                    for offer in &offers.list[ends[0] as usize..ends[1] as usize] {
                        add_means(list, offer, place);
                    }
                }
            }
        }
        for others in ways.others.iter().flatten() {
            let place = &places[others.place as usize];
            for option in others.options.iter().flatten() {
                for (set, offer) in option.believed.iter().enumerate() {
                    let Some(offer) = offer else { continue };
                    if set == RuleSet::Now as usize {
                        add_means(&mut means.others[0], offer, place);
                    }
                    if set != RuleSet::Open as usize {
                        add_means(&mut means.others[1], offer, place);
                    }
                }
            }
        }
        means
    }
}

impl Menu {
    /// Whether some channel is open now to a person with these documents and savings, if it meets all other conditions:
    /// cheaper than weighing, and `false` for most of the held.
    #[inline]
    pub fn is_within_means(&self, holds: u32, savings: f64, renter: bool) -> bool {
        suffice(&self.means.common[0], holds, savings, renter)
    }

    /// The same under the rules as they are, with policy gates lifted, or with policy costs lifted too: a person
    /// without a way out under any of these can only be held by means.
    #[inline]
    pub fn would_be_within_means(&self, holds: u32, savings: f64, renter: bool) -> bool {
        suffice(&self.means.common[1], holds, savings, renter)
    }

    /// The same for the channels that some persons believe to differ from what holds.
    #[inline]
    pub fn may_seem_within_means(&self, holds: u32, savings: f64, renter: bool) -> bool {
        suffice(&self.means.others[0], holds, savings, renter)
    }

    /// The same for those channels under the rules as believed, with policy gates lifted, or with policy costs
    /// lifted too.
    pub fn would_seem_within_means(&self, holds: u32, savings: f64, renter: bool) -> bool {
        suffice(&self.means.others[1], holds, savings, renter)
    }
}

fn add_means(means: &mut Vec<Means>, offer: &Offer, place: &Place) {
    let documents = (offer.needs, offer.needs_any);
    let money = [false, true].map(|renter| offer.money_of(place, renter));
    match means.iter_mut().find(|(known, _)| *known == documents) {
        Some((_, least)) => {
            *least = [0, 1].map(|renter| least[renter].min(money[renter]));
        }
        None => means.push((documents, money)),
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
