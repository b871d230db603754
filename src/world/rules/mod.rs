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

/// A channel's rules in force, for who has no chance of being admitted of its own: with
/// [`Rules::channel`] for a person of any segment.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ChannelRules {
    /// Takes anybody.
    pub open: bool,
    /// Whose citizens it is for: bit = slot of the origin in [`Rules::origins`].
    pub origins: u64,
    /// Documents needed, as bits.
    pub needs: u32,
    /// Documents of which one is needed, as bits; 0 = none is.
    pub needs_any: u32,
    /// Conditions required, as bits.
    pub requires: u8,
    /// Permission has to be asked for.
    pub permission: bool,
    /// Chance of being admitted; 0 for a segment that is barred.
    pub grant: f64,
    /// Fee, currency units.
    pub fee: f64,
    /// Places for applicants, persons a calendar month; infinite = no quota.
    pub quota: f64,
    /// Status given.
    pub status: Status,
    /// Length of stay, days; infinite = without end.
    pub stay_days: f64,
    /// Window within which days of stay count towards its length, days; infinite = no window.
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
    /// Mean net wage, currency units a month.
    pub wage: f64,
    /// Real income over that of the first day.
    pub real_income: f64,
    /// Unemployed share.
    pub unemployment: f64,
    /// Safety, 0 to 1.
    pub safety: f64,
    /// Repression of its own citizens.
    pub repression: f64,
    /// A factor of detentions over what repression brings.
    pub crackdown: f64,
    /// Share of its active citizens whom the authorities have identified.
    pub surveillance: f64,
    /// Detentions for which there are police, persons a month; infinite = as many as come.
    pub police_capacity: f64,
    /// Hazard of rendition of who is wanted and stays here, a year.
    pub rendition: f64,
    /// Added to the exponent of its citizens' hazard of return.
    pub return_pull: f64,
    /// What the past makes of attitudes towards newcomers.
    pub legacy: f64,
    /// International pressure to restrict entry.
    pub pressure: f64,
    /// Share of the public in contact with newcomers.
    pub contact: f64,
    /// Cost of the journey, currency units.
    pub travel: f64,
    /// Cost of living of the first day, rent apart, currency units a month.
    pub cost_of_living: f64,
    /// Prices of living over those of the first day.
    pub price_index: f64,
    /// Share lost of money sent or brought abroad from here.
    pub friction: f64,
    /// Ordinary trips to it by citizens of all origins, persons a month.
    pub trips: f64,
}

/// A document's rules in force.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct DocumentRules {
    /// It is issued, so that its holders renew it.
    pub issued: bool,
    /// How long one is valid, days; infinite = for good.
    pub valid_days: f64,
    /// While it is not issued: when issue stopped, days since the first day.
    pub stopped: f64,
}

/// A border's rules in force.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct BorderRules {
    /// Anybody passes.
    pub open: bool,
    /// How many pass, persons a month; infinite = as many as come.
    pub capacity: f64,
    /// Chance of being pushed back.
    pub push_back: f64,
    /// Chance of being handed over.
    pub hand_over: f64,
}

/// Everything that events can change, as it holds during one step.
#[derive(Debug, Clone, PartialEq)]
pub struct Rules {
    /// Country indices of the origins, ascending; slots in `ChannelRules::origins`.
    pub origins: Vec<u16>,
    /// By channel index.
    pub channels: Vec<ChannelRules>,
    /// Chances of being admitted by channel and segment, where they differ.
    pub grants: Grants,
    /// Shares refused by mistake by channel and segment, where a channel ever makes mistakes.
    pub mistakes: Grants,
    /// By country index.
    pub countries: Vec<CountryFacts>,
    /// By exit gate index: share barred.
    pub exit_shares: Vec<f64>,
    /// By document index.
    pub documents: Vec<DocumentRules>,
    /// By border index.
    pub borders: Vec<BorderRules>,
}

impl Rules {
    /// The rules during a step: what the files say for the first day, then every event that acts
    /// by then, in order; ramps at the middle of the step.
    pub fn at(scenario: &Scenario, step: usize) -> Self {
        replay::replay(scenario, step, step)
    }

    /// Whether the rules of a step can differ from those of the step before.
    pub fn may_change(scenario: &Scenario, step: usize) -> bool {
        replay::may_change(scenario, step)
    }

    /// The slot of an origin.
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

    /// Documents that are no longer issued and run out, as bits.
    pub fn running_out(&self) -> u32 {
        bits(&self.documents, |document| {
            !document.issued && document.valid_days.is_finite()
        })
    }

    /// Documents that would be running out with policy gates lifted, given the rules of the first
    /// day, as bits.
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

    /// Whether a citizen of the origin in this slot passes the gates that are not personal.
    pub fn admits(&self, slot: u32) -> bool {
        self.open && self.grant > 0.0 && self.origins & (1 << slot) != 0
    }

    /// These rules with what does not open or close the channel, and what everybody knows, of
    /// others: status, stay, renewal and quota.
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

    /// Whether who holds these documents (bits) has what is needed.
    pub fn has_documents(&self, held: u32) -> bool {
        self.needs & !held == 0 && (self.needs_any == 0 || self.needs_any & held != 0)
    }

    /// Whether applicants may have to wait for a place; of the time until a decision the
    /// scenario's channel tells.
    pub fn has_quota(&self) -> bool {
        self.permission && self.quota.is_finite()
    }

    /// Price (currency units) and chance of a renewal in the country; `None` = there is none.
    pub fn renewal_in_country(&self) -> Option<(f64, f64)> {
        (self.renewal == RenewalKind::InCountry).then_some((self.renew_cost, self.renew_success))
    }

    /// Price (currency units) and chance of a renewal by leaving and coming back in; `None` =
    /// there is none.
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

    /// Whether who has the trait holds it at a time (days since the first day); `part` is the
    /// person's, uniform on 0 to 1: the part of the validity that was left when issue stopped.
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

    /// How many pass in so many days, persons; infinite = as many as come.
    pub fn capacity_over(&self, days: f64) -> f64 {
        self.capacity / DAYS_PER_MONTH * days
    }
}
