//! Keys of borders, which routes are made of.

use super::super::Field;
use super::{Bounds, Key, Kind, MOST_PERSONS, Preset, SHARE};
use crate::units::Dimension;

const NONE: Preset = Preset::Number(0.0);

pub(super) const KEYS: &[Key] = &[
    Key::optional(
        "border",
        Kind::Table,
        "Borders, each from one country to another, which the routes of channels cross.",
    ),
    Key::optional("border.BORDER.title", Kind::Text, "Display name."),
    Key::required(
        "border.BORDER.from",
        Kind::Word(&[]),
        "The country that it leads from.",
    ),
    Key::required(
        "border.BORDER.to",
        Kind::Word(&[]),
        "The country that it leads to.",
    ),
    Key::otherwise(
        "border.BORDER.open",
        Kind::Flag,
        Preset::Flag(true),
        "Whether anybody can cross it.",
    )
    .changed_as(Field::BorderOpen),
    Key::otherwise(
        "border.BORDER.capacity",
        Kind::NumberOr(
            Dimension::PersonFlow,
            Bounds::above(0.0, MOST_PERSONS),
            "unlimited",
        ),
        Preset::Unlimited,
        "How many can cross in a given time; the rest wait.",
    )
    .changed_as(Field::BorderCapacity),
    Key::otherwise(
        "border.BORDER.push_back",
        SHARE,
        NONE,
        "Chance of being pushed back.",
    )
    .changed_as(Field::BorderPushBack),
    Key::otherwise(
        "border.BORDER.hand_over",
        SHARE,
        NONE,
        "Chance of being handed over to the country of origin.",
    )
    .changed_as(Field::BorderHandOver),
];
