//! What a results folder says of itself.

use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Version of the layout of a results folder.
pub const FORMAT: u32 = 1;

/// What was run, and what came out: the same for the same run, to the byte. Nothing in it depends
/// on the machine, the number of threads, the time or the folder's name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    /// Version of the program.
    pub exeunt: String,
    /// Version of the layout, [`FORMAT`].
    pub format: u32,
    /// Version of the stream of draws: with another, the same seed gives other lives.
    pub stream_version: u32,
    /// The scenario's name; of a comparison that of the base.
    pub scenario: String,
    /// Of a comparison: the scenarios compared with the base, in the order given.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub compared: Vec<String>,
    /// SHA-256 of what was run, the first text of the folder: of a run `scenario.toml`, of a comparison the resolved
    /// base, `NAME.toml`, of a sweep and of its analysis `sweep.json`, of a calibration `calibration.json`.
    pub scenario_sha256: String,
    /// Seed.
    pub seed: u64,
    /// Persons that an agent stands for.
    pub scale: u64,
    /// Sets of parameters.
    pub draws: u32,
    /// Replicates asked for.
    pub replicates: u32,
    /// Replicates whose rows are here; fewer than `replicates` after an interruption or a failure.
    pub replicates_finished: Vec<u32>,
    /// Of `exeunt run --draws-from`: set of parameters and replicate of each run whose rows are here, where some are missing.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub runs_finished: Vec<(u32, u32)>,
    /// Every other file that is the same for the same run.
    pub files: BTreeMap<String, FileRecord>,
}

/// A file of the folder.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileRecord {
    /// Rows below the heading, of a table.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rows: Option<u64>,
    /// SHA-256 of its bytes.
    pub sha256: String,
}

/// How the run went: all that may differ between two runs of the same.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct RunRecord {
    /// Name of the machine.
    pub host: String,
    /// Operating system and processor.
    pub platform: String,
    /// Threads.
    pub threads: usize,
    /// When it began, UTC, RFC 3339.
    pub started: String,
    /// How long it took, seconds.
    pub seconds: f64,
    /// The command as it was typed.
    pub command: Vec<String>,
    /// What went wrong, one a failed replicate.
    pub failures: Vec<String>,
}
