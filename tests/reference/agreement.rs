//! The fast engine against the slow one: a test for each scenario that is enrolled
//! (`scenarios::enrolled`).

use crate::closed_forms::assert_binomial;
use crate::compare::agree;
use crate::constants::constants;
use crate::measures::Record;
use crate::persons::population;
use crate::sample::{Numbers, Sample};
use crate::scenarios::{
    alike, border, circles, crossroads, custody, hosts, kindred, mistakes, moods, offices, passes,
    pool, purses, refuge, rumours, visitors, voices, wave,
};
use crate::sound::sound;
use exeunt::engine::{Observer, RunOptions, Simulation, StepReport};
use exeunt::scenario::{Constants, Document, Scenario};
use exeunt::units::DAYS_PER_YEAR;
use rand::SeedableRng;
use rand_pcg::Pcg64;
use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

/// Seeds of a set that shares none with another set.
pub fn seeds(set: usize, runs: usize) -> Range<u64> {
    let first = 1000 * (set as u64 + 1);
    first..first + runs as u64
}

/// Runs to make: few by default, all where `EXEUNT_FULL_TESTS` asks for it.
pub fn runs(few: usize, all: usize) -> usize {
    match std::env::var("EXEUNT_FULL_TESTS").as_deref() {
        Ok("1") => all,
        _ => few,
    }
}

/// A sample of the fast engine.
fn fast(scenario: &Arc<Scenario>, seeds: Range<u64>) -> Sample {
    let mut sample = Sample::default();
    for seed in seeds {
        let mut simulation = simulation(scenario, seed);
        let mut recorder = Recorder::default();
        simulation
            .run(&mut recorder)
            .expect("a run that comes to its end");
        sample.add(Numbers::of(scenario, &recorder.records));
    }
    sample
}

fn simulation(scenario: &Arc<Scenario>, seed: u64) -> Simulation {
    let options = RunOptions {
        seed,
        threads: Some(1),
        ..RunOptions::default()
    };
    Simulation::new(Arc::clone(scenario), options).expect("a scenario that can be run")
}

/// Keeps what the fast engine shows.
#[derive(Debug, Default)]
struct Recorder {
    records: Vec<Record>,
}

impl Observer for Recorder {
    fn record(&mut self, report: &StepReport<'_>) {
        self.records.push(Record::of(report));
    }
}

/// Asserts that both engines agree about a scenario, over so many seeds each.
fn assert_agreement(scenario: Scenario, runs: usize) {
    let scenario = Arc::new(scenario);
    let verdict = agree(
        |set| fast(&scenario, seeds(2 * set + 1, runs)),
        |set| sound(&scenario, seeds(2 * set, runs)),
    );
    match verdict {
        Ok(number) => println!("{}: {number} comparisons over {runs} seeds", scenario.name),
        Err(found) => panic!(
            "{}: the fast engine (first) and the slow one (second) disagree over {runs} seeds:\n{}",
            scenario.name,
            found.join("\n")
        ),
    }
}

#[test]
fn borders_that_close_and_open() {
    assert_agreement(border(), runs(6, 30));
}

#[test]
fn life_abroad() {
    assert_agreement(hosts(), runs(6, 30));
}

#[test]
fn refusals_that_go_back_to_the_pool() {
    assert_agreement(pool(), runs(10, 40));
}

#[test]
fn one_wave_and_its_ebb() {
    assert_agreement(wave(), runs(10, 40));
}

#[test]
fn visitors_with_documents_windows_and_runs() {
    assert_agreement(visitors(), runs(6, 30));
}

#[test]
fn offices_with_quotas_and_decision_times() {
    assert_agreement(offices(), runs(6, 30));
}

#[test]
fn rumours_of_rules() {
    assert_agreement(rumours(), runs(6, 30));
}

#[test]
fn passes_with_capacities() {
    assert_agreement(passes(), runs(6, 30));
}

#[test]
fn purses_that_empty() {
    assert_agreement(purses(), runs(6, 30));
}

#[test]
fn moods_of_hosts() {
    assert_agreement(moods(), runs(6, 30));
}

#[test]
fn refuge_by_claims() {
    assert_agreement(refuge(), runs(6, 30));
}

#[test]
fn crossroads_of_everything() {
    assert_agreement(crossroads(), runs(6, 30));
}

#[test]
fn circles_of_ties() {
    assert_agreement(circles(), runs(10, 40));
}

#[test]
fn voices_at_home_and_abroad() {
    assert_agreement(voices(), runs(10, 40));
}

#[test]
fn kindred_who_draw_and_tell() {
    assert_agreement(kindred(), runs(6, 30));
}

#[test]
fn custody_of_the_state() {
    assert_agreement(custody(), runs(10, 40));
}

#[test]
fn mistakes_of_offices_and_borders() {
    assert_agreement(mistakes(), runs(6, 30));
}

/// Where nobody is kept as held, a person still makes at most one transition in a step: with an
/// integrated hazard of 1 and everybody held by means, the aspirations of one step are binomial
/// with chance 1 - exp(-1).
#[test]
fn one_aspiration_a_step_where_nobody_is_kept_as_held() {
    let persons = 50_000;
    let mut scenario = alike(persons, DAYS_PER_YEAR / 30.0, &[30]);
    scenario.documents = vec![Document::lasting("passport")];
    scenario.segments[0].holds = vec![0.0];
    scenario.reference = Some(Arc::new(scenario.clone()));
    for channel in &mut scenario.channels {
        channel.needs = 1;
    }
    let scenario = Arc::new(scenario);
    let seeds = 1..5;
    let trials = persons * (seeds.end - seeds.start);
    for (engine, sample) in [
        ("slow", sound(&scenario, seeds.clone())),
        ("fast", fast(&scenario, seeds)),
    ] {
        for total in ["aspired, all", "held at once by means, all"] {
            let aspired: f64 = sample.totals[total].iter().sum();
            let chance = 1.0 - (-1.0_f64).exp();
            let what = format!("{engine} engine, {total}");
            assert_binomial(aspired as u64, trials, chance, &what);
        }
    }
}

/// The constants of the reference scenario's first day: within three standard errors where traits
/// differ between persons, equal where all are alike.
#[test]
fn constants_of_the_first_day() {
    for scenario in [border(), hosts(), pool(), purses()] {
        let scenario = Arc::new(scenario);
        let of_fast = |seed| constants_of(&simulation(&scenario, seed).constants().clone());
        let of_slow = |seed| constants_of(&slow_constants(&scenario, seed));
        let sample = |of: &dyn Fn(u64) -> BTreeMap<String, f64>, set| {
            let mut sample = Sample::default();
            for seed in seeds(set, 12) {
                sample.add_totals(of(seed));
            }
            sample
        };
        let verdict = agree(
            |set| sample(&of_fast, 2 * set),
            |set| sample(&of_slow, 2 * set + 1),
        );
        assert!(verdict.is_ok(), "{}: {verdict:#?}", scenario.name);
    }
    let scenario = Arc::new(alike(2000, 1.0, &[30]));
    let fast = constants_of(simulation(&scenario, 1).constants());
    for (name, value) in constants_of(&slow_constants(&scenario, 1)) {
        let difference = (value - fast[&name]).abs();
        assert!(difference < 1e-9, "{name}: {} against {value}", fast[&name]);
    }
}

fn slow_constants(scenario: &Scenario, seed: u64) -> Constants {
    let persons = population(scenario, &mut Pcg64::seed_from_u64(seed));
    constants(scenario, &persons)
}

fn constants_of(constants: &Constants) -> BTreeMap<String, f64> {
    let inclusive = constants.inclusive_value.iter().enumerate();
    inclusive
        .map(|(segment, value)| (format!("inclusive value, segment {segment}"), *value))
        .chain([
            ("onward pull".to_owned(), constants.onward_pull),
            ("host value".to_owned(), constants.host_value),
        ])
        .collect()
}
