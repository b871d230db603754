//! The course of the calibration, generation by generation.

use super::view::View;
use crate::analyse::calibration_tables::GenerationRow;
use crate::report::grouped;
use crate::report::page::figure::{Figure, Figures, table};
use crate::report::percent;
use maud::{Markup, html};
use serde_json::{Value, json};

impl View<'_> {
    /// Charts of tolerance, acceptance and effective sample size by generation.
    pub(super) fn course(&self, figures: &mut Figures) -> Markup {
        let rows = &self.tables.generations;
        let ends = |of: &dyn Fn(&GenerationRow) -> String| match (rows.first(), rows.last()) {
            (Some(first), Some(last)) => format!("{} to {}", of(first), of(last)),
            _ => String::new(),
        };
        let charts = [
            (
                format!(
                    "Tolerance: {}",
                    ends(&|row| format!("{:.4}", row.tolerance))
                ),
                "The largest distance from the bands among the kept sets, 0 to 1. While it falls, more generations bring nearer sets",
                "odds",
                rows.iter().map(|row| row.tolerance).collect::<Vec<f64>>(),
            ),
            (
                format!("Acceptance: {}", ends(&|row| percent(row.acceptance))),
                "The share of the sets tried that came nearer than the previous tolerance; in the first generation, the share kept. When it is \
                 small, little more can be gained",
                "share",
                rows.iter().map(|row| row.acceptance).collect(),
            ),
            (
                format!(
                    "Effective sample size: {}",
                    ends(&|row| grouped(row.effective_size.round()))
                ),
                "The number of equally weighted sets that would say as much as those kept. Where it is far below their number, a few sets carry the posterior",
                "decimal",
                rows.iter().map(|row| row.effective_size).collect(),
            ),
        ];
        html! {
            div class="panels" {
                @for (statement, note, form, values) in charts {
                    (figures.add(Figure {
                        level: 3,
                        statement,
                        note: note.to_owned(),
                        size: "panel",
                        drawn: json!({
                            "kind": "generations", "form": form, "values": values,
                            "generations": rows.iter().map(|row| row.generation).collect::<Vec<_>>(),
                            "table": behind(rows),
                        }),
                        below: html! {},
                    }))
                }
            }
        }
    }
}

fn behind(rows: &[GenerationRow]) -> Value {
    let columns = [
        ("Generation", "text"),
        ("Tried", "whole"),
        ("Failed", "whole"),
        ("Came nearer", "whole"),
        ("Acceptance", "share"),
        ("Tolerance", "figures"),
        ("Effective size", "decimal"),
    ];
    let cells = |row: &GenerationRow| {
        vec![
            json!(row.generation.to_string()),
            json!(row.attempts),
            json!(row.failed),
            json!(row.accepted),
            json!(row.acceptance),
            json!(row.tolerance),
            json!(row.effective_size),
        ]
    };
    table(&columns, rows.iter().map(cells).collect())
}
