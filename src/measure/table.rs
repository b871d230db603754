//! Descriptions of tables: the columns of a table and the cells of a row. One description serves
//! every file format.

use jiff::civil::Date;

/// A table of a results folder: a name, the key columns it shares with others, and its own columns.
#[derive(Debug, PartialEq, Eq)]
pub struct Table {
    /// Name, which is also the stem of its file.
    pub name: &'static str,
    /// What a row is, in one sentence.
    pub doc: &'static str,
    /// The shared key columns, which come first.
    pub keys: Keys,
    /// Its own columns, after the shared ones.
    pub own: &'static [Column],
}

/// The key columns that tables share.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Keys {
    /// `scenario, draw, replicate`: one set of rows per run.
    Run,
    /// `scenario, draw, replicate, date, days`: one set of rows per step.
    Step,
    /// None: all its columns are its own.
    Own,
}

/// A column of a table.
#[derive(Debug, PartialEq, Eq)]
pub struct Column {
    /// Name, which is the heading in files.
    pub name: &'static str,
    /// Type of its cells.
    pub kind: Kind,
    /// Unit of a number; `None` for text, dates and numbers without a dimension.
    pub unit: Option<&'static str>,
    /// Whether it is part of the key. Rows are sorted by their keys, and no two rows agree in all
    /// of them.
    pub key: bool,
    /// Whether a row can have an empty cell here.
    pub may_be_empty: bool,
    /// Meaning, in one sentence.
    pub doc: &'static str,
}

/// The type of a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A name.
    Text,
    /// A civil date, `YYYY-MM-DD`.
    Date,
    /// A whole number, 0 or more.
    Whole,
    /// A number.
    Number,
}

/// The value of a column in one row.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Cell<'a> {
    /// Nothing: the mechanism is off, absent or not built. Never stands for a zero.
    Empty,
    /// A name.
    Text(&'a str),
    /// A date.
    Date(Date),
    /// A whole number.
    Whole(u64),
    /// A finite number.
    Number(f64),
}

impl Cell<'_> {
    /// Creates a cell from a number; an empty cell if there is none.
    pub fn number(value: Option<f64>) -> Self {
        value.map_or(Self::Empty, Self::Number)
    }

    /// Whether the cell may be in this column.
    pub fn fits(&self, column: &Column) -> bool {
        match self {
            Self::Empty => column.may_be_empty,
            Self::Text(_) => column.kind == Kind::Text,
            Self::Date(_) => column.kind == Kind::Date,
            Self::Whole(_) => column.kind == Kind::Whole,
            Self::Number(_) => column.kind == Kind::Number,
        }
    }
}

/// A receiver of rows, in the order of their keys, which stores them in its own way.
///
/// A row cannot be refused: a sink that fails (for instance, on a full disk) keeps its first error
/// for whoever closes it, so that observing never disturbs a run.
pub trait Sink {
    /// Takes one row of a table, with a cell for each of [`Table::columns`].
    fn row(&mut self, table: &'static Table, cells: &[Cell<'_>]);
}

impl<S: Sink + ?Sized> Sink for &mut S {
    fn row(&mut self, table: &'static Table, cells: &[Cell<'_>]) {
        (**self).row(table, cells);
    }
}

impl Table {
    /// Returns all columns in order, the shared keys first.
    pub fn columns(&self) -> impl Iterator<Item = &'static Column> + use<> {
        let shared = match self.keys {
            Keys::Run => &STEP_KEYS[..RUN_KEYS],
            Keys::Step => STEP_KEYS,
            Keys::Own => &[],
        };
        shared.iter().chain(self.own)
    }

    /// Returns the number of columns.
    pub fn width(&self) -> usize {
        self.columns().count()
    }
}

impl Column {
    /// Returns its row in the tables of `docs/results.md`.
    pub fn row(&self) -> String {
        let kind = match self.kind {
            Kind::Text => "text",
            Kind::Date => "date",
            Kind::Whole => "whole number",
            Kind::Number => "number",
        };
        let role = match (self.key, self.may_be_empty) {
            (true, false) => "key",
            (true, true) => "key, may be empty",
            (false, true) => "may be empty",
            (false, false) => "",
        };
        let unit = self.unit.unwrap_or_default();
        format!(
            "| `{}` | {kind} | {unit} | {role} | {} |",
            self.name, self.doc
        )
    }
}

/// The number of `STEP_KEYS` that identify the run.
const RUN_KEYS: usize = 3;

const STEP_KEYS: &[Column] = &[
    Column::key("scenario", Kind::Text, "The scenario's name."),
    Column::key(
        "draw",
        Kind::Whole,
        "Number of the set of parameters, from 1, its point plus one; 0 = as in the files. In a sweep, the number of the point.",
    ),
    Column::key(
        "replicate",
        Kind::Whole,
        "Number of the replicate, from 0; replicates differ only in chance.",
    ),
    Column::key(
        "date",
        Kind::Date,
        "Last day of the step; the day before the first in the opening row.",
    ),
    Column {
        unit: Some("days"),
        ..Column::key(
            "days",
            Kind::Whole,
            "Days in the step; 0 in the opening row.",
        )
    },
];

impl Column {
    /// Creates a key column, which is never empty.
    pub(super) const fn key(name: &'static str, kind: Kind, doc: &'static str) -> Self {
        Self {
            name,
            kind,
            unit: None,
            key: true,
            may_be_empty: false,
            doc,
        }
    }

    /// Creates a column of whole persons.
    pub(super) const fn persons(name: &'static str, doc: &'static str) -> Self {
        Self {
            name,
            kind: Kind::Whole,
            unit: Some("persons"),
            key: false,
            may_be_empty: true,
            doc,
        }
    }

    /// Creates a column of numbers.
    pub(super) const fn number(
        name: &'static str,
        unit: Option<&'static str>,
        doc: &'static str,
    ) -> Self {
        Self {
            name,
            kind: Kind::Number,
            unit,
            key: false,
            may_be_empty: true,
            doc,
        }
    }

    /// Creates a column of counts, which is never empty.
    #[cfg(feature = "cli")]
    pub(super) const fn whole(name: &'static str, doc: &'static str) -> Self {
        Self {
            name,
            kind: Kind::Whole,
            unit: None,
            key: false,
            may_be_empty: false,
            doc,
        }
    }

    /// Returns the column as one that is empty in some rows.
    pub(super) const fn or_empty(self) -> Self {
        Self {
            may_be_empty: true,
            ..self
        }
    }

    /// Returns the column as one that is filled in every row.
    pub(super) const fn never_empty(self) -> Self {
        Self {
            may_be_empty: false,
            ..self
        }
    }

    /// Creates a column of text that is not part of the key.
    pub(super) const fn text(name: &'static str, doc: &'static str) -> Self {
        Self {
            name,
            kind: Kind::Text,
            unit: None,
            key: false,
            may_be_empty: true,
            doc,
        }
    }
}
