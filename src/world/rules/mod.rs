//! The rules and facts in force during a step, and the rules as they would be if lifted.

mod grants;
mod lift;
mod recall;
mod replay;

pub use grants::Grants;
pub use lift::RuleSet;
pub use recall::Recall;
pub(super) use replay::{replay, replay_each};

use crate::scenario::{Border, Channel, Country, Document, Lifted, RenewalKind, Scenario, Status};
use crate::units::{DAYS_PER_MONTH, PersonFlow};

/// A channel's rules in force for persons whose segment has no chance of admission of its own; see [`Rules::channel`]
/// for a person of any segment.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ChannelRules {
    /// Whether the channel takes anybody.
    pub open: bool,
    /// The origins whose citizens it admits: each bit is the slot of an origin in [`Rules::origins`].
    pub origins: u64,
    /// Documents needed, as bits.
    pub needs: u32,
    /// Documents of which any one is enough, as bits; 0 if none is needed.
    pub needs_any: u32,
    /// Conditions required, as bits.
    pub requires: u8,
    /// Whether permission has to be asked for.
    pub permission: bool,
    /// Chance of admission; 0 for a barred segment.
    pub grant: f64,
    /// Fee, currency units.
    pub fee: f64,
    /// Places for applicants, persons per calendar month; infinite if there is no quota.
    pub quota: f64,
    /// The status given.
    pub status: Status,
    /// Length of stay, days; infinite if the stay has no end.
    pub stay_days: f64,
    /// Window within which days of stay count towards the length, days; infinite if there is no window.
    pub window_days: f64,
    /// How a stay is renewed.
    pub renewal: RenewalKind,
    /// Price of a renewal, currency units.
    pub renew_cost: f64,
    /// Chance of a renewal.
    pub renew_success: f64,
}

/// A country's facts in force.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct CountryFacts {
    /// Mean net wage, currency units per month.
    pub wage: f64,
    /// Real income relative to the first day.
    pub real_income: f64,
    /// Share of the unemployed.
    pub unemployment: f64,
    /// Safety, 0 to 1.
    pub safety: f64,
    /// Repression of its own citizens.
    pub repression: f64,
    /// A factor on the detentions that repression brings.
    pub crackdown: f64,
    /// Share of its active citizens whom the authorities have identified.
    pub surveillance: f64,
    /// Detentions that the police can carry out, persons per month; infinite if unlimited.
    pub police_capacity: f64,
    /// Hazard of rendition for a wanted person who stays here, per year.
    pub rendition: f64,
    /// Added to the exponent of its citizens' hazard of return.
    pub return_pull: f64,
    /// The contribution of the past to attitudes towards newcomers.
    pub legacy: f64,
    /// International pressure to restrict entry.
    pub pressure: f64,
    /// Share of the public in contact with newcomers.
    pub contact: f64,
    /// Cost of the journey, currency units.
    pub travel: f64,
    /// Cost of living on the first day without rent, currency units per month.
    pub cost_of_living: f64,
    /// Prices of living relative to the first day.
    pub price_index: f64,
    /// Share of money lost when it is sent or brought abroad from here.
    pub friction: f64,
    /// Ordinary trips to the country by citizens of all origins, persons per month.
    pub trips: f64,
}

/// A document's rules in force.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct DocumentRules {
    /// Whether it is issued, so that its holders renew it.
    pub issued: bool,
    /// How long it is valid, days; infinite if it does not run out.
    pub valid_days: f64,
    /// While it is not issued: when issue stopped, in days since the first day.
    pub stopped: f64,
}

/// A border's rules in force.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct BorderRules {
    /// Whether anybody passes.
    pub open: bool,
    /// How many can pass, persons per month; infinite if unlimited.
    pub capacity: f64,
    /// Chance of being pushed back.
    pub push_back: f64,
    /// Chance of being handed over.
    pub hand_over: f64,
}

/// Everything that events can change, as it holds during one step.
#[derive(Debug, Clone, PartialEq)]
pub struct Rules {
    /// Country indices of the origins, ascending; a position here is a slot in `ChannelRules::origins`.
    pub origins: Vec<u16>,
    /// By channel index.
    pub channels: Vec<ChannelRules>,
    /// Chances of being admitted by channel and segment, where they differ.
    pub grants: Grants,
    /// Shares refused by mistake by channel and segment, for channels that ever make mistakes.
    pub mistakes: Grants,
    /// By country index.
    pub countries: Vec<CountryFacts>,
    /// By exit gate index: the share barred.
    pub exit_shares: Vec<f64>,
    /// By document index.
    pub documents: Vec<DocumentRules>,
    /// By border index.
    pub borders: Vec<BorderRules>,
}

impl Rules {
    /// Returns the rules during a step: those of the files for the first day, changed in order by every event that has
    /// acted by then; ramps are taken at the middle of the step.
    pub fn at(scenario: &Scenario, step: usize) -> Self {
        replay::replay(scenario, step, step)
    }

    /// Whether the rules of a step can differ from those of the step before.
    pub fn may_change(scenario: &Scenario, step: usize) -> bool {
        replay::may_change(scenario, step)
    }

    /// The slot of an origin; `None` for a country that is not an origin.
    pub fn slot(&self, origin: u16) -> Option<u32> {
        self.origins
            .binary_search(&origin)
            .ok()
            .map(|slot| slot as u32)
    }

    /// The rules of a channel for persons of a segment.
    pub fn channel(&self, channel: usize, segment: usize) -> ChannelRules {
        let mut rules = self.channels[channel];
        if let Some(grant) = self.grants.get(channel, segment) {
            rules.grant = grant;
        }
        rules
    }

    /// The share of a segment that a channel refuses by mistake, 0 to 1.
    pub fn mistake(&self, channel: usize, segment: usize) -> f64 {
        self.mistakes.get(channel, segment).unwrap_or(0.0)
    }

    /// Documents that are no longer issued and that run out, as bits.
    pub fn running_out(&self) -> u32 {
        bits(&self.documents, |document| {
            !document.issued && document.valid_days.is_finite()
        })
    }

    /// Documents that would be running out with policy gates lifted, given the rules of the first day, as bits.
    pub fn running_out_if_lifted(&self, first: &Self, lifted: Lifted) -> u32 {
        match lifted {
            Lifted::AsBefore => self.running_out() & first.running_out(),
            Lifted::AllOpen => 0,
        }
    }
}

fn bits(documents: &[DocumentRules], holds: impl Fn(&DocumentRules) -> bool) -> u32 {
    documents
        .iter()
        .enumerate()
        .filter(|(_, document)| holds(document))
        .fold(0, |bits, (index, _)| bits | (1 << index))
}

impl ChannelRules {
    fn of(channel: &Channel, origins: &[u16]) -> Self {
        let renewal = &channel.stay.renewal;
        Self {
            open: channel.open,
            origins: replay::slots(&channel.origins, origins),
            needs: channel.needs,
            needs_any: channel.needs_any,
            requires: channel.requires,
            permission: channel.permission,
            grant: channel.grant,
            fee: channel.fee.amount(),
            quota: channel
                .quota
                .map_or(f64::INFINITY, |quota| quota.size.per_month()),
            status: channel.status,
            stay_days: channel
                .stay
                .length
                .map_or(f64::INFINITY, |length| length.days()),
            window_days: channel
                .stay
                .within
                .map_or(f64::INFINITY, |within| within.days()),
            renewal: renewal.kind,
            renew_cost: renewal.cost.amount(),
            renew_success: renewal.success,
        }
    }

    /// Whether a citizen of the origin in this slot passes the gates that do not depend on the person.
    pub fn admits(&self, slot: u32) -> bool {
        self.open && self.grant > 0.0 && self.origins & (1 << slot) != 0
    }

    /// Returns these rules with what neither opens nor closes the channel, and is known to everybody, taken from
    /// `facts`: status, stay, renewal and quota.
    pub fn with_facts_of(&self, facts: &Self) -> Self {
        Self {
            quota: facts.quota,
            status: facts.status,
            stay_days: facts.stay_days,
            window_days: facts.window_days,
            renewal: facts.renewal,
            renew_cost: facts.renew_cost,
            renew_success: facts.renew_success,
            ..*self
        }
    }

    /// Whether somebody who holds these documents (bits) has what is needed.
    pub fn has_documents(&self, held: u32) -> bool {
        self.needs & !held == 0 && (self.needs_any == 0 || self.needs_any & held != 0)
    }

    /// Whether applicants may have to wait for a place. (Whether there is a time until a decision is a matter of the
    /// scenario's channel.)
    pub fn has_quota(&self) -> bool {
        self.permission && self.quota.is_finite()
    }

    /// The price (currency units) and chance of a renewal in the country; `None` if there is none.
    pub fn renewal_in_country(&self) -> Option<(f64, f64)> {
        (self.renewal == RenewalKind::InCountry).then_some((self.renew_cost, self.renew_success))
    }

    /// The price (currency units) and chance of a renewal by leaving and re-entering; `None` if there is none.
    pub fn renewal_by_re_entry(&self) -> Option<(f64, f64)> {
        (self.renewal == RenewalKind::ReEntry).then_some((self.renew_cost, self.renew_success))
    }
}

impl CountryFacts {
    fn of(country: &Country) -> Self {
        Self {
            wage: country.wage.per_month(),
            real_income: country.real_income,
            unemployment: country.unemployment,
            safety: country.safety,
            repression: country.repression,
            crackdown: country.crackdown,
            surveillance: country.surveillance,
            police_capacity: country
                .police_capacity
                .map_or(f64::INFINITY, PersonFlow::per_month),
            rendition: country.rendition.per_year(),
            return_pull: country.return_pull,
            legacy: country.legacy,
            pressure: country.pressure,
            contact: country.contact,
            travel: country.travel.amount(),
            cost_of_living: country.cost_of_living.per_month(),
            price_index: country.price_index,
            friction: country.friction,
            trips: 0.0,
        }
    }
}

impl DocumentRules {
    fn of(document: &Document) -> Self {
        Self {
            issued: document.issued,
            valid_days: document.valid.map_or(f64::INFINITY, |valid| valid.days()),
            stopped: 0.0,
        }
    }

    /// Whether somebody who has the trait holds the document at a time (days since the first day); `part` is the
    /// part of the validity that the person had left when issue stopped, uniform on 0 to 1.
    pub fn is_held(&self, time: f64, part: f64) -> bool {
        self.issued || self.valid_days.is_infinite() || time < self.stopped + self.valid_days * part
    }
}

impl BorderRules {
    fn of(border: &Border) -> Self {
        Self {
            open: border.open,
            capacity: border.capacity.map_or(f64::INFINITY, PersonFlow::per_month),
            push_back: border.push_back,
            hand_over: border.hand_over,
        }
    }

    /// How many can pass in `days` days, persons; infinite if unlimited.
    pub fn capacity_over(&self, days: f64) -> f64 {
        self.capacity / DAYS_PER_MONTH * days
    }
}
