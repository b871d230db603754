//! Texts of CSV that people write, read so that problems can name their line.

use crate::scenario::{Origin, Problem, Problems, SourceText};
use csv::StringRecord;
use std::sync::Arc;

/// A text and its records, the heading first, of whatever length each is; `name` is its name in messages. Lines that begin
/// with `comment` say nothing.
///
/// # Errors
/// If it is no CSV.
pub(crate) fn csv_records(
    name: &str,
    text: &str,
    comment: Option<u8>,
) -> Result<(Arc<SourceText>, Vec<StringRecord>), Problems> {
    let source = Arc::new(SourceText {
        name: name.to_owned(),
        text: text.to_owned(),
        origin: Origin::Memory,
    });
    let mut reader = csv::ReaderBuilder::new()
        .flexible(true)
        .has_headers(false)
        .comment(comment)
        .from_reader(text.as_bytes());
    let records: Result<Vec<StringRecord>, csv::Error> = reader.records().collect();
    let records = records.map_err(|error| {
        Problem::error(format!("{name} is no CSV: {error}"))
            .expected("a line for each record, with commas between its cells")
            .cure("save the file as CSV in UTF-8, a cell that contains a comma in quotes")
    })?;
    Ok((source, records))
}
