//! Instruction counts where valgrind is present: `cargo bench --bench instructions`.
//!
//! Wall time on a shared machine is noisy; the number of instructions hardly varies. The program runs itself under
//! callgrind twice for each kernel, once only preparing it, and prints one line of JSON with the difference per item.

mod kernels;

use exeunt::population::Population;
use kernels::{Choosers, Failure, Middle, RUSSIA, TEN_DESTINATIONS, agents, options};
use std::hint::black_box;
use std::process::{Command, ExitCode};

/// A kernel: its name, what an item of it is, and how many rounds are counted.
struct Kernel {
    name: &'static str,
    unit: &'static str,
    rounds: u64,
}

/// Kernels of `engine`; the steps are those of smaller populations, on one thread.
const KERNELS: [Kernel; 5] = [
    Kernel::new("step/ten-destinations-1-to-10", "agent-step", 10),
    Kernel::new("step/russia-1-to-1000", "agent-step", 10),
    Kernel::new("traits/person", "person", 50_000),
    Kernel::new("choice/weigh", "person", 50_000),
    Kernel::new("choice/judge", "person", 50_000),
];

impl Kernel {
    const fn new(name: &'static str, unit: &'static str, rounds: u64) -> Self {
        Self { name, unit, rounds }
    }
}

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let done = match arguments.as_slice() {
        // This program under callgrind; see `callgrind` below.
        ["--kernel", name, rounds] => kernel(name, rounds),
        // Follows criterion: without `--bench`, cargo is testing.
        arguments if arguments.contains(&"--test") || !arguments.contains(&"--bench") => KERNELS
            .iter()
            .try_for_each(|known| does(known.name, 1).map(drop)),
        arguments => counts(arguments),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            eprintln!("the instruction counts stopped: {failure}");
            ExitCode::FAILURE
        }
    }
}

/// Counts the instructions of every kernel whose name contains the filter.
fn counts(arguments: &[&str]) -> Result<(), Failure> {
    if Command::new("valgrind").arg("--version").output().is_err() {
        println!("valgrind is not installed: no instruction counts");
        return Ok(());
    }
    let mut words = arguments.iter().filter(|word| !word.starts_with("--"));
    let filter = words.next().copied().unwrap_or_default();
    let known = |known: &&Kernel| known.name.contains(filter);
    if !KERNELS.iter().any(|kernel| known(&kernel)) {
        let names = KERNELS.map(|kernel| kernel.name).join(", ");
        return Err(format!("no kernel has {filter:?} in its name; there are {names}").into());
    }
    for known in KERNELS.iter().filter(known) {
        let (empty, _) = callgrind(known.name, 0)?;
        let (full, done) = callgrind(known.name, known.rounds)?;
        let taken = full.saturating_sub(empty) as f64;
        let each = taken / done.items.max(1) as f64;
        let candidates = match done.candidates {
            0 => String::new(),
            some => format!(
                ",\"candidates\":{some},\"instructions_per_candidate\":{:.0}",
                taken / some as f64
            ),
        };
        println!(
            "{{\"bench\":\"{}\",\"unit\":\"{}\",\"instructions\":{each:.2},\"items\":{}{candidates}}}",
            known.name, known.unit, done.items
        );
    }
    Ok(())
}

/// What was done by a kernel.
#[derive(Default)]
struct Done {
    items: u64,
    /// Persons considered for leaving in the steps.
    candidates: u64,
}

/// Returns the instructions of this program for `rounds` rounds of a kernel, and what it did.
fn callgrind(kernel: &str, rounds: u64) -> Result<(u64, Done), Failure> {
    let output = Command::new("valgrind")
        .args(["--tool=callgrind", "--callgrind-out-file=/dev/null"])
        .arg(std::env::current_exe()?)
        .args(["--kernel", kernel, &rounds.to_string()])
        .output()?;
    let said = String::from_utf8_lossy(&output.stderr);
    let collected = said
        .lines()
        .filter_map(|line| line.split_once("Collected :"))
        .find_map(|(_, count)| count.trim().parse().ok());
    let printed = String::from_utf8_lossy(&output.stdout);
    let numbers = printed.split_whitespace().map(|number| number.parse().ok());
    let numbers: Option<Vec<u64>> = numbers.collect();
    match (output.status.success(), collected, numbers.as_deref()) {
        (true, Some(collected), Some(&[items, candidates])) => {
            Ok((collected, Done { items, candidates }))
        }
        _ => Err(format!("{kernel} did not run under callgrind, which said:\n{said}").into()),
    }
}

/// Does `rounds` rounds of a kernel and prints what was done.
fn kernel(name: &str, rounds: &str) -> Result<(), Failure> {
    let done = does(name, rounds.parse()?)?;
    println!("{} {}", done.items, done.candidates);
    Ok(())
}

/// Prepares a kernel and does `rounds` rounds of it.
fn does(name: &str, rounds: u64) -> Result<Done, Failure> {
    match name {
        "step/ten-destinations-1-to-10" => steps(TEN_DESTINATIONS, 10, rounds),
        "step/russia-1-to-1000" => steps(RUSSIA, 1_000, rounds),
        _ => persons(name, rounds),
    }
}

/// Steps from the middle of a run; an item is one agent in one step.
fn steps(scenario: &str, scale: u64, rounds: u64) -> Result<Done, Failure> {
    let scenario = kernels::scenario(scenario)?;
    let mut simulation = Middle::of(&scenario, options(scale, 1))?.resume()?;
    let mut candidates = 0;
    for _ in 0..rounds {
        simulation.step()?;
        candidates += simulation.report().tally.candidates;
    }
    Ok(Done {
        items: agents(&simulation) * rounds,
        candidates,
    })
}

/// Persons who are looked at, one per round.
fn persons(name: &str, rounds: u64) -> Result<Done, Failure> {
    let scenario = kernels::scenario(RUSSIA)?;
    let population = Population::new(&scenario, 1, 1_000);
    let mut choosers = Choosers::new(&scenario, &population);
    let mut round: Box<dyn FnMut(u64)> = match name {
        "traits/person" => Box::new(|item| {
            black_box(kernels::traits(&population, item));
        }),
        "choice/weigh" => Box::new(move |item| {
            black_box(choosers.weigh(item));
        }),
        "choice/judge" => Box::new(move |item| {
            black_box(choosers.judge(item));
        }),
        _ => return Err(format!("there is no kernel {name}").into()),
    };
    (0..rounds).for_each(&mut round);
    Ok(Done {
        items: rounds,
        candidates: 0,
    })
}
