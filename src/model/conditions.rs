//! Conditions that a channel requires of a person.

use crate::population::{Person, SegmentPopulation};
use crate::scenario::Condition;

const CONDITIONS: [Condition; 5] = [
    Condition::AtRisk,
    Condition::Ancestry,
    Condition::Kin,
    Condition::Employer,
    Condition::DraftNotice,
];

/// Whether a person meets all required conditions for a country.
pub fn meets(person: &Person, requires: u8, country: u16) -> bool {
    CONDITIONS.iter().all(|&condition| {
        requires & (1 << condition as u8) == 0
            || match condition {
                Condition::AtRisk => person.evidence,
                Condition::Ancestry => person.ancestry.contains(country),
                Condition::Kin => person.kin.contains(country),
                Condition::Employer => person.employer.contains(country),
                Condition::DraftNotice => person.draft_notice,
            }
    })
}

/// Whether each required condition can be met by somebody of a class (active, connected) of the segment.
pub fn reachable(
    population: &SegmentPopulation,
    class: (bool, bool),
    requires: u8,
    country: u16,
) -> bool {
    CONDITIONS.iter().all(|&condition| {
        requires & (1 << condition as u8) == 0
            || population.anybody_meets(condition, country, class)
    })
}
