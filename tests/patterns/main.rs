//! Patterns that the model has to show, each with its band against the 95 % interval over seeds, and
//! planted faults that break it. `docs/validation.md` has what they give.

mod announced;
mod asylum;
mod attitudes;
mod bans;
mod call_up;
mod closure;
mod entry_and_stay;
mod flip;
mod gravity;
mod leavers;
mod planners;
mod refusals;
mod rents;
mod repression;
mod scenes;
mod sign;
mod statistics;
#[path = "../support/mod.rs"]
mod support;
mod swing;
mod ties;
mod visas;
