//! Whom the state takes: detained at home, handed over from abroad, called up.

use crate::abroad::Stay;
use crate::faults::Fault;
use crate::measures::Event;
use crate::persons::Person;
use crate::replay::start_of;
use crate::step::{Life, Step, Subject, Whereabouts};
use crate::world::World;
use exeunt::scenario::{CallUp, Event as Dated, Repression, Scenario, Status};
use exeunt::units::{DAYS_PER_MONTH, Duration};
use rand::RngExt;
use rand::seq::SliceRandom;
use std::collections::BTreeMap;

/// Detention in a step, by country.
#[derive(Debug, Clone, Default)]
pub struct Custody(Vec<f64>);

impl Custody {
    /// The integrated hazard, by country, of who is not identified as active.
    pub fn over_step(
        scenario: &Scenario,
        world: &World,
        (persons, lives): (&[Person], &[Life]),
        days: f64,
        fault: Fault,
    ) -> Self {
        let Some(parameters) = &scenario.behaviour.repression else {
            return Self::default();
        };
        let reference = scenario.reference.as_deref().unwrap_or(scenario);
        let on_first_day = World::first_day(reference).countries;
        let hazard = |index: usize| {
            let (first, now) = (&on_first_day[index], &world.countries[index]);
            if first.repression == 0.0 {
                return 0.0;
            }
            let level = now.repression / first.repression * now.crackdown;
            let hazard = parameters.detention.per_day() * days * level;
            let weight = |person: &Person| {
                if person.active {
                    1.0 - now.surveillance + now.surveillance * parameters.active.exp()
                } else {
                    1.0
                }
            };
            let at_home = persons.iter().zip(lives);
            let at_home =
                at_home.filter(|(person, life)| person.origin == index && life.at.is_at_large());
            let expected: f64 = at_home.map(|(person, _)| hazard * weight(person)).sum();
            match now.police_capacity {
                Some(capacity) if fault != Fault::PoliceUnlimited => {
                    let places = capacity.per_month() * days / DAYS_PER_MONTH;
                    hazard * (places / expected).min(1.0)
                }
                _ => hazard,
            }
        };
        Self((0..scenario.countries.len()).map(hazard).collect())
    }
}

/// Persons called up so far, by event.
#[derive(Debug, Default)]
pub struct CalledUp(BTreeMap<String, u64>);

impl Step<'_> {
    fn repression(&self) -> Option<&Repression> {
        self.scenario.behaviour.repression.as_ref()
    }

    fn is_identified(&self, person: &Person) -> bool {
        person.active && person.identified_above < self.world.countries[person.origin].surveillance
    }

    /// When a person at home is detained in this step, if nothing comes before.
    pub fn detention_time(&mut self, custody: &Custody, person: &Person) -> Option<f64> {
        let parameters = *self.repression()?;
        let identified = match self.is_identified(person) {
            true => parameters.active.exp(),
            false => 1.0,
        };
        let higher = match self.fault {
            Fault::DetentionHigher => 1.2,
            _ => 1.0,
        };
        self.mark(higher * custody.0[person.origin] * identified)
    }

    /// Whether a person acts at a time before it is detained; if so it is not.
    pub fn acts_first(&mut self, time: f64) -> bool {
        let acts = time <= self.taken;
        if acts {
            self.taken = f64::INFINITY;
        }
        acts
    }

    /// Detained at home at a time.
    pub fn detain(&mut self, who: Subject<'_>, at: &Whereabouts, time: f64) -> Whereabouts {
        let parameters = *self.repression().expect("repression that is on");
        let tally = self.counts.confinement(who.person);
        tally.detentions += 1;
        tally.detained_held += u64::from(matches!(at, Whereabouts::Held(_)));
        let days = if self.rng.random::<f64>() < parameters.short_share {
            parameters.short
        } else {
            parameters.long
        };
        self.confine(time, days, parameters.case)
    }

    fn confine(&mut self, time: f64, days: Duration, case: Duration) -> Whereabouts {
        self.detained = Some(time);
        if self.fault != Fault::CasesForgotten {
            self.case = Some(time + case.days());
        }
        Whereabouts::Detained {
            until: time + days.days(),
        }
    }

    /// When a person abroad is handed over in this step, if nothing comes before.
    pub fn rendition_time(&mut self, person: &Person, stay: &Stay) -> Option<f64> {
        self.repression()?;
        if !self.is_identified(person) {
            return None;
        }
        let shield = match stay.status {
            Status::Irregular => 0.0,
            _ if self.fault == Fault::ShieldIgnored => 0.0,
            _ => self.scenario.channels[stay.channel].extradition_shield,
        };
        let rate = self.world.countries[stay.country].rendition;
        self.mark(rate.per_day() * self.days * (1.0 - shield))
    }

    /// Handed over by the host at a time: home, and detained for long.
    pub fn render(&mut self, who: Subject<'_>, stay: &Stay, time: f64) -> Whereabouts {
        let parameters = *self.repression().expect("repression that is on");
        let person = who.person;
        self.end_abroad(person, stay, time, true, Event::Rendered);
        self.counts.confinement(person).rendered += 1;
        self.confine(time, parameters.long, parameters.case)
    }

    /// Calls up who is due, at the beginning of the step.
    pub fn call_up(&mut self, called_up: &mut CalledUp, persons: &[Person], lives: &mut [Life]) {
        for event in &self.scenario.events {
            let Some(call_up) = &event.call_up else {
                continue;
            };
            if event.step > self.index {
                continue;
            }
            let called = called_up.0.entry(event.name.clone()).or_default();
            let wanted = due(self, event, call_up).saturating_sub(*called);
            let mut eligible: Vec<usize> = (0..persons.len())
                .filter(|index| {
                    let segment = &self.scenario.segments[persons[*index].segment];
                    segment.draft_eligible
                        && persons[*index].origin == usize::from(call_up.origin)
                        && is_within_reach(&lives[*index].at)
                })
                .collect();
            if self.fault != Fault::CalledUpByIdentity {
                eligible.shuffle(self.rng);
            }
            eligible.truncate(wanted as usize);
            *called += eligible.len() as u64;
            for index in eligible {
                self.counts.confinement(&persons[index]).called_up += 1;
                lives[index].at = Whereabouts::Mobilised {
                    since: self.start,
                    until: call_up
                        .service
                        .map_or(f64::INFINITY, |service| self.start + service.days()),
                };
            }
        }
    }
}

/// Persons due by the end of a step; 0 once the time of the call-up is over.
fn due(step: &Step<'_>, event: &Dated, call_up: &CallUp) -> u64 {
    let since = step.start - start_of(step.scenario, event.step);
    let over = call_up.over.days();
    if since > 0.0 && since >= over {
        return 0;
    }
    let part = if over > 0.0 {
        ((since + step.days) / over).min(1.0)
    } else {
        1.0
    };
    let more = match step.fault {
        Fault::CallUpExceeded => 1.1,
        _ => 1.0,
    };
    (call_up.persons as f64 * part * more).floor() as u64
}

fn is_within_reach(at: &Whereabouts) -> bool {
    matches!(
        at,
        Whereabouts::Content
            | Whereabouts::Held(_)
            | Whereabouts::Departing { .. }
            | Whereabouts::Applying { .. }
    )
}
