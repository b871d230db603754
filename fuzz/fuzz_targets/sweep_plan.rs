//! Reads arbitrary bytes as the plan of a sweep over the shipped example.
#![no_main]

use exeunt::experiment::sweep::{DrawsAsked, SweepPlan};
use exeunt_fuzz::{Desk, say};
use libfuzzer_sys::fuzz_target;
use std::sync::LazyLock;

static DESK: LazyLock<Desk> = LazyLock::new(Desk::new);

fuzz_target!(|bytes: &[u8]| {
    let path = DESK.put("examples/f.toml", bytes);
    match SweepPlan::load(&path, DrawsAsked::default()) {
        Ok(plan) => {
            let points = plan.layout.points();
            let runs = plan.spec.runs(points);
            for place in [0, runs / 2, runs.saturating_sub(1)] {
                plan.spec.run(points, place);
            }
        }
        Err(problems) => say(&problems),
    }
});
