//! Good files torn off, and with other bytes in places: by fixed seeds, so that what fails once fails again.

use super::case::{CALIBRATION, Case, DRAWS, Ends, OBSERVED, PLAN, base};
use rand::{RngExt, SeedableRng};
use std::fs;

/// A good file, what it is called, and the command that reads it.
fn goods() -> Vec<(&'static str, String, &'static [&'static str])> {
    vec![
        (
            "scenario",
            base(),
            &["run", "f", "--scale", "1000", "--dry-run"],
        ),
        (
            "plan of a sweep",
            PLAN.to_owned(),
            &["sweep", "f", "--dry-run"],
        ),
        (
            "plan of a calibration",
            CALIBRATION.to_owned(),
            &["calibrate", "f", "--dry-run"],
        ),
        (
            "observations",
            OBSERVED.to_owned(),
            &["score", "base.toml", "--observed", "f", "--check"],
        ),
        (
            "sets of parameters",
            DRAWS.to_owned(),
            &[
                "run",
                "base.toml",
                "--scale",
                "1000",
                "--dry-run",
                "--draws-from",
                "f",
            ],
        ),
    ]
}

/// Puts other bytes into some places of a file.
fn struck(bytes: &[u8], seed: u64) -> Vec<u8> {
    let mut rng = rand_pcg::Pcg64::seed_from_u64(seed);
    let mut bytes = bytes.to_vec();
    for _ in 0..rng.random_range(1..6) {
        let at = rng.random_range(0..bytes.len());
        match rng.random_range(0..4) {
            0 => bytes[at] ^= 1 << rng.random_range(0..8),
            1 => bytes[at] = rng.random_range(0..128),
            2 => {
                bytes.remove(at);
            }
            _ => bytes.insert(at, b"\"[]{}=.,#\n-0e"[rng.random_range(0..13)]),
        }
    }
    bytes
}

pub fn cases() -> Vec<Case> {
    let mut cases = Vec::new();
    for (what, text, arguments) in goods() {
        let length = text.len();
        for part in 1..=5 {
            let torn = text.as_bytes()[..length * part / 6].to_vec();
            cases.push(Case::file(
                format!("{what}, torn off after {part} sixths"),
                arguments,
                Ends::Either,
                "f",
                torn,
            ));
        }
        for seed in 0..6 {
            let bytes = struck(text.as_bytes(), seed);
            cases.push(Case::file(
                format!("{what}, other bytes {seed}"),
                arguments,
                Ends::Either,
                "f",
                bytes,
            ));
        }
    }
    // Torn off at every tenth byte, all in one command, which has to say of each what is wrong with it.
    let text = base();
    let names: Vec<String> = (0..text.len())
        .step_by(10)
        .map(|end| format!("{end}.toml"))
        .collect();
    let arguments: Vec<&str> = ["check"]
        .into_iter()
        .chain(names.iter().map(String::as_str))
        .collect();
    cases.push(Case::new(
        "a scenario torn off at every tenth byte",
        &arguments,
        Ends::Refused(Vec::new()),
        move |desk| {
            for end in (0..text.len()).step_by(10) {
                fs::write(desk.join(format!("{end}.toml")), &text.as_bytes()[..end]).unwrap();
            }
        },
    ));
    let names: Vec<String> = (0..300).map(|seed| format!("{seed}.toml")).collect();
    let arguments: Vec<&str> = ["check"]
        .into_iter()
        .chain(names.iter().map(String::as_str))
        .collect();
    cases.push(Case::new(
        "300 scenarios with other bytes",
        &arguments,
        Ends::Refused(Vec::new()),
        |desk| {
            let text = base();
            for seed in 0..300 {
                fs::write(
                    desk.join(format!("{seed}.toml")),
                    struck(text.as_bytes(), 1000 + seed),
                )
                .unwrap();
            }
        },
    ));
    cases
}
