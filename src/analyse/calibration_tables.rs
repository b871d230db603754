//! The tables of a calibration, read back row by row into the data that its page is drawn from.

use super::calibrated::Spread;
use super::comparison_tables::Cells;
use crate::measure::calibration_schema::{
    FITS, GENERATIONS, LEFT_OUT, PARAMETERS, PARTICLE_VALUES, PARTICLES,
};
use crate::measure::{Cell, Sink, Table};

/// The tables that are read back. What each kept run gave for each row is not among them: `fits` sums it up.
pub const CALIBRATION_READ_BACK: &[&Table] = &[
    &GENERATIONS,
    &PARAMETERS,
    &FITS,
    &LEFT_OUT,
    &PARTICLES,
    &PARTICLE_VALUES,
];

/// The tables of a calibration.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct CalibrationTables {
    /// The rows of `generations`.
    pub generations: Vec<GenerationRow>,
    /// The rows of `parameters`.
    pub parameters: Vec<ParameterRow>,
    /// The rows of `fits`.
    pub fits: Vec<FitRow>,
    /// The rows of `left_out`, with an empty quantity.
    pub left_out: Vec<FitRow>,
    /// The weights of `particles`, in their order; they add up to 1.
    pub weights: Vec<f64>,
    /// The rows of `particle_values`.
    pub values: Vec<ValueRow>,
}

/// The course of one generation.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct GenerationRow {
    /// Its number, from 0.
    pub generation: u64,
    /// Sets that were tried.
    pub attempts: u64,
    /// Those whose run failed.
    pub failed: u64,
    /// Those that came nearer than the tolerance before; in the first generation, those that were kept.
    pub accepted: u64,
    /// Accepted over attempts, 0 to 1.
    pub acceptance: f64,
    /// The largest distance kept, 0 to 1.
    pub tolerance: f64,
    /// Effective sample size.
    pub effective_size: f64,
}

/// A parameter, prior against posterior.
#[derive(Debug, Clone, PartialEq)]
pub struct ParameterRow {
    /// Its path.
    pub path: String,
    /// Whether it was sampled; otherwise it is a destination constant that was moved.
    pub sampled: bool,
    /// Unit of its values; empty for plain numbers.
    pub unit: String,
    /// Lower end, middle and upper end of the prior, or of the range of a constant.
    pub prior: [f64; 3],
    /// The posterior.
    pub posterior: Spread,
    /// 1 minus the variance of the posterior over that of the prior; `None` for constants.
    pub shrinkage: Option<f64>,
    /// Whether the data inform it; `false` for constants.
    pub informed: bool,
}

/// A row of the observations against the runs.
#[derive(Debug, Clone, PartialEq)]
pub struct FitRow {
    /// Its id.
    pub row: String,
    /// What was observed, in words.
    pub quantity: String,
    /// What it was used for, or how it was predicted: the word in its table.
    pub how: String,
    /// Unit of all numbers.
    pub unit: String,
    /// The band, if it has one.
    pub band: Option<(f64, f64)>,
    /// What the runs gave; `None` if none gave a value.
    pub runs: Option<Spread>,
    /// Whether the band overlaps the middle half of the runs; `None` without a band or a value.
    pub meets: Option<bool>,
}

/// The value of a parameter in a kept set.
#[derive(Debug, Clone, PartialEq)]
pub struct ValueRow {
    /// Number of the set.
    pub particle: u64,
    /// Path of the parameter.
    pub path: String,
    /// The value, in the unit of the parameter.
    pub value: f64,
    /// Where it lies in its prior, 0 to 1; `None` for constants.
    pub quantile: Option<f64>,
}

impl Sink for CalibrationTables {
    fn row(&mut self, table: &'static Table, cells: &[Cell<'_>]) {
        let cells = Cells(cells);
        match table.name {
            "generations" => self.generations.push(generation(&cells)),
            "parameters" => self.parameters.extend(parameter(&cells)),
            "fits" => self.fits.push(fit(&cells, 2)),
            "left_out" => self.left_out.push(fit(&cells, 1)),
            "particles" => self.weights.push(cells.number(4).unwrap_or_default()),
            "particle_values" => self.values.extend(value(&cells)),
            _ => {}
        }
    }
}

fn generation(cells: &Cells<'_, '_>) -> GenerationRow {
    let number = |at| cells.number(at).unwrap_or_default();
    GenerationRow {
        generation: cells.whole(0),
        attempts: cells.whole(1),
        failed: cells.whole(2),
        accepted: cells.whole(3),
        acceptance: number(4),
        tolerance: number(5),
        effective_size: number(6),
    }
}

fn parameter(cells: &Cells<'_, '_>) -> Option<ParameterRow> {
    Some(ParameterRow {
        path: cells.text(0),
        sampled: cells.text(1) == "sampled",
        unit: cells.text(2),
        prior: [cells.number(3)?, cells.number(4)?, cells.number(5)?],
        posterior: spread(cells, 6)?,
        shrinkage: cells.number(12),
        informed: cells.text(14) == "yes",
    })
}

/// Reads a row of `fits`, or of `left_out`, which has no quantity; `how` is the index of the column that says
/// what the row was for, or how it was predicted.
fn fit(cells: &Cells<'_, '_>, how: usize) -> FitRow {
    FitRow {
        row: cells.text(0),
        quantity: match how {
            2 => cells.text(1),
            _ => String::new(),
        },
        how: cells.text(how),
        unit: cells.text(how + 1),
        band: cells.number(how + 2).zip(cells.number(how + 3)),
        runs: spread(cells, how + 4),
        meets: match cells.text(how + 10).as_str() {
            "" => None,
            word => Some(word == "yes"),
        },
    }
}

fn value(cells: &Cells<'_, '_>) -> Option<ValueRow> {
    Some(ValueRow {
        particle: cells.whole(0),
        path: cells.text(1),
        value: cells.number(2)?,
        quantile: cells.number(3),
    })
}

/// Reads a mean and the five quantiles after it.
fn spread(cells: &Cells<'_, '_>, at: usize) -> Option<Spread> {
    Some(Spread {
        mean: cells.number(at)?,
        p05: cells.number(at + 1)?,
        p25: cells.number(at + 2)?,
        p50: cells.number(at + 3)?,
        p75: cells.number(at + 4)?,
        p95: cells.number(at + 5)?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Each field is read from the column of its name.
    #[test]
    fn columns_are_where_they_are_looked_for() {
        let mut tables = CalibrationTables::default();
        let texts = [
            "path", "how", "unit", "row", "quantity", "informed", "meets",
        ];
        let wholes = ["generation", "attempts", "failed", "accepted", "particle"];
        for table in CALIBRATION_READ_BACK {
            let cell = |(at, column): (usize, &'static crate::measure::Column)| match column.name {
                name if texts.contains(&name) => Cell::Text(name),
                name if wholes.contains(&name) => Cell::Whole(at as u64),
                _ => Cell::Number(at as f64),
            };
            let cells: Vec<Cell<'_>> = table.columns().enumerate().map(cell).collect();
            tables.row(table, &cells);
        }
        let at = |table: &Table, name: &str| {
            let place = table.columns().position(|column| column.name == name);
            place.unwrap() as f64
        };
        let generation = tables.generations[0];
        assert_eq!(generation.tolerance, at(&GENERATIONS, "tolerance"));
        assert_eq!(generation.acceptance, at(&GENERATIONS, "acceptance"));
        assert_eq!(
            generation.effective_size,
            at(&GENERATIONS, "effective_size")
        );
        let parameter = &tables.parameters[0];
        assert_eq!(parameter.unit, "unit");
        assert_eq!(parameter.prior[2], at(&PARAMETERS, "prior_high"));
        assert_eq!(parameter.posterior.p95, at(&PARAMETERS, "p95"));
        assert_eq!(parameter.shrinkage, Some(at(&PARAMETERS, "shrinkage")));
        for (row, table) in [(&tables.fits[0], &FITS), (&tables.left_out[0], &LEFT_OUT)] {
            assert_eq!((row.how.as_str(), row.unit.as_str()), ("how", "unit"));
            assert_eq!(row.band.map(|band| band.1), Some(at(table, "high")));
            assert_eq!(row.runs.map(|runs| runs.p05), Some(at(table, "p05")));
            assert_eq!(row.meets, Some(false), "the word is not yes");
        }
        assert_eq!(tables.fits[0].quantity, "quantity");
        assert_eq!(tables.weights, [at(&PARTICLES, "weight")]);
        let value = &tables.values[0];
        assert_eq!(value.value, at(&PARTICLE_VALUES, "value"));
        assert_eq!(value.quantile, Some(at(&PARTICLE_VALUES, "quantile")));
    }
}
