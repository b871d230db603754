//! Instruction counts where valgrind is present: `cargo bench --bench instructions`.
//!
//! Wall time on a shared machine is noisy; the number of instructions is the same every time. The
//! program runs itself under callgrind, once for each kernel and once doing nothing, and prints one
//! line of JSON a kernel: instructions an item, the empty run taken off.

use exeunt::engine::{RunOptions, Simulation};
use exeunt::model::{Outlook, Weights};
use exeunt::population::Population;
use exeunt::scenario::Scenario;
use exeunt::world::{RuleSet, World};
use std::hint::black_box;
use std::path::Path;
use std::process::Command;

/// Kernels and how many items each does in one run.
const KERNELS: [(&str, u32); 3] = [
    ("traits", 100_000),
    ("choice", 100_000),
    ("person-steps", 6_000_000),
];

fn main() -> Result<(), Box<dyn std::error::Error>> {
    if let Some(kernel) = std::env::args().skip_while(|a| a != "--kernel").nth(1) {
        return kernel_run(&kernel);
    }
    if std::env::args().any(|argument| argument == "--test") {
        return KERNELS
            .iter()
            .try_for_each(|(kernel, _)| kernel_run(kernel));
    }
    if Command::new("valgrind").arg("--version").output().is_err() {
        println!("valgrind is not installed: no instruction counts");
        return Ok(());
    }
    for (kernel, items) in KERNELS {
        let empty = instructions(&format!("{kernel}-empty"))?;
        let counted = instructions(kernel)?.saturating_sub(empty);
        let each = counted as f64 / f64::from(items);
        println!("{{\"bench\":\"instructions/{kernel}\",\"instructions_per_item\":{each:.1}}}");
    }
    Ok(())
}

/// Instructions of this program with one kernel, as callgrind counts them.
fn instructions(kernel: &str) -> Result<u64, Box<dyn std::error::Error>> {
    let output = Command::new("valgrind")
        .args(["--tool=callgrind", "--callgrind-out-file=/dev/null"])
        .arg(std::env::current_exe()?)
        .args(["--kernel", kernel])
        .output()?;
    let text = String::from_utf8_lossy(&output.stderr).into_owned();
    text.lines()
        .filter_map(|line| line.split_once("Collected :"))
        .filter_map(|(_, count)| count.trim().parse().ok())
        .next_back()
        .ok_or_else(|| format!("callgrind printed no count:\n{text}").into())
}

/// One kernel; `-empty` prepares all and does nothing.
fn kernel_run(kernel: &str) -> Result<(), Box<dyn std::error::Error>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios");
    let name = kernel.trim_end_matches("-empty");
    let items = KERNELS
        .iter()
        .find(|(known, _)| *known == name)
        .map_or(0, |(_, items)| *items);
    let items = if kernel == name { items } else { 0 };
    if name == "person-steps" {
        let scenario = Scenario::load(folder.join("bench/ten-destinations.toml"))?;
        let options = RunOptions {
            scale: 10,
            threads: Some(1),
            ..RunOptions::default()
        };
        let mut simulation = Simulation::new(scenario, options)?;
        while items > 0 && simulation.step()? {}
        return Ok(());
    }
    let scenario = Scenario::load(folder.join("russia-2022/as-it-was.toml"))?;
    let population = Population::new(&scenario, 1, 1_000);
    let outlook = Outlook::new(&scenario, &World::first(&scenario));
    let people = &population.segments[0];
    let mut weights = Weights::default();
    let person = people.person(0, 1);
    for item in 0..items {
        if name == "traits" {
            black_box(people.person(0, item % people.agents));
        } else {
            let menu = &outlook.home[0];
            black_box(menu.weigh_at(&person, person.income, RuleSet::Open, &mut weights));
        }
    }
    Ok(())
}
