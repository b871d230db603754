//! The rows of one row group, kept by column until they are written.

use crate::measure::{Cell, Kind, Table};
use jiff::civil::{Date, date};
use parquet::data_type::{ByteArray, ByteArrayType, DataType, DoubleType, Int32Type, Int64Type};
use parquet::errors::ParquetError;
use parquet::file::writer::{SerializedColumnWriter, SerializedRowGroupWriter};
use rustc_hash::FxHashMap;
use std::io::Write;

/// Number of cells handed to the library at once.
const BATCH: usize = 1024;

/// Day 0 of Parquet's calendar.
const EPOCH: Date = date(1970, 1, 1);

/// Rows, stored column by column.
#[derive(Debug)]
pub(super) struct Rows {
    table: &'static Table,
    columns: Vec<Values>,
    count: usize,
}

/// The cells of a column.
#[derive(Debug)]
enum Values {
    Text(Cells<u32>),
    Date(Cells<i32>),
    Whole(Cells<i64>),
    Number(Cells<f64>),
}

/// The values of a column, and for each row whether it has one: 1, or 0 if the cell is empty.
#[derive(Debug)]
struct Cells<T> {
    values: Vec<T>,
    filled: Vec<i16>,
}

/// The names that have appeared in a column, by number. Their count grows with the scenario, not with the rows.
#[derive(Debug, Default)]
pub(super) struct Names {
    numbers: FxHashMap<String, u32>,
    names: Vec<ByteArray>,
}

impl Names {
    fn number(&mut self, name: &str) -> u32 {
        if let Some(&number) = self.numbers.get(name) {
            return number;
        }
        let number = self.names.len() as u32;
        self.numbers.insert(name.to_owned(), number);
        self.names.push(ByteArray::from(name));
        number
    }
}

impl Rows {
    pub fn new(table: &'static Table) -> Self {
        let columns = table.columns().map(|column| match column.kind {
            Kind::Text => Values::Text(Cells::default()),
            Kind::Date => Values::Date(Cells::default()),
            Kind::Whole => Values::Whole(Cells::default()),
            Kind::Number => Values::Number(Cells::default()),
        });
        Self {
            table,
            columns: columns.collect(),
            count: 0,
        }
    }

    /// The number of rows.
    pub fn count(&self) -> usize {
        self.count
    }

    /// Adds a row. A cell that does not fit its column counts as empty, but `Tables` lets no such cell pass.
    pub fn push(&mut self, cells: &[Cell<'_>], names: &mut [Names]) {
        for ((values, names), cell) in self.columns.iter_mut().zip(names).zip(cells) {
            match values {
                Values::Text(cells) => cells.push(match *cell {
                    Cell::Text(text) => Some(names.number(text)),
                    _ => None,
                }),
                Values::Date(cells) => cells.push(match *cell {
                    Cell::Date(date) => Some(days(date)),
                    _ => None,
                }),
                Values::Whole(cells) => cells.push(match *cell {
                    Cell::Whole(whole) => i64::try_from(whole).ok(),
                    _ => None,
                }),
                Values::Number(cells) => cells.push(match *cell {
                    Cell::Number(number) => Some(number),
                    _ => None,
                }),
            }
        }
        self.count += 1;
    }

    /// Keeps only the first `count` rows.
    pub fn truncate(&mut self, count: usize) {
        for values in &mut self.columns {
            match values {
                Values::Text(cells) => cells.truncate(count),
                Values::Date(cells) => cells.truncate(count),
                Values::Whole(cells) => cells.truncate(count),
                Values::Number(cells) => cells.truncate(count),
            }
        }
        self.count = self.count.min(count);
    }

    /// Writes all rows as one row group.
    pub fn write<W: Write + Send>(
        &self,
        group: &mut SerializedRowGroupWriter<'_, W>,
        names: &[Names],
    ) -> Result<(), ParquetError> {
        for ((column, values), names) in self.table.columns().zip(&self.columns).zip(names) {
            let Some(mut writer) = group.next_column()? else {
                break;
            };
            let (optional, out) = (column.may_be_empty, &mut writer);
            match values {
                Values::Text(cells) => cells.write::<ByteArrayType>(out, optional, |number| {
                    names.names[number as usize].clone()
                }),
                Values::Date(cells) => cells.write::<Int32Type>(out, optional, |days| days),
                Values::Whole(cells) => cells.write::<Int64Type>(out, optional, |whole| whole),
                Values::Number(cells) => cells.write::<DoubleType>(out, optional, |number| number),
            }?;
            writer.close()?;
        }
        Ok(())
    }
}

impl<T> Default for Cells<T> {
    fn default() -> Self {
        Self {
            values: Vec::new(),
            filled: Vec::new(),
        }
    }
}

impl<T: Copy> Cells<T> {
    fn push(&mut self, value: Option<T>) {
        self.filled.push(value.is_some().into());
        self.values.extend(value);
    }

    fn truncate(&mut self, count: usize) {
        self.filled.truncate(count);
        self.values.truncate(values_in(&self.filled));
    }

    /// Writes the column; for an empty cell, only that it is empty.
    fn write<D: DataType>(
        &self,
        writer: &mut SerializedColumnWriter<'_>,
        optional: bool,
        of: impl Fn(T) -> D::T,
    ) -> Result<(), ParquetError> {
        let writer = writer.typed::<D>();
        let mut batch = Vec::with_capacity(BATCH);
        let mut rest = self.values.as_slice();
        for filled in self.filled.chunks(BATCH) {
            let (values, after) = rest.split_at(values_in(filled));
            rest = after;
            batch.clear();
            batch.extend(values.iter().map(|&value| of(value)));
            writer.write_batch(&batch, optional.then_some(filled), None)?;
        }
        Ok(())
    }
}

/// The number of rows that have a value.
fn values_in(filled: &[i16]) -> usize {
    filled.iter().filter(|&&filled| filled == 1).count()
}

/// Days from the epoch to a date. As years have four digits, this is less than four million in either direction.
fn days(date: Date) -> i32 {
    (date.duration_since(EPOCH).as_hours() / 24) as i32
}
