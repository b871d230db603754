//! Changes of the rules that affect those who are already in the country.

use super::claims::is_pending;
use super::journey::{end_of, until};
use super::notice::Detail;
use super::purse::Purse;
use super::records::{Abroad, WITHOUT_END};
use super::step::BlockStep;
use super::visits::last_of_window;
use crate::scenario::Status;
use crate::world::Recall;

impl BlockStep<'_, '_> {
    /// Applies the changes of this step to those who are in the country by the channel and have
    /// permission.
    pub fn recall(&mut self, records: &mut [Abroad], purses: &mut [Purse]) {
        let context = self.context;
        if context.recalls.is_empty() {
            return;
        }
        for (number, record) in records.iter_mut().enumerate() {
            let found = context
                .recalls
                .binary_search_by_key(&record.channel, |recall| recall.channel);
            let Ok(found) = found else { continue };
            // A pending claim is subject to the rules that hold on the day of its decision.
            if record.status != Status::Irregular && !is_pending(context, record) {
                self.recall_one(context.recalls[found], record, purses.get_mut(number));
            }
        }
    }

    fn recall_one(&mut self, recall: Recall, record: &mut Abroad, mut purse: Option<&mut Purse>) {
        let context = self.context;
        let channel = usize::from(record.channel);
        let rules = context
            .world
            .rules
            .channel(channel, usize::from(self.segment()));
        let begin = context.begin as u16;
        let mut end = None;
        if recall.admission && (!rules.open || rules.grant <= 0.0) {
            end = Some(begin);
        } else if recall.stay {
            end = Some(self.end_of_permit(record).max(begin));
        }
        if recall.status && rules.status != record.status {
            if let Some(purse) = &mut purse {
                // Savings up to now are settled under the old status.
                let person = self.chooser(self.index(record.position));
                self.settle(purse, record, &person);
            }
            let country = context.scenario.channels[channel].country;
            self.depart_from(country, record);
            self.count_stay(record.position, country, rules.status, 1);
            record.status = rules.status;
        }
        let (position, status) = (record.position, record.status);
        let ends = end.unwrap_or(purse.as_ref().map_or(record.until, |purse| purse.until));
        self.attend(position, context.begin);
        self.detail(|| Detail::Recalled {
            status,
            until: end_of(ends),
        });
        if let Some(end) = end {
            match purse {
                // The record's own day may be one on which the purse is to be looked at.
                Some(purse) => {
                    purse.until = end;
                    record.until = record.until.min(end);
                }
                None => record.until = end,
            }
        }
    }

    /// The day on which the present permit of a stay ends under the rules that hold now.
    fn end_of_permit(&self, record: &Abroad) -> u16 {
        let rules = &self.context.world.rules.channels[usize::from(record.channel)];
        let begun = self.state.renewed.get(record.position).copied();
        let begun = begun.unwrap_or(record.since);
        if rules.window_days.is_infinite() {
            return until(f64::from(begun), rules.stay_days);
        }
        let before = (record.since < begun).then_some((record.since, begun));
        let spent = self
            .state
            .visits_of(record.position)
            .iter()
            .filter(|visit| visit.channel == record.channel)
            .map(|visit| (visit.from, visit.to))
            .chain(before);
        last_of_window(spent, begun, rules.stay_days, rules.window_days)
            .map_or(WITHOUT_END, |end| end.min(i64::from(WITHOUT_END)) as u16)
    }
}
