//! Keys of the whole scenario: names, files, time, groups, documents.

use super::{Key, Kind, Preset};

pub(super) const KEYS: &[Key] = &[
    Key::optional(
        "name",
        Kind::Label,
        "The name in results; by default, the stem of the file. An overlay does not inherit it.",
    ),
    Key::optional(
        "title",
        Kind::Text,
        "Title, in one line. An overlay does not inherit it.",
    ),
    Key::required(
        "currency",
        Kind::Currency,
        "The one currency of the scenario, such as EUR: every amount of money is in it.",
    ),
    Key::optional(
        "extends",
        Kind::Files,
        "Files that this one builds on, relative to it: tables are merged, values and lists replaced; later files win, and the keys of this file win over all.",
    ),
    Key::optional(
        "reference",
        Kind::Reference,
        "The scenario whose first day fixes the constants of behaviour, relative to the file that names it; overlays inherit it. Without it, the scenario is its own reference.",
    ),
    Key::optional(
        "drop",
        Kind::Paths,
        "Paths of things to remove after merging, such as \"event.tourist-ban\".",
    ),
    Key::required(
        "time",
        Kind::Table,
        "The period and its steps. They belong to the case: variants that are compared share them.",
    ),
    Key::required("time.start", Kind::Date, "First day."),
    Key::required("time.end", Kind::Date, "Last day, included."),
    Key::required(
        "time.step",
        Kind::Step,
        "Length of a step, in days, weeks or months of the calendar.",
    ),
    Key::optional(
        "time.fine",
        Kind::Windows,
        "Windows of finer steps; each covers whole steps of the coarse grid.",
    ),
    Key::optional(
        "group",
        Kind::Table,
        "Groups of countries; a path may name a group in place of a country.",
    ),
    Key::required(
        "group.GROUP.members",
        Kind::Members,
        "The countries of the group.",
    ),
    Key::optional(
        "document",
        Kind::Table,
        "Documents that a person can hold, at most 32.",
    ),
    Key::optional(
        "document.DOCUMENT",
        Kind::Table,
        "A document that a person can hold.",
    ),
    Key::optional(
        "document.DOCUMENT.title",
        Kind::Text,
        "Display name.",
    ),
    Key::optional(
        "document.DOCUMENT.valid",
        super::SPAN_ABOVE_ZERO,
        "How long it is valid; by default, for good.",
    ),
    Key::otherwise(
        "document.DOCUMENT.issued",
        Kind::Flag,
        Preset::Flag(true),
        "Whether it is issued: while it is, its holders renew it; when it no longer is, theirs expire.",
    )
    .changed_as(super::Field::Issued),
    Key::otherwise(
        "model.lifted",
        Kind::Word(&["as_before", "all_open"]),
        Preset::Word("as_before"),
        "What counts as lifted in the imagined world without rules: each rule at the more open of its first-day and present state, or all open.",
    ),
    Key::optional(
        "constants",
        Kind::Table,
        "Constants of normalisation, in resolved scenarios only: they make the reference unnecessary.",
    ),
    Key::optional(
        "constants.scale",
        Kind::Count,
        "Persons that an agent stood for when they were computed.",
    ),
    Key::optional(
        "constants.inclusive_value",
        Kind::Table,
        "The reference value of the choice set of each segment.",
    ),
    Key::optional(
        "constants.inclusive_value.CONCERNED",
        super::WEIGHT,
        "The segment's; left out where nobody in it can go anywhere.",
    ),
    Key::required(
        "constants.onward_pull",
        super::WEIGHT,
        "Mean pull of the outside over staying, for a newcomer on the first day.",
    ),
    Key::required(
        "constants.host_value",
        super::WEIGHT,
        "Mean value of the host country to a newcomer on the first day.",
    ),
];
