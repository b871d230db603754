//! The command line: parsing, messages and wiring, without arithmetic.

mod analyse;
mod args;
mod calibrate;
mod calibrate_message;
mod calibrate_plan;
mod calibrate_results;
mod compare;
mod compare_description;
mod compare_dry_run;
mod compare_folder;
mod compare_inputs;
mod compare_reference;
mod course;
mod draws_from;
mod dry_run;
mod ending;
mod format;
mod inspect;
mod interrupt;
mod keeping;
mod kinds;
mod memory;
mod merge;
mod observations;
mod output;
mod report;
mod run;
mod run_one;
mod run_warnings;
mod run_work;
mod score;
mod score_runs;
mod starter;
mod submit;
mod sweep;
mod trace;

pub use args::Arguments;
pub use ending::{Ending, Failure};

use crate::report::Screen;
use crate::scenario::Source;
use crate::store::shell_word;
use args::Command;
use kinds::Kind;
use output::say;
use std::path::Path;

/// Executes a command.
///
/// # Errors
/// If nothing could be done; the failure says why, and what to type instead.
pub fn execute(arguments: &Arguments) -> Result<Ending, Failure> {
    let ended = match &arguments.command {
        Command::Run(arguments) => run::run(arguments),
        Command::Compare(arguments) => compare::compare(arguments),
        Command::Sweep(arguments) => sweep::sweep(arguments),
        Command::Merge(arguments) => merge::merge(arguments),
        Command::Analyse(arguments) => analyse::run(arguments),
        Command::Submit(arguments) => submit::submit(arguments),
        Command::Calibrate(arguments) => calibrate::calibrate(arguments),
        Command::Score(arguments) => score::score(arguments),
        Command::Trace(arguments) => trace::trace(arguments),
        Command::Check(arguments) => inspect::check_files(arguments),
        Command::Report(arguments) => report::report(arguments),
        Command::Show(arguments) => inspect::show(arguments),
        Command::Diff(arguments) => inspect::diff(arguments),
        Command::New(arguments) => starter::write(arguments),
        Command::Schema(arguments) => inspect::schema(arguments),
        Command::Completions(arguments) => inspect::completions(arguments),
    };
    ended.map(output::ending)
}

/// Prints to standard error why nothing could be done.
pub fn show_failure(failure: &Failure) {
    say(&failure.render(Screen::of_stderr().colour));
}

/// Reads a scenario.
fn read(path: &Path, sets: &[String]) -> Result<Source, Failure> {
    Source::load(path, sets).map_err(|found| kinds::refused(path, Kind::Scenario, found))
}

/// Warns if a scenario has places that are probably not as meant; `check` names them.
fn say_places(source: &Source, scenario: &Path, sets: &[String]) {
    let places = match source.warnings().len() {
        0 => return,
        1 => "a warning".to_owned(),
        places => format!("{places} warnings"),
    };
    // (What an override brings about is only shown along with that override.)
    let sets = sets.iter().map(|set| format!(" --set {}", shell_word(set)));
    say(&format!(
        "warning: the scenario has {places}, shown by exeunt check {}{}",
        shell_word(scenario),
        sets.collect::<String>()
    ));
}
