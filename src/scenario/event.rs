//! Dated events: changes of rules and facts, and pulses of departures.

use crate::units::Duration;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::{RenewalKind, Status};

/// A dated event.
#[derive(Debug, Clone, PartialEq)]
pub struct Event {
    /// Name: the key of its table in the file.
    pub name: String,
    /// Title, one line for display.
    pub title: String,
    /// The source in which it was read.
    pub source: String,
    /// The date in the file. For an event that waits for a public, the last day of the period until
    /// it acts.
    pub date: Date,
    /// Index of the first step that begins on or after `date`; the event acts from the beginning of
    /// that step. [`Event::NOT_YET`] while it waits for a public.
    pub step: usize,
    /// The state of a public that the event waits for, in place of a date.
    pub when: Option<Trigger>,
    /// The day on which its changes are announced, not after `date`; `None` = on the day it acts.
    pub announced: Option<Date>,
    /// Whether everybody knows of it once it is announced; otherwise belief lags.
    pub known_at_once: bool,
    /// To whom its changes of stays apply.
    pub applies_to: AppliesTo,
    /// What it changes, by path. Changes for groups come before those for single countries, so that
    /// the exception wins.
    pub changes: Vec<Change>,
    /// Departures it adds.
    pub departures: Option<Departures>,
    /// Persons it calls up.
    pub call_up: Option<CallUp>,
}

impl Event {
    /// Stands in for `step` while it is unknown.
    pub const NOT_YET: usize = usize::MAX;
}

/// A state of a public from which on an event acts: a reaction of policy.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Trigger {
    /// Index of the country whose public it is.
    pub country: u16,
    /// Least share of the public that wants restriction, 0 to 1.
    pub wanting_restriction: f64,
    /// How long the share must persist, as measured at the ends of consecutive steps.
    pub lasting: Duration,
}

/// To whom a change of `open`, of a stay or of a status applies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AppliesTo {
    /// Only to those who come from then on; stays already granted are left as they are.
    New,
    /// Also to those already in the country by the channel.
    All,
}

/// A change of one field.
#[derive(Debug, Clone, PartialEq)]
pub struct Change {
    /// The path in the file, for messages.
    pub path: String,
    /// What is changed.
    pub target: Target,
    /// The new value.
    pub to: NewValue,
    /// How long the change takes. `Some`: a number goes from its previous value to the new one in a
    /// straight line over this time, each step taking the value at its middle. `None`: at once.
    pub over: Option<Duration>,
}

/// One field of one thing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Target {
    /// The field; it determines what `index` refers to.
    pub field: Field,
    /// Index of the country, channel, exit gate, document or border.
    pub index: u16,
    /// Index of the segment ([`Field::GrantFor`], [`Field::AlsoRefuses`]) or of the country of
    /// origin ([`Field::TravelBase`]) that the field is about; 0 for all other fields.
    pub member: u16,
}

impl Target {
    /// Returns the target for a field that has no member.
    pub const fn of(field: Field, index: u16) -> Self {
        Self {
            field,
            index,
            member: 0,
        }
    }
}

impl Change {
    /// Returns the index of the country whose rules or facts the target belongs to; `None` for a
    /// document, a border or an exit gate.
    pub fn country(&self, channels: &[super::Channel]) -> Option<u16> {
        let Target { field, index, .. } = self.target;
        match field {
            field if field <= Field::RenewCost => channels
                .get(usize::from(index))
                .map(|channel| channel.country),
            field if field <= Field::Contact => Some(index),
            _ => None,
        }
    }
}

/// A field that an event can change: first those of channels, then those of countries, then the
/// others.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Field {
    /// Channel: open (flag).
    Open,
    /// Channel: origins (set of country indices).
    Origins,
    /// Channel: needs (set of documents).
    Needs,
    /// Channel: needs_any (set of documents).
    NeedsAny,
    /// Channel: bars (set of segment indices).
    Bars,
    /// Channel: requires (set of conditions).
    Requires,
    /// Channel: permission (flag).
    Permission,
    /// Channel: grant (number, share).
    Grant,
    /// Channel: grant for one segment (number, share).
    GrantFor,
    /// Channel: share of one segment that is refused by mistake (number, share).
    AlsoRefuses,
    /// Channel: size of the quota (number, persons a month; infinity = no quota).
    QuotaSize,
    /// Channel: fee (number, currency units).
    Fee,
    /// Channel: status given to newcomers (status).
    ChannelStatus,
    /// Channel: length of stay of newcomers and renewals (number, days; infinity = without end).
    StayLength,
    /// Channel: window of the stay (number, days; infinity = no window).
    StayWithin,
    /// Channel: how a stay is renewed (renewal).
    Renew,
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
    /// Country: crackdown (number).
    Crackdown,
    /// Country: surveillance (number, share).
    Surveillance,
    /// Country: police capacity (number, persons a month; infinity = as many as come).
    PoliceCapacity,
    /// Country: rendition (number, hazard a year).
    Rendition,
    /// Country: return pull (number).
    ReturnPull,
    /// Country: travel cost (number, currency units).
    Travel,
    /// Country: ordinary trips by citizens of one origin (number, persons a month).
    TravelBase,
    /// Country: price index (number).
    PriceIndex,
    /// Country: friction (number, share).
    Friction,
    /// Country: legacy (number).
    Legacy,
    /// Country: international pressure (number).
    Pressure,
    /// Country: contact (number, share).
    Contact,
    /// Exit gate: share barred (number).
    ExitShare,
    /// Document: whether it is issued (flag).
    Issued,
    /// Border: open (flag).
    BorderOpen,
    /// Border: capacity (number, persons a month; infinity = as many as come).
    BorderCapacity,
    /// Border: chance of being pushed back (number, share).
    BorderPushBack,
    /// Border: chance of being handed over (number, share).
    BorderHandOver,
}

impl Field {
    /// Whether people learn of a change of this field with a lag: true for the rules that open or
    /// close a channel. A change of any other field is known at once.
    pub const fn is_believed(self) -> bool {
        matches!(
            self,
            Self::Open
                | Self::Origins
                | Self::Needs
                | Self::NeedsAny
                | Self::Bars
                | Self::Requires
                | Self::Permission
                | Self::Grant
                | Self::GrantFor
                | Self::Fee
        )
    }
}

/// The value that a change assigns.
#[derive(Debug, Clone, PartialEq)]
pub enum NewValue {
    /// A flag.
    Flag(bool),
    /// A number in the base unit of the field.
    Number(f64),
    /// A set of documents or conditions, as bits.
    Bits(u32),
    /// A set of countries, by index.
    Countries(Vec<u16>),
    /// A set of segments, by index.
    Segments(Vec<u16>),
    /// How a stay is renewed.
    Renewal(RenewalKind),
    /// A status.
    Status(Status),
}

/// A pulse: departures that an event adds.
///
/// The hazard is h(t) = excess (ln 2 / half-life) 2^(-t / half-life) per person concerned in the
/// reference regime, with t counted from the beginning of the event's first step.
#[derive(Debug, Clone, PartialEq)]
pub struct Departures {
    /// Departures per person concerned over all time, in the reference regime.
    pub excess: f64,
    /// Half-life.
    pub half_life: Duration,
    /// Whom it concerns.
    pub concerned: Concerned,
    /// The motive of the departures.
    pub motive: Motive,
}

/// A call-up: a number of persons drawn from the draft-eligible of an origin who are at home, at a
/// constant rate over its duration from the beginning of the event's first step.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct CallUp {
    /// Index of the country that calls up.
    pub origin: u16,
    /// Number of persons called up.
    pub persons: u64,
    /// Time over which they are called up; zero = all in the first step.
    pub over: Duration,
    /// How long they serve; `None` = beyond the end of the run.
    pub service: Option<Duration>,
}

/// Whom a pulse concerns, and in what proportion.
#[derive(Debug, Clone, PartialEq)]
pub enum Concerned {
    /// Everybody in these segments (indices, sorted) equally.
    Segments(Vec<u16>),
    /// Everybody of the origin (index), in proportion to their dissent over the origin's mean.
    InProportionToDissent(u16),
}

/// The motive of a departure; every departure has one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[repr(u8)]
pub enum Motive {
    /// Work, study, family or wish.
    Ordinary = 0,
    /// Persecution, or fear of it.
    Persecution = 1,
    /// A call-up.
    Mobilisation = 2,
    /// Hardship.
    Hardship = 3,
    /// Reasons of conscience.
    Conscience = 4,
}
