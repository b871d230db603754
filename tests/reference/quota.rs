//! Places of a quota by calendar month.

use crate::replay::start_of;
use exeunt::scenario::Scenario;
use jiff::civil::Date;

/// The part of a step that lies in one calendar month.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Month {
    /// Year and month.
    pub name: (i16, i8),
    /// Days of the month that have passed at the end of the part.
    pub passed: i64,
    /// Days in the month.
    pub days: i64,
    /// End of the part, days from the first day.
    pub end: f64,
}

/// The months that a step touches, in order.
pub fn months_of_step(scenario: &Scenario, step: usize) -> Vec<Month> {
    let mut months = Vec::new();
    let mut day = scenario.calendar.steps[step].start;
    let mut left = i64::from(scenario.calendar.steps[step].days);
    let mut end = start_of(scenario, step);
    while left > 0 {
        let days = i64::from(day.days_in_month());
        let before = i64::from(day.day()) - 1;
        let part = left.min(days - before);
        end += part as f64;
        months.push(Month {
            name: (day.year(), day.month()),
            passed: before + part,
            days,
            end,
        });
        left -= part;
        day = first_of_next_month(day);
    }
    months
}

fn first_of_next_month(day: Date) -> Date {
    day.last_of_month()
        .tomorrow()
        .expect("a day of this century")
}

/// Places of a month up to the end of a part of it.
pub fn places(size: f64, month: &Month) -> u64 {
    (size * month.passed as f64 / month.days as f64).floor() as u64
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenarios::alike;

    impl Month {
        fn is_part_of(&self, name: (i16, i8)) -> bool {
            self.name == name
        }
    }

    /// Sums the days of a calendar one by one.
    #[test]
    fn months_are_those_of_the_calendar() {
        let lengths = [14, 7, 31, 1, 60, 3, 9, 100, 28, 1];
        let scenario = alike(1, 0.0, &lengths);
        let mut date = scenario.calendar.start;
        let mut day = 0.0;
        for (step, length) in lengths.into_iter().enumerate() {
            let months = months_of_step(&scenario, step);
            let mut seen = Vec::new();
            for _ in 0..length {
                day += 1.0;
                let name = (date.year(), date.month());
                let of_month = Month {
                    name,
                    passed: i64::from(date.day()),
                    days: i64::from(date.last_of_month().day()),
                    end: day,
                };
                match seen.last_mut() {
                    Some(last) if Month::is_part_of(last, name) => *last = of_month,
                    _ => seen.push(of_month),
                }
                date = date.tomorrow().expect("a day of this century");
            }
            assert_eq!(months, seen);
        }
    }
}
