//! Reads a results folder back: its manifest, its scenario and the rows of its tables.

use super::folder::{MANIFEST, SCENARIO};
use super::{FORMAT, Manifest, StoreError};
use crate::measure::{Cell, Column, Kind, Sink, Table};
use jiff::civil::Date;
use std::fs::{self, File};
use std::path::{Path, PathBuf};

/// A finished results folder.
#[derive(Debug)]
pub struct Results {
    path: PathBuf,
    manifest: Manifest,
}

impl Results {
    /// Opens a results folder.
    ///
    /// # Errors
    /// If there is none, or it is of another layout.
    pub fn open(path: &Path) -> Result<Self, StoreError> {
        let refused = |reason: String| StoreError::NotResults {
            path: path.to_owned(),
            reason,
        };
        let text = fs::read(path.join(MANIFEST))
            .map_err(|error| refused(format!("{MANIFEST} cannot be read ({error})")))?;
        let manifest: Manifest = serde_json::from_slice(&text)
            .map_err(|error| refused(format!("{MANIFEST} is not as it should be ({error})")))?;
        if manifest.format != FORMAT {
            return Err(refused(format!(
                "its layout is number {}, and {FORMAT} was expected",
                manifest.format
            )));
        }
        Ok(Self {
            path: path.to_owned(),
            manifest,
        })
    }

    /// What the folder says of itself.
    pub fn manifest(&self) -> &Manifest {
        &self.manifest
    }

    /// The resolved scenario that was run.
    pub fn scenario(&self) -> PathBuf {
        self.path.join(SCENARIO)
    }

    /// Hands every row of some tables to a sink.
    ///
    /// # Errors
    /// If a table is missing or not as this version writes it.
    pub fn read(&self, tables: &[&'static Table], sink: &mut impl Sink) -> Result<(), StoreError> {
        tables
            .iter()
            .try_for_each(|table| self.read_table(table, sink))
    }

    fn read_table(&self, table: &'static Table, sink: &mut impl Sink) -> Result<(), StoreError> {
        let path = self.path.join(format!("{}.csv", table.name));
        let failed = |line: u64, reason: String| StoreError::Table {
            path: path.clone(),
            line,
            reason,
        };
        let file = File::open(&path)
            .map_err(|error| failed(0, format!("it cannot be read as CSV ({error})")))?;
        let mut reader = csv::ReaderBuilder::new()
            .has_headers(false)
            .flexible(true)
            .from_reader(file);
        let columns: Vec<&'static Column> = table.columns().collect();
        let mut record = csv::StringRecord::new();
        let mut line = 0;
        loop {
            let more = reader
                .read_record(&mut record)
                .map_err(|error| failed(line + 1, error.to_string()))?;
            if !more {
                return Ok(());
            }
            let is_heading = line == 0;
            line = record.position().map_or(line + 1, csv::Position::line);
            if is_heading {
                if !record.iter().eq(columns.iter().map(|column| column.name)) {
                    let names: Vec<&str> = columns.iter().map(|column| column.name).collect();
                    let wanted = format!("the heading is not {}", names.join(","));
                    return Err(failed(line, wanted));
                }
                continue;
            }
            if record.len() != columns.len() {
                let reason = format!(
                    "{} cells where the heading has {}",
                    record.len(),
                    columns.len()
                );
                return Err(failed(line, reason));
            }
            let mut cells = Vec::with_capacity(columns.len());
            for (text, column) in record.iter().zip(&columns) {
                let cell = cell(text, column.kind);
                cells.push(cell.ok_or_else(|| {
                    failed(line, format!("`{text}` does not belong in {}", column.name))
                })?);
            }
            sink.row(table, &cells);
        }
    }
}

/// A cell as its column says; `None` if it is of another kind.
fn cell(text: &str, kind: Kind) -> Option<Cell<'_>> {
    if text.is_empty() {
        return Some(Cell::Empty);
    }
    match kind {
        Kind::Text => Some(Cell::Text(text)),
        Kind::Date => text.parse::<Date>().ok().map(Cell::Date),
        Kind::Whole => text.parse().ok().map(Cell::Whole),
        Kind::Number => {
            let number = text.parse::<f64>().ok()?;
            number.is_finite().then_some(Cell::Number(number))
        }
    }
}
