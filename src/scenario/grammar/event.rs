//! Keys of dated events.

use super::{Bounds, Key, Kind, Preset, SPAN, SPAN_ABOVE_ZERO};
use crate::units::Dimension;

pub(super) const KEYS: &[Key] = &[
    Key::optional(
        "event",
        Kind::Table,
        "Dated changes of rules and facts, and pulses of departures.",
    ),
    Key::optional(
        "event.EVENT.date",
        Kind::Date,
        "The day; the event acts from the first step that begins on or after it. Required without `when`.",
    ),
    Key::optional(
        "event.EVENT.when",
        Kind::Table,
        "Instead of a date: the event acts from the first step after a country's public has wanted restriction for long enough, if behaviour.attitudes.reactions is on.",
    ),
    Key::required(
        "event.EVENT.when.country",
        Kind::Word(&[]),
        "The country whose public it is.",
    ),
    Key::required(
        "event.EVENT.when.wanting_restriction",
        Kind::Number(Dimension::Share, Bounds::above(0.0, 1.0)),
        "Least share of the public that wants restriction.",
    ),
    Key::required(
        "event.EVENT.when.for",
        SPAN,
        "For how long, at the end of every step without a break; \"0 days\" means once.",
    ),
    Key::optional("event.EVENT.title", Kind::Text, "Title, in one line."),
    Key::optional("event.EVENT.source", Kind::Text, "Where it was read."),
    Key::optional(
        "event.EVENT.known",
        Kind::Word(&["at once"]),
        "Everybody knows as soon as it is announced; by default, beliefs about rules lag.",
    ),
    Key::optional(
        "event.EVENT.announced",
        Kind::Date,
        "The day on which its changes of rules are announced; by default, the day it acts.",
    ),
    Key::optional(
        "event.EVENT.applies_to",
        Kind::Word(&["new", "all"]),
        "Whom changes of open, stay or status concern: newcomers, or also those in the country by the channel; \"new\" by default.",
    ),
    Key::optional(
        "event.EVENT.set.PATH",
        Kind::Change,
        "The new value from then on; the key is the path of the value, in quotes.",
    ),
    Key::required(
        "event.EVENT.ramp.PATH.to",
        Kind::RampEnd,
        "The number that is reached, in a straight line.",
    ),
    Key::required(
        "event.EVENT.ramp.PATH.over",
        SPAN_ABOVE_ZERO,
        "The time it takes.",
    ),
    Key::optional(
        "event.EVENT.departures",
        Kind::Table,
        "Departures that the event adds.",
    ),
    Key::required(
        "event.EVENT.departures.excess",
        Kind::Number(Dimension::Share, Bounds::from_to(0.0, 10.0)),
        "Departures per person concerned over all time, in the reference regime.",
    ),
    Key::required(
        "event.EVENT.departures.half_life",
        SPAN_ABOVE_ZERO,
        "Time in which the pulse halves.",
    ),
    Key::required(
        "event.EVENT.departures.concerned",
        Kind::Concerned,
        "A segment, a list of segments, or { in_proportion_to = \"dissent\", origin = \"RU\" }.",
    ),
    Key::required(
        "event.EVENT.departures.motive",
        Kind::Word(&[
            "mobilisation",
            "conscience",
            "persecution",
            "hardship",
            "ordinary",
        ]),
        "The motive of these departures.",
    ),
    Key::optional(
        "event.EVENT.call_up",
        Kind::Table,
        "Persons called up from the draft-eligible at home.",
    ),
    Key::optional(
        "event.EVENT.call_up.origin",
        Kind::Word(&[]),
        "The country that calls them up; by default, the only origin.",
    ),
    Key::required(
        "event.EVENT.call_up.persons",
        Kind::Count,
        "How many, in all.",
    ),
    Key::otherwise(
        "event.EVENT.call_up.over",
        SPAN,
        Preset::Number(0.0),
        "The time over which they are called up, evenly; by default, all at once.",
    ),
    Key::otherwise(
        "event.EVENT.call_up.service",
        Kind::NumberOr(
            Dimension::Duration,
            Bounds::above(0.0, 365_250.0),
            "without end",
        ),
        Preset::Unlimited,
        "How long each of them serves, or \"without end\".",
    ),
];
