//! Why a sensitivity cannot be estimated.

use std::fmt;

/// What is wrong with the runs or points of an estimate; nothing was estimated.
#[derive(Debug, Clone, PartialEq)]
pub enum SensitivityError {
    /// Runs of the design have no value of the outcome.
    Incomplete {
        /// Point and replicate of each that is missing, both from 0, sorted.
        missing: Vec<(usize, u32)>,
        /// Runs of the whole design.
        runs: usize,
    },
    /// A value from a run that the design does not have.
    Outside {
        /// Its point.
        point: usize,
        /// Its replicate.
        replicate: u32,
    },
    /// Two values for one run.
    Twice {
        /// Its point.
        point: usize,
        /// Its replicate.
        replicate: u32,
    },
    /// A value that is not a finite number.
    NotFinite {
        /// Point of the run.
        point: usize,
        /// Its replicate.
        replicate: u32,
        /// The value.
        value: f64,
    },
    /// A coordinate that is not a finite number.
    PositionNotFinite {
        /// The point.
        point: usize,
        /// Its coordinate.
        position: f64,
    },
    /// Lists that do not fit each other, or whose length is not a multiple of one unit of the design.
    Shape {
        /// What there is the wrong number of.
        what: &'static str,
        /// How many there are.
        found: usize,
        /// How many there should be, in words.
        expected: String,
    },
    /// Fewer items than the estimate needs.
    TooFew {
        /// What there are too few of.
        what: &'static str,
        /// How many there are.
        found: usize,
        /// How many it needs.
        needed: usize,
    },
    /// A step of a trajectory that does not move exactly one parameter, or moves one a second time.
    NoTrajectory {
        /// The point at the end of the step.
        point: usize,
    },
    /// The outcome is the same at every point.
    Constant,
    /// The outcome varies between points no more than chance alone would make it.
    OnlyNoise {
        /// Variance of runs within a point.
        within: f64,
    },
    /// A parameter that is the same at every point.
    ConstantParameter {
        /// Its index, from 0.
        parameter: usize,
    },
    /// A parameter whose ranks follow from those of the parameters before it.
    Collinear {
        /// Its index, from 0.
        parameter: usize,
    },
}

/// How many missing runs a message names.
const NAMED: usize = 8;

impl fmt::Display for SensitivityError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Incomplete { missing, runs } => {
                let count = missing.len();
                write!(f, "{count} of {runs} runs have no value of this outcome: ")?;
                let named = missing
                    .iter()
                    .take(NAMED)
                    .map(|(point, replicate)| format!("point {point} with replicate {replicate}"));
                write!(f, "{}", named.collect::<Vec<_>>().join(", "))?;
                if count > NAMED {
                    write!(f, " and {} more", count - NAMED)?;
                }
                write!(
                    f,
                    "; the estimate needs all points of the design: run these"
                )
            }
            Self::Outside { point, replicate } => write!(
                f,
                "there is a value of point {point} with replicate {replicate}, which the design does not have: \
                 take the values and the design from the same folder"
            ),
            Self::Twice { point, replicate } => write!(
                f,
                "point {point} with replicate {replicate} has two values: give it one"
            ),
            Self::NotFinite {
                point,
                replicate,
                value,
            } => write!(
                f,
                "point {point} with replicate {replicate} has the value {value}, which is not a finite number: run it \
                 again, or choose another outcome"
            ),
            Self::PositionNotFinite { point, position } => write!(
                f,
                "point {point} has the coordinate {position}, which is not a finite number"
            ),
            Self::Shape {
                what,
                found,
                expected,
            } => write!(f, "{found} {what}, expected {expected}"),
            Self::TooFew {
                what,
                found,
                needed,
            } => write!(
                f,
                "{found} {what} are too few, {needed} are needed: add some to the design"
            ),
            Self::NoTrajectory { point } => write!(
                f,
                "the step to point {point} does not move exactly one parameter that its trajectory had not moved: \
                 elementary effects need a Morris design"
            ),
            Self::Constant => write!(
                f,
                "the outcome is the same at every point: there is no variation to explain"
            ),
            Self::OnlyNoise { within } => write!(
                f,
                "the outcome varies between points no more than chance alone makes it (variance of a run within a \
                 point {within:.3e}): add replicates or points, or choose another outcome"
            ),
            Self::ConstantParameter { parameter } => write!(
                f,
                "parameter {} is the same at every point: leave it out",
                parameter + 1
            ),
            Self::Collinear { parameter } => write!(
                f,
                "the ranks of parameter {} follow from those of the parameters before it: leave one of them out",
                parameter + 1
            ),
        }
    }
}

impl std::error::Error for SensitivityError {}
