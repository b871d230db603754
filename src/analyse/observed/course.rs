//! Observations that are points on a course through time.

use super::{Measured, Observation};
use crate::analyse::expression::{Expression, Function, Term};
use crate::measure::ALL;
use crate::measure::schema::{COUNTRIES, HOMES};
use jiff::ToSpan as _;
use jiff::civil::Date;

/// Where an observation lies on a course of the table `courses`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OnCourse {
    /// The series.
    pub series: &'static str,
    /// Code of the country, or ALL.
    pub country: String,
    /// The day: the last of a period observed at its end, the middle of a mean.
    pub date: Date,
}

impl Observation {
    /// The course on which it lies: newcomers or rents of a country on a day, or departures since `start`,
    /// the first day of a run. `None` if the observation is none of these.
    pub fn on_course(&self, start: Date) -> Option<OnCourse> {
        let Measured::By { measure, .. } = &self.measured else {
            return None;
        };
        let Expression::Term(term) = &measure.expression else {
            return None;
        };
        let period = term.during.unwrap_or(self.period);
        let [(column, false)] = term.columns[..] else {
            return None;
        };
        let name = term.table.own.get(column)?.name;
        if term.per.is_some() {
            return None;
        }
        let date = match term.function {
            Function::Last => period.last,
            Function::Mean => {
                let days = period.last.since(period.first).ok()?.get_days();
                period.first.checked_add((days / 2).days()).ok()?
            }
            Function::Sum => period.last,
            _ => return None,
        };
        if std::ptr::eq(term.table, &HOMES) {
            let all = name == "left" && term.filters.is_empty() && term.function == Function::Sum;
            return (all && period.first <= start).then(|| OnCourse {
                series: "left",
                country: ALL.to_owned(),
                date,
            });
        }
        let series = ["newcomers", "rent_index"]
            .into_iter()
            .find(|series| *series == name)?;
        let of_country = std::ptr::eq(term.table, &COUNTRIES) && term.function != Function::Sum;
        of_country.then_some(())?;
        Some(OnCourse {
            series,
            country: one_country(term)?,
            date,
        })
    }
}

/// The country of a term that is limited to one.
fn one_country(term: &Term) -> Option<String> {
    let [filter] = &term.filters[..] else {
        return None;
    };
    let [name] = &filter.names[..] else {
        return None;
    };
    let is_country = term.table.own.get(filter.column)?.name == "country";
    (filter.is_one && is_country).then(|| name.clone())
}
