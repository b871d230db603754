//! How much of the variance of a run is chance.

use super::answers::in_unit;
use super::opening::swatch;
use super::view::{Outcome, View};
use crate::experiment::sweep::Shape;
use crate::report::page::words::{Form, amount};
use maud::{Markup, html};

/// Number of outcomes for everybody that are shown at once.
const SHOWN: usize = 24;

impl View<'_> {
    /// The share of chance for each outcome.
    pub(super) fn chance(&self) -> Markup {
        if self.spec.replicates == 1 {
            return html! {
                p { "Each point was run once, so it is unknown how much is chance. With " code { "replicates = 2" }
                    " in the plan, " code { "exeunt sweep --extend" } " adds a second run of each point." }
            };
        }
        let has_noise =
            |outcome: &&Outcome<'_>| outcome.cases.iter().any(|case| case.noise.is_some());
        let all: Vec<&Outcome<'_>> = self.outcomes.iter().filter(has_noise).collect();
        let first = all
            .iter()
            .take(SHOWN)
            .take_while(|outcome| outcome.part() == 0)
            .count();
        let (shown, folded) = all.split_at(first);
        html! {
            p class="note" {
                "The part of the variance of one run, at a point drawn at random, that is chance: runs of one point with different \
                 random draws differ by it. More agents (a smaller scale) reduce it, and more replicates reduce it in the mean of a point; knowing what \
                 varies does not."
                @if matches!(self.spec.shape, Shape::Morris(..)) {
                    " Points on one trajectory are alike, so points at the same step of all trajectories are compared with each other."
                }
            }
            (self.noise(shown, "How much is chance"))
            @if !folded.is_empty() {
                details class="fold" {
                    summary { "The other " (folded.len()) " outcomes, by group and country" }
                    (self.noise(folded, "How much is chance, by group and country"))
                }
            }
        }
    }

    fn noise(&self, outcomes: &[&Outcome<'_>], name: &str) -> Markup {
        html! {
            div class="scroll" tabindex="0" role="region" aria-label=(name) {
                table class="noise" {
                    caption class="unseen" { (name) }
                    thead { tr {
                        th scope="col" { "Outcome" }
                        th scope="col" { "Chance, as part of the variance of a run" }
                        th scope="col" class="number" { "Spread of runs by chance" }
                        th scope="col" class="number" { "Spread of points" }
                        th scope="col" class="number" { "Points" }
                    } }
                    @for outcome in outcomes {
                        tbody {
                            @for (scenario, row) in outcome.cases.iter().enumerate().filter_map(|(at, case)| Some((at, case.noise?))) {
                                tr data-scenario=(row.key.scenario) data-outcome=(outcome.id) data-group=(outcome.group) data-country=(outcome.country) {
                                    th scope="row" {
                                        @if self.spec.scenarios.len() > 1 { (swatch(scenario)) " " }
                                        (outcome.label)
                                        @if self.spec.scenarios.len() > 1 { span class="unseen" { ", " (self.title(scenario)) } }
                                    }
                                    td data-value=(row.share) {
                                        span class="share" style={ "--h:" (format!("{:.3}", row.share.clamp(0.0, 1.0))) } aria-hidden="true" {}
                                        (amount(row.share, "share"))
                                    }
                                    td class="number" { "± " (spread(row.of_chance, outcome.unit)) }
                                    td class="number" {
                                        @if row.of_points > 0.0 { "± " (spread(row.of_points, outcome.unit)) } @else { "no more than by chance" }
                                    }
                                    td class="number" { (row.points) }
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}

/// The standard deviation of a variance, with its unit.
fn spread(variance: f64, unit: &str) -> String {
    let sd = variance.max(0.0).sqrt();
    match Form::of(unit) {
        Form::Share => format!("{} points", amount(sd, unit).trim_end_matches(" %")),
        _ => in_unit(&amount(sd, unit), unit),
    }
}
