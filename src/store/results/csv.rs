//! Reads the rows of a table from CSV.

use super::super::{StoreError, input};
use crate::measure::{Cell, Column, Kind, Sink, Table};
use jiff::civil::Date;
use std::path::Path;

/// Passes every row to a sink.
pub(super) fn read(
    path: &Path,
    table: &'static Table,
    sink: &mut impl Sink,
) -> Result<(), StoreError> {
    let failed = |line: u64, reason: String| StoreError::Table {
        path: path.to_owned(),
        line,
        reason,
    };
    let file = input::open(path)
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
        if !more && line == 0 {
            return Err(failed(1, "it is empty, without a heading".to_owned()));
        }
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

/// Parses a cell as the kind of its column; `None` if it is of another kind.
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
