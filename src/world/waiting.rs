//! Who waits: for a decision, for a place, or at a border.

/// Who waits at the end of a step, and what was decided during it.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Waiting {
    /// Whether applicants wait for any channel on any day of the scenario.
    pub has_queues: bool,
    /// Whether the scenario has borders.
    pub has_borders: bool,
    /// By segment: agents at home who wait for a decision.
    pub applying: Vec<u64>,
    /// By country: agents elsewhere, at home or abroad, who wait for its decision.
    pub applying_to: Vec<u64>,
    /// By country: agents who wait there at a border, on the way from home to another country.
    pub in_transit: Vec<u64>,
    /// By channel, ascending: the channels for which applicants wait on some day, and those of claims to asylum.
    pub queues: Vec<QueueTally>,
    /// How long those decided on in the step had waited, including claims to asylum; in the order of the fields.
    pub decided: Vec<Waited>,
    /// Who took the places of quotas in the step; in the order of the fields.
    pub places: Vec<PlacesTaken>,
}

/// Agents of an origin on whom a channel decided after the same number of days.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Waited {
    /// Channel index.
    pub channel: u16,
    /// Whole days from the application or claim to the decision.
    pub days: u32,
    /// Country index of the origin.
    pub origin: u16,
    /// How many.
    pub agents: u64,
}

/// Places in a channel's quota that agents of an origin got.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct PlacesTaken {
    /// Channel index.
    pub channel: u16,
    /// Country index of the origin.
    pub origin: u16,
    /// How many.
    pub agents: u64,
}

/// The queue of a channel in a step.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct QueueTally {
    /// Channel index.
    pub channel: u16,
    /// Agents who have no place yet at the end of the step; for asylum, claimants who wait for a decision.
    pub waiting: u64,
    /// Agents decided on in the step: granted or refused, or in the end recognised or rejected.
    pub decided: u64,
    /// Places available in the step, persons; `None` without a quota.
    pub quota: Option<u64>,
    /// Agents who took a place of the quota in the step; 0 without a quota.
    pub used: u64,
    /// Median time from application to decision of those decided on in the step, in whole days.
    pub median_wait_days: Option<u32>,
}
