//! What became of each person of a run, as far as a comparison of runs asks: the first departure,
//! or where the person stands at home without one.

use crate::engine::{Notice, Observer, Seen, StepReport};
use crate::world::{FlowEvent, Hold};
use rustc_hash::FxHashMap;

/// A person: segment index and index in the segment.
pub type Who = (u16, u32);

/// The first departure of a person from its origin.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Departure {
    /// Time of departure, days since the first day of the scenario.
    pub time: f64,
    /// Index of the channel used; it implies the country.
    pub channel: u16,
}

/// Where a person stands who has not left.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Standing {
    /// Waiting for a decision on an application.
    Applying,
    /// Held; where nobody stays held, the last wish was.
    Held(Hold),
    /// Detained.
    Detained,
    /// Called up and serving.
    Mobilised,
    /// Decided to leave and has not left yet.
    NotYet,
    /// Without a wish to leave: none arose, or it faded.
    NoWish,
}

/// What is known about one person.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Life {
    /// Left; what came afterwards does not matter here.
    Left(Departure),
    /// Has not left.
    Home(Standing),
}

/// The lives of a run: an entry for every person to whom something happened at home.
///
/// The run must report events of everybody ([`Watch::Everybody`](crate::engine::Watch)).
#[derive(Debug, Default)]
pub struct Lives {
    lives: FxHashMap<Who, Life>,
}

impl Lives {
    /// Creates a record in which nothing has been seen yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Returns what is known about a person. Without any event, the person has no wish to leave.
    pub fn of(&self, who: Who) -> Life {
        self.lives
            .get(&who)
            .copied()
            .unwrap_or(Life::Home(Standing::NoWish))
    }

    /// Returns all first departures, in no particular order.
    pub fn departures(&self) -> impl Iterator<Item = (Who, Departure)> + '_ {
        self.lives.iter().filter_map(|(who, life)| match life {
            Life::Left(departure) => Some((*who, *departure)),
            Life::Home(_) => None,
        })
    }

    fn notice(&mut self, notice: &Notice) {
        let standing = match notice.seen {
            Seen::Flow {
                event: FlowEvent::Left,
                channel,
                ..
            } => {
                let time = notice.time;
                let life = self.lives.entry(notice.who);
                let life = life.or_insert(Life::Home(Standing::NoWish));
                if matches!(life, Life::Home(_)) {
                    *life = Life::Left(Departure { time, channel });
                }
                return;
            }
            Seen::Flow {
                event: FlowEvent::Applied,
                ..
            } => Standing::Applying,
            Seen::Flow {
                event: FlowEvent::Granted,
                ..
            }
            | Seen::SetsOut { .. }
            | Seen::Waits { .. } => Standing::NotYet,
            Seen::Held(hold) => Standing::Held(hold),
            Seen::HeldBack => Standing::Held(Hold::Barred),
            Seen::Faded | Seen::Released => Standing::NoWish,
            Seen::Detained { .. } => Standing::Detained,
            Seen::CalledUp { .. } => Standing::Mobilised,
            _ => return,
        };
        let life = self.lives.entry(notice.who).or_insert(Life::Home(standing));
        if let Life::Home(old) = life {
            *old = standing;
        }
    }
}

impl Observer for Lives {
    fn record(&mut self, report: &StepReport<'_>) {
        report.notices.iter().for_each(|notice| self.notice(notice));
    }
}
