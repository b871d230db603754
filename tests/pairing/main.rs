//! Policies are compared life by life: no policy is no difference, whom a policy does not touch lives the
//! same life, and a small difference shows through the chance of single runs.
//!
//! `EXEUNT_FULL_TESTS=1` runs more replicates where chance decides.

#![cfg(feature = "cli")]

#[path = "../support/mod.rs"]
mod support;

mod everything;
mod lives;
mod same;
mod substitution;
mod variance;
