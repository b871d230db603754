//! The headlines of a comparison: the few outcomes that are shown first and tested for what flips them; and
//! how outcomes are named and written for people.

use super::{Comparison, OutcomeKey};
use crate::analyse::labels;
use crate::measure::ALL;
use std::collections::BTreeSet;

/// Headlines about everybody everywhere: id and group, in display order. Wherever the held appear, so do the
/// causes that hold them.
const OF_ALL: [(&str, &str); 13] = [
    ("left", ALL),
    ("abroad_at_end", ALL),
    ("held_at_end", ALL),
    ("held_by_cause_at_end", "barred"),
    ("held_by_cause_at_end", "deterred"),
    ("held_by_cause_at_end", "means"),
    ("person_months_held", ALL),
    ("returned", ALL),
    ("returned_involuntarily", ALL),
    ("draft_eligible_abroad_person_months", ALL),
    ("top_risk_got_out", ALL),
    ("detentions", ALL),
    ("irregular_person_months", ALL),
];

/// Headlines of each origin.
const OF_ORIGIN: [(&str, &str); 3] = [(ABROAD, ALL), (AT_HOME, "publishing"), (AT_HOME, "street")];

/// Id of the outcome that measures opposition abroad.
pub(super) const ABROAD: &str = "opposition_abroad_mean";
/// Id of the outcome that measures opposition at home.
pub(super) const AT_HOME: &str = "opposition_at_home_mean";
const RENT: &str = "rent_index_peak";

/// Returns the headlines that a comparison has, in display order. For rents it is the host whose rents rise
/// highest in the base, the first by code in a tie: chosen before any policy is looked at, the same for every
/// scenario.
pub fn headlines(comparison: &Comparison) -> Vec<OutcomeKey> {
    let known: BTreeSet<&OutcomeKey> = comparison.rows.iter().map(|row| &row.key).collect();
    let of_all = OF_ALL.map(|(id, group)| OutcomeKey::new(id, group, ALL));
    let by_origin = origins(comparison)
        .into_iter()
        .flat_map(|origin| OF_ORIGIN.map(|(id, group)| OutcomeKey::new(id, group, &origin)));
    of_all
        .into_iter()
        .chain(by_origin)
        .chain(highest_rent(comparison))
        .filter(|key| known.contains(key))
        .collect()
}

/// Codes of the origins whose opposition is known.
pub(super) fn origins(comparison: &Comparison) -> BTreeSet<String> {
    let at_home = comparison
        .rows
        .iter()
        .filter(|row| row.key.outcome == AT_HOME);
    at_home
        .filter(|row| row.key.country != ALL)
        .map(|row| row.key.country.clone())
        .collect()
}

fn highest_rent(comparison: &Comparison) -> Option<OutcomeKey> {
    let rents = comparison.rows.iter().filter(|row| row.key.outcome == RENT);
    let in_base = rents.filter_map(|row| Some((row.base?.mean, &row.key)));
    let highest = in_base.max_by(|(one, key), (other, other_key)| {
        one.total_cmp(other).then_with(|| other_key.cmp(key))
    });
    highest.map(|(_, key)| key.clone())
}

/// An outcome in words, such as `Held at the end, barred by a rule`: as in [`labels::label`], except for a
/// few headlines that are shorter on a terminal. `country` gives the name of a country by its code.
pub fn label(key: &OutcomeKey, country: impl Fn(&str) -> String) -> String {
    let name = match key.country.as_str() {
        ALL => ALL.to_owned(),
        code => country(code),
    };
    let whole = labels::label(&key.outcome, &key.group, &name);
    let short = match key.outcome.as_str() {
        ABROAD => "Opposition abroad",
        AT_HOME => "Opposition at home",
        RENT => "Rent at its peak",
        _ => return whole,
    };
    whole.replacen(labels::outcome(&key.outcome), short, 1)
}

/// How the numbers of a unit are written for people.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// Whole persons.
    Persons,
    /// Months that persons spent.
    PersonMonths,
    /// A share, written in percent; differences in percentage points.
    Share,
    /// A number that multiplies or compares: two decimals.
    Ratio,
    /// Full-time activists.
    Activists,
    /// Anything else: the number, then its unit.
    Other,
}

impl Form {
    /// The form of a unit.
    pub fn of(unit: &str) -> Self {
        match unit {
            "persons" => Self::Persons,
            "person-months" => Self::PersonMonths,
            "share" => Self::Share,
            "ratio" => Self::Ratio,
            "full-time activists" => Self::Activists,
            _ => Self::Other,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::test_support::{cells, names, outcome};
    use super::*;
    use crate::measure::{Grouping, definition};

    #[test]
    fn every_headline_is_an_outcome_with_that_group() {
        for (id, group) in OF_ALL.into_iter().chain(OF_ORIGIN).chain([(RENT, ALL)]) {
            let definition = definition(id).unwrap_or_else(|| panic!("{id} is no outcome"));
            let groups: &[&str] = match definition.grouping {
                Grouping::Cause => &["barred", "deterred", "means"],
                Grouping::Activity => &["publishing", "street"],
                _ => &[ALL],
            };
            assert!(groups.contains(&group), "{id} has no group {group}");
            assert_ne!(
                Form::of(definition.unit),
                Form::Other,
                "{}",
                definition.unit
            );
        }
    }

    #[test]
    fn only_what_there_is_is_a_headline_and_rents_are_the_highest_of_the_base() {
        let run = |scenario: usize, _, _| {
            let rent = |country, peak| outcome(RENT, ALL, country, peak);
            let mut run = vec![
                outcome("left", ALL, ALL, 5.0),
                outcome("left", "draft-eligible", ALL, 5.0),
                outcome(AT_HOME, "street", "RU", 5.0),
                outcome(AT_HOME, "street", ALL, 5.0),
                rent("AM", 2.0),
                rent("GE", 2.0),
                rent("KZ", 1.2),
            ];
            if scenario == 1 {
                run.push(rent("RS", 9.0));
            }
            run
        };
        let comparison = Comparison::of(names(2), &cells(2, 1, 1, run));
        let wanted = [
            OutcomeKey::of_all("left"),
            OutcomeKey::new(AT_HOME, "street", "RU"),
            OutcomeKey::new(RENT, ALL, "AM"),
        ];
        assert_eq!(headlines(&comparison), wanted);
        let named = |code: &str| format!("<{code}>");
        let labels: Vec<String> = wanted.iter().map(|key| label(key, named)).collect();
        assert_eq!(
            labels,
            [
                "Left",
                "Opposition at home, street, <RU>",
                "Rent at its peak, <AM>"
            ]
        );
        let other = OutcomeKey::new("moved_on", ALL, "GE");
        assert_eq!(label(&other, named), "Moved on to another country, <GE>");
        let held = OutcomeKey::new("held_by_cause_at_end", "means", ALL);
        assert_eq!(label(&held, named), "Held at the end, short of means");
    }
}
