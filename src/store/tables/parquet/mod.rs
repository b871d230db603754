//! A table as Parquet: row groups of a fixed number of rows, compressed with Snappy. The bytes depend only on the rows.
//!
//! Rows wait until they fill a row group, so memory does not grow with their number. The footer, which lists the row
//! groups, is written last. Until then the file can be shortened, and for that reason the groups are written one by
//! one and not by the library's writer of whole files, which cannot take anything back.

mod rows;
mod schema;
#[cfg(test)]
mod tests;

use super::Writer;
use crate::measure::{Cell, Table};
use parquet::basic::Compression;
use parquet::errors::ParquetError;
use parquet::file::metadata::{
    FileMetaData, ParquetMetaData, ParquetMetaDataWriter, RowGroupMetaData,
};
use parquet::file::properties::{EnabledStatistics, WriterProperties};
use parquet::file::writer::{SerializedRowGroupWriter, TrackedWrite};
use parquet::schema::types::SchemaDescriptor;
use rows::{Names, Rows};
use std::fs::File;
use std::io::{self, Seek as _, SeekFrom, Write};
use std::sync::Arc;

/// Number of rows in a row group; the last one of a file holds the rest.
const GROUP_ROWS: usize = 1 << 15;

/// The bytes with which a Parquet file begins and ends.
const MAGIC: &[u8] = b"PAR1";

/// The Parquet file of a table.
#[derive(Debug)]
pub(super) struct ParquetWriter {
    table: &'static Table,
    schema: Arc<SchemaDescriptor>,
    properties: Arc<WriterProperties>,
    file: Tracked,
    /// The row groups that have been written to the file.
    groups: Vec<Arc<RowGroupMetaData>>,
    /// The rows that have not been written yet.
    rows: Rows,
    /// The names that have appeared in each column.
    names: Vec<Names>,
    mark: Mark,
}

/// The position at which the finished rows end.
#[derive(Debug, Default)]
struct Mark {
    /// Length of the file in bytes.
    bytes: u64,
    groups: usize,
    /// Number of rows that were waiting for the next group.
    rows: usize,
    /// Those rows, if they have since been written together with later ones.
    kept: Option<Rows>,
}

impl ParquetWriter {
    /// Begins a new file.
    pub fn new(file: File, table: &'static Table) -> io::Result<Self> {
        let mut file = Tracked::begin(file);
        file.0.write_all(MAGIC)?;
        let properties = WriterProperties::builder()
            .set_compression(Compression::SNAPPY)
            .set_statistics_enabled(EnabledStatistics::Chunk)
            .set_offset_index_disabled(true)
            .build();
        Ok(Self {
            table,
            schema: Arc::new(schema::columns(table).map_err(plain)?),
            properties: Arc::new(properties),
            file,
            groups: Vec::new(),
            rows: Rows::new(table),
            names: table.columns().map(|_| Names::default()).collect(),
            mark: Mark::default(),
        })
    }

    /// Writes the waiting rows as a row group.
    fn write_group(&mut self) -> io::Result<()> {
        let number = i32::try_from(self.groups.len()).map_err(io::Error::other)?;
        let mut group = SerializedRowGroupWriter::new(
            Arc::clone(&self.schema),
            Arc::clone(&self.properties),
            &mut self.file.0,
            number,
            None,
        );
        self.rows.write(&mut group, &self.names).map_err(plain)?;
        self.groups.push(group.close().map_err(plain)?);
        let mut written = std::mem::replace(&mut self.rows, Rows::new(self.table));
        // Only the first group after the mark can contain finished rows.
        if self.mark.rows > 0 && self.mark.kept.is_none() {
            written.truncate(self.mark.rows);
            self.mark.kept = Some(written);
        }
        Ok(())
    }

    fn write_footer(&mut self) -> io::Result<()> {
        let groups: Vec<_> = self.groups.iter().map(|group| (**group).clone()).collect();
        let about = FileMetaData::new(
            self.properties.writer_version().as_num(),
            groups.iter().map(RowGroupMetaData::num_rows).sum(),
            Some(schema::CREATED_BY.to_owned()),
            Some(schema::metadata(self.table)),
            Arc::clone(&self.schema),
            None,
        );
        let about = ParquetMetaData::new(about, groups);
        // The footer goes through a buffer, because the library's writer of footers would hide a failure to write its
        // last bytes.
        let mut footer = Vec::new();
        ParquetMetaDataWriter::new(&mut footer, &about)
            .finish()
            .map_err(plain)?;
        self.file.0.write_all(&footer)
    }
}

impl Writer for ParquetWriter {
    fn row(&mut self, cells: &[Cell<'_>]) -> io::Result<()> {
        self.rows.push(cells, &mut self.names);
        match self.rows.count() {
            GROUP_ROWS => self.write_group(),
            _ => Ok(()),
        }
    }

    fn mark(&mut self) -> io::Result<()> {
        self.mark = Mark {
            bytes: self.file.0.bytes_written() as u64,
            groups: self.groups.len(),
            rows: self.rows.count(),
            kept: None,
        };
        Ok(())
    }

    fn rewind(&mut self) -> io::Result<()> {
        if self.groups.len() > self.mark.groups {
            self.file.shorten(self.mark.bytes)?;
            self.groups.truncate(self.mark.groups);
            let kept = self.mark.kept.take();
            self.rows = kept.unwrap_or_else(|| Rows::new(self.table));
        }
        self.rows.truncate(self.mark.rows);
        Ok(())
    }

    fn close(mut self: Box<Self>) -> io::Result<()> {
        if self.rows.count() > 0 {
            self.write_group()?;
        }
        self.write_footer()?;
        self.file.0.flush()?;
        self.file.0.inner().file.sync_all()
    }
}

/// A file that counts the bytes written to it.
struct Tracked(TrackedWrite<Tail>);

/// A file that skips bytes that it already has.
struct Tail {
    file: File,
    skip: u64,
}

impl Tracked {
    fn begin(file: File) -> Self {
        Self(TrackedWrite::new(Tail { file, skip: 0 }))
    }

    /// Drops all but the first `bytes` bytes. The library counts the bytes of a file itself and always begins at 0,
    /// so the bytes that stay are counted once more.
    fn shorten(&mut self, bytes: u64) -> io::Result<()> {
        self.0.flush()?;
        let mut file = self.0.inner().file.try_clone()?;
        file.set_len(bytes)?;
        file.seek(SeekFrom::Start(bytes))?;
        self.0 = TrackedWrite::new(Tail { file, skip: bytes });
        io::copy(&mut io::Read::take(io::repeat(0), bytes), &mut self.0)?;
        Ok(())
    }
}

impl Write for Tail {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.skip == 0 {
            return self.file.write(bytes);
        }
        let passed = self.skip.min(bytes.len() as u64);
        self.skip -= passed;
        Ok(passed as usize)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}

impl std::fmt::Debug for Tracked {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let bytes = self.0.bytes_written();
        f.debug_struct("Tracked").field("bytes", &bytes).finish()
    }
}

/// The system's own error, if the library only wraps one.
fn plain(error: ParquetError) -> io::Error {
    match error {
        ParquetError::External(source) => match source.downcast::<io::Error>() {
            Ok(source) => *source,
            Err(source) => io::Error::other(source),
        },
        error => io::Error::other(error),
    }
}
