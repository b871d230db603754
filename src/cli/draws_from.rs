//! `--draws-from`: sets of parameters from a file, which may be a posterior.

use super::ending::Failure;
use crate::experiment::calibration::PosteriorOf;
use crate::experiment::{Draws, Head, Varied, csv_heading, varied};
use crate::scenario::{Problem, Problems, Source, read_text};
use std::collections::BTreeMap;
use std::path::Path;

/// The text of a file of draws, and warnings about it.
///
/// # Errors
/// If the file cannot be read, or is a posterior of a scenario that is neither `base` nor the one from whose first day
/// `base` is measured.
pub(super) fn text_of_draws(path: &Path, base: &Source) -> Result<(String, Vec<String>), Failure> {
    let text = read_text(path).map_err(|reason| {
        Problems::from(
            Problem::error(format!("cannot read {}: {reason}", path.display()))
                .expected("a CSV file with a column for each parameter and a row for each set")
                .cure("name it with --draws-from FILE; docs/compare.md says how to write one"),
        )
    })?;
    let warnings = match PosteriorOf::read(&text) {
        Some(of) => of.fits(base).map_err(|[why, cure]| {
            Failure::Asked(format!("{}:1: {why}; {cure}", path.display()))
        })?,
        None => None,
    };
    Ok((text, warnings.into_iter().collect()))
}

/// The paths in the heading of a file of draws, as [`Draws::read`] reads them.
pub(super) fn heading(text: &str) -> Vec<String> {
    csv_heading(text, Some(b'#'))
}

/// Refuses columns for parameters to which `--set` gives one value.
///
/// # Errors
/// Every such column.
pub(super) fn refuse_set_ones(file: &str, text: &str, source: &Source) -> Result<(), Problems> {
    let mut problems = Problems::default();
    // (Looks at everything that has a range: an override with a range is drawn within it, and where `--vary` does not
    // name it, that is the fault.)
    let known = varied(source, &[String::new()]);
    for path in &heading(text) {
        if known.iter().any(|known| known.path() == *path) {
            continue;
        }
        if let Some(place) = source.overridden(path) {
            problems.push(
                Problem::error(format!("`{path}` is given one value and drawn from {file}"))
                    .at(place)
                    .expected("--set only for what is the same in all sets of parameters")
                    .cure(format!(
                        "leave this --set out, or take the column {path} out of {file}"
                    )),
            );
        }
    }
    match problems.is_empty() {
        true => Ok(()),
        false => Err(problems),
    }
}

/// The sets of a file for a single scenario, or only the `first` of them.
///
/// # Errors
/// If the file is wrong.
pub(super) fn draws_of_file(
    path: &Path,
    source: &Source,
    first: Option<u32>,
) -> Result<(Draws, Vec<String>), Failure> {
    let (text, mut warnings) = text_of_draws(path, source)?;
    let known: Vec<Varied> = varied(source, &[String::new()]);
    refuse_set_ones(&path.display().to_string(), &text, source)?;
    let draws = Draws::read(&path.display().to_string(), &text, &known, Head::Scenario)?;
    let (_, why) = idle(&draws.varied, std::slice::from_ref(source), "drawn anyway");
    if !why.is_empty() {
        warnings.push(format!("{}: {why}", path.display()));
    }
    let draws = match first {
        Some(first) if (first as usize) > draws.len() => {
            return Err(too_few(first, &path.display().to_string(), draws.len()));
        }
        Some(first) => draws.first(first as usize),
        None => draws,
    };
    Ok((draws, warnings))
}

/// The paths of parameters that change nothing in any of the scenarios, and a line that says how many for which reason
/// and what becomes of them; both are empty if there are none.
pub(super) fn idle(drawn: &[Varied], sources: &[Source], fate: &str) -> (Vec<String>, String) {
    let mut paths = Vec::new();
    let mut reasons: BTreeMap<&str, usize> = BTreeMap::new();
    for varied in drawn {
        let mut why = sources
            .iter()
            .map(|source| source.scenario().idle_because(varied.path()));
        let Some(Some(first)) = why.next() else {
            continue;
        };
        if why.all(|why| why.is_some()) {
            paths.push(varied.path().to_owned());
            *reasons.entry(first).or_default() += 1;
        }
    }
    let reasons: Vec<String> = reasons
        .iter()
        .map(|(why, number)| format!("{number} because of {why}"))
        .collect();
    let (number, are) = match paths.len() {
        0 => return (paths, String::new()),
        1 => ("1 parameter that changes".to_owned(), "is"),
        several => (format!("{several} parameters that change"), "are"),
    };
    let line = format!("{number} nothing here {are} {fate}: {}", reasons.join(", "));
    (paths, line)
}

/// The failure if more sets are asked for than the file has.
pub(super) fn too_few(asked: u32, file: &str, sets: usize) -> Failure {
    let (sets, fewer) = match sets {
        1 => ("1 set".to_owned(), "--draws 1".to_owned()),
        sets => (format!("{sets} sets"), format!("--draws {sets} or fewer")),
    };
    Failure::Asked(format!(
        "--draws {asked}: {file} has {sets} of parameters; give {fewer}, or a file with more"
    ))
}
