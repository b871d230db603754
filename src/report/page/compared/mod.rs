//! The page of a comparison.

mod break_even;
mod cards;
mod changes;
mod courses;
mod differences;
mod map;
mod motives;
mod opening;
mod sensitivity;
mod sources;
mod substitution;
#[cfg(test)]
mod tests;
mod wished;

use super::figure::Figures;
use super::making::making;
use super::section::{Section, sections};
use super::shell::{Document, document};
use crate::analyse::comparison_tables::{ComparisonTables, OutcomeRow};
use crate::measure::ALL;
use crate::store::{Described, Description, Manifest, Place};
use maud::{Markup, html};
use serde_json::json;
use std::io;

/// What the page is drawn from.
#[derive(Debug, Clone, Copy)]
pub struct ComparisonPage<'a> {
    /// What the comparison is about.
    pub description: &'a Description,
    /// Its numbers.
    pub tables: &'a ComparisonTables,
    /// The manifest of the folder.
    pub manifest: &'a Manifest,
}

/// Draws the page; the same folder gives the same bytes.
///
/// # Errors
/// None in practice: the compressor writes to memory, through an interface that can report errors.
pub fn comparison_page(page: &ComparisonPage<'_>) -> io::Result<String> {
    let mut figures = Figures::default();
    let parts: Vec<Section> = vec![
        ("changes", "What was changed", Some(page.changes())),
        ("headlines", "In short", Some(page.cards())),
        (
            "abroad",
            "Persons abroad over time",
            page.abroad(&mut figures),
        ),
        (
            "newcomers",
            "Newcomers by country",
            page.newcomers(&mut figures),
        ),
        ("rents", "Rents by country", page.rents(&mut figures)),
        (
            "map",
            "Where they go, and who is held at home",
            page.maps(&mut figures),
        ),
        (
            "wished",
            "Who would leave, and what becomes of them",
            page.wished(&mut figures),
        ),
        (
            "substitution",
            "What became of the same persons",
            page.substitution(&mut figures),
        ),
        ("motives", "Why they leave", page.motives(&mut figures)),
        (
            "sensitivity",
            "What could change the sign",
            page.sensitivity(&mut figures),
        ),
        ("differences", "Every difference", Some(page.differences())),
        ("sources", "Sources and assumptions", Some(page.sources())),
        (
            "making",
            "How this page was made",
            Some(making(page.manifest, &again(), true)),
        ),
    ];
    let main = sections(parts, |names| page.opening(names));
    let count = figures.count();
    let data = json!({
        "scenarios": page.description.scenarios.iter()
            .map(|one| json!({ "name": one.name, "title": one.title }))
            .collect::<Vec<_>>(),
        "dates": page.dates(),
        "figures": figures.into_specifications(),
        "differences": page.difference_data(),
    });
    document(&Document {
        title: &page.headline(),
        what: "a comparison of scenarios",
        main: &main,
        data: &data,
        charts: count,
        scripts: SCRIPTS,
        maps: true,
    })
}

/// How to make the page again.
fn again() -> Markup {
    html! {
        p {
            "The same version, scenarios and seed give the same tables, byte for byte, on any number of threads. "
            code { "exeunt report FOLDER" } " draws this page again from the tables in its folder. There, "
            code { "manifest.json" } " has the digest of every table, and " code { "run.json" } " the command that made them."
        }
    }
}

/// The scripts that draw a comparison.
const SCRIPTS: &[&str] = &[
    include_str!("../script/course.js"),
    include_str!("../script/bars.js"),
    include_str!("../script/sensitivity.js"),
    include_str!("../script/sankey.js"),
    include_str!("../script/map.js"),
    include_str!("../script/differences.js"),
];

/// The most lines that a wide chart names beside them.
const NAMED_BESIDE: usize = 4;

impl<'a> ComparisonPage<'a> {
    /// The scenario that the others are compared with.
    fn base(&self) -> Option<&'a Described> {
        self.description.scenarios.first()
    }

    /// The scenarios that are compared with the base, with their indices among all.
    fn others(&self) -> impl Iterator<Item = (usize, &'a Described)> + use<'a> {
        self.description.scenarios.iter().enumerate().skip(1)
    }

    /// The name of a country, or its code if no name is known.
    fn country<'s>(&self, code: &'s str) -> &'s str
    where
        'a: 's,
    {
        let mut places = self.description.countries.iter();
        match code {
            ALL => "All countries",
            _ => places
                .find(|place| place.code == code)
                .map_or(code, |place| place.name.as_str()),
        }
    }

    /// Countries that persons leave.
    fn origins(&self) -> impl Iterator<Item = &'a Place> + use<'a> {
        self.description
            .countries
            .iter()
            .filter(|place| place.origin)
    }

    /// The row of an outcome for everybody in all countries.
    fn of_all(&self, scenario: &str, id: &str) -> Option<&'a OutcomeRow> {
        self.tables.outcome(scenario, id, ALL, ALL)
    }

    /// A key of the colours of the scenarios.
    fn key(&self) -> Markup {
        self.key_shown("key")
    }

    /// The same for a chart that names its lines beside them if they are few and the chart is wide.
    fn key_if_narrow(&self) -> Markup {
        match self.description.scenarios.len() {
            0..=NAMED_BESIDE => self.key_shown("key narrow"),
            _ => self.key(),
        }
    }

    fn key_shown(&self, class: &str) -> Markup {
        html! {
            ul class=(class) aria-label="Colours of the scenarios" {
                @for (index, scenario) in self.description.scenarios.iter().enumerate() {
                    li {
                        span class={ "swatch s" (index) } aria-hidden="true" {}
                        (scenario.title)
                        @if index == 0 { span class="quiet" { " (base)" } }
                    }
                }
            }
        }
    }

    /// A heading with the colour of a scenario.
    fn scenario_heading(&self, index: usize, scenario: &Described) -> Markup {
        html! {
            h3 class="scenario" {
                span class={ "swatch s" (index) } aria-hidden="true" {}
                (scenario.title)
            }
        }
    }

    /// The row with the largest difference in size.
    fn largest<'r>(rows: impl Iterator<Item = &'r OutcomeRow>) -> Option<&'r OutcomeRow> {
        let size = |row: &OutcomeRow| row.difference.map_or(0.0, |span| span.mean.abs());
        rows.filter(|row| row.difference.is_some())
            .max_by(|a, b| size(a).total_cmp(&size(b)))
    }
}
