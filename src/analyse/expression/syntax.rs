//! A measure as it is written, before any name is looked up.

use super::super::period::Period;
use crate::units::TimeUnit;
use std::ops::Range;

/// A value with its place in the text.
#[derive(Debug, Clone, PartialEq)]
pub struct At<T> {
    pub it: T,
    pub span: Range<usize>,
}

/// A node of an expression.
pub type Node = At<Kind>;

/// What a node of an expression is.
#[derive(Debug, Clone, PartialEq)]
pub enum Kind {
    Number(f64),
    Term(Box<TermSyntax>),
    Outcome(OutcomeSyntax),
    Negative(Box<Node>),
    Joined(Operator, Box<Node>, Box<Node>),
}

/// How two expressions are joined.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Operator {
    /// Sum.
    Plus,
    /// Difference.
    Minus,
    /// Product.
    Times,
    /// Quotient.
    Over,
}

/// How the steps of a period are reduced to one number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Function {
    /// The total of a flow.
    Sum,
    /// The average of a flow per time, or of a stock.
    Mean,
    /// The highest value.
    Max,
    /// The lowest value.
    Min,
    /// A stock at the end.
    Last,
    /// Days until the last day on which a threshold is exceeded.
    DaysToLast,
}

impl Function {
    /// Every function over tables, with its word.
    pub const WORDS: [(&'static str, Self); 6] = [
        ("sum", Self::Sum),
        ("mean", Self::Mean),
        ("max", Self::Max),
        ("min", Self::Min),
        ("last", Self::Last),
        ("days_to_last", Self::DaysToLast),
    ];

    /// The word for it in a measure.
    pub fn word(self) -> &'static str {
        let found = Self::WORDS.iter().find(|(_, function)| *function == self);
        found.map_or("", |(word, _)| word)
    }
}

/// The word for an outcome in a measure.
pub const OUTCOME: &str = "outcome";

/// A term over a table.
#[derive(Debug, Clone, PartialEq)]
pub struct TermSyntax {
    pub function: At<Function>,
    pub columns: Vec<ColumnSyntax>,
    pub clauses: Clauses,
    pub above: Option<Node>,
}

/// A column, `table.column`.
#[derive(Debug, Clone, PartialEq)]
pub struct ColumnSyntax {
    pub table: At<String>,
    pub column: At<String>,
    pub negative: bool,
}

/// An outcome, with its clauses.
#[derive(Debug, Clone, PartialEq)]
pub struct OutcomeSyntax {
    pub id: At<String>,
    pub clauses: Clauses,
}

/// The clauses that may follow columns and outcomes.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Clauses {
    pub conditions: Vec<Condition>,
    pub during: Option<At<Period>>,
    pub per: Option<At<TimeUnit>>,
}

/// A condition on rows.
#[derive(Debug, Clone, PartialEq)]
pub struct Condition {
    pub key: At<String>,
    pub names: Vec<At<String>>,
    pub is_one: bool,
}
