//! What was observed: the rows of `observed.csv`, checked against a scenario.

mod cells;
mod checks;
mod course;
mod line;
mod numbers;
mod read;
#[cfg(test)]
mod tests;
mod yardstick;

pub use course::OnCourse;

use super::expression::{Grid, Measure, evaluate};
use super::period::Period;
use super::tables::RunTables;
use crate::measure::Table;

/// The columns of `observed.csv`.
pub const COLUMNS: [&str; 12] = [
    "id", "quantity", "value", "low", "high", "unit", "period", "use", "measure", "set", "country",
    "source",
];

/// All rows of an `observed.csv`.
#[derive(Debug, Clone, PartialEq)]
pub struct Observed {
    /// The rows in the order of the file.
    pub rows: Vec<Observation>,
}

/// One row of an `observed.csv`.
#[derive(Debug, Clone, PartialEq)]
pub struct Observation {
    /// Its name.
    pub id: String,
    /// What was observed, in words.
    pub quantity: String,
    /// The value, if the source gives one.
    pub value: Option<f64>,
    /// Lowest and highest values that agree with the sources; `None` if no band was given.
    pub band: Option<(f64, f64)>,
    /// Unit of the value and of both ends of the band.
    pub unit: String,
    /// When.
    pub period: Period,
    /// What the row is for.
    pub usage: Usage,
    /// What it is compared with.
    pub measured: Measured,
    /// The set of rows, one row per country, that it belongs to.
    pub member: Option<Member>,
    /// The source it was read from.
    pub source: String,
}

/// What a row is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Usage {
    /// Parameters were fitted to it, so agreement proves nothing.
    Fit,
    /// A parameter states the same, so agreement is not news and is not counted.
    Input,
    /// Nothing was fitted to it.
    Report,
}

/// What a row is compared with.
#[derive(Debug, Clone, PartialEq)]
pub enum Measured {
    /// A measure, with its text.
    By {
        /// The measure as written.
        text: String,
        /// The measure, ready to be evaluated.
        measure: Measure,
    },
    /// Nothing, and the reason why.
    NotModelled(String),
}

/// The place of a row in a set.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Member {
    /// Name of the set.
    pub set: String,
    /// Code of the country that the row is about.
    pub country: String,
}

impl Usage {
    const WORDS: [(&'static str, Self); 3] = [
        ("fit", Self::Fit),
        ("input", Self::Input),
        ("report", Self::Report),
    ];

    /// The word for it in `observed.csv`.
    pub fn word(self) -> &'static str {
        match self {
            Self::Fit => "fit",
            Self::Input => "input",
            Self::Report => "report",
        }
    }
}

impl Observation {
    /// One number for the row: the value or, without one, the geometric mean of the band (its midpoint if it
    /// reaches zero).
    pub fn point(&self) -> Option<f64> {
        self.value.or(self.band.map(|(low, high)| {
            if low > 0.0 {
                (low * high).sqrt()
            } else {
                (low + high) / 2.0
            }
        }))
    }

    /// The measure, if there is one.
    pub fn measure(&self) -> Option<&Measure> {
        match &self.measured {
            Measured::By { measure, .. } => Some(measure),
            Measured::NotModelled(_) => None,
        }
    }
}

impl Observed {
    /// The tables that the measures read.
    pub fn tables(&self) -> Vec<&'static Table> {
        let mut tables: Vec<&'static Table> = Vec::new();
        for table in self
            .rows
            .iter()
            .filter_map(Observation::measure)
            .flat_map(Measure::tables)
        {
            if !tables.iter().any(|known| known.name == table.name) {
                tables.push(table);
            }
        }
        tables
    }

    /// The value of each row's measure in a run, or the reason why there is none; `None` for rows without a measure.
    pub fn evaluate(&self, run: &RunTables, grid: &Grid) -> Vec<Option<Result<f64, String>>> {
        let value = |row: &Observation| {
            let measure = row.measure()?;
            Some(evaluate(&measure.expression, row.period, run, grid))
        };
        self.rows.iter().map(value).collect()
    }

    /// The latest earlier observation of the same quantity: a row with the same measure whose period ends
    /// before this row's begins. `None` if the measure does not follow the row's period.
    pub fn earlier(&self, row: &Observation) -> Option<&Observation> {
        let measure = row.measure().filter(|measure| measure.follows_row())?;
        self.rows
            .iter()
            .filter(|other| {
                other.measure() == Some(measure) && other.period.last < row.period.first
            })
            .max_by_key(|other| other.period.last)
    }
}
