//! Exeunt simulates emigration under border policies.

pub mod draw;
pub mod engine;
pub mod measure;
pub mod model;
pub mod population;
#[cfg(feature = "cli")]
pub mod report;
pub mod scenario;
#[cfg(feature = "cli")]
pub mod store;
pub mod units;
pub mod world;
