//! Pattern 11: who knows only the flows between origins and hosts finds the elasticities behind them. A
//! Poisson regression of flows with an effect for each origin, the estimator of gravity models (Santos Silva
//! and Tenreyro 2006), returns those to distance and diaspora and the weight of language; with planted faults that break it.

use crate::scenes::BEHAVIOUR;
use crate::statistics::{inside, interval, seeds};
use crate::support::{changed, parse, simulation, watch};
use exeunt::draw::math::{exp, ln};
use exeunt::scenario::Scenario;
use exeunt::units::Rate;
use exeunt::world::FlowEvent;
use std::fmt::Write;
use std::sync::Arc;

/// Origins: latitude and longitude.
const ORIGINS: [(&str, f64, f64); 5] = [
    ("XA", 56.0, 38.0),
    ("XB", 48.0, 31.0),
    ("XC", 40.0, 45.0),
    ("XD", 34.0, 66.0),
    ("XE", 43.0, 75.0),
];

/// Hosts: latitude, longitude, population in millions, wage; invented.
const HOSTS: [(&str, f64, f64, f64, f64); 8] = [
    ("XF", 60.0, 25.0, 5.5, 2400.0),
    ("XG", 52.0, 21.0, 12.0, 1100.0),
    ("XH", 52.5, 13.4, 18.0, 2500.0),
    ("XI", 41.0, 29.0, 15.0, 500.0),
    ("XJ", 41.7, 44.8, 8.0, 350.0),
    ("XK", 51.1, 71.4, 19.0, 600.0),
    ("XL", 25.2, 55.3, 9.5, 2000.0),
    ("XM", 32.1, 34.8, 9.2, 2600.0),
];

/// Compatriots of each origin in each host, hundreds: made up, and with no plan. (Where they are many the
/// model takes language for less, which a gravity model does not see.)
const DIASPORAS: [[u32; 8]; 5] = [
    [90, 15, 120, 36, 75, 135, 9, 114],
    [6, 132, 84, 18, 12, 27, 3, 45],
    [0, 3, 105, 9, 120, 18, 42, 6],
    [9, 0, 66, 93, 0, 24, 126, 3],
    [3, 6, 51, 60, 15, 108, 27, 0],
];

/// Of daily life in each host, what is possible in the language of each origin, percent.
const LANGUAGES: [[u32; 8]; 5] = [
    [0, 100, 0, 100, 90, 0, 0, 100],
    [100, 0, 80, 0, 0, 100, 0, 100],
    [0, 0, 100, 100, 0, 0, 90, 0],
    [80, 100, 0, 0, 100, 0, 100, 0],
    [0, 100, 100, 0, 0, 100, 0, 0],
];

/// Five origins of persons who are all alike, and eight hosts open to all of them.
fn bilateral() -> Arc<Scenario> {
    let mut text = String::from(
        "currency = \"EUR\"\n[time]\nstart = 2030-01-01\nend = 2031-12-31\nstep = \"2 months\"\n",
    );
    for (code, latitude, longitude) in ORIGINS {
        let name = code.to_lowercase();
        let _ = write!(
            text,
            "[segment.{name}]\norigin = \"{code}\"\nsize = 30_000\nage = \"30 years\"\nmale = \"50 %\"\n\
             higher_education = \"30 %\"\ndissent = 0.3\nplanner = \"0 %\"\npropensity = 1.0\n\
             income = \"600 EUR/month\"\nsavings = \"9000 EUR\"\nrenters = \"0 %\"\n\
             [country.{code}]\nname = \"{code}\"\npopulation = \"10 million persons\"\nwage = \"600 EUR/month\"\n\
             position = [{latitude:?}, {longitude:?}]\n"
        );
    }
    for (host, (code, latitude, longitude, population, wage)) in HOSTS.into_iter().enumerate() {
        let of_each = |table: &[[u32; 8]; 5], unit: &str| {
            let origins = ORIGINS.iter().zip(table);
            let told: Vec<String> = origins
                .map(|((origin, ..), row)| format!("{origin} = \"{}{unit}\"", row[host]))
                .collect();
            told.join(", ")
        };
        let _ = write!(
            text,
            "[country.{code}]\nname = \"{code}\"\npopulation = \"{population} million persons\"\n\
             wage = \"{wage} EUR/month\"\nsafety = 0.5\nposition = [{latitude:?}, {longitude:?}]\n\
             diaspora = {{ {} }}\nlanguage = {{ {} }}\n\
             [country.{code}.channel.free]\ngives = {{ status = \"legal\" }}\n",
            of_each(&DIASPORAS, "00 persons"),
            of_each(&LANGUAGES, " %"),
        );
    }
    changed(
        &parse("bilateral", &format!("{text}\n{BEHAVIOUR}")),
        |scenario| {
            let behaviour = &mut scenario.behaviour;
            behaviour.leaving.hazard_other = Rate::from_per_year(0.1);
            behaviour.return_.hazard = Rate::from_per_year(0.0);
            behaviour.onward.hazard = Rate::from_per_year(0.0);
        },
    )
}

/// Departures from each origin to each host over a run, with what a gravity model knows of the pair.
fn flows(scenario: &Arc<Scenario>, seed: u64) -> Vec<([f64; COLUMNS], f64)> {
    let countries = scenario.countries.len();
    let mut left = vec![0_u64; countries * countries];
    watch(&mut simulation(scenario, seed, 2), |report| {
        for (key, agents) in &report.tally.flows {
            if key.event == FlowEvent::Left {
                left[usize::from(key.from) * countries + usize::from(key.to)] += agents;
            }
        }
    });
    let origins = scenario.origins();
    let mut rows = Vec::new();
    for (number, origin) in origins
        .iter()
        .map(|origin| usize::from(*origin))
        .enumerate()
    {
        for (host, facts) in scenario.countries.iter().enumerate() {
            if origins.contains(&(host as u16)) {
                continue;
            }
            let mut row = [0.0; COLUMNS];
            row[DISTANCE] = ln(facts.distance[origin].kilometres());
            row[DIASPORA] = ln(1.0 + facts.diaspora[origin] / 10_000.0);
            row[LANGUAGE] = facts.language[origin];
            row[LANGUAGE + 1] = ln(facts.wage.per_month());
            row[LANGUAGE + 2] = ln(facts.population / 1e6);
            row[ORIGIN + number] = 1.0;
            rows.push((row, left[origin * countries + host] as f64));
        }
    }
    rows
}

const DISTANCE: usize = 0;
const DIASPORA: usize = 1;
const LANGUAGE: usize = 2;
/// Effects of origins begin here, behind wage and size.
const ORIGIN: usize = 5;
const COLUMNS: usize = ORIGIN + ORIGINS.len();

/// Poisson pseudo-maximum likelihood: the coefficients b for which counts have the means exp(x b), by
/// iteratively reweighted least squares from the logarithms of the counts.
fn poisson(rows: &[([f64; COLUMNS], f64)]) -> [f64; COLUMNS] {
    let mut means: Vec<f64> = rows.iter().map(|(_, count)| count + 0.5).collect();
    let mut coefficients = [0.0; COLUMNS];
    for _ in 0..25 {
        let mut normal = [[0.0; COLUMNS + 1]; COLUMNS];
        for ((row, count), mean) in rows.iter().zip(&means) {
            let working = ln(*mean) + (count - mean) / mean;
            for (line, x) in normal.iter_mut().zip(row) {
                for (sum, other) in line.iter_mut().zip(row) {
                    *sum += mean * x * other;
                }
                line[COLUMNS] += mean * x * working;
            }
        }
        coefficients = solved(normal);
        for (mean, (row, _)) in means.iter_mut().zip(rows) {
            let sum: f64 = row.iter().zip(&coefficients).map(|(x, b)| x * b).sum();
            *mean = exp(sum);
        }
    }
    coefficients
}

/// Solves linear equations by elimination; the last column is the right-hand side.
fn solved(mut equations: [[f64; COLUMNS + 1]; COLUMNS]) -> [f64; COLUMNS] {
    for column in 0..COLUMNS {
        let pivot = (column..COLUMNS)
            .max_by(|a, b| {
                equations[*a][column]
                    .abs()
                    .total_cmp(&equations[*b][column].abs())
            })
            .unwrap_or(column);
        equations.swap(column, pivot);
        let line = equations[column];
        // (A column of nothing: an effect that is left out.)
        if line[column].abs() < 1e-9 {
            continue;
        }
        for (number, other) in equations.iter_mut().enumerate() {
            if number == column {
                continue;
            }
            let factor = other[column] / line[column];
            for (to, from) in other.iter_mut().zip(line) {
                *to -= factor * from;
            }
        }
    }
    let mut number = 0;
    equations.map(|line| {
        number += 1;
        let pivot = line[number - 1];
        if pivot.abs() < 1e-9 {
            0.0
        } else {
            line[COLUMNS] / pivot
        }
    })
}

/// The estimator returns what counts were made of.
#[test]
fn the_estimator_returns_the_coefficients_of_exact_counts() {
    let rows = flows(&bilateral(), 1);
    let mut truth = [0.0; COLUMNS];
    truth[..ORIGIN].copy_from_slice(&[-0.8, 0.3, 0.5, 0.2, 0.9]);
    truth[ORIGIN..].copy_from_slice(&[4.0, 4.5, 5.0, 3.5, 4.2]);
    let exact: Vec<_> = rows
        .iter()
        .map(|(row, _)| (*row, exp(row.iter().zip(&truth).map(|(x, b)| x * b).sum())))
        .collect();
    for (found, expected) in poisson(&exact).into_iter().zip(truth) {
        assert!((found - expected).abs() < 1e-8, "{found} for {expected}");
    }
}

/// Pattern 11: within so much of the parameter.
const MOST_OFF: f64 = 0.10;

/// What a gravity model finds over what the parameter is: mean over the seeds and half of its 95 %
/// interval, for distance, diaspora and language.
fn found(
    estimate: impl Fn(&[([f64; COLUMNS], f64)]) -> [f64; COLUMNS],
    change: impl Fn(&mut Scenario),
) -> [(f64, f64); 3] {
    let scenario = bilateral();
    let choice = &scenario.behaviour.choice;
    let truth = [-choice.distance, choice.diaspora, choice.language];
    let scenario = changed(&scenario, change);
    let estimates: Vec<_> = seeds()
        .map(|seed| estimate(&flows(&scenario, seed)))
        .collect();
    [DISTANCE, DIASPORA, LANGUAGE].map(|column| {
        let over: Vec<f64> = estimates
            .iter()
            .map(|b| b[column] / truth[column])
            .collect();
        let (mean, half) = interval(&over);
        println!(
            "column {column}: {mean:.3} ± {half:.3} of {}",
            truth[column]
        );
        (mean, half)
    })
}

fn is_within(ratio: (f64, f64)) -> bool {
    inside(ratio, 1.0 - MOST_OFF..=1.0 + MOST_OFF)
}

fn is_outside((mean, half): (f64, f64)) -> bool {
    (mean + half) < 1.0 - MOST_OFF || (mean - half) > 1.0 + MOST_OFF
}

#[test]
fn a_gravity_model_finds_the_elasticities() {
    for (name, ratio) in ["distance", "diaspora", "language"]
        .iter()
        .zip(found(poisson, |_| {}))
    {
        assert!(is_within(ratio), "{name}: {ratio:?}");
    }
}

/// The fault: a gravity model that leaves out what else each origin could have chosen.
#[test]
fn a_gravity_model_without_effects_of_origins_breaks_the_pattern() {
    let without = |rows: &[([f64; COLUMNS], f64)]| {
        let common = rows.iter().map(|(row, count)| {
            let mut row = *row;
            row[ORIGIN..].fill(0.0);
            row[ORIGIN] = 1.0;
            (row, *count)
        });
        poisson(&common.collect::<Vec<_>>())
    };
    let [distance, ..] = found(without, |_| {});
    assert!(is_outside(distance), "{distance:?}");
}

/// The faults: compatriots count from ten times as many on, and a few of them take half of the need for the
/// language of the country.
#[test]
fn other_scales_of_diasporas_break_the_pattern() {
    let [_, diaspora, language] = found(poisson, |scenario| {
        let choice = &mut scenario.behaviour.choice;
        choice.diaspora_scale = 100_000.0;
        choice.diaspora_language_scale = 1000.0;
    });
    assert!(is_outside(diaspora), "{diaspora:?}");
    assert!(is_outside(language), "{language:?}");
}
