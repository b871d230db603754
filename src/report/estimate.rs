//! Estimates what a run will take from a pilot run with fewer agents.

use super::Screen;
use super::number::{duration, grouped, size};
use serde_json::{Value, json};

/// Bytes that the program takes with hardly anybody in it, for the largest scenario that is shipped
/// (`docs/performance.md`).
pub const FIXED_BYTES: f64 = 27e6;

/// Bytes that each run beside the first takes besides its agents if it keeps its rows until its turn comes. For the
/// largest scenario that is shipped, at 40 persons an agent, one run takes 31 MB, two at a time 73 MB and four 161
/// MB, of which the agents of each run take 4 MB.
pub const KEPT_BYTES: f64 = 40e6;

/// What a pilot run of the same scenario with fewer agents has shown.
#[derive(Debug, Clone, Copy)]
pub struct Pilot {
    /// Persons that an agent of the pilot stood for.
    pub scale: u64,
    /// Seconds before its first step, which hardly depend on the number of agents.
    pub preparing: f64,
    /// Seconds for all of its steps.
    pub stepping: f64,
    /// Things that happened to its agents: all flows in all steps.
    pub events: u64,
    /// The most bytes that its agents took at any time.
    pub stored: usize,
}

/// What a run will take.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Estimate {
    /// Number of runs.
    pub runs: u32,
    /// Seconds for all runs together.
    pub seconds: f64,
    /// The part of `seconds` before the first step of the first run.
    pub preparing: f64,
    /// Bytes of memory for all runs that go on at a time.
    pub memory: f64,
    /// Things that will happen to agents in one run.
    pub events: f64,
    /// The most bytes that the results may take.
    pub disk: f64,
}

impl Estimate {
    /// Scales a pilot up to `runs` runs: events, and with them time and memory, are proportional to the number of
    /// agents.
    pub fn from_pilot(pilot: Pilot, scale: u64, runs: u32, disk: u64) -> Self {
        let times = pilot.scale as f64 / scale.max(1) as f64;
        Self {
            runs,
            seconds: pilot.preparing + pilot.stepping * times * f64::from(runs),
            preparing: pilot.preparing,
            memory: FIXED_BYTES + pilot.stored as f64 * times,
            events: pilot.events as f64 * times,
            disk: disk as f64,
        }
    }

    /// The estimate with `runs` runs at a time, if the pilot had the threads of one of them. Each run takes memory of
    /// its own and keeps its rows until its turn comes.
    pub fn at_once(self, runs: usize) -> Self {
        if runs < 2 {
            return self;
        }
        let runs = runs as f64;
        Self {
            seconds: self.preparing + (self.seconds - self.preparing) / runs,
            memory: FIXED_BYTES + (self.memory - FIXED_BYTES) * runs + KEPT_BYTES * (runs - 1.0),
            ..self
        }
    }

    /// The estimate in words.
    pub fn render(&self, screen: &Screen) -> String {
        let about = screen.sign("≈", "about");
        let runs = match self.runs {
            1 => "one run".to_owned(),
            runs => format!("{runs} runs"),
        };
        format!(
            "Nothing was written. For {runs}, estimated from a pilot run with fewer agents:\n  \
             time    {about} {}\n  memory  {about} {}\n  events  {about} {} a run\n  disk    at most {}\n",
            duration(self.seconds),
            size(self.memory),
            grouped(self.events),
            size(self.disk),
        )
    }

    /// The estimate as JSON, for programs.
    pub fn as_json(&self) -> Value {
        json!({
            "runs": self.runs,
            "seconds": self.seconds,
            "memory_bytes": self.memory.round(),
            "events_per_run": self.events.round(),
            "disk_bytes_at_most": self.disk,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pilot_is_scaled_by_its_agents() {
        let pilot = Pilot {
            scale: 100,
            preparing: 0.5,
            stepping: 0.1,
            events: 500,
            stored: 60_000,
        };
        let estimate = Estimate::from_pilot(pilot, 1, 2, 1_000_000);
        assert!((estimate.seconds - 20.5).abs() < 1e-9);
        assert!((estimate.events - 50_000.0).abs() < 1e-9);
        assert!((estimate.memory - (FIXED_BYTES + 6e6)).abs() < 1.0);
        // Another run beside it, which keeps its rows.
        let two = estimate.at_once(2);
        assert!((two.memory - (FIXED_BYTES + 12e6 + KEPT_BYTES)).abs() < 1.0);
    }
}
