//! Series through time: everybody abroad, and newcomers and rents by country.

use super::{ComparisonPage, NAMED_BESIDE};
use crate::analyse::comparison_tables::{DrawnCourse, OutcomeRow};
use crate::measure::ALL;
use crate::report::page::figure::{Figure, Figures};
use crate::report::page::words::{Form, amount, ends, finding};
use crate::store::{Dated, Place};
use maud::{Markup, html};
use serde_json::{Value, json};

/// For each series, the outcome that says how it ends or peaks; panels are described by it.
const SAID_BY: [(&str, &str); 3] = [
    ("abroad", "abroad_at_end"),
    ("newcomers", "abroad_at_end"),
    ("rent_index", "rent_index_peak"),
];

impl ComparisonPage<'_> {
    /// The dates of the series.
    pub(super) fn dates(&self) -> &[String] {
        self.tables
            .courses
            .first()
            .map_or(&[], |course| &course.dates)
    }

    pub(super) fn abroad(&self, figures: &mut Figures) -> Option<Markup> {
        let drawn = self.drawn("abroad", ALL)?;
        let base = self
            .of_all(&self.others().next()?.1.name, "abroad_at_end")?
            .base?;
        let rows = self
            .others()
            .filter_map(|(_, one)| self.of_all(&one.name, "abroad_at_end"));
        let largest = Self::largest(rows)?;
        let statement = format!(
            "{} persons are abroad at the end in the base, and {} under “{}”",
            amount(base.mean, "persons"),
            finding(largest)?,
            self.title(&largest.scenario),
        );
        let rules = self.rules(|event| event.countries.iter().any(|code| self.is_origin(code)));
        Some(html! {
            (self.key_if_narrow())
            (figures.add(Figure {
                level: 3,
                statement,
                note: format!(
                    "Persons abroad, including in transit: {}{}",
                    self.drawn_how(),
                    self.observed_how("abroad")
                ),
                size: "wide",
                below: listed_rules(&rules),
                drawn: with_rules(drawn, &rules),
            }))
        })
    }

    pub(super) fn newcomers(&self, figures: &mut Figures) -> Option<Markup> {
        let lead = |row: &OutcomeRow, country: &str| {
            let (found, title) = (finding(row)?, self.title(&row.scenario));
            Some(format!(
                "Numbers at the end differ most in {country}: {found} under “{title}”"
            ))
        };
        let note = format!(
            "Modelled persons of any origin in the country: {}{}. Each panel has its own scale",
            self.drawn_how(),
            self.observed_how("newcomers")
        );
        self.panels(figures, "newcomers", &note, lead)
    }

    pub(super) fn rents(&self, figures: &mut Figures) -> Option<Markup> {
        let lead = |row: &OutcomeRow, country: &str| {
            let (found, title) = (finding(row)?, self.title(&row.scenario));
            Some(format!(
                "Rents differ most in {country}: at their peak, as multiples of the rent on the first day, {found} under “{title}”"
            ))
        };
        let note = format!(
            "Rent in the receiving city, as a multiple of the rent on the first day: {}{}",
            self.drawn_how(),
            self.observed_how("rent_index")
        );
        self.panels(figures, "rent_index", &note, lead)
    }

    /// What a chart through time shows for each scenario.
    fn drawn_how(&self) -> String {
        let ends = ends(self.description.draws);
        match self.description.scenarios.len() {
            0..=NAMED_BESIDE => format!("mean over draws, with its band ({ends})"),
            _ => format!(
                "mean over draws; only the base has its band ({ends}), the others are in the tables"
            ),
        }
    }

    /// What a chart through time shows of the observations; empty if there are none.
    fn observed_how(&self, series: &str) -> &'static str {
        let observed = &self.description.observed;
        match observed.iter().any(|point| point.series == series) {
            true => "; a ring with its band marks an observation",
            false => "",
        }
    }

    /// A panel for each country, those with most persons in the base first.
    fn panels(
        &self,
        figures: &mut Figures,
        series: &str,
        note: &str,
        lead: impl Fn(&OutcomeRow, &str) -> Option<String>,
    ) -> Option<Markup> {
        let base = &self.base()?.name;
        let highest = |course: &DrawnCourse| {
            course
                .values
                .iter()
                .fold(0.0, |most: f64, value| most.max(value[0]))
        };
        let mut countries: Vec<(&Place, f64)> = self
            .description
            .countries
            .iter()
            .filter_map(|place| {
                Some((
                    place,
                    highest(self.tables.course(base, series, &place.code)?),
                ))
            })
            .filter(|(_, most)| *most > 0.0)
            .collect();
        countries
            .sort_by(|(a, most_a), (b, most_b)| most_b.total_cmp(most_a).then(a.code.cmp(&b.code)));
        if countries.is_empty() {
            return None;
        }
        let said_by = SAID_BY.iter().find(|(name, _)| *name == series)?.1;
        let shown =
            |row: &&OutcomeRow| countries.iter().any(|(place, _)| place.code == row.country);
        let rows = self.tables.outcomes.iter();
        let rows = rows
            .filter(|row| row.outcome == said_by && row.group == ALL)
            .filter(shown);
        let finding = Self::largest(rows).and_then(|row| lead(row, self.country(&row.country)));
        let panels: Vec<Markup> = countries
            .iter()
            .filter_map(|(place, _)| Some(figures.add(self.panel(series, said_by, place)?)))
            .collect();
        Some(html! {
            @if let Some(finding) = finding { p class="finding" { (finding) } }
            p class="note" { (note) "." }
            (self.key())
            div class="panels" { @for panel in &panels { (panel) } }
        })
    }

    fn panel(&self, series: &str, said_by: &str, place: &Place) -> Option<Figure> {
        let code = place.code.as_str();
        let drawn = self.drawn(series, code)?;
        let rows = self
            .tables
            .outcomes
            .iter()
            .filter(|row| row.outcome == said_by && row.group == ALL && row.country == code);
        let what = match series {
            "rent_index" => "Peak",
            _ => "At the end",
        };
        let note = Self::largest(rows).and_then(|row| {
            let found = finding(row)?;
            Some(match self.description.scenarios.len() {
                0..=2 => format!("{what} {found}"),
                _ => format!("{what} {found} under “{}”", self.title(&row.scenario)),
            })
        });
        let rules = self.rules(|event| event.countries.iter().any(|other| other == code));
        Some(Figure {
            level: 3,
            statement: match (&place.city, series) {
                (Some(city), "rent_index") => format!("{}, {city}", place.name),
                _ => place.name.clone(),
            },
            note: note.unwrap_or_default(),
            size: "panel",
            below: listed_rules(&rules),
            drawn: with_rules(drawn, &rules),
        })
    }

    /// A series of every scenario that has it, in the form that the script draws.
    fn drawn(&self, series: &str, country: &str) -> Option<Value> {
        let scenarios = self.description.scenarios.iter().enumerate();
        let courses: Vec<(usize, &DrawnCourse)> = scenarios
            .filter_map(|(index, one)| {
                Some((index, self.tables.course(&one.name, series, country)?))
            })
            .collect();
        let (_, first) = courses.first()?;
        let lines: Vec<Value> = courses
            .iter()
            .map(|(index, course)| line(*index, course, self.dates()))
            .collect();
        let observed: Vec<Value> = self
            .description
            .observed
            .iter()
            .filter(|point| point.series == series && point.country == country)
            .map(|point| {
                json!({
                    "date": point.date, "value": point.value, "band": point.band,
                    "label": point.quantity, "source": point.source,
                })
            })
            .collect();
        Some(json!({
            "kind": "course", "form": Form::of(&first.unit).name(), "unit": first.unit,
            "lines": lines, "observed": observed,
        }))
    }

    /// The wanted events of all scenarios, each once, by date.
    fn rules(&self, wanted: impl Fn(&Dated) -> bool) -> Vec<(&Dated, bool)> {
        let mut rules: Vec<(&Dated, bool)> = Vec::new();
        for scenario in &self.description.scenarios {
            for event in scenario.events.iter().filter(|event| wanted(event)) {
                let same = |(other, _): &(&Dated, bool)| {
                    other.date == event.date && other.title == event.title
                };
                if !rules.iter().any(same) {
                    rules.push((event, event.own));
                }
            }
        }
        rules.sort_by(|(a, _), (b, _)| (&a.date, &a.title).cmp(&(&b.date, &b.title)));
        rules
    }

    fn is_origin(&self, code: &str) -> bool {
        self.origins().any(|place| place.code == code)
    }

    /// The title of a scenario.
    pub(super) fn title<'s>(&'s self, name: &'s str) -> &'s str {
        let mut scenarios = self.description.scenarios.iter();
        scenarios
            .find(|one| one.name == name)
            .map_or(name, |one| &one.title)
    }
}

/// The numbers of a line, rounded to what can be seen: to whole persons, or to thousandths of a ratio.
fn line(index: usize, course: &DrawnCourse, dates: &[String]) -> Value {
    let decimals = if Form::of(&course.unit) == Form::Whole {
        1.0
    } else {
        1000.0
    };
    let column = |at: usize| -> Vec<Value> {
        let rounded = course
            .values
            .iter()
            .map(|value| (value[at] * decimals).round() / decimals);
        rounded
            .map(|value| {
                if value.fract() == 0.0 {
                    json!(value as i64)
                } else {
                    json!(value)
                }
            })
            .collect()
    };
    let mut line = json!({ "s": index, "mean": column(0), "low": column(1), "high": column(2) });
    // A series that begins later brings its own dates.
    if course.dates != dates
        && let Some(fields) = line.as_object_mut()
    {
        fields.insert("dates".into(), json!(course.dates));
    }
    line
}

fn with_rules(mut drawn: Value, rules: &[(&Dated, bool)]) -> Value {
    let marks: Vec<Value> = rules
        .iter()
        .map(|(event, own)| json!({ "date": event.date, "title": event.title, "own": own }))
        .collect();
    if let Some(fields) = drawn.as_object_mut() {
        fields.insert("rules".into(), json!(marks));
    }
    drawn
}

/// Number of events that are listed at once below a chart; longer lists are folded.
const LISTED: usize = 3;

/// The list of what the numbered rules of a chart stand for.
fn listed_rules(rules: &[(&Dated, bool)]) -> Markup {
    let list = html! {
        ol class="rules" {
            @for (event, own) in rules {
                li {
                    time datetime=(event.date) { (event.date) }
                    " " (event.title)
                    @if *own { span class="quiet" { " (not in the base)" } }
                }
            }
        }
    };
    match rules.len() {
        0 => html! {},
        1..=LISTED => list,
        many => html! { details class="rules-fold" { summary { (many) " dated events" } (list) } },
    }
}
