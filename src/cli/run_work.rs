//! The runs of one command, one after another or several at a time, and what is printed about them.

use super::ending::{Ending, Failure};
use super::interrupt;
use super::keeping::threads;
use super::output::{print, print_json, say};
use super::run_one::{Basis, Finished, Stopped};
use crate::engine::{EngineError, Prepared, STREAM_VERSION};
use crate::experiment::jobs;
use crate::measure::KeptRows;
use crate::report::{FEW_AGENTS, RunSet, Screen, Summary, run_as_json};
use crate::store::{FORMAT, Manifest, Tables};
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::{Mutex, PoisonError};

/// A set of parameters, by its place in the list, and a replicate.
type Cell = (usize, u32);

/// The runs of one command.
pub(super) struct Work<'a> {
    basis: Basis<'a>,
    /// What the first run of a set of parameters has prepared, and the place of that set.
    prepared: Option<(usize, Prepared)>,
    pub finished: Vec<Finished>,
    pub failures: Vec<String>,
    warnings: Vec<String>,
    /// The first failure, for the case that no run finishes.
    first_failure: Option<EngineError>,
}

/// What is prepared for a set of parameters while some of its replicates are still to come.
struct Slot {
    prepared: Option<Prepared>,
    to_come: u32,
}

impl<'a> Work<'a> {
    pub fn new(basis: Basis<'a>) -> Self {
        Self {
            basis,
            prepared: None,
            finished: Vec::new(),
            failures: Vec::new(),
            warnings: Vec::new(),
            first_failure: None,
        }
    }

    /// Runs every replicate of every set of parameters, `at_once` at a time; returns `true` if interrupted. Rows of
    /// runs that do not finish are dropped.
    pub fn run_all(&mut self, at_once: usize, tables: &mut Tables) -> Result<bool, Failure> {
        let replicates = self.basis.arguments.runs.replicates;
        let places = 0..self.basis.draws.len();
        let cells: Vec<Cell> = places
            .flat_map(|place| (0..replicates).map(move |replicate| (place, replicate)))
            .collect();
        // The runs of the last, incomplete batch share all threads among them.
        let (together, left) = cells.split_at(cells.len() - cells.len() % at_once);
        for (cells, at_once) in [(together, at_once), (left, left.len())] {
            let interrupted = match at_once {
                0 | 1 => self.run_in_turn(cells, tables)?,
                _ => self.run_together(cells, at_once, tables)?,
            };
            if interrupted {
                self.basis.progress.clear();
                return Ok(true);
            }
        }
        self.basis.progress.clear();
        Ok(false)
    }

    /// Runs one after another, each on all threads; rows are written as they come.
    fn run_in_turn(&mut self, cells: &[Cell], tables: &mut Tables) -> Result<bool, Failure> {
        for &cell in cells {
            let ran = self.run_one(cell, tables);
            if self.settle(cell, ran, tables)? {
                return Ok(true);
            }
        }
        Ok(false)
    }

    fn run_one(&mut self, cell: Cell, tables: &mut Tables) -> Result<Finished, Stopped> {
        self.basis.progress.preparing("preparing");
        let (place, threads) = (cell.0, self.basis.arguments.runs.threads);
        let prepared = match self.prepared.take() {
            Some((of, prepared)) if of == place => prepared,
            _ => self.basis.prepare(place, threads)?,
        };
        let (_, prepared) = self.prepared.insert((place, prepared));
        let failed = |tables: &&mut Tables| tables.failed();
        self.basis.run(prepared, cell, threads, tables, failed)
    }

    /// Runs several at a time, each on its share of the threads: with few agents, threads that share a run mostly
    /// wait for each other. The rows of a run are kept in memory until those of all runs before it have been written.
    fn run_together(
        &mut self,
        cells: &[Cell],
        at_once: usize,
        tables: &mut Tables,
    ) -> Result<bool, Failure> {
        let basis = self.basis;
        let all = threads(basis.arguments.runs.threads);
        let mut to_come = vec![0; basis.draws.len()];
        for cell in cells {
            to_come[cell.0] += 1;
        }
        let slot = |to_come| {
            Mutex::new(Slot {
                prepared: None,
                to_come,
            })
        };
        let slots: Vec<Mutex<Slot>> = to_come.into_iter().map(slot).collect();
        // With a single set, all runs wait for the first to prepare it, so it may use all threads.
        let preparing = match slots.len() {
            1 => all,
            _ => all / at_once,
        };
        let run = |cell: Cell| {
            let mut slot = slots[cell.0].lock().unwrap_or_else(PoisonError::into_inner);
            let prepared = match slot.prepared.take() {
                Some(prepared) => prepared,
                None => basis.prepare(cell.0, Some(preparing.max(1)))?,
            };
            slot.to_come = slot.to_come.saturating_sub(1);
            if slot.to_come > 0 {
                slot.prepared = Some(prepared.clone());
            }
            drop(slot);
            let mut rows = KeptRows::default();
            let threads = Some((all / at_once).max(1));
            let finished = basis.run(&prepared, cell, threads, &mut rows, |_| false)?;
            Ok((finished, rows))
        };
        basis.progress.preparing("preparing");
        let mut early: BTreeMap<usize, Result<(Finished, KeptRows), Stopped>> = BTreeMap::new();
        let (mut next, mut settled) = (0, 0);
        let (mut interrupted, mut failure) = (false, None);
        let mut settle = |job: usize, ran: Result<(Finished, KeptRows), Stopped>| {
            settled += 1;
            // A failure that ends the command ends it at once.
            if failure.is_some() {
                return false;
            }
            let ran = ran.map(|(finished, rows)| {
                rows.hand_on(tables);
                finished
            });
            match self.settle(cells[job], ran, tables) {
                Ok(stop) => interrupted |= stop,
                Err(why) => failure = Some(why),
            }
            failure.is_none() && !interrupted
        };
        let mut go_on = true;
        jobs(
            cells.len(),
            at_once,
            |job| run(cells[job]),
            |job, ran| {
                early.insert(job, ran);
                while let Some(ran) = early.remove(&next) {
                    go_on &= settle(next, ran);
                    next += 1;
                }
                go_on && !interrupt::asked()
            },
        );
        // Runs that finished although an earlier one was never begun, because somebody asked to stop.
        for (job, ran) in early {
            settle(job, ran);
        }
        match failure {
            Some(why) => Err(why),
            None => Ok(interrupted || settled < cells.len()),
        }
    }

    /// Takes in a run whose rows have been handed to the tables: keeps it, or drops its rows and reports why. Returns
    /// `true` if it was interrupted.
    fn settle(
        &mut self,
        (place, replicate): Cell,
        ran: Result<Finished, Stopped>,
        tables: &mut Tables,
    ) -> Result<bool, Failure> {
        // A full disk shows here and ends the command, because the next run would fare no better.
        let ran = ran.and_then(|finished| match tables.check() {
            Ok(()) => Ok(finished),
            Err(error) => Err(Stopped::Store(error)),
        });
        let mut interrupted = false;
        match ran {
            Ok(finished) => {
                tables.mark()?;
                for warning in &finished.warnings {
                    if !self.warnings.contains(warning) {
                        self.warnings.push(warning.clone());
                    }
                }
                self.finished.push(finished);
                return Ok(false);
            }
            Err(Stopped::Interrupted) => interrupted = true,
            Err(Stopped::Store(error)) => return Err(error.into()),
            // What the scenario or the machine does not allow concerns every run alike.
            Err(Stopped::Engine(
                error @ (EngineError::Unsupported { .. } | EngineError::Threads { .. }),
            )) => return Err(error.into()),
            // So does a number out of range, unless chance has let earlier runs finish.
            Err(Stopped::Engine(error @ EngineError::OutOfRange { .. }))
                if self.finished.is_empty() =>
            {
                self.basis.progress.clear();
                return Err(error.into());
            }
            // If the scenario refuses a set of parameters, the fault is in the file of draws.
            Err(Stopped::Scenario(problems)) => {
                self.basis.progress.clear();
                return Err(Failure::Scenario(problems));
            }
            Err(Stopped::Engine(error)) => {
                let failure = match self.basis.draw(place) {
                    0 => format!("replicate {replicate}: {error}"),
                    draw => format!("draw {draw}, replicate {replicate}: {error}"),
                };
                self.basis.progress.note(&format!("error: {failure}"));
                self.failures.push(failure);
                self.first_failure.get_or_insert(error);
            }
        }
        tables.rewind()?;
        Ok(interrupted)
    }

    pub fn manifest(&self) -> Manifest {
        let draws = self.draws();
        Manifest {
            exeunt: env!("CARGO_PKG_VERSION").to_owned(),
            format: FORMAT,
            stream_version: STREAM_VERSION,
            scenario: self.basis.scenario.name.clone(),
            compared: Vec::new(),
            scenario_sha256: String::new(),
            seed: self.basis.arguments.runs.seed,
            scale: self.basis.arguments.runs.scale,
            draws: u32::try_from(draws.len()).unwrap_or(u32::MAX),
            replicates: self.basis.arguments.runs.replicates,
            replicates_finished: self.replicates(),
            runs_finished: match self.basis.arguments.draws_from.is_some() && !self.is_whole() {
                true => self.runs(),
                false => Vec::new(),
            },
            files: Default::default(),
        }
    }

    fn threads(&self) -> usize {
        threads(self.basis.arguments.runs.threads)
    }

    /// The numbers of the sets of parameters with at least one finished run.
    fn draws(&self) -> Vec<u32> {
        let mut draws: Vec<u32> = self.finished.iter().map(|run| run.draw).collect();
        draws.dedup();
        draws
    }

    /// The set of parameters and the replicate of every finished run.
    fn runs(&self) -> Vec<(u32, u32)> {
        let finished = self.finished.iter();
        finished.map(|run| (run.draw, run.replicate)).collect()
    }

    /// Whether all runs that were asked for are finished.
    fn is_whole(&self) -> bool {
        let replicates = self.basis.arguments.runs.replicates as usize;
        self.finished.len() == self.basis.draws.len().saturating_mul(replicates)
    }

    fn replicates(&self) -> Vec<u32> {
        let mut replicates: Vec<u32> = self.finished.iter().map(|run| run.replicate).collect();
        replicates.sort_unstable();
        replicates.dedup();
        replicates
    }

    pub fn say_warnings(&self) {
        if self.basis.arguments.quiet {
            return;
        }
        for warning in &self.warnings {
            say(&format!("warning: {warning}"));
        }
        if self.basis.arguments.runs.scale > 1 {
            let outcomes: Vec<_> = self
                .finished
                .iter()
                .map(|run| run.outcomes.clone())
                .collect();
            if let Some(line) =
                weak_outcomes(&RunSet::new(&outcomes), self.basis.arguments.runs.scale)
            {
                say(&line);
            }
        }
    }

    /// Ends the command if no run finished and so there are no results.
    pub fn nothing_kept(self) -> Result<Ending, Failure> {
        match self.first_failure {
            // The failure has been shown already.
            Some(_) => {
                say("no run finished: nothing is kept");
                Ok(Ending::SomeFailed)
            }
            None => {
                say("interrupted before any run finished: nothing is kept");
                Ok(Ending::Interrupted)
            }
        }
    }

    /// Prints the summary to standard output.
    pub fn show(&self, folder: &Path, seconds: f64) {
        if self.finished.is_empty() {
            return;
        }
        let courses = self.finished.iter().map(|run| &run.trajectory);
        let courses: Vec<_> = courses.collect();
        let outcomes: Vec<_> = self
            .finished
            .iter()
            .map(|run| run.outcomes.clone())
            .collect();
        let drawn = self.basis.arguments.draws_from.is_some();
        let summary = Summary {
            scenario: self.basis.scenario,
            seed: self.basis.arguments.runs.seed,
            scale: self.basis.arguments.runs.scale,
            runs: RunSet::new(&outcomes),
            sets: drawn.then(|| self.draws().len()),
            trajectories: &courses,
            threads: self.threads(),
            seconds,
            folder,
        };
        if self.basis.arguments.json {
            print_json(&run_as_json(
                &summary,
                &self.runs(),
                &self.failures,
                &[self.basis.of_draws, &self.warnings].concat(),
            ));
        } else if !self.basis.arguments.quiet {
            print(&summary.render(&Screen::of_stdout()));
        }
    }
}

/// Names the outcomes that are mostly chance at this scale; `None` if there are none.
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
