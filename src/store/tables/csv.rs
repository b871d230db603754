//! A table as CSV: quoted as in RFC 4180, with lines that end in LF and numbers that read back exactly.

use super::Writer;
use crate::measure::{Cell, Table};
use std::fmt::Write as _;
use std::fs::File;
use std::io::{self, Seek as _, SeekFrom};

/// Number of bytes that are buffered before they go to a file.
const BUFFER: usize = 1 << 17;

/// The CSV file of a table.
#[derive(Debug)]
pub(super) struct CsvWriter {
    writer: csv::Writer<File>,
    /// Buffer for the cell being written, kept to save allocations.
    cell: String,
    /// Length of the file in bytes at the last mark.
    mark: u64,
}

impl CsvWriter {
    /// Writes the heading to a new file.
    pub fn new(file: File, table: &Table) -> io::Result<Self> {
        let mut writer = csv::WriterBuilder::new()
            .buffer_capacity(BUFFER)
            .from_writer(file);
        writer.write_record(table.columns().map(|column| column.name))?;
        Ok(Self {
            writer,
            cell: String::new(),
            mark: 0,
        })
    }
}

impl Writer for CsvWriter {
    fn row(&mut self, cells: &[Cell<'_>]) -> io::Result<()> {
        for cell in cells {
            self.cell.clear();
            // Writing to a String cannot fail.
            let _ = match *cell {
                Cell::Empty => Ok(()),
                Cell::Text(text) => {
                    self.writer.write_field(text)?;
                    continue;
                }
                Cell::Date(date) => write!(self.cell, "{date}"),
                Cell::Whole(whole) => write!(self.cell, "{whole}"),
                Cell::Number(number) => write!(self.cell, "{number}"),
            };
            self.writer.write_field(&self.cell)?;
        }
        self.writer.write_record(None::<&[u8]>)?;
        Ok(())
    }

    fn mark(&mut self) -> io::Result<()> {
        self.writer.flush()?;
        self.mark = self.writer.get_ref().stream_position()?;
        Ok(())
    }

    fn rewind(&mut self) -> io::Result<()> {
        self.writer.flush()?;
        let mut file = self.writer.get_ref();
        file.set_len(self.mark)?;
        file.seek(SeekFrom::Start(self.mark))?;
        Ok(())
    }

    fn close(mut self: Box<Self>) -> io::Result<()> {
        self.writer.flush()?;
        self.writer.get_ref().sync_all()
    }
}
