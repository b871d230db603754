//! Which command takes which kind of file or folder: what to type where another kind was given.

use super::ending::Failure;
use crate::experiment::calibration::CalibrationPlan;
use crate::experiment::sweep::SweepPlan;
use crate::scenario::Problems;
use crate::store::{ANALYSIS, CALIBRATED, DESCRIPTION, Results, SWEPT, shell_word};
use std::path::Path;

/// A kind of file that a command takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Scenario,
    Sweep,
    Calibration,
}

impl Kind {
    /// What a file is, by keys that only such files have.
    pub fn of(path: &Path) -> Self {
        match (CalibrationPlan::is_in(path), SweepPlan::is_in(path)) {
            (true, _) => Self::Calibration,
            (false, true) => Self::Sweep,
            (false, false) => Self::Scenario,
        }
    }
}

/// Why a file that was read as one kind was not: if it is a plan of another, which command takes that; else what was
/// found, whose cures would make another kind of file of it.
pub(super) fn refused(path: &Path, wanted: Kind, found: Problems) -> Failure {
    match plan_of_another(path, wanted) {
        Some(why) => Failure::Asked(why),
        None => found.into(),
    }
}

/// What a file is if it is a plan and another kind was wanted, and which command takes it.
pub(super) fn plan_of_another(path: &Path, wanted: Kind) -> Option<String> {
    let is = Kind::of(path);
    let (what, command) = match is {
        Kind::Scenario => return None,
        Kind::Sweep => ("sweep", "sweep"),
        Kind::Calibration => ("calibration", "calibrate"),
    };
    (is != wanted).then(|| {
        format!(
            "`{}` is the plan of a {what}: exeunt {command} {}",
            path.display(),
            shell_word(path)
        )
    })
}

/// Refuses results that are not those of `exeunt run`, where a scenario is scored with them.
pub(super) fn require_run(results: &Results, scenario: &Path) -> Result<(), Failure> {
    // (An analysis and a sweep have the description of the sweep both.)
    let kinds = [
        (ANALYSIS, "the analysis of a sweep"),
        (SWEPT, "a sweep"),
        (CALIBRATED, "a calibration"),
        (DESCRIPTION, "a comparison"),
    ];
    let Some((_, what)) = kinds.into_iter().find(|(name, _)| results.holds(name)) else {
        return Ok(());
    };
    let scenario = shell_word(scenario);
    Err(Failure::Asked(format!(
        "`{}` is the folder of {what}, and score takes one that exeunt run wrote: exeunt run {scenario} makes one; without \
         --from exeunt score {scenario} runs the scenario itself",
        results.folder().display()
    )))
}
