//! What became of the same persons: for each flow that a scenario loses or gains, the fates of its persons, as 100 %.

use super::ComparisonPage;
use crate::analyse::comparison_tables::FateOfFlow;
use crate::report::page::figure::{Figure, Figures, table};
use crate::report::page::words::{amount, interval};
use crate::store::Described;
use maud::{Markup, html};
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};

/// Number of flows that are drawn, the largest first; the table has all of them.
const DRAWN: usize = 10;

/// The fates in the order of the table `substitution`, with their labels.
const FATES: [(&str, &str); 12] = [
    ("another-country", "Left for another country"),
    ("another-channel", "Left by another channel"),
    ("later", "Left the same way later"),
    ("earlier", "Left the same way earlier"),
    ("applying", "Waits for a decision"),
    ("barred", "Barred by a rule"),
    ("deterred", "Deterred by a cost"),
    ("means", "Short of means"),
    ("detained", "Detained"),
    ("mobilised", "Called up"),
    ("not-yet", "Decided, not left yet"),
    ("no-wish", "No wish to leave"),
];

/// The fates as the end of a sentence about persons in the other run.
const DID: [&str; FATES.len()] = [
    "left for another country",
    "left by another channel",
    "left the same way later",
    "left the same way earlier",
    "wait for a decision",
    "are barred by a rule",
    "are deterred by a cost",
    "are short of means",
    "are detained",
    "are called up",
    "have decided and not left yet",
    "have no wish to leave",
];

/// The number of persons by fate.
type Fates = [f64; FATES.len()];

/// A flow, given by origin, country and channel, and its persons by draw and fate.
struct Flow<'a> {
    place: (&'a str, &'a str, &'a str),
    draws: BTreeMap<u64, Fates>,
}

impl Flow<'_> {
    fn fates(&self) -> Fates {
        let mut sum = [0.0; FATES.len()];
        for fates in self.draws.values() {
            for (sum, persons) in sum.iter_mut().zip(fates) {
                *sum += persons;
            }
        }
        sum
    }

    fn total(&self) -> f64 {
        self.fates().iter().sum()
    }

    /// The share of a fate in each draw that has the flow, sorted.
    fn shares(&self, fate: usize) -> Vec<f64> {
        let totals = self
            .draws
            .values()
            .map(|fates| (fates[fate], fates.iter().sum::<f64>()));
        let mut shares: Vec<f64> = totals
            .filter(|(_, total)| *total > 0.0)
            .map(|(part, total)| part / total)
            .collect();
        shares.sort_by(f64::total_cmp);
        shares
    }
}

impl ComparisonPage<'_> {
    pub(super) fn substitution(&self, figures: &mut Figures) -> Option<Markup> {
        if self.tables.fates.is_empty() {
            return None;
        }
        let mut parts = Vec::new();
        for (index, scenario) in self.others() {
            let of: Vec<&FateOfFlow> = self
                .tables
                .fates
                .iter()
                .filter(|row| row.scenario == scenario.name)
                .collect();
            let drawn: Vec<Markup> = ["lost", "gained"]
                .iter()
                .filter_map(|direction| Some(figures.add(self.fates(scenario, &of, direction)?)))
                .collect();
            parts.push(html! {
                (self.scenario_heading(index, scenario))
                @for figure in &drawn { (figure) }
                @if drawn.is_empty() { p { "The same persons left by the same channels on the same days as in the base." } }
            });
        }
        Some(html! {
            p class="note" {
                "A flow is all who left for a country by a channel. Lost: who left so in the base and not in the scenario; the bar "
                "says what became of them in the scenario. Gained: who left so in the scenario and not in the base; the bar says "
                "what became of them in the base. Each bar is 100 % of the flow."
            }
            ul class="key" aria-label="Colours of what became of persons" {
                @for (index, (id, label)) in FATES.iter().enumerate() {
                    @if self.tables.fates.iter().any(|row| row.fate == *id) {
                        li { span class={ "swatch f" (index) } aria-hidden="true" {} (label) }
                    }
                }
            }
            @for part in &parts { (part) }
        })
    }

    fn fates(&self, scenario: &Described, rows: &[&FateOfFlow], direction: &str) -> Option<Figure> {
        let pairs: BTreeSet<(u64, u64)> =
            rows.iter().map(|row| (row.draw, row.replicate)).collect();
        let pairs = pairs.len().max(1) as f64;
        let flows = gathered(rows, direction);
        let largest = flows.first()?;
        let fates = largest.fates();
        let most = (0..FATES.len()).max_by(|a, b| fates[*a].total_cmp(&fates[*b]))?;
        let shares = largest.shares(most);
        let persons = largest.total() / pairs;
        let share = fates[most] / largest.total();
        let band = if self.description.draws > 1 {
            format!(
                " (5–95\u{a0}%: {})",
                interval((point(&shares, 0.05), point(&shares, 0.95)), "share")
            )
        } else {
            String::new()
        };
        let (_, country, channel) = largest.place;
        let (here, there) = match direction {
            "lost" => ("base", "scenario"),
            _ => ("scenario", "base"),
        };
        let statement = format!(
            "Of {} persons who left for {} by {channel} in the {here} and not so in the {there}, {}{band} {}",
            amount(persons, "persons"),
            self.country(country),
            amount(share, "share"),
            DID[most],
        );
        let name = |flow: &Flow<'_>| {
            let (origin, country, channel) = flow.place;
            match self.origins().count() {
                0 | 1 => format!("{} · {channel}", self.country(country)),
                _ => format!(
                    "{} to {} · {channel}",
                    self.country(origin),
                    self.country(country)
                ),
            }
        };
        let bars: Vec<Value> = flows
            .iter()
            .take(DRAWN)
            .map(|flow| {
                let total = flow.total();
                let shares: Vec<f64> = flow.fates().iter().map(|persons| persons / total).collect();
                json!({ "name": name(flow), "persons": total / pairs, "shares": shares })
            })
            .collect();
        let mut columns = vec![("Flow", "text"), ("Persons", "whole")];
        columns.extend(FATES.iter().map(|(_, label)| (*label, "share")));
        let table_rows = flows.iter().map(|flow| {
            let total = flow.total();
            let mut row = vec![json!(name(flow)), json!(total / pairs)];
            row.extend(flow.fates().iter().map(|persons| json!(persons / total)));
            row
        });
        Some(Figure {
            level: 4,
            statement,
            note: format!(
                "{} of {} flows that “{}” {}; persons beside each name, mean over pairs of runs",
                bars.len(),
                flows.len(),
                scenario.title,
                if direction == "lost" {
                    "loses"
                } else {
                    "gains"
                }
            ),
            size: "wide",
            below: html! {},
            drawn: json!({
                "kind": "stack", "bars": bars, "form": "share",
                "parts": FATES.iter().map(|(_, label)| label).collect::<Vec<_>>(),
                "table": table(&columns, table_rows.collect()),
            }),
        })
    }
}

/// The flows of a direction, the largest first.
fn gathered<'a>(rows: &[&'a FateOfFlow], direction: &str) -> Vec<Flow<'a>> {
    let mut flows: BTreeMap<(&str, &str, &str), BTreeMap<u64, Fates>> = BTreeMap::new();
    for row in rows.iter().filter(|row| row.direction == direction) {
        let Some(fate) = FATES.iter().position(|(id, _)| *id == row.fate) else {
            continue;
        };
        let draws = flows
            .entry((&row.origin, &row.country, &row.channel))
            .or_default();
        draws.entry(row.draw).or_insert([0.0; FATES.len()])[fate] += row.persons;
    }
    let flows = flows
        .into_iter()
        .map(|(place, draws)| Flow { place, draws });
    let mut flows: Vec<Flow<'_>> = flows.filter(|flow| flow.total() > 0.0).collect();
    flows.sort_by(|a, b| b.total().total_cmp(&a.total()));
    flows
}

/// The quantile of sorted numbers at `share`, interpolated linearly between neighbours.
fn point(sorted: &[f64], share: f64) -> f64 {
    let place = share * sorted.len().saturating_sub(1) as f64;
    let at = |index: usize| sorted.get(index).copied();
    let below = at(place as usize).unwrap_or_default();
    let above = at(place as usize + 1).unwrap_or(below);
    below + (above - below) * place.fract()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(draw: u64, fate: &str, persons: f64) -> FateOfFlow {
        FateOfFlow {
            scenario: "a".into(),
            draw,
            replicate: 0,
            origin: "RU".into(),
            country: "FI".into(),
            channel: "tourist".into(),
            direction: "lost".into(),
            fate: fate.into(),
            persons,
        }
    }

    #[test]
    fn fates_of_a_flow_are_added_up_by_draw() {
        let rows = [
            row(0, "barred", 30.0),
            row(0, "later", 10.0),
            row(1, "barred", 20.0),
        ];
        let flows = gathered(&rows.iter().collect::<Vec<_>>(), "lost");
        assert_eq!(flows.len(), 1);
        assert_eq!((flows[0].total(), flows[0].fates()[5]), (60.0, 50.0));
        assert_eq!(flows[0].shares(5), [0.75, 1.0]);
        assert!(gathered(&rows.iter().collect::<Vec<_>>(), "gained").is_empty());
        assert!((point(&[0.0, 1.0], 0.05) - 0.05).abs() < 1e-12);
    }
}
