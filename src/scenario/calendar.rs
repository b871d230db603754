//! The time grid of a case.

use jiff::civil::Date;

/// The most days from the first to the last, 164 years: the engine counts them in 16 bits.
pub const MOST_DAYS: i32 = 60_000;

/// First and last day and the steps between; the grid belongs to the case, never to a variant.
#[derive(Debug, Clone, PartialEq)]
pub struct Calendar {
    /// First day.
    pub start: Date,
    /// Last day, inclusive.
    pub end: Date,
    /// The steps in order, without gaps: the first begins on `start`, the last ends on `end` and
    /// may be short.
    pub steps: Vec<Step>,
}

/// One step of the grid.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Step {
    /// First day of the step; its date in every draw.
    pub start: Date,
    /// Number of days, at least 1.
    pub days: u16,
}
