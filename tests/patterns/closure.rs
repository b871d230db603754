//! Pattern 3: where persons are alike and a country with a share s of those who go is shut, departures
//! to the others rise by the closed form (1 - s)^(lambda - 1): at lambda .6 by 9.3 % (s = .2) to 15.3 %
//! (s = .3); with a planted fault that breaks it.

use crate::scenes::{HOST, Scene, free, series};
use crate::statistics::{inside, over_seeds};
use crate::support::{changed, flow_of};
use exeunt::draw::math::{exp, ln};
use exeunt::scenario::Scenario;
use exeunt::units::{Duration, Rate};
use exeunt::world::FlowEvent;

/// The rise of departures to the others between shares of .2 and .3, percent.
const RISE: std::ops::RangeInclusive<f64> = 9.3..=15.3;
/// Steps after which nobody is on the way who decided before the closing.
const SETTLED: usize = 20;

/// By how many percent departures to the others rise when the first host, with a share of those who
/// go, is shut in the second week and everybody knows it.
fn rise(share: f64, change: impl Fn(&mut Scenario)) -> (f64, f64) {
    let [first, second, third] = ["XB", "XC", "XD"].map(free);
    let shut = "[event.closure]\ndate = 2030-01-08\nknown = \"at once\"\n\
                set.\"country.XB.channel.free.open\" = false\n";
    let [open, closed] = ["", shut].map(|rest| {
        let scene = Scene {
            time: ["2030-01-01", "2030-12-30", "1 week"],
            segments: &[("everybody", 300_000, "planner = \"0 %\"\npropensity = 1.0")],
            hosts: &[("XB", &first), ("XC", &second), ("XD", &third)],
            rest,
            ..Scene::default()
        };
        // The size of a country counts in proportion; two others share the rest.
        changed(&scene.scenario(0.05), |scenario| {
            scenario.countries[usize::from(HOST)].population *= 2.0 * share / (1.0 - share);
            // The form is about first aspirations: nobody comes back to the pool, and who was on the
            // way to the first host does not go elsewhere later.
            scenario.behaviour.return_.hazard = Rate::from_per_year(0.0);
            scenario.behaviour.holding.fade = Duration::from_days(1e9);
            scenario.behaviour.holding.release = Rate::from_per_year(0.0);
            change(scenario);
        })
    });
    let rise = over_seeds(|seed| {
        let [before, after] = [&open, &closed].map(|scenario| {
            let left = series(scenario, seed, |report| {
                flow_of(report, FlowEvent::Left, |key| key.to > HOST)
            });
            left[SETTLED..].iter().sum::<u64>() as f64
        });
        100.0 * (after / before - 1.0)
    });
    println!("share {share}: {:.2} ± {:.2} %", rise.0, rise.1);
    rise
}

#[test]
fn a_closed_border_diverts_by_the_closed_form() {
    assert!(inside(rise(0.25, |_| {}), RISE));
    for share in [0.2, 0.3] {
        let expected = 100.0 * (exp((0.6 - 1.0) * ln(1.0 - share)) - 1.0);
        let (mean, half) = rise(share, |_| {});
        assert!((mean - expected).abs() < half, "{mean} ± {half}");
    }
}

/// The fault: destinations that hardly replace one another.
#[test]
fn destinations_apart_break_the_pattern() {
    let found = rise(0.25, |scenario| scenario.behaviour.choice.lambda = 0.9);
    assert!(!inside(found, RISE));
}
