//! Leaving a stay abroad: home or on to another country, and what follows for records and counts.

use super::journey::Answer;
use super::notice::Detail;
use super::purse::Purse;
use super::records::Abroad;
use super::step::{BlockStep, Buffers};
use super::step_abroad::Fate;
use super::tracing::shares;
use crate::model::{Host, pick_channel, pick_country};
use crate::population::Person;
use crate::world::FlowEvent;

impl BlockStep<'_, '_> {
    /// Sends a person home to its origin of its own accord; `involuntary` if it may not stay.
    pub(super) fn go_home(
        &mut self,
        record: &Abroad,
        here: u16,
        involuntary: bool,
        person: &Person,
        time: f64,
    ) -> Fate {
        let how = (involuntary, FlowEvent::Returned);
        self.end_abroad(record, here, how, person, time)
    }

    /// Ends a person's time abroad, voluntarily or not, counted as the given event.
    pub(super) fn end_abroad(
        &mut self,
        record: &Abroad,
        here: u16,
        (involuntary, event): (bool, FlowEvent),
        person: &Person,
        time: f64,
    ) -> Fate {
        let segment = self.segment();
        self.counter.own_flow(record.channel, event);
        self.state.claims.remove(record.position);
        let income = self.share_of_mean(person.income);
        let tally = &mut self.counter.segments[usize::from(segment)];
        tally.returned += 1;
        tally.returned_income += income;
        tally.returned_involuntarily += u64::from(involuntary);
        self.depart_from(here, record);
        self.end_exile(record.position, person.active);
        self.tell_of_place(record.position, None);
        self.remember_visit(record, time);
        self.state.note_homecoming(record.position);
        self.state.coming_home.push(record.position);
        Fate::Gone
    }

    /// Picks a country to move on to, and attempts to enter it; a person who is not let in stays.
    pub(super) fn move_on(
        &mut self,
        record: Abroad,
        purse: &mut Purse,
        host: &Host<'_>,
        time: f64,
        buffers: &mut Buffers,
    ) -> Fate {
        // The weights in the buffer are still this person's: its hazard was just computed from them.
        self.detail(|| Detail::Onward(shares(host.menu, &buffers.others.values)));
        let draws = (self.key, host.person.index, self.context.date);
        match pick_country(host.menu, &buffers.others.values, draws) {
            Some(place) => self
                .try_to_enter(&record, purse, host, place, time, &[])
                .map_or(Fate::Stays(record), Fate::Stays),
            None => Fate::Stays(record),
        }
    }

    /// Attempts to enter another country, by any channel except those in `without` (by index). Returns the
    /// new record on success.
    pub(super) fn try_to_enter(
        &mut self,
        record: &Abroad,
        purse: &mut Purse,
        host: &Host<'_>,
        place: usize,
        time: f64,
        without: &[u16],
    ) -> Option<Abroad> {
        let segment = self.segment();
        let here = host.place.country;
        let draws = (self.key, host.person.index, self.context.date);
        let channel = pick_channel(host, place, without, draws)?;
        let channel = host.menu.channels()[channel].0;
        let way = (here, host.menu.places[place].country);
        let permission = self.context.world.rules.channels[usize::from(channel)].permission;
        let shut = !self.has_day_left(record.position, channel, time);
        if !self.may_attempt(host.person, channel, shut) {
            // What the person believes of the channel does not hold, or no day of stay is left by now.
            self.note_shut(host.person, channel, false);
            self.counter
                .flow(segment, way, channel, FlowEvent::TurnedBack);
            return None;
        }
        if permission {
            self.counter.flow(segment, way, channel, FlowEvent::Applied);
            if self.context.procedures.waits[usize::from(channel)] {
                return self.apply_from_abroad(record, purse, host.person, channel, time);
            }
        }
        let answer = self.answer(host.person.index, channel);
        if answer != Answer::Granted {
            self.count_refusal_abroad(way, channel, answer);
            return None;
        }
        if permission {
            self.counter.flow(segment, way, channel, FlowEvent::Granted);
        }
        Some(self.move_to(record, purse, channel, time))
    }

    /// Moves on from a stay to another country by a channel that has admitted the person. Returns the
    /// new stay.
    pub fn move_to(
        &mut self,
        record: &Abroad,
        purse: &mut Purse,
        channel: u16,
        time: f64,
    ) -> Abroad {
        let context = self.context;
        let country = |channel: u16| context.scenario.channels[usize::from(channel)].country;
        let way = (country(record.channel), country(channel));
        self.counter
            .flow(self.segment(), way, channel, FlowEvent::MovedOn);
        self.depart_from(way.0, record);
        self.state.claims.remove(record.position);
        self.remember_visit(record, time);
        let who = (record.position, record.kind);
        let arrived = self.arrive(who, way.0, channel, time);
        Self::pay(
            purse,
            context.world.rules.channels[usize::from(channel)].fee,
        );
        purse.known = context.step + 1;
        purse.until = arrived.until;
        arrived
    }
}
