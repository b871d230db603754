//! The tables of a calibration: generations, the parameters and particles that are kept, and rows.

use super::table::{Column, Keys, Kind, Table};

/// Every table of a calibration, in the order in which they are listed.
pub const CALIBRATION_TABLES: &[&Table] = &[
    &GENERATIONS,
    &PARAMETERS,
    &FITS,
    &LEFT_OUT,
    &PARTICLES,
    &PARTICLE_VALUES,
    &PARTICLE_ROWS,
];

/// Generations of the calibration.
pub static GENERATIONS: Table = Table {
    name: "generations",
    doc: "How a calibration went.",
    keys: Keys::Own,
    own: &[
        Column::key("generation", Kind::Whole, "Its number, from 0."),
        Column::whole("attempts", "Sets of parameters that were tried in it."),
        Column::whole("failed", "Those of them whose run failed."),
        Column::whole(
            "accepted",
            "Those of them that came nearer than the previous tolerance; in the first generation, those that are kept.",
        ),
        Column::number("acceptance", None, "Accepted over attempts, 0 to 1.").never_empty(),
        Column::number(
            "tolerance",
            None,
            "The largest distance from the bands among the sets kept after it, 0 to 1; 0 where all rows of all runs lie in their bands.",
        )
        .never_empty(),
        Column::number(
            "effective_size",
            None,
            "Effective sample size: the number of equally weighted sets that would say as much as those that are kept.",
        )
        .never_empty(),
    ],
};

/// Parameters: prior compared with posterior.
pub static PARAMETERS: Table = Table {
    name: "parameters",
    doc: "A parameter that was sampled, or a destination constant that was moved: before and after.",
    keys: Keys::Own,
    own: &[
        Column::key(
            "path",
            Kind::Text,
            "The path of the parameter, as `--set` takes it.",
        ),
        Column::text("how", "`sampled` or `moved` (by the inner contraction).").never_empty(),
        Column::text("unit", "Unit of its values; empty for plain numbers."),
        Column::number(
            "prior_low",
            None,
            "Lower end of the prior, or of the range of a constant.",
        )
        .never_empty(),
        Column::number(
            "prior_middle",
            None,
            "Median of the prior, or the constant in the file.",
        )
        .never_empty(),
        Column::number("prior_high", None, "Upper end.").never_empty(),
        Column::number("mean", None, "Mean of the posterior.").never_empty(),
        Column::number("p05", None, "5 % of the posterior lie below.").never_empty(),
        Column::number("p25", None, "25 % lie below.").never_empty(),
        Column::number("p50", None, "Its median.").never_empty(),
        Column::number("p75", None, "75 % lie below.").never_empty(),
        Column::number("p95", None, "95 % lie below.").never_empty(),
        Column::number(
            "shrinkage",
            None,
            "1 minus the variance of the posterior over that of the prior, both as quantiles of the prior; near 0 where the data say nothing about its spread; empty for constants.",
        ),
        Column::number(
            "gap",
            None,
            "The largest difference between the distribution functions of posterior and prior, 0 to 1; empty for constants.",
        ),
        Column::text(
            "informed",
            "`yes` where the gap is more than chance would give one time in a hundred with that many effective sets, else `no`; empty for constants.",
        ),
    ],
};

/// Rows: observed compared with fitted.
pub static FITS: Table = Table {
    name: "fits",
    doc: "A row of the observations against the runs that are kept.",
    keys: Keys::Own,
    own: &[
        Column::key("row", Kind::Text, "Its id in the file of observations."),
        Column::text("quantity", "What was observed, in words.").never_empty(),
        Column::text(
            "how",
            "`fitted`; `constants` (fitted, and destination constants were free to meet it); `left out`; `not fitted`; `input` (a parameter says the same: not counted).",
        )
        .never_empty(),
        Column::text("unit", "Unit of all numbers of the row."),
        Column::number("low", None, "Lower end of the band; empty without one."),
        Column::number("high", None, "Upper end of the band; empty without one."),
        Column::number("mean", None, "Mean over the posterior, chance included; empty if no run gave a value."),
        Column::number("p05", None, "5 % of the posterior's runs lie below."),
        Column::number("p25", None, "25 % lie below."),
        Column::number("p50", None, "Their median."),
        Column::number("p75", None, "75 % lie below."),
        Column::number("p95", None, "95 % lie below."),
        Column::text("meets", "`yes` where the band meets the middle half (p25 to p75), else `no`; empty without band or value."),
    ],
};

/// Rows: predicted without using them.
pub static LEFT_OUT: Table = Table {
    name: "left_out",
    doc: "A fitted row, predicted from the fit as it would be without it; no rows until `--leave-one-out` has been given once, after which they stay.",
    keys: Keys::Own,
    own: &[
        Column::key("row", Kind::Text, "Its id in the file of observations."),
        Column::text("how", "`attempts`: the nearest of all attempts when the row does not count; `constants`: runs in which the constants of its countries are the mean of all others.").never_empty(),
        Column::text("unit", "Unit of all numbers of the row."),
        Column::number("low", None, "Lower end of the band.").never_empty(),
        Column::number("high", None, "Upper end of the band.").never_empty(),
        Column::number("mean", None, "Mean of the prediction, chance included; empty if no run gave a value."),
        Column::number("p05", None, "5 % of the runs lie below."),
        Column::number("p25", None, "25 % lie below."),
        Column::number("p50", None, "Their median."),
        Column::number("p75", None, "75 % lie below."),
        Column::number("p95", None, "95 % lie below."),
        Column::text("meets", "`yes` where the band meets the middle half (p25 to p75), else `no`; empty without value."),
    ],
};

/// Particles: the sets of parameters that are kept.
pub static PARTICLES: Table = Table {
    name: "particles",
    doc: "A set of parameters that is kept.",
    keys: Keys::Own,
    own: &[
        PARTICLE,
        Column::whole("generation", "The generation in which it was tried."),
        Column::whole("draw", "Number of the draws of its run."),
        Column::number(
            "distance",
            None,
            "How far its run is from the bands, 0 to 1.",
        )
        .never_empty(),
        Column::number("weight", None, "Its weight; all weights add up to 1.").never_empty(),
    ],
};

/// The parameter values of each particle.
pub static PARTICLE_VALUES: Table = Table {
    name: "particle_values",
    doc: "The value of a parameter in a set that is kept.",
    keys: Keys::Own,
    own: &[
        PARTICLE,
        Column::key("path", Kind::Text, "The path of the parameter."),
        Column::number(
            "value",
            None,
            "Its value in the base unit, which is the `unit` of `parameters`.",
        )
        .never_empty(),
        Column::number(
            "quantile",
            None,
            "Where it lies in its prior, 0 to 1; empty for constants.",
        ),
    ],
};

/// The rows of each particle's runs.
pub static PARTICLE_ROWS: Table = Table {
    name: "particle_rows",
    doc: "What the run of a set that is kept gave for a row of the observations.",
    keys: Keys::Own,
    own: &[
        PARTICLE,
        Column::key("row", Kind::Text, "The id of the row."),
        Column::number(
            "value",
            None,
            "The value, in the unit of the row; empty if the run gave none.",
        ),
    ],
};

const PARTICLE: Column = Column::key(
    "particle",
    Kind::Whole,
    "Its number, from 0, the nearest first.",
);
