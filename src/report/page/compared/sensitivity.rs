//! What could change the sign of a headline: parameters along their ranges, and how much opposition abroad must count.

use super::ComparisonPage;
use crate::analyse::comparison_tables::ParameterEffect;
use crate::analyse::labels;
use crate::measure::ALL;
use crate::report::page::figure::{Figure, Figures, table};
use crate::report::page::words::{Form, change};
use crate::store::Described;
use maud::{Markup, html};
use serde_json::{Value, json};

/// The verdict on a parameter that changes no sign.
const NO_FLIP: &str = "no flip";

/// Number of parameters drawn although they change no sign, the strongest first; the table has all of them.
const MOST_MOVERS: u64 = 4;

impl ComparisonPage<'_> {
    /// The section; `None` if neither parameters nor weights were looked into.
    pub(super) fn sensitivity(&self, figures: &mut Figures) -> Option<Markup> {
        let (flips, weights) = (&self.tables.flips, &self.tables.weights);
        if flips.is_empty() && weights.is_empty() {
            return None;
        }
        let mut parts = Vec::new();
        for (index, scenario) in self.others() {
            let effects = self.effects(figures, scenario);
            if !effects.is_empty() {
                parts.push(html! {
                    (self.scenario_heading(index, scenario))
                    div class="panels" { @for effect in &effects { (effect) } }
                });
            }
        }
        let drawn: Vec<Markup> = ["publishing", "street"]
            .iter()
            .filter_map(|activity| Some(figures.add(self.break_even(activity)?)))
            .collect();
        Some(html! {
            @if !parts.is_empty() {
                p class="finding" { (self.how_many_flip()) }
                p class="note" {
                    "Bars: expected difference from the base at the lower end (open) and the upper end (dot) of a parameter's range, \
                     the others as drawn; diamonds: runs at the two ends. A bar that crosses the line at zero changes the sign. \
                     Flips: the runs at the two ends differ in sign, each by more than chance explains. Possible: they differ in sign, \
                     but one replicate cannot show whether by more than chance explains. Suspected and undecided: the line through the \
                     draws changes sign, no runs were made, and chance alone seldom (suspected) or often (undecided) gives such a line; \
                     undecided also: a run at an end failed. \
                     Not confirmed: the line changes sign, but the runs do not. No flip: neither does."
                }
                @for part in &parts { (part) }
            }
            @if !drawn.is_empty() {
                h3 { "How much opposition abroad must count" }
                p class="note" {
                    "How much one full-time activist abroad must count, relative to one at home, for a scenario to equal the base. A "
                    "weight from 0.1 to 10 is a flip; without one, the ranking is the same at every weight in that range."
                }
                @for figure in &drawn { (figure) }
            }
        })
    }

    /// The result of the section: for how many headlines the sign depends on a parameter.
    fn how_many_flip(&self) -> String {
        let mut differences: Vec<(&str, &str, &str, &str)> = Vec::new();
        let (mut flipped, mut possible) = (differences.clone(), differences.clone());
        for row in &self.tables.flips {
            let key = (
                row.scenario.as_str(),
                row.outcome.as_str(),
                row.group.as_str(),
                row.country.as_str(),
            );
            if !differences.contains(&key) {
                differences.push(key);
            }
            let found = match row.verdict.as_str() {
                "flips" => &mut flipped,
                "possible" => &mut possible,
                _ => continue,
            };
            if !found.contains(&key) {
                found.push(key);
            }
        }
        let all = differences.len();
        match possible.len() {
            0 => format!(
                "Of {all} headline differences, {} change sign along the range of a parameter in runs at both ends",
                flipped.len()
            ),
            // (With one replicate nothing is known of chance, and all that runs show is possible.)
            some => {
                let sure = match flipped.len() {
                    0 => String::new(),
                    flipped => format!(
                        " {flipped} change sign along the range of a parameter in runs at both ends, and"
                    ),
                };
                format!(
                    "Of {all} headline differences,{sure} {some} may change sign along the range of a parameter: single runs at \
                     both ends differ in sign; two replicates would show whether by more than chance explains"
                )
            }
        }
    }

    /// A chart for each headline of a scenario, in the order of the table.
    fn effects(&self, figures: &mut Figures, scenario: &Described) -> Vec<Markup> {
        let mut headlines: Vec<Vec<&ParameterEffect>> = Vec::new();
        for row in self
            .tables
            .flips
            .iter()
            .filter(|row| row.scenario == scenario.name)
        {
            let same = |other: &ParameterEffect| {
                other.outcome == row.outcome
                    && other.group == row.group
                    && other.country == row.country
            };
            match headlines
                .last_mut()
                .filter(|rows| rows.first().is_some_and(|first| same(first)))
            {
                Some(rows) => rows.push(row),
                None => headlines.push(vec![row]),
            }
        }
        headlines
            .iter()
            .filter_map(|rows| Some(figures.add(self.effect(scenario, rows)?)))
            .collect()
    }

    /// The chart of one headline: its parameters along their ranges.
    fn effect(&self, scenario: &Described, rows: &[&ParameterEffect]) -> Option<Figure> {
        let first = rows.first()?;
        let row = self
            .tables
            .outcome(&scenario.name, &first.outcome, &first.group, &first.country);
        let unit = row.map_or("", |row| row.unit.as_str());
        let country = self.country(&first.country);
        let place = if first.country == ALL { ALL } else { country };
        let name = labels::label(&first.outcome, &first.group, place);
        let verdict = verdict(rows, unit);
        let form = Form::of(unit).name();
        let mean = row
            .and_then(|row| row.difference)
            .map(|difference| difference.mean);
        Some(Figure {
            level: 4,
            statement: format!("{name}: {verdict}"),
            note: match mean {
                Some(mean) if matches!(unit, "share" | "ratio") => {
                    format!("Mean difference {}", change(mean, unit))
                }
                Some(mean) => format!("Mean difference {} {unit}", change(mean, unit)),
                None => unit.to_owned(),
            },
            size: "panel",
            below: html! {},
            drawn: json!({
                "kind": "tornado", "bars": bars(rows), "mean": mean, "form": form, "unit": unit,
                "table": numbers(rows, form),
            }),
        })
    }
}

/// How a headline responds along the ranges of its parameters, by the gravest verdict.
fn verdict(rows: &[&ParameterEffect], unit: &str) -> String {
    let by = |verdict: &str| rows.iter().find(|row| row.verdict == verdict);
    let ends = |row: &ParameterEffect| {
        let at = row
            .run_at_low
            .zip(row.run_at_high)
            .or(row.at_low.zip(row.at_high));
        at.map_or_else(String::new, |(low, high)| {
            format!(
                " ({} at {}, {} at {})",
                change(low, unit),
                row.ends.0,
                change(high, unit),
                row.ends.1
            )
        })
    };
    [
        ("flips", "flips with"),
        ("possible", "may flip with"),
        ("suspected", "suspected to flip with"),
        ("undecided", "undecided whether it flips with"),
        ("not confirmed", "not confirmed to flip with"),
    ]
    .iter()
    .find_map(|(verdict, words)| {
        let row = by(verdict)?;
        Some(format!("{words} {}{}", row.path, ends(row)))
    })
    .unwrap_or_else(|| NO_FLIP.to_owned())
}

/// The bars that are drawn: for parameters that change the sign, and for the strongest of the others.
fn bars(rows: &[&ParameterEffect]) -> Vec<Value> {
    rows.iter()
        .filter(|row| !row.path.is_empty())
        .filter(|row| row.verdict != NO_FLIP || row.rank <= MOST_MOVERS)
        .map(|row| {
            json!({
                "path": row.path, "ends": [row.ends.0, row.ends.1], "at": [row.at_low, row.at_high],
                "run": [row.run_at_low, row.run_at_high], "verdict": row.verdict,
            })
        })
        .collect()
}

/// All numbers behind the bars, with a line for each parameter.
fn numbers(rows: &[&ParameterEffect], form: &str) -> Value {
    let columns = [
        ("Parameter", "text"),
        ("From", "text"),
        ("To", "text"),
        ("Difference at the lower end", form),
        ("Difference at the upper end", form),
        ("Run at the lower end", form),
        ("Run at the upper end", form),
        ("Correlation", "ratio"),
        ("By chance alone", "share"),
        ("Verdict", "text"),
    ];
    let table_rows = rows.iter().map(|row| {
        vec![
            json!(row.path),
            json!(row.ends.0),
            json!(row.ends.1),
            json!(row.at_low),
            json!(row.at_high),
            json!(row.run_at_low),
            json!(row.run_at_high),
            json!(row.correlation),
            json!(row.chance),
            json!(row.verdict),
        ]
    });
    table(&columns, table_rows.collect())
}
