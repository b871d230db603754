//! What a run is measured by: tables, outcomes and the trajectory. This module observes and never
//! draws.
//!
//! A [`Recorder`] watches a run and turns every step into rows of the tables described in
//! [`schema`]. It passes them to a [`Sink`], which alone knows how they are stored. At the end it
//! adds the [`Outcome`]s, the numbers by which runs are compared. A [`Trajectory`] keeps only the
//! few series that a summary or a notebook needs.

#[cfg(feature = "cli")]
pub mod calibration_schema;
#[cfg(feature = "cli")]
pub mod comparison_schema;
#[cfg(feature = "cli")]
mod courses;
#[cfg(feature = "cli")]
mod kept_rows;
#[cfg(feature = "cli")]
mod lives;
mod names;
mod outcome;
mod outcomes;
mod recorder;
mod rows;
pub mod schema;
#[cfg(feature = "cli")]
mod search;
#[cfg(feature = "cli")]
pub mod sensitivity_schema;
#[cfg(feature = "cli")]
mod substitution;
mod table;
#[cfg(test)]
pub(crate) mod test_support;
#[cfg(test)]
mod tests;
mod timing;
mod trajectory;

#[cfg(feature = "cli")]
pub use courses::{BY_COUNTRY, Courses, TOGETHER, days_of, unit_of};
#[cfg(feature = "cli")]
pub use kept_rows::KeptRows;
#[cfg(feature = "cli")]
pub use lives::{Departure, Life, Lives, Standing, Who};
pub use names::{event_name, hold_name, motive_name, status_name, words};
pub use outcome::{ALL, Countries, DEFINITIONS, Definition, Grouping, Outcome, definition};
pub use outcomes::Outcomes;
pub use recorder::{Recorder, RunKey};
#[cfg(feature = "cli")]
pub use search::{Condition, Conditions, EventKind, Search, Trait, VOCABULARY};
#[cfg(feature = "cli")]
pub use substitution::{Direction, Fate, Flow, Substitution, substitution};
pub use table::{Cell, Column, Keys, Kind, Sink, Table};
pub use timing::{Timing, leaves_out_nobody, timing};
pub use trajectory::{Point, Trajectory};
