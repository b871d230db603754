//! Why a design cannot be laid out.

use std::fmt;

/// What is wrong with the sizes or levels of a design; nothing was laid out.
#[derive(Debug, Clone, PartialEq)]
pub enum DesignError {
    /// There is no parameter to vary.
    NoParameter,
    /// More parameters than a design can number.
    TooManyParameters {
        /// How many there are.
        parameters: u32,
        /// The most that there may be.
        most: u32,
    },
    /// Two parameters have the same path.
    ParameterTwice {
        /// The path.
        path: String,
    },
    /// Zero base samples or trajectories.
    NothingAsked {
        /// What there are none of: `base samples` or `trajectories`.
        what: &'static str,
    },
    /// More base samples than the Sobol' sequence has points.
    SequenceEnds {
        /// Base samples asked for.
        base: u32,
        /// The most that there are.
        most: u32,
    },
    /// A number of levels of a Morris design that is odd or less than 2.
    OddLevels {
        /// Levels asked for.
        levels: u32,
    },
    /// A parameter of a grid that has no level.
    NoLevel {
        /// Index of the parameter, from 0.
        parameter: usize,
    },
    /// A level that is not a finite number.
    LevelNotFinite {
        /// Index of the parameter, from 0.
        parameter: usize,
        /// The level.
        level: f64,
    },
    /// A level that a parameter has twice, which would make points equal.
    LevelTwice {
        /// Index of the parameter, from 0.
        parameter: usize,
        /// The level.
        level: f64,
    },
    /// More points than are allowed.
    TooManyPoints {
        /// How many there would be; `None` if 2^128 or more.
        points: Option<u128>,
        /// The most that are allowed.
        most: u64,
    },
}

impl fmt::Display for DesignError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoParameter => write!(
                f,
                "a design needs at least one parameter: name a path below which numbers have a range"
            ),
            Self::TooManyParameters { parameters, most } => write!(
                f,
                "{parameters} parameters, but the limit is {most}: name fewer paths"
            ),
            Self::ParameterTwice { path } => {
                write!(f, "`{path}` is named twice: take one of them out")
            }
            Self::NothingAsked { what } => write!(f, "0 {what}: ask for at least 1"),
            Self::SequenceEnds { base, most } => write!(
                f,
                "{base} base samples: the Sobol' sequence has only {most}; ask for {most} or fewer, preferably \
                 a power of two"
            ),
            Self::OddLevels { levels } => write!(
                f,
                "{levels} levels: a Morris design takes an even number, 2 or more, so that all levels are \
                 equally likely; ask for 4"
            ),
            Self::NoLevel { parameter } => write!(
                f,
                "parameter {} of the grid has no level: give it one, or leave it out",
                parameter + 1
            ),
            Self::LevelNotFinite { parameter, level } => write!(
                f,
                "parameter {} of the grid has the level {level}, which is not a finite number",
                parameter + 1
            ),
            Self::LevelTwice { parameter, level } => write!(
                f,
                "parameter {} of the grid has the level {level} twice: take one of them out",
                parameter + 1
            ),
            Self::TooManyPoints { points, most } => {
                match points {
                    Some(points) => write!(f, "the design has {points} points")?,
                    None => write!(f, "the design has more than 2^128 points")?,
                }
                write!(
                    f,
                    ", but the limit is {most}: ask for fewer points, take levels or parameters out, or choose a design \
                     that does not grow with their product"
                )
            }
        }
    }
}

impl std::error::Error for DesignError {}

/// Refuses an empty list of paths, or one in which a path appears twice.
pub(super) fn check_paths(paths: &[&str]) -> Result<(), DesignError> {
    if paths.is_empty() {
        return Err(DesignError::NoParameter);
    }
    let mut sorted = paths.to_vec();
    sorted.sort_unstable();
    match sorted.windows(2).find(|pair| pair[0] == pair[1]) {
        Some(pair) => Err(DesignError::ParameterTwice {
            path: pair[0].to_owned(),
        }),
        None => Ok(()),
    }
}
