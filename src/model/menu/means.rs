//! Which documents and how much money suffice for some way out: cheaper to ask than to weigh.

use super::offer::Offer;
use super::{Menu, Ways};
use crate::world::RuleSet;

/// Documents asked for (all of the first, one of the second), and the least money taken with them of
/// who does not and who does rent, currency units.
pub(super) type Means = ((u32, u32), [f64; 2]);

impl Ways {
    pub(super) fn find_means(&mut self) {
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
                for (set, offer) in option.believed.iter().enumerate() {
                    let Some(offer) = offer else { continue };
                    if set == RuleSet::Now as usize {
                        add_means(&mut self.other_means[0], offer);
                    }
                    if set != RuleSet::Open as usize {
                        add_means(&mut self.other_means[1], offer);
                    }
                }
            }
        }
    }
}

impl Menu {
    /// Whether some channel is open now to who holds these documents and savings, if it meets all
    /// other conditions: cheaper than weighing, and `false` for most of the held.
    #[inline]
    pub fn is_within_means(&self, holds: u32, savings: f64, renter: bool) -> bool {
        suffice(&self.ways.means[0], holds, savings, renter)
    }

    /// The same under the rules as they are, with policy gates lifted, or with policy costs lifted
    /// too: who has no way under any of these can only be held by means.
    #[inline]
    pub fn would_be_within_means(&self, holds: u32, savings: f64, renter: bool) -> bool {
        suffice(&self.ways.means[1], holds, savings, renter)
    }

    /// The same for the channels that some persons believe to be other than they are.
    #[inline]
    pub fn may_seem_within_means(&self, holds: u32, savings: f64, renter: bool) -> bool {
        suffice(&self.ways.other_means[0], holds, savings, renter)
    }

    /// The same for them under the rules as believed, with policy gates lifted, or with policy costs
    /// lifted too.
    pub fn would_seem_within_means(&self, holds: u32, savings: f64, renter: bool) -> bool {
        suffice(&self.ways.other_means[1], holds, savings, renter)
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
