//! The few series of a run that a summary or a notebook needs.

use crate::engine::{Observer, StepReport};
use crate::world::FlowEvent;
use jiff::civil::Date;

/// The course of a run: one point for the opening and one per step, in persons.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Trajectory {
    points: Vec<Point>,
}

/// One point of a [`Trajectory`]: flows over the days of a step, stocks at its end, all in persons.
#[derive(Debug, Clone, PartialEq)]
pub struct Point {
    /// Last day of the step; for the opening, the day before the first.
    pub date: Date,
    /// Days in the step; 0 for the opening.
    pub days: u16,
    /// Departures from the origins.
    pub left: u64,
    /// Returns.
    pub returned: u64,
    /// Arrivals by country index.
    pub arrivals: Vec<u64>,
    /// Persons abroad.
    pub abroad: u64,
    /// Persons held, for any cause.
    pub held: u64,
    /// Persons abroad by country index.
    pub newcomers: Vec<u64>,
    /// Rent relative to the first day, by country index; `None` without a market or if rents are
    /// off.
    pub rent_index: Vec<Option<f64>>,
}

impl Trajectory {
    /// Creates a trajectory in which nothing is recorded yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Returns the opening, then every step so far.
    pub fn points(&self) -> &[Point] {
        &self.points
    }

    /// Returns the departures over all steps so far, in persons.
    pub fn left(&self) -> u64 {
        self.points.iter().map(|point| point.left).sum()
    }

    /// Returns the returns over all steps so far, in persons.
    pub fn returned(&self) -> u64 {
        self.points.iter().map(|point| point.returned).sum()
    }
}

impl Observer for Trajectory {
    fn record(&mut self, report: &StepReport<'_>) {
        let StepReport {
            scale,
            tally,
            stocks,
            countries,
            ..
        } = *report;
        let persons = |agents: u64| agents * scale;
        let mut arrivals = vec![0; countries.len()];
        for (key, agents) in &tally.flows {
            if key.event == FlowEvent::Arrived {
                arrivals[usize::from(key.to)] += persons(*agents);
            }
        }
        self.points.push(Point {
            date: report.date,
            days: report.days,
            left: persons(tally.segments.iter().flat_map(|s| s.left_by).sum()),
            returned: persons(tally.segments.iter().map(|s| s.returned).sum()),
            arrivals,
            abroad: persons(stocks.segments.iter().map(|s| s.abroad).sum()),
            held: persons(stocks.segments.iter().flat_map(|s| s.held).sum()),
            newcomers: (0..countries.len())
                .map(|c| persons(stocks.newcomers(c)))
                .collect(),
            rent_index: countries.iter().map(|c| c.rent_index).collect(),
        });
    }
}
