//! Tables in every format: what is written, dropped, refused and read back.

use super::*;
use crate::engine::Observer as _;
use crate::measure::schema::{FLOWS, HOMES, OUTCOMES, TABLES};
use crate::measure::test_support::{run, scenario};
use crate::measure::{Recorder, RunKey};
use crate::store::{Destination, Folder};
use std::fs;

fn every_format() -> Formats {
    Formats::new(Format::ALL.to_vec()).unwrap()
}

fn create(folder: &Path) -> Tables {
    Tables::create_these(folder, TABLES, &every_format()).unwrap()
}

fn record(tables: &mut Tables, replicate: u32) {
    let scenario = scenario();
    let mut recorder = Recorder::new(&scenario, RunKey { draw: 0, replicate }, tables);
    for owned in run() {
        recorder.record(&owned.report());
    }
    recorder.finish();
}

/// Writes one row of outcomes.
fn outcome(tables: &mut Tables, group: &str, value: f64) {
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
}

/// Writes rows of outcomes, each with a number of its own.
fn outcomes(tables: &mut Tables, numbers: std::ops::Range<u32>) {
    for number in numbers {
        let group = if number.is_multiple_of(3) {
            "ALL"
        } else {
            "others"
        };
        outcome(tables, group, f64::from(number) / 7.0);
    }
    assert!(!tables.failed());
}

#[test]
fn what_is_dropped_leaves_no_trace() {
    let (one, two) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let mut tables = create(one.path());
    record(&mut tables, 0);
    let straight = tables.close().unwrap();
    let mut tables = create(two.path());
    record(&mut tables, 0);
    tables.mark().unwrap();
    record(&mut tables, 1);
    tables.rewind().unwrap();
    assert_eq!(tables.close().unwrap(), straight);
}

/// The same with runs that end in the middle of a row group and go on for several groups.
#[test]
fn what_is_dropped_leaves_no_trace_in_long_tables() {
    let (one, two) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let mut tables = create(one.path());
    outcomes(&mut tables, 0..100_000);
    let straight = tables.close().unwrap();
    let mut tables = create(two.path());
    for dropped in [10, 80_000, 200_000] {
        outcomes(&mut tables, 0..dropped);
        tables.rewind().unwrap();
    }
    outcomes(&mut tables, 0..40_000);
    tables.mark().unwrap();
    for dropped in [10, 30_000, 200_000, 25_536] {
        outcomes(&mut tables, 7..dropped + 7);
        tables.rewind().unwrap();
    }
    outcomes(&mut tables, 40_000..100_000);
    tables.mark().unwrap();
    outcomes(&mut tables, 0..31_072);
    tables.rewind().unwrap();
    assert_eq!(tables.close().unwrap(), straight);
    assert_eq!(straight["outcomes.csv"].rows, Some(100_000));
}

#[test]
fn rows_have_as_many_cells_as_the_heading() {
    let folder = tempfile::tempdir().unwrap();
    let mut tables = create(folder.path());
    record(&mut tables, 0);
    let records = tables.close().unwrap();
    for table in TABLES {
        let name = format!("{}.csv", table.name);
        let mut reader = ::csv::Reader::from_path(folder.path().join(&name)).unwrap();
        let rows = reader.records().filter(Result::is_ok).count();
        assert_eq!(Some(rows as u64), records[&name].rows, "{name}");
    }
    assert_eq!(records["homes.csv"].rows, Some(6));
    assert_eq!(HOMES.width(), 26);
}

#[test]
fn numbers_read_back_exactly_and_formulas_do_not_get_in() {
    let folder = tempfile::tempdir().unwrap();
    let mut tables = create(folder.path());
    let values = [0.1 + 0.2, 1e-9, 145_800_000.0, f64::MIN_POSITIVE, -2.5];
    for value in values {
        outcome(&mut tables, "a,\"b\"", value);
    }
    outcome(&mut tables, "=SUM(A1)", 1.0);
    assert!(tables.failed());
    assert!(matches!(tables.rewind(), Err(StoreError::Formula { .. })));
    tables.mark().unwrap();
    let text = fs::read_to_string(folder.path().join("outcomes.csv")).unwrap();
    let mut reader = ::csv::Reader::from_reader(text.as_bytes());
    let read: Vec<f64> = reader
        .records()
        .take(5)
        .map(|r| r.unwrap()[7].parse().unwrap())
        .collect();
    assert_eq!(read, values);
    assert!(!text.contains('\r') && text.contains("\"a,\"\"b\"\"\""));
}

#[test]
fn what_does_not_fit_its_column_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let date = Cell::Date(jiff::civil::date(2022, 2, 7));
    let (text, whole) = (Cell::Text("RU"), Cell::Whole(1));
    let flow = [
        text, whole, whole, date, whole, text, text, text, text, text, text, whole,
    ];
    let mut tables = create(folder.path());
    let mut refused = |column: usize, cell| {
        let mut cells = flow;
        cells[column] = cell;
        tables.row(&FLOWS, &cells);
        tables.check().err().map(|error| error.to_string())
    };
    // The channel is the one key that may be empty.
    assert_eq!(refused(9, Cell::Empty), None);
    for (column, cell, name) in [
        (8, Cell::Empty, "flows.to"),
        (1, Cell::Number(1.0), "flows.draw"),
        (3, text, "flows.date"),
        (11, Cell::Whole(1 << 63), "flows.persons"),
    ] {
        let message = refused(column, cell).unwrap_or_default();
        assert!(message.contains(name), "{column}: {message:?}");
    }
    tables.row(&FLOWS, &flow[1..]);
    assert!(matches!(tables.check(), Err(StoreError::Misfit { .. })));
}

/// A disk that takes nothing, for one of the files.
#[test]
fn a_file_that_cannot_be_written_fails_and_leaves_no_folder() {
    let here = tempfile::tempdir().unwrap();
    for &format in Format::ALL {
        let folder =
            Folder::create(Destination::check(&here.path().join("run"), false).unwrap()).unwrap();
        let mut tables = create(folder.path());
        let open = tables
            .tables
            .iter_mut()
            .find(|t| t.table == &OUTCOMES)
            .unwrap();
        let ending = format!(".{}", format.name());
        let broken = open
            .files
            .iter_mut()
            .find(|f| f.name.ends_with(&ending))
            .unwrap();
        let path = here.path().join("read-only");
        fs::write(&path, "").unwrap();
        let file = File::open(&path).unwrap();
        broken.writer = match format {
            Format::Csv => Box::new(csv::CsvWriter::new(file, &OUTCOMES).unwrap()),
            #[cfg(feature = "parquet")]
            Format::Parquet => Box::new(parquet::ParquetWriter::new(file, &OUTCOMES).unwrap()),
        };
        // Enough rows that something has to be written before the end.
        for number in 0..100_000 {
            outcome(&mut tables, "ALL", f64::from(number) * 0.1);
        }
        assert!(tables.failed(), "{format:?}");
        let error = tables.close().unwrap_err();
        assert!(matches!(error, StoreError::Io { .. }), "{error:?}");
        assert!(error.to_string().contains(&ending), "{error}");
        drop(folder);
        fs::remove_file(path).unwrap();
        assert_eq!(fs::read_dir(here.path()).unwrap().count(), 0, "{format:?}");
    }
}
