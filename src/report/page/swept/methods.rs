//! How the numbers were estimated, where they are, and what they cannot say.

use super::view::{View, Yardstick};
use crate::measure::sensitivity_schema::ANALYSIS_TABLES;
use maud::{Markup, html};

/// What no sweep can say.
const LIMITS: [&str; 6] = [
    "It is not a forecast or an estimate of what is true: it says what moves this model, if its rules of behaviour hold.",
    "An index holds for the ranges of the plan, with every value in them taken to be equally likely and everything that varies \
     to be independent. Other ranges give other indices: a wide range makes a thing look more important.",
    "What was not varied moves nothing here. What was varied was not fitted to observations: points may lie far from the case.",
    "Values of a list and variants have no distance between them. Ranks take them in the order of their numbers or, where they are \
     not numbers, of the plan; then read their response instead.",
    "Intervals cover the error of a finite design and of chance, not that of the model.",
    "It takes no side: which outcome matters, and how much, is for the reader to judge.",
];

impl View<'_> {
    /// The section on how to read the numbers.
    pub(super) fn methods(&self) -> Markup {
        html! {
            h3 { "How the numbers were computed" }
            @for paragraph in self.method() { p { (paragraph) } }
            p {
                "Response curves: a range is divided, from low to high, into parts with equal numbers of points, and the outcomes in \
                 each part are averaged, everything else as drawn; each entry of a list is a part of its own. The band is the 90 % \
                 interval of the mean, by Student’s t; points that were drawn together count together."
            }
            p {
                "With two or more replicates, chance is removed from indices and variances: products of two runs are taken only \
                 between different replicates. Correlations and curves use the means of points."
            }
            h3 { "Where the numbers are" }
            p { "All numbers, including those by group and country, are in files beside this page:" }
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
                "Sobol’ indices by Saltelli’s design. The first-order index of a thing is the part of the variance that would vanish if it \
                 were known; the total index is the part that would remain if all others were known. Their difference is interplay: if all \
                 first-order indices sum to 1, there is none. Intervals are the 5 % and 95 % points of a bootstrap of base samples; \
                 an index may fall below 0 or above 1 through error.",
                "Rank correlations use the independent points of the design: how consistently the outcome rises or falls with a thing, the \
                 others held fixed. A rise followed by a fall is missed.",
            ],
            Yardstick::MuStar => &[
                "Elementary effects on Morris trajectories: each step moves one thing by two thirds of its range on four levels, and the \
                 change of the outcome is divided by that step, which gives the effect of the whole range. A step through a list counts by \
                 the entries that it moves on (first to last is the whole range), a step through whole numbers by the numbers. mu is the \
                 mean effect, mu* the mean of its size, sigma its spread. A thing with a large mu* matters; with a large sigma as well, its \
                 effect bends or depends on the others. mu* is above 0 by chance alone: with two replicates, the page shows how far.",
            ],
            Yardstick::Rank => &[
                "Partial rank correlations: outcome and things are replaced by their ranks, the linear effects of all other things are \
                 removed from both, and what remains is correlated. 1 or −1: the outcome always rises or falls with it; 0: it does not, or \
                 it rises and then falls. It says how consistently, not how far: the response curves say how far. p is by Student’s t; p of \
                 all is corrected for testing everything that varies, by Holm’s method.",
            ],
            Yardstick::Swing => &[
                "A grid has every combination of the levels. It is read by its responses: the mean outcome at each level of a thing over \
                 all levels of the others. Things are ordered by how far the highest mean lies above the lowest; interplay is not shown \
                 separately.",
            ],
        }
    }
}
