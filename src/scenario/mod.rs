//! The content of scenario files, checked: one immutable [`Scenario`].

mod behaviour;
mod border;
mod build;
mod calendar;
mod check;
mod checking;
mod claims;
mod country;
mod difference;
mod distribution;
mod document;
mod event;
mod ever;
mod grammar;
mod idle;
mod load;
mod meaning;
mod measured;
mod names;
mod node;
mod overrides;
mod parameters;
mod path;
mod place;
mod problem;
mod resolved;
mod schema;
mod segment;
mod show;
mod source;
mod starter;
mod syntax;
mod text;
mod voice;

pub use behaviour::{
    Attitudes, Behaviour, Belief, Choice, Claiming, Delay, Expiry, Holding, Leaving, MoneyAbroad,
    Onward, Rents, Repression, Return, ReturnReference, Settled, StatusCost, Ties,
};
pub use border::Border;
pub use calendar::{Calendar, MOST_DAYS, Step};
pub use checking::{CheckReport, check};
pub use claims::ClaimCounts;
pub use country::{
    Appeal, ApplyFrom, Asylum, BarredOnly, Channel, Condition, Country, ExitGate, Ground, Market,
    Quota, Renewal, RenewalKind, Status, Stay,
};
pub use difference::Difference;
pub use distribution::Distribution;
pub use document::Document;
pub use event::{
    AppliesTo, CallUp, Change, Concerned, Departures, Event, Field, Motive, NewValue, Target,
    Trigger,
};
pub use meaning::Basis;
pub use parameters::Parameter;
pub use place::Place;
pub use problem::{Problem, Problems, Severity};
pub use schema::schema;
pub use segment::{Sector, Segment};
pub use source::Source;
pub use starter::starter;
pub use voice::{NarrativeAtHome, Security, Voice};

// What the modules above this one need to report problems of their own files in the same way.
#[cfg(feature = "cli")]
pub(crate) use {
    load::read_text,
    node::{Entry, Node, Table, Value, read as read_tree},
    path::{is_label, nearest, one_of},
    place::{Origin, SourceText},
    text::hidden,
};

use std::sync::Arc;

/// A checked scenario: everything that the files say, in base units, with nothing left ambiguous.
///
/// Countries are sorted by code, channels by (country, name), segments, documents, borders and exit
/// gates by name, events by (date, name): the order in the files never matters. All indices refer
/// to these sorted lists.
#[derive(Debug, Clone, PartialEq)]
pub struct Scenario {
    /// `name` as the file gives it, or the stem of the file.
    pub name: String,
    /// Title, one line for display.
    pub title: String,
    /// The single currency of all amounts, e.g. `EUR`.
    pub currency: String,
    /// First and last day, and the steps between.
    pub calendar: Calendar,
    /// The documents that a person can hold, at most 32; bit *n* of a document set is entry *n*.
    pub documents: Vec<Document>,
    /// The population by segment.
    pub segments: Vec<Segment>,
    /// Every country: origins and destinations.
    pub countries: Vec<Country>,
    /// Every channel of every country.
    pub channels: Vec<Channel>,
    /// Bars on leaving.
    pub exit_gates: Vec<ExitGate>,
    /// Borders that routes cross.
    pub borders: Vec<Border>,
    /// Dated changes, pulses and call-ups.
    pub events: Vec<Event>,
    /// Parameters of behaviour.
    pub behaviour: Behaviour,
    /// How rules are lifted in the open worlds, where one sees whether a person would aspire.
    pub lifted: Lifted,
    /// The scenario whose first day fixes the constants (`reference`), with this scenario's
    /// behaviour; `None` = this scenario itself.
    pub reference: Option<Arc<Scenario>>,
    /// Constants read from a resolved scenario; `None` = they are computed anew.
    pub constants: Option<Constants>,
}

/// What *lifting* a rule means when the open worlds are built.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lifted {
    /// Each field takes its value on the first day or its value now, whichever is more open.
    AsBefore,
    /// Each field is fully open: channels open, no exit bars, grant 100 %, no conditions, no
    /// permission, no fee.
    AllOpen,
}

/// The constants of normalisation, which follow from the reference scenario's first day.
#[derive(Debug, Clone, PartialEq)]
pub struct Constants {
    /// `I_ref`, one per segment, in the order of `segments`; minus infinity if nobody of the
    /// segment can go anywhere.
    pub inclusive_value: Vec<f64>,
    /// `s_0`: mean pull of other countries over staying, for a newcomer on the first day.
    pub onward_pull: f64,
    /// Mean value of being in the host country, for a newcomer on the first day: the zero of
    /// `v_home`.
    pub host_value: f64,
    /// Persons per agent where they were computed; means over other agents differ. `None` = the
    /// file does not say.
    pub scale: Option<u64>,
}

impl Constants {
    /// Whether both hold the same numbers, regardless of where they were computed.
    pub fn are_worth(&self, other: &Self) -> bool {
        let scale = self.scale;
        Self {
            scale,
            ..other.clone()
        } == *self
    }
}
