//! `--dry-run`: estimates what a run will take from a short pilot run with fewer agents.

use super::args::RunArguments;
use super::ending::{Ending, Failure};
use super::keeping::threads;
use super::output::{print, print_json};
use crate::engine::{EngineError, RunOptions, Simulation};
use crate::report::{Estimate, Pilot, Screen};
use crate::scenario::Scenario;
use std::sync::Arc;
use std::time::Instant;

/// Approximate number of agents of a pilot run: enough to measure rates, few enough to take hardly any time.
const PILOT_AGENTS: u64 = 1_000_000;

/// Runs the pilot and prints the estimate. `disk` is the room in bytes that the results of `runs` runs take.
pub(super) fn estimate(
    scenario: &Arc<Scenario>,
    arguments: &RunArguments,
    runs: u32,
    disk: u64,
) -> Result<Ending, Failure> {
    let all = threads(arguments.runs.threads);
    let at_once = all.clamp(1, runs.max(1) as usize);
    let options = RunOptions {
        threads: Some((all / at_once).max(1)),
        ..arguments.runs.options(0)
    };
    let pilot = pilot(scenario, options)?;
    let estimate = Estimate::from_pilot(pilot, arguments.runs.scale, runs, disk).at_once(at_once);
    if arguments.json {
        print_json(&estimate.as_json());
    } else {
        print(&estimate.render(&Screen::of_stdout()));
    }
    Ok(Ending::Done)
}

/// Runs the scenario with fewer agents, if it has many.
///
/// # Errors
/// If the run does not finish.
pub(super) fn pilot(scenario: &Arc<Scenario>, asked: RunOptions) -> Result<Pilot, EngineError> {
    let persons: u64 = scenario.segments.iter().map(|segment| segment.size).sum();
    let smallest = scenario.segments.iter().map(|segment| segment.size).min();
    // The pilot's own scale leaves at least one agent in every segment; a coarser scale that was asked for is kept.
    let coarse = (persons / PILOT_AGENTS).min(smallest.unwrap_or(1));
    let scale = asked.scale.max(coarse);
    let options = RunOptions { scale, ..asked };
    let clock = Instant::now();
    let mut simulation = Simulation::new(Arc::clone(scenario), options)?;
    let preparing = clock.elapsed().as_secs_f64();
    let (mut events, mut stored) = (0, 0);
    while simulation.steps_done() < scenario.calendar.steps.len() {
        simulation.step()?;
        let flows = &simulation.report().tally.flows;
        events += flows.iter().map(|(_, agents)| agents).sum::<u64>();
        stored = stored.max(simulation.stored_bytes());
    }
    let stepping = clock.elapsed().as_secs_f64() - preparing;
    Ok(Pilot {
        scale,
        preparing,
        stepping,
        events,
        stored,
    })
}
