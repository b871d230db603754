//! Numbers that are each allowed but together cannot be computed end a run with a message that names them.

use crate::engine::{EngineError, RunOptions, Simulation};
use crate::scenario::Source;

/// The error message of a run of a few steps with parts of the behaviour changed; empty if it succeeds.
fn said(changes: &[(&str, &str)]) -> String {
    let behaviour = include_str!("../../../tests/support/behaviour.toml");
    let text = include_str!("../../../tests/support/policies.toml").to_owned() + behaviour;
    let text = changes.iter().fold(text, |text, (old, new)| {
        assert_eq!(text.matches(old).count(), 1, "{old}");
        text.replace(old, new)
    });
    let source = Source::parse("test", &text).unwrap_or_else(|problems| panic!("{problems}"));
    let options = RunOptions {
        scale: 50,
        threads: Some(1),
        ..RunOptions::default()
    };
    let run = || -> Result<(), EngineError> {
        let mut simulation = Simulation::new(source.scenario().clone(), options)?;
        while simulation.steps_done() < 20 {
            simulation.step()?;
        }
        Ok(())
    };
    match run() {
        Ok(()) => String::new(),
        Err(EngineError::OutOfRange { message }) => message,
        Err(other) => panic!("{other}"),
    }
}

#[test]
fn what_cannot_be_computed_is_named() {
    assert_eq!(said(&[]), "");
    let ties = (
        "[behaviour.ties]\non = false",
        "[behaviour.ties]\non = true",
    );
    let repression = (
        "[behaviour.repression]\non = false",
        "[behaviour.repression]\non = true",
    );
    for (changes, name) in [
        (
            &[("home = 0.0", "home = 1000")][..],
            "behaviour.expiry.home",
        ),
        (
            &[("moving = 0", "moving = -1000")],
            "behaviour.expiry.moving",
        ),
        (
            &[("irregular = 1.0", "irregular = -1000")],
            "behaviour.expiry.irregular",
        ),
        (&[ties, ("kin = 0.6", "kin = 1000")], "behaviour.ties.kin"),
        (
            &[
                repression,
                ("active = 4", "active = 20"),
                (
                    "detention = \"0.01 %/year\"",
                    "detention = \"10000 %/year\"",
                ),
            ],
            "behaviour.repression",
        ),
        (&[("rooting = 0.3", "rooting = -1000")], "behaviour.onward"),
    ] {
        let message = said(changes);
        assert!(message.contains(name), "{name}: {message}");
        assert!(message.contains("cannot be computed"), "{message}");
    }
    assert_eq!(said(&[ties, repression]), "");
}
