//! The connections of persons elsewhere (kin, ancestry, an employer), and who holds a call-up paper.

use super::SegmentPopulation;
use crate::draw::{Decision, label};
use crate::population::Person;
use crate::scenario::{Condition, Scenario, Segment};

/// A connection that a person can have: a condition for one country, or one for all countries.
#[derive(Debug, Clone, Copy)]
pub(super) struct Connection {
    condition: Condition,
    country: u16,
    label: u32,
    share: f64,
    /// The chance of having this connection or a later one in the list.
    pub(super) from_here_on: f64,
}

impl SegmentPopulation {
    /// Draws the connections of a person who has at least one: each comes with its share, given that none has come
    /// before and that one must come.
    pub(super) fn connect(&self, person: &mut Person) {
        let mut found = false;
        for connection in &self.connections {
            let share = if found {
                connection.share
            } else {
                connection.share / connection.from_here_on
            };
            let decision = match connection.condition {
                Condition::Kin => Decision::Kin,
                Condition::Ancestry => Decision::Ancestry,
                Condition::Employer => Decision::Employer,
                Condition::AtRisk | Condition::DraftNotice => Decision::DraftNotice,
            };
            let words = self.key.words(person.index, 0, decision, connection.label);
            // The last one has a share of exactly one if none came before.
            if words.uniforms()[0] >= share {
                continue;
            }
            found = true;
            person.conditions |= 1 << connection.condition as u8;
            match connection.condition {
                Condition::Kin => person.kin.insert(connection.country),
                Condition::Ancestry => person.ancestry.insert(connection.country),
                Condition::Employer => person.employer.insert(connection.country),
                Condition::AtRisk | Condition::DraftNotice => person.draft_notice = true,
            }
        }
    }

    /// Whether a person holds a call-up paper.
    pub fn is_summoned(&self, index: u32) -> bool {
        let is_there = |connection: &Connection| connection.condition == Condition::DraftNotice;
        if !self.connections.iter().any(is_there) {
            return false;
        }
        let stratum = &self.strata.list()[self.stratum_of(index)];
        let mut person = Person {
            index,
            ..Person::default()
        };
        if stratum.connected {
            self.connect(&mut person);
        }
        person.draft_notice
    }

    /// Whether somebody meets a condition for a country, among the active or the others and among the connected or the
    /// others.
    pub fn anybody_meets(
        &self,
        condition: Condition,
        country: u16,
        (active, connected): (bool, bool),
    ) -> bool {
        let everywhere = condition == Condition::DraftNotice;
        match condition {
            Condition::AtRisk => active && self.evidence > 0.0,
            _ => {
                connected
                    && self.connections.iter().any(|connection| {
                        connection.condition == condition
                            && (everywhere || connection.country == country)
                    })
            }
        }
    }
}

/// All connections that a segment's persons can have, each with its share.
pub(super) fn connections(scenario: &Scenario, segment: &Segment) -> Vec<Connection> {
    let mut list = Vec::new();
    for (condition, shares) in [
        (Condition::Kin, &segment.kin),
        (Condition::Ancestry, &segment.ancestry),
        (Condition::Employer, &segment.employer),
    ] {
        for (country, share) in (0u16..).zip(shares) {
            list.push((condition, country, *share));
        }
    }
    list.push((Condition::DraftNotice, 0, segment.draft_notice));
    let mut connections = Vec::new();
    let mut none = 1.0;
    for (condition, country, share) in list.into_iter().rev().filter(|(_, _, share)| *share > 0.0) {
        none *= 1.0 - share;
        connections.push(Connection {
            condition,
            country,
            label: match condition {
                Condition::DraftNotice => 0,
                _ => label(&scenario.countries[usize::from(country)].code),
            },
            share,
            from_here_on: 1.0 - none,
        });
    }
    // For the last of the list alone, exactly its share, so that it comes for certain if it must.
    if let Some(last) = connections.first_mut() {
        last.from_here_on = last.share;
    }
    connections.reverse();
    connections
}
