//! Measures: small expressions over the tables of a run, written as `docs/score.md` says.
//!
//! A text is parsed into [`Syntax`](syntax::Node), bound to the tables' columns and a scenario's names, which
//! fixes its unit, and evaluated over the tables of one run. Nothing is computed while anything is wrong, and
//! every fault knows where in the text it lies.

mod bind;
mod bind_outcome;
mod evaluate;
mod grid;
mod parse;
mod scan;
mod syntax;
#[cfg(test)]
mod tests;

pub(super) use bind::inside;
pub use evaluate::evaluate;
pub use grid::Grid;
pub use syntax::{Function, Operator};

use super::period::Period;
use super::unit::Unit;
use crate::measure::{Table, Timing};
use crate::scenario::Scenario;
use crate::units::TimeUnit;
use std::ops::Range;

/// What is wrong in a measure, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// Byte range in the text.
    pub span: Range<usize>,
    /// What is wrong.
    pub title: String,
    /// What was expected.
    pub expected: String,
    /// The nearest valid name.
    pub nearest: Option<String>,
    /// What to write instead.
    pub cure: String,
}

/// A measure that can be evaluated.
#[derive(Debug, Clone, PartialEq)]
pub struct Measure {
    /// What is computed.
    pub expression: Expression,
    /// Its unit.
    pub unit: Unit,
}

/// An expression whose names have all been found.
#[derive(Debug, Clone, PartialEq)]
pub enum Expression {
    /// A number.
    Number(f64),
    /// Columns of a table, narrowed to some rows and reduced to one number.
    Term(Box<Term>),
    /// An outcome of the run.
    Outcome {
        /// Its id.
        id: String,
        /// Whom it is about.
        group: String,
        /// The country.
        country: String,
    },
    /// The negation of an expression.
    Negative(Box<Expression>),
    /// Two expressions joined by an operator.
    Joined(Operator, Box<Expression>, Box<Expression>),
}

/// A term over one table.
#[derive(Debug, Clone, PartialEq)]
pub struct Term {
    /// How the steps are reduced to one number.
    pub function: Function,
    /// The table.
    pub table: &'static Table,
    /// Indices into the table's own columns, and whether each is subtracted.
    pub columns: Vec<(usize, bool)>,
    /// Whether these are flows or stocks.
    pub timing: Timing,
    /// Conditions that the rows have to meet.
    pub filters: Vec<Filter>,
    /// The days considered; `None` for the period of the row.
    pub during: Option<Period>,
    /// The unit of time that flows are divided by.
    pub per: Option<TimeUnit>,
    /// The threshold, for [`Function::DaysToLast`].
    pub above: Option<Expression>,
}

/// A condition on rows.
#[derive(Debug, Clone, PartialEq)]
pub struct Filter {
    /// Index into the table's own columns.
    pub column: usize,
    /// The names.
    pub names: Vec<String>,
    /// Whether the cell must be one of the names; otherwise it must be none of them.
    pub is_one: bool,
}

impl Measure {
    /// Reads a measure from its text.
    ///
    /// # Errors
    /// The first fault of syntax, or else every fault of names and units.
    pub fn read(text: &str, scenario: &Scenario) -> Result<Self, Vec<Fault>> {
        let tree = parse::parse(text).map_err(|fault| vec![fault])?;
        bind::bind(&tree, scenario)
    }

    /// The tables that it reads.
    pub fn tables(&self) -> Vec<&'static Table> {
        let mut tables: Vec<&'static Table> = Vec::new();
        self.expression.visit(&mut |part| {
            let table = match part {
                Expression::Term(term) => term.table,
                Expression::Outcome { .. } => &crate::measure::schema::OUTCOMES,
                _ => return,
            };
            if !tables.iter().any(|known| known.name == table.name) {
                tables.push(table);
            }
        });
        tables
    }

    /// Number of terms over the period of the row.
    pub fn terms_of_row(&self) -> usize {
        self.count(|term| term.during.is_none())
    }

    /// Whether everything it computes is about the row's period: no outcome of a whole run and no days named
    /// in the measure.
    pub fn follows_row(&self) -> bool {
        let mut follows = self.terms_of_row() > 0;
        self.expression.visit(&mut |part| match part {
            Expression::Term(term) => follows &= term.during.is_none(),
            Expression::Outcome { .. } => follows = false,
            _ => {}
        });
        follows
    }

    /// Whether it has a flow over the row's period.
    pub fn has_flow_of_row(&self) -> bool {
        self.count(|term| term.during.is_none() && term.timing == Timing::Flow) > 0
    }

    fn count(&self, wanted: impl Fn(&Term) -> bool) -> usize {
        let mut count = 0;
        self.expression.visit(&mut |part| {
            if let Expression::Term(term) = part {
                count += usize::from(wanted(term));
            }
        });
        count
    }
}

impl Expression {
    /// Calls `see` on the expression and every part of it.
    fn visit<'a>(&'a self, see: &mut impl FnMut(&'a Self)) {
        see(self);
        match self {
            Self::Number(_) | Self::Outcome { .. } => {}
            Self::Term(term) => {
                if let Some(above) = &term.above {
                    above.visit(see);
                }
            }
            Self::Negative(inner) => inner.visit(see),
            Self::Joined(_, left, right) => {
                left.visit(see);
                right.visit(see);
            }
        }
    }
}
