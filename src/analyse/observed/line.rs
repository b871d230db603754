//! One line of `observed.csv` and the problems found in it.

use super::super::expression::Fault;
use super::cells;
use crate::scenario::{Place, Problem, Problems, SourceText};
use csv::StringRecord;
use std::ops::Range;
use std::sync::Arc;

/// A record with the byte ranges of its cells.
pub(super) struct Line<'a> {
    source: &'a Arc<SourceText>,
    /// The index in the record of each known column.
    positions: &'a [usize],
    record: &'a StringRecord,
    spans: Vec<Range<usize>>,
    pub problems: Problems,
}

impl<'a> Line<'a> {
    pub fn new(
        source: &'a Arc<SourceText>,
        positions: &'a [usize],
        record: &'a StringRecord,
    ) -> Self {
        let spans = cells::locate(&source.text, begin(record));
        Self {
            source,
            positions,
            record,
            spans,
            problems: Problems::default(),
        }
    }

    /// The content of a column's cell, without blanks around it.
    pub fn cell(&self, column: &str) -> &'a str {
        self.record.get(self.position(column)).unwrap_or("").trim()
    }

    /// Where a column's cell is in the text.
    pub fn place(&self, column: &str) -> Place {
        let span = self.spans.get(self.position(column));
        Place::new(self.source, span.cloned().unwrap_or_else(|| self.whole()))
    }

    /// The byte range of the line.
    pub fn whole(&self) -> Range<usize> {
        match (self.spans.first(), self.spans.last()) {
            (Some(first), Some(last)) => first.start..last.end,
            _ => 0..0,
        }
    }

    /// Adds a problem at a column's cell.
    pub fn report(&mut self, column: &str, problem: Problem) {
        let problem = problem.at(&self.place(column));
        self.problems.push(problem);
    }

    /// Adds a problem about the whole line.
    pub fn report_line(&mut self, problem: Problem) {
        let problem = problem.at(&Place::new(self.source, self.whole()));
        self.problems.push(problem);
    }

    /// Adds a fault of a measure at its place in the cell.
    pub fn report_fault(&mut self, column: &str, fault: Fault) {
        let raw = self.record.get(self.position(column)).unwrap_or("");
        let blanks = raw.len() - raw.trim_start().len();
        let problem = Problem::error(fault.title)
            .expected(fault.expected)
            .nearest(fault.nearest)
            .cure(fault.cure);
        let place = match self.spans.get(self.position(column)) {
            Some(cell) => {
                let text = &self.source.text;
                let at = |offset: usize| cells::in_text(text, cell, blanks + offset);
                let (start, end) = (at(fault.span.start), at(fault.span.end));
                Place::new(self.source, start..end.max(start + 1).min(text.len()))
            }
            None => Place::new(self.source, self.whole()),
        };
        self.problems.push(problem.at(&place));
    }

    /// The index of a column in the record.
    fn position(&self, column: &str) -> usize {
        let known = super::COLUMNS.iter().position(|known| *known == column);
        known
            .and_then(|known| self.positions.get(known))
            .copied()
            .unwrap_or(usize::MAX)
    }
}

/// The first byte of a record.
pub(super) fn begin(record: &StringRecord) -> usize {
    record
        .position()
        .and_then(|position| usize::try_from(position.byte()).ok())
        .unwrap_or(0)
}
