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

/// Everything that was observed.
#[derive(Debug, Clone, PartialEq)]
pub struct Observed {
    /// The rows in the order of the file.
    pub rows: Vec<Observation>,
}

/// One row.
#[derive(Debug, Clone, PartialEq)]
pub struct Observation {
    /// Its name.
    pub id: String,
    /// What was observed, in words.
    pub quantity: String,
    /// The value, if the source gives one.
    pub value: Option<f64>,
    /// Lowest and highest that agree with the sources; `None` = no band was given.
    pub band: Option<(f64, f64)>,
    /// Unit of all three.
    pub unit: String,
    /// When.
    pub period: Period,
    /// What the row is for.
    pub usage: Usage,
    /// What it is compared with.
    pub measured: Measured,
    /// The set of rows, one a country, to which it belongs.
    pub member: Option<Member>,
    /// Where it was read.
    pub source: String,
}

/// What a row is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Usage {
    /// Parameters were fitted to it: agreement is no proof.
    Fit,
    /// A parameter says the same: agreement is no news, and is not counted.
    Input,
    /// Nothing was fitted to it.
    Report,
}

/// What a row is compared with.
#[derive(Debug, Clone, PartialEq)]
pub enum Measured {
    /// A measure, and its text.
    By {
        /// As it is written.
        text: String,
        /// What is computed.
        measure: Measure,
    },
    /// Nothing; why not.
    NotModelled(String),
}

/// A place in a set of rows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Member {
    /// The set.
    pub set: String,
    /// The country that the row is about.
    pub country: String,
}

impl Usage {
    const WORDS: [(&'static str, Self); 3] = [
        ("fit", Self::Fit),
        ("input", Self::Input),
        ("report", Self::Report),
    ];

    /// Its word.
    pub fn word(self) -> &'static str {
        match self {
            Self::Fit => "fit",
            Self::Input => "input",
            Self::Report => "report",
        }
    }
}

impl Observation {
    /// One number for the band: the value; without one the band's geometric mean, or its middle
    /// where it reaches zero.
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
    /// Tables that the measures look at.
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

    /// The value of each row's measure in a run, or why there is none; `None` for rows without a
    /// measure.
    pub fn evaluate(&self, run: &RunTables, grid: &Grid) -> Vec<Option<Result<f64, String>>> {
        let value = |row: &Observation| {
            let measure = row.measure()?;
            Some(evaluate(&measure.expression, row.period, run, grid))
        };
        self.rows.iter().map(value).collect()
    }

    /// The latest earlier observation of the same quantity: a row with the same measure whose period
    /// ends before that of this row begins.
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
