//! The rules and facts in force during a step, and the rules as they would be if lifted.

use crate::scenario::{Channel, Country, Event, Field, Lifted, NewValue, Scenario, Status, Target};

/// A channel's rules in force.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ChannelRules {
    /// Takes anybody.
    pub open: bool,
    /// Whose citizens it is for: bit = slot of the origin in [`Rules::origins`].
    pub origins: u64,
    /// Documents needed, as bits.
    pub needs: u32,
    /// Conditions required, as bits.
    pub requires: u8,
    /// Permission has to be asked for.
    pub permission: bool,
    /// Chance of being admitted.
    pub grant: f64,
    /// Fee, currency units.
    pub fee: f64,
    /// Status given.
    pub status: Status,
    /// Length of stay, days; infinite = without end.
    pub stay_days: f64,
    /// Price (currency units) and chance of renewal in the country; `None` = no renewal.
    pub renewal: Option<(f64, f64)>,
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
    /// Added to the exponent of its citizens' hazard of return.
    pub return_pull: f64,
    /// Cost of the journey, currency units.
    pub travel: f64,
}

/// Everything that events can change, as it holds during one step.
#[derive(Debug, Clone, PartialEq)]
pub struct Rules {
    /// Country indices of the origins, ascending; slots in `ChannelRules::origins`.
    pub origins: Vec<u16>,
    /// By channel index.
    pub channels: Vec<ChannelRules>,
    /// By country index.
    pub countries: Vec<CountryFacts>,
    /// By exit gate index: share barred.
    pub exit_shares: Vec<f64>,
}

/// The four rule sets of a judgement, from the rules in force to the open world.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(usize)]
pub enum RuleSet {
    /// As they are.
    Now = 0,
    /// Policy gates lifted.
    GatesLifted = 1,
    /// Policy costs lifted too.
    CostsLifted = 2,
    /// Means gates lifted too.
    Open = 3,
}

impl RuleSet {
    /// All four, each opening the one before.
    pub const ALL: [Self; 4] = [Self::Now, Self::GatesLifted, Self::CostsLifted, Self::Open];
}

impl Rules {
    /// The rules during a step: what the files say for the first day, then every event that acts
    /// by then, in order; ramps at the middle of the step.
    pub fn at(scenario: &Scenario, step: usize) -> Self {
        let mut origins: Vec<u16> = scenario.segments.iter().map(|s| s.origin).collect();
        origins.sort_unstable();
        origins.dedup();
        let mut rules = Self {
            channels: scenario
                .channels
                .iter()
                .map(|channel| ChannelRules::of(channel, &origins))
                .collect(),
            countries: scenario.countries.iter().map(CountryFacts::of).collect(),
            exit_shares: scenario.exit_gates.iter().map(|gate| gate.share).collect(),
            origins,
        };
        for event in scenario.events.iter().filter(|event| event.step <= step) {
            for change in &event.changes {
                let part = change
                    .over
                    .map_or(1.0, |over| ramp_part(scenario, event, step, over.days()));
                rules.apply(change.target, &change.to, part);
            }
        }
        rules
    }

    /// Whether the rules of a step can differ from those of the step before.
    pub fn may_change(scenario: &Scenario, step: usize) -> bool {
        scenario.events.iter().any(|event| {
            event.step == step
                || (event.step < step
                    && event.changes.iter().any(|change| {
                        change.over.is_some_and(|over| {
                            step == 0 || ramp_part(scenario, event, step - 1, over.days()) < 1.0
                        })
                    }))
        })
    }

    /// The slot of an origin.
    pub fn slot(&self, origin: u16) -> Option<u32> {
        self.origins
            .binary_search(&origin)
            .ok()
            .map(|slot| slot as u32)
    }

    fn apply(&mut self, target: Target, to: &NewValue, part: f64) {
        let index = usize::from(target.index);
        let blend = |now: &mut f64| {
            if let NewValue::Number(number) = to {
                // At the end of the ramp exactly the number, whatever its start was (also where
                // one of the two is infinite).
                *now = if part >= 1.0 {
                    *number
                } else {
                    *now + part * (*number - *now)
                };
            }
        };
        match (target.field, to) {
            (Field::Open, NewValue::Flag(flag)) => self.channels[index].open = *flag,
            (Field::Permission, NewValue::Flag(flag)) => self.channels[index].permission = *flag,
            (Field::Needs, NewValue::Bits(bits)) => self.channels[index].needs = *bits,
            (Field::Requires, NewValue::Bits(bits)) => self.channels[index].requires = *bits as u8,
            (Field::Origins, NewValue::Countries(countries)) => {
                self.channels[index].origins = slots(countries, &self.origins);
            }
            (Field::ChannelStatus, NewValue::Status(status)) => {
                self.channels[index].status = *status;
            }
            (Field::Grant, _) => blend(&mut self.channels[index].grant),
            (Field::Fee, _) => blend(&mut self.channels[index].fee),
            (Field::StayLength, _) => blend(&mut self.channels[index].stay_days),
            (Field::RenewCost, _) => {
                if let Some((cost, _)) = &mut self.channels[index].renewal {
                    blend(cost);
                }
            }
            (Field::RenewSuccess, _) => {
                if let Some((_, success)) = &mut self.channels[index].renewal {
                    blend(success);
                }
            }
            (Field::Wage, _) => blend(&mut self.countries[index].wage),
            (Field::RealIncome, _) => blend(&mut self.countries[index].real_income),
            (Field::Unemployment, _) => blend(&mut self.countries[index].unemployment),
            (Field::Safety, _) => blend(&mut self.countries[index].safety),
            (Field::Repression, _) => blend(&mut self.countries[index].repression),
            (Field::ReturnPull, _) => blend(&mut self.countries[index].return_pull),
            (Field::Travel, _) => blend(&mut self.countries[index].travel),
            (Field::ExitShare, _) => blend(&mut self.exit_shares[index]),
            // The reader of files admits no value of another kind.
            (
                Field::Open
                | Field::Permission
                | Field::Needs
                | Field::Requires
                | Field::Origins
                | Field::ChannelStatus,
                _,
            ) => {}
        }
    }
}

/// How far a ramp has come at the middle of a step, 0 to 1.
fn ramp_part(scenario: &Scenario, event: &Event, step: usize, over_days: f64) -> f64 {
    let steps = &scenario.calendar.steps;
    let (Some(begun), Some(now)) = (steps.get(event.step), steps.get(step)) else {
        return 1.0;
    };
    let days =
        crate::units::days_between(begun.start, now.start) as f64 + 0.5 * f64::from(now.days);
    if over_days > 0.0 {
        (days / over_days).clamp(0.0, 1.0)
    } else {
        1.0
    }
}

fn slots(countries: &[u16], origins: &[u16]) -> u64 {
    countries.iter().fold(0, |set, country| {
        origins
            .binary_search(country)
            .map_or(set, |slot| set | (1 << slot))
    })
}

impl ChannelRules {
    fn of(channel: &Channel, origins: &[u16]) -> Self {
        Self {
            open: channel.open,
            origins: slots(&channel.origins, origins),
            needs: channel.needs,
            requires: channel.requires,
            permission: channel.permission,
            grant: channel.grant,
            fee: channel.fee.amount(),
            status: channel.status,
            stay_days: channel
                .stay
                .length
                .map_or(f64::INFINITY, |length| length.days()),
            renewal: channel
                .stay
                .renewal
                .map(|renewal| (renewal.cost.amount(), renewal.success)),
        }
    }

    /// Whether a citizen of the origin in this slot passes the gates that are not personal.
    pub fn admits(&self, slot: u32) -> bool {
        self.open && self.grant > 0.0 && self.origins & (1 << slot) != 0
    }

    /// These rules under a rule set, given those of the first day. Means are a matter of the
    /// person: for [`RuleSet::Open`] only the documents are dropped here.
    pub fn under(&self, set: RuleSet, first: &Self, lifted: Lifted) -> Self {
        let mut rules = *self;
        let all_open = lifted == Lifted::AllOpen;
        if set as usize >= RuleSet::GatesLifted as usize {
            if all_open {
                rules.open = true;
                rules.origins = u64::MAX;
                rules.requires = 0;
            } else {
                rules.open |= first.open;
                rules.origins |= first.origins;
                rules.requires &= first.requires;
                rules.needs &= first.needs;
            }
            if rules.grant <= 0.0 {
                rules.grant = if all_open { 1.0 } else { first.grant };
            }
        }
        if set as usize >= RuleSet::CostsLifted as usize {
            if all_open {
                rules.permission = false;
                rules.fee = 0.0;
                rules.grant = 1.0;
            } else {
                rules.permission &= first.permission;
                rules.fee = rules.fee.min(first.fee);
                rules.grant = rules.grant.max(first.grant);
            }
        }
        if set == RuleSet::Open {
            rules.needs = 0;
        }
        rules
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
            return_pull: country.return_pull,
            travel: country.travel.amount(),
        }
    }
}
