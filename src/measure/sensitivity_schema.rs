//! The tables of the analysis of a sweep: what each thing that varies does to each outcome.

use super::table::{Column, Keys, Kind, Table};

/// Every table of an analysis, in the order in which they are listed.
pub const ANALYSIS_TABLES: &[&Table] = &[&SENSITIVITY, &NOISE, &RESPONSES];

/// Sensitivities.
pub static SENSITIVITY: Table = Table {
    name: "sensitivity",
    doc: "What one thing that varies does to an outcome, by the estimates that the design allows.",
    keys: Keys::Own,
    own: &[
        SCENARIO,
        OUTCOME,
        GROUP,
        COUNTRY,
        PATH,
        UNIT,
        Column::number(
            "first",
            None,
            "First-order Sobol' index: the share of the variance that would vanish if it were known; saltelli designs only.",
        ),
        Column::number("first_low", None, "5 % point of its bootstrap."),
        Column::number("first_high", None, "95 % point of its bootstrap."),
        Column::number(
            "total",
            None,
            "Total Sobol' index: the share of the variance that would remain if all others were known; saltelli designs only.",
        ),
        Column::number("total_low", None, "5 % point of its bootstrap."),
        Column::number("total_high", None, "95 % point of its bootstrap."),
        Column::number(
            "mu",
            None,
            "Mean elementary effect over the whole range, or from the first entry of a list to the last, in the unit of the outcome; morris designs only.",
        ),
        Column::number(
            "mu_star",
            None,
            "Mean size of the elementary effects; morris designs only.",
        ),
        Column::number("mu_star_low", None, "5 % point of its bootstrap."),
        Column::number("mu_star_high", None, "95 % point of its bootstrap."),
        Column::number(
            "sigma",
            None,
            "Standard deviation of the elementary effects: bends, interactions and chance; morris designs only.",
        ),
        Column::number(
            "mu_star_of_chance",
            None,
            "The mu_star that something without any effect would show by chance; empty with one replicate.",
        ),
        Column::number(
            "rank_correlation",
            None,
            "Partial rank correlation, -1 to 1; all designs but morris and grid. Entries of a list rank by their numbers, or else in the order of the plan.",
        ),
        Column::number("rank_low", None, "5 % point of the correlation."),
        Column::number("rank_high", None, "95 % point of the correlation."),
        Column::number(
            "p",
            None,
            "How often so strong a correlation arises by chance if it does nothing, 0 to 1.",
        ),
        Column::number(
            "p_of_all",
            None,
            "The same, corrected for testing everything that varies (Holm).",
        ),
    ],
};

/// Variance due to chance, apart from parameters.
pub static NOISE: Table = Table {
    name: "noise",
    doc: "How much of the variance of a run is chance; no rows with one replicate. In a morris design, points are compared at one step of all trajectories, since those of one trajectory are alike.",
    keys: Keys::Own,
    own: &[
        SCENARIO,
        OUTCOME,
        GROUP,
        COUNTRY,
        UNIT,
        Column::whole("points", "Points that it rests on."),
        Column::number("variance_of_chance", None, "Variance of runs at one point.").never_empty(),
        Column::number("variance_of_points", None, "Variance of the expected values of points, chance taken out; may fall below 0 where points differ little.").never_empty(),
        Column::number("share_of_chance", None, "Share of the variance of a run that is chance, 0 to 1.").never_empty(),
    ],
};

/// Response curves.
pub static RESPONSES: Table = Table {
    name: "responses",
    doc: "The mean of an outcome over a part of the range of one thing that varies, all others as they were drawn. Each entry of a list is a part of its own.",
    keys: Keys::Own,
    own: &[
        SCENARIO,
        OUTCOME,
        GROUP,
        COUNTRY,
        PATH,
        Column::key("bin", Kind::Whole, "Number of the part, from 0."),
        Column::text("from", "Lower end of the part, as a file would write it; the entry of a list, the name of a variant.").never_empty(),
        Column::text("to", "Upper end of the part; for an entry, the same as `from`.").never_empty(),
        UNIT,
        Column::whole("points", "Points in the part."),
        Column::number("mean", None, "Mean of the outcome.").never_empty(),
        Column::number("mean_low", None, "5 % point of the mean."),
        Column::number("mean_high", None, "95 % point of the mean."),
    ],
};

const SCENARIO: Column = Column::key("scenario", Kind::Text, "Name of the scenario.");
const OUTCOME: Column = Column::key(
    "outcome",
    Kind::Text,
    "Id of the outcome; docs/outcomes.md explains it.",
);
const GROUP: Column = Column::key("group", Kind::Text, "Whom it is about; ALL = everybody.");
const COUNTRY: Column = Column::key(
    "country",
    Kind::Text,
    "ISO 3166 alpha-2 code; ALL = all countries.",
);
const PATH: Column = Column::key(
    "path",
    Kind::Text,
    "What varies: the path of a value, or the name of variants.",
);
const UNIT: Column = Column::text("unit", "Unit of the outcome.").never_empty();
