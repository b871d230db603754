//! What became of each person of a run, as far as a comparison of runs asks: its first departure, or
//! where it stands at home without one.

use crate::engine::{Notice, Observer, Seen, StepReport};
use crate::world::{FlowEvent, Hold};
use rustc_hash::FxHashMap;

/// A person: segment index, index in the segment.
pub type Who = (u16, u32);

/// The first departure of a person from its origin.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Departure {
    /// When, days since the first day of the scenario.
    pub time: f64,
    /// Index of the channel left by; it names the country.
    pub channel: u16,
}

/// Where a person stands that has not left.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Standing {
    /// Waits for a decision on an application.
    Applying,
    /// Is held; where nobody stays held, its last wish was.
    Held(Hold),
    /// Is detained.
    Detained,
    /// Is called up and serves.
    Mobilised,
    /// Has decided to leave and has not left yet.
    NotYet,
    /// Has no wish to leave: none arose, or it faded.
    NoWish,
}

/// What is known of one person.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Life {
    /// It left; what came after does not matter here.
    Left(Departure),
    /// It has not left.
    Home(Standing),
}

/// The lives of a run: of every person to whom something happened at home. Watches events of everybody
/// ([`Watch::Everybody`](crate::engine::Watch)).
#[derive(Debug, Default)]
pub struct Lives {
    lives: FxHashMap<Who, Life>,
}

impl Lives {
    /// Nothing seen yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// What is known of a person; without a wish if nothing ever happened to it.
    pub fn of(&self, who: Who) -> Life {
        self.lives
            .get(&who)
            .copied()
            .unwrap_or(Life::Home(Standing::NoWish))
    }

    /// Everybody who left, in no order.
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
