//! The headline outcomes of a scenario beside those of the base.

use super::super::Screen;
use super::super::columns::{self, Column};
use super::super::number::grouped;
use super::{Differences, INDENT, amount, paragraph};
use crate::analyse::comparison::{ComparedRow, DRAWS_FOR_VERDICT, headlines};
use console::truncate_str;

/// Columns that a label takes at least.
const LABEL: usize = 16;

impl Differences<'_> {
    /// A line for each headline; interval and verdict in a line of their own where it is too narrow.
    pub(super) fn outcomes(&self, scenario: usize, screen: &Screen) -> Vec<String> {
        let keys = headlines(self.comparison);
        let rows = keys
            .iter()
            .filter_map(|key| self.comparison.row(scenario, key));
        let rows: Vec<&ComparedRow> = rows.collect();
        let table = self.columns(&rows, screen);
        let width = screen.width.saturating_sub(INDENT.len());
        let is_wide = columns::total(&table) <= width;
        let (mut table, rest) = match is_wide {
            true => (table, Vec::new()),
            false => {
                let mut table = table;
                let rest = table.split_off(4);
                (table, rest)
            }
        };
        let room = width
            .saturating_sub(columns::total(&table[1..]) + 2)
            .max(LABEL);
        let tail = screen.sign("…", "~");
        for cell in &mut table[0].cells {
            *cell = truncate_str(cell, room, tail).into_owned();
        }
        let mut lines = Vec::new();
        for (index, line) in columns::lines(&table, |heading| screen.dim(heading))
            .iter()
            .enumerate()
        {
            lines.push(format!("{INDENT}{line}"));
            if let Some(row) = index.checked_sub(1).filter(|_| !is_wide) {
                let notes = rest.iter().filter_map(|column| column.cells.get(row));
                let notes: Vec<&str> = notes
                    .map(String::as_str)
                    .filter(|note| !note.is_empty())
                    .collect();
                let notes = paragraph(&notes.join("; "), 2 * INDENT.len(), screen);
                lines.extend(
                    notes
                        .iter()
                        .filter(|note| !note.trim().is_empty())
                        .map(|note| screen.dim(note)),
                );
            }
        }
        lines
    }

    /// Label, base, scenario, difference; then unit, interval, verdict.
    fn columns(&self, rows: &[&ComparedRow], screen: &Screen) -> Vec<Column> {
        let mut label = Column::new("", false, 0);
        let mut base = Column::new("Base", true, 0);
        let mut other = Column::new("Scenario", true, 0);
        let mut difference = Column::new("Difference", true, 0);
        let mut unit = Column::new("", false, 0);
        let mut interval = Column::new(screen.sign("5–95 % of draws", "5-95 % of draws"), false, 0);
        let mut verdict = Column::new("", false, 0);
        for row in rows {
            let mean = |spread: Option<crate::analyse::comparison::Spread>| {
                spread
                    .map(|spread| amount::level(spread.mean, &row.unit))
                    .unwrap_or_default()
            };
            label.cells.push(self.label(&row.key));
            base.cells.push(mean(row.base));
            other.cells.push(mean(row.compared));
            let change = row
                .difference
                .map(|spread| amount::change(spread.mean, &row.unit));
            difference.cells.push(change.unwrap_or_default());
            unit.cells.push(amount::unit(&row.unit).to_owned());
            let ends = row
                .difference
                .and_then(|spread| amount::interval(spread, &row.unit));
            interval.cells.push(ends.unwrap_or_default());
            verdict.cells.push(self.verdict(row, screen));
        }
        let mut columns = vec![label, base, other, difference];
        // A column of which nothing is known takes no room.
        let with_cells = |column: &Column| column.cells.iter().any(|cell| !cell.is_empty());
        columns.extend([unit, interval, verdict].into_iter().filter(with_cells));
        columns
    }

    /// `lower in 16 of 16 draws`. That there are too few draws for all is said once, above.
    fn verdict(&self, row: &ComparedRow, screen: &Screen) -> String {
        match row.verdict() {
            Some(verdict) if verdict.unanimous() => screen.accent(&verdict.to_string()),
            Some(verdict) => verdict.to_string(),
            None if self.description.draws < DRAWS_FOR_VERDICT || row.difference.is_none() => {
                String::new()
            }
            None => format!("fewer than {DRAWS_FOR_VERDICT} draws: no verdict"),
        }
    }

    /// What pairing was worth.
    pub(super) fn precision(&self, scenario: usize, screen: &Screen) -> Vec<String> {
        let keys = headlines(self.comparison);
        let rows = keys
            .iter()
            .filter_map(|key| self.comparison.row(scenario, key));
        let mut runs: Vec<f64> = rows.filter_map(|row| row.unpaired_runs_equal).collect();
        runs.sort_by(f64::total_cmp);
        let (Some(low), Some(high)) = (
            runs.get((runs.len().max(1) - 1) / 2),
            runs.get(runs.len() / 2),
        ) else {
            return Vec::new();
        };
        let pairs = u64::from(self.description.draws) * u64::from(self.description.replicates);
        let text = format!(
            "These {} pairs of runs tell a difference as precisely as {} unpaired runs of each scenario would \
             (median over {} outcomes).",
            grouped(pairs as f64),
            grouped((low + high) / 2.0),
            runs.len()
        );
        paragraph(&text, INDENT.len(), screen)
    }
}
