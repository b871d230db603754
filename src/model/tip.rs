//! What persons hear of rules from ties, sooner than they would otherwise.

use serde::{Deserialize, Serialize};

/// A version of a channel's rules that a person hears of sooner than by its own draw alone, in 12 bytes. Times
/// are whole days since the first day of the scenario.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Tip {
    /// The person's position in its block.
    pub position: u32,
    /// Channel index.
    pub channel: u16,
    /// The version, by the index of the step from which it acts.
    pub version: u16,
    /// The first day on which the person has heard of the version.
    pub heard: u16,
    /// A day by which it has heard of the version in any case: from then on the tip says nothing.
    pub own: u16,
}

/// The first whole day at or after a time, in days since the first day; the last day that a record can hold if that is
/// later.
pub fn first_day_after(time: f64) -> u16 {
    let day = time as u16;
    if f64::from(day) < time {
        day.saturating_add(1)
    } else {
        day
    }
}
