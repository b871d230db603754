//! What each parameter does to an outcome, estimated from the points of a design.
//!
//! Pure arithmetic on arrays: the same numbers give the same bits. [`Sampled`] is an outcome at the points of
//! a design; unless it is complete it is refused, with the runs that are missing. From it come
//!
//! - [`SobolIndices`]: shares of the variance, alone and with all interactions, from the design
//!   [`crate::experiment::Saltelli`];
//! - [`ElementaryEffects`]: how far a step of a parameter moves the outcome, from
//!   [`crate::experiment::Morris`];
//! - [`PartialRanks`]: rank correlations, the other parameters held fixed, from independent points;
//! - [`response_curve`]: the mean of the outcome along a parameter's range, from any points.
//!
//! # Chance
//!
//! Runs of one point with different chance differ, and that difference is not an effect of any parameter.
//! With one replicate nothing tells the two apart: chance enters each total index as an effect of its
//! parameter, each elementary effect as size and spread, and the variance that indices are divided by. With n
//! replicates all of this falls as 1 / n but stays. So, from two replicates on, products of two runs are
//! taken only between different replicates, whose chance is independent: their expectation is the product of
//! the expectations, and what is left is what the parameters do. This holds whether points have chance of
//! their own or share it, replicate by replicate. [`Noise`] says how much of the variance of a run is chance.
//!
//! Intervals run from the 5 % to the 95 % point, so 90 of 100 should contain what they estimate.

mod elementary;
mod error;
mod noise;
mod partial_ranks;
mod ranks;
mod resample;
mod response;
mod sampled;
mod sobol;
#[cfg(test)]
mod test_functions;
#[cfg(test)]
mod tests;

pub use elementary::{EffectNoise, ElementaryEffect, ElementaryEffects};
pub use error::SensitivityError;
pub use noise::Noise;
pub use partial_ranks::{PartialRank, PartialRanks};
pub(in crate::analyse) use ranks::ranks;
pub use resample::{Estimate, RESAMPLES};
pub use response::{ResponseBin, response_curve};
pub use sampled::Sampled;
pub use sobol::{SobolIndex, SobolIndices};
