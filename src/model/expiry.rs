//! The end of a permitted stay, or of a person's savings: renew, claim asylum, move on, return, or stay without
//! permission.

use super::onward::Host;
use crate::draw::{Decision, Key};
use crate::scenario::Status;

/// What a person can do when a permitted stay ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Alternative {
    /// Renew, in the country or by leaving and re-entering it.
    Renew,
    /// Move to the place at this position in the menu from here.
    Move(usize),
    /// Return to the origin.
    Return,
    /// Claim asylum.
    Claim,
    /// Stay on without permission.
    Irregular,
}

/// What makes a person choose.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Occasion {
    /// A permitted stay ends.
    Expiry,
    /// Nothing is left to live on.
    Destitution,
}

/// The options that do not require leaving for another country.
#[derive(Debug, Clone, Copy, Default)]
pub struct Here {
    /// The price (currency units) and chance of a renewal.
    pub renewal: Option<(f64, f64)>,
    /// exp of the value of a claim to asylum.
    pub claim: Option<f64>,
    /// exp of the value of return.
    pub home: f64,
}

/// The alternatives in the order in which the person tries them.
#[derive(Debug, Default)]
pub struct ExpiryChoice {
    /// Time of the race, weight, alternative.
    ranked: Vec<(f64, f64, Alternative)>,
}

impl ExpiryChoice {
    /// Ranks the alternatives by value plus a Gumbel draw (equivalently, by an exponential over the weight, least
    /// first).
    pub fn rank(
        &mut self,
        occasion: Occasion,
        host: &Host<'_>,
        here: Here,
        others: &[f64],
        (key, index, date): (Key, u32, i32),
    ) {
        use crate::draw::math::{exp, pow};
        let behaviour = &host.scenario.behaviour;
        let (own, country) = match occasion {
            Occasion::Expiry => (Decision::Expiry, Decision::ExpiryCountry),
            Occasion::Destitution => (Decision::Destitution, Decision::DestitutionCountry),
        };
        let alternatives = key.words(index, date, own, 0).exponentials();
        let [stay, claim] = key.words(index, date, own, 1).exponentials();
        let countries = key.words(index, date, country, 0);
        self.ranked.clear();
        // (Four alternatives besides the places, allocated at once.)
        self.ranked.reserve(4 + others.len());
        let mut add = |time: f64, weight: f64, alternative| {
            if weight > 0.0 {
                self.ranked.push((time / weight, weight, alternative));
            }
        };
        if let Some((price, success)) = here.renewal.filter(|(_, success)| *success > 0.0) {
            // (A person without income can bear a price of zero, but no other.)
            let burden = if price > 0.0 {
                price / host.income
            } else {
                0.0
            };
            let weight = host.weight_with(host.status)
                * exp(-burden)
                * pow(success, behaviour.choice.refusal);
            add(alternatives[0], weight, Alternative::Renew);
        }
        add(alternatives[1], here.home, Alternative::Return);
        if let Some(weight) = here.claim {
            add(claim, weight, Alternative::Claim);
        }
        add(
            stay,
            host.weight_with(Status::Irregular) * exp(-behaviour.expiry.irregular),
            Alternative::Irregular,
        );
        let moving = exp(-behaviour.expiry.moving);
        for (position, (place, &weight)) in host.menu.places.iter().zip(others).enumerate() {
            let e = countries.about(place.label).exponential();
            add(e, weight * moving, Alternative::Move(position));
        }
        self.ranked
            .sort_by(|left, right| left.0.total_cmp(&right.0));
    }

    /// The alternatives in the order of the rank.
    pub fn alternatives(&self) -> impl Iterator<Item = Alternative> + '_ {
        self.ranked.iter().map(|(_, _, alternative)| *alternative)
    }

    /// The chance of each alternative to be tried first, in the order of the rank; the chances add up to 1.
    pub fn odds(&self) -> Vec<(Alternative, f64)> {
        let all: f64 = self.ranked.iter().map(|(_, weight, _)| weight).sum();
        let odds = self
            .ranked
            .iter()
            .map(|&(_, weight, alternative)| (alternative, weight / all));
        odds.collect()
    }
}
