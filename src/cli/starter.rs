//! `exeunt new`: a commented scenario that runs.

use super::args::NewArguments;
use super::ending::{Ending, Failure};
use super::output::print;
use crate::scenario::starter;
use crate::store::write_new_folder;

/// Writes the starter and says how to go on.
pub(super) fn write(arguments: &NewArguments) -> Result<Ending, Failure> {
    let files = starter();
    write_new_folder(&arguments.folder, &files)?;
    let names: Vec<&str> = files.iter().map(|(name, _)| name.as_ref()).collect();
    let scenario = arguments.folder.join("scenario.toml");
    print(&format!(
        "Wrote {} in `{}`. Begin with:\n\n    exeunt check {scenario}\n    exeunt run {scenario}\n",
        names.join(", "),
        arguments.folder.display(),
        scenario = scenario.display(),
    ));
    Ok(Ending::Done)
}
