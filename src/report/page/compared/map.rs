//! Maps of arrivals from each origin and of those held at home, in every scenario and as differences from the base.

use super::ComparisonPage;
use crate::analyse::comparison_tables::{MeanAndBand, OutcomeRow};
use crate::measure::ALL;
use crate::report::page::figure::{Figure, Figures, table};
use crate::report::page::words::{change, finding, persons};
use crate::store::Described;
use maud::{Markup, html};
use serde_json::{Value, json};

/// Which number of a row a map shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Shown {
    Base,
    Scenario,
    Difference,
}

impl Shown {
    fn of(self, row: &OutcomeRow) -> Option<MeanAndBand> {
        match self {
            Self::Base => row.base,
            Self::Scenario => row.compared,
            Self::Difference => row.difference,
        }
    }
}

/// A number between two places: origin, country, number.
type Flow<'a> = (&'a str, &'a str, MeanAndBand);

impl ComparisonPage<'_> {
    /// The section of maps; `None` if nobody arrives anywhere.
    pub(super) fn maps(&self, figures: &mut Figures) -> Option<Markup> {
        let first = &self.others().next()?.1.name;
        let mut wanted = vec![(0, self.base()?, first.as_str(), Shown::Base)];
        for (index, scenario) in self.others() {
            wanted.push((index, scenario, &scenario.name, Shown::Scenario));
            wanted.push((index, scenario, &scenario.name, Shown::Difference));
        }
        let found: Vec<_> = wanted
            .into_iter()
            .map(|(index, scenario, name, shown)| {
                (
                    index,
                    scenario,
                    shown,
                    self.flows(name, shown),
                    self.held(name, shown),
                )
            })
            .collect();
        let most = |differences: bool| {
            let of = found
                .iter()
                .filter(|map| (map.2 == Shown::Difference) == differences);
            let values = of.flat_map(|map| map.3.iter().map(|flow| flow.2.mean.abs()));
            values.fold(0.0, f64::max)
        };
        let most = [most(false), most(true)];
        if most[0] == 0.0 {
            return None;
        }
        let lead = Self::largest(
            self.tables
                .outcomes
                .iter()
                .filter(|row| row.outcome == "arrivals" && row.group == ALL && row.country != ALL),
        );
        let lead = lead.and_then(|row| {
            let (country, title) = (self.country(&row.country), self.title(&row.scenario));
            Some(format!(
                "Arrivals differ most in {country}: {} under “{title}”",
                finding(row)?
            ))
        });
        Some(html! {
            @if let Some(lead) = lead { p class="finding" { (lead) } }
            p class="note" {
                "Lines: arrivals over the whole period, including moves between host countries; the more arrivals, the wider. "
                "Circles at the origin: persons held at the end. Boundaries are as drawn by Natural Earth and imply no position."
            }
            div class="halves" {
                @for (index, scenario, shown, flows, held) in &found {
                    (figures.add(self.map(*index, scenario, *shown, flows, held, most)))
                }
            }
        })
    }

    /// The map of one scenario, or of its difference from the base. `most` are the most arrivals on any line, in maps
    /// of numbers and in maps of differences, so that all maps of a kind have one scale.
    fn map(
        &self,
        index: usize,
        scenario: &Described,
        shown: Shown,
        flows: &[Flow<'_>],
        held: &[(&str, MeanAndBand)],
        most: [f64; 2],
    ) -> Figure {
        let differs = shown == Shown::Difference;
        Figure {
            level: 3,
            statement: self.map_in_words(index, scenario, shown),
            note: match differs {
                true => "More persons (solid) or fewer (dashed) than in the base; these lines have a scale of their own".into(),
                false => "Persons, mean over draws".into(),
            },
            size: if index == 0 { "wide" } else { "half" },
            below: html! { p class="note beyond" {} },
            drawn: json!({
                "kind": "map",
                "difference": differs,
                "scenario": index,
                "most": most[usize::from(differs)],
                "flows": flows.iter().map(|(from, to, value)| json!({
                    "from": from, "to": to, "value": value.mean, "name": self.country(to),
                })).collect::<Vec<_>>(),
                "held": held.iter().map(|(at, value)| json!({
                    "at": at, "value": value.mean,
                    "label": format!("Held at home {}", match differs {
                        true => change(value.mean, "persons"),
                        false => persons(value.mean),
                    }),
                })).collect::<Vec<_>>(),
                "form": "whole",
                "table": self.map_numbers(flows, held, shown),
            }),
        }
    }

    /// What a map amounts to: everybody who arrived, and everybody who was held.
    fn map_in_words(&self, index: usize, scenario: &Described, shown: Shown) -> String {
        let differs = shown == Shown::Difference;
        let of_all = |id: &str| {
            let name = if index == 0 {
                &self.others().next()?.1.name
            } else {
                &scenario.name
            };
            shown.of(self.of_all(name, id)?)
        };
        let title = &scenario.title;
        let in_words = |id: &str| {
            of_all(id).map(|value| match differs {
                true => change(value.mean, "persons"),
                false => persons(value.mean),
            })
        };
        match (differs, in_words("arrivals"), in_words("held_at_end")) {
            (false, Some(arrivals), Some(held)) => {
                format!("{title}: {arrivals} arrivals, {held} held at home at the end")
            }
            (false, Some(arrivals), None) => format!("{title}: {arrivals} arrivals"),
            (true, Some(arrivals), Some(held)) => format!(
                "{title}, difference from the base: arrivals {arrivals}, held at the end {held}"
            ),
            (true, Some(arrivals), None) => {
                format!("{title}, difference from the base: arrivals {arrivals}")
            }
            _ => title.clone(),
        }
    }

    /// All numbers of a map, with a row for each line or circle.
    fn map_numbers(&self, flows: &[Flow<'_>], held: &[(&str, MeanAndBand)], shown: Shown) -> Value {
        let mut rows: Vec<Vec<Value>> = flows
            .iter()
            .map(|(origin, country, value)| {
                row(
                    "Arrivals",
                    self.country(origin),
                    self.country(country),
                    *value,
                )
            })
            .collect();
        rows.extend(
            held.iter()
                .map(|(origin, value)| row("Held at the end", self.country(origin), "", *value)),
        );
        let columns = [
            ("Number", "text"),
            ("Origin", "text"),
            ("Country", "text"),
            (
                if shown == Shown::Difference {
                    "Difference"
                } else {
                    "Mean"
                },
                "whole",
            ),
            ("Low", "whole"),
            ("High", "whole"),
        ];
        table(&columns, rows)
    }

    /// Arrivals by origin and country; if there are several origins, each is a group of its own.
    fn flows(&self, scenario: &str, shown: Shown) -> Vec<Flow<'_>> {
        let origins: Vec<&str> = self.origins().map(|place| place.code.as_str()).collect();
        let several = origins.len() > 1;
        let mut flows: Vec<Flow<'_>> = Vec::new();
        for row in &self.tables.outcomes {
            if row.scenario != scenario || row.outcome != "arrivals" || row.country == ALL {
                continue;
            }
            let origin = match several {
                true => origins.iter().find(|code| **code == row.group),
                false => origins.first().filter(|_| row.group == ALL),
            };
            if let (Some(origin), Some(value)) = (origin, shown.of(row))
                && value.mean != 0.0
            {
                flows.push((origin, &row.country, value));
            }
        }
        flows.sort_by(|a, b| b.2.mean.abs().total_cmp(&a.2.mean.abs()));
        flows
    }

    /// Persons held at the end, by origin. With several origins, this is the sum over the segments of each, without
    /// an interval.
    fn held(&self, scenario: &str, shown: Shown) -> Vec<(&str, MeanAndBand)> {
        let origins: Vec<&str> = self.origins().map(|place| place.code.as_str()).collect();
        let of =
            |group: &str| shown.of(self.tables.outcome(scenario, "held_at_end", group, ALL)?);
        if let [only] = origins[..] {
            return of(ALL).map(|value| (only, value)).into_iter().collect();
        }
        let sum = |origin: &str| {
            let segments = self
                .description
                .segments
                .iter()
                .filter(|people| people.origin == origin);
            let means: Vec<f64> = segments
                .filter_map(|people| Some(of(&people.name)?.mean))
                .collect();
            (!means.is_empty()).then(|| MeanAndBand {
                mean: means.iter().sum(),
                band: None,
            })
        };
        origins
            .into_iter()
            .filter_map(|origin| Some((origin, sum(origin)?)))
            .collect()
    }
}

/// A row of the table below a map.
fn row(what: &str, origin: &str, country: &str, value: MeanAndBand) -> Vec<Value> {
    let (low, high) = value.band.unzip();
    vec![
        json!(what),
        json!(origin),
        json!(country),
        json!(value.mean),
        json!(low),
        json!(high),
    ]
}
