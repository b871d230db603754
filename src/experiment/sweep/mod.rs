//! Sweeps: scenarios over a design of points.
//!
//! A [`SweepPlan`] is a checked plan file; its [`Layout`] says where the points lie, and an [`Axis`] what is
//! varied. A run is one scenario at one point with one replicate; its number ([`RunId::number`]) and
//! everything it does follow from these alone.

mod axis;
mod layout;
mod plan;
mod read;
mod read_axes;
mod read_design;
mod read_sets;
mod rows;
mod run;
mod schema;

pub use axis::{Axis, AxisValue, Levels, Variant};
pub use layout::{Layout, Shape};
pub use plan::{RunId, SweepDescription, SweepPlan, SweepSpec, Swept};
pub use read_sets::DrawsAsked;
pub use rows::{write_points, write_run, write_run_outcomes};
pub use run::{SweepRecord, Sweeper};
pub use schema::schema;
