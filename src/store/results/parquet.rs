//! Reads the rows of a table from Parquet.

use super::super::{StoreError, input};
use super::guard::guarded;
use super::require_same;
use crate::measure::{Cell, Column, Kind, Sink, Table};
use jiff::Span;
use jiff::civil::{Date, date};
use parquet::file::reader::{FileReader as _, SerializedFileReader};
use parquet::record::Field;
use std::path::Path;

/// The day from which Parquet counts days.
const EPOCH: Date = date(1970, 1, 1);

/// Passes every row to a sink, after checking that the file has not changed since it was written.
pub(super) fn read(
    path: &Path,
    sha256: &str,
    table: &'static Table,
    sink: &mut impl Sink,
) -> Result<(), StoreError> {
    let failed = |reason: String| StoreError::Table {
        path: path.to_owned(),
        line: 0,
        reason,
    };
    let unreadable =
        |error: &dyn std::fmt::Display| failed(format!("it cannot be read as Parquet ({error})"));
    let file = input::open(path).map_err(|error| unreadable(&error))?;
    // Checked first, because on damaged pages the library panics instead of returning an error.
    require_same(path, sha256)?;
    // (A page that does not match its header makes the library panic. The digest keeps out such a file, unless its
    // manifest was rewritten as well.)
    let panicked =
        || unreadable(&"its pages are damaged; copy the folder again, or make the results again");
    let reader = guarded(|| SerializedFileReader::new(file))
        .ok_or_else(panicked)?
        .map_err(|error| unreadable(&error))?;
    let columns: Vec<&'static Column> = table.columns().collect();
    let schema = reader.metadata().file_metadata().schema_descr();
    let found = schema.columns().iter().map(|column| column.name());
    if !found.eq(columns.iter().map(|column| column.name)) {
        let names: Vec<&str> = columns.iter().map(|column| column.name).collect();
        return Err(failed(format!("the columns are not {}", names.join(","))));
    }
    let mut rows = guarded(|| reader.get_row_iter(None))
        .ok_or_else(panicked)?
        .map_err(|error| unreadable(&error))?;
    for number in 1_u64.. {
        let Some(row) = guarded(|| rows.next()).ok_or_else(panicked)? else {
            break;
        };
        let row = row.map_err(|error| unreadable(&error))?;
        let mut cells = Vec::with_capacity(columns.len());
        for ((_, field), column) in row.get_column_iter().zip(&columns) {
            cells.push(cell(field, column.kind).ok_or_else(|| {
                let name = column.name;
                failed(format!("row {number}: `{field}` does not belong in {name}"))
            })?);
        }
        sink.row(table, &cells);
    }
    Ok(())
}

/// Converts a cell to the kind of its column; `None` if it is of another kind.
fn cell(field: &Field, kind: Kind) -> Option<Cell<'_>> {
    match (kind, field) {
        (_, Field::Null) => Some(Cell::Empty),
        (Kind::Text, Field::Str(text)) => Some(Cell::Text(text)),
        (Kind::Date, Field::Date(days)) => {
            let span = Span::new().try_days(*days).ok()?;
            EPOCH.checked_add(span).ok().map(Cell::Date)
        }
        (Kind::Whole, Field::Long(whole)) => u64::try_from(*whole).ok().map(Cell::Whole),
        (Kind::Number, Field::Double(number)) => {
            number.is_finite().then_some(Cell::Number(*number))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_of_another_kind_is_none() {
        let text = Field::Str("RU".to_owned());
        assert_eq!(cell(&text, Kind::Text), Some(Cell::Text("RU")));
        assert_eq!(cell(&Field::Null, Kind::Whole), Some(Cell::Empty));
        assert_eq!(
            cell(&Field::Date(19_030), Kind::Date),
            Some(Cell::Date(date(2022, 2, 7)))
        );
        for (field, kind) in [
            (text, Kind::Whole),
            (Field::Long(-1), Kind::Whole),
            (Field::Double(f64::NAN), Kind::Number),
            (Field::Long(1), Kind::Number),
            (Field::Date(i32::MAX), Kind::Date),
        ] {
            assert_eq!(cell(&field, kind), None, "{field:?}");
        }
    }
}
