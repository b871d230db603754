//! What became of the same persons: for each flow that a scenario loses or gains, the fates of its persons, as 100 %.

use super::ComparisonPage;
use crate::analyse::comparison_tables::FateOfFlow;
use crate::analyse::points;
use crate::report::page::figure::{Figure, Figures, table};
use crate::report::page::words::{self, amount, ends, interval};
use crate::store::Described;
use maud::{Markup, html};
use serde_json::{Value, json};
use std::collections::BTreeMap;

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

    /// The share of each fate among the persons of all draws.
    fn shares(&self) -> Fates {
        let total = self.total();
        self.fates().map(|persons| persons / total)
    }

    /// The share of a fate in each draw that has the flow.
    fn shares_by_draw(&self, fate: usize) -> Vec<f64> {
        let totals = self
            .draws
            .values()
            .map(|fates| (fates[fate], fates.iter().sum::<f64>()));
        totals
            .filter(|(_, total)| *total > 0.0)
            .map(|(part, total)| part / total)
            .collect()
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
                .filter_map(|direction| {
                    Some(figures.add(self.fates((index, scenario), &of, direction)?))
                })
                .collect();
            parts.push(html! {
                (self.scenario_heading(index, scenario))
                @for figure in &drawn { (figure) }
                @if drawn.is_empty() { p { "The same persons left by the same channels on the same days as in the base." } }
            });
        }
        Some(html! {
            p class="note" {
                "A flow is everyone who left for a country by a channel. Lost: those who left this way in the base but not in the "
                "scenario; the bar shows what became of them in the scenario. Gained: those who left this way in the scenario but not "
                "in the base; the bar shows what became of them in the base. Each bar is 100 % of the flow: its persons in all pairs "
                "of runs together. The interval of a share is over the draws that have the flow, each counting equally."
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

    /// The chart of the flows of a scenario, given its place, in a direction; `None` if there are none.
    fn fates(
        &self,
        (index, scenario): (usize, &Described),
        rows: &[&FateOfFlow],
        direction: &str,
    ) -> Option<Figure> {
        // A pair in which nobody did otherwise has no rows, and counts all the same.
        let pairs = self.description.pairs_of(index).max(1) as f64;
        let flows = gathered(rows, direction);
        let statement = self.largest_in_words(flows.first()?, pairs, direction);
        let bars = flows.iter().take(DRAWN).map(|flow| {
            json!({ "name": self.name(flow), "persons": flow.total() / pairs, "shares": flow.shares() })
        });
        let bars: Vec<Value> = bars.collect();
        let mut columns = vec![("Flow", "text"), ("Persons", "whole")];
        columns.extend(FATES.iter().map(|(_, label)| (*label, "share")));
        let table_rows = flows.iter().map(|flow| {
            let mut row = vec![json!(self.name(flow)), json!(flow.total() / pairs)];
            row.extend(flow.shares().map(|share| json!(share)));
            row
        });
        let verb = match direction {
            "lost" => "loses",
            _ => "gains",
        };
        Some(Figure {
            level: 4,
            statement,
            note: format!(
                "{} of {} flows that “{}” {verb}; beside each name, its persons, mean over all pairs of runs",
                bars.len(),
                flows.len(),
                scenario.title,
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

    /// What became of most persons of a flow, with the interval of the draws that have it.
    fn largest_in_words(&self, flow: &Flow<'_>, pairs: f64, direction: &str) -> String {
        let shares = flow.shares();
        let most = (0..FATES.len())
            .max_by(|a, b| shares[*a].total_cmp(&shares[*b]))
            .unwrap_or_default();
        let by_draw = flow.shares_by_draw(most);
        let band = points::of_the_next(&by_draw).map_or_else(String::new, |band| {
            let ends = ends_among(by_draw.len() as u64, self.description.draws);
            format!(" ({ends}: {})", interval(band, "share"))
        });
        let (_, country, channel) = flow.place;
        let (here, there) = match direction {
            "lost" => ("base", "scenario"),
            _ => ("scenario", "base"),
        };
        format!(
            "Of {} persons who left for {} by {channel} in the {here} but not in the {there}, {}{band} {}",
            amount(flow.total() / pairs, "persons"),
            self.country(country),
            amount(shares[most], "share"),
            DID[most],
        )
    }

    /// A flow in words; its origin is named where there are several.
    fn name(&self, flow: &Flow<'_>) -> String {
        let (origin, country, channel) = flow.place;
        match self.origins().count() {
            0 | 1 => format!("{} · {channel}", self.country(country)),
            _ => format!(
                "{} to {} · {channel}",
                self.country(origin),
                self.country(country)
            ),
        }
    }
}

/// What the ends of an interval are that rests on `with` of `draws` draws, those that have the flow.
fn ends_among(with: u64, draws: u32) -> String {
    let ends = ends(with);
    match with < u64::from(draws) {
        false => ends.to_owned(),
        true if ends == words::ends(u32::MAX) => {
            format!("{ends} of the {with} draws with the flow")
        }
        // Too few to leave some out: from the least of them to the largest.
        true => format!("the {with} draws with the flow"),
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
        assert_eq!(flows[0].shares_by_draw(5), [0.75, 1.0]);
        assert!(gathered(&rows.iter().collect::<Vec<_>>(), "gained").is_empty());
    }
}
