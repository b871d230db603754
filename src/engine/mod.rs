//! The clock, the blocks, the marks, and the order of a step.

mod observer;

pub use observer::{Conditions, Observer, StepReport};
