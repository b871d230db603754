//! Keys of segments, the parts of the population.

use super::{Bounds, Key, Kind, MOST_MONEY, Preset, SHARE, UNIT};
use crate::units::Dimension;

const NONE: Preset = Preset::Number(0.0);

pub(super) const KEYS: &[Key] = &[
    Key::required("segment", Kind::Table, "The population, in segments."),
    Key::required(
        "segment.SEGMENT.origin",
        Kind::Word(&[]),
        "The country they live in at the beginning.",
    ),
    Key::required(
        "segment.SEGMENT.size",
        Kind::Count,
        "Persons, at most 4,294,967,294.",
    ),
    Key::optional("segment.SEGMENT.title", Kind::Text, "Display name."),
    Key::required(
        "segment.SEGMENT.age",
        Kind::Distribution(Dimension::Age, Bounds::from_to(0.0, 120.0)),
        "Age on the first day.",
    ),
    Key::required("segment.SEGMENT.male", SHARE, "Share of men."),
    Key::required(
        "segment.SEGMENT.higher_education",
        SHARE,
        "Share with higher education.",
    ),
    Key::required(
        "segment.SEGMENT.dissent",
        Kind::Distribution(Dimension::Share, UNIT),
        "Disagreement with their government, from 0 to 1.",
    ),
    Key::otherwise(
        "segment.SEGMENT.active",
        SHARE,
        NONE,
        "Share active in opposition.",
    ),
    Key::otherwise(
        "segment.SEGMENT.minority",
        SHARE,
        NONE,
        "Share of a persecuted minority.",
    ),
    Key::otherwise(
        "segment.SEGMENT.evidence",
        SHARE,
        NONE,
        "Share of the active who hold evidence of persecution; these are at risk.",
    ),
    Key::optional(
        "segment.SEGMENT.planner",
        SHARE,
        "Share with a firm intention to leave; by default, behaviour.leaving.planner.",
    ),
    Key::optional(
        "segment.SEGMENT.propensity",
        Kind::Distribution(Dimension::Number, Bounds::from_to(0.0, 1000.0)),
        "Multiplier of every hazard of leaving, scaled to mean 1; in place of the spread of attachment.",
    ),
    Key::required(
        "segment.SEGMENT.income",
        Kind::Distribution(Dimension::MoneyFlow, Bounds::above(0.0, MOST_MONEY)),
        "Income on the first day, above zero.",
    ),
    Key::required(
        "segment.SEGMENT.savings",
        Kind::Distribution(Dimension::Money, Bounds::from_to(0.0, MOST_MONEY)),
        "Savings.",
    ),
    Key::otherwise(
        "segment.SEGMENT.remote",
        SHARE,
        NONE,
        "Share whose income is earned remotely and goes with them.",
    ),
    Key::required(
        "segment.SEGMENT.renters",
        SHARE,
        "Share who would rent abroad.",
    ),
    Key::optional(
        "segment.SEGMENT.speaks.PLACE",
        SHARE,
        "Share who speak the language of the country well, by country or group; 0 by default.",
    ),
    Key::optional(
        "segment.SEGMENT.kin.PLACE",
        SHARE,
        "Share with close kin there, by country or group; 0 by default.",
    ),
    Key::optional(
        "segment.SEGMENT.ancestry.PLACE",
        SHARE,
        "Share with ancestry that opens the country's law of return, by country or group; 0 by default.",
    ),
    Key::optional(
        "segment.SEGMENT.employer.PLACE",
        SHARE,
        "Share with an employer who would move them there, by country or group; 0 by default.",
    ),
    Key::otherwise(
        "segment.SEGMENT.draft_notice",
        SHARE,
        NONE,
        "Share who hold a call-up paper.",
    ),
    Key::otherwise(
        "segment.SEGMENT.draft_eligible",
        Kind::Flag,
        Preset::Flag(false),
        "Whether they can be called up.",
    ),
    Key::otherwise(
        "segment.SEGMENT.sector",
        Kind::Word(&["military-industry", "it", "other"]),
        Preset::Word("other"),
        "Where they work.",
    ),
    Key::optional(
        "segment.SEGMENT.holds.HELD",
        SHARE,
        "Share who hold the document; 0 by default.",
    ),
    Key::elsewhere(
        "segment.SEGMENT.ties",
        "write `near` and `far` in [behaviour.ties], the same for everybody",
    ),
    Key::not_built(
        "segment.SEGMENT.attitude",
        "leave it out and use `dissent`, which does not change in a run",
    ),
];
