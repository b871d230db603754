//! Destination constants by country.

use super::short::counted;
use super::view::{View, between, number};
use crate::report::page::figure::{Figure, Figures, table};
use maud::{Markup, html};
use serde_json::{Value, json};

impl View<'_> {
    /// A chart of all constants that were moved; `None` if there are none.
    pub(super) fn constants(&self, figures: &mut Figures) -> Option<Markup> {
        if self.moved.is_empty() {
            return None;
        }
        let mut moved = self.moved.clone();
        moved.sort_by(|a, b| b.posterior.p50.total_cmp(&a.posterior.p50));
        let points = || {
            moved
                .iter()
                .flat_map(|row| [row.posterior.p05, row.posterior.p95])
        };
        let [from, to] = [points().fold(0.0, f64::min), points().fold(0.0, f64::max)];
        let lines: Vec<Value> = moved
            .iter()
            .map(|row| {
                let runs = row.posterior;
                json!({
                    "name": self.country(&row.path),
                    "marks": [runs.p05, runs.p25, runs.p50, runs.p75, runs.p95], "other": null, "strong": false,
                    "told": [
                        format!("median {}", number(runs.p50, "")),
                        format!("middle half {}", between(runs.p25, runs.p75, "")),
                        format!("5 to 95 % {}", between(runs.p05, runs.p95, "")),
                        format!("in the file {}", number(row.prior[1], "")),
                        format!("range {}", between(row.prior[0], row.prior[2], "")),
                    ],
                })
            })
            .collect();
        let columns = [
            ("Country", "text"),
            ("Path", "text"),
            ("In the file", "figures"),
            ("Least", "figures"),
            ("Most", "figures"),
            ("Mean", "figures"),
            ("5 %", "figures"),
            ("25 %", "figures"),
            ("Median", "figures"),
            ("75 %", "figures"),
            ("95 %", "figures"),
        ];
        let rows = moved.iter().map(|row| {
            let ([low, file, high], runs) = (row.prior, row.posterior);
            let numbers = [
                file, low, high, runs.mean, runs.p05, runs.p25, runs.p50, runs.p75, runs.p95,
            ];
            let names = [json!(self.country(&row.path)), json!(row.path)];
            names
                .into_iter()
                .chain(numbers.map(|number| json!(number)))
                .collect()
        });
        let figure = figures.add(Figure {
            level: 3,
            statement: format!("{}, moved to match the observed shares", counted(moved.len(), "constant")),
            note: "In units of utility. Dot: median; thick line: the middle half; thin line: from 5 to 95 %".to_owned(),
            size: "wide",
            drawn: json!({
                "kind": "whiskers", "rows": lines, "from": from, "to": to, "band": null, "ticks": null,
                "table": table(&columns, rows.collect()),
            }),
            below: html! {},
        });
        Some(html! {
            p class="note" {
                "A constant stands for what draws people to a country beyond everything that the model knows. The stocks in the rows determine the "
                "constants, so they are moved, not sampled: they say how a country differs from the others, not why. The same constant added to all "
                "countries changes no choice."
            }
            (figure)
        })
    }
}
