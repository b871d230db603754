//! Keys of voice and of the narrative at home. All are required, like those of behaviour.

use super::{Bounds, Key, Kind, SHARE, SPAN_ABOVE_ZERO, UNIT, WEIGHT};
use crate::units::Dimension;

pub(super) const KEYS: &[Key] = &[
    Key::required(
        "behaviour.voice",
        Kind::Table,
        "Voice at home, and opposition activity at home and abroad: an outcome, which moves nobody.",
    ),
    Key::required(
        "behaviour.voice.on",
        Kind::Flag,
        "Whether voice and activity are computed.",
    ),
    Key::required(
        "behaviour.voice.baseline",
        WEIGHT,
        "Log-odds of voicing opposition at home where nothing moves them.",
    ),
    Key::required(
        "behaviour.voice.grievance",
        WEIGHT,
        "Weight of grievance: dissent and hardship.",
    ),
    Key::required(
        "behaviour.voice.others",
        WEIGHT,
        "Weight of the share of citizens at home who voiced opposition in the previous step.",
    ),
    Key::required(
        "behaviour.voice.fear",
        WEIGHT,
        "Weight of exposure to persecution, which counts against voice.",
    ),
    Key::required(
        "behaviour.voice.exit",
        WEIGHT,
        "Weight of the value of exit, which counts against voice: above 0 exit is a valve.",
    ),
    Key::required(
        "behaviour.voice.critical_mass",
        Kind::NumberOr(Dimension::Share, UNIT, "none"),
        "Share of the citizens at home above which voice has a critical mass.",
    ),
    Key::required(
        "behaviour.voice.publishing_home",
        SHARE,
        "How much an activist at home publishes, relative to one who is safe abroad.",
    ),
    Key::required(
        "behaviour.voice.half_life",
        SPAN_ABOVE_ZERO,
        "Time after leaving in which the activity of an activist abroad halves.",
    ),
    Key::required(
        "behaviour.voice.security",
        Kind::Table,
        "Initial activity of an activist abroad, by status.",
    ),
    Key::required(
        "behaviour.voice.security.protected",
        SHARE,
        "Activity of a protected person.",
    ),
    Key::required(
        "behaviour.voice.security.legal",
        SHARE,
        "Activity of a person who stays legally.",
    ),
    Key::required(
        "behaviour.voice.security.temporary",
        SHARE,
        "Activity of a person who stays temporarily.",
    ),
    Key::required(
        "behaviour.voice.security.pending",
        SHARE,
        "Activity of a person who awaits a decision on a claim.",
    ),
    Key::required(
        "behaviour.voice.security.irregular",
        SHARE,
        "Activity of a person who stays without permission.",
    ),
    Key::required(
        "behaviour.narrative",
        Kind::Table,
        "The story told at home of how those who leave are received, and what it does to leaving.",
    ),
    Key::required(
        "behaviour.narrative.on",
        Kind::Flag,
        "Whether the story shifts hazards of leaving.",
    ),
    Key::required(
        "behaviour.narrative.refusals",
        WEIGHT,
        "Weight of refusals per thousand citizens; above 0 they bind people to home.",
    ),
    Key::required(
        "behaviour.narrative.hostility",
        WEIGHT,
        "Weight of the hostility of hosts; above 0 it binds people to home.",
    ),
    Key::required(
        "behaviour.narrative.contacts",
        WEIGHT,
        "Weight of arrivals admitted per thousand citizens; above 0 they draw people away.",
    ),
    Key::required(
        "behaviour.narrative.memory",
        SPAN_ABOVE_ZERO,
        "Time constant with which refusals and arrivals are forgotten.",
    ),
    Key::required(
        "behaviour.narrative.limit",
        Kind::Number(Dimension::Number, Bounds::above(0.0, 10.0)),
        "Largest shift of the logarithm of the hazard of leaving, either way.",
    ),
];
