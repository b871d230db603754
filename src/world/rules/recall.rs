//! Changes that also concern those who are already in the country.

use super::Rules;
use crate::scenario::{AppliesTo, Field, Scenario};

/// What changes on a step for those who are inside by a channel.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Recall {
    /// Channel index.
    pub channel: u16,
    /// Whether admission changes: a stay ends where the channel is now closed to the person's segment.
    pub admission: bool,
    /// Whether the length or window of the stay changes: its end becomes what it would be under the new rule.
    pub stay: bool,
    /// Whether the status changes: it becomes the new one.
    pub status: bool,
}

impl Rules {
    /// Returns what changes on a step for those who are already inside, by channel index, ascending.
    pub fn recalls(scenario: &Scenario, step: usize) -> Vec<Recall> {
        let mut recalls: Vec<Recall> = Vec::new();
        let acting = scenario
            .events
            .iter()
            .filter(|event| event.step == step && event.applies_to == AppliesTo::All);
        for change in acting.flat_map(|event| &event.changes) {
            let mut recall = Recall {
                channel: change.target.index,
                admission: false,
                stay: false,
                status: false,
            };
            match change.target.field {
                Field::Open | Field::Bars | Field::Grant | Field::GrantFor => {
                    recall.admission = true;
                }
                Field::StayLength | Field::StayWithin => recall.stay = true,
                Field::ChannelStatus => recall.status = true,
                _ => continue,
            }
            match recalls
                .iter_mut()
                .find(|other| other.channel == recall.channel)
            {
                Some(other) => {
                    other.admission |= recall.admission;
                    other.stay |= recall.stay;
                    other.status |= recall.status;
                }
                None => recalls.push(recall),
            }
        }
        recalls.sort_by_key(|recall| recall.channel);
        recalls
    }
}
