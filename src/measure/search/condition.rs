//! What a search may ask of a person.

use crate::engine::Seen;
use crate::population::{CountrySet, Population};
use crate::scenario::{Motive, Scenario, Status};
use crate::world::{FlowEvent, Hold};

/// What a person is, or is not.
#[derive(Debug, Clone, PartialEq)]
pub struct Trait {
    /// What.
    pub kind: TraitKind,
    /// Whether it is asked for; otherwise its absence is.
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
    /// With kin in a country; `None` = in some country.
    Kin(Option<u16>),
    /// With an employer in a country; `None` = in some country.
    Employer(Option<u16>),
    /// With ancestry of a country; `None` = of some country.
    Ancestry(Option<u16>),
    /// Of a segment.
    Segment(u16),
    /// Of an origin.
    Origin(u16),
    /// With a document on the first day.
    Holds(u8),
}

impl Trait {
    /// Whether it is so of a person.
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

/// Whether a country is in a set, or any.
fn has(countries: CountrySet, wanted: Option<u16>) -> bool {
    match wanted {
        Some(country) => countries.contains(country),
        None => !countries.is_empty(),
    }
}

/// Something that happens to a person, perhaps only by some channels or in some country.
#[derive(Debug, Clone, PartialEq)]
pub struct Condition {
    /// What happens.
    pub kind: EventKind,
    /// Channels (index) one of which it must be by; empty = any.
    pub channels: Vec<u16>,
    /// Country (index) it must lead from.
    pub from: Option<u16>,
    /// Country (index) it must lead to, or happen in.
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
    /// Held by this; barred also after a refusal.
    HeldBy(Hold),
    /// The wish faded.
    Faded,
    /// Decided and set a date.
    SetOut,
    /// What flows count.
    Flow(FlowEvent),
    /// Detained.
    Detained,
    /// Called up.
    CalledUp,
    /// Released.
    Released,
    /// Without permission to stay from then on.
    Became(Status),
    /// On appeal.
    Appealed,
    /// Waited at a border.
    Waited,
}

impl Condition {
    /// Whether what is seen of a person meets it.
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

    /// Who moves on from a country is another than who moves on to it.
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
