//! From whose first day scenarios are measured that are compared: from that of the base, all of them.
//!
//! What people are used to is fixed by the first day of a scenario's reference (`docs/model.md`). Two scenarios
//! with references of their own differ in that too, and a rule in which they differ on the first day shows
//! mostly there: the difference between them would be small, or of the other sign.

use crate::scenario::{Problems, Scenario, Source};

/// Why scenarios cannot be measured from one first day.
#[derive(Debug)]
pub enum Apart {
    /// What a scenario has and the base lacks, or the other way round, as the path of a table: the constants of
    /// one do not hold for the other.
    Lacks {
        /// The scenario, by its place.
        place: usize,
        /// The paths, such as `country.GE`.
        paths: Vec<String>,
    },
    /// The base cannot be the reference of a scenario.
    Problems(Problems),
}

/// Measures every scenario that says nothing of its reference from the first day from which the base, the first,
/// is measured. Returns them with the places of those for which that was done.
///
/// # Errors
/// Of each that cannot be measured so, why.
pub fn measured_alike(sources: Vec<Source>) -> Result<(Vec<Source>, Vec<usize>), Vec<Apart>> {
    let Some(base) = sources.first().cloned() else {
        return Ok((sources, Vec::new()));
    };
    // Constants that a file brings along are not those of its first day any more.
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

/// Whether two scenarios are measured from first days that are alike, by the constants that they bring along or by
/// their references. Behaviour counts for nothing: a reference is judged with that of who refers to it.
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

/// What the constants are computed by, but for behaviour.
fn first_day(scenario: &Scenario) -> Scenario {
    let mut first = scenario.reference.as_deref().unwrap_or(scenario).clone();
    first.events.retain(|event| event.step == 0);
    first.name.clear();
    first.title.clear();
    first.reference = None;
    first
}

/// What one of two scenarios has and the other has not, of that which the constants are computed by.
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
