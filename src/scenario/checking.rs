//! `check`: every problem of several files in one pass, nothing run.

use super::Scenario;
use super::claims::ClaimCounts;
use super::load::Loader;
use super::problem::{Problems, Severity};
use super::source::draft;
use std::collections::BTreeSet;
use std::path::PathBuf;
use std::sync::Arc;

/// What checking several files found.
#[derive(Debug, Clone)]
pub struct CheckReport {
    /// Everything that is wrong or probably not meant.
    pub problems: Problems,
    /// How many numbers rest on which basis; a number in a file that several share counts once.
    pub claims: ClaimCounts,
    /// The scenarios among the files, if nothing is wrong with any file.
    pub scenarios: Vec<Arc<Scenario>>,
    /// Files that are parts for others to extend: they have no period of their own, or not both
    /// people and places.
    pub parts: Vec<PathBuf>,
}

impl CheckReport {
    /// Whether one of the problems is an error.
    pub fn has_errors(&self) -> bool {
        self.problems.has_errors()
    }

    /// Number of errors and number of warnings.
    pub fn counts(&self) -> (usize, usize) {
        let warnings = self
            .problems
            .iter()
            .filter(|problem| problem.severity == Severity::Warning)
            .count();
        (self.problems.len() - warnings, warnings)
    }
}

/// Checks files, scenarios or parts of scenarios, with the same overrides for each scenario.
pub fn check(paths: &[PathBuf], sets: &[String]) -> CheckReport {
    let mut loader = Loader::default();
    let mut scenarios = Vec::new();
    let mut parts = Vec::new();
    let mut claims = ClaimCounts::default();
    let mut counted = BTreeSet::new();
    for path in paths {
        let Some(merged) = loader.file(path, None) else {
            continue;
        };
        let stem = path.file_stem().and_then(|stem| stem.to_str());
        let draft = draft(&mut loader, merged, stem.unwrap_or("scenario"), sets, false);
        claims.add(draft.said.values().filter(|said| {
            let place = &said.place;
            said.preset || counted.insert((place.file().to_owned(), place.start))
        }));
        if draft.is_part {
            parts.push(path.clone());
        } else {
            scenarios.push(Arc::new(draft.scenario));
        }
    }
    let problems = loader.settle();
    if problems.has_errors() {
        scenarios.clear();
    }
    CheckReport {
        problems,
        claims,
        scenarios,
        parts,
    }
}
