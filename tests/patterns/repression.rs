//! Pattern 9: twice the exposure to persecution moves departures of average persons by under 10 % where
//! it is 0.05, and those of the hunted by over 50 % where it is 3. The band is held against the 95 %
//! interval over thirty seeds, and each half has a planted fault that breaks it.
//!
//! It is exposure, rho, that doubles: what repression comes to after the protection by the community.
//! Twice the repression of a quiet year, 0.15, is four times that exposure, and moves average persons
//! by 16 %.

use crate::scenes::BEHAVIOUR;
use crate::statistics::{interval, seeds};
use crate::support::{changed, simulation, watch};
use exeunt::draw::math::exp;
use exeunt::scenario::{Scenario, Source};
use exeunt::units::Rate;
use std::sync::Arc;

/// Persons of the segment.
const PERSONS: u64 = 100_000;

/// Persons who are all alike, active or not, under a repression that gives them an exposure; most do
/// not leave within the year, so that departures are in proportion to the hazard.
fn under(exposure: f64, active: bool) -> Arc<Scenario> {
    let text = format!(
        r#"
currency = "EUR"
[time]
start = 2030-01-01
end = 2030-12-31
step = "1 week"
[segment.everybody]
origin = "XA"
size = {PERSONS}
age = "30 years"
male = "50 %"
higher_education = "30 %"
dissent = 0.3
active = "{share} %"
planner = "0 %"
propensity = 1.0
income = "500 EUR/month"
savings = "5000 EUR"
renters = "0 %"
[country.XA]
name = "Home"
population = "1 million persons"
wage = "500 EUR/month"
[country.XB]
name = "Host"
population = "1 million persons"
wage = "500 EUR/month"
safety = 0.5
distance = {{ XA = "1000 km" }}
[country.XB.channel.free]
gives = {{ status = "legal" }}
{BEHAVIOUR}
"#,
        share = if active { 100 } else { 0 }
    );
    let source = Source::parse("exposed", &text).unwrap_or_else(|problems| panic!("{problems}"));
    changed(source.scenario(), |scenario| {
        let leaving = &mut scenario.behaviour.leaving;
        leaving.hazard_other = Rate::from_per_year(0.01);
        let visible = if active { leaving.risk_active } else { 0.0 };
        let repression = (exposure + leaving.community) / exp(visible);
        scenario.behaviour.return_.hazard = Rate::from_per_year(0.0);
        let home = &mut scenario.countries[0];
        assert_eq!(home.code, "XA");
        home.repression = repression;
    })
}

fn left(scenario: &Arc<Scenario>, seed: u64) -> f64 {
    let mut sum = 0;
    watch(&mut simulation(scenario, seed, 1), |report| {
        let segments = report.tally.segments.iter();
        sum += segments.flat_map(|tally| tally.left_by).sum::<u64>();
    });
    sum as f64
}

/// By how much twice the exposure raises departures, in percent: mean and half of the width of its
/// 95 % interval.
fn rise(exposure: f64, active: bool, change: impl Fn(&mut Scenario)) -> (f64, f64) {
    let once = changed(&under(exposure, active), &change);
    let twice = changed(&under(2.0 * exposure, active), &change);
    let rises: Vec<f64> = seeds()
        .map(|seed| 100.0 * (left(&twice, seed) / left(&once, seed) - 1.0))
        .collect();
    let (mean, half) = interval(&rises);
    println!("from {exposure}: {mean:.1} ± {half:.2} %");
    (mean, half)
}

#[test]
fn repression_hardly_moves_who_has_nothing_to_fear() {
    let (mean, half) = rise(0.05, false, |_| {});
    assert!(mean - half > 0.0 && mean + half < 10.0, "{mean} ± {half}");
}

#[test]
fn repression_moves_the_hunted() {
    let (mean, half) = rise(3.0, true, |_| {});
    assert!(mean - half > 50.0, "{mean} ± {half}");
}

/// The fault: persecution that weighs three times as much moves everybody.
#[test]
fn a_heavy_weight_breaks_the_first_half() {
    let (mean, half) = rise(0.05, false, |scenario| {
        scenario.behaviour.leaving.risk *= 3.0
    });
    assert!(mean - half > 10.0, "{mean} ± {half}");
}

/// The fault: a third of the weight moves nobody much.
#[test]
fn a_light_weight_breaks_the_second_half() {
    let (mean, half) = rise(3.0, true, |scenario| scenario.behaviour.leaving.risk /= 3.0);
    assert!(mean + half < 50.0, "{mean} ± {half}");
}
