//! Stateless random draws and the samplers built on them.
//!
//! Every draw is a pure function of a [`Key`] (seed, draw, replicate and a label such as the name of a segment), a
//! person, a date and a decision. It never depends on the order in which persons are visited, on a thread or on the
//! number of a step. That one property gives the same bytes on any number of threads, runs that can be resumed, and
//! policies that can be compared person by person.

mod beta;
mod binomial;
mod elementary;
mod gamma;
mod key;
pub mod math;
mod normal;
mod permutation;
mod philox;
mod screen;
mod skip;
mod student;

pub use beta::BetaQuantiles;
pub use binomial::binomial;
pub use gamma::gamma_below_one;
pub use gamma::gamma_of_shape_three;
pub use key::{
    Decision, Identity, Key, TraitKey, Words, exponential, exponential_at_least,
    exponential_at_most, label, label_within,
};
pub use normal::{normal_below, normal_quantile};
pub use permutation::Permutation;
pub use philox::philox4x32_10;
pub use screen::{Screen, heads_below, threshold};
pub use skip::{Hit, Layers, Walk};
pub use student::{student_beyond, student_size};
