//! The words used in tables for the model's closed lists.

use crate::scenario::{Motive, Sector, Status};
use crate::world::{FlowEvent, Hold};

/// Every motive, in order of index.
pub(super) const MOTIVES: [Motive; crate::world::MOTIVES] = [
    Motive::Ordinary,
    Motive::Persecution,
    Motive::Mobilisation,
    Motive::Hardship,
    Motive::Conscience,
];

/// Every status, in order of index.
pub(super) const STATUSES: [Status; crate::world::STATUSES] = [
    Status::Protected,
    Status::Legal,
    Status::Temporary,
    Status::Pending,
    Status::Irregular,
];

/// Everything that can hold a person, in order of index.
pub(super) const HOLDS: [Hold; crate::world::HOLDS] = [Hold::Barred, Hold::Deterred, Hold::Means];

/// Every sector, in order of index.
pub(super) const SECTORS: [Sector; 3] = [
    Sector::MilitaryIndustry,
    Sector::InformationTechnology,
    Sector::Other,
];

/// Returns the words that a column of a closed list can hold; `None` for other columns.
pub fn words(column: &str) -> Option<Vec<&'static str>> {
    match column {
        "status" => Some(STATUSES.map(status_name).to_vec()),
        "event" => Some(FlowEvent::ALL.map(event_name).to_vec()),
        "motive" => Some(MOTIVES.map(motive_name).to_vec()),
        "cause" => Some(HOLDS.map(hold_name).to_vec()),
        "sector" => Some(SECTORS.map(sector_name).to_vec()),
        "activity" => Some(vec![PUBLISHING, STREET]),
        "security" => Some([true, false].map(security_name).to_vec()),
        _ => None,
    }
}

/// Returns the word for a motive.
pub fn motive_name(motive: Motive) -> &'static str {
    match motive {
        Motive::Ordinary => "ordinary",
        Motive::Persecution => "persecution",
        Motive::Mobilisation => "mobilisation",
        Motive::Hardship => "hardship",
        Motive::Conscience => "conscience",
    }
}

/// Returns the word for a status.
pub fn status_name(status: Status) -> &'static str {
    match status {
        Status::Protected => "protected",
        Status::Legal => "legal",
        Status::Temporary => "temporary",
        Status::Pending => "pending",
        Status::Irregular => "irregular",
    }
}

/// Returns the word for a sector, as in scenario files.
pub fn sector_name(sector: Sector) -> &'static str {
    match sector {
        Sector::MilitaryIndustry => "military-industry",
        Sector::InformationTechnology => "it",
        Sector::Other => "other",
    }
}

/// The word for publishing, an activity that is nearly impossible at home.
pub(super) const PUBLISHING: &str = "publishing";
/// The word for street protest, an activity that is impossible abroad.
pub(super) const STREET: &str = "street";

/// Returns the word for whether a person's stay abroad is secure.
pub fn security_name(secure: bool) -> &'static str {
    if secure { "secure" } else { "insecure" }
}

/// Returns the word for what holds a person.
pub fn hold_name(hold: Hold) -> &'static str {
    match hold {
        Hold::Barred => "barred",
        Hold::Deterred => "deterred",
        Hold::Means => "means",
    }
}

/// Returns the word for a kind of flow.
pub fn event_name(event: FlowEvent) -> &'static str {
    match event {
        FlowEvent::Applied => "applied",
        FlowEvent::Granted => "granted",
        FlowEvent::Refused => "refused",
        FlowEvent::TurnedBack => "turned_back",
        FlowEvent::Left => "left",
        FlowEvent::Arrived => "arrived",
        FlowEvent::Renewed => "renewed",
        FlowEvent::Expired => "expired",
        FlowEvent::MovedOn => "moved_on",
        FlowEvent::Returned => "returned",
        FlowEvent::VisaRun => "visa_run",
        FlowEvent::Transited => "transited",
        FlowEvent::HandedOver => "handed_over",
        FlowEvent::Claimed => "claimed",
        FlowEvent::Recognised => "recognised",
        FlowEvent::Rejected => "rejected",
        FlowEvent::Expelled => "expelled",
        FlowEvent::Rendered => "rendered",
        FlowEvent::WronglyRefused => "wrongly_refused",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_of_events_is_whole() {
        for (index, event) in FlowEvent::ALL.into_iter().enumerate() {
            assert_eq!(
                event as usize, index,
                "FlowEvent::ALL is not in the order of FlowEvent"
            );
        }
        assert_eq!(FlowEvent::WronglyRefused as usize + 1, FlowEvent::ALL.len());
    }
}
