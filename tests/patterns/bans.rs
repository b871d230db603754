//! Pattern 1: a ban on one channel leaves a residual while another is open; with a planted fault that
//! breaks it.

use crate::scenes::{HOST, Scene, free, series};
use crate::statistics::{inside, over_seeds};
use crate::support::flow_of;
use exeunt::world::FlowEvent;

/// What is left of arrivals after a ban, over those without it: some, and not all.
const RESIDUAL: std::ops::RangeInclusive<f64> = 0.1..=0.9;

/// Tourists need no permission; humanitarian admission has to be asked for.
const WAYS: &str = r#"
[country.XB.channel.humanitarian]
permission = true
grant = "60 %"
gives = { status = "protected" }
[country.XB.channel.tourist]
gives = { status = "temporary" }
"#;

/// Arrivals of the half year after a ban over those of the same time without one, by channel number
/// of the first host.
fn residual(ban: &str, by: impl Fn(u16) -> bool) -> (f64, f64) {
    let other = free("XC");
    let scene = |rest| {
        let scene = Scene {
            time: ["2030-01-01", "2030-12-30", "1 week"],
            segments: &[("everybody", 100_000, "")],
            hosts: &[("XB", WAYS), ("XC", &other)],
            rest,
            ..Scene::default()
        };
        scene.scenario(0.1)
    };
    let (without, with) = (scene(""), scene(ban));
    let found = over_seeds(|seed| {
        let [banned, open] = [&with, &without].map(|scenario| {
            let arrivals = series(scenario, seed, |report| {
                flow_of(report, FlowEvent::Arrived, |key| {
                    key.to == HOST && by(key.channel)
                })
            });
            arrivals[26..].iter().sum::<u64>() as f64
        });
        banned / open
    });
    println!("arrivals after the ban: {:.3} ± {:.3}", found.0, found.1);
    found
}

const BAN: &str = r#"
[event.ban]
date = 2030-07-02
set."country.XB.channel.tourist.open" = false
"#;

#[test]
fn a_ban_on_one_channel_leaves_a_residual() {
    assert!(inside(residual(BAN, |_| true), RESIDUAL));
    // It is not only what came by the other channel before: more come by it now.
    let (mean, half) = residual(BAN, |channel| channel == 0);
    assert!(mean - half > 1.0, "{mean} ± {half}");
}

/// The fault: the other channel is shut as well.
#[test]
fn a_ban_on_both_channels_breaks_the_pattern() {
    let both = format!("{BAN}set.\"country.XB.channel.humanitarian.open\" = false\n");
    assert!(!inside(residual(&both, |_| true), RESIDUAL));
}
