//! CSV files that people write, read so that problems can name their line.

use crate::scenario::{Origin, Place, Problem, Problems, SourceText};
use csv::{Reader, StringRecord};
use std::sync::Arc;

/// A text and its records, the header first; records may differ in length. `name` is the text's name in
/// messages. Lines that begin with `comment` are skipped.
///
/// # Errors
/// If it is not CSV, or its cells are separated by other characters than commas.
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
    let records: Result<Vec<StringRecord>, csv::Error> =
        reader(text, comment).into_records().collect();
    let records = records.map_err(|error| {
        Problem::error(format!("{name} is not CSV: {error}"))
            .expected("a line for each record, with commas between its cells")
            .cure("save the file as CSV in UTF-8, with quotes around a cell that contains a comma")
    })?;
    // Spreadsheets save such files where the comma is the decimal sign.
    let by_other = |heading: &StringRecord| {
        let only = heading.iter().next().filter(|_| heading.len() == 1)?;
        [(';', "semicolons"), ('\t', "tabs")]
            .into_iter()
            .find(|(sign, _)| only.contains(*sign))
    };
    if let Some((_, signs)) = records.first().and_then(by_other) {
        return Err(Problem::error(format!("the cells of {name} are separated by {signs}"))
            .at(&Place::new(&source, 0..0))
            .expected("commas between cells, and points in numbers")
            .cure("save it as CSV with commas; if the spreadsheet offers no choice, set its language to English and save again")
            .into());
    }
    Ok((source, records))
}

/// The cells of the header alone; empty if the text is not CSV, which [`csv_records`] reports.
pub(crate) fn csv_heading(text: &str, comment: Option<u8>) -> Vec<String> {
    let first = reader(text, comment).into_records().next();
    let heading = first.and_then(Result::ok).unwrap_or_default();
    heading.iter().map(|cell| cell.trim().to_owned()).collect()
}

fn reader(text: &str, comment: Option<u8>) -> Reader<&[u8]> {
    csv::ReaderBuilder::new()
        .flexible(true)
        .has_headers(false)
        .comment(comment)
        .from_reader(text.as_bytes())
}
