//! `exeunt new`: writes a commented scenario that runs.

use super::args::NewArguments;
use super::ending::{Ending, Failure};
use super::output::print;
use crate::scenario::{is_label, starter};
use crate::store::{StoreError, shell_word, write_new_folder};
use std::path::Path;

/// Writes the starter and prints how to go on.
pub(super) fn write(arguments: &NewArguments) -> Result<Ending, Failure> {
    let named: Vec<(&str, String)> = starter()
        .into_iter()
        .map(|(name, text)| (name, named(name, text, &arguments.folder)))
        .collect();
    let files: Vec<(&str, &str)> = named
        .iter()
        .map(|(name, text)| (*name, text.as_str()))
        .collect();
    write_new_folder(&arguments.folder, &files)
        .map_err(|error| refused(error, &arguments.folder))?;
    let names: Vec<&str> = files.iter().map(|(name, _)| name.as_ref()).collect();
    let scenario = arguments.folder.join("scenario.toml");
    print(&format!(
        "Wrote {} in `{}`. Start with:\n\n    exeunt check {scenario}\n    exeunt run {scenario}\n    \
         exeunt compare {scenario} {policy} --quick\n",
        names.join(", "),
        arguments.folder.display(),
        scenario = shell_word(&scenario),
        policy = shell_word(arguments.folder.join("policy.toml")),
    ));
    Ok(Ending::Done)
}

/// Why nothing was written; the only cure that `new` offers is another folder.
fn refused(error: StoreError, folder: &Path) -> Failure {
    let why = match error {
        StoreError::Exists { .. } => "already exists and is not an empty folder".to_owned(),
        StoreError::NoName { .. } => "names no folder".to_owned(),
        StoreError::BelowFile { file, .. } => {
            format!("cannot be created: `{}` is a file", file.display())
        }
        StoreError::Unwritable { source, .. } => {
            return Failure::Asked(format!(
                "`{}` cannot be created: {source}; give a folder where you may write",
                folder.display()
            ));
        }
        error => return error.into(),
    };
    Failure::Asked(format!(
        "`{}` {why}; give a folder that does not exist yet: exeunt new {}",
        folder.display(),
        free_name()
    ))
}

/// A name that nothing has here, so that the command with it can be typed.
fn free_name() -> String {
    let mut number = 1;
    let mut name = "my-case".to_owned();
    while Path::new(&name).exists() {
        number += 1;
        name = format!("my-case-{number}");
    }
    name
}

/// A text of the starter. The scenario is named after its folder, so that results of two cases do not collide.
fn named(file: &str, text: &str, folder: &Path) -> String {
    let name = folder
        .file_name()
        .map(|name| name.to_string_lossy())
        .filter(|name| is_label(name));
    match name {
        Some(name) if file == "scenario.toml" => {
            text.replacen("title = ", &format!("name = \"{name}\"\ntitle = "), 1)
        }
        _ => text.to_owned(),
    }
}
