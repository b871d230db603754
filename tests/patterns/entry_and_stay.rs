//! Pattern 5: who could not come back in returns less often; and a limit on stays raises onward moves at
//! least three times as much as returns, where there are four countries to move on to. Each with a planted
//! fault that breaks it.

use crate::scenes::{Scene, free, series};
use crate::statistics::over_seeds;
use crate::support::{changed, flow};
use exeunt::scenario::Scenario;
use exeunt::world::FlowEvent;
use std::sync::Arc;

/// Onward moves that a limit brings on over the returns that it brings on.
const LEAST_TIMES: f64 = 3.0;

/// A wave that goes to the one host that takes people from home, and countries to move on to; nobody else
/// leaves. After three months there may be a new rule.
fn wave(others: usize, rule: &str) -> Arc<Scenario> {
    let names = ["XC", "XD", "XE", "XF"];
    let onward: Vec<String> = names
        .iter()
        .map(|code| {
            format!(
                "[country.{code}.channel.onward]\napply_from = [\"abroad\"]\n\
                 gives = {{ status = \"legal\" }}\n"
            )
        })
        .collect();
    let first = free("XB");
    let mut hosts = vec![("XB", first.as_str())];
    hosts.extend(
        names
            .iter()
            .zip(&onward)
            .take(others)
            .map(|(code, text)| (*code, text.as_str())),
    );
    let rest = format!(
        "[event.wave]\ndate = 2030-01-01\ndepartures = {{ excess = 0.1, half_life = \"2 days\", \
         concerned = \"everybody\", motive = \"conscience\" }}\n{rule}"
    );
    let scene = Scene {
        time: ["2030-01-01", "2031-03-31", "1 week"],
        segments: &[("everybody", 50_000, "planner = \"0 %\"")],
        hosts: &hosts,
        rest: &rest,
        ..Scene::default()
    };
    scene.scenario(0.0)
}

/// Returns to home, and onward moves, of all.
fn moves(scenario: &Arc<Scenario>, seed: u64) -> [f64; 2] {
    let steps = series(scenario, seed, |report| {
        [FlowEvent::Returned, FlowEvent::MovedOn].map(|event| flow(report, event))
    });
    [0, 1].map(|of| steps.iter().map(|moves| moves[of]).sum::<u64>() as f64)
}

/// Returns where entry is barred from the fourth month on over those where it is not.
fn returns(change: impl Fn(&mut Scenario)) -> (f64, f64) {
    let bar = "[event.bar]\ndate = 2030-04-02\nset.\"country.XB.channel.free.open\" = false\n";
    let (open, barred) = (wave(0, ""), changed(&wave(0, bar), change));
    let ratio = over_seeds(|seed| moves(&barred, seed)[0] / moves(&open, seed)[0]);
    println!(
        "returns where entry is barred: {:.3} ± {:.3}",
        ratio.0, ratio.1
    );
    ratio
}

/// Onward moves that a limit of half a year on all stays brings on over the returns that it brings on.
fn times(others: usize, change: impl Fn(&mut Scenario)) -> (f64, f64) {
    let limit = "[event.limit]\ndate = 2030-04-02\napplies_to = \"all\"\n\
                 set.\"country.XB.channel.free.stay.length\" = \"180 days\"\n";
    let free = changed(&wave(others, ""), &change);
    let limited = changed(&wave(others, limit), &change);
    let times = over_seeds(|seed| {
        let [free, limited] = [&free, &limited].map(|scenario| moves(scenario, seed));
        (limited[1] - free[1]) / (limited[0] - free[0])
    });
    println!("{others} others: {:.2} ± {:.2} times", times.0, times.1);
    times
}

#[test]
fn who_could_not_come_back_returns_less_often() {
    let (mean, half) = returns(|_| {});
    assert!(mean + half < 1.0, "{mean} ± {half}");
}

#[test]
fn a_limit_on_stays_sends_people_on_rather_than_home() {
    let (mean, half) = times(4, |_| {});
    assert!(mean - half >= LEAST_TIMES, "{mean} ± {half}");
}

/// The fault: nobody minds that they could not come back.
#[test]
fn people_who_do_not_look_ahead_break_the_first_half() {
    let (mean, half) = returns(|scenario| scenario.behaviour.return_.no_reentry = 1.0);
    assert!(mean + half >= 1.0, "{mean} ± {half}");
}

/// The fault: a home that is worth as much as it may be at most.
#[test]
fn a_home_of_great_value_breaks_the_second_half() {
    let (mean, half) = times(4, |scenario| scenario.behaviour.expiry.home = 2.0);
    assert!(mean + half < LEAST_TIMES, "{mean} ± {half}");
}
