//! The tables of a comparison's results folder, in addition to the outcomes of every run
//! ([`OUTCOMES`]).
//!
//! A number that is a mean of runs is first averaged over the replicates of each draw. `low` and
//! `high` are the 5 % and 95 % points of the draws' means, between which one more draw would lie
//! nine times in ten. With n < 19 draws they are the least and the largest of the means, and one
//! more draw would lie between them with probability (n - 1) / (n + 1). With fewer than two draws
//! both are empty, except in [`COURSES`], where they equal the mean.

use super::schema::OUTCOMES;
use super::table::{Column, Keys, Kind, Table};

/// Every table of a comparison, in the order in which they are listed.
pub const COMPARISON_TABLES: &[&Table] = &[
    &COMPARISON,
    &SUBSTITUTION,
    &FLIPS,
    &BREAK_EVEN,
    &COURSES,
    &OUTCOMES,
    &RUNS,
    &POINTS,
];

/// Differences of outcomes.
pub static COMPARISON: Table = Table {
    name: "comparison",
    doc: "An outcome in the base and in a scenario, and their difference, pair by pair.",
    keys: Keys::Own,
    own: &[
        BASE,
        SCENARIO,
        Column::key(
            "outcome",
            Kind::Text,
            "Id of the outcome; docs/outcomes.md explains it.",
        ),
        Column::key("group", Kind::Text, "Whom it is about; ALL = everybody."),
        Column::key(
            "country",
            Kind::Text,
            "ISO 3166 alpha-2 code; ALL = all countries.",
        ),
        Column::text(
            "unit",
            "Unit of all numbers in the row except counts of draws and runs.",
        )
        .never_empty(),
        Column::number(
            "base_mean",
            None,
            "Mean in the base over the pairs that `difference` uses (if there are none, over all runs that have the outcome); empty if the base never has it.",
        ),
        Column::number(
            "base_low",
            None,
            "5 % point of the draws in the base; with fewer than 19 draws, the smallest.",
        ),
        Column::number(
            "base_high",
            None,
            "95 % point of the draws in the base; with fewer than 19 draws, the largest.",
        ),
        Column::number(
            "mean",
            None,
            "Mean in the scenario, over the same pairs or, if there are none, its own runs; empty if it never has the outcome.",
        ),
        Column::number(
            "low",
            None,
            "5 % point of the draws in the scenario; with fewer than 19 draws, the smallest.",
        ),
        Column::number(
            "high",
            None,
            "95 % point of the draws in the scenario; with fewer than 19 draws, the largest.",
        ),
        Column::number(
            "difference",
            None,
            "Mean of scenario minus base over the pairs in which both have the outcome; empty if there are none.",
        ),
        Column::number(
            "difference_low",
            None,
            "5 % point of the draws' differences; with fewer than 19 draws, the smallest; empty with fewer than two.",
        ),
        Column::number(
            "difference_high",
            None,
            "95 % point of the draws' differences; with fewer than 19 draws, the largest; empty with fewer than two.",
        ),
        Column::whole("draws", "Draws in which both have the outcome."),
        Column::whole(
            "draws_lower",
            "Of them, those whose mean difference is below zero.",
        ),
        Column::whole(
            "draws_higher",
            "Of them, those whose mean difference is above zero.",
        ),
        Column::number(
            "sd_parameters",
            None,
            "Standard deviation of the difference between draws due to parameters, by a one-way analysis of variance; empty with one draw or one replicate.",
        ),
        Column::number(
            "sd_chance",
            None,
            "Standard deviation of the difference of one pair due to chance; empty with one replicate.",
        ),
        Column::number(
            "unpaired_runs_equal",
            Some("runs"),
            "Runs of each scenario, each with its own parameters and random draws, that would give the difference as precisely as the pairs do; empty where the difference does not vary or only one pair was run.",
        ),
    ],
};

/// What the same persons did in the other run.
pub static SUBSTITUTION: Table = Table {
    name: "substitution",
    doc: "Persons who first left by a channel in one of two runs and not in the other, by what became of them in the other; the shares of a flow add up to 1.",
    keys: Keys::Own,
    own: &[
        BASE,
        SCENARIO,
        DRAW,
        REPLICATE,
        Column::key("origin", Kind::Text, "ISO 3166 alpha-2 code of the origin."),
        Column::key(
            "country",
            Kind::Text,
            "ISO 3166 alpha-2 code of the country they left for.",
        ),
        Column::key("channel", Kind::Text, "The channel they left by."),
        Column::key(
            "direction",
            Kind::Text,
            "lost: left this way in the base but not in the scenario; gained: left this way in the scenario but not in the base.",
        ),
        Column::key(
            "fate",
            Kind::Text,
            "What became of them in the other run: another-country, another-channel, later, earlier, applying, barred, deterred, means, detained, mobilised, not-yet or no-wish, in this order.",
        ),
        Column::persons("persons", "Persons.").never_empty(),
        Column::number(
            "share",
            None,
            "Share of all persons of the flow and direction in this pair of runs, 0 to 1.",
        )
        .never_empty(),
    ],
};

/// How parameters move differences, and whether any flips the sign.
pub static FLIPS: Table = Table {
    name: "flips",
    doc: "How a headline difference changes along a parameter's range, ranked: every parameter that is suspected to flip its sign or was run at both ends, and the eight that move it most; one row without a path where none flips it or is suspected to. No rows with fewer than twelve draws.",
    keys: Keys::Own,
    own: &[
        BASE,
        SCENARIO,
        Column::key("outcome", Kind::Text, "Id of the outcome."),
        Column::key("group", Kind::Text, "Whom it is about; ALL = everybody."),
        Column::key("country", Kind::Text, "ISO 3166 alpha-2 code; ALL = all countries."),
        Column::key("rank", Kind::Whole, "1 = moves the difference most, by the line or, where there is none, by the runs; 0 = no parameter flips it."),
        Column::text("path", "Path of the parameter; empty where none flips the sign."),
        Column::text("low", "Lower end of its range, with unit."),
        Column::text("high", "Upper end of its range, with unit."),
        Column::number("difference_at_low", None, "Expected difference at the lower end, the other parameters as drawn, by a least-squares line through the draws; empty with fewer than twelve draws or where the draws do not vary the parameter."),
        Column::number("difference_at_high", None, "The same at the upper end."),
        Column::number("correlation", None, "Correlation of the difference with the parameter's value over the draws, -1 to 1."),
        Column::number("chance", None, "How often the strongest of all parameters' correlations is at least this strong by chance alone, from 999 shuffles of the draws, 0.001 to 1."),
        Column::number("run_at_low", None, "Mean difference of the pairs run at the lower end, everything else as in the files; empty if not run."),
        Column::number("run_at_high", None, "The same at the upper end."),
        Column::text("verdict", "flips: the runs at the two ends differ in sign, each farther from 0 than 1.645 sd_chance of `comparison`; possible: they differ in sign, but one replicate does not give sd_chance; suspected: the line changes sign, chance is at most 0.1 and no runs were made; undecided: the line changes sign, and chance is above 0.1 and no runs were made, or a run at an end failed; not confirmed: the line changes sign, but the runs do not, or by no more than that; no flip: the line does not change sign, and the runs, where made, do not, or by no more than that.").never_empty(),
    ],
};

/// The weight of opposition abroad at which two scenarios break even.
pub static BREAK_EVEN: Table = Table {
    name: "break_even",
    doc: "The weight of one full-time activist abroad, relative to one at home, at which a scenario equals the base in opposition capacity.",
    keys: Keys::Own,
    own: &[
        BASE,
        SCENARIO,
        Column::key("activity", Kind::Text, "At home: publishing or street. Abroad it is publishing in both."),
        Column::key("origin", Kind::Text, "ISO 3166 alpha-2 code of the origin; ALL = all, where there are several."),
        Column::number("difference_abroad", Some("full-time activists"), "Mean difference abroad.").never_empty(),
        Column::number("difference_at_home", Some("full-time activists"), "Mean difference at home.").never_empty(),
        Column::number("weight", None, "Weight at which the mean differences cancel, if it lies from 0.1 to 10; empty otherwise."),
        Column::number("weight_low", None, "5 % point of the weights of the draws that have one from 0.1 to 10; with fewer than 19 such draws, the smallest; empty with fewer than two."),
        Column::number("weight_high", None, "95 % point of the same weights; with fewer than 19, the largest."),
        Column::whole("draws", "Draws."),
        Column::whole("draws_with_weight", "Draws with a break-even weight from 0.1 to 10."),
        Column::text("below", "Which has more capacity below the weight, base or scenario (without a weight, at every weight from 0.1 to 10); equal if neither has.").never_empty(),
        Column::text("verdict", "flip or no flip.").never_empty(),
    ],
};

/// Courses of series through time.
pub static COURSES: Table = Table {
    name: "courses",
    doc: "A series through time over all runs of a scenario.",
    keys: Keys::Own,
    own: &[
        SCENARIO,
        Column::key(
            "series",
            Kind::Text,
            "left, returned (sums up to the date), abroad, barred, deterred, means (held at the date), newcomers, arrivals (sum up to the date) or rent_index.",
        ),
        Column::key(
            "country",
            Kind::Text,
            "ISO 3166 alpha-2 code; ALL = all countries.",
        ),
        Column::key(
            "date",
            Kind::Date,
            "Last day of the step; the day before the first in the opening row.",
        ),
        Column::text("unit", "Unit of the numbers.").never_empty(),
        Column::number("mean", None, "Mean over runs.").never_empty(),
        Column::number(
            "low",
            None,
            "5 % point of the draws' means; with fewer than 19 draws, the smallest; with one draw, its mean.",
        )
        .never_empty(),
        Column::number(
            "high",
            None,
            "95 % point of the draws' means; with fewer than 19 draws, the largest; with one draw, its mean.",
        )
        .never_empty(),
    ],
};

/// The runs of the comparison.
pub static RUNS: Table = Table {
    name: "runs",
    doc: "One run: one replicate of a scenario with one set of parameters.",
    keys: Keys::Own,
    own: &[
        Column::key(
            "run",
            Kind::Whole,
            "Number of the run, from 0, in the order in which they are made.",
        ),
        Column::text("scenario", "The scenario's name.").never_empty(),
        Column::whole("point", "Number of the set of parameters in `points`."),
        Column::whole(
            "draw",
            "In a sweep, the point; in a comparison, the point plus one, or 0 at the ends of ranges.",
        ),
        Column::whole(
            "replicate",
            "Number of the replicate, from 0; replicates differ only in chance.",
        ),
        Column::whole("seed", "Seed of all random draws."),
        Column::text("state", "done or failed.").never_empty(),
        Column::text("reason", "Why it failed."),
    ],
};

/// The tables of a sweep.
pub const SWEEP_TABLES: &[&Table] = &[&OUTCOMES, &RUNS, &POINTS];

/// The sets of parameters that a sweep runs.
pub static POINTS: Table = Table {
    name: "points",
    doc: "The value of one parameter in one set.",
    keys: Keys::Own,
    own: &[
        Column::key("point", Kind::Whole, "Number of the set, from 0."),
        Column::key(
            "path",
            Kind::Text,
            "Path of the parameter, as --set takes it.",
        ),
        Column::number(
            "value",
            None,
            "The value, in `unit`; for a variant, or a value that is not a number, its place in the list, from 0.",
        )
        .never_empty(),
        Column::text("unit", "Unit of the value; empty for a plain number."),
        Column::text(
            "text",
            "The value as a file would write it; for a variant, its name.",
        )
        .never_empty(),
    ],
};

const BASE: Column = Column::key(
    "base",
    Kind::Text,
    "Name of the base, with which the scenario is compared.",
);
const SCENARIO: Column = Column::key("scenario", Kind::Text, "Name of the scenario.");
const DRAW: Column = Column::key(
    "draw",
    Kind::Whole,
    "Number of the set of parameters, from 1, its point plus one; 0 = as in the files.",
);
const REPLICATE: Column = Column::key(
    "replicate",
    Kind::Whole,
    "Number of the replicate, from 0; replicates differ only in chance.",
);
