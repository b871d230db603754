//! `exeunt compare --dry-run`: estimates what a comparison will take from one cell.

use super::args::CompareArguments;
use super::compare::USUAL_FLIPS;
use super::ending::{Ending, Failure};
use super::interrupt;
use super::output::{print, print_json};
use crate::analyse::comparison::DRAWS_FOR_VERDICT;
use crate::experiment::{CellId, Pairing, Stop};
use crate::report::duration;
use std::time::Instant;

/// Runs the first cell and prints an estimate for all of them.
pub(super) fn estimate(
    pairing: &Pairing,
    arguments: &CompareArguments,
    threads: usize,
    runs: u64,
) -> Result<Ending, Failure> {
    interrupt::listen();
    let clock = Instant::now();
    let cell = CellId::Drawn {
        draw: 0,
        replicate: 0,
    };
    match pairing.run(cell, interrupt::asked) {
        Ok(_) => {}
        Err(Stop::Interrupted) => return Ok(Ending::Interrupted),
        Err(Stop::Engine(error)) => return Err(error.into()),
        Err(Stop::Scenario(problems)) => return Err(Failure::Scenario(problems)),
    }
    let one = clock.elapsed().as_secs_f64() / pairing.sources().len() as f64;
    let seconds = runs as f64 * one / threads as f64;
    if arguments.json {
        print_json(&serde_json::json!({
            "runs": runs, "threads": threads, "seconds_of_a_run": one, "seconds": seconds,
        }));
    } else {
        let draws = pairing.draws().len();
        let flips = arguments.flips.unwrap_or(USUAL_FLIPS);
        let on_top = match flips > 0 && draws >= DRAWS_FOR_VERDICT as usize {
            true => "; runs at the ends of ranges come on top",
            false => "",
        };
        print(&format!(
            "{runs} runs of about {} each, {threads} at a time: about {}{on_top}\n",
            duration(one),
            duration(seconds)
        ));
    }
    Ok(Ending::Done)
}
