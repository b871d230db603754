//! The fast engine against the slow one.

use crate::faults::Fault;
use crate::sample::Sample;
use crate::step::run;
use exeunt::scenario::Scenario;
use std::ops::Range;

/// Seeds of a set that shares none with another set.
pub fn seeds(set: usize, runs: usize) -> Range<u64> {
    let first = 1000 * (set as u64 + 1);
    first..first + runs as u64
}

/// A sample of the slow engine.
pub fn slow(scenario: &Scenario, seeds: Range<u64>, fault: Fault) -> Sample {
    let mut sample = Sample::default();
    for seed in seeds {
        sample.add(scenario, &run(scenario, seed, fault));
    }
    sample
}
