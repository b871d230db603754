//! Which outcome, about whom, where.

use crate::measure::{ALL, Outcome};

/// Identifies an outcome of a run. Sorted as the keys of tables are.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct OutcomeKey {
    /// Id of the outcome.
    pub outcome: String,
    /// Whom it is about, or [`ALL`].
    pub group: String,
    /// Which country, or [`ALL`].
    pub country: String,
}

impl OutcomeKey {
    /// The key of a group in a country.
    pub fn new(outcome: &str, group: &str, country: &str) -> Self {
        Self {
            outcome: outcome.to_owned(),
            group: group.to_owned(),
            country: country.to_owned(),
        }
    }

    /// The key of everybody everywhere.
    pub fn of_all(outcome: &str) -> Self {
        Self::new(outcome, ALL, ALL)
    }
}

impl From<&Outcome> for OutcomeKey {
    fn from(outcome: &Outcome) -> Self {
        Self::new(outcome.id, &outcome.group, &outcome.country)
    }
}
