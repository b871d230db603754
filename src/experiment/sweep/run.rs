//! The runs of a sweep.

use super::axis::{AxisValue, values};
use super::plan::{RunId, SweepPlan};
use crate::engine::{EngineError, RunOptions, Simulation};
use crate::experiment::{RunRecord, Stop};
use crate::measure::Outcomes;
use crate::scenario::Scenario;
use std::sync::Arc;

/// The record of a run: its outcomes and warnings, or the reason why it failed.
pub type SweepRecord = Result<RunRecord, String>;

/// Makes the runs of a plan.
#[derive(Debug)]
pub struct Sweeper<'a> {
    plan: &'a SweepPlan,
}

impl<'a> Sweeper<'a> {
    /// Prepares to make the runs of this plan.
    pub fn new(plan: &'a SweepPlan) -> Self {
        Self { plan }
    }

    /// The value of each axis at a point, with sums of money in `currency`.
    pub fn values(&self, point: u64, currency: &str) -> Vec<AxisValue> {
        values(&self.plan.spec.axes, &self.plan.layout, point, currency)
    }

    /// Makes a run on the calling thread.
    ///
    /// Its random numbers depend on the seed, the point and the replicate: the scenarios of a point share
    /// them, and no two points do. `asked` is called between steps and says whether to stop.
    ///
    /// # Errors
    /// A reason that concerns every run alike.
    pub fn run(&self, run: RunId, asked: impl Fn() -> bool) -> Result<SweepRecord, Stop> {
        let place = run.scenario as usize;
        let Some(source) = self.plan.sources.get(place) else {
            return Ok(Err("there is no such scenario".to_owned()));
        };
        let values = self.values(run.point, &source.scenario().currency);
        // What the plan varies overrides what is drawn; reading the plan has made sure that no path is both.
        let drawn = &self.plan.spec.sets;
        let set = match drawn.is_empty() {
            true => Vec::new(),
            false => drawn[run.replicate as usize % drawn.len()].clone(),
        };
        let varied = values.into_iter().flat_map(|value| value.sets);
        let sets: Vec<String> = set.into_iter().chain(varied).collect();
        // If a scenario rejects a point, that is a fault of the point, not of the sweep.
        let scenario = match source.with(&sets) {
            Ok(changed) => Arc::clone(changed.scenario()),
            Err(problems) => {
                let first = problems.iter().next();
                return Ok(Err(
                    first.map_or(String::new(), |problem| problem.title.clone())
                ));
            }
        };
        let options = RunOptions {
            seed: self.plan.spec.seed,
            draw: u32::try_from(run.point).unwrap_or(u32::MAX),
            replicate: run.replicate,
            scale: self.plan.spec.scale,
            threads: Some(1),
        };
        match self.simulate(&scenario, options, asked) {
            Ok(Some(record)) => Ok(Ok(record)),
            Ok(None) => Err(Stop::Interrupted),
            Err(error @ (EngineError::Unsupported { .. } | EngineError::Threads { .. })) => {
                Err(Stop::Engine(error))
            }
            Err(error) => Ok(Err(error.to_string())),
        }
    }

    /// Runs the scenario; `None` if interrupted.
    fn simulate(
        &self,
        scenario: &Arc<Scenario>,
        options: RunOptions,
        asked: impl Fn() -> bool,
    ) -> Result<Option<RunRecord>, EngineError> {
        let mut simulation = Simulation::new(Arc::clone(scenario), options)?;
        let mut outcomes = Outcomes::new(scenario);
        outcomes.record(&simulation.report());
        while simulation.steps_done() < scenario.calendar.steps.len() {
            if asked() {
                return Ok(None);
            }
            simulation.step()?;
            outcomes.record(&simulation.report());
        }
        let mut found = outcomes.finish();
        let wanted = &self.plan.spec.outcomes;
        if !wanted.is_empty() {
            found.retain(|outcome| wanted.iter().any(|id| id == outcome.id));
        }
        let warnings = simulation.warnings().to_vec();
        Ok(Some(RunRecord::new(found, Vec::new(), warnings)))
    }
}
