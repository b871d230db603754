//! Parameters that the data can only tell together: how they are correlated in the posterior.

use super::view::{Parameter, View, number, unit_after};
use crate::report::page::figure::{Figure, Figures, table};
use crate::report::page::words::amount;
use maud::{Markup, html};
use serde_json::{Value, json};

/// Number of pairs that are drawn.
const DRAWN: usize = 6;
/// The size of a correlation times the square root of the number of sets that chance exceeds one time in twenty.
const CHANCE: f64 = 1.96;

impl View<'_> {
    /// Charts of the strongest pairs, and a table of all; `None` for fewer than two parameters.
    pub(super) fn pairs(&self, figures: &mut Figures) -> Option<Markup> {
        if self.sampled.len() < 2 {
            return None;
        }
        let strongest = self.strongest();
        let chance = CHANCE / self.effective_size().max(1.0).sqrt();
        Some(html! {
            p class="note" {
                "Where two parameters go together, the data determine a combination of the two, not each alone. Correlations are between the places "
                "of values in their priors, weighted by set. With this many effective sets, chance alone gives one pair in twenty a correlation beyond ±"
                (amount(chance, "ratio")) "."
            }
            div class="panels" { @for (a, b, r) in &strongest { (self.pair(*a, *b, *r, figures)) } }
            h3 { "All pairs" }
            (self.matrix())
        })
    }

    /// The pairs that are drawn, which are those with the largest correlations, and their correlations.
    pub(super) fn strongest(&self) -> Vec<(usize, usize, f64)> {
        let count = self.sampled.len();
        let mut pairs: Vec<(usize, usize, f64)> = (0..count)
            .flat_map(|a| (a + 1..count).map(move |b| (a, b)))
            .filter_map(|(a, b)| Some((a, b, self.correlation(a, b)?)))
            .collect();
        pairs.sort_by(|x, y| y.2.abs().total_cmp(&x.2.abs()));
        pairs.truncate(DRAWN);
        pairs
    }

    fn correlation(&self, a: usize, b: usize) -> Option<f64> {
        self.sampled[a].correlation(&self.sampled[b], &self.tables.weights)
    }

    fn pair(&self, a: usize, b: usize, r: f64, figures: &mut Figures) -> Markup {
        let pair = [&self.sampled[a], &self.sampled[b]];
        let weights = &self.tables.weights;
        let largest = weights.iter().copied().fold(f64::MIN_POSITIVE, f64::max);
        let sets = || {
            let values = pair[0].values.iter().zip(&pair[1].values);
            values.zip(weights).enumerate()
        };
        let points: Vec<[f64; 3]> = sets()
            .map(|(_, ((x, y), weight))| [*x, *y, weight / largest])
            .collect();
        let columns = [
            ("Set", "text"),
            ("Across", "figures"),
            ("Up", "figures"),
            ("Weight", "odds"),
        ];
        let rows = sets().map(|(set, ((x, y), weight))| {
            vec![json!(set.to_string()), json!(x), json!(y), json!(weight)]
        });
        let [across, up] = pair.map(axis);
        figures.add(Figure {
            level: 3,
            statement: format!("Correlation {}", amount(r, "ratio")),
            note: format!(
                "Across: {}. Up: {}. Each dot is a kept set; larger dots have more weight",
                pair[0].row.path, pair[1].row.path
            ),
            size: "panel",
            drawn: json!({
                "kind": "pair", "points": points, "across": across, "up": up, "table": table(&columns, rows.collect()),
            }),
            below: html! {},
        })
    }

    /// A table of all correlations; the stronger, the darker.
    fn matrix(&self) -> Markup {
        html! {
            div class="scroll" tabindex="0" role="region" aria-label="Correlations of all parameters" {
                table class="heat numbered" {
                    caption class="unseen" { "Correlations of the posterior" }
                    thead { tr {
                        th scope="col" { "Parameter" }
                        @for number in 1..=self.sampled.len() { th scope="col" { (number) } }
                    } }
                    tbody {
                        @for (a, one) in self.sampled.iter().enumerate() {
                            tr data-path=(one.row.path) {
                                th scope="row" { (a + 1) " " (one.row.path) }
                                @for b in 0..self.sampled.len() { (self.cell(a, b)) }
                            }
                        }
                    }
                }
            }
        }
    }

    fn cell(&self, a: usize, b: usize) -> Markup {
        html! {
            @match self.correlation(a, b).filter(|_| a != b) {
                Some(r) => td style={ "--h:" (format!("{:.3}", r.abs())) } data-value=(r) { (amount(r, "ratio")) },
                None => td class="quiet" { "–" },
            }
        }
    }
}

/// The axis of a parameter: its range, and the labels of its ends.
fn axis(one: &Parameter<'_>) -> Value {
    let [low, _, high] = one.row.prior;
    let unit = one.row.unit.as_str();
    let [from, to] = [low, high].map(|end| number(end, unit));
    json!({
        "path": one.row.path, "range": [low, high],
        "ends": [from, format!("{to}{}", unit_after(unit))],
    })
}
