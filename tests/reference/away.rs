//! A step in the life of a person abroad.

use crate::abroad::{
    Alternative, Stay, alternatives_at_expiry, onward_channel, onward_hazard, onward_target,
    return_hazard,
};
use crate::choice::Place;
use crate::faults::Fault;
use crate::persons::Person;
use crate::rules::NOW;
use crate::step::{Step, Whereabouts};
use exeunt::scenario::Status;
use exeunt::units::Duration;
use exeunt::world::FlowEvent;
use rand::RngExt;

impl Step<'_> {
    /// Abroad: the permission may end, the person may return or move on; the earliest happens.
    pub fn live_abroad(&mut self, person: &Person, stay: Stay) -> Whereabouts {
        let view = self.view(person, Place::Abroad(stay.country), &[]);
        let days_there = self.start + self.days / 2.0 - stay.since;
        let years = Duration::from_days(self.days).years();
        let higher = match self.fault {
            Fault::ReturnHigher => 1.05,
            _ => 1.0,
        };
        let returning = higher * years * return_hazard(view, &stay, days_there);
        let moving = years * onward_hazard(view, &stay, days_there, self.constants);
        let never = f64::INFINITY;
        let returns = self.mark(returning).unwrap_or(never);
        let moves = self.mark(moving).unwrap_or(never);
        let expires = stay.until.map_or(never, |until| until.max(self.start));

        let first = expires.min(returns).min(moves);
        if first >= self.end() {
            Whereabouts::Abroad(stay)
        } else if first == expires {
            self.expire(person, stay, expires)
        } else if first == returns {
            self.come_home(person, &stay, stay.status == Status::Irregular)
        } else {
            onward_target(view, self.rng)
                .and_then(|(country, channel)| {
                    self.enter_from_abroad(person, &stay, country, channel, moves)
                })
                .unwrap_or(Whereabouts::Abroad(stay))
        }
    }

    /// One draw of the grant of a channel; `None` if it is refused.
    fn enter_from_abroad(
        &mut self,
        person: &Person,
        stay: &Stay,
        country: usize,
        channel: usize,
        time: f64,
    ) -> Option<Whereabouts> {
        let rule = &self.world.rule_sets[NOW].channels[channel];
        if rule.permission {
            self.flow(person, stay.country, country, channel, FlowEvent::Applied);
        }
        if self.rng.random::<f64>() >= rule.grant {
            self.flow(person, stay.country, country, channel, FlowEvent::Refused);
            return None;
        }
        if rule.permission {
            self.flow(person, stay.country, country, channel, FlowEvent::Granted);
        }
        self.flow(person, stay.country, country, channel, FlowEvent::MovedOn);
        Some(self.arrive(person, stay.country, country, channel, time))
    }

    fn come_home(&mut self, person: &Person, stay: &Stay, involuntary: bool) -> Whereabouts {
        let (from, to) = (stay.country, person.origin);
        self.flow(person, from, to, stay.channel, FlowEvent::Returned);
        let counts = self.counts.segment(person);
        counts.returned += 1;
        counts.returned_involuntarily += u64::from(involuntary);
        Whereabouts::Content
    }

    /// The end of a permitted stay: the best alternative is tried; where it is refused, the next.
    fn expire(&mut self, person: &Person, stay: Stay, time: f64) -> Whereabouts {
        let Stay {
            country: here,
            channel: by,
            ..
        } = stay;
        self.flow(person, here, here, by, FlowEvent::Expired);
        let view = self.view(person, Place::Abroad(here), &[]);
        let rule = &self.world.rule_sets[NOW].channels[by].stay;
        let days_there = time - stay.since;
        let alternatives =
            alternatives_at_expiry(view, &stay, days_there, self.constants, self.rng);
        let renewable = alternatives.contains(&Alternative::Renew);
        let mut renewal_refused = false;
        for alternative in alternatives {
            match alternative {
                Alternative::Renew => {
                    let success = rule.renewal.success;
                    if self.rng.random::<f64>() < success {
                        self.flow(person, here, here, by, FlowEvent::Renewed);
                        let until = rule.length.map(|length| time + length.days());
                        return Whereabouts::Abroad(Stay { until, ..stay });
                    }
                    renewal_refused = true;
                }
                Alternative::MoveTo(country) => {
                    let channel = onward_channel(view, country, self.rng);
                    let entered = self.enter_from_abroad(person, &stay, country, channel, time);
                    if let Some(arrived) = entered {
                        return arrived;
                    }
                }
                Alternative::Return => {
                    let involuntary =
                        !renewable || renewal_refused || stay.status == Status::Irregular;
                    return self.come_home(person, &stay, involuntary);
                }
                Alternative::StayIrregularly => {
                    return Whereabouts::Abroad(Stay {
                        status: Status::Irregular,
                        until: None,
                        ..stay
                    });
                }
            }
        }
        unreachable!("staying on and returning are always possible")
    }
}
