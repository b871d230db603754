//! `exeunt report`: draws the page of a comparison again.

use super::args::ReportArguments;
use super::ending::{Ending, Failure};
use super::output::print;
use crate::analyse::comparison_tables::{ComparisonTables, READ_BACK};
use crate::report::{Page, page};
use crate::store::{PAGE, Results, StoreError, write_page};
use std::path::{Path, PathBuf};

/// Draws the page of a results folder and says where it is.
pub(super) fn report(arguments: &ReportArguments) -> Result<Ending, Failure> {
    let path = draw_page(&arguments.folder)?;
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
    let drawn = page(&Page {
        description: &description,
        tables: &tables,
        manifest: results.manifest(),
    });
    let text = drawn.map_err(|source| StoreError::Passage {
        path: folder.join(PAGE),
        source,
    })?;
    write_page(folder, &text)
}
