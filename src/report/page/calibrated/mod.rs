//! The page of a calibration: how near the runs come to the observations, and what that says about the parameters.

mod bands;
mod constants;
mod course;
mod fit;
mod methods;
mod opening;
mod pairs;
mod priors;
mod short;
#[cfg(test)]
mod tests;
mod view;

use super::figure::Figures;
use super::section::{self, Section};
use super::{making, shell};
use crate::analyse::calibration_tables::CalibrationTables;
use crate::experiment::calibration::CalibrationDescription;
use crate::store::Manifest;
use maud::{Markup, html};
use serde_json::json;
use std::io;
use view::View;

/// What the page is drawn from.
#[derive(Debug, Clone, Copy)]
pub struct CalibrationPage<'a> {
    /// What was asked for, and what the runs warn of.
    pub description: &'a CalibrationDescription,
    /// The numbers.
    pub tables: &'a CalibrationTables,
    /// The manifest of the folder.
    pub manifest: &'a Manifest,
}

/// The scripts that draw a calibration.
const SCRIPTS: &[&str] = &[
    include_str!("../script/whiskers.js"),
    include_str!("../script/prior.js"),
    include_str!("../script/pair.js"),
    include_str!("../script/generations.js"),
];

/// Draws the page; the same folder gives the same bytes.
///
/// # Errors
/// None in practice: the compressor writes to memory, through an interface that can report errors.
pub fn calibration_page(page: &CalibrationPage<'_>) -> io::Result<String> {
    let view = View::of(page);
    let mut figures = Figures::default();
    // The digest of the scenario is shown, because a calibration runs no other.
    let manifest = Manifest {
        scenario_sha256: page.description.spec.scenario.sha256.clone(),
        ..page.manifest.clone()
    };
    let sections: Vec<Section> = vec![
        ("answers", "In short", Some(view.short())),
        (
            "fit",
            "Rows against their bands",
            Some(view.fit(&mut figures)),
        ),
        (
            "parameters",
            "Prior against posterior",
            Some(view.priors(&mut figures)),
        ),
        (
            "constants",
            "Destination constants",
            view.constants(&mut figures),
        ),
        (
            "pairs",
            "Parameters that go together",
            view.pairs(&mut figures),
        ),
        ("course", "How it went", Some(view.course(&mut figures))),
        (
            "methods",
            "How to read it, and how far to trust it",
            Some(view.methods()),
        ),
        (
            "making",
            "How this page was made",
            Some(making::making(&manifest, &again(), false)),
        ),
    ];
    let main = section::sections(sections, |names| view.opening(names));
    let count = figures.count();
    let data = json!({ "scenarios": [], "figures": figures.into_specifications() });
    shell::document(&shell::Document {
        title: &view.headline(),
        what: "a calibration",
        main: &main,
        data: &data,
        charts: count,
        scripts: SCRIPTS,
        maps: false,
    })
}

/// How to make the page again.
fn again() -> Markup {
    html! {
        p {
            "The same version, plan, scenario and seed give the same tables, byte for byte, on any number of threads. "
            code { "exeunt report FOLDER" } " draws this page again from the tables in its folder. There, "
            code { "calibration.json" } " says what was asked for and what the runs warn of, " code { "manifest.json" } " has the digest of every table, and "
            code { "run.json" } " the command that made them."
        }
    }
}
