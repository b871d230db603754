//! What a run needs in addition to the scenario.

use serde::{Deserialize, Serialize};

/// Seed and identity of a run, scale and threads.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct RunOptions {
    /// Seed. Persons' traits follow from it alone; events follow from it, the draw and the replicate.
    pub seed: u64,
    /// Number of the parameter draw.
    pub draw: u32,
    /// Number of the replicate.
    pub replicate: u32,
    /// Number of persons that an agent stands for, 1 or more.
    pub scale: u64,
    /// Number of threads; `None` = as many as the machine offers. It never changes a result.
    pub threads: Option<usize>,
}

impl Default for RunOptions {
    fn default() -> Self {
        Self {
            seed: 1,
            draw: 0,
            replicate: 0,
            scale: 1,
            threads: None,
        }
    }
}
