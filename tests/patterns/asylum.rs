//! Pattern 14: a longer wait for a decision on asylum lowers claims that have good chances and raises
//! those that have poor ones; with a planted fault that breaks it.

use crate::statistics::{interval, seeds};
use crate::support::{REFUGE, changed, flow_of, parse, restless, simulation, watch};
use exeunt::scenario::{Distribution, Scenario};
use exeunt::units::Duration;
use exeunt::world::FlowEvent;
use std::sync::Arc;

/// The waits compared, days.
const WAITS: [f64; 2] = [90.0, 720.0];

/// Claims for every visit that ends, of those whose claims are documented and so always believed,
/// recognised with a chance after a wait.
fn claims(chance: f64, wait: f64, seed: u64, change: impl Fn(&mut Scenario)) -> f64 {
    let text = format!("{REFUGE}\n{}", restless());
    let scenario: Arc<Scenario> = changed(&parse("refuge", &text), |scenario| {
        let office = &mut scenario.channels[1];
        office.grant = chance;
        office.decision = Some(Distribution::Constant(wait));
        if let Some(asylum) = &mut office.asylum {
            asylum.removal = 0.3;
        }
        change(scenario);
    });
    let (mut claims, mut ended) = (0, 0);
    watch(&mut simulation(&scenario, seed, 2), |report| {
        let of_visits = |event, channel| {
            flow_of(report, event, |key| {
                key.segment == 0 && key.channel == channel
            })
        };
        claims += of_visits(FlowEvent::Claimed, 1);
        ended += of_visits(FlowEvent::Expired, 0);
    });
    assert!(claims > 1000, "{claims}");
    claims as f64 / ended as f64
}

/// By how many percent claims for a visit differ where the wait is long, with half of the width of the 95 %
/// interval; the same persons decide under both waits.
fn effect(chance: f64, change: impl Fn(&mut Scenario) + Copy) -> (f64, f64) {
    let effects: Vec<f64> = seeds()
        .map(|seed| {
            let [short, long] = WAITS.map(|wait| claims(chance, wait, seed, change));
            100.0 * (long / short - 1.0)
        })
        .collect();
    interval(&effects)
}

/// Whether claims fall at a chance of .6 and rise at one of .1, beyond the 95 % intervals.
fn shows(change: impl Fn(&mut Scenario) + Copy) -> bool {
    let [good, poor] = [0.6, 0.1].map(|chance| effect(chance, change));
    println!(
        "claims after a long wait: {:+.2} ± {:.2} % at .6, {:+.2} ± {:.2} % at .1",
        good.0, good.1, poor.0, poor.1
    );
    good.0 + good.1 < 0.0 && poor.0 - poor.1 > 0.0
}

#[test]
fn a_longer_wait_lowers_good_claims_and_raises_poor_ones() {
    assert!(shows(|_| {}));
}

/// The fault: who looks so far ahead that the wait is nothing minds no wait.
#[test]
fn claimants_who_look_ahead_for_ever_break_the_pattern() {
    assert!(!shows(|scenario| {
        scenario.behaviour.asylum.horizon = Duration::from_days(1e9);
    }));
}
