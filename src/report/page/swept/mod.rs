//! The page of the analysis of a sweep: what moves each outcome, how, and how much of it is chance.

mod answers;
mod axes;
mod chance;
mod curves;
mod indices;
mod matrix;
mod methods;
mod opening;
mod outcome;
#[cfg(test)]
mod tests;
mod view;

use super::figure::Figures;
use super::section::{self, Section};
use super::{making, shell};
use crate::analyse::sensitivity_tables::SensitivityTables;
use crate::analyse::swept::Gap;
use crate::experiment::sweep::SweepDescription;
use crate::store::Manifest;
use maud::{Markup, html};
use serde_json::json;
use std::io;
use view::View;

/// What the page is drawn from.
#[derive(Debug, Clone, Copy)]
pub struct SweepPage<'a> {
    /// What was swept, and what the runs warn of.
    pub description: &'a SweepDescription,
    /// The numbers.
    pub tables: &'a SensitivityTables,
    /// What could not be said.
    pub gaps: &'a [Gap],
    /// The manifest of the folder.
    pub manifest: &'a Manifest,
}

/// The scripts that draw an analysis.
const SCRIPTS: &[&str] = &[
    include_str!("../script/bars.js"),
    include_str!("../script/indices.js"),
    include_str!("../script/response.js"),
    include_str!("../script/outcome.js"),
];

/// Draws the page; the same folder gives the same bytes.
///
/// # Errors
/// None in practice: the compressor writes to memory, through an interface that can report errors.
pub fn sweep_page(page: &SweepPage<'_>) -> io::Result<String> {
    let view = View::of(page);
    let mut figures = Figures::default();
    let chosen = view.one_outcome(&mut figures);
    let slots = figures.count();
    let sections: Vec<Section> = vec![
        ("answers", "In short", Some(view.answers())),
        ("matrix", "What moves what", view.matrix()),
        (
            "outcome-chosen",
            "One outcome at a time",
            chosen.as_ref().map(|(markup, _)| markup.clone()),
        ),
        ("chance", "How much is chance", Some(view.chance())),
        ("varied", "What was varied", Some(view.varied())),
        (
            "methods",
            "How to read it, and what it cannot say",
            Some(view.methods()),
        ),
        (
            "making",
            "How this page was made",
            Some(making::making(page.manifest, &again(), false)),
        ),
    ];
    let main = section::sections(sections, |names| view.opening(names));
    let data = json!({
        "scenarios": view.titles().map(|(name, title)| json!({ "name": name, "title": title })).collect::<Vec<_>>(),
        "figures": figures.into_specifications(),
        "outcomes": chosen.map(|(_, outcomes)| outcomes).unwrap_or_default(),
    });
    shell::document(&shell::Document {
        title: &view.headline(),
        what: "the analysis of a sweep",
        main: &main,
        data: &data,
        charts: slots,
        scripts: SCRIPTS,
        maps: false,
    })
}

/// How to make the page again.
fn again() -> Markup {
    html! {
        p {
            "The same sweep gives the same tables, byte for byte. " code { "exeunt report FOLDER" }
            " draws this page again from the tables in its folder; " code { "exeunt analyse SWEEP --force" } " makes the tables again. There, "
            code { "sweep.json" } " says what was swept and what the runs warn of, " code { "manifest.json" } " has the digest of every table, and "
            code { "run.json" } " the command that made them."
        }
    }
}
