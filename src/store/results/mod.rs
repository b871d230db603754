//! Reads a results folder back: its manifest, its scenario and the rows of its tables, whichever format they are in.

mod csv;
mod guard;
#[cfg(feature = "parquet")]
mod parquet;

pub use guard::is_guarded;

use super::digest::of_file;
use super::folder::{MANIFEST, RUN, SCENARIO};
use super::{FORMAT, Manifest, RunRecord, StoreError, input};
use crate::measure::{Sink, Table};
use serde::de::DeserializeOwned;
use std::path::{Path, PathBuf};

/// A finished results folder.
#[derive(Debug)]
pub struct Results {
    path: PathBuf,
    manifest: Manifest,
}

impl Results {
    /// Opens a results folder.
    ///
    /// # Errors
    /// If there is none, or it is of another layout.
    pub fn open(path: &Path) -> Result<Self, StoreError> {
        let refused = |reason: String| StoreError::NotResults {
            path: path.to_owned(),
            reason,
        };
        let text = input::read(&path.join(MANIFEST))
            .map_err(|error| refused(format!("{MANIFEST} cannot be read ({error})")))?;
        let manifest: Manifest = serde_json::from_slice(&text)
            .map_err(|error| refused(format!("{MANIFEST} is malformed ({error})")))?;
        if manifest.format != FORMAT {
            return Err(refused(format!(
                "its layout is version {}, and {FORMAT} was expected",
                manifest.format
            )));
        }
        Ok(Self {
            path: path.to_owned(),
            manifest,
        })
    }

    /// The manifest of the folder.
    pub fn manifest(&self) -> &Manifest {
        &self.manifest
    }

    /// The path of the folder.
    pub fn folder(&self) -> &Path {
        &self.path
    }

    /// The path of the resolved scenario that was run.
    pub fn scenario(&self) -> PathBuf {
        self.path.join(SCENARIO)
    }

    /// The record of how the results were made.
    ///
    /// # Errors
    /// If it cannot be read.
    pub fn run(&self) -> Result<RunRecord, StoreError> {
        self.described(RUN, "a folder that a finished command wrote")
    }

    /// Reads a JSON file of the folder; `what` describes, for the message, a folder that has such a file.
    ///
    /// # Errors
    /// If there is no such file, or it is not in the form that this version writes.
    pub fn described<T: DeserializeOwned>(&self, name: &str, what: &str) -> Result<T, StoreError> {
        let refused = |reason: String| StoreError::NotResults {
            path: self.path.clone(),
            reason: format!("{reason}; expected {what}"),
        };
        let text = input::read(&self.path.join(name))
            .map_err(|error| refused(format!("{name} cannot be read ({error})")))?;
        self.require_same(name)?;
        serde_json::from_slice(&text)
            .map_err(|error| refused(format!("{name} is malformed ({error})")))
    }

    /// The warnings of the runs that such a file describes, each once; empty if it was written by a version that did
    /// not keep them.
    ///
    /// # Errors
    /// As [`Results::described`].
    pub fn warnings(&self, name: &str, what: &str) -> Result<Vec<String>, StoreError> {
        // (Read on its own: for a file that is read into two things at once, an error would not give the line.)
        #[derive(serde::Deserialize)]
        struct Warnings {
            #[serde(default)]
            warnings: Vec<String>,
        }
        let found: Warnings = self.described(name, what)?;
        Ok(found.warnings)
    }

    /// Passes every row of some tables to a sink.
    ///
    /// # Errors
    /// If a table is missing, or not in the form that this version writes.
    pub fn read(&self, tables: &[&'static Table], sink: &mut impl Sink) -> Result<(), StoreError> {
        tables
            .iter()
            .try_for_each(|table| self.read_table(table, sink))
    }

    /// Reads a table in the format that the folder has; as CSV if it has both.
    fn read_table(&self, table: &'static Table, sink: &mut impl Sink) -> Result<(), StoreError> {
        let named = |format: &str| format!("{}.{format}", table.name);
        let has = |format: &str| self.manifest.files.contains_key(&named(format));
        let packed = self.manifest.files.get(&named("parquet"));
        if let Some(record) = packed.filter(|_| !has("csv")) {
            let path = self.path.join(named("parquet"));
            return parquet::read(&path, &record.sha256, table, sink);
        }
        csv::read(&self.path.join(named("csv")), table, sink)?;
        // (Checked after reading, because reading reports a misplaced cell by its row.)
        self.require_same(&named("csv"))
    }

    /// Refuses a file that has changed since it was written, if the manifest has its digest.
    pub(super) fn require_same(&self, name: &str) -> Result<(), StoreError> {
        match self.manifest.files.get(name) {
            Some(record) => require_same(&self.path.join(name), &record.sha256),
            None => Ok(()),
        }
    }
}

/// Refuses a file that has changed since it was written.
fn require_same(path: &Path, sha256: &str) -> Result<(), StoreError> {
    let refused = |reason: String| StoreError::Unreadable {
        path: path.to_owned(),
        reason,
        cure: "copy the folder again, or make the results again",
    };
    match of_file(path).map_err(|error| refused(error.to_string()))? == sha256 {
        true => Ok(()),
        false => Err(refused(
            "it has changed since it was written: its digest is not the one in manifest.json"
                .to_owned(),
        )),
    }
}

/// Stands in for Parquet in a build that cannot read it.
#[cfg(not(feature = "parquet"))]
mod parquet {
    use super::{Path, Sink, StoreError, Table};

    pub(super) fn read(
        path: &Path,
        _sha256: &str,
        _table: &'static Table,
        _sink: &mut impl Sink,
    ) -> Result<(), StoreError> {
        Err(StoreError::Unreadable {
            path: path.to_owned(),
            reason: "this build of exeunt cannot read Parquet, because it was built without the feature `parquet`"
                .to_owned(),
            cure: "build with --features parquet, or run the scenario again with --format csv",
        })
    }
}
