//! Names that may appear in a table.
//!
//! Spreadsheets run a cell that begins with `=`, `+`, `-` or `@` as a formula. A mark before such a name would keep
//! it from matching the same name elsewhere, so the name is refused before anything is computed. Names in scenario
//! files cannot begin like that, but the name of a file can.

use super::StoreError;
use crate::scenario::Scenario;

/// Whether a spreadsheet would take the text for a formula.
pub fn is_formula(text: &str) -> bool {
    text.starts_with(['=', '+', '-', '@', '\t', '\r'])
}

/// Refuses a scenario with a name that may not appear in a table.
///
/// # Errors
/// [`StoreError::Formula`] with the first such name.
pub fn check_names(scenario: &Scenario) -> Result<(), StoreError> {
    let segments = scenario
        .segments
        .iter()
        .map(|segment| ("segment", &segment.name));
    let channels = scenario
        .channels
        .iter()
        .map(|channel| ("channel", &channel.name));
    let countries = scenario
        .countries
        .iter()
        .map(|country| ("country", &country.code));
    let formula = std::iter::once(("scenario", &scenario.name))
        .chain(segments)
        .chain(channels)
        .chain(countries)
        .find(|(_, name)| is_formula(name));
    match formula {
        Some((what, name)) => Err(StoreError::Formula {
            what,
            name: name.clone(),
        }),
        None => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::measure::test_support::scenario;

    #[test]
    fn a_name_that_is_a_formula_is_refused() {
        let mut scenario = scenario();
        assert!(check_names(&scenario).is_ok());
        scenario.name = "=1+1".into();
        let message = check_names(&scenario).unwrap_err().to_string();
        assert!(message.contains("scenario `=1+1`"), "{message}");
    }
}
