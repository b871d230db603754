//! `exeunt run`: runs a scenario file into a results folder and a summary.

use super::args::RunArguments;
use super::course::Course;
use super::draws_from::draws_of_file;
use super::ending::{Ending, Failure};
use super::keeping::threads;
use super::memory::runs_at_once;
use super::output::say;
use super::run_one::Basis;
use super::run_work::Work;
use super::{dry_run, interrupt, read, say_places};
use crate::experiment::{Draws, write_points};
use crate::measure::comparison_schema::POINTS;
use crate::measure::schema::TABLES;
use crate::report::{KEPT_BYTES, Progress, Screen};
use crate::scenario::Scenario;
use crate::store::{
    Destination, Folder, SCENARIO, Tables, available, check_names, estimate_bytes, require_space,
};
use std::path::Path;

/// Runs `exeunt run`.
pub(super) fn run(arguments: &RunArguments) -> Result<Ending, Failure> {
    let source = read(&arguments.scenario, &arguments.runs.sets)?;
    if !arguments.quiet {
        say_places(&source, &arguments.scenario, &arguments.runs.sets);
    }
    let scenario = source.scenario();
    check_names(scenario)?;
    let path = arguments
        .out
        .clone()
        .unwrap_or_else(|| Path::new("results").join(&scenario.name));
    // A dry run writes nothing, so results that are there are not in its way.
    let destination = match arguments.dry_run {
        true => None,
        false => Some(Destination::check(&path, arguments.force)?),
    };
    let (draws, of_draws) = match &arguments.draws_from {
        None => (Draws::as_in_files(), Vec::new()),
        Some(file) => draws_of_file(file, &source, arguments.draws)?,
    };
    for warning in of_draws.iter().filter(|_| !arguments.quiet) {
        say(&format!("warning: {warning}"));
    }
    let runs = arguments
        .runs
        .replicates
        .saturating_mul(u32::try_from(draws.len()).unwrap_or(u32::MAX));
    let needed = estimate_bytes(scenario, runs, &arguments.tables.formats);
    require_space(&path, needed, available(&path)?)?;
    let Some(destination) = destination else {
        return dry_run::estimate(scenario, arguments, runs, needed);
    };

    interrupt::listen();
    let options = arguments.runs.options(0);
    let at_once = runs_at_once(scenario, options, runs, KEPT_BYTES)?;
    let course = Course::begin(threads(arguments.runs.threads));
    let mut folder = Folder::create(destination)?;
    let drawn = arguments.draws_from.is_some();
    let mut wanted = TABLES.to_vec();
    wanted.extend(drawn.then_some(&POINTS));
    let mut tables = Tables::create_these(folder.path(), &wanted, &arguments.tables.formats)?;
    let progress = progress(scenario, arguments, runs);
    let mut work = Work::new(Basis {
        source: &source,
        scenario,
        draws: &draws,
        arguments,
        of_draws: &of_draws,
        progress: &progress,
    });
    let interrupted = work.run_all(at_once, &mut tables)?;
    if drawn {
        write_points(&draws, &[], &mut tables);
    }
    let seconds = course.elapsed().as_secs_f64();
    work.say_warnings();
    let Some(first) = work.finished.first() else {
        return work.nothing_kept();
    };

    let record = course.record(work.failures.clone());
    // Each set of parameters has constants of its own; the table `points` holds the values from which they follow.
    let constants = (!drawn).then_some(&first.constants);
    let resolved = source.resolved_toml(constants);
    let manifest = work.manifest();
    let texts = [(SCENARIO.to_owned(), resolved)];
    if interrupted {
        // The results that are there may be complete, and these are not.
        folder.spare_what_is_there();
    }
    let path = folder.finish(&texts, manifest, tables.close()?, &record)?;
    work.show(&path, seconds);
    Ok(match (interrupted, work.failures.is_empty()) {
        (true, _) => {
            let (kept, asked) = (work.finished.len(), runs);
            say(&format!(
                "interrupted: the {kept} of {asked} runs that were finished are in `{}`",
                path.display()
            ));
            Ending::Interrupted
        }
        (false, false) => Ending::SomeFailed,
        (false, true) => Ending::Done,
    })
}

/// A progress bar over all steps of all runs.
fn progress(scenario: &Scenario, arguments: &RunArguments, runs: u32) -> Progress {
    let steps = scenario.calendar.steps.len() as u64 * u64::from(runs);
    let persons: u64 = scenario.segments.iter().map(|segment| segment.size).sum();
    let agents = persons / arguments.runs.scale;
    Progress::new(steps, agents, arguments.quiet, Screen::of_stderr().unicode)
}
