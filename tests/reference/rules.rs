//! The four sets of rules, each opening the one before.

use exeunt::scenario::{Channel, ExitGate, Lifted};
use exeunt::units::Money;

/// As the rules are now.
pub const NOW: usize = 0;
/// Everything lifted: the world in which a person aspires.
pub const OPEN: usize = 3;

/// One set of rules.
#[derive(Debug, Clone)]
pub struct Rules {
    pub channels: Vec<Channel>,
    pub exit_gates: Vec<ExitGate>,
    /// Whether a recent refusal bars.
    pub refusals_bar: bool,
    /// Whether savings are tested.
    pub savings_tested: bool,
}

impl Rules {
    /// The rules as they stand.
    pub fn standing(channels: Vec<Channel>, exit_gates: Vec<ExitGate>) -> Self {
        Self {
            channels,
            exit_gates,
            refusals_bar: true,
            savings_tested: true,
        }
    }
}

/// The four sets that follow from the rules of the first day and of now.
pub fn rule_sets(first: &Rules, now: &Rules, lifted: Lifted) -> [Rules; 4] {
    let gates_lifted = lift_gates(first, now, lifted);
    let costs_lifted = lift_costs(first, now, &gates_lifted, lifted);
    let open = lift_means(&costs_lifted);
    [now.clone(), gates_lifted, costs_lifted, open]
}

/// Set 1: policy gates lifted.
fn lift_gates(first: &Rules, now: &Rules, lifted: Lifted) -> Rules {
    let mut rules = now.clone();
    rules.refusals_bar = false;
    for (channel, before) in rules.channels.iter_mut().zip(&first.channels) {
        match lifted {
            Lifted::AsBefore => {
                channel.open |= before.open;
                for origin in &before.origins {
                    if !channel.origins.contains(origin) {
                        channel.origins.push(*origin);
                    }
                }
                channel.requires &= before.requires;
                channel.needs &= before.needs;
                if channel.grant == 0.0 {
                    channel.grant = before.grant;
                }
            }
            Lifted::AllOpen => {
                channel.open = true;
                channel.origins = (0..u16::MAX).take(64).collect();
                channel.requires = 0;
                if channel.grant == 0.0 {
                    channel.grant = 1.0;
                }
            }
        }
    }
    for (gate, before) in rules.exit_gates.iter_mut().zip(&first.exit_gates) {
        gate.share = match lifted {
            Lifted::AsBefore => gate.share.min(before.share),
            Lifted::AllOpen => 0.0,
        };
    }
    rules
}

/// Set 2: policy costs lifted too.
fn lift_costs(first: &Rules, now: &Rules, gates_lifted: &Rules, lifted: Lifted) -> Rules {
    let mut rules = gates_lifted.clone();
    for ((channel, before), now) in rules
        .channels
        .iter_mut()
        .zip(&first.channels)
        .zip(&now.channels)
    {
        match lifted {
            Lifted::AsBefore => {
                channel.permission = before.permission && now.permission;
                channel.fee = Money::new(before.fee.amount().min(now.fee.amount()));
                channel.grant = before.grant.max(now.grant);
            }
            Lifted::AllOpen => {
                channel.permission = false;
                channel.fee = Money::new(0.0);
                channel.grant = 1.0;
            }
        }
    }
    rules
}

/// Set 3: means gates lifted too.
fn lift_means(costs_lifted: &Rules) -> Rules {
    let mut rules = costs_lifted.clone();
    for channel in &mut rules.channels {
        channel.needs = 0;
    }
    rules.savings_tested = false;
    rules
}
