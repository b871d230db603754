//! Loads the plan of a calibration together with the observations that it is fitted to.

use super::observations::read_observed;
use crate::analyse::Observed;
use crate::experiment::calibration::CalibrationPlan;
use crate::scenario::{Problem, Problems};
use std::path::Path;

/// Reads the plan and its observations.
///
/// # Errors
/// Everything that is wrong with either.
pub(super) fn load(path: &Path) -> Result<(CalibrationPlan, Observed), Problems> {
    let mut observed = None;
    let plan = CalibrationPlan::load(path, |file, source| {
        let found = read_observed(file, source.scenario())?;
        let targets = found.as_targets();
        observed = Some(found);
        Ok(targets)
    })?;
    match observed {
        Some(observed) => Ok((plan, observed)),
        None => Err(
            Problem::error(format!("{} has no observations", path.display()))
                .expected("a file of observations, observed.csv beside the scenario if the plan names no other")
                .cure("write observed = \"FILE.csv\" at the top of the plan")
                .into(),
        ),
    }
}
