//! The tables of a results folder, written in every format asked for from one stream of rows.

mod csv;
#[cfg(feature = "parquet")]
mod parquet;
#[cfg(test)]
mod tests;

use super::format::{Format, Formats};
use super::names::is_formula;
use super::{FileRecord, StoreError, digest};
use crate::measure::{Cell, Sink, Table};
use crate::units::Quantity;
use std::collections::BTreeMap;
use std::fmt::Debug;
use std::fs::File;
use std::io;
use std::path::{Path, PathBuf};

/// The tables of a folder, open for writing.
///
/// The first failure, such as a full disk, is kept and ends all writing. [`Tables::failed`] tells whether there is
/// one, and [`Tables::close`] returns it.
#[derive(Debug)]
pub struct Tables {
    tables: Vec<OpenTable>,
    failure: Option<StoreError>,
}

/// One table, and its file in each format.
#[derive(Debug)]
struct OpenTable {
    table: &'static Table,
    files: Vec<TableFile>,
    rows: u64,
    /// Number of rows at the last mark.
    marked: u64,
}

/// One table in one format.
#[derive(Debug)]
struct TableFile {
    name: String,
    path: PathBuf,
    writer: Box<dyn Writer>,
}

/// Writes the rows of one table in one format.
trait Writer: Debug {
    /// Writes a row whose cells fit their columns.
    fn row(&mut self, cells: &[Cell<'_>]) -> io::Result<()>;

    /// Marks all rows so far as finished.
    fn mark(&mut self) -> io::Result<()>;

    /// Drops the rows since the last mark, without a trace.
    fn rewind(&mut self) -> io::Result<()>;

    /// Completes the file and brings it to disk.
    fn close(self: Box<Self>) -> io::Result<()>;
}

impl Tables {
    /// Opens some tables in the folder, with a file for each format.
    ///
    /// # Errors
    /// If a file cannot be made.
    pub fn create_these(
        folder: &Path,
        tables: &[&'static Table],
        formats: &Formats,
    ) -> Result<Self, StoreError> {
        let open = |&table: &&'static Table| OpenTable::create(folder, table, formats);
        let mut tables = Self {
            tables: tables.iter().map(open).collect::<Result<_, _>>()?,
            failure: None,
        };
        tables.mark()?;
        Ok(tables)
    }

    /// Whether writing has failed, so that there is no point in going on.
    pub fn failed(&self) -> bool {
        self.failure.is_some()
    }

    /// Checks that all rows so far could be written.
    ///
    /// # Errors
    /// The first failure; it is returned only once.
    pub fn check(&mut self) -> Result<(), StoreError> {
        self.failure.take().map_or(Ok(()), Err)
    }

    /// Marks all rows so far as finished: [`Tables::rewind`] returns to this point.
    ///
    /// # Errors
    /// If they cannot be written.
    pub fn mark(&mut self) -> Result<(), StoreError> {
        self.check()?;
        for open in &mut self.tables {
            open.marked = open.rows;
            open.each(|writer| writer.mark())?;
        }
        Ok(())
    }

    /// Drops the rows since the last mark, which are those of a run that did not finish.
    ///
    /// # Errors
    /// If the files cannot be shortened, or writing had failed before.
    pub fn rewind(&mut self) -> Result<(), StoreError> {
        self.check()?;
        for open in &mut self.tables {
            open.rows = open.marked;
            open.each(|writer| writer.rewind())?;
        }
        Ok(())
    }

    /// Brings all tables to disk and returns their row counts and digests by file name.
    ///
    /// # Errors
    /// If anything could not be written, now or before.
    pub fn close(mut self) -> Result<BTreeMap<String, FileRecord>, StoreError> {
        self.check()?;
        let mut records = BTreeMap::new();
        for open in self.tables {
            for TableFile { name, path, writer } in open.files {
                writer.close().map_err(|source| failed(&path, source))?;
                let record = FileRecord {
                    rows: Some(open.rows),
                    sha256: digest::of_file(&path).map_err(|source| failed(&path, source))?,
                };
                records.insert(name, record);
            }
        }
        Ok(records)
    }

    fn write(&mut self, table: &'static Table, cells: &[Cell<'_>]) -> Result<(), StoreError> {
        let mut tables = self.tables.iter_mut();
        let Some(open) = tables.find(|open| std::ptr::eq(open.table, table)) else {
            return Ok(());
        };
        check_cells(table, cells)?;
        open.rows += 1;
        open.each(|writer| writer.row(cells))
    }
}

impl Sink for Tables {
    fn row(&mut self, table: &'static Table, cells: &[Cell<'_>]) {
        if self.failure.is_none() {
            self.failure = self.write(table, cells).err();
        }
    }
}

impl OpenTable {
    fn create(folder: &Path, table: &'static Table, formats: &Formats) -> Result<Self, StoreError> {
        let files = formats
            .iter()
            .map(|format| TableFile::create(folder, table, format));
        Ok(Self {
            table,
            files: files.collect::<Result<_, _>>()?,
            rows: 0,
            marked: 0,
        })
    }

    /// Does the same to the file of each format.
    fn each(&mut self, act: impl Fn(&mut dyn Writer) -> io::Result<()>) -> Result<(), StoreError> {
        self.files.iter_mut().try_for_each(|file| {
            act(file.writer.as_mut()).map_err(|source| failed(&file.path, source))
        })
    }
}

impl TableFile {
    fn create(folder: &Path, table: &'static Table, format: Format) -> Result<Self, StoreError> {
        let name = format!("{}.{}", table.name, format.name());
        let path = folder.join(&name);
        let writer = File::create_new(&path).and_then(|file| -> io::Result<Box<dyn Writer>> {
            Ok(match format {
                Format::Csv => Box::new(csv::CsvWriter::new(file, table)?),
                #[cfg(feature = "parquet")]
                Format::Parquet => Box::new(parquet::ParquetWriter::new(file, table)?),
            })
        });
        Ok(Self {
            writer: writer.map_err(|source| failed(&path, source))?,
            name,
            path,
        })
    }
}

/// Refuses cells that may not appear in a table of any format.
fn check_cells(table: &Table, cells: &[Cell<'_>]) -> Result<(), StoreError> {
    if cells.len() != table.width() {
        return Err(StoreError::Misfit {
            place: format!("the table {}", table.name),
        });
    }
    for (column, cell) in table.columns().zip(cells) {
        let place = || format!("{}.{}", table.name, column.name);
        match *cell {
            // A quantity below zero begins with a hyphen, but a spreadsheet takes it for a number at worst.
            Cell::Text(text) if is_formula(text) && Quantity::read(text).is_err() => {
                return Err(StoreError::Formula {
                    what: "name",
                    name: text.to_owned(),
                });
            }
            Cell::Number(number) if !number.is_finite() => {
                return Err(StoreError::NotFinite { place: place() });
            }
            // Only whole numbers up to this limit are read by every program.
            Cell::Whole(whole) if i64::try_from(whole).is_err() => {
                return Err(StoreError::Misfit { place: place() });
            }
            _ if !cell.fits(column) => return Err(StoreError::Misfit { place: place() }),
            _ => {}
        }
    }
    Ok(())
}

fn failed(path: &Path, source: io::Error) -> StoreError {
    StoreError::Io {
        path: path.to_owned(),
        source,
    }
}
