//! The courses of a run through time that a comparison shows, in the order of the table `courses`.

use crate::engine::{Observer, StepReport};
use crate::scenario::{Scenario, Step};
use crate::world::{FlowEvent, Hold};
use jiff::civil::Date;

/// The series over all countries together, in the order in which they are kept.
pub const TOGETHER: [&str; 6] = ["left", "returned", "abroad", "barred", "deterred", "means"];
/// The series of each country, in the order in which they are kept.
pub const BY_COUNTRY: [&str; 3] = ["newcomers", "arrivals", "rent_index"];

/// Returns the unit of a series.
pub fn unit_of(series: &str) -> &'static str {
    match series {
        "rent_index" => "ratio",
        _ => "persons",
    }
}

/// Returns the days of a scenario's courses: the day before the first, then the last day of each
/// step.
pub fn days_of(scenario: &Scenario) -> Vec<Date> {
    let calendar = &scenario.calendar;
    let opening = calendar.start.yesterday().unwrap_or(calendar.start);
    let last = |step: &Step| {
        let span = jiff::Span::new().days(i64::from(step.days) - 1);
        step.start.checked_add(span).unwrap_or(calendar.end)
    };
    std::iter::once(opening)
        .chain(calendar.steps.iter().map(last))
        .collect()
}

/// The courses of one run: for each series a number per day, `None` where there is none.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Courses {
    /// A number per date for each series: [`TOGETHER`], then [`BY_COUNTRY`] for the first country,
    /// for the second and so on.
    pub series: Vec<Vec<Option<f64>>>,
}

impl Observer for Courses {
    fn record(&mut self, report: &StepReport<'_>) {
        let StepReport {
            scale,
            tally,
            stocks,
            countries,
            ..
        } = *report;
        let length = TOGETHER.len() + BY_COUNTRY.len() * countries.len();
        self.series.resize_with(length, Vec::new);
        let persons = |agents: u64| (agents * scale) as f64;
        let held = |hold: Hold| -> u64 {
            let by = stocks.segments.iter().map(|s| s.held[hold as usize]);
            by.sum()
        };
        let mut row = vec![
            Some(self.sum(0) + persons(tally.segments.iter().flat_map(|s| s.left_by).sum())),
            Some(self.sum(1) + persons(tally.segments.iter().map(|s| s.returned).sum())),
            Some(persons(stocks.segments.iter().map(|s| s.abroad).sum())),
            Some(persons(held(Hold::Barred))),
            Some(persons(held(Hold::Deterred))),
            Some(persons(held(Hold::Means))),
        ];
        let mut arrivals = vec![0; countries.len()];
        for (key, agents) in &tally.flows {
            if key.event == FlowEvent::Arrived {
                arrivals[usize::from(key.to)] += agents;
            }
        }
        for (index, conditions) in countries.iter().enumerate() {
            let so_far = self.sum(row.len() + 1);
            row.push(Some(persons(stocks.newcomers(index))));
            row.push(Some(so_far + persons(arrivals[index])));
            row.push(conditions.rent_index);
        }
        for (series, value) in self.series.iter_mut().zip(row) {
            series.push(value);
        }
    }
}

impl Courses {
    /// Returns the last number of a cumulative series; 0 before the first.
    fn sum(&self, series: usize) -> f64 {
        let last = self.series.get(series).and_then(|values| values.last());
        last.copied().flatten().unwrap_or(0.0)
    }
}
