//! Rows of tables that were written, and sums over them.

use std::collections::{BTreeMap, HashMap};
use std::path::Path;

pub type Row = HashMap<String, String>;

/// A table that was written.
pub fn table(folder: &Path, name: &str) -> Vec<Row> {
    let mut reader = csv::Reader::from_path(folder.join(format!("{name}.csv"))).unwrap();
    reader.deserialize().map(|row| row.unwrap()).collect()
}

/// A cell of whole persons; an empty one counts for nothing.
pub fn persons(row: &Row, column: &str) -> i64 {
    match row[column].as_str() {
        "" => 0,
        text => text.parse().unwrap(),
    }
}

pub fn sum(row: &Row, columns: &[&str]) -> i64 {
    columns.iter().map(|column| persons(row, column)).sum()
}

/// The cells of some columns, joined: a key.
pub fn key(row: &Row, columns: &[&str]) -> String {
    columns
        .iter()
        .map(|column| row[*column].as_str())
        .collect::<Vec<_>>()
        .join(",")
}

/// Sums of a column by key.
pub fn sums(table: &[Row], columns: &[&str], value: &str) -> BTreeMap<String, i64> {
    let mut sums = BTreeMap::new();
    for row in table {
        *sums.entry(key(row, columns)).or_default() += persons(row, value);
    }
    sums.retain(|_, sum| *sum != 0);
    sums
}
