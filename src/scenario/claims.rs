//! What the numbers of a scenario rest on.

use super::check::SaidByPath;
use super::grammar::Kind;
use super::meaning::{Basis, Claim, Said};
use std::fmt;

/// How many numbers rest on which basis.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct ClaimCounts {
    /// Read in a source that is named.
    pub read: usize,
    /// Recalled.
    pub recalled: usize,
    /// Derived from other numbers.
    pub derived: usize,
    /// Assumed.
    pub assumption: usize,
    /// Numbers that a file gives without a basis.
    pub unmarked: usize,
}

impl ClaimCounts {
    /// Counts the numbers and distributions that files give.
    pub(crate) fn of(said: &SaidByPath) -> Self {
        let mut counts = Self::default();
        counts.add(said.values());
        counts
    }

    /// Adds values that files give; presets are not counted.
    pub(crate) fn add<'a>(&mut self, said: impl Iterator<Item = &'a Said>) {
        for said in said.filter(|said| !said.preset) {
            self.count(said);
        }
    }

    fn count(&mut self, said: &Said) {
        let is_number = matches!(
            said.key.kind,
            Kind::Number(..)
                | Kind::Count
                | Kind::NumberOr(..)
                | Kind::Distribution(..)
                | Kind::RampEnd
        );
        match &said.claim {
            Some(Claim { basis, .. }) => match basis {
                Basis::Read => self.read += 1,
                Basis::Recalled => self.recalled += 1,
                Basis::Derived => self.derived += 1,
                Basis::Assumption => self.assumption += 1,
            },
            None if is_number => self.unmarked += 1,
            None => {}
        }
    }

    /// Numbers with a basis.
    pub fn claims(&self) -> usize {
        self.read + self.recalled + self.derived + self.assumption
    }
}

impl fmt::Display for ClaimCounts {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            formatter,
            "{} claims: {} read, {} recalled, {} derived, {} assumed; {} numbers without a basis",
            self.claims(),
            self.read,
            self.recalled,
            self.derived,
            self.assumption,
            self.unmarked
        )
    }
}
