//! The channels that are open under each rule set, in the form that weighing reads.

use super::Ways;
use super::usable::UsableByKind;
use crate::model::conditions::meets;
use crate::model::place::Place;
use crate::model::sheet::{Entry, Sheet};
use crate::population::Person;
use crate::world::RuleSet;

/// A channel that is open under one rule set, in the form that weighing reads.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(in crate::model) struct Offer {
    pub(super) needs: u32,
    pub(super) needs_any: u32,
    pub(super) requires: u8,
    /// Its position in `Ways::fees`.
    pub(super) price: u32,
    /// exp(-c / mu) without the fee.
    pub(super) weight: f64,
    /// Savings needed by a person who does not rent, in currency units; a renter needs two rents of the place more,
    /// which change while everything else stays.
    pub(super) money: f64,
    /// Its position in [`Menu::channels`].
    pub(super) channel: u32,
}

/// The open channels under one rule set: those of place p are `list[starts[p]..starts[p + 1]]`.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct Offers {
    pub(super) list: Vec<Offer>,
    pub(super) starts: Vec<u32>,
}

impl Offer {
    /// Returns the offer of an entry; `None` if the channel is closed.
    fn of(entry: &Entry, channel: usize) -> Option<Self> {
        entry.available.then_some(Self {
            needs: entry.needs,
            needs_any: entry.needs_any,
            requires: entry.requires,
            price: entry.price as u32,
            weight: entry.weight,
            money: entry.money.unwrap_or(f64::NEG_INFINITY),
            channel: channel as u32,
        })
    }

    /// Whether the two are the same except for the money that they take.
    fn is_worth(&self, other: &Self) -> bool {
        let money = other.money;
        Self { money, ..*self } == *other
    }

    /// Whether a person who holds these documents and meets these conditions in some country may be able to use it.
    #[inline]
    pub(super) fn may_be_for(&self, holds: u32, conditions: u8) -> bool {
        // (Without short-circuiting, as one branch: which of the tests fails is unpredictable.)
        (self.needs & !holds == 0)
            & ((self.needs_any == 0) | (self.needs_any & holds != 0))
            & (self.requires & !conditions == 0)
    }

    /// Whether the person has the documents and the money and meets the conditions.
    #[inline]
    pub(super) fn is_for(&self, person: &Person, holds: u32, place: &Place) -> bool {
        let affords = person.savings >= self.money_of(place, person.renter);
        (self.may_be_for(holds, person.conditions) & affords)
            && (self.requires == 0 || meets(person, self.requires, place.country))
    }

    /// Whether the person has the money and meets the conditions in the country.
    #[inline]
    pub(super) fn is_met_by(&self, person: &Person, place: &Place) -> bool {
        person.savings >= self.money_of(place, person.renter)
            && (self.requires == 0 || meets(person, self.requires, place.country))
    }

    /// Savings needed in its place by a person who does or does not rent, in currency units.
    #[inline]
    pub(super) fn money_of(&self, place: &Place, renter: bool) -> f64 {
        place.savings_needed(self.money, renter)
    }
}

/// What some persons believe of one channel.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Others {
    /// Its position in [`Menu::channels`].
    pub(super) channel: u32,
    /// Its position in [`Menu::places`].
    pub(super) place: u32,
    /// By option; `None` if the channel is believed to be as it holds.
    pub(super) options: Vec<Option<OtherOffers>>,
}

/// A channel as some persons believe it to be.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct OtherOffers {
    /// By rule set, as the channel is believed to be now.
    pub(super) believed: Vec<Option<Offer>>,
    /// As the channel is known to be in the end, under `RuleSet::Now`.
    pub(super) anticipated: Option<Offer>,
}

impl OtherOffers {
    pub(super) fn get(&self, set: RuleSet, ahead: bool) -> Option<&Offer> {
        if ahead {
            self.anticipated.as_ref()
        } else {
            self.believed[set as usize].as_ref()
        }
    }
}

impl Ways {
    /// Whether channels are worth the same under a rule set as in another step: whether everything that their
    /// weights depend on is the same, as they hold and as anybody believes them to hold.
    pub fn are_worth_the_same(&self, other: &Self, set: RuleSet) -> bool {
        let number = set as usize;
        let alike = |one: &Option<&Offer>, other: &Option<&Offer>| match (one, other) {
            (Some(one), Some(other)) => one.is_worth(other),
            (one, other) => one.is_none() && other.is_none(),
        };
        let believed = |ways: &Self| -> Vec<(u32, Option<Offer>)> {
            let others = ways.others.iter().flatten();
            let options = others.flat_map(|others| {
                let options = others.options.iter().flatten();
                options.map(|option| (others.channel, option.get(set, false).copied()))
            });
            options.collect()
        };
        if std::ptr::eq(self, other) {
            return true;
        }
        let (ours, theirs) = (&self.offers[number], &other.offers[number]);
        let (our_belief, their_belief) = (believed(self), believed(other));
        self.mu == other.mu
            && self.fees == other.fees
            && self.channels == other.channels
            && ours.starts == theirs.starts
            && our_belief.len() == their_belief.len()
            && (ours.list.iter().zip(&theirs.list)).all(|(one, other)| one.is_worth(other))
            && (our_belief.iter().zip(&their_belief))
                .all(|(one, other)| one.0 == other.0 && alike(&one.1.as_ref(), &other.1.as_ref()))
    }

    pub(super) fn find_offers(&mut self, places: &[Place]) {
        let offers_of = |entries: &Vec<Entry>| {
            let mut offers = Offers::default();
            for place in places {
                offers.starts.push(offers.list.len() as u32);
                let channels = place.channels.clone();
                let open = channels.filter_map(|channel| Offer::of(&entries[channel], channel));
                offers.list.extend(open);
            }
            offers.starts.push(offers.list.len() as u32);
            offers
        };
        self.offers = self.entries.iter().map(offers_of).collect();
        let usable = |offers: &Offers| UsableByKind::of(&offers.list);
        self.usable = self.offers.iter().map(usable).collect();
    }

    pub(super) fn find_others(&mut self, sheet: &Sheet, places: &[Place]) {
        let sets = self.entries.len();
        let others = sheet.others.iter().map(|other| {
            let mut channels = self.channels.iter();
            let channel = channels.position(|(channel, _)| *channel == other.channel)?;
            let number = places
                .iter()
                .position(|place| place.channels.contains(&channel))?;
            let options = other.options.iter().map(|option| {
                let believed = &option.as_ref()?.believed[..sets];
                Some(OtherOffers {
                    believed: believed
                        .iter()
                        .map(|entry| Offer::of(entry, channel))
                        .collect(),
                    anticipated: Offer::of(&option.as_ref()?.anticipated, channel),
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
}
