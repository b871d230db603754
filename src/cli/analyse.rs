//! `exeunt analyse`: what moves the outcomes of a finished sweep.

use super::args::AnalyseArguments;
use super::ending::{Ending, Failure};
use super::output::{print, print_json};
use crate::analyse::swept::{SweptOutcomes, analyse, write_findings};
use crate::experiment::sweep::SweepSpec;
use crate::measure::schema::OUTCOMES;
use crate::measure::sensitivity_schema::ANALYSIS_TABLES;
use crate::report::{Screen, Sensitivities};
use crate::store::{Destination, Folder, Results, RunRecord, Tables};
use std::time::Instant;

/// Analyses a sweep.
pub(super) fn run(arguments: &AnalyseArguments) -> Result<Ending, Failure> {
    let started = jiff::Timestamp::now();
    let clock = Instant::now();
    let results = Results::open(&arguments.folder)?;
    let spec: SweepSpec =
        results.described("sweep.json", "a sweep; exeunt sweep PLAN makes one")?;
    let failed = results.run()?.failures;
    if !failed.is_empty() {
        return Err(Failure::Asked(format!(
            "{} runs of the sweep failed, the first: {}; a design with holes cannot be analysed. What the plan asks for \
             fails again: mend the plan and sweep into another folder. What failed for another reason is made anew by \
             exeunt sweep PLAN --out {} --retry-failed",
            failed.len(),
            failed[0],
            arguments.folder.display()
        )));
    }
    let layout = spec
        .layout()
        .map_err(|error| Failure::Asked(error.to_string()))?;
    let path = arguments
        .out
        .clone()
        .unwrap_or_else(|| arguments.folder.join("analysis"));
    let destination = Destination::check(&path, arguments.force)?;
    let mut outcomes = SweptOutcomes::default();
    results.read(&[&OUTCOMES], &mut outcomes)?;
    let findings = analyse(&spec, &layout, &outcomes);
    let folder = Folder::create(destination)?;
    let mut tables =
        Tables::create_these(folder.path(), ANALYSIS_TABLES, &arguments.tables.formats)?;
    write_findings(&spec, &findings, &mut tables);
    let record = RunRecord {
        threads: 1,
        started: started.strftime("%Y-%m-%dT%H:%M:%SZ").to_string(),
        seconds: clock.elapsed().as_secs_f64(),
        command: std::env::args_os()
            .map(|word| word.to_string_lossy().into_owned())
            .collect(),
        failures: Vec::new(),
        ..results.run()?
    };
    let manifest = results.manifest().clone();
    let path = folder.finish(&[], manifest, tables.close()?, &record)?;
    if arguments.json {
        print_json(&serde_json::json!({ "folder": path, "outcomes": findings.len() }));
    } else if !arguments.quiet {
        let shown = Sensitivities {
            spec: &spec,
            findings: &findings,
            folder: &path,
        };
        print(&shown.render(&Screen::of_stdout()));
    }
    Ok(Ending::Done)
}
