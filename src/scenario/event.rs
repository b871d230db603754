//! Dated events: changes of rules and facts, and pulses of departures.

use crate::units::Duration;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::{RenewalKind, Status};

/// A dated event.
#[derive(Debug, Clone, PartialEq)]
pub struct Event {
    /// Name of its table.
    pub name: String,
    /// One line for people.
    pub title: String,
    /// Where it was read.
    pub source: String,
    /// The date in the file; of an event that waits for a public the last day of the period, until
    /// it acts.
    pub date: Date,
    /// Index of the first step that begins on or after `date`: from its beginning the event acts.
    /// [`Event::NOT_YET`] while it waits for a public.
    pub step: usize,
    /// What it waits for in place of a date.
    pub when: Option<Trigger>,
    /// The day on which its changes are announced, not after `date`; `None` = when it acts.
    pub announced: Option<Date>,
    /// Whether everybody knows of it as soon as it is announced; otherwise belief lags.
    pub known_at_once: bool,
    /// Whom changes of a stay concern.
    pub applies_to: AppliesTo,
    /// What it changes, by path: first what it says of groups, then of single countries, so that
    /// the exception wins.
    pub changes: Vec<Change>,
    /// Departures it adds.
    pub departures: Option<Departures>,
    /// Persons it calls up.
    pub call_up: Option<CallUp>,
}

impl Event {
    /// In place of a step: none that is known yet.
    pub const NOT_YET: usize = usize::MAX;
}

/// A state of a public from which on an event acts: a reaction of policy.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Trigger {
    /// Index of the country whose public it is.
    pub country: u16,
    /// Least share of it that wants restriction, 0 to 1.
    pub wanting_restriction: f64,
    /// For how long, at the ends of steps without a break.
    pub lasting: Duration,
}

/// Whom a change of `open`, of a stay or of a status concerns.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AppliesTo {
    /// Who comes from then on; stays already granted are left as they are.
    New,
    /// Also who is in the country by the channel.
    All,
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
    /// Index of the country, channel, exit gate, document or border.
    pub index: u16,
    /// Index of the segment ([`Field::GrantFor`], [`Field::AlsoRefuses`]) or of the country of origin
    /// ([`Field::TravelBase`]) that the field is about; 0 for every other field.
    pub member: u16,
}

impl Target {
    /// A field that is about nobody in particular.
    pub const fn of(field: Field, index: u16) -> Self {
        Self {
            field,
            index,
            member: 0,
        }
    }
}

impl Change {
    /// Index of the country whose rules or facts it changes; `None` for a document, a border or an exit
    /// gate.
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

/// Fields that an event can change, those of channels first, then those of countries.
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
    /// Whether people learn of a change of this field with a lag: the rules that open or close a
    /// channel. Everything else is known at once.
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

/// The value that a change sets.
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

/// A call-up: a number of persons drawn from the draft-eligible of an origin who are at home, in a
/// straight line over its time from the beginning of the event's first step.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct CallUp {
    /// Index of the country that calls up.
    pub origin: u16,
    /// How many, persons.
    pub persons: u64,
    /// Time in which they are called up; zero = all in the first step.
    pub over: Duration,
    /// How long they serve; `None` = beyond the end of the run.
    pub service: Option<Duration>,
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
    /// Reasons of conscience.
    Conscience = 4,
}
