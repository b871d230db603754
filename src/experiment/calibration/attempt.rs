//! One attempt: a set of parameters, run and measured.

use super::{CalibrationPlan, Inner, Planned};
use crate::engine::{EngineError, Observer, Prepared, RunOptions};
use crate::scenario::Scenario;
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// Measures runs by the rows that are fitted.
pub trait Yardstick: Sync {
    /// Lets `drive` make a run before an observer, and returns the value of each target, in order; `None` for
    /// a target that has no value.
    ///
    /// # Errors
    /// Whatever `drive` returns.
    fn measure(
        &self,
        scenario: &Arc<Scenario>,
        drive: &mut dyn FnMut(&mut dyn Observer) -> Result<(), Stopped>,
    ) -> Result<Vec<Option<f64>>, Stopped>;
}

/// Why an attempt did not finish.
#[derive(Debug)]
pub enum Stopped {
    /// A stop was requested.
    Interrupted,
    /// The run failed, or the scenario rejects the parameters: a fault of this attempt alone.
    Failed(String),
    /// The engine cannot make any run of this scenario.
    Engine(EngineError),
}

/// The record of an attempt.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Attempt {
    /// The value of each target, or the reason why the run failed.
    pub values: Result<Vec<Option<f64>>, String>,
    /// The destination constants of the run that was judged.
    pub constants: Vec<f64>,
    /// The constants from which the inner contraction would go on.
    pub moved: Vec<f64>,
    /// Warnings of the run that was judged.
    pub warnings: Vec<String>,
}

/// An attempt as recorded before warnings were kept. (A record has no field names, so none of its fields can
/// be omitted.)
#[derive(Deserialize)]
#[cfg_attr(test, derive(Serialize))]
struct Unwarned {
    values: Result<Vec<Option<f64>>, String>,
    constants: Vec<f64>,
    moved: Vec<f64>,
}

impl Attempt {
    /// Reads the record of an attempt, including older records, which hold no warnings.
    ///
    /// # Errors
    /// If it has neither form.
    pub fn of_record(bytes: &[u8]) -> Result<Self, postcard::Error> {
        postcard::from_bytes(bytes).or_else(|error| {
            // A torn record could begin like an older one, but an older one ends exactly where its fields end.
            match postcard::take_from_bytes::<Unwarned>(bytes) {
                Ok((before, [])) => Ok(Self {
                    values: before.values,
                    constants: before.constants,
                    moved: before.moved,
                    warnings: Vec::new(),
                }),
                _ => Err(error),
            }
        })
    }
}

/// Makes the attempts of a plan.
#[derive(Debug)]
pub struct Attempts<'a, Y> {
    plan: &'a CalibrationPlan,
    yardstick: &'a Y,
}

impl<'a, Y: Yardstick> Attempts<'a, Y> {
    /// Prepares to make the attempts of a plan.
    pub fn new(plan: &'a CalibrationPlan, yardstick: &'a Y) -> Self {
        Self { plan, yardstick }
    }

    /// Makes one attempt on the calling thread; its chance depends on the seed and its number alone. `asked`
    /// is called between steps and says whether to stop.
    ///
    /// # Errors
    /// If a stop was requested, or no run of the scenario can be made.
    pub fn run(&self, planned: &Planned, asked: &dyn Fn() -> bool) -> Result<Attempt, Stopped> {
        let Some(quantiles) = &planned.quantiles else {
            return Ok(Attempt {
                values: Err("no step from a kept attempt stayed within the priors".to_owned()),
                constants: planned.constants.clone(),
                moved: planned.constants.clone(),
                warnings: Vec::new(),
            });
        };
        let mut constants = planned.constants.clone();
        let inner = self.plan.spec.inner.as_ref();
        let runs = 1 + planned.iterations;
        for run in 1..=runs {
            let (values, warnings) = match self.measured(planned, quantiles, &constants, asked) {
                Ok(measured) => measured,
                Err(Stopped::Failed(reason)) => {
                    return Ok(Attempt {
                        values: Err(reason),
                        moved: constants.clone(),
                        constants,
                        warnings: Vec::new(),
                    });
                }
                Err(stopped) => return Err(stopped),
            };
            let targets = &self.plan.spec.targets;
            let moved = inner.map(|inner: &Inner| inner.moved(&constants, targets, &values));
            let moved = moved.unwrap_or_default();
            if run == runs {
                return Ok(Attempt {
                    values: Ok(values),
                    constants,
                    moved,
                    warnings,
                });
            }
            constants = moved;
        }
        Err(Stopped::Failed("no run was planned".to_owned()))
    }

    /// Makes one run, and returns the value of each target and the run's warnings.
    fn measured(
        &self,
        planned: &Planned,
        quantiles: &[f64],
        constants: &[f64],
        asked: &dyn Fn() -> bool,
    ) -> Result<(Vec<Option<f64>>, Vec<String>), Stopped> {
        let plan = self.plan;
        let sampled = plan.varied.iter().zip(quantiles);
        let sampled = sampled.map(|(varied, quantile)| varied.set(varied.at(*quantile)));
        let moved = plan.constants.iter().zip(constants);
        let moved = moved.map(|(varied, constant)| varied.set(*constant));
        let sets: Vec<String> = sampled.chain(moved).collect();
        let scenario = match plan.source.with(&sets) {
            Ok(changed) => Arc::clone(changed.scenario()),
            Err(problems) => {
                let title = problems.iter().next().map(|problem| problem.title.clone());
                return Err(Stopped::Failed(title.unwrap_or_default()));
            }
        };
        let options = RunOptions {
            seed: plan.spec.seed,
            draw: planned.draw(),
            replicate: 0,
            scale: plan.spec.scale,
            threads: Some(1),
        };
        let mut warnings = Vec::new();
        let mut drive = |observer: &mut dyn Observer| {
            warnings = drive(&scenario, options, observer, asked)?;
            Ok(())
        };
        let values = self.yardstick.measure(&scenario, &mut drive)?;
        Ok((values, warnings))
    }
}

/// Runs a scenario before an observer, and returns the run's warnings.
fn drive(
    scenario: &Arc<Scenario>,
    options: RunOptions,
    observer: &mut dyn Observer,
    asked: &dyn Fn() -> bool,
) -> Result<Vec<String>, Stopped> {
    let prepared = Prepared::new(Arc::clone(scenario), &options)?;
    let mut simulation = prepared.simulation(options.draw, options.replicate, options.threads)?;
    observer.record(&simulation.report());
    while simulation.steps_done() < scenario.calendar.steps.len() {
        if asked() {
            return Err(Stopped::Interrupted);
        }
        simulation.step()?;
        observer.record(&simulation.report());
    }
    Ok(simulation.warnings().to_vec())
}

impl From<EngineError> for Stopped {
    fn from(error: EngineError) -> Self {
        match error {
            EngineError::Unsupported { .. } | EngineError::Threads { .. } => Self::Engine(error),
            error => Self::Failed(error.to_string()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn records_of_before_are_read_and_warn_of_nothing() {
        let all = [
            Ok(vec![Some(0.25), None]),
            Err("there is nobody to count".to_owned()),
        ];
        for values in all {
            let before = Unwarned {
                values: values.clone(),
                constants: vec![-1.5, 2.0],
                moved: vec![0.0],
            };
            let mut attempt = Attempt {
                values,
                constants: before.constants.clone(),
                moved: before.moved.clone(),
                warnings: Vec::new(),
            };
            let bytes = postcard::to_stdvec(&before).unwrap();
            assert_eq!(Attempt::of_record(&bytes).unwrap(), attempt);
            assert!(Attempt::of_record(&bytes[..bytes.len() - 1]).is_err());
            attempt.warnings.push("few agents".to_owned());
            let bytes = postcard::to_stdvec(&attempt).unwrap();
            assert_eq!(Attempt::of_record(&bytes).unwrap(), attempt);
            assert!(Attempt::of_record(&bytes[..bytes.len() - 1]).is_err());
        }
    }
}
