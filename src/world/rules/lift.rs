//! Lifted rules: the opener of two sets of rules, and the four rule sets of a judgement.

use super::ChannelRules;
use crate::scenario::Lifted;

/// The four rule sets of a judgement, from the rules in force to the open world.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(usize)]
pub enum RuleSet {
    /// The rules as they are.
    Now = 0,
    /// Policy gates are lifted.
    GatesLifted = 1,
    /// Policy costs are lifted too.
    CostsLifted = 2,
    /// Means gates are lifted too.
    Open = 3,
}

impl RuleSet {
    /// All four; each opens the one before.
    pub const ALL: [Self; 4] = [Self::Now, Self::GatesLifted, Self::CostsLifted, Self::Open];
}

impl ChannelRules {
    /// Returns the opener of these rules and others: field by field, the more open of the two. What neither opens nor
    /// closes the channel (status, stay, renewal, quota) is taken from these.
    pub fn opener(&self, other: &Self) -> Self {
        Self {
            open: self.open || other.open,
            origins: self.origins | other.origins,
            needs: self.needs & other.needs,
            needs_any: either(self.needs_any, other.needs_any),
            requires: self.requires & other.requires,
            permission: self.permission && other.permission,
            grant: self.grant.max(other.grant),
            fee: self.fee.min(other.fee),
            ..*self
        }
    }

    /// Whether these rules are in no respect less open than others.
    pub fn opens(&self, other: &Self) -> bool {
        self.opener(other) == *self
    }

    /// Returns these rules under a rule set.
    ///
    /// `before` are the rules of the first day or, where belief may differ from what holds, the
    /// [opener](Self::opener) of the first day's rules and of those that hold. Means are a matter of the person:
    /// for [`RuleSet::Open`] only the documents are dropped here.
    pub fn under(&self, set: RuleSet, before: &Self, lifted: Lifted) -> Self {
        let mut rules = *self;
        let all_open = lifted == Lifted::AllOpen;
        if set as usize >= RuleSet::GatesLifted as usize {
            if all_open {
                rules.open = true;
                rules.origins = u64::MAX;
                rules.requires = 0;
            } else {
                rules.open |= before.open;
                rules.origins |= before.origins;
                rules.requires &= before.requires;
                rules.needs &= before.needs;
                rules.needs_any = either(rules.needs_any, before.needs_any);
            }
            if rules.grant <= 0.0 {
                rules.grant = if all_open { 1.0 } else { before.grant };
            }
        }
        if set as usize >= RuleSet::CostsLifted as usize {
            if all_open {
                rules.permission = false;
                rules.fee = 0.0;
                rules.grant = 1.0;
            } else {
                rules.permission &= before.permission;
                rules.fee = rules.fee.min(before.fee);
                rules.grant = rules.grant.max(before.grant);
            }
        }
        if set == RuleSet::Open {
            rules.needs = 0;
            rules.needs_any = 0;
        }
        rules
    }
}

/// The opener of two lists of documents of which one is needed; an empty list requires none.
fn either(one: u32, other: u32) -> u32 {
    if one == 0 || other == 0 {
        0
    } else {
        one | other
    }
}
