//! Pattern 15: with ties at reproduction number one half, totals vary at least twice as much as those
//! of persons who decide alone, and departures cluster beyond a rewiring that keeps degrees.
//!
//! Each band is held against the 95 % interval over seeds, and each has a planted fault that breaks
//! it. `EXEUNT_FULL_TESTS=1` runs 400 seeds.

use crate::statistics::moments;
use crate::support::{changed, simulation, watch};
use exeunt::scenario::{Scenario, Source, Ties};
use exeunt::units::Duration;
use exeunt::world::Reproduction;
use std::sync::{Arc, OnceLock};

const VILLAGES: usize = 16;
const VILLAGERS: u64 = 625;
/// Ten ties a person, most of them in the village.
const NEAR: u32 = 4;
const FAR: u32 = 2;
/// Ten ties with 4.5 times the hazard of 2.6 % a year over half a year are 0.59; persons who are gone
/// already, and ties of several who left, make it one half.
const TIES: Ties = Ties {
    near: NEAR,
    far: FAR,
    contagion: 5.5,
    contagion_max: 10.0,
    detention: 1.0,
    window: Duration::from_days(182.0),
    kin: 0.0,
    lag: Duration::from_days(7.0),
};

/// Villages of persons alike, three years of a small constant hazard, nothing that comes back.
fn villages(ties: Ties) -> Arc<Scenario> {
    let mut text = r#"
currency = "EUR"
[time]
start = 2030-01-01
end = 2032-12-31
step = "2 weeks"
[country.XA]
name = "Origin"
population = "1 million persons"
wage = "1000 EUR/month"
position = [0.0, 0.0]
[country.XB]
name = "Elsewhere"
population = "1 million persons"
wage = "1000 EUR/month"
safety = 0.0
position = [1.0, 1.0]
[country.XB.channel.way]
gives = { status = "protected" }
"#
    .to_owned();
    for village in 0..VILLAGES {
        text += &format!(
            r#"
[segment.village-{village}]
origin = "XA"
size = {VILLAGERS}
age = "30 years"
male = "50 %"
higher_education = "50 %"
dissent = 0.5
planner = "0 %"
propensity = 1.0
income = "1000 EUR/month"
savings = "10000 EUR"
renters = "0 %"
"#
        );
    }
    let behaviour = crate::support::BEHAVIOUR
        .replace("\"60 %/year\"", "\"0 %/year\"")
        .replace("\"6 %/year\"", "\"2.6 %/year\"")
        .replace("attachment_spread = 0.5", "attachment_spread = 0")
        .replace("other = \"30 days\"", "other = \"0 days\"")
        .replace("hazard = \"1.6 %/month\"", "hazard = \"0 %/month\"")
        .replace("hazard = \"1.5 %/month\"", "hazard = \"0 %/month\"");
    let source = Source::parse("villages", &format!("{text}\n{behaviour}"));
    let source = source.unwrap_or_else(|problems| panic!("{problems}"));
    changed(source.scenario(), |scenario| {
        scenario.behaviour.ties = Some(ties);
    })
}

/// What runs of many seeds show.
struct Runs {
    /// Variance of all departures over that of as many independent ones, and its standard error.
    overdispersion: (f64, f64),
    /// Variance between villages over that of as many independent departures: mean over seeds,
    /// standard error.
    clustering: (f64, f64),
    /// Reproduction number over all runs.
    reproduction: f64,
}

fn seeds() -> u64 {
    match std::env::var("EXEUNT_FULL_TESTS").as_deref() {
        Ok("1") => 400,
        _ => 200,
    }
}

fn runs((ties, first): (Ties, u64)) -> Runs {
    let scenario = villages(ties);
    let (mut totals, mut clusterings) = (Vec::new(), Vec::new());
    let mut reproduction = Vec::new();
    for seed in first..first + seeds() {
        let mut left = [0_u64; VILLAGES];
        let mut counts = Reproduction::default();
        watch(&mut simulation(&scenario, seed, 1), |report| {
            let mut step = 0;
            for (sum, tally) in left.iter_mut().zip(&report.tally.segments) {
                let gone: u64 = tally.left_by.iter().sum();
                *sum += gone;
                step += gone;
            }
            let further = report.tally.left_by_ties;
            counts.record(report.days, (step, further), ties.window_days());
        });
        totals.push(left.iter().sum::<u64>() as f64);
        let (mean, variance) = moments(&left.map(|left| left as f64));
        clusterings.push(variance / (mean * (1.0 - mean / VILLAGERS as f64)));
        reproduction.push(counts.number(ties.window_days()).unwrap_or(0.0));
    }
    let (mean, variance) = moments(&totals);
    let persons = (VILLAGES as u64 * VILLAGERS) as f64;
    let ratio = variance / (mean * (1.0 - mean / persons));
    let n = totals.len() as f64;
    let (clustering, spread) = moments(&clusterings);
    Runs {
        overdispersion: (ratio, ratio * (2.0 / (n - 1.0)).sqrt()),
        clustering: (clustering, (spread / n).sqrt()),
        reproduction: moments(&reproduction).0,
    }
}

/// The sound model; persons who decide alone; ties of the same degrees between anybody, twice, with
/// other seeds.
fn all() -> &'static [Runs; 4] {
    static ALL: OnceLock<[Runs; 4]> = OnceLock::new();
    ALL.get_or_init(|| {
        let alone = Ties {
            contagion: 1.0,
            ..TIES
        };
        let rewired = Ties {
            near: 0,
            far: 2 * NEAR + FAR,
            ..TIES
        };
        [(TIES, 0), (alone, 0), (rewired, 0), (rewired, 10_000)].map(runs)
    })
}

/// Whether the variance of totals is at least twice that of independent departures.
fn totals_vary(runs: &Runs) -> bool {
    let (ratio, error) = runs.overdispersion;
    println!("variance of totals over that of independent departures: {ratio:.2} +- {error:.2}");
    ratio - 1.96 * error > 2.0
}

/// Whether departures cluster in villages by half as much again as with ties between anybody.
fn departures_cluster(runs: &Runs, rewired: &Runs) -> bool {
    let ((here, error), (there, error_there)) = (runs.clustering, rewired.clustering);
    println!("clustering {here:.2} +- {error:.2}, rewired {there:.2} +- {error_there:.2}");
    let spread = (error * error + 2.25 * error_there * error_there).sqrt();
    here - 1.5 * there > 1.96 * spread
}

#[test]
fn the_reproduction_number_is_a_half() {
    let [sound, alone, ..] = all();
    assert!(
        (sound.reproduction - 0.5).abs() < 0.05,
        "{}",
        sound.reproduction
    );
    assert_eq!(alone.reproduction, 0.0);
}

#[test]
fn totals_vary_twice_as_much_as_without_ties() {
    let [sound, alone, ..] = all();
    assert!(totals_vary(sound));
    assert!(
        !totals_vary(alone),
        "the planted fault, no contagion, passes"
    );
}

#[test]
fn departures_cluster_beyond_a_rewiring_that_keeps_degrees() {
    let [sound, _, rewired, faulty] = all();
    assert!(departures_cluster(sound, rewired));
    assert!(
        !departures_cluster(faulty, rewired),
        "the planted fault, ties between anybody, passes"
    );
}
