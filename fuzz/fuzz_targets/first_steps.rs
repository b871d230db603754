//! Reads arbitrary bytes as a scenario and, if it is valid, runs it for some steps with few agents.
#![no_main]

use exeunt::scenario::Source;
use exeunt::{RunOptions, Simulation};
use exeunt_fuzz::Desk;
use libfuzzer_sys::fuzz_target;
use std::sync::{Arc, LazyLock};

static DESK: LazyLock<Desk> = LazyLock::new(Desk::new);

/// Agents and steps of a run.
const AGENTS: u64 = 3000;
const STEPS: usize = 60;

fuzz_target!(|bytes: &[u8]| {
    let path = DESK.put("examples/f.toml", bytes);
    let Ok(source) = Source::load(&path, &[]) else {
        return;
    };
    let scenario = source.scenario();
    let persons: u64 = scenario.segments.iter().map(|segment| segment.size).sum();
    let options = RunOptions {
        scale: (persons / AGENTS).max(1),
        ..RunOptions::default()
    };
    let Ok(mut simulation) = Simulation::new(Arc::clone(scenario), options) else {
        return;
    };
    let steps = scenario.calendar.steps.len().min(STEPS);
    while simulation.steps_done() < steps {
        if simulation.step().is_err() {
            return;
        }
    }
});
