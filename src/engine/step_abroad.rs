//! Persons abroad: the end of a permitted stay, return, moving on.

use super::bounds::SegmentBounds;
use super::journey::until;
use super::records::{Abroad, WITHOUT_END};
use super::step::{BlockStep, Buffers};
use crate::draw::math::ln_1p;
use crate::draw::{Decision, Screen};
use crate::model::{
    Alternative, Covariates, ExpiryChoice, Host, meets, pick_channel, pick_country,
};
use crate::population::Person;
use crate::scenario::Status;
use crate::units::{DAYS_PER_MONTH, DAYS_PER_YEAR};
use crate::world::FlowEvent;

/// What ends a person's step abroad.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Process {
    Expiry,
    Return,
    Onward,
}

/// What becomes of a record.
enum Fate {
    Stays(Abroad),
    Gone,
}

/// How many records from the first on may be passed over: nothing can happen to them in the step.
/// A function by itself, so that all it needs stays in registers: half of the instructions of a step
/// of a quiet nation are spent here.
#[inline(never)]
fn quiet_run(
    records: &[Abroad],
    bounds: &SegmentBounds,
    screen: &Screen,
    first: u32,
    last_day: u16,
) -> usize {
    let mut quiet = 0;
    for record in records {
        let heads = screen.heads(first + record.position);
        let limits = bounds.thresholds(record);
        if (heads[0] < limits[0]) | (heads[1] < limits[1]) | (record.until < last_day) {
            break;
        }
        quiet += 1;
    }
    quiet
}

impl BlockStep<'_, '_> {
    /// Every person abroad: nearly all are passed over by one hash and two integer comparisons.
    pub fn persons_abroad(&mut self, buffers: &mut Buffers) {
        let context = self.context;
        let end = context.begin + context.days;
        let screen = Screen::new(self.key, context.date, Decision::AbroadMarks);
        let first = self.state.block.first;
        let last_day = end.min(f64::from(WITHOUT_END)) as u16;
        let mut acted = Vec::new();
        let mut records = std::mem::take(&mut self.state.abroad);
        let (mut place, mut kept) = (0, 0);
        while let Some(rest) = records.get(place..).filter(|rest| !rest.is_empty()) {
            let quiet = quiet_run(rest, self.bounds, &screen, first, last_day);
            if kept < place {
                records.copy_within(place..place + quiet, kept);
            }
            (place, kept) = (place + quiet, kept + quiet);
            let Some(&record) = records.get(place) else {
                break;
            };
            place += 1;
            let country = context.scenario.channels[usize::from(record.channel)].country;
            let fate = self.person_abroad(record, country, &screen, buffers);
            if !self.state.applications.is_empty() {
                self.mind_application(&record, &fate, &mut acted);
            }
            if let Fate::Stays(record) = fate {
                records[kept] = record;
                kept += 1;
            }
        }
        records.truncate(kept);
        self.state.abroad = records;
        self.applicants_abroad(&acted);
    }

    /// Notes to whom something happened who has applied elsewhere; who has left the country has
    /// applied in vain.
    fn mind_application(&mut self, before: &Abroad, fate: &Fate, acted: &mut Vec<u32>) {
        let after = match fate {
            Fate::Stays(after) if after == before => return,
            Fate::Stays(after) => Some(after.channel),
            Fate::Gone => None,
        };
        if self.pending(before.position).is_none() {
            return;
        }
        if after == Some(before.channel) {
            acted.push(before.position);
        } else {
            self.lapse(before.position);
        }
    }

    /// A person for whom something may happen.
    fn person_abroad(
        &mut self,
        record: Abroad,
        here: u16,
        screen: &Screen,
        buffers: &mut Buffers,
    ) -> Fate {
        let context = self.context;
        let index = self.index(record.position);
        let bound = *self.bounds.abroad(here, &record);
        let expires =
            record.until != WITHOUT_END && f64::from(record.until) < context.begin + context.days;
        let months = (context.begin + 0.5 * context.days - f64::from(record.since)).max(0.0)
            / DAYS_PER_MONTH;
        // What is known without the person's traits makes the bounds tighter.
        let returns = &context.returns[self.slot as usize];
        let going_back = bound.hazards[0] * returns.duration_part(months);
        let pending = self.pending(record.position).copied();
        let may_come = [
            screen.mark_at_least(index, 0) < going_back,
            screen.mark_at_least(index, 1) < bound.hazards[1] && pending.is_none(),
        ];
        if !expires && may_come == [false; 2] {
            return Fate::Stays(record);
        }
        let marks = [0, 1].map(|number| {
            if may_come[number] {
                screen.mark(index, number)
            } else {
                f64::INFINITY
            }
        });
        let person = self.people.chooser(self.segment(), index);
        let Some(host) = Host::new(
            context.scenario,
            context.world,
            context.outlook,
            (self.slot, here),
            &person,
            (record.status, months),
        ) else {
            return Fate::Stays(record);
        };
        let Some((process, part)) = self.first_process(&record, &host, marks, expires, buffers)
        else {
            return Fate::Stays(record);
        };
        // A decision goes before all but the end of the stay; it is made with the others of the step.
        if let Some(decision) = pending.and_then(|pending| self.part_of_decision(&pending))
            && (decision < part || (decision == part && process != Process::Expiry))
        {
            return Fate::Stays(record);
        }
        let time = context.begin + context.days * part;
        match process {
            Process::Return => {
                self.go_home(&record, here, record.status == Status::Irregular, &person)
            }
            Process::Onward => self.move_on(record, here, &host, time, buffers),
            Process::Expiry => self.expire(record, here, &host, time, buffers),
        }
    }

    /// The process that comes first within the step, and when (share of the step).
    fn first_process(
        &mut self,
        record: &Abroad,
        host: &Host<'_>,
        marks: [f64; 2],
        expires: bool,
        buffers: &mut Buffers,
    ) -> Option<(Process, f64)> {
        let context = self.context;
        let here = host.place.country;
        let bound = *self.bounds.abroad(here, record);
        let behaviour = &context.scenario.behaviour;
        let settled =
            record.status != Status::Irregular && host.months >= behaviour.settled.after.months();
        let factor = if settled {
            behaviour.settled.factor
        } else {
            1.0
        } * context.days
            / DAYS_PER_YEAR;
        let mut first = expires.then(|| {
            let part = (f64::from(record.until) - context.begin) / context.days;
            (Process::Expiry, part.max(0.0))
        });
        let index = host.person.index;
        for (number, process, rule) in [
            (0, Process::Return, "return"),
            (1, Process::Onward, "moving on"),
        ] {
            if marks[number] >= bound.hazards[number] {
                continue;
            }
            let hazard = factor
                * match process {
                    Process::Return => self.return_hazard(record, host),
                    _ => host.onward_hazard(context.onward_pull, &mut buffers.others),
                };
            if hazard > bound.hazards[number] {
                self.violated(rule, index, hazard, bound.hazards[number]);
                return None;
            }
            let part = marks[number] / hazard;
            if marks[number] < hazard && first.is_none_or(|(_, earliest)| part < earliest) {
                first = Some((process, part));
            }
        }
        first
    }

    /// Hazard of return per year, before settling.
    fn return_hazard(&self, record: &Abroad, host: &Host<'_>) -> f64 {
        let context = self.context;
        let here = usize::from(host.place.country);
        let rent = if host.person.renter {
            context.world.monthly_rent(context.scenario, here)
        } else {
            0.0
        };
        let rules = &context.world.rules.channels[usize::from(record.channel)];
        let facts = &context.world.rules.countries[here];
        let reentry =
            rules.admits(self.slot) && meets(host.person, rules.requires, host.place.country);
        let covariates = Covariates {
            months: host.months,
            unemployed: host.person.unemployment < facts.unemployment,
            burden: rent / host.income,
            irregular: record.status == Status::Irregular,
            cushion: if rent > 0.0 {
                ln_1p(host.person.savings / rent)
            } else {
                0.0
            },
            no_reentry: !reentry,
        };
        context.returns[self.slot as usize].of(host.person, &covariates)
    }

    fn go_home(&mut self, record: &Abroad, here: u16, involuntary: bool, person: &Person) -> Fate {
        let segment = self.segment();
        self.counter.own_flow(record.channel, FlowEvent::Returned);
        let tally = &mut self.counter.segments[usize::from(segment)];
        tally.returned += 1;
        tally.returned_involuntarily += u64::from(involuntary);
        self.state.abroad_active -= u32::from(person.active);
        self.depart_from(here, record.status);
        self.state.coming_home.push(record.position);
        Fate::Gone
    }

    fn move_on(
        &mut self,
        record: Abroad,
        here: u16,
        host: &Host<'_>,
        time: f64,
        buffers: &mut Buffers,
    ) -> Fate {
        // The weights are still those of this person: its hazard was just computed from them.
        let draws = (self.key, host.person.index, self.context.date);
        match pick_country(host.menu, &buffers.others.values, draws) {
            Some(place) => self
                .try_to_enter(&record, (here, host), place, time, &[])
                .map_or(Fate::Stays(record), Fate::Stays),
            None => Fate::Stays(record),
        }
    }

    /// Attempts to enter another country, not by the channels `without` (by index); the new record on
    /// success.
    fn try_to_enter(
        &mut self,
        record: &Abroad,
        (here, host): (u16, &Host<'_>),
        place: usize,
        time: f64,
        without: &[u16],
    ) -> Option<Abroad> {
        let segment = self.segment();
        let draws = (self.key, host.person.index, self.context.date);
        let channel = pick_channel(host.menu, place, host.person, host.income, without, draws)?;
        let channel = host.menu.channels[channel].0;
        let way = (here, host.menu.places[place].country);
        let permission = self.context.world.rules.channels[usize::from(channel)].permission;
        if !self.may_attempt(host.person, channel, false) {
            self.counter
                .flow(segment, way, channel, FlowEvent::TurnedBack);
            return None;
        }
        if permission {
            self.counter.flow(segment, way, channel, FlowEvent::Applied);
            if self.context.procedures.waits[usize::from(channel)] {
                return self.apply_from_abroad(record, (here, host.person), channel, time);
            }
        }
        if !self.grants(host.person.index, channel) {
            self.counter.flow(segment, way, channel, FlowEvent::Refused);
            return None;
        }
        if permission {
            self.counter.flow(segment, way, channel, FlowEvent::Granted);
        }
        self.counter.flow(segment, way, channel, FlowEvent::MovedOn);
        self.depart_from(here, record.status);
        Some(self.arrive((record.position, record.connected), here, channel, time))
    }

    /// The end of a permitted stay: the best alternative that is to be had.
    fn expire(
        &mut self,
        record: Abroad,
        here: u16,
        host: &Host<'_>,
        time: f64,
        buffers: &mut Buffers,
    ) -> Fate {
        let context = self.context;
        self.counter.own_flow(record.channel, FlowEvent::Expired);
        let rules = context.world.rules.channels[usize::from(record.channel)];
        let draws = (self.key, host.person.index, context.date);
        // Only what is decided at once is of use to who has to go.
        host.weigh_others_without(context.not_at_once, &mut buffers.others);
        let mut choice = ExpiryChoice::default();
        let renewal = rules.renewal_in_country();
        let mut renewable = renewal.is_some_and(|(_, success)| success > 0.0);
        for alternative in choice.rank(
            host,
            renewal,
            context.home_weight,
            &buffers.others.values,
            draws,
        ) {
            match alternative {
                Alternative::Renew => {
                    let success = renewal.map_or(0.0, |(_, success)| success);
                    let [u, _] = self
                        .key
                        .words(host.person.index, context.date, Decision::Renewal, 0)
                        .uniforms();
                    if u < success {
                        self.counter.own_flow(record.channel, FlowEvent::Renewed);
                        let until = until(f64::from(record.until), rules.stay_days);
                        return Fate::Stays(Abroad { until, ..record });
                    }
                    renewable = false;
                }
                Alternative::Move(place) => {
                    if let Some(arrived) =
                        self.try_to_enter(&record, (here, host), place, time, context.not_at_once)
                    {
                        return Fate::Stays(arrived);
                    }
                }
                Alternative::Return => return self.go_home(&record, here, !renewable, host.person),
                Alternative::Irregular => break,
            }
        }
        self.depart_from(here, record.status);
        self.counter.stay(here, self.slot, Status::Irregular, 1);
        Fate::Stays(Abroad {
            status: Status::Irregular,
            until: WITHOUT_END,
            ..record
        })
    }
}
