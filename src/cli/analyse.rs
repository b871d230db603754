//! `exeunt analyse`: which parameters move the outcomes of a finished sweep.

use super::args::{AnalyseArguments, Arguments, Command};
use super::course::Course;
use super::ending::{Ending, Failure};
use super::merge::{named, why_unfinished};
use super::output::{print, print_json};
use super::report::{described_sweep, draw_analysis};
use crate::analyse::swept::{SweptOutcomes, SweptRuns, analyse, gaps, write_findings};
use crate::experiment::sweep::{Layout, RunId, SweepSpec};
use crate::measure::comparison_schema::RUNS;
use crate::measure::schema::OUTCOMES;
use crate::measure::sensitivity_schema::ANALYSIS_TABLES;
use crate::report::{Screen, Sensitivities};
use crate::store::{
    ANALYSIS, Destination, Folder, PAGE, Results, SWEPT, StoreError, Sweep, Tables, shell_word,
};
use clap::Parser as _;
use std::path::Path;

/// Analyses a sweep.
pub(super) fn run(arguments: &AnalyseArguments) -> Result<Ending, Failure> {
    let course = Course::begin(1);
    let results = open(&arguments.folder)?;
    let description = described_sweep(&results, "a sweep; exeunt sweep PLAN makes one")?;
    let spec = &description.spec;
    let layout = spec
        .layout()
        .map_err(|error| Failure::Asked(error.to_string()))?;
    refuse_holes(&results, spec, &layout)?;
    let path = arguments
        .out
        .clone()
        .unwrap_or_else(|| arguments.folder.join("analysis"));
    let destination = Destination::check(&path, arguments.force)?;
    let mut outcomes = SweptOutcomes::default();
    results.read(&[&OUTCOMES], &mut outcomes)?;
    let findings = analyse(spec, &layout, &outcomes);
    let folder = Folder::create(destination)?;
    let mut tables =
        Tables::create_these(folder.path(), ANALYSIS_TABLES, &arguments.tables.formats)?;
    write_findings(spec, &findings, &mut tables);
    let record = course.record(Vec::new());
    let manifest = results.manifest().clone();
    // The page is drawn from these texts, which lie beside the tables so that the folder can be moved anywhere.
    let texts = [
        as_text(folder.path(), SWEPT, &description)?,
        as_text(folder.path(), ANALYSIS, &gaps(&findings))?,
    ];
    let files = tables.close()?;
    let path = folder.finish_with(&texts, manifest, files, &record, |path| {
        draw_analysis(path).map(|_| ())
    })?;
    let page = path.join(PAGE);
    if arguments.json {
        print_json(&serde_json::json!({
            "folder": path.display().to_string(), "outcomes": findings.len(), "page": page.display().to_string(),
        }));
    } else if !arguments.quiet {
        let shown = Sensitivities {
            spec,
            findings: &findings,
            folder: &path,
        };
        print(&shown.render(&Screen::of_stdout()));
    }
    Ok(Ending::Done)
}

/// Opens the folder of a sweep; refuses an unfinished one and names the command that finishes it.
fn open(folder: &Path) -> Result<Results, Failure> {
    let refused = match Results::open(folder) {
        Ok(results) => return Ok(results),
        Err(refused) => refused,
    };
    match Sweep::at(folder, SWEPT) {
        Ok(sweep) if sweep.shards().is_ok_and(|shards| !shards.is_empty()) => {
            Err(why_unfinished(&sweep))
        }
        _ => Err(refused.into()),
    }
}

fn as_text(
    folder: &Path,
    name: &str,
    value: &impl serde::Serialize,
) -> Result<(String, String), Failure> {
    let text = serde_json::to_string_pretty(value).map_err(|error| StoreError::Io {
        path: folder.join(name),
        source: error.into(),
    })?;
    Ok((name.to_owned(), text + "\n"))
}

/// Refuses a sweep with failed or missing runs and names the command that makes them.
fn refuse_holes(results: &Results, spec: &SweepSpec, layout: &Layout) -> Result<(), Failure> {
    let mut runs = SweptRuns::default();
    results.read(&[&RUNS], &mut runs)?;
    let all = spec.runs(layout.points());
    let plan = plan_of(results);
    let out = shell_word(results.folder());
    let named = |run: RunId| named(spec, run);
    let failed: Vec<(RunId, &str)> = runs.failed().collect();
    if let Some((first, reason)) = failed.first() {
        return Err(Failure::Asked(format!(
            "{} of {all} runs of the sweep failed, the first: {}: {reason}; a design with holes cannot be analysed. If the \
             plan is at fault, they would fail again: correct the plan and sweep into another folder. If they failed for \
             another reason, make them again: exeunt sweep {plan} --out {out} --retry-failed",
            failed.len(),
            named(*first),
        )));
    }
    if let Some((first, missing)) = runs.missing(spec, layout.points()) {
        return Err(Failure::Asked(format!(
            "{} of {all} runs of the sweep are not in its tables, the first: {}; a design with holes cannot be analysed: \
             exeunt sweep {plan} --out {out} completes it",
            missing,
            named(first),
        )));
    }
    Ok(())
}

/// The files of the plan and the draws as they were typed, if `sweep` wrote the tables; `PLAN` if `merge` did.
fn plan_of(results: &Results) -> String {
    let command = results.run().map(|run| run.command).unwrap_or_default();
    match Arguments::try_parse_from(command).map(|arguments| arguments.command) {
        Ok(Command::Sweep(arguments)) => arguments.plan_in_words(),
        _ => "PLAN".to_owned(),
    }
}
