//! The few series of a run that a summary or a notebook wants.

use crate::engine::{Observer, StepReport};
use crate::world::FlowEvent;
use jiff::civil::Date;

/// A run's course: one point for the opening and one a step, in persons.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Trajectory {
    points: Vec<Point>,
}

/// One step of a [`Trajectory`]. Flows over its days, stocks at its end, all in persons.
#[derive(Debug, Clone, PartialEq)]
pub struct Point {
    /// Last day of the step; the day before the first in the opening.
    pub date: Date,
    /// Days in the step; 0 in the opening.
    pub days: u16,
    /// Departures from the origins.
    pub left: u64,
    /// Returns.
    pub returned: u64,
    /// Arrivals by country index.
    pub arrivals: Vec<u64>,
    /// Persons abroad.
    pub abroad: u64,
    /// Persons held, whatever by.
    pub held: u64,
    /// Persons abroad by country index.
    pub newcomers: Vec<u64>,
    /// Rent over rent on the first day, by country index; `None` without a market or where rents
    /// are off.
    pub rent_index: Vec<Option<f64>>,
}

impl Trajectory {
    /// Nothing recorded yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// The opening, then every step so far.
    pub fn points(&self) -> &[Point] {
        &self.points
    }

    /// Departures over all steps so far, persons.
    pub fn left(&self) -> u64 {
        self.points.iter().map(|point| point.left).sum()
    }

    /// Returns over all steps so far, persons.
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
