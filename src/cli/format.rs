//! `--format`: how the tables of a results folder are written.

use crate::store::{Format, Formats};
use clap::Args;

/// The flag of commands that write tables which people look at.
#[derive(Debug, Args)]
pub(super) struct TableArguments {
    /// Formats of the tables: csv, parquet, or both as csv,parquet
    #[arg(
        long = "format",
        value_name = "FORMATS",
        default_value = Format::Csv.name(),
        value_parser = formats
    )]
    pub formats: Formats,
}

/// The flag of commands that write tables which programs read: a sweep can have millions of rows.
#[derive(Debug, Args)]
pub(super) struct LongTableArguments {
    /// Formats of the tables: parquet, csv, or both as csv,parquet
    #[arg(
        long = "format",
        value_name = "FORMATS",
        default_value = Format::COMPACT.name(),
        value_parser = formats
    )]
    pub formats: Formats,
}

/// Parses a comma-separated list of formats; an error says everything that is wrong with it.
fn formats(list: &str) -> Result<Formats, String> {
    const CURE: &str = "expected csv, parquet or csv,parquet";
    if list.trim().is_empty() {
        return Err(format!("the list is empty; {CURE}"));
    }
    let (mut found, mut problems) = (Vec::new(), Vec::new());
    for word in list.split(',').map(str::trim) {
        match Format::ALL.iter().find(|format| format.name() == word) {
            Some(format) if found.contains(format) => {
                problems.push(format!("`{word}` is listed twice"));
            }
            Some(&format) => found.push(format),
            None if word.is_empty() => problems.push("a format is missing at a comma".to_owned()),
            None if word == "parquet" => return Err(NOT_BUILT.to_owned()),
            None => problems.push(format!("`{word}` is not a table format")),
        }
    }
    match Formats::new(found) {
        Some(formats) if problems.is_empty() => Ok(formats),
        _ => Err(format!("{}; {CURE}", problems.join(", "))),
    }
}

/// The message of a build that cannot write Parquet.
const NOT_BUILT: &str = "this build of exeunt cannot write Parquet, because it was built without the feature \
     `parquet`; leave --format out for CSV, or build with --features parquet";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn csv_is_a_format_and_the_default() {
        assert_eq!(formats("csv"), Ok(Formats::default()));
    }

    #[test]
    fn everything_wrong_is_told_at_once() {
        for (list, words) in [
            ("", &["the list is empty"][..]),
            ("csv,csv", &["`csv` is listed twice"]),
            ("csv,", &["a format is missing"]),
            ("CSV", &["`CSV` is not a table format"]),
            (
                "xls,csv,csv,",
                &["`xls`", "`csv` is listed twice", "missing"],
            ),
        ] {
            let message = formats(list).unwrap_err();
            for word in words
                .iter()
                .chain(&["expected csv, parquet or csv,parquet"])
            {
                assert!(message.contains(word), "{list:?}: {message}");
            }
        }
    }

    #[cfg(feature = "parquet")]
    #[test]
    fn the_order_of_formats_does_not_matter() {
        let both = formats("csv,parquet").unwrap();
        assert_eq!(formats("parquet, csv"), Ok(both.clone()));
        assert!(both.iter().eq([Format::Csv, Format::Parquet]));
    }
}
