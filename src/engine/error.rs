//! The errors that can stop a run.

use std::fmt;

/// Why a simulation could not be created or could not continue. Reports of earlier steps remain valid. Nothing is
/// reported of the failed step, in which some persons may already have moved: do not use the simulation any further.
#[derive(Debug, Clone, PartialEq)]
pub enum EngineError {
    /// A person's hazard exceeded the bound from which candidates were drawn. The step is not exact, and
    /// nothing of it is kept. This is a fault of the engine, never of the scenario.
    BoundExceeded {
        /// Name of the rule.
        rule: &'static str,
        /// Segment name.
        segment: String,
        /// Index of the person in the segment.
        person: u32,
        /// Integrated hazard in the step.
        hazard: f64,
        /// Its declared bound.
        bound: f64,
    },
    /// Persons were lost or created. This is a fault of the engine.
    NotConserved {
        /// Segment name.
        segment: String,
        /// Agents at the beginning.
        expected: u64,
        /// Agents counted now.
        counted: u64,
    },
    /// The scenario cannot be simulated as it is.
    Unsupported {
        /// What is wrong and what to do.
        message: String,
    },
    /// Valid numbers together leave the range in which the model can be computed. The step is not
    /// recorded.
    OutOfRange {
        /// What leaves the range, when, and what to look at.
        message: String,
    },
    /// A snapshot does not belong to this scenario.
    Snapshot {
        /// What differs and what to do.
        message: String,
    },
    /// The operating system refused to start threads.
    Threads {
        /// The message of the operating system.
        message: String,
    },
}

impl fmt::Display for EngineError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::BoundExceeded {
                rule,
                segment,
                person,
                hazard,
                bound,
            } => write!(
                f,
                "the hazard of {rule} of person {segment}/{person} is {hazard} in this step, above its bound {bound}: \
                 the step was not exact and the run stopped before recording it; please report the scenario and the seed"
            ),
            Self::NotConserved {
                segment,
                expected,
                counted,
            } => write!(
                f,
                "segment {segment} had {expected} agents and now counts {counted}: the run stopped before recording \
                 the step; please report the scenario and the seed"
            ),
            Self::Unsupported { message }
            | Self::OutOfRange { message }
            | Self::Snapshot { message } => f.write_str(message),
            Self::Threads { message } => write!(
                f,
                "could not start the threads asked for ({message}); ask for fewer with --threads"
            ),
        }
    }
}

impl std::error::Error for EngineError {}
