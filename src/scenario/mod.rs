//! What the scenario files say, checked: one immutable [`Scenario`].

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

// What the floors above need to write problems of their own files in the same way.
#[cfg(feature = "cli")]
pub(crate) use {
    load::read_text,
    node::{Entry, Node, Table, Value, read as read_tree},
    path::{is_label, nearest, one_of},
    place::{Origin, SourceText},
    text::hidden,
};

use std::sync::Arc;

/// A checked scenario: everything that the files say, in base units, nothing left to doubt.
///
/// Countries are sorted by code, channels by (country, name), segments, documents, borders and
/// exit gates by name, events by (date, name): the order in the files never matters. Indices below refer
/// to these sorted lists.
#[derive(Debug, Clone, PartialEq)]
pub struct Scenario {
    /// `name`, or the stem of the file.
    pub name: String,
    /// One line for people.
    pub title: String,
    /// The one currency in which the scenario counts, e.g. `EUR`.
    pub currency: String,
    /// First and last day, and the steps between.
    pub calendar: Calendar,
    /// The documents that a person can hold; bit *n* of a document set is entry *n*. At most 32.
    pub documents: Vec<Document>,
    /// The population by segment.
    pub segments: Vec<Segment>,
    /// Every country: origins and destinations.
    pub countries: Vec<Country>,
    /// Every channel of every country.
    pub channels: Vec<Channel>,
    /// Bars on leaving.
    pub exit_gates: Vec<ExitGate>,
    /// Borders that routes pass.
    pub borders: Vec<Border>,
    /// Dated changes and pulses.
    pub events: Vec<Event>,
    /// Parameters of behaviour.
    pub behaviour: Behaviour,
    /// The world in which a person would aspire: what counts as lifted.
    pub lifted: Lifted,
    /// The scenario whose first day fixes the constants (`reference`), with this scenario's
    /// behaviour; `None` = this scenario itself.
    pub reference: Option<Arc<Scenario>>,
    /// Constants read from a resolved scenario instead of being computed anew.
    pub constants: Option<Constants>,
}

/// What *lifting* a rule means when the open worlds are built.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lifted {
    /// Each field at the opener of its value on the first day and its value now.
    AsBefore,
    /// Each field fully open: channels open, no exit bars, grant 100 %, no conditions, no
    /// permission, no fee.
    AllOpen,
}

/// The constants of normalisation that follow from the reference scenario's first day.
#[derive(Debug, Clone, PartialEq)]
pub struct Constants {
    /// `I_ref`, one a segment, in the order of `segments`; minus infinity where nobody of the
    /// segment can go anywhere.
    pub inclusive_value: Vec<f64>,
    /// `s_0`: mean pull of the outside over staying, of a newcomer on the first day.
    pub onward_pull: f64,
    /// Mean value of being in the host country, of a newcomer on the first day: the zero of
    /// `v_home`.
    pub host_value: f64,
    /// Persons that an agent stood for where they were computed: means over other agents are other means. `None` = a file
    /// does not say.
    pub scale: Option<u64>,
}

impl Constants {
    /// Whether they are the same numbers, wherever they were computed.
    pub fn are_worth(&self, other: &Self) -> bool {
        let scale = self.scale;
        Self {
            scale,
            ..other.clone()
        } == *self
    }
}
