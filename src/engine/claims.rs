//! Asylum claims: made at the end of a permitted stay, pending, decided, appealed, and followed by
//! protection, removal or an irregular stay.

use super::journey::{end_of, until};
use super::notice::{Detail, Seen};
use super::purse::Purse;
use super::records::{Abroad, WITHOUT_END};
use super::step::{BlockStep, StepContext};
use crate::draw::Decision;
use crate::draw::math::exp;
use crate::model::{Host, believed, meets, prospect, worth};
use crate::population::{Person, Quantiles};
use crate::scenario::{Asylum, Status};
use crate::world::FlowEvent;
use serde::{Deserialize, Serialize};

/// A pending claim.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Claim {
    /// When it was made, days since the first day of the scenario.
    pub made: f64,
    /// The channel of the claim.
    pub channel: u16,
    /// Whether it was rejected once and is on appeal.
    pub on_appeal: bool,
}

/// What becomes of a claim on the day of its decision.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Outcome {
    /// The stay goes on: recognised, on appeal, or rejected and irregular.
    Stays(Abroad),
    /// Rejected and removed to the origin.
    Removed,
}

/// Whether a stay is that of a claim which has not been decided.
pub fn is_pending(context: &StepContext<'_>, record: &Abroad) -> bool {
    record.status == Status::Pending && asylum(context, record.channel).is_some()
}

fn asylum<'a>(context: &StepContext<'a>, channel: u16) -> Option<&'a Asylum> {
    context.scenario.channels[usize::from(channel)]
        .asylum
        .as_ref()
}

impl BlockStep<'_, '_> {
    /// The first channel by which a person can claim asylum where it is, and exp of the value of doing
    /// so. The channel of the present stay is left out: a person once recognised by it renews or
    /// leaves.
    pub fn claim_to_make(&self, record: &Abroad, host: &Host<'_>) -> Option<(u16, f64)> {
        let context = self.context;
        let here = host.place.country;
        let channels = context.procedures.claims.get(usize::from(here))?.iter();
        let segment = usize::from(self.segment());
        let rules = |channel: u16| context.world.rules.channel(usize::from(channel), segment);
        let mut channels = channels.copied().filter(|&channel| {
            let rules = rules(channel);
            channel != record.channel
                && rules.admits(self.slot)
                && meets(host.person, rules.requires, here)
        });
        let channel = channels.next()?;
        let asylum = asylum(context, channel)?;
        let claiming = &context.scenario.behaviour.asylum;
        let prospect = prospect(
            believed(host.person, asylum, claiming),
            rules(channel).grant,
            asylum,
            context.procedures.claim_waits[usize::from(channel)],
        );
        let worth = worth(context.scenario, asylum, rules(channel).status, prospect);
        Some((channel, host.weight_without_status() * exp(worth)))
    }

    /// Claims asylum at `time`: the stay continues by the channel of the claim, as pending.
    pub fn claim(
        &mut self,
        record: &Abroad,
        purse: &mut Purse,
        person: &Person,
        channel: u16,
        time: f64,
    ) -> Abroad {
        self.counter.own_flow(channel, FlowEvent::Claimed);
        self.remember_visit(record, time);
        let times = &self.context.procedures.decision_times[usize::from(channel)];
        purse.until = until(time, self.claim_time(record, channel, times.as_ref()));
        let claim = Claim {
            made: time,
            channel,
            on_appeal: false,
        };
        self.state.claims.insert(record.position, claim);
        let record = self.with_status(record, purse, person, Status::Pending);
        Abroad { channel, ..record }
    }

    /// Decides on a pending claim at `time`.
    pub fn decide_claim(
        &mut self,
        record: &Abroad,
        purse: &mut Purse,
        person: &Person,
        time: f64,
    ) -> Outcome {
        let context = self.context;
        let channel = record.channel;
        let Some(asylum) = asylum(context, channel) else {
            return Outcome::Stays(*record);
        };
        let rules = context
            .world
            .rules
            .channel(usize::from(channel), usize::from(self.segment()));
        let label = context.channel_labels[usize::from(channel)];
        let words = self
            .key
            .words(person.index, context.date, Decision::Claim, label);
        let [recognition, removal] = words.uniforms();
        let claim = self.state.claims.get(record.position).copied();
        let on_appeal = claim.is_some_and(|claim| claim.on_appeal);
        let grant = match &asylum.appeal {
            Some(appeal) if on_appeal => appeal.grant,
            _ => rules.grant,
        };
        let believed = believed(person, asylum, &context.scenario.behaviour.asylum);
        self.detail(|| Detail::Claim {
            believed,
            grant,
            on_appeal,
            removal: asylum.removal,
        });
        let recognised = recognition < grant * believed;
        if let (false, false, Some(appeal), Some(claim)) =
            (recognised, on_appeal, &asylum.appeal, claim)
        {
            let times = &context.procedures.appeal_times[usize::from(channel)];
            debug_assert_eq!(times.is_some(), appeal.decision.is_some());
            purse.until = until(time, self.claim_time(record, channel, times.as_ref()));
            let claim = Claim {
                on_appeal: true,
                ..claim
            };
            self.state.claims.insert(record.position, claim);
            let until = end_of(purse.until);
            self.note(|| Seen::Appealed { until });
            return Outcome::Stays(*record);
        }
        self.state.claims.remove(record.position);
        let made = claim.map_or(time, |claim| claim.made);
        self.counter.decision(channel, time - made);
        if recognised {
            self.counter.own_flow(channel, FlowEvent::Recognised);
            purse.until = until(time, rules.stay_days);
            let until = end_of(purse.until);
            self.detail(|| Detail::Permitted {
                status: rules.status,
                until,
            });
            self.remember_permit(record, time as u16);
            return Outcome::Stays(self.with_status(record, purse, person, rules.status));
        }
        self.counter.own_flow(channel, FlowEvent::Rejected);
        if removal < asylum.removal {
            return Outcome::Removed;
        }
        purse.until = WITHOUT_END;
        Outcome::Stays(self.with_status(record, purse, person, Status::Irregular))
    }

    /// The same stay in another status; savings up to the end of this step are settled under the old one.
    fn with_status(
        &mut self,
        record: &Abroad,
        purse: &mut Purse,
        person: &Person,
        status: Status,
    ) -> Abroad {
        let country = self.context.scenario.channels[usize::from(record.channel)].country;
        self.depart_from(country, record);
        self.count_stay(record.position, country, status, 1);
        self.note(|| Seen::Became(status));
        self.close(purse, record, person);
        Abroad { status, ..*record }
    }

    /// Days to the decision on a claim or on its appeal, drawn from `times`; 0 if there are none.
    fn claim_time(&self, record: &Abroad, channel: u16, times: Option<&Quantiles>) -> f64 {
        let Some(times) = times else {
            return 0.0;
        };
        let label = self.context.channel_labels[usize::from(channel)];
        let (index, date) = (self.index(record.position), self.context.date);
        let words = self.key.words(index, date, Decision::ClaimTime, label);
        times.at(words.uniforms()[0])
    }
}
