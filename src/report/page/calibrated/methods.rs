//! How the posterior was found, where the numbers are, and how far to trust them.

use super::view::View;
use crate::measure::calibration_schema::CALIBRATION_TABLES;
use maud::{Markup, html};

/// How the numbers came about.
const METHOD: [&str; 4] = [
    "A set of parameters is run once, with its own random draws, and its distance from the bands is measured: the mean over the fitted rows of \
     e / (1 + e), where e is how far the value lies outside its band, in halves of the band's width. 0 means that all rows lie in their bands; a row \
     that nothing reaches does not pull all the others along.",
    "The first generation is a Latin hypercube over the priors. Each later one steps from the nearest sets so far, by a normal kernel with twice their \
     covariance, and the nearest of all are kept; weights correct for where the search looked (adaptive population Monte Carlo: Lenormand, Jabot and \
     Deffuant 2013). The kept sets are a sample of the prior restricted to sets whose runs come as near as the tolerance.",
    "A parameter is informed where the largest difference between the distributions of posterior and prior is more than chance would give one time in a \
     hundred with this many effective sets. Shrinkage is 1 minus the variance of the posterior over that of the prior, both as quantiles of the prior; \
     below 0, the posterior is wider.",
    "Destination constants, if there are any, are moved after a run by the logarithm of observed over simulated shares, damped and within their ranges, and the \
     run is made again (Berry, Levinsohn and Pakes 1995).",
];

/// How far to trust the numbers.
const LIMITS: [&str; 6] = [
    "The posterior knows only the fitted rows and the priors. Where the data do not inform a parameter, its spread is that of the range in \
     the file.",
    "A fit is not proof: fitted rows lie near their bands because they were fitted. Rows that were left out, and predictions without a row, say more.",
    "It is approximate: kept sets are as near as the tolerance, not at it.",
    "Rows count equally, however much they overlap: ten rows about one thing pull ten times as hard.",
    "A row is met where the middle half of the runs touches its band; that says nothing about the runs outside this half.",
    "What is found about parameters holds in this model: where its rules are wrong, parameters take values that make up for it.",
];

impl View<'_> {
    /// The section on how to read the numbers.
    pub(super) fn methods(&self) -> Markup {
        html! {
            h3 { "How the numbers came about" }
            @for paragraph in METHOD { p { (paragraph) } }
            h3 { "Where the numbers are" }
            p {
                "All numbers are in files beside this page. The posterior, " a href="posterior.csv" { "posterior.csv" } ", is read by other commands: "
                code { "exeunt compare BASE SCENARIO --draws-from posterior.csv" } "."
            }
            ul class="limits" {
                @for table in CALIBRATION_TABLES {
                    @for name in self.manifest.files.keys().filter(|name| name.split('.').next() == Some(table.name)) {
                        li { a href=(name) { (name) } ": " (table.doc) }
                    }
                }
            }
            h3 { "How far to trust it" }
            ul class="limits" { @for limit in LIMITS { li { (limit) } } }
        }
    }
}
