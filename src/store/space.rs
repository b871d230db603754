//! Room on the disk: what the results may take, and what is free.

use super::{Formats, StoreError};
use crate::scenario::Scenario;
use crate::world::STATUSES;
use std::path::{Path, PathBuf};

/// Bytes of a row of any table in one format, rounded up. In CSV: keys, names and numbers of nine digits. In Parquet:
/// eight bytes for a number and two for a name, in the widest table.
const ROW_BYTES: u64 = 160;
/// Kinds of flow in which a person at home can be counted for one channel in one step; `FLOWS_ABROAD` is the same for a
/// person abroad.
const FLOWS_AT_HOME: u64 = 5;
const FLOWS_ABROAD: u64 = 3;
/// Bytes beside the rows: the resolved scenario, the outcomes, the folder itself.
const FIXED_BYTES: u64 = 2 << 20;

/// The number of bytes that the results of `replicates` replicates may take in these formats, with every table as
/// full as it can well be. Real results take a fraction of it.
pub fn estimate_bytes(scenario: &Scenario, replicates: u32, formats: &Formats) -> u64 {
    let steps = scenario.calendar.steps.len() as u64 + 1;
    let countries = scenario.countries.len() as u64;
    let segments = scenario.segments.len() as u64;
    let channels = scenario.channels.len() as u64;
    let mut origins: Vec<u16> = scenario
        .segments
        .iter()
        .map(|segment| segment.origin)
        .collect();
    origins.sort_unstable();
    origins.dedup();
    let stays = origins.len() as u64 * countries * STATUSES as u64;
    let flows = segments * channels * (FLOWS_AT_HOME + FLOWS_ABROAD);
    let queues = channels;
    let rows = steps * (countries + stays + segments + flows + queues);
    rows.saturating_mul(ROW_BYTES)
        .saturating_mul(u64::from(replicates))
        .saturating_mul(formats.iter().count() as u64)
        .saturating_add(FIXED_BYTES)
}

/// The number of bytes that are free at the path, which need not exist yet.
///
/// # Errors
/// If the system does not report it.
pub fn available(path: &Path) -> Result<u64, StoreError> {
    let place = existing(path);
    fs4::available_space(&place).map_err(|source| StoreError::Unwritable {
        path: place,
        source,
    })
}

/// Refuses a path with less room than the results may take.
///
/// # Errors
/// [`StoreError::NoSpace`] with both numbers.
pub fn require_space(path: &Path, needed: u64, free: u64) -> Result<(), StoreError> {
    if free >= needed {
        return Ok(());
    }
    Err(StoreError::NoSpace {
        path: existing(path),
        needed,
        free,
    })
}

/// The nearest ancestor of the path, or the path itself, that exists.
pub(super) fn existing(path: &Path) -> PathBuf {
    path.ancestors()
        .find(|part| !part.as_os_str().is_empty() && part.exists())
        .map_or_else(|| PathBuf::from("."), Path::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::measure::test_support::scenario;

    #[test]
    fn too_little_room_is_refused_with_both_numbers() {
        let needed = estimate_bytes(&scenario(), 1, &Formats::default());
        assert!(require_space(Path::new("."), needed, needed).is_ok());
        let message = require_space(Path::new("."), needed, needed - 1)
            .unwrap_err()
            .to_string();
        assert!(
            message.contains("2.1 MB") && message.contains("--out"),
            "{message}"
        );
        assert!(estimate_bytes(&scenario(), 1000, &Formats::default()) > needed);
    }

    #[test]
    fn the_room_of_a_folder_to_come_is_that_of_its_parent() {
        let folder = tempfile::tempdir().unwrap();
        assert!(available(&folder.path().join("a/b/c")).unwrap() > 0);
        assert_eq!(existing(&folder.path().join("a/b")), folder.path());
        assert_eq!(existing(Path::new("nowhere-at-all/b")), Path::new("."));
    }
}
