//! The headline outcomes of a scenario beside those of the base.

use super::super::Screen;
use super::super::columns::{self, Column};
use super::super::number::grouped;
use super::{Differences, INDENT, amount, paragraph};
use crate::analyse::comparison::{
    ComparedRow, DRAWS_FOR_VERDICT, FEWEST_FOR_POINTS, Spread, headlines,
};
use console::truncate_str;

/// The least number of columns of a label.
const LABEL: usize = 16;

impl Differences<'_> {
    /// Two lines for each headline: both means and the difference, then what is known about the difference.
    pub(super) fn outcomes(&self, scenario: usize, screen: &Screen) -> Vec<String> {
        let rows = self.headlines(scenario);
        let table = self.columns(&rows, screen);
        let table = columns::lines(&table, |heading| screen.dim(heading));
        let mut table = table.into_iter().map(|line| format!("{INDENT}{line}"));
        let mut lines: Vec<String> = table.next().into_iter().collect();
        for (line, row) in table.zip(rows) {
            lines.push(line);
            let note = self.note(row, screen);
            if !note.is_empty() {
                let note = paragraph(&note, 2 * INDENT.len(), screen);
                lines.extend(note.iter().map(|line| screen.dim(line)));
            }
        }
        lines
    }

    /// The rows of a scenario's headlines, in the order in which they are shown.
    fn headlines(&self, scenario: usize) -> Vec<&ComparedRow> {
        let keys = headlines(self.comparison).into_iter();
        keys.filter_map(|key| self.comparison.row(scenario, &key))
            .collect()
    }

    fn columns(&self, rows: &[&ComparedRow], screen: &Screen) -> Vec<Column> {
        let mut label = Column::new("", false, 0);
        let mut base = Column::new("Base", true, 0);
        let mut other = Column::new("Scenario", true, 0);
        let mut difference = Column::new("Difference", true, 0);
        for row in rows {
            let level = |spread: Option<Spread>| {
                let text = spread.map(|spread| amount::level(spread.mean, &row.unit));
                text.unwrap_or_default()
            };
            label.cells.push(self.label(&row.key));
            base.cells.push(level(row.base));
            other.cells.push(level(row.compared));
            let change = row.difference;
            let change = change.map(|spread| amount::change(spread.mean, &row.unit));
            difference.cells.push(change.unwrap_or_default());
        }
        let others = [base, other, difference];
        let taken = INDENT.len() + columns::total(&others) + 2;
        let room = screen.width.saturating_sub(taken).max(LABEL);
        for cell in &mut label.cells {
            *cell = truncate_str(cell, room, screen.sign("…", "~")).into_owned();
        }
        std::iter::once(label).chain(others).collect()
    }

    /// Unit, interval and verdict of a difference.
    pub(super) fn note(&self, row: &ComparedRow, screen: &Screen) -> String {
        // If every draw gives the same, the ends of an interval add nothing.
        let equal = row
            .verdict()
            .is_some_and(|verdict| verdict.lower + verdict.higher == 0);
        let interval = row
            .difference
            .filter(|_| !equal)
            .and_then(|spread| amount::interval(spread, &row.unit))
            .map(|ends| match row.draws < FEWEST_FOR_POINTS {
                true => format!("all draws {ends}"),
                false => format!("{} of draws {ends}", screen.sign("5–95 %", "5-95 %")),
            });
        let parts = [
            amount::unit(&row.unit).to_owned(),
            interval.unwrap_or_default(),
            self.verdict(row),
        ];
        let parts: Vec<String> = parts.into_iter().filter(|part| !part.is_empty()).collect();
        parts.join("; ")
    }

    /// A verdict such as `lower in 16 of 16 draws`. That there are too few draws for any verdict is said once, above.
    fn verdict(&self, row: &ComparedRow) -> String {
        match row.verdict() {
            Some(verdict) => verdict.to_string(),
            None if self.description.draws < DRAWS_FOR_VERDICT || row.difference.is_none() => {
                String::new()
            }
            None => format!("fewer than {DRAWS_FOR_VERDICT} draws: no verdict"),
        }
    }

    /// What pairing was worth: the number of unpaired runs that would be as precise.
    pub(super) fn precision(&self, scenario: usize, screen: &Screen) -> Vec<String> {
        let rows = self.headlines(scenario).into_iter();
        let mut runs: Vec<f64> = rows.filter_map(|row| row.unpaired_runs_equal).collect();
        runs.sort_by(f64::total_cmp);
        let (Some(low), Some(high)) = (
            runs.get((runs.len().max(1) - 1) / 2),
            runs.get(runs.len() / 2),
        ) else {
            return Vec::new();
        };
        let text = format!(
            "These {} pairs of runs tell a difference as precisely as {} unpaired runs of each scenario would \
             (median over {} outcomes).",
            grouped(self.description.pairs_of(scenario) as f64),
            grouped((low + high) / 2.0),
            runs.len()
        );
        paragraph(&text, INDENT.len(), screen)
    }
}
