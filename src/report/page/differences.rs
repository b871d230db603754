//! The table of every difference. Each number carries the value of `comparison.csv` beside the rounded one,
//! in the order of its columns.

use super::words::{amount, change, verdict};
use super::{Page, labels, pack};
use crate::analyse::comparison_tables::{MeanAndBand, OutcomeRow};
use crate::measure::ALL;
use maud::{Markup, html};
use std::io;

impl Page<'_> {
    pub(super) fn differences(&self) -> io::Result<Markup> {
        let mut parts = Vec::new();
        for (index, scenario) in self.others() {
            let rows: Vec<&OutcomeRow> = self
                .tables
                .outcomes
                .iter()
                .filter(|row| row.scenario == scenario.name)
                .collect();
            let (together, rest): (Vec<&OutcomeRow>, Vec<&OutcomeRow>) = rows
                .iter()
                .partition(|row| row.group == ALL && row.country == ALL);
            let (groups, countries): (Vec<&OutcomeRow>, Vec<&OutcomeRow>) =
                rest.iter().partition(|row| row.country == ALL);
            let title = &scenario.title;
            parts.push(html! {
                (self.scenario_heading(index, scenario))
                (self.table(&together, title))
                (self.folded(&groups, title, "By group")?)
                (self.folded(&countries, title, "By country")?)
            });
        }
        Ok(html! {
            p class="quiet" {
                "Every number of comparison.csv. “Lower” and “higher” count the draws whose mean difference is below and above "
                "zero. The spread of a difference is split into what the parameters bring and what chance brings to one pair; "
                "“unpaired runs” is how many runs of each scenario would be as precise without pairing."
            }
            @for part in &parts { (part) }
        })
    }

    /// A table that is unpacked when it is opened: there can be thousands of rows.
    fn folded(&self, rows: &[&OutcomeRow], title: &str, name: &str) -> io::Result<Markup> {
        if rows.is_empty() {
            return Ok(html! {});
        }
        let packed = pack::pack(self.table(rows, title).0.as_bytes())?;
        Ok(html! {
            details class="fold packed" {
                summary { (name) " (" (rows.len()) " rows)" span class="unseen" { ": " (title) } }
                div {}
                script type="text/plain" { (packed) }
            }
        })
    }

    fn table(&self, rows: &[&OutcomeRow], title: &str) -> Markup {
        html! {
            div class="scroll" tabindex="0" role="region" aria-label={ "Differences of " (title) } {
                table class="differences" {
                    thead { tr {
                        th scope="col" { "Outcome" }
                        th scope="col" { "Unit" }
                        @for (heading, columns) in HEADINGS {
                            th scope="col" colspan=(columns) { (heading) }
                        }
                        th scope="col" { "Verdict" }
                        @for heading in AFTER { th scope="col" { (heading) } }
                    } }
                    @for (subject, outcomes) in labels::SUBJECTS {
                        @let of: Vec<&OutcomeRow> = outcomes.iter()
                            .flat_map(|(id, _)| rows.iter().filter(move |row| row.outcome == *id))
                            .copied().collect();
                        @if !of.is_empty() { (self.subject(subject, &of)) }
                    }
                    @let other: Vec<&OutcomeRow> = rows.iter().copied()
                        .filter(|row| !known(&row.outcome)).collect();
                    @if !other.is_empty() { (self.subject("Other", &other)) }
                }
            }
        }
    }

    fn subject(&self, subject: &str, rows: &[&OutcomeRow]) -> Markup {
        html! {
            tbody {
                tr class="subject" { th scope="rowgroup" colspan="18" { (subject) } }
                @for row in rows { (self.row(row)) }
            }
        }
    }

    fn row(&self, row: &OutcomeRow) -> Markup {
        let unit = &row.unit;
        html! {
            tr data-scenario=(row.scenario) data-outcome=(row.outcome) data-group=(row.group) data-country=(row.country) {
                th scope="row" {
                    (labels::outcome(&row.outcome))
                    @if row.group != ALL { ": " (labels::group(&row.group)) }
                    @if row.country != ALL { ", " (self.country(&row.country)) }
                }
                td class="unit" { (unit) }
                (span(row.base, unit, amount))
                (span(row.compared, unit, amount))
                (span(row.difference, unit, change))
                td class="words" { (verdict(row).unwrap_or_else(|| "–".to_owned())) }
                @for count in [row.draws, row.lower, row.higher] {
                    td data-value=(count) { (count) }
                }
                (cell(row.sd_parameters, unit, amount))
                (cell(row.sd_chance, unit, amount))
                (cell(row.unpaired_runs, "persons", amount))
            }
        }
    }
}

/// Headings of the numbers before the verdict, each over so many cells.
const HEADINGS: [(&str, u8); 6] = [
    ("Base", 1),
    ("5–95 %", 2),
    ("Scenario", 1),
    ("5–95 %", 2),
    ("Difference", 1),
    ("5–95 %", 2),
];

/// Headings of the numbers after it.
const AFTER: [&str; 6] = [
    "Draws",
    "Lower",
    "Higher",
    "By parameters",
    "By chance",
    "Unpaired runs",
];

fn known(id: &str) -> bool {
    let mut all = labels::SUBJECTS
        .iter()
        .flat_map(|(_, outcomes)| outcomes.iter());
    all.any(|(other, _)| *other == id)
}

/// Writes a number of a unit.
type Written = fn(f64, &str) -> String;

/// A mean and the ends of its interval.
fn span(span: Option<MeanAndBand>, unit: &str, written: Written) -> Markup {
    let band = span.and_then(|span| span.band);
    html! {
        @let mean = span.map(|span| span.mean);
        td class="mean" data-value=(exact(mean)) { (shown(mean, unit, written)) }
        @let low = band.map(|(low, _)| low);
        td class="end" data-value=(exact(low)) { (shown(low, unit, written)) }
        @let high = band.map(|(_, high)| high);
        td class="end" data-value=(exact(high)) { (shown(high, unit, written)) }
    }
}

fn cell(value: Option<f64>, unit: &str, written: Written) -> Markup {
    html! { td data-value=(exact(value)) { (shown(value, unit, written)) } }
}

/// The number as tables have it; nothing for an empty cell.
fn exact(value: Option<f64>) -> String {
    value.map_or_else(String::new, |value| value.to_string())
}

fn shown(value: Option<f64>, unit: &str, written: Written) -> String {
    value.map_or_else(|| "–".to_owned(), |value| written(value, unit))
}
