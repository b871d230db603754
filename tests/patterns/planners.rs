//! Pattern 17: of those who firmly intend to leave, about 24 % (15 to 35) have gone after two quiet
//! years (van Dalen and Henkens); with a planted fault that breaks it.

use crate::scenes::{Scene, free, left, series};
use crate::statistics::{inside, over_seeds};
use crate::support::changed;
use exeunt::scenario::Scenario;
use exeunt::units::Rate;

/// Share of planners who have gone, percent.
const GONE: std::ops::RangeInclusive<f64> = 15.0..=35.0;
const PLANNERS: u64 = 20_000;

/// Departures of two quiet years, and persons abroad at their end, in percent of planners.
fn gone(change: impl Fn(&mut Scenario)) -> [(f64, f64); 2] {
    let host = free("XB");
    let scene = Scene {
        time: ["2030-01-01", "2031-12-31", "1 week"],
        segments: &[("planners", PLANNERS, "planner = \"100 %\"")],
        home: "repression = 0.15",
        hosts: &[("XB", &host)],
        ..Scene::default()
    };
    let scenario = changed(&scene.scenario(0.0), change);
    let percent = |persons: u64| 100.0 * persons as f64 / PLANNERS as f64;
    let departed = over_seeds(|seed| percent(series(&scenario, seed, left).iter().sum()));
    let abroad = over_seeds(|seed| {
        let stocks = series(&scenario, seed, |report| report.stocks.segments[0].abroad);
        stocks.last().copied().map_or(f64::NAN, percent)
    });
    println!("departed {departed:.2?} %, abroad {abroad:.2?} %");
    [departed, abroad]
}

#[test]
fn a_quarter_of_planners_have_gone_after_two_years() {
    for found in gone(|_| {}) {
        assert!(inside(found, GONE), "{found:?}");
    }
}

/// The fault: the share of two years taken for that of one.
#[test]
fn a_yearly_hazard_twice_as_high_breaks_the_pattern() {
    let [departed, _] = gone(|scenario| {
        let leaving = &mut scenario.behaviour.leaving;
        leaving.hazard_planner = Rate::from_per_year(2.0 * leaving.hazard_planner.per_year());
    });
    assert!(!inside(departed, GONE));
}
