//! Wall time: `cargo bench --bench engine`, or with a filter `cargo bench --bench engine -- step`.
//!
//! After criterion's report, each bench prints one line of JSON with the median of this run.
//! `-- --test` runs everything once and measures nothing. `docs/performance.md` explains the
//! benches.

mod dense;
mod kernels;
mod lines;

use criterion::{BatchSize, Criterion, Throughput};
use dense::Dense;
use exeunt::engine::{RunOptions, Simulation};
use exeunt::population::Population;
use exeunt::scenario::Scenario;
use kernels::{Choosers, Failure, Middle, RUSSIA, TEN_DESTINATIONS, agents, options};
use lines::{Lines, Work};
use std::process::ExitCode;
use std::sync::Arc;
use std::time::Duration;

fn main() -> ExitCode {
    match benches() {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            eprintln!("the benches stopped: {failure}");
            ExitCode::FAILURE
        }
    }
}

fn benches() -> Result<(), Failure> {
    let threads = std::thread::available_parallelism()?.get();
    let mut lines = Lines::new()?;
    let mut criterion = Criterion::default()
        .warm_up_time(Duration::from_secs(1))
        .measurement_time(Duration::from_secs(3))
        .sample_size(20)
        .output_directory(lines.folder())
        .configure_from_args();
    let mut bench = Bench {
        criterion: &mut criterion,
        lines: &mut lines,
    };
    let (ten, russia) = (
        kernels::scenario(TEN_DESTINATIONS)?,
        kernels::scenario(RUSSIA)?,
    );
    let border = kernels::scenario("examples/border-closes.toml")?;
    let many = kernels::scenario_with(TEN_DESTINATIONS, &["segment.everyone.size=14400000"])?;
    bench.step("ten-destinations", &ten, options(1, threads))?;
    bench.step("ten-destinations-14-million", &many, options(1, threads))?;
    bench.step("russia-1-to-100", &russia, options(100, threads))?;
    bench.dense("ten-destinations-14-million", &many, 1, threads)?;
    bench.dense("russia-1-to-1000", &russia, 1_000, threads)?;
    bench.run("ten-destinations", &ten, options(1, threads))?;
    bench.run("border-closes", &border, options(1, threads))?;
    bench.run("russia-1-to-100", &russia, options(100, threads))?;
    bench.persons(&russia);
    criterion.final_summary();
    lines.print()
}

/// Criterion, and the lines to print at the end.
struct Bench<'a> {
    criterion: &'a mut Criterion,
    lines: &'a mut Lines,
}

impl Bench<'_> {
    /// One step from the middle of a run; restoring the snapshot is not counted.
    fn step(
        &mut self,
        name: &str,
        scenario: &Arc<Scenario>,
        options: RunOptions,
    ) -> Result<(), Failure> {
        let middle = Middle::of(scenario, options)?;
        // The same persons take the same step every time: what succeeds here succeeds below.
        let mut simulation = middle.resume()?;
        simulation.step()?;
        let persons = agents(&simulation);
        let candidates = simulation.report().tally.candidates;
        drop(simulation);

        let mut group = self.criterion.benchmark_group("step");
        group.throughput(Throughput::Elements(persons));
        group.bench_function(name, |bencher| {
            bencher.iter_batched_ref(
                || middle.resume(),
                |simulation| simulation.as_mut().map(Simulation::step).ok(),
                BatchSize::PerIteration,
            );
        });
        group.finish();
        let threads = options.threads.unwrap_or(1);
        let work = Work {
            agent_steps: persons,
            candidates,
        };
        self.lines
            .add(&format!("step/{name}"), "step", work, threads);
        Ok(())
    }

    /// A step that asks everybody, for comparison with the steps of the engine; see [`dense`].
    fn dense(
        &mut self,
        name: &str,
        scenario: &Arc<Scenario>,
        scale: u64,
        threads: usize,
    ) -> Result<(), Failure> {
        let dense = Dense::new(scenario, scale)?;
        let persons = dense.persons();
        let mut number = 0;
        let mut group = self.criterion.benchmark_group("dense");
        group.throughput(Throughput::Elements(persons));
        group.bench_function(name, |bencher| {
            bencher.iter(|| {
                number += 1;
                dense.step(number)
            });
        });
        group.finish();
        let work = Work {
            agent_steps: persons,
            ..Work::default()
        };
        self.lines
            .add(&format!("dense/{name}"), "step", work, threads);
        Ok(())
    }

    /// A whole run without its files: preparation, constants and every step.
    fn run(
        &mut self,
        name: &str,
        scenario: &Arc<Scenario>,
        options: RunOptions,
    ) -> Result<(), Failure> {
        let run = || {
            let mut simulation = Simulation::new(scenario.clone(), options)?;
            while simulation.step()? {}
            Ok::<_, Failure>(simulation)
        };
        // As above: the measured runs repeat this one.
        let agent_steps = agents(&run()?) * scenario.calendar.steps.len() as u64;

        let mut group = self.criterion.benchmark_group("run");
        group.throughput(Throughput::Elements(agent_steps));
        group.bench_function(name, |bencher| bencher.iter_with_large_drop(run));
        group.finish();
        let threads = options.threads.unwrap_or(1);
        let work = Work {
            agent_steps,
            ..Work::default()
        };
        self.lines.add(&format!("run/{name}"), "run", work, threads);
        Ok(())
    }

    /// The cost of a person who is looked at: traits, the weights of the menu, the judgement of an aspiration. One
    /// thread.
    fn persons(&mut self, scenario: &Scenario) {
        let population = Population::new(scenario, 1, 100);
        let mut choosers = Choosers::new(scenario, &population);
        self.kernel("traits", "person", |item| {
            std::hint::black_box(kernels::traits(&population, item));
        });
        self.kernel("choice", "weigh", |item| {
            std::hint::black_box(choosers.weigh(item));
        });
        self.kernel("choice", "judge", |item| {
            std::hint::black_box(choosers.judge(item));
        });
    }

    /// Measures a function of an item number, called with 0, 1, 2 and so on.
    fn kernel(&mut self, group: &str, name: &str, mut function: impl FnMut(u64)) {
        let mut item = 0;
        let mut benches = self.criterion.benchmark_group(group);
        benches.throughput(Throughput::Elements(1));
        benches.bench_function(name, |bencher| {
            bencher.iter(|| {
                function(item);
                item += 1;
            });
        });
        benches.finish();
        self.lines
            .add(&format!("{group}/{name}"), "person", Work::default(), 1);
    }
}
