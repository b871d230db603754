//! Places that are divided, and named otherwise.

use crate::cases::{ensure, hold, number};
use crate::recipe::{Recipe, any};
use crate::support::{changed, parse, simulation, watch};
use exeunt::draw::math::exp;
use exeunt::scenario::Scenario;
use exeunt::world::FlowEvent;
use std::sync::Arc;

/// A recipe without what a division or a name changes: diasporas, ties, quotas, markets and publics of
/// their own, persons who speak or work in one host.
fn plain(recipe: &Recipe) -> Arc<Scenario> {
    let mut recipe = recipe.clone();
    recipe.events.clear();
    recipe.switches.rents = false;
    recipe.switches.attitudes = false;
    recipe.switches.ties = false;
    recipe.switches.asylum = false;
    recipe.switches.repression = false;
    for way in &mut recipe.channels {
        way.quota = None;
        way.special = 0;
        way.mistaken = None;
        way.decision = None;
    }
    changed(&recipe.scenario(), |scenario| {
        for country in &mut scenario.countries {
            country.diaspora.fill(0.0);
        }
        for segment in &mut scenario.segments {
            segment.employer.fill(0.0);
            segment.speaks.fill(0.0);
        }
    })
}

/// The scenario with its last host in two parts, the first of which has so much of its population.
fn divided(scenario: &Scenario, part: f64) -> Arc<Scenario> {
    changed(scenario, |scenario| {
        let half = scenario.countries.len();
        let whole = half - 1;
        let mut other = scenario.countries[whole].clone();
        other.code = "XZ".to_owned();
        other.population *= 0.5;
        scenario.countries[whole].population *= part;
        for country in &mut scenario.countries {
            country.distance.push(country.distance[whole]);
            country.diaspora.push(0.0);
            country.language.push(0.0);
            country.travel_base.push(country.travel_base[whole]);
        }
        other.distance.push(other.distance[whole]);
        other.diaspora.push(0.0);
        other.language.push(0.0);
        other.travel_base.push(other.travel_base[whole]);
        // One moves on from half to half over a distance of its own, which home does not see.
        let apart = exeunt::units::Distance::from_kilometres(500.0);
        scenario.countries[whole].distance[half] = apart;
        other.distance[whole] = apart;
        scenario.countries.push(other);
        let ways: Vec<_> = scenario
            .channels
            .iter()
            .filter(|channel| usize::from(channel.country) == whole)
            .cloned()
            .collect();
        for mut way in ways {
            way.country = half as u16;
            scenario.channels.push(way);
        }
        for segment in &mut scenario.segments {
            for list in [
                &mut segment.speaks,
                &mut segment.kin,
                &mut segment.ancestry,
                &mut segment.employer,
            ] {
                list.push(0.0);
            }
        }
    })
}

#[test]
fn two_halves_of_a_country_are_worth_the_whole() {
    hold(number(10, 60), &any(), |recipe| {
        let scenario = plain(recipe);
        let values = |scenario: &Arc<Scenario>| {
            simulation(scenario, recipe.seed, 1)
                .constants()
                .inclusive_value
                .clone()
        };
        let lambda = scenario.behaviour.choice.lambda;
        let hazards = |part: f64| {
            let whole = values(&scenario);
            let halves = values(&divided(&scenario, part));
            whole
                .into_iter()
                .zip(halves)
                .map(|(one, other)| (exp(lambda * (one - other)) - 1.0).abs())
                .fold(0.0, f64::max)
        };
        let off = hazards(0.5);
        ensure(off < 1e-12, || format!("hazards differ by {off:e}"))?;
        Ok(hazards(0.6) > 1e-6)
    });
}

/// Arrivals by host over a few seeds: mean and squared standard error.
fn arrivals(scenario: &Arc<Scenario>, first_seed: u64) -> Vec<(String, f64, f64)> {
    const SEEDS: u64 = 8;
    let mut by_host = vec![Vec::new(); scenario.countries.len()];
    for seed in first_seed..first_seed + SEEDS {
        let mut sums = vec![0_u64; scenario.countries.len()];
        watch(&mut simulation(scenario, seed, 2), |report| {
            for (key, agents) in &report.tally.flows {
                if key.event == FlowEvent::Arrived {
                    sums[usize::from(key.to)] += agents;
                }
            }
        });
        for (all, sum) in by_host.iter_mut().zip(sums) {
            all.push(sum as f64);
        }
    }
    let names = scenario
        .countries
        .iter()
        .map(|country| country.name.clone());
    names
        .zip(by_host)
        .map(|(name, all)| {
            let n = all.len() as f64;
            let mean = all.iter().sum::<f64>() / n;
            let squares: f64 = all
                .iter()
                .map(|value| (value - mean) * (value - mean))
                .sum();
            (name, mean, squares / (n - 1.0) / n)
        })
        .collect()
}

/// Hosts under other codes, and so in another order and with other draws: the same in distribution. (The
/// slow engine of `tests/reference` draws for persons alone.)
#[test]
fn other_codes_are_the_same_in_distribution() {
    let furthest = |scenario: &Arc<Scenario>, renamed: &Arc<Scenario>, seed: u64| {
        let others = arrivals(renamed, seed + 500);
        let mut furthest = 0.0_f64;
        for (name, mean, error) in arrivals(scenario, seed) {
            let Some((_, other, other_error)) = others.iter().find(|(other, ..)| *other == name)
            else {
                return f64::INFINITY;
            };
            // (A count that happens to be the same in all runs is not without error.)
            let error = (error + other_error)
                .max(0.25 * (mean + other) / 8.0)
                .sqrt();
            if error > 0.0 {
                furthest = furthest.max((mean - other).abs() / error);
            }
        }
        furthest
    };
    hold(number(3, 16), &any(), |recipe| {
        let text = recipe.text();
        // XC, XD, XE become XZ, XY, XX: their order is turned round.
        let renamed = text
            .replace("XC", "XZ")
            .replace("XD", "XY")
            .replace("XE", "XX");
        // (Names stay.)
        let renamed = renamed
            .replace("Host XZ", "Host XC")
            .replace("Host XY", "Host XD")
            .replace("Host XX", "Host XE");
        let off = furthest(&recipe.scenario(), &parse("renamed", &renamed), recipe.seed);
        ensure(off < 5.0, || format!("{off:.1} standard errors apart"))?;
        let other = renamed.replace("wage = \"1000 EUR/month\"", "wage = \"2500 EUR/month\"");
        Ok(furthest(&recipe.scenario(), &parse("renamed", &other), recipe.seed) > 5.0)
    });
}
