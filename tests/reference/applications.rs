//! Applications for channels that need permission: places in a quota, and decisions.

use crate::abroad::Stay;
use crate::belief::Mind;
use crate::faults::Fault;
use crate::measures::Event;
use crate::persons::{Person, draw};
use crate::quota::{Month, months_of_step, places};
use crate::step::{Life, Step, Subject, Whereabouts, Wish};
use exeunt::scenario::{Distribution, Scenario};
use rand::RngExt;
use std::collections::BTreeMap;

/// An application for a channel.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Application {
    pub country: usize,
    pub channel: usize,
    /// When, days from the first day.
    pub applied: f64,
    /// The order among those of one day.
    draw: u64,
    /// From the place to the decision, days.
    takes: f64,
    /// When the decision falls; `None` = without a place so far.
    pub decided_on: Option<f64>,
}

impl Step<'_> {
    /// Whether a channel, with or without permission, admits or refuses at once.
    pub fn decides_at_once(&self, channel: usize, permission: bool) -> bool {
        let rule = &self.world.now.channels[channel];
        let takes_time = |decision: &Distribution| *decision != Distribution::Constant(0.0);
        let waits = rule.quota.is_some() || rule.decision.as_ref().is_some_and(takes_time);
        !(permission && waits)
    }

    /// Places a month; `None` without a quota, or where nobody has to ask for permission.
    fn quota(&self, channel: usize) -> Option<f64> {
        let rule = &self.world.now.channels[channel];
        let quota = rule.quota.filter(|_| rule.permission);
        quota.map(|quota| quota.size.per_month())
    }

    /// A new application, counted; it has a place at once where there is no quota.
    pub fn file(&mut self, person: &Person, from: usize, channel: usize, time: f64) -> Application {
        let country = self.country_of(channel);
        self.flow(person, from, country, channel, Event::Applied);
        let rule = &self.world.now.channels[channel];
        let takes = match &rule.decision {
            Some(decision) => draw(decision, self.rng),
            None => 0.0,
        };
        Application {
            country,
            channel,
            applied: time,
            draw: self.rng.random(),
            takes,
            decided_on: self.quota(channel).is_none().then_some(time + takes),
        }
    }

    /// One draw of the grant, counted.
    fn is_granted(&mut self, who: Subject<'_>, from: usize, application: &Application) -> bool {
        let grant = self.world.now.grants[application.channel][who.person.segment];
        let granted = self.is_admitted(who.person, from, application.channel, grant);
        let event = if granted {
            Event::Granted
        } else {
            Event::Refused
        };
        self.count_decision(who, from, application, event);
        granted
    }

    fn count_decision(
        &mut self,
        who: Subject<'_>,
        from: usize,
        application: &Application,
        event: Event,
    ) {
        let Application {
            country, channel, ..
        } = *application;
        let decided = application.decided_on.unwrap_or(self.start).max(self.start);
        self.counts.decision(channel, decided - application.applied);
        self.flow(who.person, from, country, channel, event);
    }

    /// At home: applies.
    pub fn apply(
        &mut self,
        who: Subject<'_>,
        wish: Wish,
        channel: usize,
        time: f64,
    ) -> Whereabouts {
        let application = self.file(who.person, who.person.origin, channel, time);
        self.await_decision(who, wish, application)
    }

    /// At home, under gates that hold: decided if the decision falls in this step.
    fn await_decision(
        &mut self,
        who: Subject<'_>,
        mut wish: Wish,
        application: Application,
    ) -> Whereabouts {
        let Some(date) = application.decided_on.filter(|date| *date < self.end()) else {
            return Whereabouts::Applying { wish, application };
        };
        let date = date.max(self.start);
        let Application { channel, .. } = application;
        if self.is_granted(who, who.person.origin, &application) {
            return self.set_out(who, wish, channel, date);
        }
        wish.refusals.push((channel, date));
        self.turned_away.push(channel);
        self.hold_barred(wish)
    }

    /// At home, waiting: refused if the channel admits it no longer.
    pub fn live_applying(
        &mut self,
        who: Subject<'_>,
        mut wish: Wish,
        application: Application,
    ) -> Whereabouts {
        let Application { channel, .. } = application;
        let date = application.decided_on.unwrap_or(self.start).max(self.start);
        let view = self.view(who, &[]).meeting(date);
        let is_shut = !view.admitted_by_policy(channel);
        let is_settled = date < self.end() && (is_shut || application.decided_on.is_some());
        if is_settled && !self.acts_first(date) {
            return Whereabouts::Applying { wish, application };
        }
        if is_settled && is_shut {
            self.count_decision(who, who.person.origin, &application, Event::Refused);
            wish.refusals.push((channel, date));
            self.turned_away.push(channel);
            return self.hold_barred(wish);
        }
        self.await_decision(who, wish, application)
    }

    /// Abroad: the date of what is to be said of a pending application in this step.
    pub fn answer_date(&self, who: Subject<'_>, stay: &Stay) -> Option<f64> {
        let application = stay.pending?;
        let view = self.view_from(who, stay).meeting(self.start);
        let is_shut = !view.admitted_by_policy(application.channel);
        match application.decided_on {
            None => is_shut.then_some(self.start),
            Some(date) => Some(date.max(self.start)).filter(|date| *date < self.end()),
        }
    }

    /// Abroad: the answer to an application on its date.
    pub fn answer(&mut self, who: Subject<'_>, stay: Stay, date: f64) -> Whereabouts {
        let application = stay.pending.expect("an application that is answered");
        let stays = Stay {
            pending: None,
            ..stay
        };
        let view = self.view_from(who, &stay).meeting(date);
        if !view.admitted_by_policy(application.channel) {
            self.count_decision(who, stay.country, &application, Event::Refused);
            Whereabouts::Abroad(stays)
        } else if self.is_granted(who, stay.country, &application) {
            self.move_on(who, &stay, application.channel, date)
        } else {
            Whereabouts::Abroad(stays)
        }
    }

    /// At the end of a step: places are allotted to those who wait, and decisions that fall in the
    /// step are made.
    pub fn allot(
        &mut self,
        allotments: &mut Allotments,
        persons: &[Person],
        lives: &mut [Life],
        minds: &[Mind],
    ) {
        for channel in 0..self.scenario.channels.len() {
            let mut queue: Vec<usize> = (0..lives.len())
                .filter(|person| waits_for(&lives[*person].at, channel).is_some())
                .collect();
            queue.sort_by_key(|person| {
                let application = waits_for(&lives[*person].at, channel).expect("who waits");
                (application.applied.floor() as i64, application.draw)
            });
            if self.fault == Fault::QueueReversed {
                queue.reverse();
            }
            let applied = |person: usize| {
                waits_for(&lives[person].at, channel)
                    .expect("who waits")
                    .applied
            };
            let served = allotments.serve(self, channel, &queue, applied);
            for index in served {
                self.with(
                    &persons[index],
                    &mut lives[index],
                    minds[index],
                    Self::take_place,
                );
            }
        }
    }

    /// Has a place now.
    fn take_place(&mut self, who: Subject<'_>, at: Whereabouts) -> Whereabouts {
        let placed = |application: Application| Application {
            decided_on: Some(application.applied.max(self.start) + application.takes),
            ..application
        };
        match at {
            Whereabouts::Applying { wish, application } => {
                let application = placed(application);
                self.await_decision(who, wish, application)
            }
            Whereabouts::Abroad(stay) => {
                let application = placed(stay.pending.expect("who waits"));
                let stay = Stay {
                    pending: Some(application),
                    ..stay
                };
                match application.decided_on.filter(|date| *date < self.end()) {
                    Some(date) => self.answer(who, stay, date),
                    None => Whereabouts::Abroad(stay),
                }
            }
            other => other,
        }
    }
}

/// The application of who waits for a place of a channel.
fn waits_for(at: &Whereabouts, channel: usize) -> Option<Application> {
    let application = match at {
        Whereabouts::Applying { application, .. } => Some(*application),
        Whereabouts::Abroad(stay) => stay.pending,
        _ => None,
    };
    application
        .filter(|application| application.channel == channel && application.decided_on.is_none())
}

/// Places that have been taken, by channel and month.
#[derive(Debug)]
pub struct Allotments {
    used: Vec<BTreeMap<(i16, i8), u64>>,
    fault: Fault,
}

impl Allotments {
    pub fn new(scenario: &Scenario, fault: Fault) -> Self {
        Self {
            used: vec![BTreeMap::new(); scenario.channels.len()],
            fault,
        }
    }

    /// Who of those waiting (in their order) has a place at the end of a step.
    fn serve(
        &mut self,
        step: &mut Step<'_>,
        channel: usize,
        queue: &[usize],
        applied: impl Fn(usize) -> f64,
    ) -> Vec<usize> {
        let Some(size) = step.quota(channel) else {
            return queue.to_vec();
        };
        let mut waiting = queue.to_vec();
        let mut served = Vec::new();
        for month in months_of_step(step.scenario, step.index) {
            let carried = match self.fault {
                Fault::QuotaCarried => self.left_over(channel, size, &month),
                _ => 0,
            };
            let used = self.used[channel].entry(month.name).or_default();
            let allotted = (places(size, &month) + carried).saturating_sub(*used);
            let mut left = allotted;
            waiting.retain(|person| {
                let has_place = left > 0 && applied(*person) < month.end;
                if has_place {
                    left -= 1;
                    served.push(*person);
                }
                !has_place
            });
            *used += allotted - left;
            let counts = &mut step.counts.queues[channel];
            *counts.quota.get_or_insert(0) += allotted;
            counts.used += allotted - left;
        }
        served
    }

    /// By a fault: what was left in the months before.
    fn left_over(&self, channel: usize, size: f64, month: &Month) -> u64 {
        let earlier = self.used[channel].range(..month.name);
        let (months, used) =
            earlier.fold((0, 0), |(months, sum), (_, used)| (months + 1, sum + used));
        (size as u64 * months).saturating_sub(used)
    }
}
