//! What the numbers of a scenario rest on.

use super::check::SaidByPath;
use super::grammar::Kind;
use super::meaning::{Basis, Claim, Said};
use std::fmt;

/// How many numbers rest on each basis.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct ClaimCounts {
    /// Numbers read in a named source.
    pub read: usize,
    /// Numbers recalled.
    pub recalled: usize,
    /// Numbers derived from other numbers.
    pub derived: usize,
    /// Numbers assumed.
    pub assumption: usize,
    /// Numbers that a file gives without a basis.
    pub unmarked: usize,
}

impl ClaimCounts {
    /// Counts the numbers and distributions that the files give.
    pub(crate) fn of(said: &SaidByPath) -> Self {
        let mut counts = Self::default();
        counts.add(said.values());
        counts
    }

    /// Adds values that files give. Presets are not counted.
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

    /// Returns the number of values with a basis.
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
