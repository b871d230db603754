//! The kinds of files and folders that commands take, and what to type if a command was given another kind.

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
    /// The kind of a file, judged by keys that only files of that kind have.
    pub fn of(path: &Path) -> Self {
        match (CalibrationPlan::is_in(path), SweepPlan::is_in(path)) {
            (true, _) => Self::Calibration,
            (false, true) => Self::Sweep,
            (false, false) => Self::Scenario,
        }
    }
}

/// The failure for a file that could not be read as the wanted kind. If it is a plan of another kind, this names the
/// command that takes it; otherwise it is `found`, whose cures would turn the file into the wanted kind.
pub(super) fn refused(path: &Path, wanted: Kind, found: Problems) -> Failure {
    match plan_of_another(path, wanted) {
        Some(why) => Failure::Asked(why),
        None => found.into(),
    }
}

/// If a file is a plan of another kind than wanted: what it is, and which command takes it.
pub(super) fn plan_of_another(path: &Path, wanted: Kind) -> Option<String> {
    let is = Kind::of(path);
    let (what, command) = match is {
        Kind::Scenario => return None,
        Kind::Sweep => ("sweep", "sweep"),
        Kind::Calibration => ("calibration", "calibrate"),
    };
    (is != wanted).then(|| {
        format!(
            "`{}` is the plan of a {what}; run exeunt {command} {}",
            path.display(),
            shell_word(path)
        )
    })
}

/// Refuses results that a scenario cannot be scored with because they do not come from `exeunt run`.
pub(super) fn require_run(results: &Results, scenario: &Path) -> Result<(), Failure> {
    // (An analysis holds the description of its sweep as well, so it must be looked for first.)
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
        "`{}` is the folder of {what}, but score takes one that exeunt run wrote: exeunt run {scenario} makes one; without \
         --from, exeunt score {scenario} runs the scenario itself",
        results.folder().display()
    )))
}
