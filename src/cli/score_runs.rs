//! The runs that are scored: made in memory, or read from a results folder.

use super::args::ScoreArguments;
use super::ending::{Ending, Failure};
use super::kinds::require_run;
use super::memory::{BYTES_OF_RUN, require_memory};
use super::{interrupt, read};
use crate::analyse::{Grid, Kept, Observed};
use crate::engine::{EngineError, Observer as _, Simulation};
use crate::measure::{Recorder, RunKey};
use crate::report::{Progress, Screen};
use crate::scenario::{Constants, Scenario};
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

/// Runs every replicate, one at a time, and keeps only the rows that are measured.
pub(super) fn run_all(
    observed: &Observed,
    scenario: &Arc<Scenario>,
    arguments: &ScoreArguments,
) -> Result<Scored, Failure> {
    require_memory(&[scenario], arguments.runs.options(0), (1, BYTES_OF_RUN))?;
    let screen = Screen::of_stderr();
    let persons: u64 = scenario.segments.iter().map(|segment| segment.size).sum();
    let steps = scenario.calendar.steps.len() as u64 * u64::from(arguments.runs.replicates);
    let agents = persons / arguments.runs.scale;
    let progress = Progress::new(steps, agents, arguments.quiet, screen.unicode);
    let mut scored = Scored {
        runs: Vec::new(),
        seed: arguments.runs.seed,
        scale: arguments.runs.scale,
        warnings: Vec::new(),
        ending: Ending::Done,
    };
    let mut work = Work {
        scenario: Arc::clone(scenario),
        observed,
        arguments,
        progress: &progress,
        grid: Grid::of(&scenario.calendar),
    };
    for replicate in 0..arguments.runs.replicates {
        match work.run(replicate, &mut scored.warnings) {
            Ok(Some((values, constants))) => {
                scored.runs.push(values);
                work.keep(constants);
            }
            Ok(None) => {
                let (kept, asked) = (scored.runs.len(), arguments.runs.replicates);
                if kept > 0 {
                    let line = "runs were finished and are scored";
                    progress.note(&format!("interrupted: {kept} of {asked} {line}"));
                }
                scored.ending = Ending::Interrupted;
                break;
            }
            Err(error) if scored.runs.is_empty() => {
                progress.clear();
                return Err(error.into());
            }
            Err(error) => {
                progress.note(&format!("error: replicate {replicate}: {error}"));
                scored.ending = Ending::SomeFailed;
            }
        }
    }
    progress.clear();
    Ok(scored)
}

struct Work<'a> {
    scenario: Arc<Scenario>,
    observed: &'a Observed,
    arguments: &'a ScoreArguments,
    progress: &'a Progress,
    grid: Grid,
}

impl Work<'_> {
    /// Makes one run; returns `None` if it was interrupted.
    fn run(
        &mut self,
        replicate: u32,
        warnings: &mut Vec<String>,
    ) -> Result<Option<(Values, Constants)>, EngineError> {
        self.progress.preparing("preparing");
        let options = self.arguments.runs.options(replicate);
        let mut simulation = Simulation::new(Arc::clone(&self.scenario), options)?;
        let mut kept = Kept::new(self.observed.tables());
        let key = RunKey { draw: 0, replicate };
        let mut recorder = Recorder::new(&self.scenario, key, &mut kept);
        recorder.record(&simulation.report());
        while simulation.steps_done() < self.scenario.calendar.steps.len() {
            if interrupt::asked() {
                return Ok(None);
            }
            simulation.step()?;
            recorder.record(&simulation.report());
            self.progress.step(simulation.report().date);
        }
        recorder.finish();
        for warning in simulation.warnings() {
            if !warnings.contains(warning) {
                warnings.push(warning.clone());
            }
        }
        let run = kept.run_tables(key);
        let values = self.observed.evaluate(run, &self.grid);
        Ok(Some((values, simulation.constants().clone())))
    }

    /// Keeps the constants of the first run, because they follow from the seed and not from the replicate.
    fn keep(&mut self, constants: Constants) {
        if self.scenario.constants.is_none() {
            let mut scenario = Scenario::clone(&self.scenario);
            scenario.constants = Some(constants);
            self.scenario = Arc::new(scenario);
        }
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
