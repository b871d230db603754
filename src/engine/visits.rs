//! Days spent in a country by a channel whose stays have a window, and how many are left of it.

use super::journey::until;
use super::records::{Abroad, BlockState, WITHOUT_END};
use super::step::BlockStep;
use crate::scenario::{AppliesTo, Field, Lifted, NewValue, Scenario};
use crate::world::ChannelRules;
use serde::{Deserialize, Serialize};

/// A visit that has ended, 12 bytes: days `from` (included) to `to` (excluded) since the first day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Visit {
    /// Position in the block.
    pub position: u32,
    /// Channel.
    pub channel: u16,
    /// Day of entry.
    pub from: u16,
    /// Day of exit.
    pub to: u16,
}

/// What has to be remembered about stays by a channel.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Memory {
    /// The longest window on any day, days; 0 = there is never a window, and visits are not remembered.
    pub window: u16,
    /// Whether some event changes running stays, so that the day on which a permit began is remembered.
    pub permits: bool,
}

/// What has to be remembered about stays, by channel.
pub fn memories(scenario: &Scenario) -> Vec<Memory> {
    let finite = |number: f64| {
        if number.is_finite() {
            number.min(f64::from(u16::MAX)) as u16
        } else {
            0
        }
    };
    (0..scenario.channels.len())
        .map(|channel| {
            let first = scenario.channels[channel].stay.within;
            let later = scenario.new_values(Field::StayWithin, channel);
            let later = later.map(|to| match to {
                NewValue::Number(number) => finite(*number),
                _ => 0,
            });
            let recalls = scenario.events.iter().any(|event| {
                event.applies_to == AppliesTo::All
                    && event.changes.iter().any(|change| {
                        usize::from(change.target.index) == channel
                            && matches!(change.target.field, Field::StayLength | Field::StayWithin)
                    })
            });
            Memory {
                window: later.fold(first.map_or(0, |window| finite(window.days())), u16::max),
                permits: recalls,
            }
        })
        .collect()
}

/// The first day on which a person who enters on `day` has used up the length of stay; `day` itself if
/// none of it is left, `None` = never. `spent` are the days spent before, each from (included) to
/// (excluded), in order and without overlap; `length` and `window` are rounded down to whole days.
pub fn last_of_window(
    spent: impl Iterator<Item = (u16, u16)> + Clone,
    day: u16,
    length: f64,
    window: f64,
) -> Option<i64> {
    let (length, window) = (length.floor(), window.floor());
    if length >= window || length.is_infinite() {
        return None;
    }
    let (length, window) = (length as i64, window as i64);
    let begin = i64::from(day);
    let days = |(from, to): (u16, u16)| i64::from(to) - i64::from(from);
    let mut before: i64 = spent.clone().map(days).sum();
    let mut spent = spent.peekable();
    // The days spent within the window that ends on `at`, if the person stays; it is called with ever later
    // days, so that each stay drops out of the window once.
    let mut used = |at: i64| {
        let first = at - window + 1;
        while let Some(stay) = spent.next_if(|stay| i64::from(stay.1) <= first) {
            before -= days(stay);
        }
        let part = spent.peek().map_or(0, |stay| first - i64::from(stay.0));
        before - part.max(0) + (at - begin + 1).min(window)
    };
    // Each further day adds at most one, so days can be skipped; it never takes longer than to
    // fill the window.
    let mut at = begin;
    loop {
        let missing = length - used(at);
        if missing < 0 {
            return Some(at);
        }
        at += missing + 1;
    }
}

impl BlockState {
    /// The remembered visits of a person.
    pub fn visits_of(&self, position: u32) -> &[Visit] {
        let begin = self.visits.partition_point(|v| v.position < position);
        let rest = &self.visits[begin..];
        &rest[..rest.partition_point(|v| v.position == position)]
    }

    /// Merges the visits that ended in this step into the others, and if there were any drops those that
    /// can no longer matter from `day` on.
    pub fn keep_visits(&mut self, memories: &[Memory], day: f64) {
        if self.ended.is_empty() {
            return;
        }
        self.visits.append(&mut self.ended);
        self.visits.retain(|visit| {
            let window = memories[usize::from(visit.channel)].window;
            f64::from(visit.to) + f64::from(window) > day
        });
        // (A sorted run and a short rest, which this sort merges.)
        self.visits.sort();
    }

    fn days_of(
        &self,
        position: u32,
        channel: u16,
    ) -> impl Iterator<Item = (u16, u16)> + Clone + '_ {
        let visits = self.visits_of(position);
        let begin = visits.partition_point(|visit| visit.channel < channel);
        let of_channel = visits[begin..].iter();
        of_channel
            .take_while(move |visit| visit.channel == channel)
            .map(|visit| (visit.from, visit.to))
    }
}

impl BlockStep<'_, '_> {
    /// Until when a person who enters by a channel at `time` may stay; `visit` is the day since which it
    /// has been there already. `None` if no day is left.
    pub fn permitted(
        &self,
        position: u32,
        channel: u16,
        time: f64,
        visit: Option<u16>,
    ) -> Option<u16> {
        let rules = &self.context.world.rules.channels[usize::from(channel)];
        if rules.window_days.is_infinite() {
            return Some(until(time, rules.stay_days));
        }
        let day = time as u16;
        let present = visit.map(|from| (from, day));
        let spent = self.state.days_of(position, channel).chain(present);
        match last_of_window(spent, day, rules.stay_days, rules.window_days) {
            None => Some(WITHOUT_END),
            Some(end) if end <= i64::from(day) => None,
            Some(end) => Some(end.min(i64::from(WITHOUT_END)) as u16),
        }
    }

    /// Whether a person who comes by a channel at `time` has a day of stay left.
    pub fn has_day_left(&self, position: u32, channel: u16, time: f64) -> bool {
        self.state.visits.is_empty() || self.permitted(position, channel, time, None).is_some()
    }

    /// The channels by which a person has no day left at the beginning of the step, ascending: now and,
    /// among them, those by which it would have none under more open rules either.
    pub fn spent(&self, position: u32) -> Spent {
        let mut spent = Spent::default();
        if self.state.visits.is_empty() {
            return spent;
        }
        let context = self.context;
        let visits = self.state.visits_of(position);
        for of_channel in visits.chunk_by(|one, next| one.channel == next.channel) {
            let channel = of_channel[0].channel;
            if self.has_day_left(position, channel, context.begin) {
                continue;
            }
            spent.now.push(channel);
            let [now, first] = [&context.world.rules, &context.world.first]
                .map(|rules| stay(&rules.channels[usize::from(channel)]));
            if context.scenario.lifted == Lifted::AsBefore && now == first {
                spent.lifted.push(channel);
            }
        }
        spent
    }

    /// Ends the stay of a record: its days are remembered where they may count.
    pub fn remember_visit(&mut self, record: &Abroad, time: f64) {
        let memory = self.context.memories[usize::from(record.channel)];
        let to = time as u16;
        if memory.window > 0 && record.since < to {
            self.state.ended.push(Visit {
                position: record.position,
                channel: record.channel,
                from: record.since,
                to,
            });
        }
        if memory.permits {
            self.state.renewed.remove(record.position);
        }
    }

    /// Remembers that the permit of a stay was renewed on a day, where that may matter.
    pub fn remember_permit(&mut self, record: &Abroad, day: u16) {
        if self.context.memories[usize::from(record.channel)].permits {
            self.state.renewed.insert(record.position, day);
        }
    }
}

/// The channels by which a person has no day of stay left.
#[derive(Debug, Default)]
pub struct Spent {
    /// Under the present rules.
    pub now: Vec<u16>,
    /// Under every rule set.
    pub lifted: Vec<u16>,
}

fn stay(rules: &ChannelRules) -> (f64, f64) {
    (rules.stay_days, rules.window_days)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// The same result, found day by day on a calendar.
    fn by_calendar(spent: &[(u16, u16)], day: u16, length: i64, window: i64) -> Option<i64> {
        let begin = i64::from(day);
        let there = |d: i64| {
            d >= begin
                || spent
                    .iter()
                    .any(|&(from, to)| (i64::from(from)..i64::from(to)).contains(&d))
        };
        (begin..begin + 2 * window + 2)
            .find(|&at| (at - window + 1..=at).filter(|&d| there(d)).count() as i64 > length)
    }

    proptest! {
        #[test]
        fn days_within_a_window_are_those_of_the_calendar(
            cuts in proptest::collection::btree_set(0_u16..500, 0..9),
            wait in 0_u16..200,
            window in 1_i64..250,
            part in 0.0..1.2_f64,
        ) {
            let cuts: Vec<u16> = cuts.into_iter().collect();
            let spent: Vec<(u16, u16)> = cuts.chunks_exact(2).map(|c| (c[0], c[1])).collect();
            let day = cuts.last().copied().unwrap_or(0) + wait;
            let length = (window as f64 * part) as i64;
            let expected = by_calendar(&spent, day, length, window);
            let found = last_of_window(spent.iter().copied(), day, length as f64, window as f64);
            prop_assert_eq!(found, expected);
        }
    }

    #[test]
    fn ninety_days_in_any_one_hundred_and_eighty() {
        let end =
            |spent: &[(u16, u16)], day| last_of_window(spent.iter().copied(), day, 90.0, 180.0);
        assert_eq!(end(&[], 0), Some(90));
        // Ninety days there, ninety away: the first days drop out of the window one by one.
        assert_eq!(end(&[(0, 90)], 180), Some(270));
        // Out for a single day: nothing is left.
        assert_eq!(end(&[(0, 90)], 91), Some(91));
        assert_eq!(end(&[(0, 90)], 179), Some(179));
        // Thirty days are left, and by the time they are used up the first visit has dropped out.
        assert_eq!(end(&[(0, 60)], 150), Some(240));
        assert_eq!(end(&[(0, 60)], 100), Some(130));
        assert_eq!(last_of_window([].into_iter(), 0, 180.0, 180.0), None);
    }
}
