//! Pattern 12: rents overshoot what newcomers will cost in the long run, and relax; and where newcomers move on
//! at 10 % a month they fall faster than at 1 %. Each with a planted fault that breaks it.

use crate::scenes::{Scene, free, series};
use crate::statistics::over_seeds;
use crate::support::changed;
use exeunt::draw::math::ln;
use exeunt::scenario::Scenario;
use exeunt::units::Rate;
use std::sync::Arc;

/// A market like that of Tbilisi in 2022, in proportion: newcomers of 5.7 % of the city within weeks, who may
/// move on.
fn wave(change: impl FnOnce(&mut Scenario)) -> Arc<Scenario> {
    let market = format!(
        "{}[country.XB.market]\ncity = \"Hostville\"\nrent = \"300 EUR/month\"\n\
         city_population = \"32400 persons\"\nrental_share = \"18 %\"\ncity_share = \"61 %\"\n",
        free("XB")
    );
    let elsewhere = "[country.XC.channel.onward]\napply_from = [\"abroad\"]\n\
                     gives = { status = \"legal\" }\n";
    let scene = Scene {
        time: ["2030-01-01", "2032-12-31", "1 month"],
        segments: &[("everybody", 100_000, "planner = \"0 %\"")],
        hosts: &[("XB", &market), ("XC", elsewhere)],
        rest: "[event.wave]\ndate = 2030-02-01\ndepartures = { excess = 0.03, half_life = \"20 days\", \
               concerned = \"everybody\", motive = \"conscience\" }\n",
        ..Scene::default()
    };
    changed(&scene.scenario(0.0), |scenario| {
        scenario.segments[0].renters = 1.0;
        change(scenario);
    })
}

/// By month: logarithm of rent over that of the first day, and newcomers' homes over rented ones.
fn market(scenario: &Arc<Scenario>, seed: u64) -> Vec<(f64, f64)> {
    series(scenario, seed, |report| {
        let market = report.countries[1];
        (
            ln(market.rent_index.unwrap_or(f64::NAN)),
            market.rent_pressure.unwrap_or(f64::NAN),
        )
    })
}

/// Month of the highest rent.
fn peak(market: &[(f64, f64)]) -> usize {
    let mut peak = 0;
    for (month, (rent, _)) in market.iter().enumerate() {
        if *rent > market[peak].0 {
            peak = month;
        }
    }
    peak
}

/// What rent has risen for each newcomer who is there, at its peak over two years later.
fn overshoot(change: impl Fn(&mut Scenario)) -> (f64, f64) {
    let scenario = wave(change);
    let ratio = over_seeds(|seed| {
        let market = market(&scenario, seed);
        let peak = peak(&market);
        let each = |month: usize| market[month].0 / market[month].1;
        each(peak) / each(peak + 24)
    });
    println!("overshoot {:.3} ± {:.3}", ratio.0, ratio.1);
    ratio
}

/// How much of the rise has gone a year after the peak where people move on at 10 % a month, less where
/// they do at 1 %, in percent of the rise.
fn faster(change: impl Fn(&mut Scenario)) -> (f64, f64) {
    let scenarios = [0.10, 0.01].map(|monthly| {
        wave(|scenario| {
            scenario.behaviour.onward.hazard = Rate::from_per_year(12.0 * monthly);
            change(scenario);
        })
    });
    let difference = over_seeds(|seed| {
        let [often, seldom] = scenarios.each_ref().map(|scenario| {
            let market = market(scenario, seed);
            let peak = peak(&market);
            100.0 * (1.0 - market[peak + 12].0 / market[peak].0)
        });
        often - seldom
    });
    println!("faster by {:.2} ± {:.2}", difference.0, difference.1);
    difference
}

#[test]
fn rents_overshoot_and_relax() {
    let (mean, half) = overshoot(|_| {});
    assert!(mean - half > 1.0, "{mean} ± {half}");
}

#[test]
fn rents_fall_faster_where_people_move_on() {
    let (mean, half) = faster(|_| {});
    assert!(mean - half > 0.0, "{mean} ± {half}");
}

/// The fault: homes that are built as fast as people come.
#[test]
fn supply_without_delay_breaks_the_overshoot() {
    let (mean, half) = overshoot(|scenario| {
        if let Some(rents) = &mut scenario.behaviour.rents {
            rents.short = rents.long;
        }
    });
    assert!(mean - half <= 1.0, "{mean} ± {half}");
}

/// The fault: nowhere to move on to.
#[test]
fn nowhere_to_go_breaks_the_fall() {
    let (mean, half) = faster(|scenario| scenario.channels[1].open = false);
    assert!(mean - half <= 0.0, "{mean} ± {half}");
}
