//! A step in the life of a person abroad.

use crate::abroad::{
    Alternative, Stay, in_order, onward_channel, onward_hazard, onward_target, renewal,
    return_hazard, ways_out,
};
use crate::faults::Fault;
use crate::measures::Event;
use crate::money;
use crate::persons::Person;
use crate::step::{Step, Subject, Whereabouts};
use crate::windows::{Visit, day_of, end_of_stay, has_days_left};
use exeunt::scenario::Status;
use exeunt::units::DAYS_PER_YEAR;
use rand::RngExt;

impl Step<'_> {
    /// Abroad: the permission or the money may end, an application may be answered, the person may
    /// return or move on; the earliest happens.
    pub fn live_abroad(&mut self, who: Subject<'_>, stay: Stay) -> Whereabouts {
        let view = self.view_from(who, &stay);
        let days_there = self.start + self.days / 2.0 - stay.since;
        let years = self.days / DAYS_PER_YEAR;
        let hostility = self.world.receptions[stay.country].hostility;
        let higher = match self.fault {
            Fault::ReturnHigher => 1.05,
            Fault::HostilityUnfelt => (-view.behaviour.return_.hostility * hostility).exp(),
            _ => 1.0,
        };
        let returning = higher * years * return_hazard(view, &stay, days_there);
        let moving = match stay.pending {
            Some(_) => 0.0,
            None => years * onward_hazard(view, &stay, days_there, self.constants),
        };
        let never = f64::INFINITY;
        let returns = self.mark(returning).unwrap_or(never);
        let moves = self.mark(moving).unwrap_or(never);
        let expires = stay.until.map_or(never, |until| until.max(self.start));
        let is_destitute = stay.status != Status::Irregular && money::is_destitute(view, &stay);
        let destitute = if is_destitute { self.start } else { never };
        let answered = self.answer_date(who, &stay).unwrap_or(never);

        let rendered = self.rendition_time(who.person, &stay).unwrap_or(never);

        let first = [expires, destitute, answered, returns, moves, rendered]
            .into_iter()
            .fold(never, f64::min);
        if first >= self.end() {
            Whereabouts::Abroad(stay)
        } else if first == expires && stay.claim.is_some() {
            self.decide_claim(who, stay, expires)
        } else if first == expires {
            self.expire(who, stay, expires)
        } else if first == destitute {
            self.run_out_of_money(who, stay)
        } else if first == answered {
            self.answer(who, stay, answered)
        } else if first == rendered {
            self.render(who, &stay, rendered)
        } else if first == returns {
            self.come_home(who.person, &stay, returns, stay.status == Status::Irregular)
        } else {
            self.seek_onward(who, stay, moves)
        }
    }

    /// An onward move or an application for one.
    fn seek_onward(&mut self, who: Subject<'_>, stay: Stay, time: f64) -> Whereabouts {
        let view = self.view_from(who, &stay);
        let Some(channel) = onward_target(view, self.rng) else {
            return Whereabouts::Abroad(stay);
        };
        let permission = self.world.now.channels[channel].permission;
        let meets = view.meeting(time);
        let gates_hold = meets.admitted_by_policy(channel) && meets.has_documents(channel);
        if self.decides_at_once(channel, permission) || !gates_hold {
            return self
                .enter(who, &stay, channel, time)
                .unwrap_or(Whereabouts::Abroad(stay));
        }
        let application = self.file(who.person, stay.country, channel, time);
        let stay = Stay {
            pending: Some(application),
            ..stay
        };
        match application.decided_on.filter(|date| *date < self.end()) {
            Some(date) => self.answer(who, stay, date),
            None => Whereabouts::Abroad(stay),
        }
    }

    /// One draw of the grant of a channel that decides at once; `None` if it does not admit.
    fn enter(
        &mut self,
        who: Subject<'_>,
        stay: &Stay,
        channel: usize,
        time: f64,
    ) -> Option<Whereabouts> {
        let view = self.view_from(who, stay).meeting(time);
        let permission = self.world.now.channels[channel].permission;
        let (person, from, to) = (who.person, stay.country, self.country_of(channel));
        let gates_hold = view.admitted_by_policy(channel) && view.has_documents(channel);
        if !gates_hold || !self.decides_at_once(channel, permission) {
            self.flow(person, from, to, channel, Event::TurnedBack);
            return None;
        }
        if permission {
            self.flow(person, from, to, channel, Event::Applied);
        }
        let grant = view.grant(channel);
        if !self.is_admitted(person, from, channel, grant) {
            self.flow(person, from, to, channel, Event::Refused);
            return None;
        }
        if permission {
            self.flow(person, from, to, channel, Event::Granted);
        }
        Some(self.move_on(who, stay, channel, time))
    }

    /// Moves on to another country.
    pub fn move_on(
        &mut self,
        who: Subject<'_>,
        stay: &Stay,
        channel: usize,
        time: f64,
    ) -> Whereabouts {
        let to = self.country_of(channel);
        self.flow(who.person, stay.country, to, channel, Event::MovedOn);
        self.end_visit(stay, time);
        let savings = money::after_move(stay, self.world, channel);
        self.arrive(who, stay.country, channel, time, stay.left_home, savings)
    }

    /// Arrives in a country, from home or from another.
    pub fn arrive(
        &mut self,
        who: Subject<'_>,
        from: usize,
        channel: usize,
        time: f64,
        left_home: f64,
        savings: f64,
    ) -> Whereabouts {
        let country = self.country_of(channel);
        self.flow(who.person, from, country, channel, Event::Arrived);
        let rule = &self.world.now.channels[channel];
        Whereabouts::Abroad(Stay {
            country,
            channel,
            status: rule.status,
            since: time,
            permit_from: time,
            until: end_of_stay(&rule.stay, channel, who.visits, day_of(time), time),
            left_home,
            savings,
            pending: None,
            claim: None,
        })
    }

    pub fn end_visit(&mut self, stay: &Stay, time: f64) {
        self.ended.push(Visit {
            channel: stay.channel,
            from: day_of(stay.since),
            to: day_of(time),
        });
    }

    pub fn come_home(
        &mut self,
        person: &Person,
        stay: &Stay,
        time: f64,
        involuntary: bool,
    ) -> Whereabouts {
        self.end_abroad(person, stay, time, involuntary, Event::Returned)
    }

    /// The end of a time abroad, by return or removal.
    pub fn end_abroad(
        &mut self,
        person: &Person,
        stay: &Stay,
        time: f64,
        involuntary: bool,
        event: Event,
    ) -> Whereabouts {
        let (from, to) = (stay.country, person.origin);
        self.flow(person, from, to, stay.channel, event);
        self.end_visit(stay, time);
        let counts = self.counts.segment(person);
        counts.returned += 1;
        counts.returned_involuntarily += u64::from(involuntary);
        Whereabouts::Content
    }

    /// The end of a permitted stay: the best alternative is tried; where it is refused, the next.
    fn expire(&mut self, who: Subject<'_>, stay: Stay, time: f64) -> Whereabouts {
        let (here, by) = (stay.country, stay.channel);
        self.flow(who.person, here, here, by, Event::Expired);
        let view = self.view_from(who, &stay);
        let days_there = time - stay.since;
        let mut scored = ways_out(view, days_there, self.constants, |channel| {
            self.decides_at_once(channel, view.rules.channels[channel].permission)
        });
        scored.extend(renewal(
            view,
            &stay,
            days_there,
            self.may_run(who, &stay, time),
        ));
        scored.extend(self.claim_to_make(who, &stay, days_there));
        let alternatives = in_order(scored, self.rng);
        let renewable = alternatives
            .iter()
            .any(|way| matches!(way, Alternative::Renew | Alternative::Run));
        let involuntary = !renewable || stay.status == Status::Irregular;
        self.try_in_turn(who, stay, time, alternatives, involuntary)
    }

    /// Whether a person can leave and come back in by its channel.
    fn may_run(&self, who: Subject<'_>, stay: &Stay, time: f64) -> bool {
        let rule = &self.world.now.channels[stay.channel].stay;
        let since = day_of(stay.since);
        let view = self.view_from(who, stay).meeting(time);
        view.open_to(stay.channel)
            && has_days_left(rule, stay.channel, who.visits, since, day_of(time))
    }

    /// Without money: the same choice, without a renewal.
    fn run_out_of_money(&mut self, who: Subject<'_>, stay: Stay) -> Whereabouts {
        let view = self.view_from(who, &stay);
        let days_there = self.start - stay.since;
        let scored = ways_out(view, days_there, self.constants, |channel| {
            self.decides_at_once(channel, view.rules.channels[channel].permission)
        });
        let alternatives = in_order(scored, self.rng);
        self.try_in_turn(who, stay, self.start, alternatives, true)
    }

    fn try_in_turn(
        &mut self,
        who: Subject<'_>,
        stay: Stay,
        time: f64,
        alternatives: Vec<Alternative>,
        mut involuntary: bool,
    ) -> Whereabouts {
        let (here, by) = (stay.country, stay.channel);
        let rule = &self.world.now.channels[by].stay;
        let mut stands_outside = false;
        for alternative in alternatives {
            match alternative {
                Alternative::Renew => {
                    if self.rng.random::<f64>() < rule.renewal.success {
                        self.flow(who.person, here, here, by, Event::Renewed);
                        let until = rule.length.map(|length| time + length.days());
                        return Whereabouts::Abroad(self.renewed(&stay, time, until));
                    }
                    involuntary = true;
                }
                Alternative::Run => {
                    let without_risk = self.fault == Fault::RunWithoutRisk;
                    if without_risk || self.rng.random::<f64>() < rule.renewal.success {
                        self.flow(who.person, here, here, by, Event::VisaRun);
                        let since = day_of(stay.since);
                        let until = end_of_stay(rule, by, who.visits, since, time);
                        return Whereabouts::Abroad(self.renewed(&stay, time, until));
                    }
                    involuntary = true;
                    stands_outside = true;
                }
                Alternative::Claim(_) if stands_outside => {}
                Alternative::Claim(channel) => return self.claim(who, &stay, channel, time),
                Alternative::MoveTo(country) => {
                    let view = self.view_from(who, &stay);
                    let at_once = |channel: usize| {
                        self.decides_at_once(channel, view.rules.channels[channel].permission)
                    };
                    let channels: Vec<usize> = (0..self.scenario.channels.len())
                        .filter(|channel| at_once(*channel))
                        .collect();
                    let is_of_kind = |channel: usize| channels.contains(&channel);
                    let channel = onward_channel(view, country, is_of_kind, self.rng);
                    let entered = channel.and_then(|channel| self.enter(who, &stay, channel, time));
                    if let Some(arrived) = entered {
                        return arrived;
                    }
                }
                Alternative::Return => {
                    return self.come_home(who.person, &stay, time, involuntary);
                }
                Alternative::StayIrregularly if stands_outside => {}
                Alternative::StayIrregularly => {
                    return Whereabouts::Abroad(Stay {
                        status: Status::Irregular,
                        until: None,
                        claim: None,
                        ..stay
                    });
                }
            }
        }
        unreachable!("returning is always possible")
    }

    fn renewed(&self, stay: &Stay, time: f64, until: Option<f64>) -> Stay {
        Stay {
            until,
            permit_from: time,
            savings: money::after_renewal(stay, self.world),
            ..*stay
        }
    }
}
