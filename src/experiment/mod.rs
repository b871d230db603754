//! Many runs: sets of parameters, paired runs of several scenarios, and the order in which they are made.
//!
//! A *draw* is a set of parameters, a *replicate* a repetition with other random numbers, and a *cell* is one
//! of each, run for every scenario with the same persons and the same random numbers. [`Varied`] says which
//! parameters are drawn and over which ranges, [`Design`] where in their ranges, [`Draws`] holds the sets,
//! [`Pairing`] runs a cell, and [`jobs`] runs many on several threads.
//!
//! [`Saltelli`], [`Morris`] and [`Grid`] are designs whose points belong together: the effect of each
//! parameter is estimated from all of them.

pub mod calibration;
mod csv_text;
mod design;
mod design_error;
mod differences;
mod draws;
mod grid;
mod jobs;
mod morris;
mod paired;
mod plan;
mod plan_file;
mod record;
mod reference;
mod rows;
mod saltelli;
mod same;
pub mod sweep;
mod varied;

pub(crate) use csv_text::{csv_heading, csv_records};
pub use design::Design;
pub use design_error::DesignError;
pub use draws::{Draws, Head};
pub use grid::Grid;
pub use jobs::jobs;
pub use morris::Morris;
pub use paired::{Pairing, Stop};
pub use plan::{CellId, Plan};
pub use record::{CellRecord, RunRecord, Substituted};
pub use reference::{Apart, is_measured_like, measured_alike};
pub use rows::{Made, write_outcomes, write_points, write_runs, write_substitution};
pub use saltelli::{Saltelli, Sample};
pub use same::{Unlike, same_persons};
pub use varied::{Varied, varied};
