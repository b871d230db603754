//! Runs made up for tests.

use super::{Cell, OutcomeKey};
use crate::draw::{Decision, Key, normal_quantile};
use crate::measure::{Cell as TableCell, Outcome, Sink, Table, definition};

/// An outcome with the unit it is defined with.
pub(crate) fn outcome(id: &str, group: &str, country: &str, value: f64) -> Outcome {
    let definition = definition(id).unwrap_or_else(|| panic!("{id} is no outcome"));
    Outcome {
        id: definition.id,
        group: group.to_owned(),
        country: country.to_owned(),
        unit: definition.unit,
        value,
        agents: None,
    }
}

/// Cells of `draws` draws and `replicates` replicates; `run(scenario, draw, replicate)` gives the outcomes of a run.
pub(crate) fn cells(
    scenarios: usize,
    draws: u32,
    replicates: u32,
    run: impl Fn(usize, u32, u32) -> Vec<Outcome>,
) -> Vec<Cell> {
    let pairs = (0..draws).flat_map(|draw| (0..replicates).map(move |other| (draw, other)));
    let cell = |(draw, replicate)| Cell {
        draw,
        replicate,
        outcomes: (0..scenarios)
            .map(|scenario| run(scenario, draw, replicate))
            .collect(),
    };
    pairs.map(cell).collect()
}

pub(crate) fn names(scenarios: usize) -> Vec<String> {
    let name = |scenario| match scenario {
        0 => "base".to_owned(),
        _ => format!("policy-{scenario}"),
    };
    (0..scenarios).map(name).collect()
}

pub(super) fn left() -> OutcomeKey {
    OutcomeKey::of_all("left")
}

/// A standard normal number, determined by its arguments.
pub(crate) fn normal(data_set: u32, draw: u32, replicate: u32, what: u32) -> f64 {
    let key = Key::of_run(7, draw, replicate, "made up for tests");
    let [u, _] = key.words(data_set, 0, Decision::Age, what).uniforms();
    normal_quantile(u.max(1e-300))
}

/// The mean of numbers and its standard error.
pub(super) fn mean_and_error(numbers: &[f64]) -> (f64, f64) {
    let mean = numbers.iter().sum::<f64>() / numbers.len() as f64;
    let variance = super::nested::variance(numbers).unwrap();
    (mean, (variance / numbers.len() as f64).sqrt())
}

/// Keeps rows as text, and checks them against the table: widths, kinds and the order of keys.
#[derive(Debug, Default)]
pub(crate) struct Rows(pub Vec<Vec<String>>, Option<(&'static str, Vec<String>)>);

impl Sink for Rows {
    fn row(&mut self, table: &'static Table, cells: &[TableCell<'_>]) {
        assert_eq!(cells.len(), table.width(), "{}", table.name);
        let (mut texts, mut keys) = (Vec::new(), Vec::new());
        for (cell, column) in cells.iter().zip(table.columns()) {
            assert!(
                cell.fits(column),
                "{}.{}: {cell:?}",
                table.name,
                column.name
            );
            let text = match cell {
                TableCell::Empty => String::new(),
                TableCell::Text(text) => (*text).to_owned(),
                TableCell::Date(date) => date.to_string(),
                TableCell::Whole(number) => number.to_string(),
                TableCell::Number(number) => {
                    assert!(number.is_finite(), "{}.{}", table.name, column.name);
                    number.to_string()
                }
            };
            if column.key {
                // Padded, so that whole numbers sort by size and not by their first digit.
                let is_whole = matches!(cell, TableCell::Whole(_));
                keys.push(if is_whole {
                    format!("{text:0>20}")
                } else {
                    text.clone()
                });
            }
            texts.push(text);
        }
        if let Some((name, last)) = &self.1
            && *name == table.name
        {
            assert!(*last < keys, "{name}: {last:?} stands before {keys:?}");
        }
        self.1 = Some((table.name, keys));
        self.0.push(texts);
    }
}
