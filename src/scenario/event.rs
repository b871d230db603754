//! Dated events: changes of rules and facts, and pulses of departures.

use crate::units::Duration;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::Status;

/// A dated event.
#[derive(Debug, Clone, PartialEq)]
pub struct Event {
    /// Name of its table.
    pub name: String,
    /// One line for people.
    pub title: String,
    /// Where it was read.
    pub source: String,
    /// The date in the file.
    pub date: Date,
    /// Index of the first step that begins on or after `date`: from its beginning the event acts.
    pub step: usize,
    /// What it changes, by path: first what it says of groups, then of single countries, so that
    /// the exception wins.
    pub changes: Vec<Change>,
    /// Departures it adds.
    pub departures: Option<Departures>,
}

/// A change of one field.
#[derive(Debug, Clone, PartialEq)]
pub struct Change {
    /// The path in the file, for messages.
    pub path: String,
    /// What is changed.
    pub target: Target,
    /// To what.
    pub to: NewValue,
    /// `Some`: numbers go from the value before to the new one in a straight line over this time,
    /// each step taking the value at its middle; `None`: at once.
    pub over: Option<Duration>,
}

/// One field of one thing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Target {
    /// Which field; it says of what kind the index is.
    pub field: Field,
    /// Index of the country, channel or exit gate.
    pub index: u16,
}

/// Fields that an event can change.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Field {
    /// Channel: open (flag).
    Open,
    /// Channel: origins (set of country indices).
    Origins,
    /// Channel: needs (set of documents).
    Needs,
    /// Channel: requires (set of conditions).
    Requires,
    /// Channel: permission (flag).
    Permission,
    /// Channel: grant (number, share).
    Grant,
    /// Channel: fee (number, currency units).
    Fee,
    /// Channel: status given to newcomers (status).
    ChannelStatus,
    /// Channel: length of stay of newcomers and renewals (number, days; infinity = without end).
    StayLength,
    /// Channel: chance of renewal (number, share).
    RenewSuccess,
    /// Channel: price of renewal (number, currency units).
    RenewCost,
    /// Country: mean net wage (number, currency units a month).
    Wage,
    /// Country: real income index (number).
    RealIncome,
    /// Country: unemployment (number, share).
    Unemployment,
    /// Country: safety (number, 0 to 1).
    Safety,
    /// Country: repression (number).
    Repression,
    /// Country: return pull (number).
    ReturnPull,
    /// Country: travel cost (number, currency units).
    Travel,
    /// Exit gate: share barred (number).
    ExitShare,
}

/// The value that a change sets.
#[derive(Debug, Clone, PartialEq)]
pub enum NewValue {
    /// A flag.
    Flag(bool),
    /// A number in the base unit of the field.
    Number(f64),
    /// A set of documents or conditions, as bits.
    Bits(u32),
    /// A set of countries.
    Countries(Vec<u16>),
    /// A status.
    Status(Status),
}

/// A pulse: departures that an event adds, h(t) = excess (ln 2 / half-life) 2^(-t / half-life)
/// per person concerned in the reference regime, t from the beginning of the event's first step.
#[derive(Debug, Clone, PartialEq)]
pub struct Departures {
    /// Departures per person concerned over all time, in the reference regime.
    pub excess: f64,
    /// Half-life.
    pub half_life: Duration,
    /// Whom it concerns.
    pub concerned: Concerned,
    /// The motive it gives.
    pub motive: Motive,
}

/// Whom a pulse concerns, and how much.
#[derive(Debug, Clone, PartialEq)]
pub enum Concerned {
    /// Everybody in these segments alike (indices, sorted).
    Segments(Vec<u16>),
    /// Everybody of the origin (index), in proportion to dissent over its mean in the origin.
    InProportionToDissent(u16),
}

/// Why a person leaves; one a departure.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[repr(u8)]
pub enum Motive {
    /// Work, study, family, wish.
    Ordinary = 0,
    /// Persecution, or fear of it.
    Persecution = 1,
    /// Call-up.
    Mobilisation = 2,
    /// Hardship.
    Hardship = 3,
    /// Outrage, moral clarity.
    Conscience = 4,
}
