//! Pattern 6: within the ranges of `scenarios/behaviour.toml` a search finds parameters with which closing a
//! country raises the number of people abroad, because they do not dare to return, and others with which it
//! lowers it, because fewer come. Each with a planted fault that breaks it.

use crate::scenes::{Scene, free, series};
use crate::statistics::over_seeds;
use crate::support::changed;
use exeunt::scenario::Scenario;
use exeunt::units::Rate;
use std::sync::Arc;

/// What is searched: each parameter at either end of its range.
#[derive(Debug, Clone, Copy)]
struct Point {
    /// Share of planners.
    planner: f64,
    /// Hazard of leaving in quiet times of everybody else, a year.
    others: f64,
    /// Dissimilarity of destinations.
    lambda: f64,
    /// Hazard of return, a month.
    returning: f64,
    /// Factor of it for who could not come back in.
    no_reentry: f64,
}

/// The corners of the ranges of `scenarios/behaviour.toml`.
fn corners() -> Vec<Point> {
    (0..32)
        .map(|corner: usize| {
            let end = |place: usize, ends: [f64; 2]| ends[corner >> place & 1];
            Point {
                planner: end(0, [0.003, 0.02]),
                others: end(1, [0.0001, 0.0006]),
                lambda: end(2, [0.3, 0.9]),
                returning: end(3, [0.01, 0.025]),
                no_reentry: end(4, [0.12, 0.9]),
            }
        })
        .collect()
}

/// Two hosts; a wave like that of a call-up on the first day, then quiet times. After a year the first host
/// lets nobody in any more, or does.
fn world(point: Point, closes: bool) -> Arc<Scenario> {
    let [first, second] = ["XB", "XC"].map(free);
    let closing = "[event.closing]\ndate = 2031-01-01\n\
                   set.\"country.XB.channel.free.open\" = false\n";
    let rest = format!(
        "[event.wave]\ndate = 2030-01-01\ndepartures = {{ excess = 0.009, half_life = \"2 days\", \
         concerned = \"everybody\", motive = \"mobilisation\" }}\n{}",
        if closes { closing } else { "" }
    );
    let scene = Scene {
        time: ["2030-01-01", "2032-12-31", "1 month"],
        segments: &[("everybody", 200_000, "")],
        hosts: &[("XB", &first), ("XC", &second)],
        rest: &rest,
        ..Scene::default()
    };
    changed(&scene.scenario(point.others), |scenario| {
        let behaviour = &mut scenario.behaviour;
        scenario.segments[0].planner = point.planner;
        behaviour.choice.lambda = point.lambda;
        behaviour.return_.hazard = Rate::from_per_year(12.0 * point.returning);
        behaviour.return_.no_reentry = point.no_reentry;
    })
}

/// By how many percent a closing raises the number of people abroad two years on.
fn rise([open, closed]: &[Arc<Scenario>; 2], seed: u64) -> f64 {
    let [open, closed] = [open, closed].map(|scenario| {
        let abroad = series(scenario, seed, |report| report.stocks.segments[0].abroad);
        abroad.last().map_or(f64::NAN, |persons| *persons as f64)
    });
    100.0 * (closed / open - 1.0)
}

/// The search: the parameters with which a closing raises the number most, and least, by one seed that the
/// test itself does not use; and what it does with them.
fn search(change: impl Fn(&mut Point)) -> [(f64, f64); 2] {
    let mut found: Vec<(f64, Point)> = corners()
        .into_iter()
        .map(|mut point| {
            change(&mut point);
            (
                rise(&[false, true].map(|closes| world(point, closes)), 0),
                point,
            )
        })
        .collect();
    found.sort_by(|one, other| one.0.total_cmp(&other.0));
    [found[found.len() - 1], found[0]].map(|(_, point)| {
        let worlds = [false, true].map(|closes| world(point, closes));
        let rise = over_seeds(|seed| rise(&worlds, seed));
        println!("{:+.2} ± {:.2} % at {point:?}", rise.0, rise.1);
        rise
    })
}

#[test]
fn a_closing_raises_the_number_abroad_or_lowers_it() {
    let [highest, lowest] = search(|_| {});
    assert!(highest.0 - highest.1 > 0.0, "{highest:?}");
    assert!(lowest.0 + lowest.1 < 0.0, "{lowest:?}");
}

/// The fault: nobody minds that they could not come back; then a closing raises the number nowhere.
#[test]
fn people_who_do_not_look_ahead_break_the_rise() {
    let [highest, _] = search(|point| point.no_reentry = 1.0);
    assert!(highest.0 - highest.1 <= 0.0, "{highest:?}");
}

/// The fault: nobody leaves in quiet times; then it lowers it nowhere.
#[test]
fn nobody_who_comes_breaks_the_fall() {
    let [_, lowest] = search(|point| {
        point.planner = 0.0;
        point.others = 0.0;
    });
    assert!(lowest.0 + lowest.1 >= 0.0, "{lowest:?}");
}
