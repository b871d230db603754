//! `exeunt report`: draws the page of a comparison, an analysis of a sweep or a calibration again.

use super::args::ReportArguments;
use super::ending::{Ending, Failure};
use super::output::print;
use crate::analyse::calibration_tables::{CALIBRATION_READ_BACK, CalibrationTables};
use crate::analyse::comparison_tables::{ComparisonTables, READ_BACK};
use crate::analyse::sensitivity_tables::SensitivityTables;
use crate::analyse::swept::Gap;
use crate::experiment::calibration::CalibrationDescription;
use crate::experiment::sweep::{SweepDescription, SweepSpec};
use crate::measure::sensitivity_schema::ANALYSIS_TABLES;
use crate::report::{
    CalibrationPage, ComparisonPage, SweepPage, calibration_page, comparison_page, sweep_page,
};
use crate::store::{
    ANALYSIS, CALIBRATED, PAGE, Results, SWEPT, StoreError, shell_word, write_page,
};
use std::path::{Path, PathBuf};

/// Draws the page of a results folder and prints its path.
pub(super) fn report(arguments: &ReportArguments) -> Result<Ending, Failure> {
    let folder = &arguments.folder;
    let results = Results::open(folder)?;
    let path = if results.holds(ANALYSIS) {
        draw_analysis(folder)?
    } else if results.holds(SWEPT) {
        let analysis = folder.join("analysis");
        let Ok(analysed) = Results::open(&analysis) else {
            return Err(Failure::Asked(format!(
                "`{}` holds a sweep that has not been analysed: exeunt analyse {} analyses it and draws its page",
                folder.display(),
                shell_word(folder),
            )));
        };
        let specs: [SweepSpec; 2] = [
            results.described(SWEPT, "a sweep")?,
            analysed.described(SWEPT, "the analysis of a sweep")?,
        ];
        if specs[0] != specs[1] {
            return Err(Failure::Asked(format!(
                "`{}` is the analysis of the sweep as it was before it was extended or made again: exeunt analyse {} \
                 --force replaces it and draws its page",
                analysis.display(),
                shell_word(folder),
            )));
        }
        draw_analysis(&analysis)?
    } else if results.holds(CALIBRATED) {
        draw_calibration(folder)?
    } else {
        draw_page(folder)?
    };
    if !arguments.quiet {
        print(&format!("{}\n", path.display()));
    }
    Ok(Ending::Done)
}

/// Draws the page from the tables of a finished comparison and writes it beside them.
pub(super) fn draw_page(folder: &Path) -> Result<PathBuf, StoreError> {
    let results = Results::open(folder)?;
    let description = results.description()?;
    let mut tables = ComparisonTables::default();
    results.read(READ_BACK, &mut tables)?;
    let drawn = comparison_page(&ComparisonPage {
        description: &description,
        tables: &tables,
        manifest: results.manifest(),
    });
    write(folder, drawn)
}

/// Reads what was swept, and what its runs warn of.
pub(super) fn described_sweep(
    results: &Results,
    what: &str,
) -> Result<SweepDescription, StoreError> {
    let spec: SweepSpec = results.described(SWEPT, what)?;
    let warnings = results.warnings(SWEPT, what)?;
    Ok(SweepDescription { spec, warnings })
}

/// Draws the page from the tables of an analysis and writes it beside them.
pub(super) fn draw_analysis(folder: &Path) -> Result<PathBuf, StoreError> {
    let results = Results::open(folder)?;
    let what = "the analysis of a sweep; exeunt analyse DIR makes one";
    let description = described_sweep(&results, what)?;
    let gaps: Vec<Gap> = results.described(ANALYSIS, what)?;
    let mut tables = SensitivityTables::default();
    results.read(ANALYSIS_TABLES, &mut tables)?;
    let drawn = sweep_page(&SweepPage {
        description: &description,
        tables: &tables,
        gaps: &gaps,
        manifest: results.manifest(),
    });
    write(folder, drawn)
}

/// Draws the page from the tables of a calibration and writes it beside them.
pub(super) fn draw_calibration(folder: &Path) -> Result<PathBuf, StoreError> {
    let results = Results::open(folder)?;
    let what = "a calibration; exeunt calibrate PLAN makes one";
    let description = CalibrationDescription {
        spec: results.described(CALIBRATED, what)?,
        warnings: results.warnings(CALIBRATED, what)?,
    };
    let mut tables = CalibrationTables::default();
    results.read(CALIBRATION_READ_BACK, &mut tables)?;
    let drawn = calibration_page(&CalibrationPage {
        description: &description,
        tables: &tables,
        manifest: results.manifest(),
    });
    write(folder, drawn)
}

fn write(folder: &Path, drawn: std::io::Result<String>) -> Result<PathBuf, StoreError> {
    let text = drawn.map_err(|source| StoreError::Passage {
        path: folder.join(PAGE),
        source,
    })?;
    write_page(folder, &text)
}
