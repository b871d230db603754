//! The estimators on functions whose sensitivities are known, and against other programs' numbers.

mod elementary;
mod noise;
mod partial_ranks;
mod response;
mod salib;
mod sobol;
