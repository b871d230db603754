//! The analysis of a comparison: what runs of several scenarios with the same draws say about the
//! differences between them.
//!
//! Pure arithmetic on [`Outcome`]s, in a fixed order: the same cells in any order give the same bits.
//! [`Comparison`] has a row for each outcome of each scenario. [`headlines`] are the few that are shown
//! first; [`Movers`] says which parameters move them, [`Flips`] which of those change their sign, and
//! [`BreakEvens`] how much opposition abroad must count for a ranking to change. [`Substituted`] sums up what
//! became of the same persons.

mod break_even;
mod chance;
mod flips;
mod headlines;
mod key;
mod movers;
mod nested;
mod precision;
mod row;
mod substitution;
#[cfg(test)]
pub(crate) mod test_support;
#[cfg(test)]
mod tests;
mod verdict;

use super::points;
use crate::measure::{Outcome, Sink};
use std::collections::BTreeMap;

pub use break_even::{BreakEvenRow, BreakEvens, Side};
pub use flips::{FlipRow, FlipVerdict, Flips, Verified};
pub use headlines::{Form, headlines, label};
pub use key::OutcomeKey;
pub use movers::{Line, Movers, Varied, differ_in_sign};
pub(in crate::analyse) use nested::Nested;
pub use row::{ComparedRow, Spread};
pub use substitution::{FateRow, Substituted};
pub use verdict::{Agreement, DRAWS_FOR_VERDICT, FEWEST_FOR_POINTS};

/// One set of parameters and one replicate, run for every scenario.
#[derive(Debug, Clone, PartialEq)]
pub struct Cell {
    /// Number of the set of parameters.
    pub draw: u32,
    /// Number of the replicate, which has random numbers of its own; no two cells agree in both numbers.
    pub replicate: u32,
    /// The outcomes of each scenario, the base first. A failed run has none, and its pair counts nowhere.
    pub outcomes: Vec<Vec<Outcome>>,
}

/// Every scenario against the base.
#[derive(Debug, Clone, PartialEq)]
pub struct Comparison {
    /// The scenarios, the base first.
    pub names: Vec<String>,
    /// A row for each outcome that any run of the base or the scenario has, sorted by scenario name and outcome key.
    pub rows: Vec<ComparedRow>,
}

/// One number from every run, by scenario and cell.
type Numbers = Vec<Vec<Option<f64>>>;

impl Comparison {
    /// Compares every scenario with the base, which is the first.
    pub fn of(names: Vec<String>, cells: &[Cell]) -> Self {
        let mut sorted: Vec<&Cell> = cells.iter().collect();
        sorted.sort_by_key(|cell| (cell.draw, cell.replicate));
        let mut outcomes: BTreeMap<OutcomeKey, (&str, Numbers)> = BTreeMap::new();
        for (column, cell) in sorted.iter().enumerate() {
            for (scenario, run) in cell.outcomes.iter().enumerate().take(names.len()) {
                for outcome in run {
                    let empty = || (outcome.unit, vec![vec![None; sorted.len()]; names.len()]);
                    let key = OutcomeKey::from(outcome);
                    let (_, numbers) = outcomes.entry(key).or_insert_with(empty);
                    numbers[scenario][column] = Some(outcome.value);
                }
            }
        }
        let mut order: Vec<usize> = (1..names.len()).collect();
        order.sort_by(|a, b| (&names[*a], a).cmp(&(&names[*b], b)));
        let mut rows = Vec::new();
        for scenario in order {
            for (key, (unit, numbers)) in &outcomes {
                let (base, other) = (&numbers[0], &numbers[scenario]);
                let draws = sorted.iter().map(|cell| cell.draw);
                let runs: Vec<_> = draws
                    .zip(base.iter().zip(other))
                    .map(|(draw, (base, other))| (draw, *base, *other))
                    .collect();
                if runs
                    .iter()
                    .any(|(_, base, other)| base.or(*other).is_some())
                {
                    rows.push(ComparedRow::of(scenario, key.clone(), unit, &runs));
                }
            }
        }
        Self { names, rows }
    }

    /// The rows of a scenario, sorted by key.
    pub fn of_scenario(&self, scenario: usize) -> impl Iterator<Item = &ComparedRow> {
        self.rows.iter().filter(move |row| row.scenario == scenario)
    }

    /// The row of an outcome in a scenario.
    pub fn row(&self, scenario: usize, key: &OutcomeKey) -> Option<&ComparedRow> {
        self.of_scenario(scenario).find(|row| row.key == *key)
    }

    /// Writes the rows of the table `comparison`.
    pub fn write(&self, sink: &mut impl Sink) {
        let Some(base) = self.names.first() else {
            return;
        };
        for row in &self.rows {
            if let Some(scenario) = self.names.get(row.scenario) {
                row.write(base, scenario, sink);
            }
        }
    }
}
