//! How much opposition abroad must count for a scenario to equal the base.

use super::ComparisonPage;
use crate::analyse::comparison_tables::BreakEvenWeight;
use crate::measure::ALL;
use crate::report::page::figure::{Figure, table};
use crate::report::page::words::{ends, interval};
use maud::html;
use serde_json::{Value, json};

impl ComparisonPage<'_> {
    /// The weights at which rankings flip, for one kind of activity at home; `None` if none were looked for.
    pub(super) fn break_even(&self, activity: &str) -> Option<Figure> {
        let rows: Vec<&BreakEvenWeight> = self
            .tables
            .weights
            .iter()
            .filter(|row| row.activity == activity)
            .collect();
        let one_origin = self.origins().count() <= 1;
        // With one origin, the row of all origins would say the same again.
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
        let statement = self.weights_in_words(activity, &rows);
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
        Some(Figure {
            level: 4,
            statement,
            note: format!(
                "Weight of an activist abroad, on a logarithmic scale; at home: {activity}"
            ),
            size: "wide",
            below: html! {},
            drawn: json!({ "kind": "weights", "marks": marks, "form": "ratio", "table": numbers(&rows, name) }),
        })
    }

    /// A single ranking is told in full; of several, how many flip.
    fn weights_in_words(&self, activity: &str, rows: &[&BreakEvenWeight]) -> String {
        let said: Vec<String> = rows
            .iter()
            .map(|row| format!("“{}” {}", self.title(&row.scenario), told(row)))
            .collect();
        let flips = rows.iter().filter(|row| row.weight.is_some()).count();
        match (said.len(), flips) {
            (1, _) => format!("Counting {activity} activity at home, {}", said[0]),
            (many, flips) => format!(
                "Counting {activity} activity at home, {flips} of {many} rankings flip at a weight from 0.1 to 10"
            ),
        }
    }
}

/// All numbers behind the marks, with a line for each ranking.
fn numbers(rows: &[&BreakEvenWeight], name: impl Fn(&BreakEvenWeight) -> String) -> Value {
    let columns = [
        ("Scenario", "text"),
        ("Difference abroad", "decimal"),
        ("Difference at home", "decimal"),
        ("Weight", "ratio"),
        ("Low", "ratio"),
        ("High", "ratio"),
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
    table(&columns, table_rows.collect())
}

/// What a break-even row says.
fn told(row: &BreakEvenWeight) -> String {
    let more = |side: &str| match side {
        "base" => "the base has more capacity",
        "scenario" => "the scenario has more capacity",
        _ => "both have the same capacity",
    };
    match row.weight {
        None => format!(
            "no flip: {} at every weight from 0.1 to 10",
            more(&row.below)
        ),
        Some(weight) => {
            let band = weight.band.map_or_else(String::new, |band| {
                let ends = ends(row.draws_with_weight);
                format!(" ({ends}: {})", interval(band, "ratio"))
            });
            format!(
                "flips at a weight of {:.2}{band}: below it {}",
                weight.mean,
                more(&row.below)
            )
        }
    }
}
