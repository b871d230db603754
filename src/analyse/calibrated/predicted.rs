//! Sets of countries as a fit predicts rows that it does not know, beside naive rules.

use super::summary::Calibrated;
use crate::analyse::{Observed, Scores, SetScore};
use crate::scenario::Scenario;

/// Sets of rows, one a country, by the means of predictions made without each row; rows that nothing was fitted to by the
/// mean of the posterior. None where nothing was left out.
pub fn predicted_sets(
    observed: &Observed,
    scenario: &Scenario,
    found: &Calibrated,
) -> Vec<SetScore> {
    if found.left_out.is_empty() {
        return Vec::new();
    }
    let value = |id: &str| {
        let without = found.left_out.iter().map(|row| &row.row);
        let unfitted = found.rows.iter().filter(|row| !row.target.fitted);
        let row = without.chain(unfitted).find(|row| row.target.id == id)?;
        Some(Ok(row.posterior.as_ref()?.mean))
    };
    let values = observed.rows.iter().map(|row| value(&row.id)).collect();
    Scores::of(observed, scenario, &[values]).sets
}
