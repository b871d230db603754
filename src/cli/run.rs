//! `exeunt run`: from a scenario file to a results folder and a summary.

use super::args::RunArguments;
use super::ending::{Ending, Failure};
use super::output::{print, print_json, say};
use super::{dry_run, interrupt, read};
use crate::engine::{EngineError, Observer as _, Prepared, STREAM_VERSION, Simulation};
use crate::measure::{Outcome, Recorder, RunKey, Trajectory};
use crate::report::{FEW_AGENTS, Progress, RunSet, Screen, Summary, run_as_json};
use crate::scenario::{Scenario, Source};
use crate::store::{
    Destination, FORMAT, Folder, Manifest, RunRecord, SCENARIO, StoreError, Tables, available,
    check_names, estimate_bytes, require_space,
};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Instant;

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
        .unwrap_or_else(|| default_folder(&arguments.scenario));
    let destination = Destination::check(&path, arguments.force)?;
    let needed = estimate_bytes(
        scenario,
        arguments.runs.replicates,
        &arguments.tables.formats,
    );
    require_space(&path, needed, available(&path)?)?;
    if arguments.dry_run {
        return dry_run::estimate(scenario, arguments, needed);
    }

    interrupt::listen();
    let started = jiff::Timestamp::now();
    let clock = Instant::now();
    let folder = Folder::create(destination)?;
    let mut tables = Tables::create(folder.path(), &arguments.tables.formats)?;
    let mut work = Work::new(scenario, arguments);
    let interrupted = work.run_all(&mut tables)?;
    let seconds = clock.elapsed().as_secs_f64();
    work.say_warnings();
    let Some(first) = work.finished.first() else {
        return work.nothing_kept();
    };

    let record = RunRecord {
        host: gethostname::gethostname().to_string_lossy().into_owned(),
        platform: format!("{} {}", std::env::consts::OS, std::env::consts::ARCH),
        threads: work.threads(),
        started: started.strftime("%Y-%m-%dT%H:%M:%SZ").to_string(),
        seconds,
        command: std::env::args_os()
            .map(|word| word.to_string_lossy().into_owned())
            .collect(),
        failures: work.failures.clone(),
    };
    let resolved = source.resolved_toml(Some(&first.constants));
    let manifest = manifest(scenario, arguments, work.replicates());
    let texts = [(SCENARIO.to_owned(), resolved)];
    let path = folder.finish(&texts, manifest, tables.close()?, &record)?;
    work.show(&path, seconds);
    Ok(match (interrupted, work.failures.is_empty()) {
        (true, _) => {
            let (kept, asked) = (work.finished.len(), arguments.runs.replicates);
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

/// `results/` and the scenario's stem.
fn default_folder(scenario: &Path) -> PathBuf {
    Path::new("results").join(scenario.file_stem().unwrap_or_default())
}

fn manifest(scenario: &Scenario, arguments: &RunArguments, finished: Vec<u32>) -> Manifest {
    Manifest {
        exeunt: env!("CARGO_PKG_VERSION").to_owned(),
        format: FORMAT,
        stream_version: STREAM_VERSION,
        scenario: scenario.name.clone(),
        compared: Vec::new(),
        scenario_sha256: String::new(),
        seed: arguments.runs.seed,
        scale: arguments.runs.scale,
        draws: 1,
        replicates: arguments.runs.replicates,
        replicates_finished: finished,
        files: Default::default(),
    }
}

/// A run that came to its end.
struct Finished {
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
}

impl From<EngineError> for Stopped {
    fn from(error: EngineError) -> Self {
        Self::Engine(error)
    }
}

/// The runs of one command.
struct Work<'a> {
    scenario: &'a Arc<Scenario>,
    arguments: &'a RunArguments,
    prepared: Option<Prepared>,
    progress: Progress,
    finished: Vec<Finished>,
    failures: Vec<String>,
    warnings: Vec<String>,
    /// The first failure, for when it is all there is.
    first_failure: Option<EngineError>,
}

impl<'a> Work<'a> {
    fn new(scenario: &'a Arc<Scenario>, arguments: &'a RunArguments) -> Self {
        let steps = scenario.calendar.steps.len() as u64 * u64::from(arguments.runs.replicates);
        let persons: u64 = scenario.segments.iter().map(|segment| segment.size).sum();
        let screen = Screen::of_stderr();
        Self {
            scenario,
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

    /// Every replicate, one after another; `true` if interrupted. The rows of those that do not
    /// come to their end are dropped.
    fn run_all(&mut self, tables: &mut Tables) -> Result<bool, Failure> {
        let mut interrupted = false;
        for replicate in 0..self.arguments.runs.replicates {
            match self.run_one(replicate, tables) {
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
                Err(Stopped::Engine(error)) => {
                    let failure = format!("replicate {replicate}: {error}");
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

    fn run_one(&mut self, replicate: u32, tables: &mut Tables) -> Result<Finished, Stopped> {
        self.progress.preparing("preparing");
        let mut simulation = self.simulation(replicate)?;
        let key = RunKey { draw: 0, replicate };
        let mut recorder = Recorder::new(self.scenario, key, &mut *tables);
        let mut trajectory = Trajectory::new();
        recorder.record(&simulation.report());
        trajectory.record(&simulation.report());
        while simulation.steps_done() < self.scenario.calendar.steps.len() {
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
            replicate,
            outcomes,
            trajectory,
            constants,
        })
    }

    /// A run, of what the first has prepared: it follows from the seed, not from the replicate.
    fn simulation(&mut self, replicate: u32) -> Result<Simulation, EngineError> {
        let options = self.arguments.runs.options(replicate);
        let prepared = match self.prepared.take() {
            Some(prepared) => prepared,
            None => Prepared::new(Arc::clone(self.scenario), &options)?,
        };
        let prepared = self.prepared.insert(prepared);
        prepared.simulation(options.draw, options.replicate, options.threads)
    }

    fn threads(&self) -> usize {
        let offered = || std::thread::available_parallelism().map_or(1, usize::from);
        self.arguments.runs.threads.unwrap_or_else(offered)
    }

    fn replicates(&self) -> Vec<u32> {
        self.finished.iter().map(|run| run.replicate).collect()
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
