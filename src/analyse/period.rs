//! Spans of days as people write them: `2022-09-26`, `2022-03`, `2022`, `2022-09-21..2022-10-04`.

use crate::units::TimeUnit;
use jiff::civil::Date;
use std::fmt;

/// A span of days, both ends included.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Period {
    /// First day.
    pub first: Date,
    /// Last day, on or after the first.
    pub last: Date,
}

/// The forms a period may take, for messages.
pub const FORMS: &str =
    "a day 2022-09-26, a month 2022-03, a year 2022, or two of these with .. between";

/// How to correct a period, for messages.
pub const CURE: &str = "write calendar dates as year-month-day, with a 0 before a single digit, the earlier \
                        first";

impl Period {
    /// Reads a period.
    ///
    /// # Errors
    /// Says what is wrong: the text is in none of the forms of a period, or ends before it begins.
    pub fn read(text: &str) -> Result<Self, String> {
        let (first, last) = text.split_once("..").unwrap_or((text, text));
        let part = |text: &str| {
            part(text.trim())
                .ok_or_else(|| format!("`{}` is not a day, month or year", text.trim()))
        };
        let (begin, end) = (part(first)?, part(last)?);
        if end.last < begin.first {
            return Err(format!("{first} is after {last}"));
        }
        Ok(Self {
            first: begin.first,
            last: end.last,
        })
    }

    /// Number of days, at least 1.
    pub fn days(&self) -> u32 {
        days_between(self.first, self.last) + 1
    }

    /// How many of its days lie within another period.
    pub fn overlap(&self, other: &Self) -> u32 {
        let (first, last) = (self.first.max(other.first), self.last.min(other.last));
        if last < first {
            0
        } else {
            days_between(first, last) + 1
        }
    }

    /// Its length in a unit. Whole calendar months and years count as such; otherwise a month is a twelfth
    /// of 365.25 days.
    pub fn length(&self, unit: TimeUnit) -> f64 {
        let after = self.last.tomorrow().unwrap_or(self.last);
        let whole = self.first.day() == 1 && after.day() == 1;
        let months = f64::from(
            (i32::from(after.year()) - i32::from(self.first.year())) * 12
                + i32::from(after.month())
                - i32::from(self.first.month()),
        );
        match unit {
            TimeUnit::Month if whole => months,
            TimeUnit::Year if whole && months % 12.0 == 0.0 => months / 12.0,
            _ => f64::from(self.days()) / unit.days(),
        }
    }
}

impl fmt::Display for Period {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let month_ends = self.last.tomorrow().is_ok_and(|after| after.day() == 1);
        let whole_months = self.first.day() == 1 && month_ends;
        let whole_years = whole_months && self.first.month() == 1 && self.last.month() == 12;
        let write = |date: Date| {
            if whole_years {
                format!("{:04}", date.year())
            } else if whole_months {
                format!("{:04}-{:02}", date.year(), date.month())
            } else {
                date.to_string()
            }
        };
        let (first, last) = (write(self.first), write(self.last));
        if first == last {
            formatter.write_str(&first)
        } else {
            write!(formatter, "{first}..{last}")
        }
    }
}

/// Days from one date to a later one; 0 if they are the same.
fn days_between(first: Date, last: Date) -> u32 {
    u32::try_from((last - first).get_days()).unwrap_or(0)
}

/// Reads a day, a month or a year.
fn part(text: &str) -> Option<Period> {
    let digits = |text: &str, count: usize| {
        let plain = text.len() == count && text.bytes().all(|byte| byte.is_ascii_digit());
        plain.then(|| text.parse::<i16>().ok()).flatten()
    };
    let month = |text: &str| digits(text, 2).and_then(|month| i8::try_from(month).ok());
    let parts: Vec<&str> = text.split('-').collect();
    let date = |year, month, day| Date::new(year, month, day).ok();
    match parts.as_slice() {
        [year] => {
            let year = digits(year, 4)?;
            Some(Period {
                first: date(year, 1, 1)?,
                last: date(year, 12, 31)?,
            })
        }
        [year, of_year] => {
            let first = date(digits(year, 4)?, month(of_year)?, 1)?;
            Some(Period {
                first,
                last: first.last_of_month(),
            })
        }
        [year, of_year, day] => {
            let day = date(digits(year, 4)?, month(of_year)?, month(day)?)?;
            Some(Period {
                first: day,
                last: day,
            })
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn period(text: &str) -> Period {
        Period::read(text).unwrap()
    }

    #[test]
    fn every_form_is_read_and_written_back() {
        for (text, first, last) in [
            ("2022-09-26", date(2022, 9, 26), date(2022, 9, 26)),
            ("2022-02", date(2022, 2, 1), date(2022, 2, 28)),
            ("2022", date(2022, 1, 1), date(2022, 12, 31)),
            ("2022..2023", date(2022, 1, 1), date(2023, 12, 31)),
            ("2022-02..2023-07", date(2022, 2, 1), date(2023, 7, 31)),
            (
                "2022-09-21..2022-10-04",
                date(2022, 9, 21),
                date(2022, 10, 4),
            ),
        ] {
            assert_eq!(period(text), Period { first, last });
            assert_eq!(period(text).to_string(), text);
        }
    }

    #[test]
    fn what_is_no_period_is_refused() {
        for text in [
            "",
            "..",
            "2022-13",
            "2022-02-30",
            "22",
            "2022-9",
            "2022-09-21..30",
            "September",
        ] {
            assert!(Period::read(text).is_err(), "{text}");
        }
        assert!(Period::read("2023..2022").is_err());
    }

    #[test]
    fn lengths_and_overlaps() {
        assert_eq!(period("2022-02").days(), 28);
        assert_eq!(period("2022-02").length(TimeUnit::Month), 1.0);
        assert_eq!(period("2022-02..2023-01").length(TimeUnit::Year), 1.0);
        assert_eq!(period("2022-02").length(TimeUnit::Week), 4.0);
        let fortnight = period("2022-09-21..2022-10-04");
        assert_eq!(fortnight.length(TimeUnit::Day), 14.0);
        assert_eq!(fortnight.length(TimeUnit::Month), 14.0 / 30.4375);
        assert_eq!(fortnight.overlap(&period("2022-10")), 4);
        assert_eq!(fortnight.overlap(&period("2023")), 0);
    }
}
