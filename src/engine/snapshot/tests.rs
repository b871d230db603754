//! Snapshots that can be decoded but whose contents do not fit each other, and corrupted bytes.

use super::*;
use crate::engine::Simulation;
use crate::scenario::Source;
use std::sync::Arc;

/// A scenario with routes and queues, attitudes and money abroad, and a snapshot after its thirtieth step.
fn saved() -> (Arc<Scenario>, Snapshot) {
    let behaviour = include_str!("../../../tests/support/behaviour.toml");
    let behaviour = behaviour.replace(
        "[behaviour.money]\non = false",
        "[behaviour.money]\non = true",
    );
    let text = include_str!("../../../tests/support/policies.toml").to_owned() + &behaviour;
    let source = Source::parse("test", &text).unwrap_or_else(|problems| panic!("{problems}"));
    let scenario = source.scenario().clone();
    let options = RunOptions {
        scale: 20,
        threads: Some(1),
        ..RunOptions::default()
    };
    let mut simulation = Simulation::new(scenario.clone(), options).unwrap();
    for _ in 0..30 {
        simulation.step().unwrap();
    }
    (scenario, simulation.snapshot())
}

#[test]
fn what_does_not_fit_is_damaged_and_no_panic() {
    let (scenario, snapshot) = saved();
    assert!(snapshot.blocks.iter().any(|block| !block.abroad.is_empty()));
    assert!(Simulation::resume(scenario.clone(), &snapshot).is_ok());
    type Change = fn(&mut Snapshot);
    let changes: [(&str, Change); 11] = [
        ("steps", |saved| saved.done = saved.steps.len() + 1),
        ("values", |saved| saved.inclusive_value.clear()),
        ("rents", |saved| saved.rents.truncate(1)),
        ("trips", |saved| saved.trips.clear()),
        ("pages", |saved| saved.ledger.pages.truncate(3)),
        ("a page", |saved| saved.ledger.pages[0].countries.clear()),
        ("ceilings", |saved| saved.ledger.ceilings.clear()),
        ("stocks", |saved| saved.stocks.segments.clear()),
        ("stays", |saved| saved.stocks.abroad.clear()),
        ("blocks", |saved| saved.blocks.clear()),
        ("purses", |saved| {
            saved
                .blocks
                .iter_mut()
                .for_each(|block| block.purses.clear())
        }),
    ];
    for (what, change) in changes {
        let mut torn = snapshot.clone();
        change(&mut torn);
        let said = Simulation::resume(scenario.clone(), &torn)
            .unwrap_err()
            .to_string();
        assert!(said.contains("the file is damaged"), "{what}: {said}");
    }
}

#[test]
fn who_waits_at_no_border_is_damaged() {
    let (scenario, snapshot) = saved();
    let channel = scenario
        .channels
        .iter()
        .position(|channel| !channel.routes.is_empty());
    let channel = channel.expect("a channel with a route") as u16;
    let waiting = |leg| Waiting {
        position: 0,
        channel,
        aspired: 0,
        came: 1.0,
        left: 1.0,
        route: 0,
        leg,
        motive: crate::scenario::Motive::Ordinary,
    };
    let with = |leg| {
        let mut torn = snapshot.clone();
        torn.blocks[0].waiting.push(waiting(leg));
        Simulation::resume(scenario.clone(), &torn).map(|_| ())
    };
    assert!(with(0).is_ok());
    let said = with(99).unwrap_err().to_string();
    assert!(said.contains("the file is damaged"), "{said}");
}

#[test]
fn bytes_that_changed_on_the_way_are_refused() {
    let (_, snapshot) = saved();
    let bytes = snapshot.to_bytes().unwrap();
    assert!(Snapshot::from_bytes(&bytes).is_ok());
    let refused = |bytes: &[u8]| {
        let said = Snapshot::from_bytes(bytes).unwrap_err().to_string();
        assert!(
            said.contains("checksum does not match; take it again"),
            "{said}"
        );
    };
    for place in (0..bytes.len()).step_by(bytes.len() / 500) {
        let mut torn = bytes.clone();
        torn[place] ^= 1 << (place % 8);
        refused(&torn);
        refused(&bytes[..place]);
    }
}
