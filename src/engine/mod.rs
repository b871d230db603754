//! The clock, the blocks, the marks, and the order of a step.
//!
//! A step is a pure function of (block, world) to (block, tally): blocks know nothing of each
//! other and tallies are integers, so the number of threads cannot matter. The world moves
//! between steps, from the tallies.

mod applications;
mod at_large;
mod borders;
mod bounds;
mod by_position;
mod call_up;
mod cases;
mod circumstances;
mod claims;
mod confinement;
mod contagion;
mod counter;
mod detention;
mod error;
mod exiles;
mod expiry;
mod exposed;
mod extra_marks;
mod held;
mod journey;
mod limits;
mod lists;
mod moving_on;
mod narrative;
mod news;
mod notice;
mod observer;
mod options;
mod pool;
mod positions;
mod prepared;
mod procedures;
mod purse;
mod queue;
mod range;
mod reactions;
mod recall;
mod records;
mod refusals;
mod settlement;
mod simulation;
mod snapshot;
mod staying;
mod step;
mod step_abroad;
mod step_held;
mod step_home;
mod tips;
mod tracing;
mod visits;
mod voice;
mod waiting;
mod whereabouts;
mod witness;

pub use error::EngineError;
pub use extra_marks::Spark;
pub use notice::{AtHome, Detail, Notice, Seen, Stay, Watch, Weighed};
pub use observer::{Conditions, Observer, StepReport};
pub use options::RunOptions;
pub use prepared::Prepared;
pub use simulation::Simulation;
pub use snapshot::Snapshot;

/// Version of the random streams: any change that alters a trajectory for the same seed and
/// scenario raises it, and is a *Results change* in the changelog.
pub const STREAM_VERSION: u32 = 8;
