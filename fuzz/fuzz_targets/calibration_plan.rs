//! Reads arbitrary bytes as the plan of a calibration of the shipped example.
#![no_main]

use exeunt::analyse::Observed;
use exeunt::experiment::calibration::CalibrationPlan;
use exeunt_fuzz::{Desk, say};
use libfuzzer_sys::fuzz_target;
use std::sync::LazyLock;

static DESK: LazyLock<Desk> = LazyLock::new(Desk::new);

fuzz_target!(|bytes: &[u8]| {
    let path = DESK.put("examples/f.toml", bytes);
    let plan = CalibrationPlan::load(&path, |file, source| {
        let text = std::fs::read_to_string(file).unwrap_or_default();
        let observed = Observed::read("observed.csv", &text, source.scenario())?;
        Ok(observed.as_targets())
    });
    if let Err(problems) = plan {
        say(&problems);
    }
});
