//! Calibration: which sets of parameters agree with what was observed.
//!
//! Sequential Monte Carlo approximate Bayesian computation after Lenormand, Jabot and Deffuant (2013,
//! Computational Statistics 28, "Adaptive approximate Bayesian computation for complex models"). A
//! *generation* is a number of attempts: sets of parameters, each run and compared with the bands of the
//! observed rows ([`Target`]). The first generation is drawn from the prior ([`Prior`]), each later one
//! around the nearest of all attempts so far ([`Kernel`]). The sets that are kept ([`Population`]) carry
//! weights that account for where they were looked for, so that they are a sample of the prior restricted to
//! sets of parameters whose runs come within the *tolerance*.
//!
//! Destination constants are not sampled. For each set of parameters an [`Inner`] contraction after Berry,
//! Levinsohn and Pakes (1995, Econometrica 63) moves them by the logarithm of observed over simulated shares.
//!
//! An attempt is a pure function of the plan, its generation and its number within the generation, and
//! [`next`] a pure function of the records: so the same plan gives the same bytes on any number of threads,
//! however it is interrupted or divided.

mod attempt;
mod heading;
mod inner;
mod kernel;
mod left_out;
mod plan;
mod population;
mod posterior;
mod read;
mod read_constants;
mod rounds;
mod target;

pub use attempt::{Attempt, Attempts, Stopped, Yardstick};
pub use heading::PosteriorOf;
pub use inner::{Inner, InnerRow};
pub use kernel::{Kernel, Proposed};
pub use left_out::{LeftOut, left_out, missing_of_left_out};
pub use plan::{CalibrationDescription, CalibrationPlan, CalibrationSpec, Prior};
pub use population::{Particle, Population};
pub use posterior::Posterior;
pub use read::ObservedRow;
pub use rounds::{Ended, Fit, Generation, Next, Planned, next};
pub use target::{Target, distance};
