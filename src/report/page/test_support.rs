//! What tests of all pages share.

use crate::store::{FORMAT, Manifest};
use std::collections::BTreeMap;

/// The manifest of a folder with one run of the scenario `base`.
pub(super) fn manifest() -> Manifest {
    Manifest {
        exeunt: "0.1.0".into(),
        format: FORMAT,
        stream_version: 1,
        scenario: "base".into(),
        compared: Vec::new(),
        scenario_sha256: String::new(),
        seed: 1,
        scale: 100,
        draws: 1,
        replicates: 1,
        replicates_finished: vec![0],
        runs_finished: Vec::new(),
        files: BTreeMap::new(),
    }
}
