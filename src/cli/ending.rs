//! How a command ends: its exit code, and what it says when it fails.

use crate::engine::EngineError;
use crate::scenario::Problems;
use crate::store::StoreError;
use std::process::ExitCode;

/// How a command ended that did what it could.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ending {
    /// Everything is done.
    Done,
    /// Some runs failed; the others are kept.
    SomeFailed,
    /// The input is wrong, and this has been reported.
    BadInput,
    /// Interrupted; what was finished is kept.
    Interrupted,
}

impl From<Ending> for ExitCode {
    fn from(ending: Ending) -> Self {
        Self::from(match ending {
            Ending::Done => 0,
            Ending::SomeFailed => 1,
            Ending::BadInput => 2,
            Ending::Interrupted => 130,
        })
    }
}

/// Why a command could not do its work.
#[derive(Debug)]
pub enum Failure {
    /// The scenario, or another file that was read with it, is wrong.
    Scenario(Box<Problems>),
    /// A results folder or kept work cannot be read or written.
    Store(StoreError),
    /// The simulation cannot be made, or none of its runs finished.
    Engine(EngineError),
    /// Something else is wrong with what was asked for.
    Asked(String),
}

impl Failure {
    /// How the command ended: exit code 2 if what was asked for is wrong, 1 if something went wrong on the way.
    pub fn ending(&self) -> Ending {
        match self {
            Self::Store(
                StoreError::Io { .. }
                | StoreError::NotRead { .. }
                | StoreError::NotRemoved { .. }
                | StoreError::NotKept { .. }
                | StoreError::NotMerged { .. }
                | StoreError::ReadOnly { .. }
                | StoreError::Rename { .. }
                | StoreError::Passage { .. }
                | StoreError::Damaged { .. }
                | StoreError::NotFinite { .. }
                | StoreError::Misfit { .. },
            )
            | Self::Engine(EngineError::BoundExceeded { .. } | EngineError::NotConserved { .. }) => {
                Ending::SomeFailed
            }
            _ => Ending::BadInput,
        }
    }

    /// The message as it is shown, in colour or not.
    pub fn render(&self, colour: bool) -> String {
        match self {
            // Each problem says for itself whether it is an error.
            Self::Scenario(problems) => problems.render(colour),
            Self::Store(error) => format!("error: {error}"),
            Self::Engine(error) => format!("error: {error}"),
            Self::Asked(message) => format!("error: {message}"),
        }
    }
}

impl From<Problems> for Failure {
    fn from(problems: Problems) -> Self {
        Self::Scenario(Box::new(problems))
    }
}

impl From<StoreError> for Failure {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}

impl From<EngineError> for Failure {
    fn from(error: EngineError) -> Self {
        Self::Engine(error)
    }
}
