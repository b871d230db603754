//! What the same persons did in another run, if they left by a channel in only one of two.

use super::lives::{Departure, Life, Lives, Standing};
use crate::scenario::Scenario;
use crate::world::Hold;
use std::collections::BTreeMap;

/// In which of two runs persons left by a channel.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Direction {
    /// In the base, but not in the scenario.
    Lost,
    /// In the scenario, but not in the base.
    Gained,
}

impl Direction {
    /// Both directions, in the order of rows.
    pub const ALL: [Self; 2] = [Self::Lost, Self::Gained];

    /// Returns the word used in tables.
    pub fn name(self) -> &'static str {
        match self {
            Self::Lost => "lost",
            Self::Gained => "gained",
        }
    }
}

/// What a person did in the other run, in the order of rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fate {
    /// Left for another country.
    AnotherCountry,
    /// Left for the same country by another channel.
    AnotherChannel,
    /// Left the same way, at least a day later.
    Later,
    /// Left the same way, at least a day earlier.
    Earlier,
    /// Was waiting for a decision.
    Applying,
    /// Was held by a policy gate.
    Barred,
    /// Was held by a policy cost.
    Deterred,
    /// Was held by a missing document or missing money.
    Means,
    /// Was detained.
    Detained,
    /// Was called up and serving.
    Mobilised,
    /// Had decided to leave and had not left yet.
    NotYet,
    /// Had no wish to leave.
    NoWish,
}

impl Fate {
    /// Every fate, in the order of rows.
    pub const ALL: [Self; 12] = [
        Self::AnotherCountry,
        Self::AnotherChannel,
        Self::Later,
        Self::Earlier,
        Self::Applying,
        Self::Barred,
        Self::Deterred,
        Self::Means,
        Self::Detained,
        Self::Mobilised,
        Self::NotYet,
        Self::NoWish,
    ];

    /// Returns the word used in tables.
    pub fn name(self) -> &'static str {
        match self {
            Self::AnotherCountry => "another-country",
            Self::AnotherChannel => "another-channel",
            Self::Later => "later",
            Self::Earlier => "earlier",
            Self::Applying => "applying",
            Self::Barred => "barred",
            Self::Deterred => "deterred",
            Self::Means => "means",
            Self::Detained => "detained",
            Self::Mobilised => "mobilised",
            Self::NotYet => "not-yet",
            Self::NoWish => "no-wish",
        }
    }
}

/// Persons of one origin who left by one channel in one of two runs and not so in the other.
///
/// Places are given by name: one scenario may have channels that the other lacks.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Flow {
    /// Code of the origin.
    pub origin: String,
    /// Code of the country they left for.
    pub country: String,
    /// Name of the channel they left by.
    pub channel: String,
    /// The run in which they left this way.
    pub direction: Direction,
}

/// Agents by flow and fate. The agents of a flow add up to all who left this way in only one of the
/// runs.
pub type Substitution = BTreeMap<(Flow, Fate), u64>;

/// The scenario of a run and its lives.
pub type Lived<'a> = (&'a Scenario, &'a Lives);

/// Compares two runs of the same persons.
pub fn substitution(base: Lived<'_>, other: Lived<'_>) -> Substitution {
    let mut found = Substitution::new();
    for direction in Direction::ALL {
        let (there, here) = match direction {
            Direction::Lost => (base, other),
            Direction::Gained => (other, base),
        };
        // Counted by index first: naming every departure would cost more than the comparison.
        let mut counted: BTreeMap<(u16, u16, Fate), u64> = BTreeMap::new();
        for (who, departure) in there.1.departures() {
            let life = here.1.of(who);
            if let Some(fate) = fate(there.0, departure, here.0, life) {
                let origin = there.0.segments[usize::from(who.0)].origin;
                let key = (origin, departure.channel, fate);
                *counted.entry(key).or_insert(0) += 1;
            }
        }
        for ((origin, channel, fate), agents) in counted {
            let way = &there.0.channels[usize::from(channel)];
            let code = |country: u16| there.0.countries[usize::from(country)].code.clone();
            let flow = Flow {
                origin: code(origin),
                country: code(way.country),
                channel: way.name.clone(),
                direction,
            };
            found.insert((flow, fate), agents);
        }
    }
    found
}

/// Returns the fate, in one run, of a person who left in another; `None` if the person left the
/// same way within a day.
fn fate(there: &Scenario, departure: Departure, here: &Scenario, life: Life) -> Option<Fate> {
    let other = match life {
        Life::Left(other) => other,
        Life::Home(standing) => return Some(at_home(standing)),
    };
    let way = &there.channels[usize::from(departure.channel)];
    let other_way = &here.channels[usize::from(other.channel)];
    if there.countries[usize::from(way.country)].code
        != here.countries[usize::from(other_way.country)].code
    {
        Some(Fate::AnotherCountry)
    } else if way.name != other_way.name {
        Some(Fate::AnotherChannel)
    } else if other.time >= departure.time + 1.0 {
        Some(Fate::Later)
    } else if other.time <= departure.time - 1.0 {
        Some(Fate::Earlier)
    } else {
        None
    }
}

fn at_home(standing: Standing) -> Fate {
    match standing {
        Standing::Applying => Fate::Applying,
        Standing::Held(Hold::Barred) => Fate::Barred,
        Standing::Held(Hold::Deterred) => Fate::Deterred,
        Standing::Held(Hold::Means) => Fate::Means,
        Standing::Detained => Fate::Detained,
        Standing::Mobilised => Fate::Mobilised,
        Standing::NotYet => Fate::NotYet,
        Standing::NoWish => Fate::NoWish,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::measure::test_support::scenario;

    fn departure(channel: u16, time: f64) -> Departure {
        Departure { time, channel }
    }

    #[test]
    fn every_life_has_one_fate() {
        let mut scenario = scenario();
        let mut elsewhere = scenario.channels[0].clone();
        elsewhere.country += 1;
        scenario.channels.push(elsewhere);
        let other = scenario.channels.len() as u16 - 1;
        let fate = |life| fate(&scenario, departure(0, 10.0), &scenario, life);
        let by = |channel, time| Life::Left(departure(channel, time));
        assert_eq!(fate(by(0, 10.9)), None);
        assert_eq!(fate(by(0, 11.0)), Some(Fate::Later));
        assert_eq!(fate(by(0, 9.0)), Some(Fate::Earlier));
        assert_eq!(fate(by(1, 10.0)), Some(Fate::AnotherChannel));
        assert_eq!(fate(by(other, 10.0)), Some(Fate::AnotherCountry));
        let held = Life::Home(Standing::Held(Hold::Means));
        assert_eq!(fate(held), Some(Fate::Means));
        let order = Fate::ALL.map(|fate| fate as usize);
        assert_eq!(order, std::array::from_fn(|place| place));
    }
}
