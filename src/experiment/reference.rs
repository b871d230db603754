//! The first day from which compared scenarios are measured: that of the base, for all of them.
//!
//! What people are used to is fixed by the first day of a scenario's reference (`docs/model.md`). Two
//! scenarios with references of their own also differ in that, and a rule in which they differ on the first
//! day shows up mostly there: the difference between the scenarios would be small, or even of the opposite
//! sign.

use crate::scenario::{Problems, Scenario, Source};

/// Why scenarios cannot be measured from one first day.
#[derive(Debug)]
pub enum Apart {
    /// The scenario has something that the base lacks, or the other way round, so that the constants of one
    /// do not hold for the other.
    Lacks {
        /// Index of the scenario.
        place: usize,
        /// Paths of the tables that only one of the two has, such as `country.GE`.
        paths: Vec<String>,
    },
    /// The base cannot be the reference of a scenario.
    Problems(Problems),
}

/// Measures every scenario that states no reference from the same first day as the base, which is the first.
/// Returns the scenarios, and the indices of those that were changed.
///
/// # Errors
/// For each scenario that cannot be measured so, the reason.
pub fn measured_alike(sources: Vec<Source>) -> Result<(Vec<Source>, Vec<usize>), Vec<Apart>> {
    let Some(base) = sources.first().cloned() else {
        return Ok((sources, Vec::new()));
    };
    // Constants that a file brings along no longer belong to its first day.
    if base.scenario().constants.is_some() {
        return Ok((sources, Vec::new()));
    }
    let (mut alike, mut moved, mut apart) = (Vec::new(), Vec::new(), Vec::new());
    for (place, source) in sources.into_iter().enumerate() {
        if place == 0 || source.says_its_reference() {
            alike.push(source);
            continue;
        }
        let paths = unlike(base.scenario(), source.scenario());
        if !paths.is_empty() {
            apart.push(Apart::Lacks { place, paths });
            continue;
        }
        match source.measured_from(&base) {
            Ok(source) => {
                alike.push(source);
                moved.push(place);
            }
            Err(problems) => apart.push(Apart::Problems(problems)),
        }
    }
    match apart.is_empty() {
        true => Ok((alike, moved)),
        false => Err(apart),
    }
}

/// Whether two scenarios are measured from equal first days, judged by the constants that they bring along or
/// by their references. Behaviour is not compared, since a reference is judged by the behaviour of the
/// scenario that refers to it; nor is the calendar.
pub fn is_measured_like(scenario: &Scenario, base: &Scenario) -> bool {
    match (&scenario.constants, &base.constants) {
        (None, None) => {
            let base = first_day(base);
            let mut ours = first_day(scenario);
            ours.behaviour.clone_from(&base.behaviour);
            ours.calendar.clone_from(&base.calendar);
            ours == base
        }
        (Some(ours), Some(theirs)) => ours.are_worth(theirs),
        _ => false,
    }
}

/// What the constants are computed from, except behaviour.
fn first_day(scenario: &Scenario) -> Scenario {
    let mut first = scenario.reference.as_deref().unwrap_or(scenario).clone();
    first.events.retain(|event| event.step == 0);
    first.name.clear();
    first.title.clear();
    first.reference = None;
    first
}

/// What only one of two scenarios has, among the things that the constants are computed from.
fn unlike(base: &Scenario, other: &Scenario) -> Vec<String> {
    let countries = |scenario: &Scenario| -> Vec<String> {
        let countries = scenario.countries.iter();
        countries
            .map(|one| format!("country.{}", one.code))
            .collect()
    };
    let documents = |scenario: &Scenario| -> Vec<String> {
        let documents = scenario.documents.iter();
        documents
            .map(|one| format!("document.{}", one.name))
            .collect()
    };
    let names = |scenario: &Scenario| [countries(scenario), documents(scenario)].concat();
    let (base, other) = (names(base), names(other));
    let only = |one: &[String], two: &[String]| -> Vec<String> {
        let missing = one.iter().filter(|name| !two.contains(name));
        missing.cloned().collect()
    };
    [only(&other, &base), only(&base, &other)].concat()
}
