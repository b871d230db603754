//! Days spent in a country by a channel, within a window of days.

use exeunt::scenario::Stay;
use exeunt::units::Duration;

/// Days in a country by a channel: from the first, up to but without the last.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Visit {
    pub channel: usize,
    pub from: i64,
    pub to: i64,
}

/// The whole day of a time in days.
pub fn day_of(time: f64) -> i64 {
    time.floor() as i64
}

/// Whole days of a span.
fn whole_days(span: Duration) -> i64 {
    span.days().floor() as i64
}

/// The end of a stay, days: of a permit that begins at a time, on a visit that has lasted since a
/// day; `None` = without end.
pub fn end_of_stay(
    rule: &Stay,
    channel: usize,
    visits: &[Visit],
    present_since: i64,
    permit_from: f64,
) -> Option<f64> {
    let length = rule.length?;
    let Some(window) = rule.within else {
        return Some(permit_from + length.days());
    };
    let days = Days {
        visits,
        channel,
        present_since,
        window: whole_days(window),
    };
    days.first_beyond(whole_days(length), day_of(permit_from))
        .map(|day| day as f64)
}

/// Whether a stay by a channel has a day left on a day, on a visit that has lasted since another
/// (or begins on it).
pub fn has_days_left(
    rule: &Stay,
    channel: usize,
    visits: &[Visit],
    present_since: i64,
    day: i64,
) -> bool {
    let (Some(length), Some(window)) = (rule.length, rule.within) else {
        return true;
    };
    let days = Days {
        visits,
        channel,
        present_since,
        window: whole_days(window),
    };
    days.up_to(day) <= whole_days(length)
}

struct Days<'a> {
    visits: &'a [Visit],
    channel: usize,
    present_since: i64,
    window: i64,
}

impl Days<'_> {
    /// Days spent within the window that ends with a day, that day among them.
    fn up_to(&self, day: i64) -> i64 {
        let first = day - self.window + 1;
        let before: i64 = self
            .visits
            .iter()
            .filter(|visit| visit.channel == self.channel)
            .map(|visit| (visit.to.min(day + 1) - visit.from.max(first)).max(0))
            .sum();
        before + (day + 1 - self.present_since.max(first)).max(0)
    }

    /// The first day, from one on, on which more than so many days have been spent; `None` where
    /// there will be none.
    fn first_beyond(&self, allowed: i64, from: i64) -> Option<i64> {
        // From then on the present visit fills the window.
        let steady = from.max(self.present_since + self.window);
        (from..=steady).find(|day| self.up_to(*day) > allowed)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use exeunt::scenario::Renewal;
    use rand::{RngExt, SeedableRng};
    use rand_pcg::Pcg64;

    /// Walks a calendar day by day, for many histories of visits.
    #[test]
    fn days_are_those_that_a_calendar_shows() {
        let mut rng = Pcg64::seed_from_u64(1);
        let mut without_days = 0;
        for _ in 0..2000 {
            let length = rng.random_range(1..12_i64);
            let window = rng.random_range(length..30_i64);
            let mut calendar = vec![false; 400];
            let mut visits = Vec::new();
            let mut day = 0;
            for _ in 0..rng.random_range(0..5) {
                day += rng.random_range(0..15_i64);
                let to = day + rng.random_range(0..10_i64);
                let channel = usize::from(rng.random::<f64>() < 0.2);
                visits.push(Visit {
                    channel,
                    from: day,
                    to,
                });
                if channel == 0 {
                    calendar[day as usize..to as usize].fill(true);
                }
                day = to;
            }
            let entry = day + rng.random_range(0..15_i64);
            let rule = Stay {
                length: Some(Duration::from_days(length as f64)),
                within: Some(Duration::from_days(window as f64)),
                renewal: Renewal::NONE,
            };
            calendar[entry as usize..].fill(true);
            let spent = |last: i64| {
                let first = (last - window + 1).max(0);
                let days = &calendar[first as usize..=last as usize];
                days.iter().filter(|spent| **spent).count() as i64
            };
            let expected = (entry..350).find(|day| spent(*day) > length);
            let time = entry as f64 + rng.random::<f64>();
            let found = end_of_stay(&rule, 0, &visits, entry, time);
            assert_eq!(found, expected.map(|day| day as f64), "{rule:?} {visits:?}");
            let left = has_days_left(&rule, 0, &visits, entry, entry);
            assert_eq!(left, expected != Some(entry), "{rule:?} {visits:?}");
            without_days += usize::from(!left);
        }
        assert!(without_days > 50, "{without_days} entries without a day");
    }
}
