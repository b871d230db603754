//! How the cost of a run grows: `cargo bench --bench scaling`, or with a filter `-- destinations`.
//!
//! One quantity at a time grows in an invented world like `scenarios/bench/ten-destinations.toml`, run for ten steps of
//! a month. Each point prints one line of JSON with the processor time of its steps and the growth from the point
//! before, where 1 means in proportion. `-- --test` runs the smallest point of each curve once. `docs/performance.md`
//! reports the results.

mod worlds;

use exeunt::draw::math::ln;
use exeunt::engine::{RunOptions, Simulation};
use exeunt::scenario::{Scenario, Source};
use std::process::ExitCode;
use std::sync::Arc;
use std::time::{Duration, Instant};
use worlds::{Failure, World, base};

/// One quantity that grows.
struct Curve {
    name: &'static str,
    points: &'static [u64],
    /// Whether its points are compared by wall time, as is done when threads are added.
    by_wall: bool,
    world: fn(World, u64) -> World,
}

const CURVES: [Curve; 10] = [
    Curve::of(
        "persons",
        &[100_000, 1_000_000, 10_000_000, 100_000_000, 1_000_000_000],
        |world, persons| World { persons, ..world },
    ),
    Curve::of(
        "destinations",
        &[5, 10, 20, 50, 100, 200],
        |world, destinations| World {
            destinations,
            ..world
        },
    ),
    Curve::of("channels", &[1, 2, 5, 10], |world, channels| World {
        channels,
        ..world
    }),
    Curve::of("segments", &[1, 5, 10, 20, 50], |world, segments| World {
        segments,
        ..world
    }),
    // Multiplying hazards by four adds two layers.
    Curve::of("layers", &[1, 4, 16, 64], |world, hazards| World {
        hazards,
        ..world
    }),
    // Ties of each person, half of them near; 0 switches ties off.
    Curve::of("ties", &[0, 2, 4, 8, 16], |world, ties| World {
        ties,
        ..world
    }),
    // Hazards again, where nearly all are refused and are held until they try once more.
    Curve::of("refusals", &[1, 4, 16, 64], |world, hazards| World {
        hazards,
        grant: 2,
        holds: true,
        ..world
    }),
    // Hazards again, where all who arrive claim asylum and wait for months.
    Curve::of("claims", &[1, 4, 16, 64], |world, hazards| World {
        hazards,
        claims: true,
        ..world
    }),
    // Where all have the same weights nobody is weighed; fees are weighed against everybody's income.
    Curve::of("weighing", &[0, 1], |world, each| World {
        each_weighs: each == 1,
        ..world
    }),
    Curve {
        by_wall: true,
        ..Curve::of("threads", &[1, 2, 4], |world, threads| World {
            threads,
            persons: 10_000_000,
            ..world
        })
    },
];

impl Curve {
    const fn of(
        name: &'static str,
        points: &'static [u64],
        world: fn(World, u64) -> World,
    ) -> Self {
        Self {
            name,
            points,
            by_wall: false,
            world,
        }
    }
}

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let testing = !arguments.iter().any(|argument| argument == "--bench");
    let mut words = arguments.iter().filter(|word| !word.starts_with("--"));
    let filter = words.next().map(String::as_str).unwrap_or_default();
    let curves = CURVES.iter().filter(|curve| curve.name.contains(filter));
    for curve in curves {
        if let Err(failure) = measure(curve, testing) {
            eprintln!("the curve of {} stopped: {failure}", curve.name);
            return ExitCode::FAILURE;
        }
    }
    ExitCode::SUCCESS
}

/// Measures the points of a curve; in a test, the first point only and once.
fn measure(curve: &Curve, testing: bool) -> Result<(), Failure> {
    let mut before: Option<(u64, f64)> = None;
    for &point in if testing {
        &curve.points[..1]
    } else {
        curve.points
    } {
        let world = (curve.world)(World::default(), point);
        let scenario = scenario(&world)?;
        let mut costs = Vec::new();
        let begin = Instant::now();
        // Short runs are repeated, because a median is less noisy.
        while costs.is_empty()
            || (!testing && costs.len() < 5 && begin.elapsed() < Duration::from_secs(5))
        {
            costs.push(run(&scenario, &world)?);
        }
        let seconds = |cost: &Cost| {
            if curve.by_wall {
                cost.wall
            } else {
                cost.processor
            }
        };
        costs.sort_by(|a, b| seconds(a).total_cmp(&seconds(b)));
        let cost = &costs[costs.len() / 2];
        let growth = before
            .filter(|(last, _)| *last > 0)
            .map(|(last, took)| ln(seconds(cost) / took) / ln(point as f64 / last as f64));
        println!(
            "{{\"curve\":\"{}\",\"at\":{point},\"seconds\":{:.4},\"wall\":{},\"growth\":{},\
             \"candidates\":{},\"events\":{},\"ns_per_event\":{:.1},\"ns_per_person_step\":{:.3},\"runs\":{}}}",
            curve.name,
            seconds(cost),
            curve.by_wall,
            growth.map_or("null".to_owned(), |growth| format!("{growth:.2}")),
            cost.candidates,
            cost.events,
            seconds(cost) * 1e9 / cost.events.max(1) as f64,
            seconds(cost) * 1e9 / (world.persons * scenario.calendar.steps.len() as u64) as f64,
            costs.len(),
        );
        before = Some((point, seconds(cost)));
    }
    Ok(())
}

fn scenario(world: &World) -> Result<Arc<Scenario>, Failure> {
    let text = base()?.with(world)?;
    Ok(Arc::clone(Source::parse("scaling.toml", &text)?.scenario()))
}

/// The cost of the steps of a run.
struct Cost {
    processor: f64,
    wall: f64,
    candidates: u64,
    events: u64,
}

/// Takes all steps of a run; preparation before the first is not counted.
fn run(scenario: &Arc<Scenario>, world: &World) -> Result<Cost, Failure> {
    let options = RunOptions {
        threads: Some(world.threads as usize),
        ..RunOptions::default()
    };
    let mut simulation = Simulation::new(scenario.clone(), options)?;
    let (begin, used) = (Instant::now(), processor());
    let (mut candidates, mut events) = (0, 0);
    while simulation.step()? {
        let tally = simulation.report().tally;
        candidates += tally.candidates;
        events += tally.flows.iter().map(|(_, persons)| persons).sum::<u64>();
    }
    let wall = begin.elapsed().as_secs_f64();
    Ok(Cost {
        processor: processor()
            .zip(used)
            .map_or(wall, |(now, before)| now - before),
        wall,
        candidates,
        events,
    })
}

/// Seconds that the present threads of this program have spent on a processor, or `None` where the system does
/// not tell. Wall time is then used instead, which for one thread is the same on an idle machine.
fn processor() -> Option<f64> {
    let mut nanoseconds = 0;
    for task in std::fs::read_dir("/proc/self/task").ok()? {
        let text = std::fs::read_to_string(task.ok()?.path().join("schedstat")).ok()?;
        nanoseconds += text.split_whitespace().next()?.parse::<u64>().ok()?;
    }
    Some(nanoseconds as f64 * 1e-9)
}
