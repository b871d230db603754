//! One run of `exeunt run`, a set of parameters and a replicate, from its first step to its outcomes.

use super::args::RunArguments;
use super::interrupt;
use crate::engine::{EngineError, Observer as _, Prepared, RunOptions};
use crate::experiment::Draws;
use crate::measure::{Outcome, Recorder, RunKey, Sink, Trajectory};
use crate::report::Progress;
use crate::scenario::{Constants, Problems, Scenario, Source};
use crate::store::StoreError;
use std::sync::Arc;

/// A run that has finished.
pub(super) struct Finished {
    pub draw: u32,
    pub replicate: u32,
    pub outcomes: Vec<Outcome>,
    pub trajectory: Trajectory,
    pub constants: Constants,
    /// Warnings of the run.
    pub warnings: Vec<String>,
}

/// Why a run did not finish.
pub(super) enum Stopped {
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

/// What the runs of one command have in common.
#[derive(Clone, Copy)]
pub(super) struct Basis<'a> {
    pub source: &'a Source,
    /// The scenario with the values in the files.
    pub scenario: &'a Arc<Scenario>,
    pub draws: &'a Draws,
    pub arguments: &'a RunArguments,
    /// Warnings about the sets of parameters.
    pub of_draws: &'a [String],
    pub progress: &'a Progress,
}

impl Basis<'_> {
    /// Prepares the set of parameters at `place` in the list on `threads` threads: all that follows from the seed and
    /// not from the replicate.
    pub fn prepare(&self, place: usize, threads: Option<usize>) -> Result<Prepared, Stopped> {
        let sets = self.draws.sets(place);
        let scenario = match sets.is_empty() {
            true => Arc::clone(self.scenario),
            false => Arc::clone(self.source.with(&sets)?.scenario()),
        };
        let options = RunOptions {
            draw: self.draw(place),
            threads,
            ..self.arguments.runs.options(0)
        };
        Ok(Prepared::new(scenario, &options)?)
    }

    /// Runs a replicate of what is prepared and hands its rows to `sink`; stops once the sink has `failed`.
    pub fn run<S: Sink>(
        &self,
        prepared: &Prepared,
        (place, replicate): (usize, u32),
        threads: Option<usize>,
        sink: S,
        failed: impl Fn(&S) -> bool,
    ) -> Result<Finished, Stopped> {
        let draw = self.draw(place);
        let scenario = prepared.scenario();
        let mut simulation = prepared.simulation(draw, replicate, threads)?;
        let mut recorder = Recorder::new(scenario, RunKey { draw, replicate }, sink);
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
            if failed(recorder.sink()) {
                break;
            }
        }
        Ok(Finished {
            draw,
            replicate,
            outcomes: recorder.finish(),
            trajectory,
            constants: simulation.constants().clone(),
            warnings: simulation.warnings().to_vec(),
        })
    }

    /// The number of the set of parameters at `place`.
    pub fn draw(&self, place: usize) -> u32 {
        self.draws.numbers.get(place).copied().unwrap_or(0)
    }
}
