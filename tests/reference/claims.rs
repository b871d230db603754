//! Claims to asylum: what they are worth, and how they are decided.

use crate::abroad::{Alternative, Stay, value_of_staying};
use crate::choice::{View, status_cost};
use crate::faults::Fault;
use crate::measures::Event;
use crate::persons::{Person, draw, mean};
use crate::step::{Step, Subject, Whereabouts};
use exeunt::scenario::{Asylum, Distribution, Ground, Status};
use exeunt::units::Duration;
use rand::RngExt;

/// A claim that has not been decided; the end of the stay is the day of its next decision.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Claim {
    /// Days from the first day.
    pub made: f64,
    pub on_appeal: bool,
}

/// Chance that the office believes a person.
fn believed(view: View<'_>, asylum: &Asylum, fault: Fault) -> f64 {
    let person = view.person;
    let accepts = |ground: Ground| asylum.grounds >> ground as u8 & 1 == 1;
    let has_grounds = (person.active && accepts(Ground::Activism))
        || (person.minority && accepts(Ground::Minority))
        || (person.draft_notice && accepts(Ground::DraftEvasion));
    let claiming = &view.behaviour.asylum;
    match (has_grounds, person.at_risk) {
        _ if fault == Fault::EvidenceSure => f64::from(u8::from(has_grounds)),
        (true, true) => 1.0,
        (true, false) => 1.0 - claiming.missed,
        (false, _) => claiming.mistaken,
    }
}

fn mean_days(decision: Option<&Distribution>) -> f64 {
    decision.map_or(0.0, mean)
}

impl Step<'_> {
    fn asylum(&self, channel: usize) -> Option<&Asylum> {
        self.scenario.channels[channel].asylum.as_ref()
    }

    /// Chances of being recognised in the first instance and on appeal.
    fn chances(&self, view: View<'_>, channel: usize) -> (f64, Option<f64>) {
        let asylum = self.asylum(channel).expect("a channel of claims");
        let believed = believed(view, asylum, self.fault);
        let first = believed * view.grant(channel);
        let appeal = asylum.appeal.as_ref();
        let second = appeal.map(|appeal| match self.fault {
            Fault::AppealAsFirst => first,
            _ => believed * appeal.grant,
        });
        (first, second)
    }

    /// The claim that a person may make where it is, with its value: W over the horizon.
    pub fn claim_to_make(
        &self,
        who: Subject<'_>,
        stay: &Stay,
        days: f64,
    ) -> Option<(Alternative, f64)> {
        let believing = self.view_from(who, stay);
        let view = believing.meeting(self.start);
        let mut channels = self.world.channels_of[stay.country].iter().copied();
        let channel = channels.find(|channel| {
            let is_of_claims = self.asylum(*channel).is_some();
            is_of_claims && *channel != stay.channel && view.open_to(*channel)
        })?;
        let asylum = self.asylum(channel)?;
        let claiming = &view.behaviour.asylum;
        let (first, second) = self.chances(view, channel);
        let recognised = 1.0 - (1.0 - first) * (1.0 - second.unwrap_or(0.0));
        let rule = &self.world.now.channels[channel];
        let appeal = asylum.appeal.as_ref();
        let on_appeal = appeal.map_or(0.0, |appeal| mean_days(appeal.decision.as_ref()));
        let wait = mean_days(rule.decision.as_ref()) + (1.0 - first) * on_appeal;
        let horizon = claiming.horizon.days();
        let wait = match self.fault {
            Fault::WaitUnweighed => 0.0,
            _ => wait.min(horizon),
        };
        let cost = |status| status_cost(view.behaviour, status);
        let rejected = -cost(Status::Irregular) - asylum.removal * claiming.removal_loss;
        let decided = -recognised * cost(rule.status) + (1.0 - recognised) * rejected;
        let over_horizon = -cost(Status::Pending) * wait + decided * (horizon - wait);
        let months = Duration::from_days(days).months();
        let here = value_of_staying(view, stay.status, months) + cost(stay.status);
        Some((Alternative::Claim(channel), here + over_horizon / horizon))
    }

    /// Claims asylum.
    pub fn claim(
        &mut self,
        who: Subject<'_>,
        stay: &Stay,
        channel: usize,
        time: f64,
    ) -> Whereabouts {
        self.count_claim(who.person, stay.country, channel, Event::Claimed);
        self.end_visit(stay, time);
        let decision = self.scenario.channels[channel].decision.clone();
        Whereabouts::Abroad(Stay {
            channel,
            status: Status::Pending,
            until: Some(self.day_of_decision(time, decision.as_ref())),
            pending: None,
            claim: Some(Claim {
                made: time,
                on_appeal: false,
            }),
            ..*stay
        })
    }

    fn day_of_decision(&mut self, time: f64, decision: Option<&Distribution>) -> f64 {
        let takes = decision.map_or(0.0, |decision| draw(decision, self.rng));
        (time + takes).floor()
    }

    fn count_claim(&mut self, person: &Person, here: usize, channel: usize, event: Event) {
        self.flow(person, here, here, channel, event);
    }

    /// The decision on a claim, in the first instance or on appeal.
    pub fn decide_claim(&mut self, who: Subject<'_>, stay: Stay, time: f64) -> Whereabouts {
        let (here, channel) = (stay.country, stay.channel);
        let claim = stay.claim.expect("a claim to decide on");
        let view = self.view_from(who, &stay).meeting(time);
        let (first, second) = self.chances(view, channel);
        let chance = match second {
            Some(second) if claim.on_appeal => second,
            _ => first,
        };
        let recognised = self.rng.random::<f64>() < chance;
        let asylum = self.asylum(channel).expect("a channel of claims").clone();
        if let (false, false, Some(appeal)) = (recognised, claim.on_appeal, &asylum.appeal) {
            return Whereabouts::Abroad(Stay {
                until: Some(self.day_of_decision(time, appeal.decision.as_ref())),
                claim: Some(Claim {
                    on_appeal: true,
                    ..claim
                }),
                ..stay
            });
        }
        self.counts.decision(channel, time - claim.made);
        let decided = Stay {
            claim: None,
            ..stay
        };
        if recognised {
            self.count_claim(who.person, here, channel, Event::Recognised);
            let rule = &self.world.now.channels[channel];
            return Whereabouts::Abroad(Stay {
                status: rule.status,
                permit_from: time,
                until: rule
                    .stay
                    .length
                    .map(|length| (time + length.days()).floor()),
                ..decided
            });
        }
        self.count_claim(who.person, here, channel, Event::Rejected);
        let removed = self.rng.random::<f64>() < asylum.removal;
        if removed && self.fault != Fault::NobodyRemoved {
            return self.end_abroad(who.person, &decided, time, true, Event::Expelled);
        }
        Whereabouts::Abroad(Stay {
            status: Status::Irregular,
            until: None,
            ..decided
        })
    }
}
