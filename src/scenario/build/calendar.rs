//! The time grid: coarse steps, and windows of finer ones.

use super::Builder;
use crate::scenario::meaning::{Meaning, StepLength, Window};
use crate::scenario::place::Place;
use crate::scenario::problem::Problem;
use crate::scenario::{Calendar, MOST_DAYS, Step};
use crate::units::days_between;
use jiff::ToSpan;
use jiff::civil::Date;

/// A century of daily steps.
const MOST_STEPS: usize = 36_600;

/// A stretch of days, both ends included.
#[derive(Clone, Copy, PartialEq)]
struct Stretch {
    first: Date,
    last: Date,
}

impl Builder<'_> {
    /// Returns the time grid; empty if the period is not known.
    pub(super) fn calendar(&mut self) -> Calendar {
        let start = self.date("time.start");
        let end = self.date("time.end");
        let step = match self.get("time.step").map(|said| &said.meaning) {
            Some(Meaning::Step(step)) => Some(*step),
            _ => None,
        };
        let (Some(start), Some(end)) = (start, end) else {
            let day = start.or(end).unwrap_or(Date::constant(2000, 1, 1));
            return Calendar {
                start: day,
                end: day,
                steps: Vec::new(),
            };
        };
        let mut steps = Vec::new();
        if let Some(step) = step {
            steps = self.steps(
                Stretch {
                    first: start,
                    last: end,
                },
                step,
            );
        }
        Calendar { start, end, steps }
    }

    pub(super) fn date(&self, path: &str) -> Option<Date> {
        match self.get(path)?.meaning {
            Meaning::Date(date) => Some(date),
            _ => None,
        }
    }

    fn steps(&mut self, period: Stretch, step: StepLength) -> Vec<Step> {
        let place = self
            .get("time.end")
            .map_or_else(|| self.place.clone(), |said| said.place.clone());
        if period.last < period.first {
            self.report(
                Problem::error(format!(
                    "the period ends on {} before it begins on {}",
                    period.last, period.first
                ))
                .at(&place)
                .expected("an end on or after the start")
                .cure("correct time.start or time.end"),
            );
            return Vec::new();
        }
        let days = days_between(period.first, period.last);
        if days > MOST_DAYS {
            let last = period.first.checked_add(MOST_DAYS.days());
            self.report(
                Problem::error(format!("the period ends {days} days after it begins"))
                    .at(&place)
                    .expected(format!("at most {MOST_DAYS} days, 164 years"))
                    .cure(match last {
                        Ok(last) => format!("write end = {last} or an earlier day"),
                        Err(_) => "write an earlier end".to_owned(),
                    }),
            );
            return Vec::new();
        }
        let Some(coarse) = divide(period, step) else {
            self.too_many(&place);
            return Vec::new();
        };
        let windows = match self.get("time.fine").map(|said| &said.meaning) {
            Some(Meaning::Windows(windows)) => windows.clone(),
            _ => Vec::new(),
        };
        let mut stretches: Vec<(Stretch, bool)> =
            coarse.iter().map(|step| (*step, false)).collect();
        for window in &windows {
            if let Some(fine) = self.fine(period, &coarse, window) {
                self.replace(&mut stretches, &fine, window);
            }
        }
        if stretches.len() > MOST_STEPS {
            self.too_many(&place);
            return Vec::new();
        }
        stretches
            .iter()
            .map(|(stretch, _)| as_step(*stretch))
            .collect()
    }

    fn too_many(&mut self, place: &Place) {
        self.report(
            Problem::error(format!("the period has more than {MOST_STEPS} steps"))
                .at(place)
                .expected(format!("at most {MOST_STEPS} steps, a century of days"))
                .cure("write a longer step or a shorter period"),
        );
    }

    /// Returns the finer steps of a window that covers whole coarse steps.
    fn fine(
        &mut self,
        period: Stretch,
        coarse: &[Stretch],
        window: &Window,
    ) -> Option<Vec<Stretch>> {
        let stretch = Stretch {
            first: window.from,
            last: window.to,
        };
        if stretch.last < stretch.first {
            self.window_problem(
                window,
                format!("a window ends on {} before it begins", window.to),
                "`to` on or after `from`",
                "swap the two days".to_owned(),
            );
            return None;
        }
        if stretch.first < period.first || stretch.last > period.last {
            self.window_problem(
                window,
                "a window of finer steps lies outside the period".to_owned(),
                "`from` and `to` within time.start and time.end",
                format!("write days from {} to {}", period.first, period.last),
            );
            return None;
        }
        let begins = coarse.iter().rfind(|step| step.first <= stretch.first)?;
        let ends = coarse.iter().find(|step| step.last >= stretch.last)?;
        if begins.first != stretch.first || ends.last != stretch.last {
            self.window_problem(
                window,
                "a window of finer steps does not cover whole steps".to_owned(),
                "from = the first day of a step, to = the last day of a step",
                format!("write from = {}, to = {}", begins.first, ends.last),
            );
            return None;
        }
        let fine = divide(stretch, window.step).filter(|fine| fine.len() <= MOST_STEPS)?;
        let is_finer = fine.first().is_some_and(|step| step.last < begins.last);
        if !is_finer {
            self.window_problem(
                window,
                "the steps of a window are not finer than the others".to_owned(),
                "a step shorter than time.step",
                "write step = \"1 day\"".to_owned(),
            );
            return None;
        }
        Some(fine)
    }

    fn replace(&mut self, stretches: &mut Vec<(Stretch, bool)>, fine: &[Stretch], window: &Window) {
        let inside = |stretch: &Stretch| stretch.first >= window.from && stretch.last <= window.to;
        let from = stretches.iter().position(|(stretch, _)| inside(stretch));
        let until = stretches.iter().rposition(|(stretch, _)| inside(stretch));
        let (Some(from), Some(until)) = (from, until) else {
            return;
        };
        if stretches[from..=until].iter().any(|(_, is_fine)| *is_fine) {
            self.window_problem(
                window,
                "two windows of finer steps overlap".to_owned(),
                "windows that do not share days",
                "join them, or shorten one".to_owned(),
            );
            return;
        }
        stretches.splice(from..=until, fine.iter().map(|stretch| (*stretch, true)));
    }

    fn window_problem(&mut self, window: &Window, title: String, expected: &str, cure: String) {
        self.report(
            Problem::error(title)
                .at(&window.place)
                .expected(expected)
                .cure(cure),
        );
    }
}

/// Divides a stretch into steps of a length, the last possibly short; `None` if there are too many,
/// or if they reach beyond the last representable date.
///
/// Months are counted from the first day of the stretch, so that a short month does not shift those
/// after it.
fn divide(stretch: Stretch, length: StepLength) -> Option<Vec<Stretch>> {
    let beginning = |index: usize| -> Option<Date> {
        let index = i64::try_from(index).ok()?;
        let span = match length {
            StepLength::Days(days) => i64::from(days).checked_mul(index)?.days(),
            StepLength::Months(months) => {
                let months = i32::try_from(i64::from(months).checked_mul(index)?).ok()?;
                months.months()
            }
        };
        stretch.first.checked_add(span).ok()
    };
    let mut steps = Vec::new();
    let mut first = stretch.first;
    while first <= stretch.last {
        if steps.len() > MOST_STEPS {
            return None;
        }
        // Fails beyond the last representable date, where no next step can begin.
        let next = beginning(steps.len() + 1)?;
        let last = next.yesterday().ok()?.min(stretch.last);
        steps.push(Stretch { first, last });
        first = next;
    }
    Some(steps)
}

fn as_step(stretch: Stretch) -> Step {
    let days = stretch
        .first
        .until(stretch.last)
        .map_or(0, |span| span.get_days())
        + 1;
    Step {
        start: stretch.first,
        days: u16::try_from(days).unwrap_or(u16::MAX),
    }
}
