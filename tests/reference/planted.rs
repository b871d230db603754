//! Planted faults have to be rejected by the comparison that accepts the sound engine.

use crate::agreement::{runs, seeds, slow};
use crate::compare::agree;
use crate::faults::Fault;
use crate::scenarios::{border, hosts, pool, wave};
use exeunt::scenario::Scenario;

/// Compares the slow engine with itself, with a fault planted in one.
fn verdict(scenario: &Scenario, fault: Fault, runs: usize) -> Result<usize, Vec<String>> {
    agree(
        |set| slow(scenario, seeds(2 * set, runs), Fault::None),
        |set| slow(scenario, seeds(2 * set + 1, runs), fault),
    )
}

fn assert_rejected(scenario: &Scenario, fault: Fault, runs: usize) {
    let name = &scenario.name;
    match verdict(scenario, fault, runs) {
        Ok(number) => panic!("{fault:?} passed {number} comparisons in {name}"),
        Err(found) => println!(
            "{fault:?} in {name}: {} disagreements, first {}",
            found.len(),
            found[0]
        ),
    }
}

#[test]
fn the_sound_engine_agrees_with_itself() {
    for scenario in [border(), hosts(), pool(), wave()] {
        let found = verdict(&scenario, Fault::None, runs(4, 20));
        assert!(found.is_ok(), "{}: {found:#?}", scenario.name);
    }
}

#[test]
fn a_higher_hazard_of_leaving_is_rejected() {
    assert_rejected(&pool(), Fault::LeavingHigher, 24);
}

#[test]
fn swapped_channels_are_rejected() {
    assert_rejected(&border(), Fault::ChannelsSwapped, 6);
}

#[test]
fn late_rents_are_rejected() {
    assert_rejected(&pool(), Fault::RentsLate, 6);
}

#[test]
fn rents_felt_late_are_rejected() {
    assert_rejected(&pool(), Fault::RentsFeltLate, 16);
}

#[test]
fn fresh_shocks_for_the_held_are_rejected() {
    assert_rejected(&border(), Fault::FreshShocks, 6);
}

#[test]
fn a_higher_hazard_of_return_is_rejected() {
    assert_rejected(&wave(), Fault::ReturnHigher, 10);
}

#[test]
fn marks_accepted_in_proportion_are_rejected() {
    assert_rejected(&pool(), Fault::AcceptedInProportion { bound: 4.0 }, 6);
}
