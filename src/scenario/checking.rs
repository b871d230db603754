//! `check`: reports every problem of several files in one pass, without running anything.

use super::Scenario;
use super::claims::ClaimCounts;
use super::load::Loader;
use super::problem::{Problems, Severity};
use super::source::draft;
use std::collections::BTreeSet;
use std::path::PathBuf;
use std::sync::Arc;

/// The result of checking several files.
#[derive(Debug, Clone)]
pub struct CheckReport {
    /// Everything that is wrong or probably unintended.
    pub problems: Problems,
    /// How many numbers rest on each basis. A number in a file that several scenarios share counts
    /// once.
    pub claims: ClaimCounts,
    /// The scenarios among the files; empty if any file has an error.
    pub scenarios: Vec<Arc<Scenario>>,
    /// Files that are parts for others to extend: they have no period of their own and lack people
    /// or places.
    pub parts: Vec<PathBuf>,
}

impl CheckReport {
    /// Whether any problem is an error.
    pub fn has_errors(&self) -> bool {
        self.problems.has_errors()
    }

    /// Returns the number of errors and the number of warnings.
    pub fn counts(&self) -> (usize, usize) {
        let warnings = self
            .problems
            .iter()
            .filter(|problem| problem.severity == Severity::Warning)
            .count();
        (self.problems.len() - warnings, warnings)
    }
}

/// Checks files that are scenarios or parts of scenarios, applying the same overrides to each
/// scenario.
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
