//! The four sets of rules, each opening the one before, and which of two rules is the opener.

use exeunt::scenario::{Channel, ExitGate, Lifted};
use exeunt::units::Money;

/// As a person believes the rules to be.
pub const NOW: usize = 0;
/// Everything lifted: the world in which a person aspires.
pub const OPEN: usize = 3;

/// One set of rules.
#[derive(Debug, Clone, PartialEq)]
pub struct Rules {
    /// `grant`, `grant_for` and `bars` are in `grants`.
    pub channels: Vec<Channel>,
    /// By channel, then segment: the chance of being admitted; 0 for who is barred.
    pub grants: Vec<Vec<f64>>,
    pub exit_gates: Vec<ExitGate>,
    pub documents: Vec<DocumentState>,
    /// By channel: whether who has no day of stay left is barred.
    pub days_are_counted: Vec<bool>,
    /// Whether a recent refusal bars.
    pub refusals_bar: bool,
    /// Whether savings are tested.
    pub savings_tested: bool,
}

/// Whether a document is issued, and since when it runs out.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct DocumentState {
    pub issued: bool,
    /// Days; `None` = for good.
    pub valid: Option<f64>,
    /// Days from the first day until issue stopped, if it has.
    pub stopped: f64,
}

impl Rules {
    /// The rules as they stand.
    pub fn standing(
        channels: Vec<Channel>,
        grants: Vec<Vec<f64>>,
        exit_gates: Vec<ExitGate>,
        documents: Vec<DocumentState>,
    ) -> Self {
        Self {
            days_are_counted: vec![true; channels.len()],
            channels,
            grants,
            exit_gates,
            documents,
            refusals_bar: true,
            savings_tested: true,
        }
    }

    /// The opener of two sets of rules in everything that policy gates and costs say.
    pub fn opener(&self, other: &Self) -> Self {
        let mut rules = self.clone();
        for (channel, other) in rules.channels.iter_mut().zip(&other.channels) {
            open_gates(channel, other);
            channel.permission &= other.permission;
            channel.fee = Money::new(channel.fee.amount().min(other.fee.amount()));
        }
        let grants = rules.grants.iter_mut().flatten();
        for (grant, other) in grants.zip(other.grants.iter().flatten()) {
            *grant = grant.max(*other);
        }
        for (gate, other) in rules.exit_gates.iter_mut().zip(&other.exit_gates) {
            gate.share = gate.share.min(other.share);
        }
        for (document, other) in rules.documents.iter_mut().zip(&other.documents) {
            document.issued |= other.issued;
        }
        let stays = self.channels.iter().zip(&other.channels);
        rules.days_are_counted = stays
            .map(|(one, other)| {
                one.stay.length == other.stay.length && one.stay.within == other.stay.within
            })
            .collect();
        rules
    }

    /// Whether a channel of these rules is in nothing less open than that of others.
    pub fn opens(&self, channel: usize, other: &Self) -> bool {
        let mine = &self.channels[channel];
        let opener = &self.opener(other).channels[channel];
        let sorted = |channel: &Channel| {
            let mut channel = channel.clone();
            channel.origins.sort_unstable();
            channel
        };
        let no_grant_falls = self.grants[channel]
            .iter()
            .zip(&other.grants[channel])
            .all(|(mine, other)| mine >= other);
        no_grant_falls && sorted(mine) == sorted(opener)
    }
}

/// Opens the gates of a channel as far as another does.
fn open_gates(channel: &mut Channel, other: &Channel) {
    channel.open |= other.open;
    for origin in &other.origins {
        if !channel.origins.contains(origin) {
            channel.origins.push(*origin);
        }
    }
    channel.requires &= other.requires;
    channel.needs &= other.needs;
    channel.needs_any = match (channel.needs_any, other.needs_any) {
        (0, _) | (_, 0) => 0,
        (one, other) => one | other,
    };
}

/// The four sets that follow from what a person believes, and from the rules of the first day and
/// those that hold.
pub fn rule_sets(believed: &Rules, first: &Rules, now: &Rules, lifted: Lifted) -> [Rules; 4] {
    let standing = first.opener(now);
    let gates_lifted = lift_gates(believed, &standing, lifted);
    let costs_lifted = lift_costs(&gates_lifted, &standing, lifted);
    let open = lift_means(&costs_lifted);
    [believed.clone(), gates_lifted, costs_lifted, open]
}

/// Set 1: policy gates lifted.
fn lift_gates(believed: &Rules, standing: &Rules, lifted: Lifted) -> Rules {
    let mut rules = believed.clone();
    rules.refusals_bar = false;
    rules
        .days_are_counted
        .clone_from(&standing.days_are_counted);
    rules.exit_gates.clone_from(&standing.exit_gates);
    rules.documents.clone_from(&standing.documents);
    for (channel, standing) in rules.channels.iter_mut().zip(&standing.channels) {
        open_gates(channel, standing);
    }
    let grants = rules.grants.iter_mut().flatten();
    for (grant, standing) in grants.zip(standing.grants.iter().flatten()) {
        if *grant == 0.0 {
            *grant = *standing;
        }
    }
    if lifted == Lifted::AllOpen {
        rules.days_are_counted.fill(false);
        for gate in &mut rules.exit_gates {
            gate.share = 0.0;
        }
        for document in &mut rules.documents {
            document.issued = true;
        }
        for (channel, believed) in rules.channels.iter_mut().zip(&believed.channels) {
            channel.open = true;
            channel.origins = (0..u16::MAX).take(64).collect();
            channel.requires = 0;
            channel.needs = believed.needs;
            channel.needs_any = believed.needs_any;
        }
        let grants = rules.grants.iter_mut().flatten();
        for (grant, believed) in grants.zip(believed.grants.iter().flatten()) {
            *grant = if *believed == 0.0 { 1.0 } else { *believed };
        }
    }
    rules
}

/// Set 2: policy costs lifted too.
fn lift_costs(gates_lifted: &Rules, standing: &Rules, lifted: Lifted) -> Rules {
    let mut rules = gates_lifted.clone();
    for (channel, standing) in rules.channels.iter_mut().zip(&standing.channels) {
        match lifted {
            Lifted::AsBefore => {
                channel.permission &= standing.permission;
                channel.fee = Money::new(channel.fee.amount().min(standing.fee.amount()));
            }
            Lifted::AllOpen => {
                channel.permission = false;
                channel.fee = Money::new(0.0);
            }
        }
    }
    let grants = rules.grants.iter_mut().flatten();
    for (grant, standing) in grants.zip(standing.grants.iter().flatten()) {
        *grant = match lifted {
            Lifted::AsBefore => grant.max(*standing),
            Lifted::AllOpen => 1.0,
        };
    }
    rules
}

/// Set 3: means gates lifted too.
fn lift_means(costs_lifted: &Rules) -> Rules {
    let mut rules = costs_lifted.clone();
    for channel in &mut rules.channels {
        channel.needs = 0;
        channel.needs_any = 0;
    }
    rules.savings_tested = false;
    rules
}
