//! The steps of a run, by their days.

use super::super::period::Period;
use crate::scenario::Calendar;
use jiff::civil::Date;

/// The opening and the steps, by index: 0 is the opening, which has no days.
#[derive(Debug, Clone)]
pub struct Grid {
    /// Last day of each; for the opening, the day before the first step.
    pub ends: Vec<Date>,
    /// Days of each; `None` for the opening.
    pub spans: Vec<Option<Period>>,
}

impl Grid {
    /// The grid of a calendar.
    pub fn of(calendar: &Calendar) -> Self {
        let opening = calendar.start.yesterday().unwrap_or(calendar.start);
        let mut ends = vec![opening];
        let mut spans = vec![None];
        for (index, step) in calendar.steps.iter().enumerate() {
            let next = calendar.steps.get(index + 1).map(|next| next.start);
            let last = next.and_then(|next| next.yesterday().ok());
            let last = last.unwrap_or(calendar.end);
            ends.push(last);
            spans.push(Some(Period {
                first: step.start,
                last,
            }));
        }
        Self { ends, spans }
    }

    /// The index of the step that ends on a date.
    pub fn index(&self, end: Date) -> Option<usize> {
        self.ends.binary_search(&end).ok()
    }

    /// The index of the last step that ends on or before a date.
    pub fn last_by(&self, date: Date) -> Option<usize> {
        self.ends.partition_point(|end| *end <= date).checked_sub(1)
    }

    /// For each step with days in a period: its index, how many of its days lie in the period, and how many it has.
    pub fn overlaps(&self, period: &Period) -> impl Iterator<Item = (usize, f64, f64)> {
        let period = *period;
        let spans = self.spans.iter().enumerate();
        spans.filter_map(move |(index, span)| {
            let span = span.as_ref()?;
            let days = span.overlap(&period);
            (days > 0).then(|| (index, f64::from(days), f64::from(span.days())))
        })
    }
}
