//! What was assumed of each sampled parameter, and what is left of it.

use super::short::counted;
use super::view::{Parameter, View, between, number, unit_after};
use crate::report::page::figure::{Figure, Figures, table};
use maud::{Markup, html};
use serde_json::{Value, json};

/// Number of bars in each half of a prior.
const BARS: u32 = 6;

impl View<'_> {
    /// A panel for each sampled parameter; parameters that the data do not inform are folded.
    pub(super) fn priors(&self, figures: &mut Figures) -> Markup {
        let (informed, others): (Vec<_>, Vec<_>) =
            self.sampled.iter().partition(|one| one.row.informed);
        html! {
            p class="note" {
                "Grey line: the prior, half of it spread evenly below the value in the file and half above. Bars: the posterior; below them, its median "
                "and its middle half. Shrinkage is the part of the prior's variance that is gone; parameters that shrink most come first."
            }
            @if informed.is_empty() { p { "The data inform no parameter: as far as this many sets can tell, every posterior is the same as its prior." } }
            div class="panels" { @for one in &informed { (self.panel(one, figures)) } }
            @if !others.is_empty() {
                details class="fold" {
                    summary { "The data do not inform " (counted(others.len(), "other parameter")) }
                    p class="note" {
                        "Their posteriors differ from their priors by no more than chance would give one time in a hundred with this many effective "
                        "sets: they show the range in the file, not a finding."
                    }
                    div class="panels" { @for one in &others { (self.panel(one, figures)) } }
                }
            }
        }
    }

    fn panel(&self, one: &Parameter<'_>, figures: &mut Figures) -> Markup {
        let row = one.row;
        let [low, middle, high] = row.prior;
        let unit = row.unit.as_str();
        let bars = bars(one, &self.tables.weights);
        let runs = row.posterior;
        let shrinkage = match (row.informed, row.shrinkage) {
            (true, Some(shrinkage)) => format!("shrinkage {:.0} %", 100.0 * shrinkage),
            _ => "not informed by the data".to_owned(),
        };
        let shown: Vec<[f64; 4]> = bars
            .iter()
            .filter(|bar| bar.to > bar.from)
            .map(|bar| {
                let width = bar.to - bar.from;
                [bar.from, bar.to, bar.prior / width, bar.posterior / width]
            })
            .collect();
        // If the value in the file is an end of the range, half of the prior is that one value, which no bar can show.
        let at_one = match bars.iter().any(|bar| bar.to <= bar.from) {
            true => {
                let there = bars.iter().filter(|bar| bar.to <= bar.from);
                let share: f64 = there.map(|bar| bar.posterior).sum();
                format!(
                    ". Half of the prior and {:.0} % of the posterior lie exactly at {} and are not drawn",
                    100.0 * share,
                    number(middle, unit)
                )
            }
            false => String::new(),
        };
        let ends = [low, high].map(|end| format!("{}{}", number(end, unit), unit_after(unit)));
        figures.add(Figure {
            level: 3,
            statement: row.path.clone(),
            note: format!(
                "Median {}, middle half {}; prior {}; {shrinkage}{at_one}",
                number(runs.p50, unit),
                between(runs.p25, runs.p75, unit),
                between(low, high, unit),
            ),
            size: "panel",
            drawn: json!({
                "kind": "prior", "bars": shown, "half": [runs.p25, runs.p75], "median": runs.p50, "range": [low, high], "middle": middle,
                "ends": ends,
                "table": behind(&bars),
            }),
            below: html! {},
        })
    }
}

/// A part of a prior, and how much of the prior and of the posterior lies in it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Bar {
    pub from: f64,
    pub to: f64,
    pub prior: f64,
    pub posterior: f64,
}

/// Parts of equal prior weight, as many in each half, with the weight of the sets that lie in them.
pub(super) fn bars(one: &Parameter<'_>, weights: &[f64]) -> Vec<Bar> {
    let [low, middle, high] = one.row.prior;
    let halves = [(low, middle), (middle, high)];
    let share = 0.5 / f64::from(BARS);
    let mut bars: Vec<Bar> = halves
        .iter()
        .flat_map(|(from, to)| {
            let at = move |part: u32| from + (to - from) * f64::from(part) / f64::from(BARS);
            (0..BARS).map(move |part| Bar {
                from: at(part),
                to: at(part + 1),
                prior: share,
                posterior: 0.0,
            })
        })
        .collect();
    let last = bars.len() - 1;
    for (quantile, weight) in one.quantiles.iter().zip(weights) {
        let place = (quantile / share).max(0.0) as usize;
        bars[place.min(last)].posterior += weight;
    }
    bars
}

fn behind(bars: &[Bar]) -> Value {
    let columns = [
        ("From", "figures"),
        ("To", "figures"),
        ("Prior", "share"),
        ("Posterior", "share"),
    ];
    let rows = bars.iter();
    let rows = rows.map(|bar| [bar.from, bar.to, bar.prior, bar.posterior].map(|one| json!(one)));
    table(&columns, rows.map(Vec::from).collect())
}
