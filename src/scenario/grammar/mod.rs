//! The grammar of scenario files as one table of keys.
//!
//! Checking, `schema`, `show`, the suggestion of valid names and the paths that events may change
//! all follow from it.

mod behaviour;
mod border;
mod channel;
mod country;
mod event;
mod segment;
mod top;
mod tree;
mod voice;

pub(crate) use tree::{Branch, Child, GRAMMAR, Slot};

use super::Field;
use crate::units::Dimension;

/// One key of the language.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Key {
    /// Its path: words, and placeholders in capitals (see [`Slot`]).
    pub path: &'static str,
    /// What it holds.
    pub kind: Kind,
    /// Whether it may be left out, and what applies then.
    pub presence: Presence,
    /// The field that an event changes through this path; `None` if events cannot change it.
    pub field: Option<Field>,
    /// Its meaning, for display.
    pub doc: &'static str,
}

/// What a key holds.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Kind {
    /// A table, described only for its documentation and presence.
    Table,
    /// A text for display.
    Text,
    /// The name of the scenario.
    Label,
    /// true or false.
    Flag,
    /// A day.
    Date,
    /// One of the given words.
    Word(&'static [&'static str]),
    /// A list of the given words.
    Words(&'static [&'static str]),
    /// A number or quantity; it may be a claim.
    Number(Dimension, Bounds),
    /// A whole number of persons; it may be a claim.
    Count,
    /// A number or quantity, or a word for no limit; it may be a claim.
    NumberOr(Dimension, Bounds, &'static str),
    /// A distribution over persons, with support within the bounds.
    Distribution(Dimension, Bounds),
    /// A list of countries or groups.
    Countries,
    /// A list of countries.
    Members,
    /// A list of documents.
    Documents,
    /// A list of segments.
    Segments,
    /// A list of segments that may be empty.
    SegmentsOrNone,
    /// A list of routes, each a list of borders.
    Routes,
    /// A pair of degrees, latitude and longitude.
    Position,
    /// A length of steps: "1 week", "10 days", "1 month".
    Step,
    /// Windows of finer steps.
    Windows,
    /// Whom a pulse of departures concerns.
    Concerned,
    /// A new value for the path that is the key's name.
    Change,
    /// The end of a ramp for the path that is the table's name.
    RampEnd,
    /// The three-letter code of a currency.
    Currency,
    /// Files that this one extends.
    Files,
    /// A file, or in a resolved scenario the whole reference as a table.
    Reference,
    /// Paths of things to remove.
    Paths,
    /// A key of the language whose mechanism is not built yet, with what to write for now.
    NotBuilt(&'static str),
    /// A key that does not exist because what it would say is written elsewhere, with where.
    Elsewhere(&'static str),
}

impl Kind {
    /// Returns the dimension of a number, if it is one.
    pub const fn dimension(self) -> Option<Dimension> {
        match self {
            Self::Number(dimension, _)
            | Self::NumberOr(dimension, ..)
            | Self::Distribution(dimension, _) => Some(dimension),
            Self::Count => Some(Dimension::Persons),
            _ => None,
        }
    }

    /// Whether a key of this kind is in the language only to be refused with a message.
    pub const fn is_refused(self) -> bool {
        matches!(self, Self::NotBuilt(_) | Self::Elsewhere(_))
    }
}

/// Whether a key may be left out.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Presence {
    /// It must be there.
    Required,
    /// Without it there is no value.
    Optional,
    /// Without it the preset applies.
    Otherwise(Preset),
}

/// What applies if a key is left out.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Preset {
    /// A number in the base unit.
    Number(f64),
    /// A flag.
    Flag(bool),
    /// A word.
    Word(&'static str),
    /// A list of words.
    Words(&'static [&'static str]),
    /// No limit, as the word of the key says.
    Unlimited,
}

/// The range in which a number makes sense.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Bounds {
    /// The least value.
    pub low: f64,
    /// Whether the least value itself is allowed.
    pub low_included: bool,
    /// The largest value, which is allowed.
    pub high: f64,
}

impl Bounds {
    /// Returns the bounds from a least to a largest value, both allowed.
    pub const fn from_to(low: f64, high: f64) -> Self {
        Self {
            low,
            low_included: true,
            high,
        }
    }

    /// Returns the bounds above a value, which is not itself allowed, up to a largest value, which
    /// is.
    pub const fn above(low: f64, high: f64) -> Self {
        Self {
            low,
            low_included: false,
            high,
        }
    }

    pub fn contains(&self, value: f64) -> bool {
        let above = if self.low_included {
            value >= self.low
        } else {
            value > self.low
        };
        above && value <= self.high
    }
}

/// A share of a whole.
pub(crate) const SHARE: Kind = Kind::Number(Dimension::Share, UNIT);
/// From 0 to 1.
pub(crate) const UNIT: Bounds = Bounds::from_to(0.0, 1.0);
/// A coefficient of either sign.
pub(crate) const WEIGHT: Kind = Kind::Number(Dimension::Number, Bounds::from_to(-1000.0, 1000.0));
/// A coefficient that is not negative.
pub(crate) const STRENGTH: Kind = Kind::Number(Dimension::Number, Bounds::from_to(0.0, 1000.0));
/// A hazard; at 100 per year, the mean wait is less than four days.
pub(crate) const HAZARD: Kind = Kind::Number(Dimension::Rate, Bounds::from_to(0.0, 100.0));
/// A span of time, up to a thousand years.
pub(crate) const SPAN: Kind = Kind::Number(Dimension::Duration, Bounds::from_to(0.0, 365_250.0));
/// A span of time above zero, up to a thousand years.
pub(crate) const SPAN_ABOVE_ZERO: Kind =
    Kind::Number(Dimension::Duration, Bounds::above(0.0, 365_250.0));
/// An amount of money that is not negative.
pub(crate) const AMOUNT: Kind = Kind::Number(Dimension::Money, Bounds::from_to(0.0, MOST_MONEY));
/// The largest amount that a person can be asked for or own, in any currency.
pub(crate) const MOST_MONEY: f64 = 1e15;
/// The largest number of persons anywhere.
pub(crate) const MOST_PERSONS: f64 = 20e9;

/// Keys are identified by their paths.
impl PartialEq for Key {
    fn eq(&self, other: &Self) -> bool {
        self.path == other.path
    }
}

impl Key {
    pub(crate) const fn required(path: &'static str, kind: Kind, doc: &'static str) -> Self {
        Self {
            path,
            kind,
            presence: Presence::Required,
            field: None,
            doc,
        }
    }

    pub(crate) const fn optional(path: &'static str, kind: Kind, doc: &'static str) -> Self {
        Self {
            presence: Presence::Optional,
            ..Self::required(path, kind, doc)
        }
    }

    pub(crate) const fn otherwise(
        path: &'static str,
        kind: Kind,
        preset: Preset,
        doc: &'static str,
    ) -> Self {
        Self {
            presence: Presence::Otherwise(preset),
            ..Self::required(path, kind, doc)
        }
    }

    pub(crate) const fn not_built(path: &'static str, cure: &'static str) -> Self {
        Self::optional(path, Kind::NotBuilt(cure), "not built yet")
    }

    pub(crate) const fn elsewhere(path: &'static str, cure: &'static str) -> Self {
        Self::optional(path, Kind::Elsewhere(cure), "written elsewhere")
    }

    pub(crate) const fn changed_as(self, field: Field) -> Self {
        Self {
            field: Some(field),
            ..self
        }
    }
}
