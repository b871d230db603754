//! The tables of a calibration.

use super::Spread;
use super::summary::{Calibrated, FittedRow, How, ParameterFit, PredictedRow};
use crate::experiment::calibration::{Attempt, CalibrationPlan, Fit, Planned};
use crate::measure::calibration_schema::{
    FITS, GENERATIONS, LEFT_OUT, PARAMETERS, PARTICLE_ROWS, PARTICLE_VALUES, PARTICLES,
};
use crate::measure::{Cell, Sink};
use std::collections::HashMap;

/// Writes all tables of a calibration, each in the order of its keys.
pub fn write_calibrated(
    plan: &CalibrationPlan,
    fit: &Fit,
    found: &Calibrated,
    done: &HashMap<u64, Attempt>,
    sink: &mut impl Sink,
) {
    write_generations(fit, sink);
    write_parameters(&found.parameters, sink);
    write_rows(&found.rows, sink);
    write_left_out(&found.left_out, sink);
    write_particles(plan, fit, found, done, sink);
}

fn write_generations(fit: &Fit, sink: &mut impl Sink) {
    for generation in &fit.generations {
        let share = f64::from(generation.accepted) / f64::from(generation.attempts.max(1));
        sink.row(
            &GENERATIONS,
            &[
                Cell::Whole(generation.number.into()),
                Cell::Whole(generation.attempts.into()),
                Cell::Whole(generation.failed.into()),
                Cell::Whole(generation.accepted.into()),
                Cell::Number(share),
                Cell::Number(generation.tolerance),
                Cell::Number(generation.effective_size),
            ],
        );
    }
}

fn write_parameters(parameters: &[ParameterFit], sink: &mut impl Sink) {
    let mut ordered: Vec<&ParameterFit> = parameters.iter().collect();
    ordered.sort_by(|a, b| a.path.cmp(&b.path));
    for parameter in ordered {
        let (word, shrinkage, gap, informed) = match parameter.how {
            How::Sampled {
                shrinkage,
                gap,
                informed,
            } => (
                "sampled",
                Cell::Number(shrinkage),
                Cell::Number(gap),
                Cell::Text(yes(informed)),
            ),
            How::Moved => ("moved", Cell::Empty, Cell::Empty, Cell::Empty),
        };
        let mut cells = vec![
            Cell::Text(&parameter.path),
            Cell::Text(word),
            text(&parameter.unit),
        ];
        cells.extend(parameter.prior.map(Cell::Number));
        cells.extend(spread(Some(parameter.posterior)));
        cells.extend([shrinkage, gap, informed]);
        sink.row(&PARAMETERS, &cells);
    }
}

fn write_rows(rows: &[FittedRow], sink: &mut impl Sink) {
    let mut ordered: Vec<&FittedRow> = rows.iter().collect();
    ordered.sort_by(|a, b| a.target.id.cmp(&b.target.id));
    for row in ordered {
        let mut cells = vec![
            Cell::Text(&row.target.id),
            Cell::Text(&row.target.quantity),
            Cell::Text(row.kind.word()),
            text(&row.target.unit),
            Cell::number(row.target.band.map(|band| band.0)),
            Cell::number(row.target.band.map(|band| band.1)),
        ];
        cells.extend(spread(row.posterior));
        cells.push(meets(row));
        sink.row(&FITS, &cells);
    }
}

fn write_left_out(rows: &[PredictedRow], sink: &mut impl Sink) {
    let mut ordered: Vec<&PredictedRow> = rows.iter().collect();
    ordered.sort_by(|a, b| a.row.target.id.cmp(&b.row.target.id));
    for PredictedRow { row, by_constants } in ordered {
        let Some((low, high)) = row.target.band else {
            continue;
        };
        let how = if *by_constants {
            "constants"
        } else {
            "attempts"
        };
        let mut cells = vec![
            Cell::Text(&row.target.id),
            Cell::Text(how),
            text(&row.target.unit),
            Cell::Number(low),
            Cell::Number(high),
        ];
        cells.extend(spread(row.posterior));
        cells.push(meets(row));
        sink.row(&LEFT_OUT, &cells);
    }
}

fn write_particles(
    plan: &CalibrationPlan,
    fit: &Fit,
    found: &Calibrated,
    done: &HashMap<u64, Attempt>,
    sink: &mut impl Sink,
) {
    let weights = fit.population.weights();
    for (place, (particle, weight)) in fit.population.particles.iter().zip(weights).enumerate() {
        let planned = Planned {
            number: particle.attempt,
            iterations: 0,
            quantiles: None,
            constants: Vec::new(),
        };
        sink.row(
            &PARTICLES,
            &[
                Cell::Whole(place as u64),
                Cell::Whole(planned.generation().into()),
                Cell::Whole(planned.draw().into()),
                Cell::Number(particle.distance),
                Cell::Number(weight),
            ],
        );
    }
    let mut parameters: Vec<(usize, &ParameterFit)> = found.parameters.iter().enumerate().collect();
    parameters.sort_by(|a, b| a.1.path.cmp(&b.1.path));
    let mut rows: Vec<usize> = (0..plan.spec.targets.len()).collect();
    rows.sort_by_key(|row| &plan.spec.targets[*row].id);
    for (place, particle) in fit.population.particles.iter().enumerate() {
        for (axis, parameter) in &parameters {
            let Some(value) = parameter.values.get(place) else {
                continue;
            };
            sink.row(
                &PARTICLE_VALUES,
                &[
                    Cell::Whole(place as u64),
                    Cell::Text(&parameter.path),
                    Cell::Number(*value),
                    Cell::number(particle.quantiles.get(*axis).copied()),
                ],
            );
        }
        let values = done.get(&particle.attempt).map(|attempt| &attempt.values);
        let Some(Ok(values)) = values else {
            continue;
        };
        for row in &rows {
            sink.row(
                &PARTICLE_ROWS,
                &[
                    Cell::Whole(place as u64),
                    Cell::Text(&plan.spec.targets[*row].id),
                    Cell::number(values.get(*row).copied().flatten()),
                ],
            );
        }
    }
}

/// The six numbers of a distribution, in the order of the columns; all empty if there is none.
fn spread(spread: Option<Spread>) -> [Cell<'static>; 6] {
    spread.map_or([Cell::Empty; 6], |spread| {
        [
            spread.mean,
            spread.p05,
            spread.p25,
            spread.p50,
            spread.p75,
            spread.p95,
        ]
        .map(Cell::Number)
    })
}

fn meets(row: &FittedRow) -> Cell<'static> {
    row.meets()
        .map_or(Cell::Empty, |meets| Cell::Text(yes(meets)))
}

fn yes(yes: bool) -> &'static str {
    if yes { "yes" } else { "no" }
}

fn text(text: &str) -> Cell<'_> {
    match text {
        "" => Cell::Empty,
        text => Cell::Text(text),
    }
}
