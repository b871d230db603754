//! With k ties who left one step ago and live in the only place there is, a person leaves in this step with
//! chance 1 - exp(-c_k (1 + k)^(lambda b_T) H), at a time distributed by that hazard: exact for any H, and
//! across the ends of blocks and segments.

use crate::engine::records::BlockState;
use crate::engine::{RunOptions, Simulation};
use crate::population::{Population, blocks_of};
use crate::scenario::{Scenario, Source};
use std::sync::Arc;

const SEED: u64 = 31;

/// Two segments of identical persons, one place to go to, a constant hazard, and no returns.
fn alike(hazard_percent: f64, kin: f64) -> Arc<Scenario> {
    let segments: String = [("town", 170_000), ("village", 40_000)]
        .map(|(name, size)| {
            format!(
                r#"
[segment.{name}]
origin = "XA"
size = {size}
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
            )
        })
        .concat();
    let behaviour = include_str!("../../../tests/support/behaviour.toml")
        .replace("\"60 %/year\"", "\"0 %/year\"")
        .replace("\"6 %/year\"", &format!("\"{hazard_percent} %/year\""))
        .replace("attachment_spread = 0.5", "attachment_spread = 0")
        .replace("other = \"30 days\"", "other = \"0 days\"")
        .replace("hazard = \"1.6 %/month\"", "hazard = \"0 %/month\"")
        .replace("hazard = \"1.5 %/month\"", "hazard = \"0 %/month\"")
        .replace("on = false\nnear", "on = true\nnear")
        .replace("kin = 0.6", &format!("kin = {kin}"));
    let text = format!(
        r#"
currency = "EUR"
[time]
start = 2030-01-01
end = 2030-12-31
step = "1 week"
{segments}
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
gives = {{ status = "protected" }}
{behaviour}"#
    );
    let source = Source::parse("alike", &text).unwrap_or_else(|problems| panic!("{problems}"));
    source.scenario().clone()
}

/// The day on which each person left, by segment and index.
fn days_of_departure(simulation: &Simulation) -> Vec<Vec<Option<u16>>> {
    let scenario = simulation.scenario();
    let population = Population::new(scenario, SEED, 1);
    let agents = (0_u16..).zip(&population.segments);
    let mut blocks: Vec<BlockState> = agents
        .flat_map(|(segment, people)| blocks_of(segment, people.agents))
        .map(BlockState::new)
        .collect();
    let snapshot = simulation.snapshot();
    snapshot
        .restore_blocks(scenario, &mut blocks)
        .unwrap_or_else(|error| panic!("{error}"));
    let people = population.segments.iter();
    let mut days: Vec<_> = people
        .map(|people| vec![None; people.agents as usize])
        .collect();
    for state in &blocks {
        for record in &state.abroad {
            let index = (state.block.first + record.position) as usize;
            days[usize::from(state.block.segment)][index] = Some(record.since);
        }
    }
    days
}

fn within(what: &str, count: f64, trials: f64, chance: f64) {
    let error = (trials * chance * (1.0 - chance)).sqrt();
    let off = (count - trials * chance) / error;
    assert!(
        off.abs() < 4.0,
        "{what}: {count} of {trials}, {} expected, off by {off} standard errors",
        trials * chance
    );
}

#[test]
fn the_hazard_is_that_of_both_processes_together() {
    for (percent_a_year, kin) in [(260.0, 0.0), (2600.0, 0.0), (260.0, 1.2), (2600.0, 0.6)] {
        let scenario = alike(percent_a_year, kin);
        let lambda = scenario.behaviour.choice.lambda;
        let options = RunOptions {
            seed: SEED,
            threads: Some(2),
            ..RunOptions::default()
        };
        let mut simulation = Simulation::new(scenario.clone(), options).unwrap();
        simulation.step().unwrap();
        let first = days_of_departure(&simulation);
        simulation.step().unwrap();
        let second = days_of_departure(&simulation);
        let population = Population::new(&scenario, SEED, 1);
        let ties = population.ties.as_ref().unwrap();
        // By number of ties that left: persons at home, those who left in the second step, those in its first two days.
        let mut counts = [[0.0; 3]; 11];
        let mut list = Vec::new();
        for (segment, days) in (0_u16..).zip(&first) {
            for index in 0..days.len() {
                if days[index].is_some() {
                    continue;
                }
                ties.of(segment, index as u32, &mut list);
                let left = list
                    .iter()
                    .filter(|tie| first[usize::from(tie.segment)][tie.index as usize].is_some())
                    .count();
                let day = second[usize::from(segment)][index];
                counts[left][0] += 1.0;
                counts[left][1] += f64::from(u8::from(day.is_some()));
                counts[left][2] += f64::from(u8::from(day.is_some_and(|day| day < 9)));
            }
        }
        let base = percent_a_year / 100.0 * 7.0 / crate::units::DAYS_PER_YEAR;
        let mut compared = 0;
        for (left, [persons, gone, early]) in counts.into_iter().enumerate() {
            let drawn = libm::pow(1.0 + left as f64, lambda * kin);
            let hazard = base * libm::pow(1.5, left as f64).min(4.0) * drawn;
            let chance = |days: f64| -libm::expm1(-hazard * days / 7.0);
            if gone >= 100.0 && persons - gone >= 100.0 {
                compared += 1;
                within(&format!("{left} ties left"), gone, persons, chance(7.0));
                let early_of_gone = chance(2.0) / chance(7.0);
                within(&format!("{left}, when"), early, gone, early_of_gone);
            }
        }
        assert!(compared >= 3, "{compared} numbers of ties compared");
    }
}
