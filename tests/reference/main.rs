//! Proof of the fast engine by a slow one.
//!
//! The slow engine walks every person through every step and evaluates every rule set in full, in
//! plain `f64` arithmetic, with the generator and the samplers of `rand` and `rand_distr`. It was
//! written from the equations alone and shares nothing with the fast engine but the types of the
//! scenario and of the tally. Where both agree in distribution, and planted faults are found, the
//! fast engine does what the equations say.
//!
//! `EXEUNT_FULL_TESTS=1` runs the full number of seeds; without it fewer are run.

#![allow(
    clippy::disallowed_methods,
    reason = "the slow engine compares in distribution, so the last bit of the platform's mathematics does not matter"
)]

mod abroad;
mod agreement;
mod applications;
mod attitudes;
mod away;
mod belief;
mod choice;
mod claims;
mod closed_forms;
mod compare;
mod constants;
mod custody;
mod faults;
mod home;
mod journeys;
mod leaving;
mod measures;
mod money;
mod narrative;
mod persons;
mod planted;
mod policy_forms;
mod quota;
mod rents;
mod replay;
mod report;
mod rules;
mod sample;
mod scenarios;
mod sound;
mod statistics;
mod stays;
mod step;
mod ties;
mod trips;
mod voice;
mod windows;
mod world;
