//! Persons abroad: the pass over their records, and which process comes first.

use super::bounds::SegmentBounds;
use super::claims::{Outcome, is_pending};
use super::purse::Purse;
use super::records::{Abroad, WITHOUT_END};
use super::step::{BlockStep, Buffers};
use crate::draw::math::ln_1p;
use crate::draw::{Decision, Screen};
use crate::model::{Covariates, Host, Occasion, meets, rent_exposure};
use crate::population::Person;
use crate::scenario::Status;
use crate::units::{DAYS_PER_MONTH, DAYS_PER_YEAR};
use crate::world::{ChannelRules, FlowEvent};

/// A process that can end a person's step abroad.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Process {
    Expiry,
    Destitution,
    Return,
    Onward,
}

/// What becomes of a person's record.
pub(super) enum Fate {
    Stays(Abroad),
    Gone,
}

/// How many records, from the first on, can be passed over because nothing can happen to them in the step.
/// It is a function of its own so that all it needs stays in registers: with ten destinations, a tenth of the run time
/// is spent here.
#[inline(never)]
fn quiet_run(
    records: &[Abroad],
    bounds: &SegmentBounds,
    screen: &Screen,
    first: u32,
    last_day: u16,
) -> usize {
    let highest = bounds.highest_thresholds;
    records
        .iter()
        .position(|record| {
            let heads = screen.heads(first + record.position);
            // (For most records the largest thresholds of all suffice; their own have to be looked up in a table.)
            let may_act =
                (heads[0] < highest[0]) | (heads[1] < highest[1]) | (record.until < last_day);
            may_act && {
                let limits = bounds.thresholds(record);
                (heads[0] < limits[0]) | (heads[1] < limits[1]) | (record.until < last_day)
            }
        })
        .unwrap_or(records.len())
}

impl BlockStep<'_, '_> {
    /// Moves persons abroad: nearly all are passed over after one hash and two integer comparisons.
    pub fn persons_abroad(&mut self, buffers: &mut Buffers) {
        let context = self.context;
        let end = context.begin + context.days;
        let screen = Screen::new(self.key, context.date, Decision::AbroadMarks);
        let first = self.state.block.first;
        let last_day = end.min(f64::from(WITHOUT_END)) as u16;
        let mut acted = Vec::new();
        let mut records = std::mem::take(&mut self.state.abroad);
        let mut purses = std::mem::take(&mut self.state.purses);
        self.recall(&mut records, &mut purses);
        self.look_at_the_dear(&mut records);
        debug_assert!(records.iter().all(|record| {
            let here = context.scenario.channels[usize::from(record.channel)].country;
            self.bounds.knows(here, record)
        }));
        let money = context.scenario.behaviour.money.is_some();
        let mut drawn = self.marks_of_kin(&records).into_iter().peekable();
        let (mut place, mut kept) = (0, 0);
        while let Some(rest) = records.get(place..).filter(|rest| !rest.is_empty()) {
            let next = drawn
                .peek()
                .map_or(rest.len(), |(number, _)| number - place);
            let quiet = quiet_run(&rest[..next], self.bounds, &screen, first, last_day);
            if kept < place {
                records.copy_within(place..place + quiet, kept);
                if money {
                    purses.copy_within(place..place + quiet, kept);
                }
            }
            (place, kept) = (place + quiet, kept + quiet);
            let Some(&record) = records.get(place) else {
                break;
            };
            let surplus = drawn.next_if(|(number, _)| *number == place);
            let surplus = surplus.map_or(f64::INFINITY, |(_, mark)| mark);
            let mut purse = Purse {
                until: record.until,
                ..Purse::NONE
            };
            if money {
                purse = purses[place];
            }
            place += 1;
            let until = purse.until;
            let fate = self.person_abroad(record, &mut purse, (&screen, surplus), buffers);
            if !self.state.applications.is_empty() {
                let renewed = purse.until != until;
                self.mind_application(&record, &fate, renewed, &mut acted);
            }
            if let Fate::Stays(mut record) = fate {
                record.until = purse.until;
                if money {
                    record.until = self.next_look(&purse, &record);
                    purses[kept] = purse;
                }
                records[kept] = record;
                kept += 1;
            }
        }
        records.truncate(kept);
        self.state.abroad = records;
        if money {
            purses.truncate(kept);
            self.state.purses = purses;
        }
        acted.sort_unstable();
        self.carry_out_renditions(&acted);
        self.applicants_abroad(&acted);
    }

    /// Notes those with an application elsewhere to whom something happened; if such a person has left the
    /// country, the application lapses.
    fn mind_application(
        &mut self,
        before: &Abroad,
        fate: &Fate,
        renewed: bool,
        acted: &mut Vec<u32>,
    ) {
        let after = match fate {
            Fate::Stays(after) if after == before && !renewed => return,
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

    /// Moves a person for whom something may happen; `surplus` is the mark of what ties elsewhere add to its
    /// hazard of moving on. On return, `purse.until` is the end of its stay.
    fn person_abroad(
        &mut self,
        record: Abroad,
        purse: &mut Purse,
        (screen, surplus): (&Screen, f64),
        buffers: &mut Buffers,
    ) -> Fate {
        let context = self.context;
        let index = self.index(record.position);
        let here = context.scenario.channels[usize::from(record.channel)].country;
        let bound = *self.bounds.abroad(here, &record);
        let end = context.begin + context.days;
        let look_due = record.until != WITHOUT_END && f64::from(record.until) < end;
        let months = (context.begin + 0.5 * context.days - f64::from(record.since)).max(0.0)
            / DAYS_PER_MONTH;
        // What is known without the person's traits tightens the bounds.
        let returns = &context.returns[self.slot as usize];
        let going_back = bound.hazards[0] * returns.duration_part(months);
        let pending = self.pending(record.position).copied();
        let mut may_come = [
            screen.mark_at_least(index, 0) < going_back,
            screen.mark_at_least(index, 1) < bound.hazards[1] && pending.is_none(),
        ];
        let surplus = if pending.is_none() {
            surplus
        } else {
            f64::INFINITY
        };
        let is_drawn = surplus < f64::INFINITY;
        if !look_due && !is_drawn && may_come == [false; 2] {
            return Fate::Stays(record);
        }
        let mut person = self.chooser(index);
        if may_come[1] && context.scenario.behaviour.money.is_none() {
            let most = self.moving_on_at_most(&person, here, (record.status, months), buffers);
            may_come[1] = most.is_none_or(|most| screen.mark_at_least(index, 1) < most);
            if !look_due && !is_drawn && may_come == [false; 2] {
                return Fate::Stays(record);
            }
        }
        let marks = [0, 1].map(|number| {
            if may_come[number] {
                screen.mark(index, number)
            } else {
                f64::INFINITY
            }
        });
        let means = context.scenario.behaviour.money.is_some().then(|| {
            let (income, flow) = self.settle(purse, &record, &person);
            (income, purse.savings <= 0.0 && flow < 0.0)
        });
        if means.is_some() {
            person.savings = purse.savings;
        }
        let is_destitute = means.is_some_and(|(_, is_destitute)| is_destitute);
        let certain = self.certain_end(&record, purse, is_destitute);
        // (Most looks find that the purse is not empty yet.)
        let may_act = marks[0] < bound.hazards[0] || marks[1] < bound.hazards[1] || is_drawn;
        if certain.is_none() && !may_act {
            return Fate::Stays(record);
        }
        let circumstances = self.circumstances(&record);
        let stay = (&record, months);
        let income = means.map(|(income, _)| income);
        let Some(host) = circumstances.host(context, self.class, stay, &person, income) else {
            return Fate::Stays(record);
        };
        let Some((process, part)) =
            self.first_process(&record, &host, (marks, surplus), certain, buffers)
        else {
            return Fate::Stays(record);
        };
        // A decision on an application precedes all but the end of the stay; it is made with the others of the step.
        if let Some(decision) = pending.and_then(|pending| self.part_of_decision(&pending))
            && (decision < part || (decision == part && process != Process::Expiry))
        {
            return Fate::Stays(record);
        }
        if !self.acts_first(record.position, part) {
            return Fate::Stays(record);
        }
        let time = context.begin + context.days * part;
        self.attend(record.position, time);
        self.carry_out(process, record, purse, &host, time, buffers)
    }

    /// What certainly ends a person's present stay in this step, and when (share of the step): its purse is
    /// empty, or the stay has an end.
    #[inline]
    fn certain_end(
        &self,
        record: &Abroad,
        purse: &Purse,
        is_destitute: bool,
    ) -> Option<(Process, f64)> {
        let context = self.context;
        let end = context.begin + context.days;
        let until = (purse.until != WITHOUT_END).then(|| f64::from(purse.until));
        let expiry = until.filter(|&until| until < end).map(|until| {
            let part = (until - context.begin) / context.days;
            (Process::Expiry, part.max(0.0))
        });
        let destitute = is_destitute
            && record.status != Status::Irregular
            && expiry.is_none_or(|(_, part)| part > 0.0);
        if destitute {
            Some((Process::Destitution, 0.0))
        } else {
            expiry
        }
    }

    /// Carries out the process that comes first for a person.
    #[inline]
    fn carry_out(
        &mut self,
        process: Process,
        record: Abroad,
        purse: &mut Purse,
        host: &Host<'_>,
        time: f64,
        buffers: &mut Buffers,
    ) -> Fate {
        let (here, person) = (host.place.country, host.person);
        match process {
            Process::Return => {
                let involuntary = record.status == Status::Irregular;
                self.go_home(&record, here, involuntary, person, time)
            }
            Process::Expiry if is_pending(self.context, &record) => {
                match self.decide_claim(&record, purse, person, time) {
                    Outcome::Stays(record) => Fate::Stays(record),
                    Outcome::Removed => {
                        self.end_abroad(&record, here, (true, FlowEvent::Expelled), person, time)
                    }
                }
            }
            Process::Onward => self.move_on(record, purse, host, time, buffers),
            Process::Expiry => {
                self.counter.own_flow(record.channel, FlowEvent::Expired);
                self.choose(Occasion::Expiry, record, purse, host, time, buffers)
            }
            Process::Destitution => {
                self.choose(Occasion::Destitution, record, purse, host, time, buffers)
            }
        }
    }

    /// An upper bound on a person's integrated hazard of moving on in this step, whatever it believes;
    /// `None` if there is none.
    fn moving_on_at_most(
        &self,
        person: &Person,
        here: u16,
        (status, months): (Status, f64),
        buffers: &mut Buffers,
    ) -> Option<f64> {
        let context = self.context;
        let (world, outlook) = (context.world, context.outlook);
        let stay = (status, months);
        let place = (self.class, here);
        let host = Host::new(context.scenario, world, outlook, place, person, stay)?;
        let reach = &context.reaches[self.class as usize].abroad;
        let worth = reach.at_most(person, host.income)?;
        let hazard = host.onward_hazard_at_most(context.onward_pull, worth, &mut buffers.bounds);
        Some(hazard * self.settling(status, months) * (1.0 + 1e-9))
    }

    /// The factor on hazards per year in this step: its length in years, times `settled.factor` for the settled.
    pub(super) fn settling(&self, status: Status, months: f64) -> f64 {
        let settled = &self.context.scenario.behaviour.settled;
        let is_settled = status != Status::Irregular && months >= settled.after.months();
        let factor = if is_settled { settled.factor } else { 1.0 };
        factor * self.context.days / DAYS_PER_YEAR
    }

    /// The process that comes first within the step, and when (share of the step); `first` is one
    /// that certainly comes.
    fn first_process(
        &mut self,
        record: &Abroad,
        host: &Host<'_>,
        (marks, surplus): ([f64; 2], f64),
        mut first: Option<(Process, f64)>,
        buffers: &mut Buffers,
    ) -> Option<(Process, f64)> {
        let here = host.place.country;
        let bound = *self.bounds.abroad(here, record);
        let factor = self.settling(record.status, host.months);
        let index = host.person.index;
        for (number, process, rule) in [
            (0, Process::Return, "return"),
            (1, Process::Onward, "moving on"),
        ] {
            let surplus = if number == 1 { surplus } else { f64::INFINITY };
            if marks[number] >= bound.hazards[number] && surplus == f64::INFINITY {
                continue;
            }
            let (hazard, more) = match process {
                Process::Return => (factor * self.return_hazard(record, host), 0.0),
                _ => self.onward_hazards(host, factor, buffers),
            };
            if hazard > bound.hazards[number] {
                self.violated(rule, index, hazard, bound.hazards[number]);
                return None;
            }
            for (mark, hazard) in [(marks[number], hazard), (surplus, more)] {
                let part = mark / hazard;
                if mark < hazard && first.is_none_or(|(_, earliest)| part < earliest) {
                    first = Some((process, part));
                }
            }
        }
        first
    }

    /// The hazard of moving on, times a factor, in two parts: the process of all who are abroad, and what ties
    /// elsewhere add to it. The weights of all places, ties included, remain in the buffers.
    fn onward_hazards(&self, host: &Host<'_>, factor: f64, buffers: &mut Buffers) -> (f64, f64) {
        let pull = self.context.onward_pull;
        let mut hazard = |host: &Host<'_>| factor * host.onward_hazard(pull, &mut buffers.others);
        if host.kin.is_empty() && host.kin_here == 1.0 {
            return (hazard(host), 0.0);
        }
        let alone = hazard(&host.with_kin(&[], 1.0));
        let together = hazard(host);
        let own = alone.min(together);
        (own, together - own)
    }

    /// The hazard of return per year, before [`settling`](Self::settling).
    pub(super) fn return_hazard(&self, record: &Abroad, host: &Host<'_>) -> f64 {
        let context = self.context;
        let here = usize::from(host.place.country);
        let rent = if host.person.renter {
            context.world.monthly_rent(context.scenario, here)
        } else {
            0.0
        };
        let rules = self.believed_rules(host.person.index, record.channel);
        let facts = &context.world.rules.countries[here];
        let reentry =
            rules.admits(self.slot) && meets(host.person, rules.requires, host.place.country);
        let hospitality = context.world.hospitality(context.scenario, here);
        let borne = rent * rent_exposure(context.scenario, hospitality, host.months);
        let covariates = Covariates {
            here: host.place.country,
            months: host.months,
            unemployed: host.person.unemployment < facts.unemployment,
            burden: if borne > 0.0 {
                borne / host.income
            } else {
                0.0
            },
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

    /// The rules of a channel as a person believes them to be.
    pub fn believed_rules(&self, index: u32, channel: u16) -> ChannelRules {
        let context = self.context;
        let who = (self.class, self.segment());
        let identity = self.people.identity(index);
        match context
            .beliefs
            .of_channel(who, identity, self.tips_of(index), channel)
        {
            Some(believed) => *believed,
            None => {
                let (channel, segment) = (usize::from(channel), usize::from(self.segment()));
                context.world.rules.channel(channel, segment)
            }
        }
    }
}
