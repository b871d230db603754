//! Exeunt simulates emigration under border policies.

pub mod draw;
pub mod engine;
pub mod model;
pub mod population;
pub mod scenario;
pub mod units;
pub mod world;
