//! `observed.csv`: where it stands, what is wrong with it, what it holds in a line.

use crate::analyse::Observed;
use crate::scenario::{CheckReport, Problem, Problems, Scenario, nearest, read_text};
use std::path::{Path, PathBuf};

/// Where the observations of a scenario file stand unless another place is named.
pub(super) fn beside(scenario: &Path) -> PathBuf {
    scenario.with_file_name("observed.csv")
}

/// Whether a file of observations can be read there.
pub(super) fn is_there(path: &Path) -> bool {
    read_text(path).is_ok()
}

/// Reads observations for a scenario.
///
/// # Errors
/// Everything that is wrong with them.
pub(super) fn read_observed(path: &Path, scenario: &Scenario) -> Result<Observed, Problems> {
    let text = read_text(path).map_err(|reason| {
        Problem::error(format!("cannot read {}: {reason}", path.display()))
            .expected("a file of observations, observed.csv beside the scenario")
            .nearest(neighbour(path))
            .cure("name it with --observed FILE; docs/score.md says how to write one")
    })?;
    Observed::read(&path.display().to_string(), &text, scenario)
}

/// The usual place, if another one was named and nothing is there.
fn neighbour(path: &Path) -> Option<String> {
    let usual = beside(path);
    let name = path.file_name()?.to_str()?;
    let is_near = nearest(name, ["observed.csv"].into_iter()).is_some();
    (usual != path && is_near && read_text(&usual).is_ok()).then(|| usual.display().to_string())
}

/// What the file holds.
pub(super) fn in_words(path: &Path, observed: &Observed) -> String {
    let rows = match observed.rows.len() {
        1 => "1 row".to_owned(),
        rows => format!("{rows} rows"),
    };
    let measured = observed.rows.iter().filter(|row| row.measure().is_some());
    format!(
        "{}: {rows}, {} with a measure, no errors\n",
        path.display(),
        measured.count()
    )
}

/// Adds what is wrong with the observations beside scenarios that are right to their report;
/// returns a line for each file that is as it should be.
pub(super) fn check_beside(files: &[PathBuf], report: &mut CheckReport) -> Vec<String> {
    let (mut problems, mut lines) = (Problems::default(), Vec::new());
    let scenarios = files.iter().filter(|file| !report.parts.contains(file));
    for (file, scenario) in scenarios.zip(&report.scenarios) {
        let path = beside(file);
        if !path.exists() {
            continue;
        }
        match read_observed(&path, scenario) {
            Ok(observed) => {
                let line = in_words(&path, &observed);
                if !lines.contains(&line) {
                    lines.push(line);
                }
            }
            Err(found) => problems.extend(found),
        }
    }
    report.problems.extend(problems);
    report.problems.settle();
    lines
}
