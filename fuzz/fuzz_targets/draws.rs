//! Reads arbitrary text as sets of parameters, or as a posterior, of the shipped example.
#![no_main]

use exeunt::experiment::calibration::PosteriorOf;
use exeunt::experiment::{Draws, Head, Varied, varied};
use exeunt::scenario::Source;
use exeunt_fuzz::{Desk, load, say};
use libfuzzer_sys::fuzz_target;
use std::sync::LazyLock;

static SOURCE: LazyLock<(Source, Vec<Varied>)> = LazyLock::new(|| {
    let source = load(&Desk::new().path("examples/border-closes.toml"));
    let known = varied(&source, &[String::new()]);
    (source, known)
});

fuzz_target!(|text: &str| {
    let (source, known) = &*SOURCE;
    if let Some(of) = PosteriorOf::read(text) {
        let _ = of.fits(source);
    }
    match Draws::read("draws.csv", text, known, Head::Scenario) {
        Ok(draws) => {
            for place in 0..draws.len().min(20) {
                // The scenario accepts every set, or refuses it with a message.
                if let Err(problems) = source.with(&draws.sets(place)) {
                    say(&problems);
                }
            }
        }
        Err(problems) => say(&problems),
    }
});
