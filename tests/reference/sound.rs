//! Runs of the sound slow engine, each made once and shared by all the tests that compare with it: an agreement and the
//! faults that are planted in one scenario ask for the same seeds, and these runs are most of what the tests take.

use crate::faults::Fault;
use crate::sample::{Numbers, Sample};
use crate::step::run;
use exeunt::scenario::Scenario;
use std::collections::HashMap;
use std::ops::Range;
use std::sync::{Arc, LazyLock, Mutex, OnceLock, PoisonError};

/// A run that is made by the first who asks for it, while others wait.
type Once = Arc<OnceLock<Numbers>>;

/// By scenario, written out in full, and seed.
static RUNS: LazyLock<Mutex<HashMap<String, HashMap<u64, Once>>>> = LazyLock::new(Mutex::default);

/// A sample of the sound slow engine.
pub fn sound(scenario: &Scenario, seeds: Range<u64>) -> Sample {
    let runs: Vec<(u64, Once)> = {
        let mut all = RUNS.lock().unwrap_or_else(PoisonError::into_inner);
        let of_scenario = all.entry(format!("{scenario:?}")).or_default();
        seeds
            .map(|seed| (seed, Arc::clone(of_scenario.entry(seed).or_default())))
            .collect()
    };
    let mut sample = Sample::default();
    for (seed, numbers) in runs {
        let made = || Numbers::of(scenario, &run(scenario, seed, Fault::None));
        sample.add(numbers.get_or_init(made).clone());
    }
    sample
}
