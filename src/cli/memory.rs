//! Refuses work that asks for more memory than there is, before it starts.
//!
//! If everything would fit even with every person abroad, the work is let through at once. If not even one bit per
//! agent fits, it is refused at once. In between, a pilot run with fewer agents decides, as for `--dry-run`.

use super::dry_run::pilot;
use super::ending::Failure;
use super::keeping::threads;
use crate::engine::RunOptions;
use crate::population::agents_of;
use crate::report::{Estimate, FIXED_BYTES, grouped, size};
use crate::scenario::Scenario;
use crate::store::available_memory;
use std::sync::Arc;

/// Bytes of an agent to whom nothing happens, and about the most that one can take: an agent abroad with a purse and
/// visits that count, with half of each list empty (`docs/performance.md`).
const LEAST_BYTES: f64 = 1.0 / 8.0;
const MOST_BYTES: f64 = 100.0;
/// Bytes that each run beside the first takes with hardly anybody in it, if it keeps only its outcomes. Eight runs at a
/// time of the largest scenario that is shipped took 70 MB more than one. A run that keeps its rows takes `KEPT_BYTES`.
pub(super) const BYTES_OF_RUN: f64 = 10e6;

/// How many of `runs` runs go on at a time: one per thread, or fewer if memory does not allow that. Each beside the first
/// takes `bytes_of_run` bytes of its own.
///
/// # Errors
/// If memory does not allow even one.
pub(super) fn runs_at_once(
    scenario: &Arc<Scenario>,
    options: RunOptions,
    runs: u32,
    bytes_of_run: f64,
) -> Result<usize, Failure> {
    let runs = usize::try_from(runs).unwrap_or(usize::MAX).max(1);
    let mut at_once = threads(options.threads).clamp(1, runs);
    loop {
        match require_memory(&[scenario], options, (at_once, bytes_of_run)) {
            Ok(()) => return Ok(at_once),
            Err(why) if at_once == 1 => return Err(why),
            Err(_) => at_once /= 2,
        }
    }
}

/// Refuses runs that take more memory than there is, with `at_once` of them in memory at a time. Each run beside the
/// first takes `bytes_of_run` bytes of its own.
///
/// # Errors
/// What the runs take, what there is, and what to do.
pub(super) fn require_memory(
    scenarios: &[&Arc<Scenario>],
    options: RunOptions,
    (at_once, bytes_of_run): (usize, f64),
) -> Result<(), Failure> {
    let Some(free) = available_memory() else {
        return Ok(());
    };
    let largest = scenarios
        .iter()
        .max_by_key(|scenario| agents(scenario, options.scale));
    let Some(scenario) = largest else {
        return Ok(());
    };
    let agents = agents(scenario, options.scale) as f64;
    let times = at_once as f64;
    let fixed = FIXED_BYTES + (times - 1.0).max(0.0) * bytes_of_run;
    let takes = |of_an_agent: f64| fixed + times * agents * of_an_agent;
    let free = free as f64;
    if takes(MOST_BYTES) <= free {
        return Ok(());
    }
    let (needed, judged) = match takes(LEAST_BYTES) > free {
        true => (takes(LEAST_BYTES), "at least"),
        // What stops the pilot also stops the run, which then reports it itself.
        false => match pilot(scenario, options) {
            Ok(pilot) => {
                let one = Estimate::from_pilot(pilot, options.scale, 1, 0).memory;
                (fixed + times * (one - FIXED_BYTES), "about")
            }
            Err(_) => return Ok(()),
        },
    };
    if needed <= free {
        return Ok(());
    }
    let needed = Needed {
        bytes: needed,
        fixed,
        judged,
        at_once,
    };
    Err(Failure::Asked(refusal(
        scenario,
        options.scale,
        needed,
        free,
    )))
}

/// What the runs that are in memory at a time take, and how well that is known.
struct Needed {
    bytes: f64,
    /// The part that does not grow with the number of agents.
    fixed: f64,
    judged: &'static str,
    at_once: usize,
}

/// Agents in all segments.
fn agents(scenario: &Scenario, scale: u64) -> u64 {
    let sizes = scenario.segments.iter().map(|segment| segment.size);
    sizes.map(|size| u64::from(agents_of(size, scale))).sum()
}

/// Says what is wrong and what to do.
fn refusal(scenario: &Scenario, scale: u64, needed: Needed, free: f64) -> String {
    let runs = match needed.at_once {
        1 => "the run".to_owned(),
        many => format!("{many} runs at a time"),
    };
    let smallest = scenario.segments.iter().map(|segment| segment.size).min();
    // Scales by what fits of the part that grows with the agents; a tenth less leaves room for an estimate that is
    // too low.
    let room = 0.9 * (free - needed.fixed);
    let fitting = ((needed.bytes - needed.fixed) / room * scale as f64).ceil();
    let fewer = match smallest {
        Some(smallest) if room > 0.0 && fitting <= smallest as f64 => format!(
            "give --scale {0} or more (scale = {0} in a plan), one agent per {0} persons",
            grouped(fitting).replace(|letter: char| !letter.is_ascii_digit(), "")
        ),
        _ => "make the segments smaller".to_owned(),
    };
    let threads = match needed.at_once {
        1 => "",
        _ => ", or fewer --threads",
    };
    format!(
        "{runs} of {} would take {} {} of memory, but only {} is free: {fewer}{threads}, or take a machine with more",
        scenario.name,
        needed.judged,
        size(needed.bytes),
        size(free)
    )
}
