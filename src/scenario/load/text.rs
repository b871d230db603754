//! The text of a file, and what to report of a path that is not one: a folder, a table or a
//! misspelt name.

use crate::scenario::path;
use crate::scenario::problem::Problem;
use std::io::Read;
use std::path::{Component, Path, PathBuf};

/// The largest scenario file. One has a few hundred lines; anything larger than this is something
/// else.
const MOST_BYTES: u64 = 4_000_000;

/// Checks that a text of this many bytes can be a scenario file; otherwise returns why not.
pub(crate) fn within_limit(bytes: usize) -> Result<(), String> {
    if bytes as u64 > MOST_BYTES {
        let megabytes = MOST_BYTES / 1_000_000;
        return Err(format!(
            "it is larger than {megabytes} MB, too large for a scenario file"
        ));
    }
    Ok(())
}

/// Reads a text of bounded size.
pub(crate) fn read_text(path: &Path) -> Result<String, String> {
    let describe = |error: std::io::Error| error.to_string();
    // Checked before opening: opening a pipe would block until somebody writes to it.
    if !std::fs::metadata(path).map_err(describe)?.is_file() {
        return Err("this is not a file".to_owned());
    }
    let file = std::fs::File::open(path).map_err(describe)?;
    let mut bytes = Vec::new();
    file.take(MOST_BYTES + 1)
        .read_to_end(&mut bytes)
        .map_err(describe)?;
    within_limit(bytes.len())?;
    if let Some(at) = bytes.iter().position(|byte| *byte == 0) {
        let line = 1 + bytes[..at].iter().filter(|byte| **byte == b'\n').count();
        return Err(format!(
            "line {line} holds a zero byte, which text never has; save the file as UTF-8"
        ));
    }
    String::from_utf8(bytes).map_err(|error| {
        let valid = error.utf8_error().valid_up_to();
        let line = 1 + error.as_bytes()[..valid]
            .iter()
            .filter(|byte| **byte == b'\n')
            .count();
        format!("line {line} is not UTF-8 text; save the file as UTF-8")
    })
}

/// Removes `.` and resolves `..` where that can be done from the text of the path alone.
pub(super) fn tidy(path: &Path) -> PathBuf {
    let mut tidied = PathBuf::new();
    for component in path.components() {
        match component {
            Component::CurDir => {}
            Component::ParentDir
                if matches!(tidied.components().next_back(), Some(Component::Normal(_))) =>
            {
                tidied.pop();
            }
            other => tidied.push(other),
        }
    }
    if tidied.as_os_str().is_empty() && !path.as_os_str().is_empty() {
        tidied.push(".");
    }
    tidied
}

/// Returns the file with the most similar name in the same folder.
pub(super) fn nearest_file(path: &Path) -> Option<String> {
    let wanted = path.file_name()?.to_str()?;
    let folder = match path.parent() {
        Some(folder) if folder.as_os_str().is_empty() => Path::new("."),
        Some(folder) => folder,
        None => return None,
    };
    let names = toml_files(folder);
    path::nearest(wanted, names.iter().map(String::as_str))
}

/// Returns the names of the scenario files in a folder, sorted.
fn toml_files(folder: &Path) -> Vec<String> {
    let entries = std::fs::read_dir(folder).into_iter().flatten().take(1000);
    let names = entries.filter_map(|entry| entry.ok()?.file_name().into_string().ok());
    let mut names: Vec<String> = names.filter(|name| name.ends_with(".toml")).collect();
    names.sort_unstable();
    names
}

/// Returns the problem of a folder where a file was expected; it names the scenarios that the
/// folder holds.
pub(super) fn folder_for_file(folder: &Path) -> Problem {
    let names = toml_files(folder);
    let meant = match names.as_slice() {
        [one] => Some(one),
        several => several.iter().find(|name| *name == "scenario.toml"),
    };
    let problem = Problem::error(format!("{} is a folder, not a file", folder.display()))
        .expected("a scenario file");
    match (meant, names.as_slice()) {
        (Some(name), _) => {
            let file = folder.join(name).display().to_string();
            problem
                .nearest(Some(file.clone()))
                .cure(format!("name the file: {file}"))
        }
        (None, []) => problem.cure("name a file; the folder has none whose name ends in .toml"),
        (None, several) => problem.cure(format!(
            "name a file in it: {}",
            path::one_of(several, false)
        )),
    }
}

/// Returns the problem of a table of numbers where a scenario was expected.
pub(super) fn table_for_scenario(path: &Path) -> Problem {
    let problem = Problem::error(format!("{} is a table, not a scenario", path.display()))
        .expected("a scenario file, which ends in .toml");
    match path.file_name().is_some_and(|name| name == "observed.csv") {
        true => problem.cure(
            "check the scenario beside it, which checks the observations too: exeunt check SCENARIO, or exeunt score \
             SCENARIO --check",
        ),
        false => problem.cure(
            "name a scenario; observations are given by exeunt score SCENARIO --observed FILE",
        ),
    }
}
