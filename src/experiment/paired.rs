//! Paired runs: every scenario with the same persons, the same parameters and the same random numbers.

use super::Draws;
use super::plan::CellId;
use super::record::{CellRecord, RunRecord, Substituted};
use crate::engine::{EngineError, Observer as _, Prepared, RunOptions, Watch};
use crate::measure::{Courses, Lives, Outcomes, substitution};
use crate::scenario::{Problems, Scenario, Source};
use std::sync::Arc;

/// Scenarios that are run as pairs with the base.
#[derive(Debug)]
pub struct Pairing {
    /// The scenarios, the base first.
    sources: Vec<Source>,
    draws: Draws,
    seed: u64,
    scale: u64,
}

/// Why a cell was not finished, for a reason that concerns every cell alike.
#[derive(Debug)]
pub enum Stop {
    /// A stop was requested.
    Interrupted,
    /// The scenario or the machine does not allow such runs.
    Engine(EngineError),
    /// A scenario rejects a set of parameters.
    Scenario(Box<Problems>),
}

/// What pairing needs of a run.
struct Ran {
    scenario: Arc<Scenario>,
    prepared: Prepared,
    lives: Lives,
    record: RunRecord,
}

impl Pairing {
    /// Prepares to run these scenarios, the base first, with these sets of parameters.
    pub fn new(sources: Vec<Source>, draws: Draws, seed: u64, scale: u64) -> Self {
        Self {
            sources,
            draws,
            seed,
            scale,
        }
    }

    /// The scenarios as given in their files, the base first.
    pub fn sources(&self) -> &[Source] {
        &self.sources
    }

    /// The sets of parameters.
    pub fn draws(&self) -> &Draws {
        &self.draws
    }

    /// Runs a cell, one scenario after another on the calling thread.
    ///
    /// `asked` is called between steps and says whether to stop. A run that fails is recorded with its
    /// reason, and the others go on.
    ///
    /// # Errors
    /// A reason that concerns every cell alike.
    pub fn run(&self, cell: CellId, asked: impl Fn() -> bool) -> Result<CellRecord, Stop> {
        let (sets, draw, replicate) = match cell {
            CellId::Drawn { draw, replicate } => {
                let number = self.draws.numbers.get(draw).copied().unwrap_or(0);
                (self.draws.sets(draw), number, replicate)
            }
            CellId::End { parameter, upper } => {
                let varied = self.draws.varied.get(parameter);
                let end = varied.map(|varied| varied.set(varied.at(f64::from(u8::from(upper)))));
                (end.into_iter().collect(), 0, 0)
            }
        };
        let options = RunOptions {
            seed: self.seed,
            draw,
            replicate,
            scale: self.scale,
            threads: Some(1),
        };
        let mut base: Option<Ran> = None;
        let mut record = CellRecord {
            runs: Vec::new(),
            substitution: Vec::new(),
        };
        for place in 0..self.sources.len() {
            let before = base.as_ref().map(|base| &base.prepared);
            let ran = match self.run_one(place, &sets, options, before, &asked) {
                Ok(ran) => Ok(ran),
                Err(Failed::Stop(stop)) => return Err(stop),
                Err(Failed::Run(error)) => Err(error.to_string()),
            };
            if place > 0 {
                let rows = match (&base, &ran) {
                    (Some(base), Ok(ran)) => Substituted::rows(substitution(
                        (&base.scenario, &base.lives),
                        (&ran.scenario, &ran.lives),
                    )),
                    _ => Vec::new(),
                };
                record.substitution.push(rows);
            }
            match ran {
                Ok(ran) if place == 0 => {
                    record.runs.push(Ok(ran.record.clone()));
                    base = Some(ran);
                }
                ran => record.runs.push(ran.map(|ran| ran.record)),
            }
        }
        Ok(record)
    }

    /// Runs one scenario, reusing what it has in common with the base.
    fn run_one(
        &self,
        place: usize,
        sets: &[String],
        options: RunOptions,
        base: Option<&Prepared>,
        asked: &impl Fn() -> bool,
    ) -> Result<Ran, Failed> {
        let scenario = self.scenario(place, sets)?;
        let prepared = match base {
            Some(base) => base.variant(Arc::clone(&scenario), options.threads)?,
            None => Prepared::new(Arc::clone(&scenario), &options)?,
        };
        let mut simulation =
            prepared.simulation(options.draw, options.replicate, options.threads)?;
        simulation.watch(Watch::Everybody);
        let mut outcomes = Outcomes::new(&scenario);
        let mut courses = Courses::default();
        let mut lives = Lives::new();
        loop {
            let report = simulation.report();
            outcomes.record(&report);
            courses.record(&report);
            lives.record(&report);
            if simulation.steps_done() == scenario.calendar.steps.len() {
                break;
            }
            if asked() {
                return Err(Failed::Stop(Stop::Interrupted));
            }
            simulation.step()?;
        }
        let record = RunRecord::new(
            outcomes.finish(),
            courses.series,
            simulation.warnings().to_vec(),
        );
        Ok(Ran {
            scenario,
            prepared,
            lives,
            record,
        })
    }

    /// A scenario with a set of parameters applied.
    fn scenario(&self, place: usize, sets: &[String]) -> Result<Arc<Scenario>, Failed> {
        let source = &self.sources[place];
        if sets.is_empty() {
            return Ok(Arc::clone(source.scenario()));
        }
        let changed = source.with(sets);
        let changed = changed.map_err(|problems| Failed::Stop(Stop::Scenario(problems.into())))?;
        Ok(Arc::clone(changed.scenario()))
    }
}

/// Why a run did not finish.
enum Failed {
    /// A reason that concerns every run alike.
    Stop(Stop),
    /// A reason that concerns this run.
    Run(EngineError),
}

impl From<EngineError> for Failed {
    fn from(error: EngineError) -> Self {
        match error {
            EngineError::Unsupported { .. } | EngineError::Threads { .. } => {
                Self::Stop(Stop::Engine(error))
            }
            error => Self::Run(error),
        }
    }
}
