//! Applications: making them, waiting for a place and for a decision, deciding.

use super::journey::{Answer, Decided};
use super::notice::Detail;
use super::purse::Purse;
use super::queue::{Cut, Turn};
use super::records::{Abroad, Application, NO_PLACE};
use super::step::{BlockStep, StepContext};
use crate::draw::Decision;
use crate::model::meets;
use crate::population::{Block, Person};
use crate::world::{FlowEvent, NO_CHANNEL};

/// The date of an application in the draws about it: the first day of the step in which it was made.
fn date(context: &StepContext<'_>, application: &Application) -> i32 {
    context.date - context.begin as i32 + i32::from(application.asked)
}

/// The turn of an application in its queue.
pub fn turn(context: &StepContext<'_>, block: Block, application: &Application) -> Turn {
    let index = block.first + application.position;
    let key = context.keys[usize::from(block.segment)];
    let words = key.words(index, date(context, application), Decision::QueueOrder, 0);
    Turn {
        day: application.applied as u32,
        draw: words.first(),
        person: (block.segment, index),
    }
}

impl BlockStep<'_, '_> {
    /// Applies from home at `time`. The caller has checked that the gates and documents hold, and has
    /// removed the person from the state it was in.
    pub fn apply(&mut self, decided: Decided<'_>, channel: u16, time: f64) {
        let application = self.new_application(decided.position, channel, time);
        let application = Application {
            aspired: decided.aspired,
            motive: decided.motive,
            ..application
        };
        if self.is_due(&application) {
            self.decide_at_home(&application, decided);
        } else {
            self.state.new_applications.push(application);
        }
    }

    /// Applies from abroad at `time`. Returns the new stay if the application is granted within the step.
    pub fn apply_from_abroad(
        &mut self,
        record: &Abroad,
        purse: &mut Purse,
        person: &Person,
        channel: u16,
        time: f64,
    ) -> Option<Abroad> {
        let application = Application {
            abroad: true,
            ..self.new_application(record.position, channel, time)
        };
        if self.is_due(&application) {
            return self.decide_abroad(&application, record, purse, person);
        }
        self.state.new_applications.push(application);
        None
    }

    /// An application made now; it has its place at once where the channel has no quota.
    fn new_application(&mut self, position: u32, channel: u16, time: f64) -> Application {
        let mut application = Application {
            position,
            channel,
            aspired: 0,
            applied: time,
            decided: NO_PLACE,
            asked: self.context.begin as u16,
            motive: crate::scenario::Motive::Ordinary,
            abroad: false,
        };
        if !self.context.world.rules.channels[usize::from(channel)].has_quota() {
            application.decided = time + self.decision_time(&application);
        }
        self.note_place(&application);
        application
    }

    /// Days from getting a place to the decision.
    fn decision_time(&self, application: &Application) -> f64 {
        let channel = usize::from(application.channel);
        let Some(times) = &self.context.procedures.decision_times[channel] else {
            return 0.0;
        };
        let label = self.context.channel_labels[channel];
        let (index, date) = (
            self.index(application.position),
            date(self.context, application),
        );
        let words = self.key.words(index, date, Decision::DecisionTime, label);
        times.at(words.uniforms()[0])
    }

    /// Notes whether an application has a place and, if so, when it is decided.
    fn note_place(&mut self, application: &Application) {
        let (channel, decided) = (application.channel, application.decided);
        let decided = application.has_place().then_some(decided);
        self.detail(|| Detail::Place { channel, decided });
    }

    /// Whether the decision falls into this step.
    fn is_due(&self, application: &Application) -> bool {
        application.decided < self.context.begin + self.context.days
    }

    /// Whether the application is decided or refused in this step: its date has come, or the channel
    /// has shut while the application waits for a place.
    fn is_settled(&self, application: &Application) -> bool {
        self.is_due(application)
            || (!application.has_place() && self.context.rules_changed && self.is_shut(application))
    }

    /// Whether a policy gate has shut for the person since it applied.
    fn is_shut(&self, application: &Application) -> bool {
        let channel = usize::from(application.channel);
        let segment = self.segment();
        let rules = self
            .context
            .world
            .rules
            .channel(channel, usize::from(segment));
        if !rules.admits(self.slot) {
            return true;
        }
        let index = self.index(application.position);
        if !application.abroad && self.exits(index).barred_now {
            return true;
        }
        if !self.has_day_left(
            application.position,
            application.channel,
            self.context.begin,
        ) {
            return true;
        }
        let country = self.context.scenario.channels[channel].country;
        rules.requires != 0 && {
            let person = self.chooser(index);
            !meets(&person, rules.requires, country)
        }
    }

    /// Settles the applications from home that are decided in this step, or whose channel has shut.
    pub fn applicants_at_home(&mut self) {
        let mut applications = std::mem::take(&mut self.state.applications);
        let mut settled = Vec::new();
        applications.retain(|application| {
            let stays = application.abroad
                || !self.is_settled(application)
                || self.is_taken_before(application);
            if !stays {
                settled.push(*application);
            }
            stays
        });
        self.state.applications = applications;
        for application in &settled {
            self.seizures.cancel(application.position);
        }
        for application in settled {
            self.settle_at_home(&application);
        }
    }

    /// Whether the state takes a person before its application is decided in this step.
    fn is_taken_before(&self, application: &Application) -> bool {
        let taken = self.seizures.part_of(application.position);
        let part = (self.decision_date(application) - self.context.begin) / self.context.days;
        taken < part
    }

    fn settle_at_home(&mut self, application: &Application) {
        let index = self.index(application.position);
        let person = self.chooser(index);
        let decided = Decided {
            person: &person,
            position: application.position,
            aspired: application.aspired,
            motive: application.motive,
        };
        self.decide_at_home(application, decided);
    }

    /// When an application that is settled in this step is decided.
    fn decision_date(&self, application: &Application) -> f64 {
        if application.has_place() {
            application.decided.max(self.context.begin)
        } else {
            self.context.begin
        }
    }

    /// Decides on an application from home and carries out what follows.
    fn decide_at_home(&mut self, application: &Application, decided: Decided<'_>) {
        let time = self.decision_date(application);
        self.attend(application.position, time);
        let answer = self.answer_to(application, time);
        if answer == Answer::Granted {
            self.counter
                .own_flow(application.channel, FlowEvent::Granted);
            self.set_off(decided, application.channel, time);
        } else {
            self.count_refusal(decided.person, application.channel, answer);
            self.hold_back(decided, application.channel, time);
        }
    }

    /// The decision itself: a refusal where the channel has shut, otherwise one draw.
    fn answer_to(&mut self, application: &Application, time: f64) -> Answer {
        let waited = time - application.applied;
        self.counter.decision(application.channel, waited);
        if self.is_shut(application) {
            Answer::Refused
        } else {
            self.answer(self.index(application.position), application.channel)
        }
    }

    /// Decides on an application of a person abroad. Returns the new stay if the person moves.
    fn decide_abroad(
        &mut self,
        application: &Application,
        record: &Abroad,
        purse: &mut Purse,
        person: &Person,
    ) -> Option<Abroad> {
        let time = self.decision_date(application);
        self.attend(application.position, time);
        let channel = application.channel;
        let country = |channel: u16| self.context.scenario.channels[usize::from(channel)].country;
        let (segment, way) = (self.segment(), (country(record.channel), country(channel)));
        debug_assert_eq!(self.index(record.position), person.index);
        let answer = self.answer_to(application, time);
        if answer != Answer::Granted {
            self.count_refusal_abroad(way, channel, answer);
            return None;
        }
        self.counter.flow(segment, way, channel, FlowEvent::Granted);
        Some(self.move_to(record, purse, channel, time))
    }

    /// The undecided application of a person abroad, if there is one.
    pub fn pending(&self, position: u32) -> Option<&Application> {
        let applications = &self.state.applications;
        let place = applications.binary_search_by_key(&position, |pending| pending.position);
        place.ok().map(|place| &applications[place])
    }

    /// The share of the step after which an application of a person abroad is decided, if it is.
    pub fn part_of_decision(&self, application: &Application) -> Option<f64> {
        let context = self.context;
        self.is_settled(application)
            .then(|| (self.decision_date(application) - context.begin) / context.days)
    }

    /// Lets an application lapse, because its person returns home or moves. It stays in the list, flagged,
    /// until the step's applications are [put in order](Self::applicants_abroad).
    pub fn lapse(&mut self, position: u32) {
        let applications = &mut self.state.applications;
        if let Ok(place) = applications.binary_search_by_key(&position, |a| a.position) {
            applications[place].channel = NO_CHANNEL;
        }
    }

    /// Decides on the applications of persons abroad that are settled in this step, except for those persons
    /// (`acted`, positions in order) to whom something else happened first.
    pub fn applicants_abroad(&mut self, acted: &[u32]) {
        let mut applications = std::mem::take(&mut self.state.applications);
        let mut settled = Vec::new();
        applications.retain(|application| {
            if application.channel == NO_CHANNEL {
                return false;
            }
            let stays = !application.abroad
                || acted.binary_search(&application.position).is_ok()
                || !self.is_settled(application);
            if !stays {
                settled.push(*application);
            }
            stays
        });
        self.state.applications = applications;
        self.settle_abroad(&settled);
    }

    /// Decides on applications of persons abroad, in order of their positions.
    fn settle_abroad(&mut self, settled: &[Application]) {
        if settled.is_empty() {
            return;
        }
        let mut records = std::mem::take(&mut self.state.abroad);
        let mut purses = std::mem::take(&mut self.state.purses);
        for (number, record) in records.iter_mut().enumerate() {
            let place = settled.binary_search_by_key(&record.position, |a| a.position);
            let Ok(place) = place else { continue };
            let person = self.chooser(self.index(record.position));
            let mut none = Purse::NONE;
            let purse = match purses.get_mut(number) {
                Some(purse) => {
                    self.settle(purse, record, &person);
                    purse
                }
                None => &mut none,
            };
            if let Some(mut moved) = self.decide_abroad(&settled[place], record, purse, &person) {
                if self.context.scenario.behaviour.money.is_some() {
                    moved.until = self.next_look(purse, &moved);
                }
                *record = moved;
            }
        }
        // Nobody arrives from home while these are decided on, so nothing is overwritten.
        self.state.abroad = records;
        self.state.purses = purses;
    }

    /// Gives places at the end of a step to those before the cuts of the channels' queues, and decides
    /// on those whose decision falls into the step.
    pub fn serve_applicants(&mut self, cuts: &[Cut]) {
        let mut applications = std::mem::take(&mut self.state.applications);
        let (mut at_home, mut abroad) = (Vec::new(), Vec::new());
        applications.retain_mut(|application| {
            let cut = &cuts[usize::from(application.channel)];
            let day = application.applied as u32;
            if application.has_place()
                || !cut.serves(day, || turn(self.context, self.state.block, application))
            {
                return true;
            }
            let rules = &self.context.world.rules.channels[usize::from(application.channel)];
            if rules.has_quota() {
                self.counter.place(application.channel);
            }
            let place = application.applied.max(self.context.begin);
            application.decided = place + self.decision_time(application);
            self.attend(application.position, place);
            self.note_place(application);
            if !self.is_due(application) {
                return true;
            }
            let due = if application.abroad {
                &mut abroad
            } else {
                &mut at_home
            };
            due.push(*application);
            false
        });
        self.state.applications = applications;
        self.settle_abroad(&abroad);
        for application in at_home {
            self.settle_at_home(&application);
        }
        self.state.settle_pass();
        let end = self.context.begin + self.context.days;
        self.state.keep_visits(self.context.memories, end);
    }
}
