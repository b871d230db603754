//! The runs that are scored: made in memory, or read from a results folder.

use super::args::ScoreArguments;
use super::ending::{Ending, Failure};
use super::keeping::threads;
use super::kinds::require_run;
use super::memory::runs_at_once;
use super::{interrupt, read};
use crate::analyse::{Grid, Kept, Observed};
use crate::engine::{EngineError, Observer as _, Prepared, RunOptions};
use crate::experiment::jobs;
use crate::measure::{Recorder, RunKey};
use crate::report::{KEPT_BYTES, Progress, Screen};
use crate::scenario::Scenario;
use crate::store::{Results, shell_word};
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

/// For each row: its number in a run, or why there is none.
type Values = Vec<Option<Result<f64, String>>>;

/// The numbers of all runs.
pub(super) struct Scored {
    pub runs: Vec<Values>,
    pub seed: u64,
    pub scale: u64,
    pub warnings: Vec<String>,
    pub ending: Ending,
}

/// Runs every replicate, several at a time, and keeps only the rows that are measured.
pub(super) fn run_all(
    observed: &Observed,
    scenario: &Arc<Scenario>,
    arguments: &ScoreArguments,
) -> Result<Scored, Failure> {
    let (options, asked) = (arguments.runs.options(0), arguments.runs.replicates);
    let at_once = runs_at_once(scenario, options, asked, KEPT_BYTES)? as u32;
    let screen = Screen::of_stderr();
    let persons: u64 = scenario.segments.iter().map(|segment| segment.size).sum();
    let steps = scenario.calendar.steps.len() as u64 * u64::from(asked);
    let agents = persons / options.scale;
    let progress = Progress::new(steps, agents, arguments.quiet, screen.unicode);
    progress.preparing("preparing");
    let work = Work {
        prepared: Prepared::new(Arc::clone(scenario), &options)?,
        observed,
        progress: &progress,
        grid: Grid::of(&scenario.calendar),
    };
    let all = threads(options.threads);
    let mut made = BTreeMap::new();
    // (If the first run fails, so that there is nothing to score, no other is begun.)
    let go_on =
        |made: &BTreeMap<u32, Made>| !interrupt::asked() && made.get(&0).is_none_or(Result::is_ok);
    // The runs of the last, incomplete batch share all threads among them.
    let together = asked - asked % at_once;
    for (replicates, at_once) in [(0..together, at_once), (together..asked, asked - together)] {
        if replicates.is_empty() || !go_on(&made) {
            continue;
        }
        let threads = (all / at_once as usize).max(1);
        jobs(
            replicates.len(),
            at_once as usize,
            |job| work.run(replicates.start + job as u32, threads),
            |job, run| {
                made.insert(replicates.start + job as u32, run);
                go_on(&made)
            },
        );
    }
    progress.clear();
    take_in(made, (options, asked), &progress)
}

/// A run: its numbers and warnings, or `None` if it was interrupted.
type Made = Result<Option<(Values, Vec<String>)>, EngineError>;

/// Puts the runs together, in order of replicates.
///
/// # Errors
/// That of a run before which none has finished.
fn take_in(
    made: BTreeMap<u32, Made>,
    (options, asked): (RunOptions, u32),
    progress: &Progress,
) -> Result<Scored, Failure> {
    let mut scored = Scored {
        runs: Vec::new(),
        seed: options.seed,
        scale: options.scale,
        warnings: Vec::new(),
        ending: Ending::Done,
    };
    let begun = made.len();
    let mut interrupted = begun < asked as usize;
    for (replicate, run) in made {
        match run {
            Ok(Some((values, warnings))) => {
                scored.runs.push(values);
                for warning in warnings {
                    if !scored.warnings.contains(&warning) {
                        scored.warnings.push(warning);
                    }
                }
            }
            Ok(None) => interrupted = true,
            Err(error) if scored.runs.is_empty() => return Err(error.into()),
            Err(error) => {
                progress.note(&format!("error: replicate {replicate}: {error}"));
                scored.ending = Ending::SomeFailed;
            }
        }
    }
    if interrupted {
        scored.ending = Ending::Interrupted;
        let kept = scored.runs.len();
        if kept > 0 {
            let line = "runs were finished and are scored";
            progress.note(&format!("interrupted: {kept} of {asked} {line}"));
        }
    }
    Ok(scored)
}

struct Work<'a> {
    prepared: Prepared,
    observed: &'a Observed,
    progress: &'a Progress,
    grid: Grid,
}

impl Work<'_> {
    fn run(&self, replicate: u32, threads: usize) -> Made {
        let mut simulation = self.prepared.simulation(0, replicate, Some(threads))?;
        let scenario = self.prepared.scenario();
        let mut kept = Kept::new(self.observed.tables());
        let key = RunKey { draw: 0, replicate };
        let mut recorder = Recorder::new(scenario, key, &mut kept);
        recorder.record(&simulation.report());
        while simulation.steps_done() < scenario.calendar.steps.len() {
            if interrupt::asked() {
                return Ok(None);
            }
            simulation.step()?;
            recorder.record(&simulation.report());
            self.progress.step(simulation.report().date);
        }
        recorder.finish();
        let run = kept.run_tables(key);
        let values = self.observed.evaluate(run, &self.grid);
        Ok(Some((values, simulation.warnings().to_vec())))
    }
}

/// Reads the runs of a results folder, and refuses one of another scenario.
pub(super) fn from_folder(
    folder: &Path,
    observed: &Observed,
    scenario: &Arc<Scenario>,
    path: &Path,
) -> Result<Scored, Failure> {
    let results = Results::open(folder)?;
    require_run(&results, path)?;
    let run = read(&results.scenario(), &[])?;
    if without_constants(run.scenario()) != without_constants(scenario) {
        return Err(Failure::Asked(format!(
            "the results in `{}` come from another scenario than `{}`; exeunt diff {} {} shows what differs",
            folder.display(),
            path.display(),
            shell_word(path),
            shell_word(results.scenario())
        )));
    }
    let mut kept = Kept::new(observed.tables());
    results.read(&observed.tables(), &mut kept)?;
    let grid = Grid::of(&scenario.calendar);
    let manifest = results.manifest();
    let mut runs = Vec::new();
    for run in kept.runs() {
        runs.push(observed.evaluate(run, &grid));
    }
    Ok(Scored {
        runs,
        seed: manifest.seed,
        scale: manifest.scale,
        warnings: unequal_sets(&manifest.runs_finished).into_iter().collect(),
        ending: Ending::Done,
    })
}

/// A warning if some sets of parameters have fewer runs than others. In each pair, the first is the set and the second
/// the replicate.
fn unequal_sets(runs: &[(u32, u32)]) -> Option<String> {
    let mut of_set: BTreeMap<u32, usize> = BTreeMap::new();
    for (set, _) in runs {
        *of_set.entry(*set).or_default() += 1;
    }
    let most = of_set.values().max()?;
    let fewer = of_set.values().filter(|runs| *runs < most).count();
    (fewer > 0).then(|| {
        format!(
            "some runs of the results did not finish: {fewer} of {} sets of parameters have fewer runs and weigh less \
             than the others",
            of_set.len()
        )
    })
}

/// A copy of the scenario without its constants and without the reference that they come from.
fn without_constants(scenario: &Scenario) -> Scenario {
    Scenario {
        constants: None,
        reference: None,
        ..scenario.clone()
    }
}

#[cfg(test)]
mod tests {
    use super::unequal_sets;

    #[test]
    fn sets_with_fewer_runs_are_told_of() {
        let told = unequal_sets(&[(1, 0), (1, 1), (2, 0), (3, 0), (3, 1)]).unwrap();
        assert!(told.contains(": 1 of 3 sets"), "{told}");
        // If a whole set is missing, none of the others weighs less.
        assert_eq!(unequal_sets(&[(1, 0), (1, 1), (3, 0), (3, 1)]), None);
        assert_eq!(unequal_sets(&[]), None);
    }
}
