//! Departures by motive.

use super::ComparisonPage;
use crate::analyse::comparison_tables::{MeanAndBand, OutcomeRow};
use crate::measure::ALL;
use crate::report::page::figure::{Figure, Figures, mark, table};
use crate::report::page::words::{ends, finding};
use maud::{Markup, html};
use serde_json::{Value, json};

/// The motives, in the order in which the page shows them.
const MOTIVES: [&str; 5] = [
    "ordinary",
    "persecution",
    "mobilisation",
    "hardship",
    "conscience",
];

impl ComparisonPage<'_> {
    pub(super) fn motives(&self, figures: &mut Figures) -> Option<Markup> {
        let first = &self.others().next()?.1.name;
        let row = |scenario: &str, motive: &str| {
            self.tables.outcome(scenario, "left_by_motive", motive, ALL)
        };
        let motives: Vec<&str> = MOTIVES
            .into_iter()
            .filter(|motive| row(first, motive).is_some())
            .collect();
        if motives.is_empty() {
            return None;
        }
        let value = |index: usize, scenario: &str, motive: &str| -> Option<MeanAndBand> {
            match index {
                0 => row(first, motive)?.base,
                _ => row(scenario, motive)?.compared,
            }
        };
        let all = self.description.scenarios.iter().enumerate();
        let lines: Vec<Value> = all
            .clone()
            .map(|(index, scenario)| {
                let values: Vec<Value> = motives
                    .iter()
                    .map(|motive| mark(value(index, &scenario.name, motive)))
                    .collect();
                json!({ "s": index, "values": values })
            })
            .collect();
        let mut rows: Vec<Vec<Value>> = Vec::new();
        for motive in &motives {
            for (index, scenario) in all.clone() {
                let value = value(index, &scenario.name, motive);
                let (low, high) = value.and_then(|value| value.band).unzip();
                rows.push(vec![
                    json!(motive),
                    json!(scenario.title),
                    json!(value.map(|value| value.mean)),
                    json!(low),
                    json!(high),
                ]);
            }
        }
        let largest = Self::largest(
            self.tables
                .outcomes
                .iter()
                .filter(|row: &&OutcomeRow| row.outcome == "left_by_motive" && row.group != ALL),
        )?;
        let statement = format!(
            "Departures differ most for the motive “{}”: {} under “{}”",
            largest.group,
            finding(largest)?,
            self.title(&largest.scenario),
        );
        let columns = [
            ("Motive", "text"),
            ("Scenario", "text"),
            ("Mean", "whole"),
            ("Low", "whole"),
            ("High", "whole"),
        ];
        Some(html! {
            (self.key())
            (figures.add(Figure {
                level: 3,
                statement,
                note: match self.description.draws {
                    1 => "Departures by motive: one draw, no interval".to_owned(),
                    draws => format!("Departures by motive: mean over draws and interval ({})", ends(draws)),
                },
                size: "wide",
                below: html! {},
                drawn: json!({
                    "kind": "whisker", "categories": motives, "lines": lines, "form": "whole", "unit": "persons",
                    "table": table(&columns, rows),
                }),
            }))
        })
    }
}
