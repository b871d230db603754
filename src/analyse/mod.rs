//! What runs are worth: simulated against observed, beside naive rules. Reads tables, never a running simulation.
//!
//! [`Observed`] is a checked `observed.csv`; each of its rows has a [`Measure`], an expression over the
//! tables that [`Kept`] holds in memory. [`Scores`] says for each row whether the runs lie in the band, and
//! for each set of countries how far the runs and the naive rules are from what was observed. `docs/score.md`
//! explains all of it.

mod baselines;
pub mod calibrated;
pub mod calibration_tables;
pub mod comparison;
pub mod comparison_tables;
mod courses;
mod expression;
pub mod labels;
mod observed;
mod period;
pub(crate) mod points;
mod score;
pub mod sensitivity;
pub mod sensitivity_tables;
mod sets;
pub mod swept;
mod tables;
#[cfg(test)]
mod test_support;
mod unit;

pub use baselines::BASELINES;
pub use courses::{Course, write_courses};
pub use expression::{
    Expression, Fault, Filter, Function, Grid, Measure, Operator, Term, evaluate,
};
pub use observed::{
    COLUMNS as OBSERVED_COLUMNS, Measured, Member, Observation, Observed, OnCourse, Usage,
};
pub use period::Period;
pub use score::{Distance, Finding, LastValue, Loss, Score, Scores, Simulated, Verdict};
pub use sets::{Ard, Baseline, Contest, SetScore};
pub use tables::{Frame, Kept, RunTables, Series};
pub use unit::Unit;
