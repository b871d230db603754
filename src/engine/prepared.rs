//! What runs of one scenario and seed have in common: the persons and the constants of normalisation.
//! Both follow from the scenario, the seed and the scale alone. They are computed once for all replicates,
//! and for all policies that leave the first day as it is.

use super::error::EngineError;
use super::limits::check_limits;
use super::options::RunOptions;
use super::pool::Pool;
use super::range;
use super::simulation::Simulation;
use crate::model::constants;
use crate::population::Population;
use crate::scenario::{Constants, Event, Scenario};
use std::sync::Arc;

/// A scenario with its persons and constants under one seed, ready for any number of runs. It is cheap to
/// clone and never changes.
///
/// ```
/// use exeunt::{Prepared, RunOptions, Scenario, Trajectory};
///
/// let scenario = Scenario::load("scenarios/examples/border-closes.toml")?;
/// let prepared = Prepared::new(scenario, &RunOptions { scale: 1000, ..RunOptions::default() })?;
/// for replicate in 0..2 {
///     let mut simulation = prepared.simulation(0, replicate, Some(1))?;
///     simulation.run(&mut Trajectory::new())?;
/// }
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone)]
pub struct Prepared {
    scenario: Arc<Scenario>,
    population: Arc<Population>,
    constants: Arc<Constants>,
    seed: u64,
}

impl Prepared {
    /// Prepares a scenario for the seed and the scale of these options, on as many threads as they say;
    /// the other options are ignored.
    ///
    /// # Errors
    /// As [`Simulation::new`].
    pub fn new(scenario: Arc<Scenario>, options: &RunOptions) -> Result<Self, EngineError> {
        let pool = Pool::new(options.threads)?;
        Self::with(&pool, scenario, options, Shared::default())
    }

    /// Prepares another scenario for the same seed and scale, reusing what does not depend on the differences
    /// between the two: the persons, if segments, countries, documents, exit gates and behaviour are the same;
    /// the constants, if in addition everything else is the same except names and events after the first step.
    ///
    /// # Errors
    /// As [`Simulation::new`].
    pub fn variant(
        &self,
        scenario: Arc<Scenario>,
        threads: Option<usize>,
    ) -> Result<Self, EngineError> {
        let same_persons = has_persons_of(&scenario, &self.scenario);
        let (ours, theirs) = (reference(&self.scenario), reference(&scenario));
        // (Constants given by a file hold only for the scenario it describes.)
        let is_computed = scenario.constants.is_none() && self.scenario.constants.is_none();
        let same_constants = same_persons && begins_like(theirs, ours);
        let shared = Shared {
            population: same_persons.then(|| Arc::clone(&self.population)),
            constants: (same_constants && is_computed).then(|| Arc::clone(&self.constants)),
        };
        let options = RunOptions {
            threads,
            ..self.options(0, 0)
        };
        Self::with(&Pool::new(threads)?, scenario, &options, shared)
    }

    /// Creates a run of a parameter draw and a replicate, before its first step.
    ///
    /// # Errors
    /// [`EngineError::Threads`] if threads cannot be started.
    pub fn simulation(
        &self,
        draw: u32,
        replicate: u32,
        threads: Option<usize>,
    ) -> Result<Simulation, EngineError> {
        let options = RunOptions {
            threads,
            ..self.options(draw, replicate)
        };
        Ok(Simulation::prepared(self, options, Pool::new(threads)?))
    }

    /// Prepares a scenario on an existing pool, given what is already known.
    pub(super) fn with(
        pool: &Pool,
        scenario: Arc<Scenario>,
        options: &RunOptions,
        shared: Shared,
    ) -> Result<Self, EngineError> {
        check_limits(&scenario, options)?;
        let new = || Arc::new(Population::new(&scenario, options.seed, options.scale));
        let population = shared.population.unwrap_or_else(new);
        let given = || scenario.constants.clone().map(Arc::new);
        let constants = shared.constants.or_else(given).unwrap_or_else(|| {
            Arc::new(constants(&scenario, &population, &|pieces, function| {
                pool.map(pieces, function)
            }))
        });
        range::check_constants(&scenario, &constants)?;
        range::check_additions(&scenario, &constants)?;
        Ok(Self {
            scenario,
            population,
            constants,
            seed: options.seed,
        })
    }

    fn options(&self, draw: u32, replicate: u32) -> RunOptions {
        RunOptions {
            seed: self.seed,
            draw,
            replicate,
            scale: self.population.scale,
            threads: None,
        }
    }

    /// The scenario.
    pub fn scenario(&self) -> &Arc<Scenario> {
        &self.scenario
    }

    /// The persons.
    pub fn population(&self) -> &Arc<Population> {
        &self.population
    }

    /// The constants of normalisation.
    pub fn constants(&self) -> &Arc<Constants> {
        &self.constants
    }
}

/// What is already known of a scenario before it is prepared.
#[derive(Debug, Default)]
pub(super) struct Shared {
    pub population: Option<Arc<Population>>,
    pub constants: Option<Arc<Constants>>,
}

/// The scenario whose first day fixes the constants.
fn reference(scenario: &Scenario) -> &Scenario {
    scenario.reference.as_deref().unwrap_or(scenario)
}

/// Whether two scenarios have the same persons under one seed and scale.
fn has_persons_of(scenario: &Scenario, other: &Scenario) -> bool {
    scenario.segments == other.segments
        && scenario.countries == other.countries
        && scenario.documents == other.documents
        && scenario.exit_gates == other.exit_gates
        && scenario.behaviour == other.behaviour
}

/// Whether two scenarios have the same persons and the same first day.
fn begins_like(scenario: &Scenario, other: &Scenario) -> bool {
    let first = |scenario: &Scenario| -> Vec<Event> {
        let events = scenario.events.iter();
        events.filter(|event| event.step == 0).cloned().collect()
    };
    has_persons_of(scenario, other)
        && scenario.currency == other.currency
        && scenario.calendar == other.calendar
        && scenario.channels == other.channels
        && scenario.borders == other.borders
        && scenario.lifted == other.lifted
        && first(scenario) == first(other)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::Source;

    fn read(changes: &[(&str, &str)]) -> Arc<Scenario> {
        let mut text = [
            include_str!("../../tests/support/policies.toml"),
            include_str!("../../tests/support/behaviour.toml"),
        ]
        .join("\n");
        for (old, new) in changes {
            assert!(text.contains(old), "{old}");
            text = text.replace(old, new);
        }
        let source = Source::parse("test", &text).unwrap_or_else(|problems| panic!("{problems}"));
        source.scenario().clone()
    }

    /// A variant reuses what it would have computed itself, and reuses nothing else.
    #[test]
    fn a_variant_takes_over_what_is_the_same() {
        let options = RunOptions {
            scale: 20,
            threads: Some(1),
            ..RunOptions::default()
        };
        let base = Prepared::new(read(&[]), &options).unwrap();
        // One event fewer; another fact of the first day; another parameter of behaviour.
        let mut later = Scenario::clone(&read(&[]));
        later.name = "later".to_owned();
        assert!(later.events.pop().is_some_and(|event| event.step > 0));
        let mut fee = later.clone();
        fee.channels[0].grant *= 0.5;
        let lag = Scenario::clone(&read(&[("lag = \"0 days\"", "lag = \"4 weeks\"")]));
        for (scenario, persons, constants) in
            [(later, true, true), (fee, true, false), (lag, false, false)]
        {
            let scenario = Arc::new(scenario);
            let variant = base.variant(Arc::clone(&scenario), Some(1)).unwrap();
            let alone = Prepared::new(scenario, &options).unwrap();
            assert_eq!(variant.constants(), alone.constants());
            assert_eq!(Arc::ptr_eq(&variant.population, &base.population), persons);
            assert_eq!(Arc::ptr_eq(&variant.constants, &base.constants), constants);
        }
    }

    /// A run from a prepared scenario is the same as a run that prepares itself.
    #[test]
    fn a_prepared_run_is_the_same_run() {
        let options = RunOptions {
            seed: 3,
            scale: 20,
            replicate: 1,
            threads: Some(1),
            ..RunOptions::default()
        };
        let scenario = read(&[]);
        let prepared = Prepared::new(Arc::clone(&scenario), &options).unwrap();
        let mut runs = [
            prepared.simulation(0, 1, Some(1)).unwrap(),
            Simulation::new(scenario, options).unwrap(),
        ];
        for _ in 0..30 {
            for run in &mut runs {
                run.step().unwrap();
            }
            let [one, other] = runs.each_ref().map(Simulation::report);
            assert_eq!((one.tally, one.stocks), (other.tally, other.stocks));
        }
    }
}
