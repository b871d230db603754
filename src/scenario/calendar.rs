//! The time grid of a case.

use jiff::civil::Date;

/// The most days a calendar can span, 164 years: the engine counts days in 16 bits.
pub const MOST_DAYS: i32 = 60_000;

/// The period of a case and its division into steps.
///
/// The grid belongs to the case, never to a variant.
#[derive(Debug, Clone, PartialEq)]
pub struct Calendar {
    /// First day.
    pub start: Date,
    /// Last day, inclusive.
    pub end: Date,
    /// The steps in order, without gaps. The first begins on `start`; the last ends on `end` and
    /// may be short.
    pub steps: Vec<Step>,
}

/// One step of the grid.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Step {
    /// First day of the step; draws of the step are keyed by it.
    pub start: Date,
    /// Length in days, at least 1.
    pub days: u16,
}
