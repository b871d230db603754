//! Classes of segments: the segments of one origin for which every rule of every day is the same.

use crate::scenario::{Field, NewValue, Scenario};

/// The classes of a scenario. Where no channel ever distinguishes segments, there is one per origin.
#[derive(Debug, Clone, PartialEq)]
pub struct Classes {
    /// By segment index.
    of_segment: Vec<u32>,
    /// One segment of each class.
    members: Vec<u16>,
}

impl Classes {
    /// Finds the classes; they follow the order of the origins.
    pub fn of(scenario: &Scenario) -> Self {
        let mut order: Vec<u16> = (0..scenario.segments.len() as u16).collect();
        order.sort_by_key(|&segment| scenario.segments[usize::from(segment)].origin);
        let mut classes = Self {
            of_segment: vec![0; order.len()],
            members: Vec::new(),
        };
        let mut known: Vec<(u16, Vec<Told>)> = Vec::new();
        for segment in order {
            let origin = scenario.segments[usize::from(segment)].origin;
            let told = (origin, told(scenario, segment));
            let class = known.iter().position(|other| *other == told);
            classes.of_segment[usize::from(segment)] = class.unwrap_or_else(|| {
                known.push(told);
                classes.members.push(segment);
                known.len() - 1
            }) as u32;
        }
        classes
    }

    /// The number of classes.
    pub fn count(&self) -> usize {
        self.members.len()
    }

    /// The class of a segment.
    pub fn of_segment(&self, segment: usize) -> u32 {
        self.of_segment[segment]
    }

    /// A segment of a class: what the rules say of it, they say of the whole class.
    pub fn member(&self, class: usize) -> u16 {
        self.members[class]
    }
}

/// One thing that the rules say of a segment: where (a channel, or an event and a channel) and what.
type Told = (usize, u16, u64, u64);

/// Everything that the rules of the first day and the events ever say of a segment.
fn told(scenario: &Scenario, segment: u16) -> Vec<Told> {
    let mut list = Vec::new();
    for (index, channel) in (0u16..).zip(&scenario.channels) {
        if channel.bars.contains(&segment) {
            list.push((0, index, 0, 0));
        }
        let own = channel.grant_for.iter();
        list.extend(
            own.filter(|(concerned, _)| *concerned == segment)
                .map(|(_, grant)| (0, index, 1, grant.to_bits())),
        );
    }
    for (number, event) in (1..).zip(&scenario.events) {
        for change in &event.changes {
            let over = change.over.map_or(0, |over| over.days().to_bits());
            let index = change.target.index;
            match (&change.to, change.target.field) {
                (NewValue::Segments(segments), _) if segments.contains(&segment) => {
                    list.push((number, index, 0, 0));
                }
                (NewValue::Number(grant), Field::GrantFor) if change.target.member == segment => {
                    // (A positive number of days never has all bits set, so `!over` is never 0, the mark of a bar.)
                    list.push((number, index, !over, grant.to_bits()));
                }
                _ => {}
            }
        }
    }
    list
}
