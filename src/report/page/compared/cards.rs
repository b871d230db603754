//! The headline differences of each scenario.

use super::ComparisonPage;
use crate::analyse::comparison_tables::OutcomeRow;
use crate::analyse::labels;
use crate::measure::ALL;
use crate::report::page::words::{
    amount_with, change_interval, change_with, decimals_more, ends, verdict,
};
use maud::{Markup, html};

/// The headlines, by outcome and group. A headline that the comparison does not have is left out.
const HEADLINES: &[(&str, &str)] = &[
    ("left", ALL),
    ("abroad_at_end", ALL),
    ("held_by_cause_at_end", "barred"),
    ("held_by_cause_at_end", "deterred"),
    ("held_by_cause_at_end", "means"),
    ("person_months_held", ALL),
    ("returned", ALL),
    ("returned_involuntarily", ALL),
    ("irregular_person_months", ALL),
    ("top_risk_got_out", ALL),
    ("detentions", ALL),
    ("detained_among_held", ALL),
    ("draft_eligible_abroad_person_months", ALL),
    ("opposition_abroad_mean", ALL),
    ("opposition_at_home_mean", "publishing"),
    ("opposition_at_home_mean", "street"),
];

/// Number of hosts whose rents are among the headlines, which are those with the largest differences.
const RENTS: usize = 2;

impl ComparisonPage<'_> {
    pub(super) fn cards(&self) -> Markup {
        html! {
            p class="quiet" {
                "Difference from the base: mean over draws, with the interval of the draws. A verdict counts the draws whose mean "
                "difference is below or above zero; with fewer than 12 draws there is none."
            }
            @for (index, scenario) in self.others() {
                (self.scenario_heading(index, scenario))
                ul class={ "cards t" (index) } {
                    @for (id, group) in HEADLINES {
                        @if let Some(row) = self.tables.outcome(&scenario.name, id, group, ALL) {
                            (card(row, &name(row)))
                        }
                    }
                    @for row in self.rent_peaks(&scenario.name) {
                        (card(row, &format!("Rent at its peak, {}", self.country(&row.country))))
                    }
                }
            }
        }
    }

    /// The hosts whose rent peaks differ most, the largest difference first.
    fn rent_peaks(&self, scenario: &str) -> Vec<&OutcomeRow> {
        let mut rows: Vec<&OutcomeRow> = self
            .tables
            .outcomes
            .iter()
            .filter(|row| row.scenario == scenario && row.outcome == "rent_index_peak")
            .filter(|row| row.difference.is_some())
            .collect();
        let size = |row: &OutcomeRow| {
            row.difference
                .map_or(0.0, |difference| difference.mean.abs())
        };
        rows.sort_by(|a, b| size(b).total_cmp(&size(a)));
        rows.truncate(RENTS);
        rows
    }
}

fn name(row: &OutcomeRow) -> String {
    let label = labels::outcome(&row.outcome);
    match row.outcome.as_str() {
        _ if row.group == ALL => label.to_owned(),
        "held_by_cause_at_end" => format!(
            "Held at the end: {}",
            labels::group(&row.group).to_lowercase()
        ),
        _ => format!("{label}, {}", row.group),
    }
}

fn card(row: &OutcomeRow, name: &str) -> Markup {
    let unit = match row.unit.as_str() {
        "share" => "",
        "ratio" if row.outcome == "rent_index_peak" => "times the rent on the first day",
        "ratio" => "",
        unit => unit,
    };
    let more = row
        .difference
        .map_or(0, |difference| decimals_more([difference.mean], &row.unit));
    html! {
        li class="card" {
            p class="what" { (name) }
            @match row.difference {
                Some(difference) => {
                    p class="difference" {
                        span data-value=(difference.mean) { (change_with(difference.mean, &row.unit, more)) }
                        @if !unit.is_empty() { " " span class="unit" { (unit) } }
                    }
                    p class="interval" {
                        @if let Some(band) = difference.band {
                            (ends(row.draws)) ": " (change_interval(band, &row.unit, more))
                        } @else { "one draw: no interval" }
                    }
                }
                None => p class="difference" { "no pair has this outcome" },
            }
            @if let (Some(base), Some(compared)) = (row.base, row.compared) {
                p class="levels" {
                    "from " (amount_with(base.mean, &row.unit, more)) " to " (amount_with(compared.mean, &row.unit, more))
                }
            }
            p class="verdict" {
                @match verdict(row) {
                    Some(verdict) => (verdict),
                    None => span class="quiet" {
                        "no verdict: " (row.draws) @if row.draws == 1 { " draw" } @else { " draws" }
                    },
                }
            }
        }
    }
}
