//! `observed.csv`: where to find it, what is wrong with it, and a one-line summary.

use crate::analyse::Observed;
use crate::scenario::{CheckReport, Problem, Problems, Scenario, nearest, read_text};
use std::path::{Path, PathBuf};

/// The usual path of the observations for a scenario file: `observed.csv` beside it.
pub(super) fn beside(scenario: &Path) -> PathBuf {
    scenario.with_file_name("observed.csv")
}

/// Whether a file can be read at this path.
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

/// The usual path, if a similar one was named where there is no file.
fn neighbour(path: &Path) -> Option<String> {
    let usual = beside(path);
    let name = path.file_name()?.to_str()?;
    let is_near = nearest(name, ["observed.csv"].into_iter()).is_some();
    (usual != path && is_near && read_text(&usual).is_ok()).then(|| usual.display().to_string())
}

/// A line on what the file holds.
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

/// Adds the problems of the observations beside valid scenarios to the report; returns a line for each file without
/// problems.
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
