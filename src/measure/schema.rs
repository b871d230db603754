//! The tables of a results folder, column by column.
//!
//! Columns are fixed: a cell is empty if its mechanism is off, absent or not built, so that files
//! stay comparable.

use super::table::{Column, Keys, Kind, Table};

/// Every table, in the order in which they are listed.
pub const TABLES: &[&Table] = &[&COUNTRIES, &STAYS, &HOMES, &FLOWS, &QUEUES, &OUTCOMES];

/// Countries by step.
pub static COUNTRIES: Table = Table {
    name: "countries",
    doc: "A country in a step: who is there, who came and went, its rents and its mood.",
    keys: Keys::Step,
    own: &[
        Column::key("country", Kind::Text, "ISO 3166 alpha-2 code."),
        Column::persons(
            "newcomers",
            "Modelled persons of any origin in the country at the end of the step.",
        ),
        Column::persons(
            "in_transit",
            "Persons on the way from home to another country who wait at a border of this one; not among its newcomers; empty without borders.",
        ),
        Column::persons(
            "applying",
            "Persons at home or in another country who wait for its decision; empty where no channel has a quota or a decision time.",
        ),
        Column::persons(
            "arrivals",
            "Arrivals, from origins and from other countries.",
        ),
        Column::persons(
            "entries_counted",
            "Entries as a border counts them: arrivals, visa runs, persons passing through and ordinary trips.",
        ),
        Column::persons("departures_onward", "Moves on to another country."),
        Column::persons(
            "departures_return",
            "Returns to the origin, removals among them.",
        ),
        Column::persons(
            "refused",
            "Refusals of persons who sought to come: of applications and at the border.",
        ),
        Column::persons(
            "turned_back",
            "Persons who found their way in closed when they set out, or were pushed back at a border.",
        ),
        Column::persons(
            "handed_over",
            "Persons on the way to it who were handed over to their origin at a border; empty without borders.",
        ),
        Column::number("rent_index", None, "Rent over rent on the first day."),
        Column::number(
            "rent_burden",
            None,
            "Rent of a home over the mean net wage.",
        ),
        Column::number(
            "hostility",
            None,
            "Change since the first day in the share of the public who want restriction; empty where attitudes are off or nobody can come.",
        ),
        Column::number(
            "share_wanting_visas",
            None,
            "Share of the public who want restriction, from 0 to 1; empty where attitudes are off or nobody can come.",
        ),
    ],
};

/// Persons abroad by origin, country and status.
pub static STAYS: Table = Table {
    name: "stays",
    doc: "Persons of an origin who are in a country with a status at the end of the step; no row where there is nobody.",
    keys: Keys::Step,
    own: &[
        Column::key("origin", Kind::Text, "ISO 3166 alpha-2 code of the origin."),
        Column::key(
            "country",
            Kind::Text,
            "ISO 3166 alpha-2 code of the host country.",
        ),
        Column::key(
            "status",
            Kind::Text,
            "protected, legal, temporary, pending or irregular, in this order.",
        ),
        Column::persons("persons", "Persons.").never_empty(),
    ],
};

/// Segments at home.
pub static HOMES: Table = Table {
    name: "homes",
    doc: "A segment in a step: where its persons are, who is held by what, who left and who returned.",
    keys: Keys::Step,
    own: &[
        Column::key("origin", Kind::Text, "ISO 3166 alpha-2 code of the origin."),
        Column::key("segment", Kind::Text, "Name of the segment."),
        Column::persons(
            "persons",
            "All persons of the segment: at_home + applying + detained + mobilised + abroad.",
        )
        .never_empty(),
        Column::persons(
            "at_home",
            "At home at the end of the step: content, held and departing (including those who wait at the first border).",
        ),
        Column::persons(
            "barred",
            "Of them, held by a policy gate; empty where holding is off.",
        ),
        Column::persons(
            "deterred",
            "Of them, held by a policy cost; empty where holding is off.",
        ),
        Column::persons(
            "held_by_means",
            "Of them, held by a missing document or too little money; empty where holding is off.",
        ),
        Column::persons(
            "applying",
            "At home and waiting for a decision; empty where no channel has a quota or a decision time.",
        ),
        Column::persons("detained", "Detained; empty where repression is off."),
        Column::persons(
            "mobilised",
            "Called up and serving; empty where nobody is ever called up.",
        ),
        Column::persons(
            "abroad",
            "Abroad at the end of the step, in transit included.",
        ),
        Column::persons(
            "left",
            "Departures from the origin: the sum of the left_by columns.",
        ),
        Column::persons("returned", "Returns of every kind."),
        Column::persons(
            "returned_involuntarily",
            "Of them, without the option of staying legally.",
        ),
        Column::persons(
            "left_by_ordinary",
            "Departures for work, study, family or a wish.",
        ),
        Column::persons(
            "left_by_persecution",
            "Departures from persecution or the fear of it.",
        ),
        Column::persons("left_by_mobilisation", "Departures from a call-up."),
        Column::persons(
            "left_by_hardship",
            "Departures from unemployment or lost income.",
        ),
        Column::persons(
            "left_by_conscience",
            "Departures for reasons of conscience.",
        ),
        Column::persons(
            "detentions",
            "Detentions at home; empty where repression is off.",
        ),
        Column::persons(
            "voicing",
            "Persons at home, neither detained nor mobilised, who voice opposition at the end of the step: an expectation, rounded; empty where voice is off and in the opening row.",
        ),
    ],
};

/// Flows of persons.
pub static FLOWS: Table = Table {
    name: "flows",
    doc: "Persons of a segment to whom one thing happened in the step, by place and channel; no row where it happened to nobody.",
    keys: Keys::Step,
    own: &[
        Column::key("origin", Kind::Text, "ISO 3166 alpha-2 code of the origin."),
        Column::key("segment", Kind::Text, "Name of the segment."),
        Column::key(
            "from",
            Kind::Text,
            "ISO 3166 alpha-2 code of the country where the persons are.",
        ),
        Column::key(
            "to",
            Kind::Text,
            "ISO 3166 alpha-2 code of the country where they go or would go; the same as from for renewed, expired, visa_run, claimed, recognised and rejected.",
        ),
        Column::key(
            "channel",
            Kind::Text,
            "The channel sought; for renewed, expired, visa_run, returned, expelled and rendered the channel of the stay. Filled in every row, though the Parquet schema lets it be empty.",
        )
        .or_empty(),
        Column::key(
            "event",
            Kind::Text,
            "applied, granted, refused, turned_back, left, arrived, renewed, expired, moved_on, returned, visa_run, transited, handed_over, claimed, recognised, rejected, expelled, rendered or wrongly_refused, in this order; the wrongly_refused are among the refused.",
        ),
        Column::persons("persons", "Persons.").never_empty(),
    ],
};

/// Queues of applicants.
pub static QUEUES: Table = Table {
    name: "queues",
    doc: "A channel with a quota or a decision time, or by which asylum is claimed, in a step: who waits and what was decided.",
    keys: Keys::Step,
    own: &[
        Column::key("country", Kind::Text, "ISO 3166 alpha-2 code."),
        Column::key("channel", Kind::Text, "Name of the channel."),
        Column::persons(
            "waiting",
            "Applicants who have no place yet at the end of the step; for claims to asylum, claimants waiting for a decision.",
        )
        .never_empty(),
        Column::persons(
            "decided",
            "Applicants decided on in the step, granted or refused; for claims to asylum, finally recognised or rejected.",
        )
        .never_empty(),
        Column::persons(
            "quota",
            "Places available in the step, including those left from earlier days of the month; empty while there is no quota.",
        ),
        Column::persons("used", "Applicants who took a place of the quota in the step; 0 where there is no quota.").never_empty(),
        Column::number(
            "median_wait_days",
            Some("days"),
            "Median wait of those decided on in the step: whole days from application or claim to decision within which half of them were decided on; empty if there are none.",
        ),
    ],
};

/// Outcomes of runs.
pub static OUTCOMES: Table = Table {
    name: "outcomes",
    doc: "One number about a whole run; ids and units are explained in docs/outcomes.md.",
    keys: Keys::Run,
    own: &[
        Column::key("outcome", Kind::Text, "Id of the outcome."),
        Column::key(
            "group",
            Kind::Text,
            "Whom it is about: a segment, a motive, a cause, a status, a sector, a kind of activity or of security, depending on the outcome; ALL = everybody.",
        ),
        Column::key(
            "country",
            Kind::Text,
            "ISO 3166 alpha-2 code; ALL = all countries.",
        ),
        Column::text("unit", "Unit of the value.").never_empty(),
        Column::number("value", None, "The value.").never_empty(),
    ],
};
