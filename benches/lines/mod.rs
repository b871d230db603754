//! One line of JSON per bench, for scripts, from what criterion has written in this run.

use crate::kernels::Failure;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

/// The lines of a run, in the order of the benches.
pub struct Lines {
    folder: PathBuf,
    begin: SystemTime,
    lines: Vec<Line>,
}

/// A bench by its criterion id, `group/name`; `unit` is what one iteration does.
struct Line {
    bench: String,
    unit: &'static str,
    work: Work,
    threads: usize,
}

/// The work done by an iteration; 0 where it is not counted.
#[derive(Clone, Copy, Default)]
pub struct Work {
    /// Persons times steps.
    pub agent_steps: u64,
    /// Persons considered for leaving.
    pub candidates: u64,
}

impl Lines {
    /// Starts without lines; criterion measures from now on.
    pub fn new() -> Result<Self, Failure> {
        Ok(Self {
            folder: estimates_folder()?,
            begin: SystemTime::now(),
            lines: Vec::new(),
        })
    }

    /// The folder in which criterion has to keep its estimates.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// Adds the line of a bench.
    pub fn add(&mut self, bench: &str, unit: &'static str, work: Work, threads: usize) {
        self.lines.push(Line {
            bench: bench.to_owned(),
            unit,
            work,
            threads,
        });
    }

    /// Prints the lines of the benches that were measured. Those that a filter left out, and all of them in test
    /// mode, have no estimate from this run and no line.
    pub fn print(&self) -> Result<(), Failure> {
        for line in &self.lines {
            let file = self.folder.join(&line.bench).join("new/estimates.json");
            let modified = std::fs::metadata(&file).and_then(|about| about.modified());
            if modified.is_ok_and(|modified| modified >= self.begin) {
                let text = std::fs::read_to_string(&file)?;
                let median = &serde_json::from_str::<serde_json::Value>(&text)?["median"];
                line.print(median)
                    .ok_or_else(|| format!("{} holds no median", file.display()))?;
            }
        }
        Ok(())
    }
}

impl Line {
    /// Prints a median in nanoseconds with its 95 % interval; `None` if criterion's file lacks it.
    fn print(&self, median: &serde_json::Value) -> Option<()> {
        let interval = &median["confidence_interval"];
        let middle = median["point_estimate"].as_f64()?;
        let low = interval["lower_bound"].as_f64()?;
        let high = interval["upper_bound"].as_f64()?;
        let rate = 1e9 / middle;
        let Work {
            agent_steps,
            candidates,
        } = self.work;
        let mut work = String::new();
        if agent_steps > 0 {
            let each_second = rate * agent_steps as f64;
            work += &format!(
                ",\"agent_steps\":{agent_steps},\"agent_steps_per_second\":{each_second:.0}"
            );
        }
        if candidates > 0 {
            let each = middle / candidates as f64;
            work += &format!(",\"candidates\":{candidates},\"ns_per_candidate\":{each:.0}");
        }
        println!(
            "{{\"bench\":\"{}\",\"unit\":\"{}\",\"median_ns\":{middle:.1},\"low_ns\":{low:.1},\
             \"high_ns\":{high:.1},\"per_second\":{rate:.1}{work},\"threads\":{}}}",
            self.bench, self.unit, self.threads
        );
        Some(())
    }
}

/// The folder by criterion's own rule, except that a target folder set in cargo's configuration is found from
/// the path of this program (`TARGET/release/deps/engine-...`) without asking cargo.
fn estimates_folder() -> Result<PathBuf, Failure> {
    if let Some(home) = std::env::var_os("CRITERION_HOME") {
        return Ok(home.into());
    }
    let target = match std::env::var_os("CARGO_TARGET_DIR") {
        Some(target) => PathBuf::from(target),
        None => {
            let program = std::env::current_exe()?;
            let target = program.ancestors().nth(3);
            target
                .ok_or_else(|| format!("{} lies in no target folder", program.display()))?
                .to_path_buf()
        }
    };
    Ok(target.join("criterion"))
}
