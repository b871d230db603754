//! `exeunt run`: from a scenario file to a results folder and a summary.

use super::args::RunArguments;
use super::course::Course;
use super::draws_from::draws_of_file;
use super::ending::{Ending, Failure};
use super::keeping::threads;
use super::memory::require_memory;
use super::output::{print, print_json, say};
use super::{dry_run, interrupt, read};
use crate::engine::{EngineError, Observer as _, Prepared, RunOptions, STREAM_VERSION, Simulation};
use crate::experiment::{Draws, write_points};
use crate::measure::comparison_schema::POINTS;
use crate::measure::schema::TABLES;
use crate::measure::{Outcome, Recorder, RunKey, Trajectory};
use crate::report::{FEW_AGENTS, Progress, RunSet, Screen, Summary, run_as_json};
use crate::scenario::{Problems, Scenario, Source};
use crate::store::{
    Destination, FORMAT, Folder, Manifest, SCENARIO, StoreError, Tables, available, check_names,
    estimate_bytes, require_space,
};
use std::path::Path;
use std::sync::Arc;

/// Runs a scenario.
pub(super) fn run(arguments: &RunArguments) -> Result<Ending, Failure> {
    let source = read(&arguments.scenario, &arguments.runs.sets)?;
    if !arguments.quiet {
        say_places(&source, &arguments.scenario);
    }
    let scenario = source.scenario();
    check_names(scenario)?;
    let path = arguments
        .out
        .clone()
        .unwrap_or_else(|| Path::new("results").join(&scenario.name));
    // A dry run writes nothing: results are not in its way.
    let destination = match arguments.dry_run {
        true => None,
        false => Some(Destination::check(&path, arguments.force)?),
    };
    let draws = match &arguments.draws_from {
        None => Draws::as_in_files(),
        Some(file) => {
            let (draws, warnings) = draws_of_file(file, &source, arguments.draws)?;
            for warning in warnings.iter().filter(|_| !arguments.quiet) {
                say(&format!("warning: {warning}"));
            }
            draws
        }
    };
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
    require_memory(&[scenario], arguments.runs.options(0), 1)?;
    let course = Course::begin(threads(arguments.runs.threads));
    let folder = Folder::create(destination)?;
    let drawn = arguments.draws_from.is_some();
    let mut wanted = TABLES.to_vec();
    wanted.extend(drawn.then_some(&POINTS));
    let mut tables = Tables::create_these(folder.path(), &wanted, &arguments.tables.formats)?;
    let mut work = Work::new(&source, &draws, arguments);
    let interrupted = work.run_all(&mut tables)?;
    if drawn {
        write_points(&draws, &[], &mut tables);
    }
    let seconds = course.elapsed().as_secs_f64();
    work.say_warnings();
    let Some(first) = work.finished.first() else {
        return work.nothing_kept();
    };

    let record = course.record(work.failures.clone());
    // Each set of parameters has constants of its own: `points` says from which values they follow.
    let constants = (!drawn).then_some(&first.constants);
    let resolved = source.resolved_toml(constants);
    let manifest = work.manifest();
    let texts = [(SCENARIO.to_owned(), resolved)];
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

/// How much in the scenario is probably not as meant; `check` says what.
fn say_places(source: &Source, scenario: &Path) {
    let places = match source.warnings().len() {
        0 => return,
        1 => "a place".to_owned(),
        places => format!("{places} places"),
    };
    say(&format!(
        "warning: the scenario deserves a look in {places}: exeunt check {}",
        scenario.display()
    ));
}

/// A run that came to its end.
struct Finished {
    draw: u32,
    replicate: u32,
    outcomes: Vec<Outcome>,
    trajectory: Trajectory,
    constants: crate::scenario::Constants,
}

/// Why a run did not come to its end.
enum Stopped {
    Interrupted,
    Engine(EngineError),
    Store(StoreError),
    Scenario(Box<Problems>),
}

impl From<Problems> for Stopped {
    fn from(problems: Problems) -> Self {
        Self::Scenario(Box::new(problems))
    }
}

impl From<EngineError> for Stopped {
    fn from(error: EngineError) -> Self {
        Self::Engine(error)
    }
}

/// The runs of one command.
struct Work<'a> {
    source: &'a Source,
    /// The scenario as the files say.
    scenario: &'a Arc<Scenario>,
    draws: &'a Draws,
    arguments: &'a RunArguments,
    /// What the first run of a set of parameters has prepared, and of which.
    prepared: Option<(usize, Prepared)>,
    progress: Progress,
    finished: Vec<Finished>,
    failures: Vec<String>,
    warnings: Vec<String>,
    /// The first failure, for when it is all there is.
    first_failure: Option<EngineError>,
}

impl<'a> Work<'a> {
    fn new(source: &'a Source, draws: &'a Draws, arguments: &'a RunArguments) -> Self {
        let scenario = source.scenario();
        let runs = u64::from(arguments.runs.replicates) * draws.len() as u64;
        let steps = scenario.calendar.steps.len() as u64 * runs;
        let persons: u64 = scenario.segments.iter().map(|segment| segment.size).sum();
        let screen = Screen::of_stderr();
        Self {
            source,
            scenario,
            draws,
            arguments,
            prepared: None,
            progress: Progress::new(
                steps,
                persons / arguments.runs.scale,
                arguments.quiet,
                screen.unicode,
            ),
            finished: Vec::new(),
            failures: Vec::new(),
            warnings: Vec::new(),
            first_failure: None,
        }
    }

    /// Every replicate of every set of parameters, one after another; `true` if interrupted. The rows of
    /// those that do not come to their end are dropped.
    fn run_all(&mut self, tables: &mut Tables) -> Result<bool, Failure> {
        let mut interrupted = false;
        let replicates = self.arguments.runs.replicates;
        let places =
            (0..self.draws.len()).flat_map(|place| (0..replicates).map(move |r| (place, r)));
        for (place, replicate) in places {
            match self.run_one(place, replicate, tables) {
                Ok(finished) => {
                    tables.mark()?;
                    self.finished.push(finished);
                    continue;
                }
                Err(Stopped::Interrupted) => interrupted = true,
                Err(Stopped::Store(error)) => return Err(error.into()),
                // What the scenario or the machine does not allow concerns every run alike.
                Err(Stopped::Engine(
                    error @ (EngineError::Unsupported { .. } | EngineError::Threads { .. }),
                )) => return Err(error.into()),
                // So does what cannot be computed, unless chance let earlier runs come through.
                Err(Stopped::Engine(error @ EngineError::OutOfRange { .. }))
                    if self.finished.is_empty() =>
                {
                    self.progress.clear();
                    return Err(error.into());
                }
                // A set of parameters that the scenario does not take is a fault of the file.
                Err(Stopped::Scenario(problems)) => {
                    self.progress.clear();
                    return Err(Failure::Scenario(problems));
                }
                Err(Stopped::Engine(error)) => {
                    let failure = match self.draws.numbers.get(place) {
                        Some(0) | None => format!("replicate {replicate}: {error}"),
                        Some(draw) => format!("draw {draw}, replicate {replicate}: {error}"),
                    };
                    self.progress.note(&format!("error: {failure}"));
                    self.failures.push(failure);
                    self.first_failure.get_or_insert(error);
                }
            }
            tables.rewind()?;
            if interrupted {
                break;
            }
        }
        self.progress.clear();
        Ok(interrupted)
    }

    fn run_one(
        &mut self,
        place: usize,
        replicate: u32,
        tables: &mut Tables,
    ) -> Result<Finished, Stopped> {
        self.progress.preparing("preparing");
        let draw = self.draws.numbers.get(place).copied().unwrap_or(0);
        let (scenario, mut simulation) = self.simulation(place, draw, replicate)?;
        let key = RunKey { draw, replicate };
        let mut recorder = Recorder::new(&scenario, key, &mut *tables);
        let mut trajectory = Trajectory::new();
        recorder.record(&simulation.report());
        trajectory.record(&simulation.report());
        while simulation.steps_done() < scenario.calendar.steps.len() {
            if interrupt::asked() {
                return Err(Stopped::Interrupted);
            }
            simulation.step()?;
            let report = simulation.report();
            recorder.record(&report);
            trajectory.record(&report);
            self.progress.step(report.date);
            if recorder.sink().failed() {
                break;
            }
        }
        let outcomes = recorder.finish();
        // A full disk shows here, and ends the command: the next run would not fare better.
        tables.check().map_err(Stopped::Store)?;
        for warning in simulation.warnings() {
            if !self.warnings.contains(warning) {
                self.warnings.push(warning.clone());
            }
        }
        let constants = simulation.constants().clone();
        Ok(Finished {
            draw,
            replicate,
            outcomes,
            trajectory,
            constants,
        })
    }

    /// A run, of what the first of its set of parameters has prepared: that follows from the seed, not from the
    /// replicate.
    fn simulation(
        &mut self,
        place: usize,
        draw: u32,
        replicate: u32,
    ) -> Result<(Arc<Scenario>, Simulation), Stopped> {
        let options = RunOptions {
            draw,
            ..self.arguments.runs.options(replicate)
        };
        let prepared = match self.prepared.take() {
            Some((of, prepared)) if of == place => prepared,
            _ => {
                let sets = self.draws.sets(place);
                let scenario = match sets.is_empty() {
                    true => Arc::clone(self.scenario),
                    false => Arc::clone(self.source.with(&sets)?.scenario()),
                };
                Prepared::new(scenario, &options)?
            }
        };
        let (_, prepared) = self.prepared.insert((place, prepared));
        let simulation = prepared.simulation(options.draw, options.replicate, options.threads)?;
        Ok((Arc::clone(prepared.scenario()), simulation))
    }

    fn manifest(&self) -> Manifest {
        let mut draws: Vec<u32> = self.finished.iter().map(|run| run.draw).collect();
        draws.dedup();
        Manifest {
            exeunt: env!("CARGO_PKG_VERSION").to_owned(),
            format: FORMAT,
            stream_version: STREAM_VERSION,
            scenario: self.scenario.name.clone(),
            compared: Vec::new(),
            scenario_sha256: String::new(),
            seed: self.arguments.runs.seed,
            scale: self.arguments.runs.scale,
            draws: u32::try_from(draws.len()).unwrap_or(u32::MAX),
            replicates: self.arguments.runs.replicates,
            replicates_finished: self.replicates(),
            files: Default::default(),
        }
    }

    fn threads(&self) -> usize {
        threads(self.arguments.runs.threads)
    }

    fn replicates(&self) -> Vec<u32> {
        let mut replicates: Vec<u32> = self.finished.iter().map(|run| run.replicate).collect();
        replicates.sort_unstable();
        replicates.dedup();
        replicates
    }

    fn say_warnings(&self) {
        if self.arguments.quiet {
            return;
        }
        for warning in &self.warnings {
            say(&format!("warning: {warning}"));
        }
        if self.arguments.runs.scale > 1 {
            let outcomes: Vec<_> = self
                .finished
                .iter()
                .map(|run| run.outcomes.clone())
                .collect();
            if let Some(line) = weak_outcomes(&RunSet::new(&outcomes), self.arguments.runs.scale) {
                say(&line);
            }
        }
    }

    /// No run came to its end, so there are no results.
    fn nothing_kept(self) -> Result<Ending, Failure> {
        match self.first_failure {
            // It has been shown already.
            Some(_) => {
                say("no run came to its end: nothing is kept");
                Ok(Ending::SomeFailed)
            }
            None => {
                say("interrupted: no run was finished, nothing is kept");
                Ok(Ending::Interrupted)
            }
        }
    }

    /// The summary on standard output.
    fn show(&self, folder: &Path, seconds: f64) {
        let Some(first) = self.finished.first() else {
            return;
        };
        let outcomes: Vec<_> = self
            .finished
            .iter()
            .map(|run| run.outcomes.clone())
            .collect();
        let summary = Summary {
            scenario: self.scenario,
            seed: self.arguments.runs.seed,
            scale: self.arguments.runs.scale,
            runs: RunSet::new(&outcomes),
            trajectory: &first.trajectory,
            threads: self.threads(),
            seconds,
            folder,
        };
        if self.arguments.json {
            print_json(&run_as_json(&summary, &self.replicates(), &self.failures));
        } else if !self.arguments.quiet {
            print(&summary.render(&Screen::of_stdout()));
        }
    }
}

/// Names the outcomes that are mostly chance at this scale.
fn weak_outcomes(runs: &RunSet<'_>, scale: u64) -> Option<String> {
    let weak = runs.weak();
    if weak.is_empty() {
        return None;
    }
    let names: Vec<String> = weak
        .iter()
        .map(|(id, rows)| format!("{id} ({rows})"))
        .collect();
    Some(format!(
        "warning: at --scale {scale} these outcomes rest on fewer than {FEW_AGENTS} agents and are mostly chance \
         (rows in brackets): {}; a lower --scale gives more agents",
        names.join(", ")
    ))
}
