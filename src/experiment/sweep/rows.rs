//! Writes the rows of a sweep's tables.

use super::axis::values;
use super::layout::Layout;
use super::plan::{RunId, SweepSpec};
use super::run::SweepRecord;
use crate::experiment::RunRecord;
use crate::measure::comparison_schema::{POINTS, RUNS};
use crate::measure::schema::OUTCOMES;
use crate::measure::{Cell, Outcome, Sink};

/// Writes the row of a run, with its point as its draw.
pub fn write_run(spec: &SweepSpec, run: RunId, record: &SweepRecord, sink: &mut impl Sink) {
    let reason = record.as_ref().err();
    sink.row(
        &RUNS,
        &[
            Cell::Whole(run.number()),
            Cell::Text(name(spec, run)),
            Cell::Whole(run.point),
            Cell::Whole(run.point),
            Cell::Whole(run.replicate.into()),
            Cell::Whole(spec.seed),
            Cell::Text(if reason.is_some() { "failed" } else { "done" }),
            reason.map_or(Cell::Empty, |reason| Cell::Text(reason)),
        ],
    );
}

/// Writes the outcomes of a run.
pub fn write_run_outcomes(spec: &SweepSpec, run: RunId, record: &RunRecord, sink: &mut impl Sink) {
    let mut outcomes = record.outcomes();
    outcomes.sort_by(|a, b| key(a).cmp(&key(b)));
    for outcome in &outcomes {
        sink.row(
            &OUTCOMES,
            &[
                Cell::Text(name(spec, run)),
                Cell::Whole(run.point),
                Cell::Whole(run.replicate.into()),
                Cell::Text(outcome.id),
                Cell::Text(&outcome.group),
                Cell::Text(&outcome.country),
                Cell::Text(outcome.unit),
                Cell::Number(outcome.value),
            ],
        );
    }
}

/// Writes the value of every axis at every point.
pub fn write_points(spec: &SweepSpec, layout: &Layout, sink: &mut impl Sink) {
    let currency = spec
        .scenarios
        .first()
        .map_or("", |scenario| scenario.currency.as_str());
    for point in 0..layout.points() {
        for (axis, value) in spec
            .axes
            .iter()
            .zip(values(&spec.axes, layout, point, currency))
        {
            let unit = axis.unit(currency);
            sink.row(
                &POINTS,
                &[
                    Cell::Whole(point),
                    Cell::Text(&axis.name),
                    Cell::Number(value.number),
                    if unit.is_empty() {
                        Cell::Empty
                    } else {
                        Cell::Text(&unit)
                    },
                    Cell::Text(&value.text),
                ],
            );
        }
    }
}

fn name(spec: &SweepSpec, run: RunId) -> &str {
    let scenario = spec.scenarios.get(run.scenario as usize);
    scenario.map_or("", |scenario| scenario.name.as_str())
}

fn key(outcome: &Outcome) -> (&str, &str, &str) {
    (outcome.id, &outcome.group, &outcome.country)
}
