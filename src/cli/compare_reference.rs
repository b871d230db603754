//! The reference of `exeunt compare`: all scenarios are measured from the first day of the base.

use super::ending::Failure;
use crate::experiment::{Apart, is_measured_like, measured_alike};
use crate::scenario::{Problems, Source};
use std::path::Path;

/// Measures all scenarios, the base first, from one first day, and returns warnings about it.
///
/// # Errors
/// If a scenario cannot be measured from that day.
pub(super) fn alike(
    paths: &[&Path],
    sources: Vec<Source>,
) -> Result<(Vec<Source>, Vec<String>), Failure> {
    let (sources, moved) = measured_alike(sources).map_err(|apart| refused(paths, apart))?;
    let Some((base, others)) = sources.split_first() else {
        return Ok((sources, Vec::new()));
    };
    let mut warnings = Vec::new();
    let base_path = paths[0];
    let base_file = base_path.file_name().unwrap_or_default().to_string_lossy();
    if !moved.is_empty() {
        let names: Vec<&str> = moved
            .iter()
            .filter_map(|place| sources.get(*place))
            .map(|source| source.scenario().name.as_str())
            .collect();
        let (names, verb, them, own) = match names.as_slice() {
            [one] => ((*one).to_owned(), "names", "it", "its own"),
            several => (several.join(", "), "name", "them", "their own"),
        };
        let reference = match &base.scenario().reference {
            Some(reference) => &reference.name,
            None => &base.scenario().name,
        };
        let cure = match base.says_its_reference() {
            true => "name the same `reference` there".to_owned(),
            false => format!(
                "write reference = {base_file:?} into `{}`, and scenarios that extend it inherit that",
                base_path.display()
            ),
        };
        warnings.push(format!(
            "{names} {verb} no `reference`: compare measures {them} from the first day of {reference}, like the base, \
             but run from {own}; {cure}"
        ));
    }
    for (path, other) in paths[1..].iter().zip(others) {
        if !is_measured_like(other.scenario(), base.scenario()) {
            warnings.push(format!(
                "{} is measured from a different first day than {}: differences between their rules on the first day \
                 then mostly cancel; take `reference` or [constants] out of `{}`, or let both name the same",
                other.scenario().name,
                base.scenario().name,
                path.display()
            ));
        }
    }
    Ok((sources, warnings))
}

fn refused(paths: &[&Path], apart: Vec<Apart>) -> Failure {
    let mut problems = Problems::default();
    let mut faults = Vec::new();
    for one in apart {
        match one {
            Apart::Problems(found) => problems.extend(found),
            Apart::Lacks { place, paths: lacks } => faults.push(format!(
                "`{}`: only one of this file and `{}` has {}, so it cannot be measured from the base's first day; \
                 give the base the same (a channel with open = false lets nobody in), or write reference = {:?} into \
                 the file to measure it from its own",
                paths[place].display(),
                paths[0].display(),
                lacks.join(", "),
                paths[place].file_name().unwrap_or_default().to_string_lossy()
            )),
        }
    }
    match faults.is_empty() {
        true => problems.into(),
        false => Failure::Asked(faults.join("\nerror: ")),
    }
}
