//! Conditions on a person that a search can ask for.

use crate::engine::Seen;
use crate::population::{CountrySet, Population};
use crate::scenario::{Motive, Scenario, Status};
use crate::world::{FlowEvent, Hold};

/// A trait that a person must have, or must lack.
#[derive(Debug, Clone, PartialEq)]
pub struct Trait {
    /// The kind of trait.
    pub kind: TraitKind,
    /// Whether the trait must be present; otherwise it must be absent.
    pub wanted: bool,
}

/// Something that a person is or has from the first day on. Indices are those of the scenario.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TraitKind {
    /// Active in opposition.
    Active,
    /// With a firm intention to leave.
    Planner,
    /// Of a persecuted minority.
    Minority,
    /// With evidence of persecution.
    Evidence,
    /// In a segment that can be called up.
    DraftEligible,
    /// With a call-up paper.
    CallUpPaper,
    /// Renting a home.
    Renter,
    /// Earning remotely.
    Remote,
    /// Male.
    Man,
    /// With higher education.
    Educated,
    /// With kin in a country; `None` = in any country.
    Kin(Option<u16>),
    /// With an employer in a country; `None` = in any country.
    Employer(Option<u16>),
    /// With ancestry of a country; `None` = of any country.
    Ancestry(Option<u16>),
    /// Of a segment.
    Segment(u16),
    /// Of an origin.
    Origin(u16),
    /// With a document on the first day.
    Holds(u8),
}

impl Trait {
    /// Whether a person meets the condition.
    pub fn holds(&self, scenario: &Scenario, population: &Population, who: (u16, u32)) -> bool {
        let (segment, index) = who;
        let people = &population.segments[usize::from(segment)];
        let person = || people.person(segment, index);
        let here = &scenario.segments[usize::from(segment)];
        let is_so = match self.kind {
            TraitKind::Segment(wanted) => segment == wanted,
            TraitKind::Origin(wanted) => here.origin == wanted,
            TraitKind::DraftEligible => here.draft_eligible,
            TraitKind::Man => people.description(index).1,
            TraitKind::Educated => people.description(index).2,
            TraitKind::Active => person().active,
            TraitKind::Planner => person().planner,
            TraitKind::Minority => person().minority,
            TraitKind::Evidence => person().evidence,
            TraitKind::CallUpPaper => person().draft_notice,
            TraitKind::Renter => person().renter,
            TraitKind::Remote => person().remote,
            TraitKind::Kin(country) => has(person().kin, country),
            TraitKind::Employer(country) => has(person().employer, country),
            TraitKind::Ancestry(country) => has(person().ancestry, country),
            TraitKind::Holds(document) => person().holds & (1 << document) != 0,
        };
        is_so == self.wanted
    }
}

/// Whether a set contains a country; without a country, whether it contains any.
fn has(countries: CountrySet, wanted: Option<u16>) -> bool {
    match wanted {
        Some(country) => countries.contains(country),
        None => !countries.is_empty(),
    }
}

/// Something that happens to a person, optionally only by certain channels or in certain countries.
#[derive(Debug, Clone, PartialEq)]
pub struct Condition {
    /// What happens.
    pub kind: EventKind,
    /// Channels (by index), one of which it must be by; empty = any.
    pub channels: Vec<u16>,
    /// Country (by index) that it must lead from; `None` = any.
    pub from: Option<u16>,
    /// Country (by index) that it must lead to, or happen in; `None` = any.
    pub to: Option<u16>,
}

/// A kind of event.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EventKind {
    /// A wish to leave arose.
    Wished,
    /// A wish to leave arose for a motive.
    WishedFor(Motive),
    /// Held, at once or after a refusal.
    Held,
    /// Held by a given cause; barred also after a refusal.
    HeldBy(Hold),
    /// The wish faded.
    Faded,
    /// Decided to leave and set a date.
    SetOut,
    /// An event that flows count.
    Flow(FlowEvent),
    /// Detained.
    Detained,
    /// Called up.
    CalledUp,
    /// Released.
    Released,
    /// Got another status in the same country.
    Became(Status),
    /// Appealed.
    Appealed,
    /// Waited at a border.
    Waited,
}

impl Condition {
    /// Whether an event seen of a person meets the condition.
    pub fn is_met_by(&self, seen: &Seen) -> bool {
        match (self.kind, seen) {
            (
                EventKind::Flow(wanted),
                Seen::Flow {
                    event,
                    from,
                    to,
                    channel,
                },
            ) => {
                *event == wanted
                    && self.from.is_none_or(|country| country == *from)
                    && self.to.is_none_or(|country| country == *to)
                    && (self.channels.is_empty() || self.channels.contains(channel))
            }
            (EventKind::Wished, Seen::Aspired(_))
            | (EventKind::Held, Seen::Held(_) | Seen::HeldBack)
            | (EventKind::HeldBy(Hold::Barred), Seen::HeldBack)
            | (EventKind::Faded, Seen::Faded)
            | (EventKind::SetOut, Seen::SetsOut { .. })
            | (EventKind::Detained, Seen::Detained { .. })
            | (EventKind::CalledUp, Seen::CalledUp { .. })
            | (EventKind::Released, Seen::Released)
            | (EventKind::Appealed, Seen::Appealed { .. })
            | (EventKind::Waited, Seen::Waits { .. }) => true,
            (EventKind::WishedFor(wanted), Seen::Aspired(motive)) => wanted == *motive,
            (EventKind::HeldBy(wanted), Seen::Held(hold)) => wanted == *hold,
            (EventKind::Became(wanted), Seen::Became(status)) => wanted == *status,
            _ => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Those who move on from a country differ from those who move on to it.
    #[test]
    fn a_flow_has_two_ends() {
        let moved = |from, to| Seen::Flow {
            event: FlowEvent::MovedOn,
            from,
            to,
            channel: 0,
        };
        let met = |from: Option<u16>, to: Option<u16>| {
            let condition = Condition {
                kind: EventKind::Flow(FlowEvent::MovedOn),
                channels: Vec::new(),
                from,
                to,
            };
            [moved(1, 2), moved(2, 1)].map(|seen| condition.is_met_by(&seen))
        };
        assert_eq!(met(Some(1), None), [true, false]);
        assert_eq!(met(None, Some(1)), [false, true]);
        assert_eq!(met(Some(2), Some(1)), [false, true]);
        assert_eq!(met(Some(1), Some(1)), [false, false]);
        assert_eq!(met(None, None), [true, true]);
    }
}
