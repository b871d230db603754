//! Writes the tables about what was run: runs, points, outcomes, and what became of the same persons.

use super::plan::{CellId, Plan};
use super::record::{CellRecord, Substituted};
use super::{Draws, Varied};
use crate::measure::comparison_schema::{POINTS, RUNS, SUBSTITUTION};
use crate::measure::schema::OUTCOMES;
use crate::measure::{Cell, Outcome, Sink};
use std::collections::BTreeMap;

/// A cell and its record.
pub type Made<'a> = (CellId, &'a CellRecord);

/// Draw and replicate of a cell; a parameter at an end has no draw of its own and counts as draw 0.
fn numbers(draws: &Draws, cell: CellId) -> (u32, u32) {
    match cell {
        CellId::Drawn { draw, replicate } => {
            (draws.numbers.get(draw).copied().unwrap_or(0), replicate)
        }
        CellId::End { .. } => (0, 0),
    }
}

/// The number of a cell's set of parameters in the table `points`: sets first, then ends of ranges.
fn point(draws: &Draws, cell: CellId) -> u64 {
    match cell {
        CellId::Drawn { draw, .. } => draw as u64,
        CellId::End { parameter, upper } => (draws.len() + 2 * parameter) as u64 + u64::from(upper),
    }
}

/// Writes the runs in the order of their numbers; `made` must be in the order of cells.
pub fn write_runs(plan: &Plan, draws: &Draws, made: &[Made<'_>], sink: &mut impl Sink) {
    for &(cell, record) in made {
        let (draw, replicate) = numbers(draws, cell);
        let first = plan.number(cell) * plan.scenarios.len() as u64;
        for (run, ((name, _), result)) in (first..).zip(plan.scenarios.iter().zip(&record.runs)) {
            let reason = result.as_ref().err();
            sink.row(
                &RUNS,
                &[
                    Cell::Whole(run),
                    Cell::Text(name),
                    Cell::Whole(point(draws, cell)),
                    Cell::Whole(draw.into()),
                    Cell::Whole(replicate.into()),
                    Cell::Whole(plan.seed),
                    Cell::Text(if reason.is_some() { "failed" } else { "done" }),
                    reason.map_or(Cell::Empty, |reason| Cell::Text(reason)),
                ],
            );
        }
    }
}

/// Writes the values of every set, then those of the ends that were run.
pub fn write_points(draws: &Draws, made: &[Made<'_>], sink: &mut impl Sink) {
    let mut order: Vec<usize> = (0..draws.varied.len()).collect();
    order.sort_by_key(|place| draws.varied[*place].path());
    let mut row = |point: u64, varied: &Varied, value: f64| {
        let (unit, text) = (varied.unit(), varied.written(value));
        sink.row(
            &POINTS,
            &[
                Cell::Whole(point),
                Cell::Text(varied.path()),
                Cell::Number(value),
                if unit.is_empty() {
                    Cell::Empty
                } else {
                    Cell::Text(&unit)
                },
                Cell::Text(&text),
            ],
        );
    };
    for (point, values) in (0..).zip(&draws.values) {
        for &place in &order {
            row(point, &draws.varied[place], values[place]);
        }
    }
    for &(cell, _) in made {
        let CellId::End { parameter, upper } = cell else {
            continue;
        };
        if let Some(varied) = draws.varied.get(parameter) {
            let end = varied.at(f64::from(u8::from(upper)));
            row(point(draws, cell), varied, end);
        }
    }
}

/// Writes the outcomes of every run of the sets, by scenario, draw and replicate.
pub fn write_outcomes(plan: &Plan, draws: &Draws, made: &[Made<'_>], sink: &mut impl Sink) {
    let ordered = by_draw(draws, made);
    let mut names: Vec<(usize, &str)> = (0..)
        .zip(plan.scenarios.iter().map(|(name, _)| name.as_str()))
        .collect();
    names.sort_by_key(|(_, name)| *name);
    for (place, name) in names {
        for (&(draw, replicate), record) in &ordered {
            let Some(Ok(run)) = record.runs.get(place) else {
                continue;
            };
            let mut outcomes = run.outcomes();
            outcomes.sort_by(|a, b| order_of(a).cmp(&order_of(b)));
            for outcome in &outcomes {
                sink.row(
                    &OUTCOMES,
                    &[
                        Cell::Text(name),
                        Cell::Whole(draw.into()),
                        Cell::Whole(replicate.into()),
                        Cell::Text(outcome.id),
                        Cell::Text(&outcome.group),
                        Cell::Text(&outcome.country),
                        Cell::Text(outcome.unit),
                        Cell::Number(outcome.value),
                    ],
                );
            }
        }
    }
}

fn order_of(outcome: &Outcome) -> (&str, &str, &str) {
    (outcome.id, &outcome.group, &outcome.country)
}

/// Writes what became of the same persons, by scenario, draw and replicate.
pub fn write_substitution(plan: &Plan, draws: &Draws, made: &[Made<'_>], sink: &mut impl Sink) {
    let Some((base, _)) = plan.scenarios.first() else {
        return;
    };
    let ordered = by_draw(draws, made);
    let others = plan.scenarios.iter().skip(1).map(|(name, _)| name.as_str());
    let mut names: Vec<(usize, &str)> = (0..).zip(others).collect();
    names.sort_by_key(|(_, name)| *name);
    for (place, name) in names {
        for (&(draw, replicate), record) in &ordered {
            let Some(rows) = record.substitution.get(place) else {
                continue;
            };
            let mut totals: BTreeMap<_, u64> = BTreeMap::new();
            for row in rows {
                *totals.entry(flow(row)).or_insert(0) += row.agents;
            }
            for row in rows {
                let total = totals.get(&flow(row)).copied().unwrap_or(0);
                sink.row(
                    &SUBSTITUTION,
                    &[
                        Cell::Text(base),
                        Cell::Text(name),
                        Cell::Whole(draw.into()),
                        Cell::Whole(replicate.into()),
                        Cell::Text(&row.origin),
                        Cell::Text(&row.country),
                        Cell::Text(&row.channel),
                        Cell::Text(row.direction().name()),
                        Cell::Text(row.fate().name()),
                        Cell::Whole(row.agents * plan.scale),
                        Cell::Number(row.agents as f64 / total as f64),
                    ],
                );
            }
        }
    }
}

fn flow(row: &Substituted) -> (&str, &str, &str, crate::measure::Direction) {
    (&row.origin, &row.country, &row.channel, row.direction())
}

/// The cells of the sets, by draw and replicate.
fn by_draw<'a>(draws: &Draws, made: &[Made<'a>]) -> BTreeMap<(u32, u32), &'a CellRecord> {
    let drawn = made
        .iter()
        .filter(|(cell, _)| matches!(cell, CellId::Drawn { .. }));
    drawn
        .map(|(cell, record)| (numbers(draws, *cell), *record))
        .collect()
}
