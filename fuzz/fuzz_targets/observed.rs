//! Reads arbitrary text as observations of the shipped example.
#![no_main]

use exeunt::analyse::Observed;
use exeunt::scenario::Source;
use exeunt_fuzz::{Desk, load, say};
use libfuzzer_sys::fuzz_target;
use std::sync::LazyLock;

static SOURCE: LazyLock<Source> =
    LazyLock::new(|| load(&Desk::new().path("examples/border-closes.toml")));

fuzz_target!(|text: &str| {
    match Observed::read("observed.csv", text, SOURCE.scenario()) {
        Ok(observed) => {
            observed.as_targets();
            observed.tables();
            for row in &observed.rows {
                row.point();
                observed.earlier(row);
            }
        }
        Err(problems) => say(&problems),
    }
});
