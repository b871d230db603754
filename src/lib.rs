//! Exeunt simulates emigration under border policies.

pub mod draw;
pub mod engine;
pub mod measure;
pub mod scenario;
pub mod units;
pub mod world;
