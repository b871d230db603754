//! Patterns that the model has to show, each with its band against the 95 % interval over seeds, and
//! planted faults that break it. `docs/validation.md` has what they give.

mod asylum;
mod attitudes;
mod gravity;
mod repression;
mod statistics;
#[path = "../support/mod.rs"]
mod support;
mod ties;
