//! Sets of countries scored by a fit's predictions of rows that it was not fitted to, beside naive rules.

use super::summary::Calibrated;
use crate::analyse::{Observed, Scores, SetScore};
use crate::scenario::Scenario;

/// Scores sets of rows, one row per country, by the means of predictions made without each row; rows that
/// nothing was fitted to are predicted by the mean of the posterior. Empty if no row was left out.
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
