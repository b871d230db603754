//! A table of all axes against all outcomes: how much each axis moves each outcome.

use super::view::{Outcome, View, Yardstick};
use crate::report::page::words::amount;
use maud::{Markup, html};

/// Number of columns of the table, which are the axes that move any outcome most.
const COLUMNS: usize = 12;

impl View<'_> {
    /// A table of outcomes by axis, darker where the axis moves them more; `None` without an outcome for everybody.
    pub(super) fn matrix(&self) -> Option<Markup> {
        let outcomes: Vec<&Outcome<'_>> = self.of_all().collect();
        if outcomes.is_empty() {
            return None;
        }
        let columns = self.columns(&outcomes);
        let many = self.spec.scenarios.len() > 1;
        Some(html! {
            p class="note" {
                (self.how_dark())
                @if !self.chance_is_told() { " Chance is included: with one run of each point, it was not told apart." }
                @if columns.len() < self.axes.len() {
                    " Shown are the " (columns.len()) " with the largest numbers for any outcome; the other " (self.axes.len() - columns.len())
                    " are in the table sensitivity."
                }
            }
            @for (scenario, (_, title)) in self.titles().enumerate() {
                @if scenario == 0 {
                    @if many { h3 class="scenario" { (super::opening::swatch(scenario)) (title) } }
                    (self.heat(&outcomes, &columns, scenario, title))
                } @else {
                    details class="fold" {
                        summary { (title) }
                        (self.heat(&outcomes, &columns, scenario, title))
                    }
                }
            }
        })
    }

    fn how_dark(&self) -> &'static str {
        match self.yardstick {
            Yardstick::Total => {
                "Total index: the stronger the colour, the more of the variance depends on it, interplay included."
            }
            Yardstick::MuStar => {
                "Mean size of effects (mu*), as a share of the sum over all: the stronger the colour, the more it moves the outcome."
            }
            Yardstick::Rank => {
                "Partial rank correlation: the stronger the colour, the more consistently the outcome rises (+) or falls (−) with it."
            }
            Yardstick::Swing => {
                "Highest mean minus lowest, as a share of the sum over all: the stronger the colour, the more it moves the outcome."
            }
        }
    }

    /// The axes of the table, ordered by how much they move any outcome.
    fn columns(&self, outcomes: &[&Outcome<'_>]) -> Vec<usize> {
        let most = |axis: usize| {
            let cases = outcomes.iter().flat_map(|outcome| &outcome.cases);
            let heats = cases.filter_map(|case| self.yardstick.heat(case, axis));
            heats.fold(0.0_f64, f64::max)
        };
        let mut columns: Vec<usize> = (0..self.axes.len()).collect();
        columns.sort_by(|a, b| most(*b).total_cmp(&most(*a)));
        columns.truncate(COLUMNS);
        columns
    }

    fn heat(
        &self,
        outcomes: &[&Outcome<'_>],
        columns: &[usize],
        scenario: usize,
        title: &str,
    ) -> Markup {
        html! {
            div class="scroll" tabindex="0" role="region" aria-label={ "What moves what: " (title) } {
                table class="heat" data-scenario=(self.spec.scenarios[scenario].name) {
                    caption class="unseen" { (self.yardstick.name()) ", " (title) }
                    thead { tr {
                        th scope="col" { "Outcome" }
                        @for axis in columns { th scope="col" { span { (self.axes[*axis]) } } }
                    } }
                    tbody {
                        @for outcome in outcomes {
                            tr data-outcome=(outcome.id) {
                                th scope="row" { (outcome.label) }
                                @for axis in columns { (self.cell(outcome, scenario, *axis)) }
                            }
                        }
                    }
                }
            }
        }
    }

    fn cell(&self, outcome: &Outcome<'_>, scenario: usize, axis: usize) -> Markup {
        let case = &outcome.cases[scenario];
        let found = self
            .yardstick
            .value(case, axis)
            .zip(self.yardstick.heat(case, axis));
        html! {
            @match found {
                Some((value, heat)) => td style={ "--h:" (format!("{:.3}", heat.clamp(0.0, 1.0))) }
                    data-path=(self.spec.axes[axis].name) data-value=(value.mean) {
                    @match self.yardstick {
                        Yardstick::Total | Yardstick::Rank => (amount(value.mean, "ratio")),
                        Yardstick::MuStar | Yardstick::Swing => (format!("{:.0} %", 100.0 * heat)),
                    }
                },
                None => td data-path=(self.spec.axes[axis].name) data-value="" { "–" },
            }
        }
    }
}
