//! The course of a command: everything that may differ between two runs of it, kept in `run.json` beside the results.

use crate::store::RunRecord;
use std::time::{Duration, Instant};

/// A command that has begun.
#[derive(Debug, Clone, Copy)]
pub(super) struct Course {
    started: jiff::Timestamp,
    clock: Instant,
    threads: usize,
}

impl Course {
    /// Begins now, on `threads` threads.
    pub(super) fn begin(threads: usize) -> Self {
        Self {
            started: jiff::Timestamp::now(),
            clock: Instant::now(),
            threads,
        }
    }

    /// The time it has taken so far.
    pub(super) fn elapsed(&self) -> Duration {
        self.clock.elapsed()
    }

    /// The record of the command, with the runs that failed.
    pub(super) fn record(&self, failures: Vec<String>) -> RunRecord {
        RunRecord {
            host: gethostname::gethostname().to_string_lossy().into_owned(),
            platform: format!("{} {}", std::env::consts::OS, std::env::consts::ARCH),
            threads: self.threads,
            started: self.started.strftime("%Y-%m-%dT%H:%M:%SZ").to_string(),
            seconds: self.elapsed().as_secs_f64(),
            command: std::env::args_os()
                .map(|word| word.to_string_lossy().into_owned())
                .collect(),
            failures,
        }
    }
}
