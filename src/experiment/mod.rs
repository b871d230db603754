//! Many runs: sets of parameters, paired runs of several scenarios, and in which order they are made.
//!
//! A *draw* is a set of parameters, a *replicate* a repetition with other chance, and a *cell* is one of
//! each, run for every scenario with the same persons and the same chance. [`Varied`] says which
//! parameters are drawn and where from, [`Design`] where in their ranges, [`Draws`] holds the sets,
//! [`Pairing`] runs a cell, and [`jobs`] runs many on several threads.

mod design;
mod draws;
mod jobs;
mod paired;
mod plan;
mod record;
mod rows;
mod same;
mod varied;

pub use design::Design;
pub use draws::Draws;
pub use jobs::jobs;
pub use paired::{Pairing, Stop};
pub use plan::{CellId, Plan};
pub use record::{CellRecord, RunRecord, Substituted};
pub use rows::{Made, write_outcomes, write_points, write_runs, write_substitution};
pub use same::{Unlike, same_persons};
pub use varied::{Varied, varied};
