//! Benches of the engine: `cargo bench --bench engine`.
//!
//! After criterion's own report each bench prints one line of JSON with the median of the same
//! run, for scripts. `-- --test` runs everything once.

use criterion::{Criterion, Throughput};
use exeunt::draw::Key;
use exeunt::engine::{RunOptions, Simulation};
use exeunt::model::{Aspirant, AspirationKey, Exits, Outlook, Scratch, Weights};
use exeunt::population::Population;
use exeunt::scenario::Scenario;
use exeunt::world::{RuleSet, World};
use std::hint::black_box;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

type Failure = Box<dyn std::error::Error>;

fn main() -> Result<(), Failure> {
    let mut criterion = Criterion::default()
        .measurement_time(Duration::from_secs(3))
        .sample_size(20)
        .configure_from_args();
    let bench = load("bench/ten-destinations.toml")?;
    let russia = load("russia-2022/as-it-was.toml")?;
    step(&mut criterion, "ten-destinations", &bench, 1)?;
    step(&mut criterion, "russia-at-1-to-100", &russia, 100)?;
    run(&mut criterion, "ten-destinations", &bench, 1)?;
    run(&mut criterion, "russia-at-1-to-100", &russia, 100)?;
    persons(&mut criterion, &russia);
    criterion.final_summary();
    print_medians();
    Ok(())
}

fn load(name: &str) -> Result<Arc<Scenario>, Failure> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("scenarios")
        .join(name);
    Ok(Scenario::load(path)?)
}

fn options(scale: u64) -> RunOptions {
    RunOptions {
        scale,
        ..RunOptions::default()
    }
}

/// One step from the middle of a run.
fn step(
    criterion: &mut Criterion,
    name: &str,
    scenario: &Arc<Scenario>,
    scale: u64,
) -> Result<(), Failure> {
    let mut simulation = Simulation::new(scenario.clone(), options(scale))?;
    for _ in 0..scenario.calendar.steps.len() / 2 {
        simulation.step()?;
    }
    let snapshot = simulation.snapshot();
    let mut group = criterion.benchmark_group("step");
    group.throughput(Throughput::Elements(agents(scenario, scale)));
    group.bench_function(name, |bencher| {
        bencher.iter_batched(
            || Simulation::resume(scenario.clone(), &snapshot),
            |simulation| simulation.and_then(|mut simulation| simulation.step()),
            criterion::BatchSize::PerIteration,
        );
    });
    group.finish();
    Ok(())
}

/// A whole run, set-up included.
fn run(
    criterion: &mut Criterion,
    name: &str,
    scenario: &Arc<Scenario>,
    scale: u64,
) -> Result<(), Failure> {
    // Once outside the measurement, so that a fault of the scenario is a message.
    Simulation::new(scenario.clone(), options(scale))?.step()?;
    let steps = scenario.calendar.steps.len() as u64;
    let mut group = criterion.benchmark_group("run");
    group.throughput(Throughput::Elements(agents(scenario, scale) * steps));
    group.bench_function(name, |bencher| {
        bencher.iter(|| {
            let simulation = Simulation::new(scenario.clone(), options(scale));
            simulation.and_then(|mut simulation| {
                while simulation.step()? {}
                Ok(simulation.report().stocks.abroad.iter().sum::<u64>())
            })
        });
    });
    group.finish();
    Ok(())
}

/// Traits of a person, the weights of its menu, the judgement of its aspiration.
fn persons(criterion: &mut Criterion, scenario: &Arc<Scenario>) {
    let population = Population::new(scenario, 1, 100);
    let world = World::first(scenario);
    let outlook = Outlook::new(scenario, &world);
    let menu = &outlook.home[0];
    let people = &population.segments[0];
    let mut index = 0;
    let mut next = move || {
        index = (index + 7_919) % people.agents;
        index
    };
    criterion.bench_function("traits/person", |bencher| {
        bencher.iter(|| black_box(people.person(0, next())));
    });
    let person = people.person(0, 1);
    let mut weights = Weights::default();
    criterion.bench_function("choice/weights", |bencher| {
        bencher.iter(|| {
            menu.weigh_at(
                black_box(&person),
                person.income,
                RuleSet::Open,
                &mut weights,
            )
        });
    });
    let (mut scratch, mut prices, mut date) = (Scratch::default(), Vec::new(), 0);
    menu.prices(person.income, &mut prices);
    criterion.bench_function("choice/judgement", |bencher| {
        bencher.iter(|| {
            date += 1;
            let aspirant = Aspirant {
                menu,
                person: &person,
                prices: &prices,
                income: person.income,
                exits: Exits::default(),
                refused: &[],
                lambda: scenario.behaviour.choice.lambda,
                draws: AspirationKey {
                    key: Key::of_run(1, 0, 0, "bench"),
                    index: 1,
                    date,
                },
            };
            let total = aspirant.weigh_open(&mut scratch);
            aspirant.judge(total, &mut scratch)
        });
    });
}

fn agents(scenario: &Scenario, scale: u64) -> u64 {
    scenario
        .segments
        .iter()
        .map(|segment| segment.size / scale)
        .sum()
}

/// Prints the medians that criterion has just written, one line of JSON a bench; nothing in test
/// mode, which measures nothing.
fn print_medians() {
    if std::env::args().any(|argument| argument == "--test") {
        return;
    }
    let target = std::env::var_os("CARGO_TARGET_DIR").map_or_else(
        || Path::new(env!("CARGO_MANIFEST_DIR")).join("target"),
        PathBuf::from,
    );
    for name in [
        "step/ten-destinations",
        "step/russia-at-1-to-100",
        "run/ten-destinations",
        "run/russia-at-1-to-100",
        "traits_person",
        "choice_weights",
        "choice_judgement",
    ] {
        let path = target
            .join("criterion")
            .join(name)
            .join("new/estimates.json");
        let median = std::fs::read_to_string(&path)
            .ok()
            .and_then(|text| serde_json::from_str::<serde_json::Value>(&text).ok())
            .and_then(|estimates| estimates["median"]["point_estimate"].as_f64());
        if let Some(median) = median {
            println!(
                "{{\"bench\":\"{}\",\"median_ns\":{median:.1}}}",
                name.replacen('_', "/", 1)
            );
        }
    }
}
