//! What could change the sign of a headline: parameters along their ranges, and how much opposition abroad
//! must count.

use super::ComparisonPage;
use crate::analyse::comparison_tables::{BreakEvenWeight, ParameterEffect};
use crate::analyse::labels;
use crate::measure::ALL;
use crate::report::page::figure::{Figure, Figures, table};
use crate::report::page::words::{Form, change, interval};
use crate::store::Described;
use maud::{Markup, html};
use serde_json::{Value, json};

/// The verdict on a parameter that changes no sign.
const NO_FLIP: &str = "no flip";

/// Parameters that are drawn though they change no sign, the strongest; all stand in the table.
const MOST_MOVERS: u64 = 4;

impl ComparisonPage<'_> {
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
                    "Bars: expected difference from the base between the lower end (open) and the upper end (dot) of a parameter's \
                     range, the others as drawn; diamonds: runs at both ends. A bar that crosses the rule at zero changes the sign. \
                     Flips: runs at both ends differ in sign, each by more than chance brings. Suspected and undecided: the line through \
                     the draws does, runs were not made, and chance alone seldom or often brings such a line. Not confirmed: the line \
                     does and runs do not. No flip: neither does."
                }
                @for part in &parts { (part) }
            }
            @if !drawn.is_empty() {
                h3 { "How much opposition abroad must count" }
                p class="note" {
                    "The weight of one full-time activist abroad against one at home at which a scenario equals the base. Between 0.1 "
                    "and 10 it is a flip; outside, the ranking is the same at every weight looked at."
                }
                @for figure in &drawn { (figure) }
            }
        })
    }

    fn how_many_flip(&self) -> String {
        let mut differences: Vec<(&str, &str, &str, &str)> = Vec::new();
        let mut flipped = differences.clone();
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
            if row.verdict == "flips" && !flipped.contains(&key) {
                flipped.push(key);
            }
        }
        format!(
            "Of {} headline differences, {} change sign along the range of a parameter, by runs at both ends",
            differences.len(),
            flipped.len()
        )
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

    fn effect(&self, scenario: &Described, rows: &[&ParameterEffect]) -> Option<Figure> {
        let first = rows.first()?;
        let row = self
            .tables
            .outcome(&scenario.name, &first.outcome, &first.group, &first.country);
        let unit = row.map_or("", |row| row.unit.as_str());
        let country = self.country(&first.country);
        let place = if first.country == ALL { ALL } else { country };
        let name = labels::label(&first.outcome, &first.group, place);
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
        let verdict = [
            ("flips", "flips with"),
            ("suspected", "suspected to flip with"),
            ("undecided", "undecided, a flip may be chance, with"),
            ("not confirmed", "a flip was not confirmed with"),
        ]
        .iter()
        .find_map(|(verdict, words)| {
            let row = by(verdict)?;
            Some(format!("{words} {}{}", row.path, ends(row)))
        })
        .unwrap_or_else(|| NO_FLIP.to_owned());
        let bars: Vec<Value> = rows
            .iter()
            .filter(|row| !row.path.is_empty())
            .filter(|row| row.verdict != NO_FLIP || row.rank <= MOST_MOVERS)
            .map(|row| json!({
                "path": row.path, "ends": [row.ends.0, row.ends.1], "at": [row.at_low, row.at_high],
                "run": [row.run_at_low, row.run_at_high], "verdict": row.verdict,
            }))
            .collect();
        let form = Form::of(unit).name();
        let columns = [
            ("Parameter", "text"),
            ("From", "text"),
            ("To", "text"),
            ("Difference at the lower end", form),
            ("at the upper end", form),
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
                "kind": "tornado", "bars": bars, "mean": mean, "form": form, "unit": unit,
                "table": table(&columns, table_rows.collect()),
            }),
        })
    }

    fn break_even(&self, activity: &str) -> Option<Figure> {
        let rows: Vec<&BreakEvenWeight> = self
            .tables
            .weights
            .iter()
            .filter(|row| row.activity == activity)
            .collect();
        let one_origin = self.origins().count() <= 1;
        // With one origin the row of all origins says the same twice.
        let rows: Vec<&BreakEvenWeight> = rows
            .iter()
            .copied()
            .filter(|row| {
                !one_origin || row.origin == ALL || !rows.iter().any(|other| other.origin == ALL)
            })
            .collect();
        if rows.is_empty() {
            return None;
        }
        let said: Vec<String> = rows
            .iter()
            .map(|row| format!("“{}” {}", self.title(&row.scenario), told(row)))
            .collect();
        let flips = rows.iter().filter(|row| row.weight.is_some()).count();
        let statement = match (said.len(), flips) {
            (1, _) => format!("With activity at home as {activity}: {}", said[0]),
            (many, flips) => format!(
                "With activity at home as {activity}, {flips} of {many} rankings flip at a weight from 0.1 to 10"
            ),
        };
        let name = |row: &BreakEvenWeight| match one_origin || row.origin == ALL {
            true => self.title(&row.scenario).to_owned(),
            false => format!(
                "{}, {}",
                self.title(&row.scenario),
                self.country(&row.origin)
            ),
        };
        let index = |row: &BreakEvenWeight| {
            self.description
                .scenarios
                .iter()
                .position(|one| one.name == row.scenario)
        };
        let marks: Vec<Value> = rows
            .iter()
            .map(|row| json!({
                "name": name(row), "s": index(row), "weight": row.weight.map(|weight| weight.mean),
                "band": row.weight.and_then(|weight| weight.band), "told": told(row),
            }))
            .collect();
        let columns = [
            ("Scenario", "text"),
            ("Difference abroad", "decimal"),
            ("Difference at home", "decimal"),
            ("Weight", "ratio"),
            ("5 %", "ratio"),
            ("95 %", "ratio"),
            ("Draws", "whole"),
            ("Draws with a weight", "whole"),
            ("More below the weight", "text"),
            ("Verdict", "text"),
        ];
        let table_rows = rows.iter().map(|row| {
            let (low, high) = row.weight.and_then(|weight| weight.band).unzip();
            vec![
                json!(name(row)),
                json!(row.abroad),
                json!(row.at_home),
                json!(row.weight.map(|weight| weight.mean)),
                json!(low),
                json!(high),
                json!(row.draws),
                json!(row.draws_with_weight),
                json!(row.below),
                json!(row.verdict),
            ]
        });
        Some(Figure {
            level: 4,
            statement,
            note: format!(
                "Weight of an activist abroad, on a scale of equal ratios; at home: {activity}"
            ),
            size: "wide",
            below: html! {},
            drawn: json!({ "kind": "weights", "marks": marks, "form": "ratio", "table": table(&columns, table_rows.collect()) }),
        })
    }
}

/// What a break-even row says.
fn told(row: &BreakEvenWeight) -> String {
    let more = |side: &str| match side {
        "base" => "the base has more",
        "scenario" => "the scenario has more",
        _ => "both have the same",
    };
    match row.weight {
        None => format!(
            "no flip: {} at every weight from 0.1 to 10",
            more(&row.below)
        ),
        Some(weight) => {
            let band = weight.band.map_or_else(String::new, |band| {
                format!(" (5–95\u{a0}%: {})", interval(band, "ratio"))
            });
            format!(
                "flips at a weight of {:.2}{band}: below it {}",
                weight.mean,
                more(&row.below)
            )
        }
    }
}
