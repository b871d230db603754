//! Pattern 10: who leaves is younger, better educated and at least ten times richer in the politically active
//! than the population; with planted faults that break it.

use crate::scenes::{Scene, free, series};
use crate::statistics::{interval, seeds};
use crate::support::changed;
use exeunt::scenario::{Distribution, Scenario};
use exeunt::world::SegmentTally;

/// How many times richer in the politically active.
const LEAST_TIMES: f64 = 10.0;

/// Persons of a kind.
#[derive(Debug, Clone, Copy)]
struct Group {
    name: &'static str,
    persons: u64,
    /// Youngest and oldest, years.
    age: [f64; 2],
    educated: f64,
    planner: f64,
}

/// A hundredth of the adults of Russia by scenarios/russia-2022/population.toml: two of its segments, and one
/// for all others with about their means. The ages are even between ends that give about the means there.
const ADULTS: [Group; 3] = [
    Group {
        name: "activists",
        persons: 11_500,
        age: [18.0, 50.0],
        educated: 0.65,
        planner: 0.18,
    },
    Group {
        name: "others",
        persons: 1_018_500,
        age: [18.0, 80.0],
        educated: 0.30,
        planner: 0.006,
    },
    Group {
        name: "people-of-conscience",
        persons: 120_000,
        age: [18.0, 60.0],
        educated: 0.60,
        planner: 0.04,
    },
];

/// Leavers of two quiet years against all adults: by how many years they are younger, by how many
/// points more of them are educated, and how many times as many of them are active.
fn leavers(groups: &[Group; 3], change: impl Fn(&mut Scenario)) -> [(f64, f64); 3] {
    let host = free("XB");
    let active = |group: &Group| group.name == "activists";
    let segments = groups.map(|group| {
        let also = if active(&group) {
            "active = \"100 %\""
        } else {
            ""
        };
        (group.name, group.persons, also)
    });
    let scene = Scene {
        time: ["2030-01-01", "2031-12-31", "1 month"],
        segments: &segments,
        home: "repression = 0.15",
        hosts: &[("XB", &host)],
        ..Scene::default()
    };
    let scenario = changed(&scene.scenario(0.00027), |scenario| {
        for (segment, group) in scenario.segments.iter_mut().zip(groups) {
            assert_eq!(segment.name, group.name);
            let [low, high] = group.age;
            segment.age = Distribution::Uniform { low, high };
            segment.higher_education = group.educated;
            segment.planner = group.planner;
        }
        change(scenario);
    });
    let persons: f64 = groups.iter().map(|group| group.persons as f64).sum();
    let mean = |of: &dyn Fn(&Group) -> f64| {
        let sums = groups.iter().map(|group| group.persons as f64 * of(group));
        sums.sum::<f64>() / persons
    };
    let age = mean(&|group| group.age.iter().sum::<f64>() / 2.0);
    let educated = mean(&|group| group.educated);
    let activists = mean(&|group| f64::from(u8::from(active(group))));

    let mut found = [Vec::new(), Vec::new(), Vec::new()];
    for seed in seeds() {
        let mut sum = SegmentTally::default();
        for step in series(&scenario, seed, |report| report.tally.segments.clone()) {
            step.iter().for_each(|tally| sum.add(tally));
        }
        let left = sum.left_by.iter().sum::<u64>() as f64;
        // Ages are counted in whole years gone by: half a year less, in the mean.
        found[0].push(age - sum.left_age_years as f64 / left - 0.5);
        found[1].push(100.0 * (sum.left_educated as f64 / left - educated));
        found[2].push(sum.left_active as f64 / left / activists);
    }
    let found = found.map(|values| interval(&values));
    println!("younger by, better educated by, times as active: {found:.2?}");
    found
}

#[test]
fn leavers_are_young_educated_and_active() {
    let [younger, educated, times] = leavers(&ADULTS, |_| {});
    assert!(younger.0 - younger.1 > 0.0, "{younger:?}");
    assert!(educated.0 - educated.1 > 0.0, "{educated:?}");
    assert!(times.0 - times.1 >= LEAST_TIMES, "{times:?}");
}

/// The fault: persons who plan to leave are found everywhere alike. Risk by itself makes leavers richer in the
/// active, but not ten times.
#[test]
fn plans_that_have_nothing_to_do_with_persons_break_the_pattern() {
    let everywhere = ADULTS.map(|group| Group {
        planner: 0.009,
        ..group
    });
    let [.., times] = leavers(&everywhere, |_| {});
    assert!(times.0 - times.1 > 1.0, "{times:?}");
    assert!(times.0 + times.1 < LEAST_TIMES, "{times:?}");

    // Without the risk as well leavers are like everybody else.
    let [younger, educated, times] = leavers(&everywhere, |scenario| {
        scenario.behaviour.leaving.risk_active = 0.0;
    });
    for (mean, half) in [younger, educated, (times.0 - 1.0, times.1)] {
        assert!(mean.abs() < 1.5 * half, "{mean} ± {half}");
    }
}

/// What the plans by kind, which are put in, do by themselves: they are enough.
#[test]
fn plans_by_kind_are_enough() {
    let [.., times] = leavers(&ADULTS, |scenario| {
        scenario.behaviour.leaving.risk_active = 0.0;
    });
    assert!(times.0 - times.1 >= LEAST_TIMES, "{times:?}");
}
