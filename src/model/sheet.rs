//! The channels of a step as one class of segments finds them, whatever country its persons start from: what menus from
//! home and from abroad have in common.

use super::belief::{Heard, Otherwise};
use crate::draw::math::{exp, ln};
use crate::scenario::{Scenario, Status};
use crate::world::{ChannelRules, RuleSet, World};

/// A channel under one rule set.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Entry {
    pub available: bool,
    pub needs: u32,
    pub needs_any: u32,
    pub requires: u8,
    /// exp(-c / mu) without the fee.
    pub weight: f64,
    /// Fee over mu, in currency units: divided by income it is the fee's part of c / mu.
    pub fee: f64,
    /// Its position in [`Sheet::fees`].
    pub price: usize,
    /// Savings needed besides rent, in currency units; `None` if they are not tested.
    pub money: Option<f64>,
}

/// What some persons believe of one channel.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct OtherEntries {
    /// Channel index.
    pub channel: u16,
    /// By option; `None` if the channel is believed to be as it holds.
    pub options: Vec<Option<OtherEntry>>,
}

/// A channel as some persons believe it to be.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct OtherEntry {
    /// By rule set, as the channel is believed to be now.
    pub believed: [Entry; 4],
    /// As the channel is known to be in the end, under `RuleSet::Now`.
    pub anticipated: Entry,
}

/// The channels of all countries.
#[derive(Debug, Clone, PartialEq)]
pub struct Sheet {
    pub(super) mu: f64,
    /// The distinct fees over mu, the first of them 0; each is weighed against income once per person.
    pub(super) fees: Vec<f64>,
    /// By channel index and rule set.
    pub(super) entries: Vec<[Entry; 4]>,
    /// In the order of the list of [`super::Beliefs::of_class`].
    pub(super) others: Vec<OtherEntries>,
    /// Whether somebody may know of a loss to come.
    pub(super) loss_ahead: bool,
}

impl Sheet {
    /// Lists the channels for citizens of the origin in a slot who are in the class of segment `member`; `heard`
    /// are the channels about which they may believe what does not hold.
    pub fn new(
        scenario: &Scenario,
        world: &World,
        (slot, member): (u32, u16),
        heard: &[Heard],
    ) -> Self {
        let mut sheet = Self {
            mu: scenario.behaviour.choice.mu,
            fees: vec![0.0],
            entries: Vec::with_capacity(scenario.channels.len()),
            others: Vec::with_capacity(heard.len()),
            loss_ahead: false,
        };
        let member = usize::from(member);
        let rules = |channel: usize| {
            (
                world.rules.channel(channel, member),
                world.first.channel(channel, member),
            )
        };
        for channel in 0..scenario.channels.len() {
            let (now, first) = rules(channel);
            let entries = RuleSet::ALL.map(|set| {
                let rules = now.under(set, &first, scenario.lifted);
                sheet.entry(scenario, world, (channel, slot), &rules, set)
            });
            sheet.entries.push(entries);
        }
        for heard in heard {
            let channel = usize::from(heard.channel);
            let (now, first) = rules(channel);
            let before = first.opener(&now);
            let options = heard.options.iter().map(|option| {
                let Otherwise {
                    believed,
                    anticipated,
                    ..
                } = option.as_ref()?;
                sheet.loss_ahead |= believed.admits(slot) && !anticipated.opens(believed);
                let at = (channel, slot);
                Some(OtherEntry {
                    believed: RuleSet::ALL.map(|set| {
                        let rules = believed.under(set, &before, scenario.lifted);
                        sheet.entry(scenario, world, at, &rules, set)
                    }),
                    anticipated: sheet.entry(scenario, world, at, anticipated, RuleSet::Now),
                })
            });
            let options = options.collect();
            sheet.others.push(OtherEntries {
                channel: heard.channel,
                options,
            });
        }
        sheet
    }

    fn entry(
        &mut self,
        scenario: &Scenario,
        world: &World,
        (channel, slot): (usize, u32),
        rules: &ChannelRules,
        set: RuleSet,
    ) -> Entry {
        let country = usize::from(scenario.channels[channel].country);
        let fee = rules.fee / self.mu;
        let price = self.fees.iter().position(|known| *known == fee);
        let price = price.unwrap_or_else(|| {
            self.fees.push(fee);
            self.fees.len() - 1
        });
        let money = rules.fee + world.rules.countries[country].travel;
        Entry {
            available: rules.admits(slot),
            needs: rules.needs,
            needs_any: rules.needs_any,
            requires: rules.requires,
            weight: exp(-channel_cost(scenario, rules) / self.mu),
            fee,
            price,
            money: (set != RuleSet::Open).then_some(money),
        }
    }
}

/// The cost c of a channel without the fee.
fn channel_cost(scenario: &Scenario, rules: &ChannelRules) -> f64 {
    let choice = &scenario.behaviour.choice;
    let visa = if rules.permission { choice.visa } else { 0.0 };
    let refusal = if rules.grant > 0.0 {
        -choice.refusal * ln(rules.grant)
    } else {
        0.0
    };
    visa + refusal + status_cost(scenario, rules.status)
}

/// The cost c_status of a status.
pub fn status_cost(scenario: &Scenario, status: Status) -> f64 {
    let cost = &scenario.behaviour.status;
    match status {
        Status::Protected => cost.protected,
        Status::Legal => cost.legal,
        Status::Temporary => cost.temporary,
        Status::Pending => cost.pending,
        Status::Irregular => cost.irregular,
    }
}
