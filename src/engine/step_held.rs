//! Held persons: the wish fades, or a release comes.

use super::held::{Held, Stored};
use super::journey::Decided;
use super::notice::Seen;
use super::step::{BlockStep, Buffers};
use crate::draw::{Decision, Screen, threshold};
use crate::model::{Aspirant, AspirationKey};
use crate::world::RuleSet;

impl BlockStep<'_, '_> {
    /// Moves held persons: the wish fades, or a release comes and they go if they can now.
    pub fn held_persons(&mut self, buffers: &mut Buffers) {
        if self.state.held.is_empty() {
            return;
        }
        let context = self.context;
        let holding = &context.scenario.behaviour.holding;
        let release = holding.release.per_day() * context.days;
        let fading = core::f64::consts::LN_2 / holding.fade.days() * context.days;
        let limits =
            [release, fading].map(|hazard| if hazard > 0.0 { threshold(hazard) } else { 0 });
        let screen = Screen::new(self.key, context.date, Decision::HeldMarks);
        let first = self.state.block.first;
        let mut records = std::mem::take(&mut self.state.held);
        let (mut place, mut kept) = (0, 0);
        while let Some(rest) = records.get(place..).filter(|rest| !rest.is_empty()) {
            let passed_over = |record: &Stored| {
                let heads = screen.heads(first + record.position());
                (heads[0] >= limits[0]) & (heads[1] >= limits[1])
            };
            let quiet = rest
                .iter()
                .position(|record| !passed_over(record))
                .unwrap_or(rest.len());
            if kept < place {
                records.copy_within(place..place + quiet, kept);
            }
            (place, kept) = (place + quiet, kept + quiet);
            let Some(&stored) = records.get(place) else {
                break;
            };
            let record = stored.held();
            place += 1;
            // The shares of the step after which the two processes occur.
            let index = self.index(record.position);
            let heads = screen.heads(index);
            let part = |process: usize, hazard: f64| {
                if heads[process] < limits[process] {
                    screen.mark(index, process) / hazard
                } else {
                    f64::INFINITY
                }
            };
            let (released, faded) = (part(0, release), part(1, fading));
            let seized = self.seizures.part_of(record.position);
            if released < 1.0
                && released < faded.min(seized)
                && self.release(record, released, buffers)
            {
                self.state.held_by[record.hold as usize] -= 1;
                self.seizures.cancel(record.position);
                continue;
            }
            if faded < 1.0 && faded <= seized {
                self.seizures.cancel(record.position);
                self.state.held_by[record.hold as usize] -= 1;
                let segment = usize::from(self.segment());
                self.counter.segments[segment].faded += 1;
                self.attend(record.position, context.begin + context.days * faded);
                self.note(|| Seen::Faded);
                self.state.coming_home.push(record.position);
                self.state.forget_refusals(record.position);
                continue;
            }
            records[kept] = stored;
            kept += 1;
        }
        records.truncate(kept);
        // Those whom an attempt has put back among the held are in the new list by now.
        self.state.keep_held(records);
    }

    /// Tests whether a held person can go; if so, it attempts the channel of its choice at once. Returns whether so.
    fn release(&mut self, record: Held, part: f64, buffers: &mut Buffers) -> bool {
        let context = self.context;
        self.note_test(&record, part);
        let index = self.index(record.position);
        let menu = &context.outlook.home[self.class as usize];
        // Most of the held lack a document or the money for every way in, and still do.
        let identity = self.people.identity(index);
        let documents = self.people.documents(identity, context.documents);
        let (savings, renter) = self.people.money(identity);
        let holds = documents.0;
        let within_means = menu.is_within_means(holds, savings, renter);
        if !within_means && !menu.may_seem_within_means(holds, savings, renter) {
            return false;
        }
        let who = (self.segment(), index);
        let people = self.people;
        let stratum = &people.strata.list()[people.stratum_of(index)];
        let known = (documents, (savings, renter));
        let mut person = people.entrant(who, identity, stratum, known);
        let income = self.income(&person);
        let first = context.date - context.begin as i32;
        let date = first + i32::from(record.aspired);
        // The cheapest checks first: what channels are worth, exit gates, what places are worth.
        let now = &context.reaches[self.class as usize].now;
        let mut prospects = self.prospects(&person, income, date, now);
        if let Some(prospects) = &prospects {
            prospects.list(&person, &mut buffers.places);
        }
        let spent = self.spent(record.position);
        if !spent.lifted.is_empty() {
            prospects = None;
        }
        if prospects.is_some() && buffers.places.is_empty() {
            return false;
        }
        let exits = self.exits(index);
        if exits.barred_now {
            return false;
        }
        people.add_languages(identity, &mut person);
        let kin = self.kin_in(record.position, menu).unwrap_or_default();
        if let Some(prospects) = &prospects {
            let Buffers { places, bounds, .. } = &mut *buffers;
            if self.surely_stays(prospects, &person, &kin, places, bounds) {
                return false;
            }
        }
        self.state.refused(record.position, &mut buffers.refused);
        let belief = self.belief(index, &buffers.refused, false);
        if !within_means && belief.is_as_it_is() {
            return false;
        }
        buffers.refused.extend_from_slice(&spent.now);
        menu.prices(income, &mut buffers.prices);
        let aspirant = Aspirant {
            menu,
            person: &person,
            prices: &buffers.prices,
            income,
            exits,
            refused: &buffers.refused,
            belief: &belief,
            kin: &kin,
            spent: &spent.lifted,
            lambda: context.scenario.behaviour.choice.lambda,
            draws: AspirationKey {
                key: self.key,
                index,
                date,
            },
        };
        let channel = aspirant
            .goes(RuleSet::Now, &mut buffers.scratch)
            .and_then(|place| aspirant.channel(place));
        let Some(channel) = channel.map(|channel| aspirant.menu.channels()[channel].0) else {
            return false;
        };
        // (Few go, so the other traits are only asked for now.)
        let person = self.chooser(index);
        let decided = Decided {
            person: &person,
            position: record.position,
            aspired: record.aspired,
            motive: record.motive,
        };
        let time = context.begin + context.days * part;
        self.try_to_leave(decided, channel, time, exits.barred_now);
        true
    }
}
