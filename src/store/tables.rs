//! Tables as CSV: quoted as RFC 4180 says, lines ending in LF, numbers that read back exactly.

use super::names::is_formula;
use super::{FileRecord, StoreError, digest};
use crate::measure::schema::TABLES;
use crate::measure::{Cell, Sink, Table};
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs::File;
use std::io::{self, Seek as _, SeekFrom};
use std::path::{Path, PathBuf};

/// Bytes gathered before they go to a file.
const BUFFER: usize = 1 << 17;

/// The tables of a folder, open for writing.
///
/// A failure (a full disk) is kept and ends all writing; [`CsvTables::failed`] tells of it, and
/// [`CsvTables::close`] returns it.
#[derive(Debug)]
pub struct CsvTables {
    files: Vec<TableFile>,
    cell: String,
    failure: Option<StoreError>,
}

/// One table's file.
#[derive(Debug)]
struct TableFile {
    table: &'static Table,
    path: PathBuf,
    writer: csv::Writer<File>,
    rows: u64,
    /// Bytes and rows at the last mark.
    mark: (u64, u64),
}

impl CsvTables {
    /// Opens every table in the folder and writes the headings.
    ///
    /// # Errors
    /// If a file cannot be made.
    pub fn create(folder: &Path) -> Result<Self, StoreError> {
        let files = TABLES.iter().map(|&table| TableFile::create(folder, table));
        let mut tables = Self {
            files: files.collect::<Result<_, _>>()?,
            cell: String::new(),
            failure: None,
        };
        tables.mark()?;
        Ok(tables)
    }

    /// Whether writing has failed: there is no use in going on.
    pub fn failed(&self) -> bool {
        self.failure.is_some()
    }

    /// Whether all rows so far could be taken.
    ///
    /// # Errors
    /// The first failure, once.
    pub fn check(&mut self) -> Result<(), StoreError> {
        self.failure.take().map_or(Ok(()), Err)
    }

    /// All rows so far are finished: [`CsvTables::rewind`] comes back to here.
    ///
    /// # Errors
    /// If they cannot be written.
    pub fn mark(&mut self) -> Result<(), StoreError> {
        self.check()?;
        self.files.iter_mut().try_for_each(TableFile::set_mark)
    }

    /// Drops the rows since the last mark: those of a run that did not come to its end.
    ///
    /// # Errors
    /// If the files cannot be shortened, or writing failed before.
    pub fn rewind(&mut self) -> Result<(), StoreError> {
        self.check()?;
        self.files.iter_mut().try_for_each(TableFile::rewind)
    }

    /// Brings all tables to disk and tells their digests by file name.
    ///
    /// # Errors
    /// If anything could not be written, now or before.
    pub fn close(mut self) -> Result<BTreeMap<String, FileRecord>, StoreError> {
        self.mark()?;
        let records = self.files.into_iter().map(|file| {
            file.writer
                .get_ref()
                .sync_all()
                .map_err(|source| StoreError::Io {
                    path: file.path.clone(),
                    source,
                })?;
            let sha256 = digest::of_file(&file.path)?;
            Ok((
                file_name(file.table),
                FileRecord {
                    rows: Some(file.rows),
                    sha256,
                },
            ))
        });
        records.collect()
    }

    fn write(&mut self, table: &'static Table, cells: &[Cell<'_>]) -> Result<(), StoreError> {
        let Some(file) = self
            .files
            .iter_mut()
            .find(|file| std::ptr::eq(file.table, table))
        else {
            return Ok(());
        };
        for (index, cell) in cells.iter().enumerate() {
            self.cell.clear();
            let text = match *cell {
                Cell::Empty => "",
                Cell::Text(text) if is_formula(text) => {
                    return Err(StoreError::Formula {
                        what: "name",
                        name: text.to_owned(),
                    });
                }
                Cell::Text(text) => text,
                Cell::Number(number) if !number.is_finite() => {
                    let column = table.columns().nth(index).map_or("", |column| column.name);
                    return Err(StoreError::NotFinite {
                        place: format!("{}.{column}", table.name),
                    });
                }
                // Writing to a String cannot fail.
                Cell::Date(date) => {
                    let _ = write!(self.cell, "{date}");
                    &self.cell
                }
                Cell::Whole(whole) => {
                    let _ = write!(self.cell, "{whole}");
                    &self.cell
                }
                Cell::Number(number) => {
                    let _ = write!(self.cell, "{number}");
                    &self.cell
                }
            };
            file.writer
                .write_field(text)
                .map_err(|error| file.failed(error.into()))?;
        }
        file.rows += 1;
        file.writer
            .write_record(None::<&[u8]>)
            .map_err(|error| file.failed(error.into()))
    }
}

impl Sink for CsvTables {
    fn row(&mut self, table: &'static Table, cells: &[Cell<'_>]) {
        if self.failure.is_none() {
            self.failure = self.write(table, cells).err();
        }
    }
}

impl TableFile {
    fn create(folder: &Path, table: &'static Table) -> Result<Self, StoreError> {
        let path = folder.join(file_name(table));
        let failed = |source| StoreError::Io {
            path: path.clone(),
            source,
        };
        let file = File::create_new(&path).map_err(failed)?;
        let mut writer = csv::WriterBuilder::new()
            .buffer_capacity(BUFFER)
            .from_writer(file);
        let heading = table.columns().map(|column| column.name);
        writer
            .write_record(heading)
            .map_err(|error| failed(error.into()))?;
        Ok(Self {
            table,
            path,
            writer,
            rows: 0,
            mark: (0, 0),
        })
    }

    fn set_mark(&mut self) -> Result<(), StoreError> {
        let position = self
            .writer
            .flush()
            .and_then(|()| self.writer.get_ref().stream_position());
        self.mark = (position.map_err(|source| self.failed(source))?, self.rows);
        Ok(())
    }

    fn rewind(&mut self) -> Result<(), StoreError> {
        let (bytes, rows) = self.mark;
        let shortened = self.writer.flush().and_then(|()| {
            let mut file = self.writer.get_ref();
            file.set_len(bytes)?;
            file.seek(SeekFrom::Start(bytes))
        });
        shortened.map_err(|source| self.failed(source))?;
        self.rows = rows;
        Ok(())
    }

    fn failed(&self, source: io::Error) -> StoreError {
        StoreError::Io {
            path: self.path.clone(),
            source,
        }
    }
}

fn file_name(table: &Table) -> String {
    format!("{}.csv", table.name)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::Observer as _;
    use crate::measure::schema::{HOMES, OUTCOMES};
    use crate::measure::test_support::{run, scenario};
    use crate::measure::{Recorder, RunKey};

    fn record(tables: &mut CsvTables, replicate: u32) {
        let scenario = scenario();
        let mut recorder = Recorder::new(&scenario, RunKey { draw: 0, replicate }, tables);
        for owned in run() {
            recorder.record(&owned.report());
        }
        recorder.finish();
    }

    #[test]
    fn what_is_dropped_leaves_no_trace() {
        let (one, two) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        let mut tables = CsvTables::create(one.path()).unwrap();
        record(&mut tables, 0);
        let straight = tables.close().unwrap();
        let mut tables = CsvTables::create(two.path()).unwrap();
        record(&mut tables, 0);
        tables.mark().unwrap();
        record(&mut tables, 1);
        tables.rewind().unwrap();
        assert_eq!(tables.close().unwrap(), straight);
    }

    #[test]
    fn rows_have_as_many_cells_as_the_heading() {
        let folder = tempfile::tempdir().unwrap();
        let mut tables = CsvTables::create(folder.path()).unwrap();
        record(&mut tables, 0);
        let records = tables.close().unwrap();
        for table in TABLES {
            let path = folder.path().join(file_name(table));
            let mut reader = csv::Reader::from_path(path).unwrap();
            let rows = reader.records().filter(Result::is_ok).count();
            assert_eq!(
                Some(rows as u64),
                records[&file_name(table)].rows,
                "{}",
                table.name
            );
        }
        assert_eq!(records["homes.csv"].rows, Some(6));
        assert_eq!(HOMES.width(), 26);
    }

    #[test]
    fn numbers_read_back_exactly_and_formulas_do_not_get_in() {
        let folder = tempfile::tempdir().unwrap();
        let mut tables = CsvTables::create(folder.path()).unwrap();
        let row = |tables: &mut CsvTables, group: &str, value: f64| {
            let text = Cell::Text;
            tables.row(
                &OUTCOMES,
                &[
                    text("s"),
                    Cell::Whole(0),
                    Cell::Whole(0),
                    text("left"),
                    text(group),
                    text("ALL"),
                    text("persons"),
                    Cell::Number(value),
                ],
            );
        };
        let values = [0.1 + 0.2, 1e-9, 145_800_000.0, f64::MIN_POSITIVE, -2.5];
        for value in values {
            row(&mut tables, "a,\"b\"", value);
        }
        row(&mut tables, "=SUM(A1)", 1.0);
        assert!(tables.failed());
        assert!(matches!(tables.rewind(), Err(StoreError::Formula { .. })));
        tables.mark().unwrap();
        let text = std::fs::read_to_string(folder.path().join("outcomes.csv")).unwrap();
        let mut reader = csv::Reader::from_reader(text.as_bytes());
        let read: Vec<f64> = reader
            .records()
            .take(5)
            .map(|r| r.unwrap()[7].parse().unwrap())
            .collect();
        assert_eq!(read, values);
        assert!(!text.contains('\r') && text.contains("\"a,\"\"b\"\"\""));
    }
}
