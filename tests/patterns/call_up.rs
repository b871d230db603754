//! Pattern 8: a call-up brings a spike of departures of those it can reach, which halves within days; and
//! a transit country counts so many entries of people who travel anyway that net entries are .2 to .6 of
//! gross ones. Each with a planted fault that breaks it.

use crate::scenes::{HOST, Scene, free, left, series};
use crate::statistics::{inside, over_seeds};
use crate::support::flow_of;
use exeunt::scenario::Scenario;
use exeunt::world::FlowEvent;
use std::sync::Arc;

/// Day of the call-up.
const CALL_UP: usize = 30;
/// Days in which the spike halves.
const DAYS: f64 = 7.0;
/// Net entries over gross ones.
const NET: std::ops::RangeInclusive<f64> = 0.2..=0.6;

/// A hundredth of the men that Russia could call up (25 million), who may go to six countries; into the first
/// go a hundredth of the journeys that Russian citizens made to Georgia before 21 September 2022, 5,500 a day
/// (scenarios/russia-2022).
fn scene(half_life: &str, trips: &str) -> Arc<Scenario> {
    let hosts = ["XB", "XC", "XD", "XE", "XF", "XG"];
    let mut texts = hosts.map(free);
    texts[0] = format!(
        "travel_base = {{ XA = \"{trips} persons/month\" }}\n{}",
        texts[0]
    );
    let hosts: Vec<(&str, &str)> = hosts
        .into_iter()
        .zip(texts.iter().map(String::as_str))
        .collect();
    let rest = format!(
        "[event.call-up]\ndate = 2030-01-31\nknown = \"at once\"\ndepartures = {{ excess = 0.009, \
         half_life = \"{half_life}\", concerned = \"draft-eligible\", motive = \"mobilisation\" }}\n"
    );
    let scene = Scene {
        time: ["2030-01-01", "2030-03-31", "1 day"],
        segments: &[("draft-eligible", 250_000, "draft_eligible = true")],
        hosts: &hosts,
        rest: &rest,
        ..Scene::default()
    };
    scene.scenario(0.00027)
}

/// Days from the highest day of departures on, means of three days, until they are half of it.
fn days_until_half(half_life: &str) -> (f64, f64) {
    let scenario = scene(half_life, "1670");
    let days = over_seeds(|seed| {
        let departures = series(&scenario, seed, left);
        let smooth: Vec<u64> = departures
            .windows(3)
            .map(|days| days.iter().sum())
            .collect();
        let before: u64 = departures[..CALL_UP].iter().sum();
        let mut highest = (0, 0);
        for (day, &sum) in smooth.iter().enumerate() {
            if sum > highest.1 {
                highest = (day, sum);
            }
        }
        assert!(highest.1 > before, "no spike");
        let low = smooth[highest.0..]
            .iter()
            .position(|&sum| 2 * sum <= highest.1);
        low.unwrap_or(smooth.len()) as f64
    });
    println!("halves in {days:.2?} days");
    days
}

/// Net entries into the first host in the three weeks from the call-up on, over gross ones.
fn net_over_gross(trips: &str) -> (f64, f64) {
    let scenario = scene("2 days", trips);
    let ratio = over_seeds(|seed| {
        let counts = series(&scenario, seed, |report| {
            let arrived = flow_of(report, FlowEvent::Arrived, |key| key.to == HOST);
            let host = usize::from(HOST);
            let entries = arrived + report.countries[host].trips;
            (entries as f64, report.stocks.newcomers(host) as f64)
        });
        let gross: f64 = counts[CALL_UP..CALL_UP + 21]
            .iter()
            .map(|count| count.0)
            .sum();
        (counts[CALL_UP + 20].1 - counts[CALL_UP - 1].1) / gross
    });
    println!("net over gross: {ratio:.3?}");
    ratio
}

#[test]
fn a_call_up_brings_a_spike_of_days() {
    let (mean, half) = days_until_half("2 days");
    assert!(mean + half <= DAYS, "{mean} ± {half}");
}

#[test]
fn a_transit_country_counts_many_who_do_not_stay() {
    assert!(inside(net_over_gross("1670"), NET));
}

/// The fault: fear that lasts for a month.
#[test]
fn fear_that_lasts_breaks_the_spike() {
    let (mean, half) = days_until_half("30 days");
    assert!(mean - half > DAYS, "{mean} ± {half}");
}

/// The fault: counts of those alone who come to stay.
#[test]
fn counts_without_trips_break_the_ratio() {
    assert!(!inside(net_over_gross("0"), NET));
}
