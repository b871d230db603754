//! `exeunt compare`: paired runs of several scenarios, a results folder of differences, and a table.

use super::args::CompareArguments;
use super::compare_folder::{Finished, write};
use super::compare_inputs::{Extent, draws, refuse_idle_flips, sources};
use super::course::Course;
use super::ending::{Ending, Failure};
use super::keeping::{keep_all, read, say_damage, threads};
use super::memory::{BYTES_OF_RUN, require_memory};
use super::output::{print, print_json, say};
use super::run_warnings::RunWarnings;
use super::{compare_description, compare_dry_run, interrupt, observations};
use crate::analyse::comparison::{self, Comparison, Movers, Verified};
use crate::engine::{RunOptions, STREAM_VERSION};
use crate::experiment::{CellId, CellRecord, Draws, Pairing, Plan};
use crate::report::{Progress, Screen};
use crate::scenario::Source;
use crate::store::{
    Description, Destination, Failed, Ledger, StoreError, available, discard, of_text, plan_of,
    require_space,
};
use std::collections::BTreeMap;
use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::time::Duration;

/// Bytes that a run may take: in the ledger while the command runs, and in the tables afterwards.
const RUN_BYTES: u64 = 1_000_000;

/// The number of parameters run at both ends of their range if `--flips` is not given.
pub(super) const USUAL_FLIPS: usize = 4;

/// Runs `exeunt compare`.
pub(super) fn compare(arguments: &CompareArguments) -> Result<Ending, Failure> {
    let (sources, mut warnings) = sources(arguments)?;
    let mut extent = Extent::of(arguments);
    let (draws, of_draws) = draws(arguments, &sources, extent)?;
    refuse_idle_flips(arguments, draws.len())?;
    warnings.extend(of_draws);
    extent.draws = u32::try_from(draws.len()).unwrap_or(u32::MAX);
    let mut description = description(arguments, &sources, &draws, extent, warnings)?;
    let plan = plan(arguments, &sources, &draws, extent);
    let path = arguments
        .out
        .clone()
        .unwrap_or_else(|| default_folder(&sources[0].scenario().name));
    let unfinished = unfinished(&path);
    // A dry run writes nothing, so neither results nor the cells of another plan are in its way.
    let destination = match arguments.dry_run {
        true => None,
        false => Some(Destination::check(&path, arguments.force)?),
    };
    if !arguments.force && !arguments.dry_run {
        check_plan(&unfinished, &plan)?;
    }
    let runs = plan.cells().len() as u64 * plan.scenarios.len() as u64;
    require_space(&path, runs.saturating_mul(RUN_BYTES), available(&path)?)?;
    let pairing = Pairing::new(sources, draws, arguments.seed, extent.scale);
    let at_once = threads(arguments.threads).min(plan.cells().len());
    require_room(&pairing, (arguments.seed, extent.scale), at_once)?;
    let Some(destination) = destination else {
        say_warnings(arguments, &description);
        return compare_dry_run::estimate(&pairing, arguments, threads(arguments.threads), runs);
    };

    interrupt::listen();
    let course = Course::begin(threads(arguments.threads));
    if arguments.force {
        discard(&unfinished)?;
    }
    let mut work = Work::begin(arguments, pairing, plan, &unfinished)?;
    let (comparison, movers) = match work.make_drawn()? {
        true => work.compare(),
        false => return Ok(work.interrupted(&unfinished)),
    };
    let Some(verified) = work.verify(&movers)? else {
        return Ok(work.interrupted(&unfinished));
    };
    work.progress.clear();
    let failed = work.say_failures();
    let names = work.plan.scenarios.iter().map(|(name, _)| name.as_str());
    let mut of_runs = RunWarnings::new(names.collect());
    for (cell, record) in work.made.values() {
        // (Runs at the ends of ranges are not draws.)
        if matches!(cell, CellId::Drawn { .. }) {
            for (scenario, run) in record.runs.iter().enumerate() {
                if let Ok(run) = run {
                    of_runs.hear(scenario, &run.warnings);
                }
            }
        }
    }
    description.warnings.extend(of_runs.tell());
    description.failed = work.failed();
    let finished = Finished {
        pairing: &work.pairing,
        plan: &work.plan,
        made: &work.made,
        description: &description,
        comparison: &comparison,
        flips: &movers.settle(&verified),
    };
    let record = course.record(failed);
    let shown = write(&finished, destination, &arguments.tables.formats, &record)?;
    drop(work.ledger);
    discard(&unfinished)?;
    show(arguments, &description, &shown, &path);
    Ok(match record.failures.is_empty() {
        true => Ending::Done,
        false => Ending::SomeFailed,
    })
}

/// Refuses a comparison for which there is too little memory with `pairs` pairs running at a time.
fn require_room(pairing: &Pairing, (seed, scale): (u64, u64), pairs: usize) -> Result<(), Failure> {
    let scenarios: Vec<_> = pairing.sources().iter().map(Source::scenario).collect();
    let options = RunOptions {
        seed,
        scale,
        ..RunOptions::default()
    };
    // While a scenario runs, the fates of the persons in the base are kept.
    require_memory(&scenarios, options, (2 * pairs, BYTES_OF_RUN))
}

/// Prints the differences, and where the page is.
fn show(
    arguments: &CompareArguments,
    description: &Description,
    shown: &super::compare_folder::Shown<'_>,
    path: &Path,
) {
    say_warnings(arguments, description);
    let differences = shown.differences(description, path);
    if arguments.json {
        print_json(&differences.as_json());
    } else if !arguments.quiet {
        print(&differences.render(&Screen::of_stdout()));
    }
}

fn say_warnings(arguments: &CompareArguments, description: &Description) {
    if !arguments.quiet {
        for warning in &description.warnings {
            say(&format!("warning: {warning}"));
        }
    }
}

/// The default results folder, `results/BASE-compared`.
fn default_folder(base: &str) -> PathBuf {
    Path::new("results").join(format!("{base}-compared"))
}

/// The folder in which finished cells are kept until all are finished.
fn unfinished(path: &Path) -> PathBuf {
    let mut name = path.file_name().map(OsString::from).unwrap_or_default();
    name.push(".unfinished");
    path.with_file_name(name)
}

/// Refuses to continue from the cells of another plan.
fn check_plan(unfinished: &Path, plan: &Plan) -> Result<(), Failure> {
    let Some(there) = plan_of::<Plan>(unfinished)? else {
        return Ok(());
    };
    let differences = there.differences(plan);
    match differences.is_empty() {
        true => Ok(()),
        false => Err(StoreError::OtherPlan {
            path: unfinished.to_owned(),
            differences,
            anew: "--force",
        }
        .into()),
    }
}

fn plan(arguments: &CompareArguments, sources: &[Source], draws: &Draws, extent: Extent) -> Plan {
    let digest = |source: &Source| {
        let name = source.scenario().name.clone();
        (name, of_text(&source.resolved_toml(None)))
    };
    let values: Vec<u64> = draws.values.iter().flatten().map(|v| v.to_bits()).collect();
    Plan {
        exeunt: env!("CARGO_PKG_VERSION").to_owned(),
        stream_version: STREAM_VERSION,
        seed: arguments.seed,
        scale: extent.scale,
        replicates: extent.replicates,
        design: draws.design.clone(),
        parameters: draws.varied.iter().map(|v| v.path().to_owned()).collect(),
        draws: draws.numbers.clone(),
        values_sha256: of_text(&format!("{values:?}")),
        scenarios: sources.iter().map(digest).collect(),
    }
}

fn description(
    arguments: &CompareArguments,
    sources: &[Source],
    draws: &Draws,
    extent: Extent,
    warnings: Vec<String>,
) -> Result<Description, Failure> {
    let usual = observations::beside(&arguments.base);
    let path = arguments
        .observed
        .clone()
        .or_else(|| observations::is_there(&usual).then_some(usual));
    let observed = match (path, sources.first()) {
        (Some(path), Some(base)) => Some(observations::read_observed(&path, base.scenario())?),
        _ => None,
    };
    let described = compare_description::describe(
        sources,
        draws,
        arguments.seed,
        extent,
        arguments.quick,
        observed.as_ref(),
        warnings,
    );
    described.ok_or_else(|| Failure::Asked("there is no scenario to compare".to_owned()))
}

/// The cells that one command makes.
struct Work<'a> {
    arguments: &'a CompareArguments,
    pairing: Pairing,
    plan: Plan,
    ledger: Ledger,
    /// Finished cells, by number.
    made: BTreeMap<u64, (CellId, CellRecord)>,
    /// Cells that were finished before this command, by number.
    before: BTreeMap<u64, CellRecord>,
    progress: Progress,
}

impl<'a> Work<'a> {
    fn begin(
        arguments: &'a CompareArguments,
        pairing: Pairing,
        plan: Plan,
        unfinished: &Path,
    ) -> Result<Self, Failure> {
        let (mut ledger, entries) = Ledger::open(unfinished, &plan)?;
        say_damage(&ledger);
        // Another command may have written a plan since the folder was checked.
        check_plan(unfinished, &plan)?;
        let mut before = BTreeMap::new();
        for entry in entries {
            before.insert(entry.number, read(&mut ledger, &entry)?);
        }
        let runs = plan.cells().len() as u64 * plan.scenarios.len() as u64;
        let unicode = Screen::of_stderr().unicode;
        let progress = Progress::of_runs(runs, arguments.quiet, unicode);
        if !before.is_empty() && !arguments.quiet {
            let cells = plan.cells().len();
            let kept = before.len().min(cells);
            say(&format!(
                "continuing: {kept} of {cells} sets of runs are finished"
            ));
            progress.skip(kept as u64 * plan.scenarios.len() as u64);
        }
        Ok(Self {
            arguments,
            pairing,
            plan,
            ledger,
            made: BTreeMap::new(),
            before,
            progress,
        })
    }

    /// Runs the cells of all sets of parameters; returns `false` if interrupted.
    fn make_drawn(&mut self) -> Result<bool, Failure> {
        self.progress.preparing("paired runs");
        self.make(&self.plan.cells())
    }

    /// Runs those of `cells` that were not finished before; returns `false` if interrupted.
    fn make(&mut self, cells: &[CellId]) -> Result<bool, Failure> {
        let mut missing = Vec::new();
        for &cell in cells {
            let number = self.plan.number(cell);
            match self.before.remove(&number) {
                Some(record) => {
                    self.made.insert(number, (cell, record));
                }
                None if self.made.contains_key(&number) => {}
                None => missing.push(cell),
            }
        }
        let Self {
            pairing,
            plan,
            ledger,
            made,
            progress,
            ..
        } = self;
        let scenarios = plan.scenarios.len() as u64;
        let numbers: Vec<u64> = missing.iter().map(|cell| plan.number(*cell)).collect();
        // A cell takes seconds, so each is worth waiting for the disk.
        let finished = keep_all(
            ledger,
            &numbers,
            (threads(self.arguments.threads), Duration::ZERO),
            |job| pairing.run(missing[job], interrupt::asked),
            |job, record: CellRecord| {
                made.insert(numbers[job], (missing[job], record));
                progress.runs(scenarios);
            },
        )
        .inspect_err(|_| progress.clear())?;
        // If the request to stop came between two cells, none of them reports it; only the count shows it.
        Ok(finished == missing.len())
    }

    /// Computes the differences, and which parameters move them.
    fn compare(&self) -> (Comparison, Movers) {
        let draws = self.pairing.draws();
        let names: Vec<String> = self
            .plan
            .scenarios
            .iter()
            .map(|(name, _)| name.clone())
            .collect();
        let drawn: Vec<comparison::Cell> = self
            .made
            .values()
            .filter_map(|(cell, record)| compared(draws, *cell, record))
            .collect();
        let comparison = Comparison::of(names, &drawn);
        let varied: Vec<comparison::Varied> = draws
            .varied
            .iter()
            .map(|varied| {
                let [low, high] = varied.range_text();
                comparison::Varied {
                    path: varied.path().to_owned(),
                    low,
                    high,
                }
            })
            .collect();
        let movers = Movers::of(&comparison, &varied, &draws.numbers, &draws.places());
        (comparison, movers)
    }

    /// Runs the parameters that may flip a headline at both ends of their range; returns `None` if interrupted.
    fn verify(&mut self, movers: &Movers) -> Result<Option<Vec<Verified>>, Failure> {
        let candidates = movers.candidates(self.arguments.flips.unwrap_or(USUAL_FLIPS));
        let cells: Vec<CellId> = candidates
            .iter()
            .flat_map(|&parameter| [false, true].map(|upper| CellId::End { parameter, upper }))
            .collect();
        if !cells.is_empty() {
            self.progress
                .more(cells.len() as u64 * self.plan.scenarios.len() as u64);
            self.progress.preparing("what would flip it");
            if !self.make(&cells)? {
                return Ok(None);
            }
        }
        let names = &movers.names;
        let at = |parameter, upper| {
            let number = self.plan.number(CellId::End { parameter, upper });
            let (_, record) = self.made.get(&number)?;
            // A run that failed has no outcomes, and the others of its end are told without it.
            let outcomes = record.runs.iter().map(|run| match run {
                Ok(run) => run.outcomes(),
                Err(_) => Vec::new(),
            });
            let cell = comparison::Cell {
                draw: 0,
                replicate: 0,
                outcomes: outcomes.collect(),
            };
            Some(Comparison::of(names.clone(), &[cell]))
        };
        let verified = candidates.into_iter().filter_map(|parameter| {
            Some(Verified {
                parameter,
                low: at(parameter, false)?,
                high: at(parameter, true)?,
            })
        });
        Ok(Some(verified.collect()))
    }

    /// Reports each failed run once, and returns the reports.
    fn say_failures(&self) -> Vec<String> {
        let mut failures = Vec::new();
        for (cell, record) in self.made.values() {
            for ((name, _), run) in self.plan.scenarios.iter().zip(&record.runs) {
                if let Err(reason) = run {
                    failures.push(format!(
                        "{name}, {}: {reason}",
                        in_words(self.pairing.draws(), *cell)
                    ));
                }
            }
        }
        for failure in &failures {
            say(&format!("error: {failure}"));
        }
        failures
    }

    /// How many runs of the sets failed, and how many pairs are left; `None` if none failed. (Runs at the ends of
    /// ranges enter no difference.)
    fn failed(&self) -> Option<Failed> {
        let scenarios = self.plan.scenarios.len();
        let (mut failed, mut runs, mut pairs) = (0, 0, 0);
        let mut pairs_finished = vec![0; scenarios.saturating_sub(1)];
        for (cell, record) in self.made.values() {
            if !matches!(cell, CellId::Drawn { .. }) {
                continue;
            }
            let is_finished = |place: usize| matches!(record.runs.get(place), Some(Ok(_)));
            pairs += 1;
            runs += scenarios as u64;
            failed += (0..scenarios).filter(|place| !is_finished(*place)).count() as u64;
            for (finished, place) in pairs_finished.iter_mut().zip(1..) {
                *finished += u64::from(is_finished(0) && is_finished(place));
            }
        }
        (failed > 0).then_some(Failed {
            failed,
            runs,
            pairs,
            pairs_finished,
        })
    }

    fn interrupted(&self, unfinished: &Path) -> Ending {
        self.progress.clear();
        let (kept, all) = (self.made.len(), self.plan.cells().len());
        // With --force, the same command would begin anew.
        let command = match self.arguments.force {
            true => {
                "to continue, run the same command without --force, once no results are in the way"
            }
            false => "run the same command to continue",
        };
        say(&format!(
            "interrupted: {} of {all} sets of runs are finished and kept in `{}`; {command}",
            kept.min(all),
            unfinished.display()
        ));
        Ending::Interrupted
    }
}

/// A cell in the form that the analysis takes; `None` for a cell at an end of a range.
fn compared(draws: &Draws, cell: CellId, record: &CellRecord) -> Option<comparison::Cell> {
    let CellId::Drawn { draw, replicate } = cell else {
        return None;
    };
    let outcomes = record.runs.iter().map(|run| match run {
        Ok(run) => run.outcomes(),
        Err(_) => Vec::new(),
    });
    Some(comparison::Cell {
        draw: draws.numbers.get(draw).copied()?,
        replicate,
        outcomes: outcomes.collect(),
    })
}

fn in_words(draws: &Draws, cell: CellId) -> String {
    match cell {
        CellId::Drawn { draw, replicate } => {
            let number = draws.numbers.get(draw).copied().unwrap_or(0);
            format!("draw {number}, replicate {replicate}")
        }
        CellId::End { parameter, upper } => {
            let path = draws
                .varied
                .get(parameter)
                .map_or("", |varied| varied.path());
            let end = if upper { "upper" } else { "lower" };
            format!("{path} at its {end} end")
        }
    }
}
