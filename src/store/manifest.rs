//! The manifest of a results folder and the record of its run.

use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Version of the layout of a results folder.
pub const FORMAT: u32 = 1;

/// What was run and what came out. The same run gives the same manifest, byte for byte: nothing in it depends on the
/// machine, the number of threads, the time or the name of the folder.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    /// Version of the program.
    pub exeunt: String,
    /// Version of the layout, [`FORMAT`].
    pub format: u32,
    /// Version of the stream of draws; with another version, the same seed gives other lives.
    pub stream_version: u32,
    /// Name of the scenario; for a comparison, that of the base.
    pub scenario: String,
    /// For a comparison, the scenarios compared with the base, in the order given.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub compared: Vec<String>,
    /// SHA-256 of what was run, the first text of the folder: `scenario.toml` for a run, the resolved base
    /// `NAME.toml` for a comparison, `sweep.json` for a sweep and for its analysis, `calibration.json` for a
    /// calibration.
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
    /// For `exeunt run --draws-from` with missing runs: set of parameters and replicate of each run whose rows are
    /// here.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub runs_finished: Vec<(u32, u32)>,
    /// Every other file that is the same for the same run.
    pub files: BTreeMap<String, FileRecord>,
}

/// A file of the folder.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileRecord {
    /// For a table, the number of rows below the heading.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rows: Option<u64>,
    /// SHA-256 of its bytes.
    pub sha256: String,
}

/// How a run went: everything that may differ between two runs of the same.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct RunRecord {
    /// Name of the machine.
    pub host: String,
    /// Operating system and processor.
    pub platform: String,
    /// Number of threads.
    pub threads: usize,
    /// When it began, UTC, RFC 3339.
    pub started: String,
    /// How long it took, seconds.
    pub seconds: f64,
    /// The command as it was typed.
    pub command: Vec<String>,
    /// What went wrong, one entry for each failed replicate.
    pub failures: Vec<String>,
}
