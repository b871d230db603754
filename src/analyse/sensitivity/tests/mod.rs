//! The estimators, tested on functions whose sensitivities are known and against the numbers of other programs.

mod elementary;
mod noise;
mod partial_ranks;
mod response;
mod salib;
mod sobol;
