//! Who would leave in the open world: who left and where to, and who is held and by what.

use super::ComparisonPage;
use crate::analyse::comparison_tables::OutcomeRow;
use crate::analyse::labels;
use crate::measure::ALL;
use crate::report::page::figure::{Figure, Figures, table};
use crate::report::page::words::persons;
use crate::store::Described;
use maud::{Markup, html};
use serde_json::{Value, json};

/// Number of countries that are named; the rest are drawn as one.
const NAMED: usize = 8;

/// The causes of being held, in the order in which the page shows them.
const CAUSES: [&str; 3] = ["barred", "deterred", "means"];

impl ComparisonPage<'_> {
    pub(super) fn wished(&self, figures: &mut Figures) -> Option<Markup> {
        let first = &self.others().next()?.1.name;
        let mut drawn =
            vec![self.flow_of_wishes(0, self.base()?, first, |row| Some(row.base?.mean))?];
        for (index, scenario) in self.others() {
            drawn.extend(self.flow_of_wishes(index, scenario, &scenario.name, |row| {
                Some(row.compared?.mean)
            }));
        }
        Some(html! {
            p class="note" {
                "From left to right: departures, and persons held at the end by what holds them; then departures by destination, "
                "not counting onward moves. A person who left twice counts twice. Means over draws."
            }
            div class="halves" { @for figure in drawn { (figures.add(figure)) } }
        })
    }

    fn flow_of_wishes(
        &self,
        index: usize,
        scenario: &Described,
        rows_of: &str,
        number: impl Fn(&OutcomeRow) -> Option<f64>,
    ) -> Option<Figure> {
        let value = |id: &str, group: &str, country: &str| {
            number(self.tables.outcome(rows_of, id, group, country)?).filter(|value| *value > 0.0)
        };
        let left = value("left", ALL, ALL)?;
        let held: Vec<(&str, f64)> = CAUSES
            .iter()
            .filter_map(|cause| Some((*cause, value("held_by_cause_at_end", cause, ALL)?)))
            .collect();
        let total = left + held.iter().map(|(_, persons)| persons).sum::<f64>();
        let mut links = vec![link("Would leave", "Left", left)];
        links.extend(
            held.iter()
                .map(|(cause, persons)| link("Would leave", labels::group(cause), *persons)),
        );

        let places = self.description.countries.iter();
        let mut countries: Vec<(&str, f64)> = places
            .filter_map(|place| Some((place.name.as_str(), value("left_for", ALL, &place.code)?)))
            .collect();
        countries.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(b.0)));
        let rest: f64 = countries
            .iter()
            .skip(NAMED)
            .map(|(_, persons)| persons)
            .sum();
        let more = countries.len().saturating_sub(NAMED);
        links.extend(
            countries
                .iter()
                .take(NAMED)
                .map(|(name, persons)| link("Left", name, *persons)),
        );
        if rest > 0.0 {
            links.push(link("Left", &format!("{more} other countries"), rest));
        }
        let mut rows: Vec<Vec<Value>> = vec![vec![json!("Left"), json!(left), json!(left / total)]];
        rows.extend(held.iter().map(|(cause, persons)| {
            vec![
                json!(labels::group(cause)),
                json!(persons),
                json!(persons / total),
            ]
        }));
        rows.extend(countries.iter().map(|(name, persons)| {
            vec![
                json!(format!("Left for {name}")),
                json!(persons),
                json!(persons / total),
            ]
        }));
        let statement = format!(
            "{}: of {} who would leave if they could, {:.1} % left",
            scenario.title,
            persons(total),
            100.0 * left / total
        );
        Some(Figure {
            level: 3,
            statement,
            note: "Persons, mean over draws".into(),
            size: if index == 0 { "wide" } else { "half" },
            below: html! {},
            drawn: json!({
                "kind": "sankey", "scenario": index, "links": links, "form": "whole",
                "table": table(&[("What", "text"), ("Persons", "whole"), ("Share of those who would leave", "share")], rows),
            }),
        })
    }
}

fn link(from: &str, to: &str, persons: f64) -> Value {
    json!({ "source": from, "target": to, "value": persons })
}
