//! How the numbers were estimated, where they are, and what they cannot say.

use super::view::{View, Yardstick};
use crate::measure::sensitivity_schema::ANALYSIS_TABLES;
use maud::{Markup, html};

/// What no sweep can say.
const LIMITS: [&str; 6] = [
    "It is no forecast and no estimate of what is true: it says what moves this model, if its rules of behaviour hold.",
    "An index is of the ranges of the plan, each value in them taken for as likely as any other, and all that varies for \
     independent of each other. Other ranges give other indices: a wide range makes a thing look more important.",
    "What was not varied moves nothing here. What was varied was not fitted to what was observed: points may lie far from the case.",
    "Values of a list and variants have no distance. Ranks take them in the order of their numbers, or of the plan where they are \
     none; then read their response instead.",
    "Intervals hold the error of a finite design and of chance, not that of the model.",
    "It takes no side: which outcome matters, and how much, is for the reader.",
];

impl View<'_> {
    /// The section on how to read the numbers.
    pub(super) fn methods(&self) -> Markup {
        html! {
            h3 { "How the numbers came about" }
            @for paragraph in self.method() { p { (paragraph) } }
            p {
                "Response curves: points are dealt out in equal numbers to parts of a range, from low to high, and their outcomes \
                 averaged, all else as it was drawn; each entry of a list is a part of its own. The band is the 90 % interval of the \
                 mean, by Student’s t; points that were drawn together count together."
            }
            p {
                "From two replicates on, chance is taken out of indices and of variances: products of two runs are taken only between \
                 different replicates. Correlations and curves are of the means of points."
            }
            h3 { "Where the numbers are" }
            p { "All numbers, also by group and country, lie beside this page:" }
            ul class="limits" {
                @for table in ANALYSIS_TABLES {
                    @for name in self.manifest.files.keys().filter(|name| name.split('.').next() == Some(table.name)) {
                        li { a href=(name) { (name) } ": " (table.doc) }
                    }
                }
            }
            h3 { "What this cannot say" }
            ul class="limits" { @for limit in LIMITS { li { (limit) } } }
        }
    }

    fn method(&self) -> &'static [&'static str] {
        match self.yardstick {
            Yardstick::Total => &[
                "Sobol’ indices by Saltelli’s design. The first index of a thing is the part of the variance that would go if it were \
                 known; the total index the part that would stay if all others were known. Their difference is interplay: if all first \
                 indices sum to 1, things act side by side. Intervals are the 5 % and 95 % points of a bootstrap of base samples; \
                 an index may fall below 0 or above 1 by error.",
                "Rank correlations are of the independent points of the design: how nearly the outcome rises or falls with a thing, the \
                 others held; what rises and falls again is missed.",
            ],
            Yardstick::MuStar => &[
                "Elementary effects on the trajectories of Morris: each step moves one thing by two thirds of its range on four levels, and \
                 the change of the outcome is divided by that step: so it is the effect of the whole range. A step through a list counts by \
                 the entries that it moves on, from the first to the last being the whole, and one through whole numbers by the numbers. mu is the mean effect, mu* the mean of its size, sigma its spread. A \
                 thing with a large mu* matters; with a large sigma beside it, its effect bends or hangs on the others. mu* is above 0 by \
                 chance alone: with two replicates the page shows how far.",
            ],
            Yardstick::Rank => &[
                "Partial rank correlations: outcome and things are replaced by their ranks, straight lines through all other things are \
                 taken off both, and what is left is correlated. 1 or −1: the outcome rises or falls with it without exception; 0: it does \
                 not, or rises and falls again. It says how nearly, not how far: the response curves say how far. p is by Student’s t, and \
                 that of all things together by Holm.",
            ],
            Yardstick::Swing => &[
                "A grid has every combination of the levels. It is read by its responses: the mean outcome at each level of a thing over \
                 all levels of the others. Things are ordered by how far the highest mean lies above the lowest; interplay is not told \
                 apart.",
            ],
        }
    }
}
