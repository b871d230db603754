//! Tables in memory, column by column: filled by a run or from a results folder, read by measures.

use crate::measure::{Cell, Keys, RunKey, Sink, Table};
use jiff::civil::Date;
use std::collections::HashMap;

/// A column of one table.
#[derive(Debug, Clone)]
pub enum Series {
    /// Names, as indices into [`Frame::names`].
    Names(Vec<u32>),
    /// Numbers; `None` where the cell is empty.
    Numbers(Vec<Option<f64>>),
}

/// The rows of one table of one run.
#[derive(Debug, Clone)]
pub struct Frame {
    /// What table it is.
    pub table: &'static Table,
    /// Last day of each row's step; empty for tables without steps.
    pub dates: Vec<Date>,
    /// The table's own columns, in their order.
    pub columns: Vec<Series>,
    /// Every name that occurs; an empty cell is the empty name.
    pub names: Vec<String>,
    positions: HashMap<String, u32>,
    rows: usize,
}

/// The tables of one run.
#[derive(Debug, Clone)]
pub struct RunTables {
    /// Which run.
    pub key: RunKey,
    frames: Vec<Frame>,
}

/// A sink that keeps the rows of some tables, run by run.
#[derive(Debug, Clone)]
pub struct Kept {
    wanted: Vec<&'static Table>,
    runs: Vec<RunTables>,
}

impl Kept {
    /// Keeps the rows of these tables and drops all others.
    pub fn new(wanted: Vec<&'static Table>) -> Self {
        Self {
            wanted,
            runs: Vec::new(),
        }
    }

    /// The runs that had rows, in order of arrival.
    pub fn runs(&self) -> &[RunTables] {
        &self.runs
    }

    /// The tables of a run, which are empty if it had no rows.
    pub fn run_tables(&mut self, key: RunKey) -> &RunTables {
        self.run(key)
    }

    fn run(&mut self, key: RunKey) -> &mut RunTables {
        let found = self.runs.iter().rposition(|run| run.key == key);
        let index = found.unwrap_or_else(|| {
            let frames = self.wanted.iter().map(|&table| Frame::new(table)).collect();
            self.runs.push(RunTables { key, frames });
            self.runs.len() - 1
        });
        &mut self.runs[index]
    }
}

impl RunTables {
    /// A table; `None` if it was not kept.
    pub fn frame(&self, table: &Table) -> Option<&Frame> {
        self.frames
            .iter()
            .find(|frame| frame.table.name == table.name)
    }
}

impl Sink for Kept {
    fn row(&mut self, table: &'static Table, cells: &[Cell<'_>]) {
        if !self.wanted.iter().any(|wanted| wanted.name == table.name) {
            return;
        }
        let number = |cell: Option<&Cell<'_>>| match cell {
            Some(Cell::Whole(number)) => u32::try_from(*number).unwrap_or(u32::MAX),
            _ => 0,
        };
        let key = RunKey {
            draw: number(cells.get(1)),
            replicate: number(cells.get(2)),
        };
        let run = self.run(key);
        if let Some(frame) = run
            .frames
            .iter_mut()
            .find(|frame| frame.table.name == table.name)
        {
            frame.push(cells);
        }
    }
}

impl Frame {
    fn new(table: &'static Table) -> Self {
        use crate::measure::Kind::{Date, Text};
        let columns = table.own.iter().map(|column| match column.kind {
            Text | Date => Series::Names(Vec::new()),
            _ => Series::Numbers(Vec::new()),
        });
        Self {
            table,
            dates: Vec::new(),
            columns: columns.collect(),
            names: Vec::new(),
            positions: HashMap::new(),
            rows: 0,
        }
    }

    /// Number of rows.
    pub fn rows(&self) -> usize {
        self.rows
    }

    /// The index of a name; `None` if no row has it.
    pub fn position(&self, name: &str) -> Option<u32> {
        self.positions.get(name).copied()
    }

    fn push(&mut self, cells: &[Cell<'_>]) {
        let shared = self.table.width() - self.table.own.len();
        if self.table.keys == Keys::Step
            && let Some(Cell::Date(date)) = cells.get(3)
        {
            self.dates.push(*date);
        }
        for (index, cell) in cells.iter().skip(shared).enumerate() {
            let name = match cell {
                Cell::Text(text) => self.name(text),
                Cell::Date(date) => self.name(&date.to_string()),
                _ => self.name(""),
            };
            match (self.columns.get_mut(index), cell) {
                (Some(Series::Names(names)), _) => names.push(name),
                (Some(Series::Numbers(numbers)), Cell::Whole(whole)) => {
                    numbers.push(Some(*whole as f64));
                }
                (Some(Series::Numbers(numbers)), Cell::Number(number)) => {
                    numbers.push(Some(*number));
                }
                (Some(Series::Numbers(numbers)), _) => numbers.push(None),
                (None, _) => {}
            }
        }
        self.rows += 1;
    }

    fn name(&mut self, name: &str) -> u32 {
        if let Some(position) = self.positions.get(name) {
            return *position;
        }
        let position = u32::try_from(self.names.len()).unwrap_or(u32::MAX);
        self.names.push(name.to_owned());
        self.positions.insert(name.to_owned(), position);
        position
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::measure::schema::{FLOWS, STAYS};
    use jiff::civil::date;

    fn stay(replicate: u64, status: &'static str, persons: u64) -> Vec<Cell<'static>> {
        vec![
            Cell::Text("a"),
            Cell::Whole(0),
            Cell::Whole(replicate),
            Cell::Date(date(2022, 2, 7)),
            Cell::Whole(7),
            Cell::Text("RU"),
            Cell::Text("GE"),
            Cell::Text(status),
            Cell::Whole(persons),
        ]
    }

    #[test]
    fn rows_are_kept_by_run_and_table() {
        let mut kept = Kept::new(vec![&STAYS]);
        kept.row(&STAYS, &stay(0, "legal", 5));
        kept.row(&STAYS, &stay(1, "pending", 6));
        kept.row(&STAYS, &stay(0, "pending", 7));
        kept.row(&FLOWS, &[]);
        assert_eq!(kept.runs().len(), 2);
        let frame = kept.runs()[0].frame(&STAYS).unwrap();
        assert_eq!((frame.rows(), frame.dates.len()), (2, 2));
        let Series::Numbers(persons) = &frame.columns[3] else {
            panic!("persons are numbers");
        };
        assert_eq!(persons, &[Some(5.0), Some(7.0)]);
        assert!(frame.position("pending").is_some() && frame.position("irregular").is_none());
        assert!(kept.runs()[0].frame(&FLOWS).is_none());
    }
}
