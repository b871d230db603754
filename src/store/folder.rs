//! A results folder from the wish for it to its name.

use super::space::existing;
use super::{FileRecord, Manifest, RunRecord, StoreError, digest, input};
use serde::Serialize;
use std::collections::BTreeMap;
use std::ffi::OsString;
use std::fs::{self, File};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

pub(super) const MANIFEST: &str = "manifest.json";
pub(super) const RUN: &str = "run.json";
/// The page of a comparison.
pub const PAGE: &str = "report.html";
/// The resolved scenario of a run.
pub const SCENARIO: &str = "scenario.toml";

/// A place where a results folder may be written: nothing is in the way, or only results that
/// are to be replaced.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Destination {
    path: PathBuf,
    parent: PathBuf,
    name: OsString,
    /// Whether results that are there are to be replaced.
    replace: bool,
}

impl Destination {
    /// Looks whether results can go to `path`. Nothing is made or changed.
    ///
    /// # Errors
    /// If the path names no folder, runs through a file, or holds something already, unless that
    /// is a results folder and `replace` is set.
    pub fn check(path: &Path, replace: bool) -> Result<Self, StoreError> {
        let Some(name) = path.file_name() else {
            return Err(StoreError::NoName {
                path: path.to_owned(),
            });
        };
        let parent = match path.parent() {
            Some(parent) if !parent.as_os_str().is_empty() => parent,
            _ => Path::new("."),
        };
        let above = existing(parent);
        if !above.is_dir() {
            return Err(StoreError::BelowFile {
                path: path.to_owned(),
                file: above,
            });
        }
        // A link counts as something, wherever it leads: it is never followed or replaced.
        if let Ok(found) = fs::symlink_metadata(path) {
            let replaceable = found.is_dir() && is_results(path);
            match (replace, replaceable) {
                (true, true) => {
                    let names = strangers(path);
                    if !names.is_empty() {
                        return Err(StoreError::HoldsMore {
                            path: path.to_owned(),
                            names,
                        });
                    }
                }
                (true, false) => {
                    return Err(StoreError::NotOurs {
                        path: path.to_owned(),
                    });
                }
                (false, _) => {
                    return Err(StoreError::Exists {
                        path: path.to_owned(),
                        replaceable,
                    });
                }
            }
        }
        Ok(Self {
            path: path.to_owned(),
            parent: parent.to_owned(),
            name: name.to_owned(),
            replace,
        })
    }

    /// Where the results will be.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// A place beside this one where nothing is yet: `NAME-interrupted`, with a number if need be.
    fn spare(&self) -> Self {
        let names = (1..).map(|number| {
            let mut name = self.name.clone();
            name.push("-interrupted");
            if number > 1 {
                name.push(format!("-{number}"));
            }
            name
        });
        let is_free = |name: &OsString| fs::symlink_metadata(self.parent.join(name)).is_err();
        let name = names.into_iter().find(is_free).unwrap_or_default();
        Self {
            path: self.parent.join(&name),
            parent: self.parent.clone(),
            name,
            replace: false,
        }
    }

    /// A hidden name beside the place, for what is not finished or about to go.
    fn beside(&self, what: &str) -> PathBuf {
        let mut name = OsString::from(".");
        name.push(&self.name);
        name.push(format!(".{what}-{}", std::process::id()));
        self.parent.join(name)
    }
}

/// Whether two paths lead to one file.
pub fn same_file(one: &Path, other: &Path) -> bool {
    let real = |path: &Path| fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
    real(one) == real(other)
}

/// Whether a folder holds a manifest that this program wrote.
fn is_results(folder: &Path) -> bool {
    manifest_of(folder).is_some()
}

fn manifest_of(folder: &Path) -> Option<Manifest> {
    let text = input::read(&folder.join(MANIFEST)).ok()?;
    serde_json::from_slice(&text).ok()
}

/// What a results folder holds that no run has written there, by name.
fn strangers(folder: &Path) -> Vec<String> {
    let Some(manifest) = manifest_of(folder) else {
        return Vec::new();
    };
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    let names = entries.map(|entry| entry.file_name().to_string_lossy().into_owned());
    let ours =
        |name: &str| [MANIFEST, RUN, PAGE].contains(&name) || manifest.files.contains_key(name);
    let mut strangers: Vec<String> = names.filter(|name| !ours(name)).collect();
    strangers.sort_unstable();
    strangers
}

/// A results folder being written, under a temporary name beside its place. Dropping it removes
/// it; [`Folder::finish`] gives it its name.
#[derive(Debug)]
pub struct Folder {
    destination: Destination,
    /// The temporary folder; `None` once it has its name or must be kept.
    unfinished: Option<PathBuf>,
}

impl Folder {
    /// Makes the temporary folder, and the folders above it that are missing.
    ///
    /// # Errors
    /// If that is not allowed there.
    pub fn create(destination: Destination) -> Result<Self, StoreError> {
        let path = destination.beside("unfinished");
        fs::create_dir_all(&destination.parent)
            .and_then(|()| fs::create_dir(&path))
            .map_err(|source| StoreError::Unwritable {
                path: destination.parent.clone(),
                source,
            })?;
        Ok(Self {
            destination,
            unfinished: Some(path),
        })
    }

    /// Leaves results that are at its place there, and goes beside them instead: they may be more than what is in this one.
    pub fn spare_what_is_there(&mut self) {
        if fs::symlink_metadata(&self.destination.path).is_ok() {
            self.destination = self.destination.spare();
        }
    }

    /// The folder in which to write for now.
    pub fn path(&self) -> &Path {
        self.unfinished.as_deref().unwrap_or(&self.destination.path)
    }

    /// Writes what belongs beside the tables, brings everything to disk and gives the folder its
    /// name. `texts` are files by name, the first of them the resolved scenario; the manifest gets their
    /// digests and those of the tables.
    ///
    /// # Errors
    /// If anything cannot be written. If only the last move fails, the results are kept, and the
    /// error says where.
    pub fn finish(
        self,
        texts: &[(String, String)],
        manifest: Manifest,
        tables: BTreeMap<String, FileRecord>,
        run: &RunRecord,
    ) -> Result<PathBuf, StoreError> {
        self.finish_with(texts, manifest, tables, run, |_| Ok(()))
    }

    /// Likewise; `draw` adds what is drawn from the finished folder, such as its page, before it gets its
    /// name: whoever finds it there finds it whole.
    ///
    /// # Errors
    /// Likewise, and what `draw` gives; the results are kept then.
    pub fn finish_with(
        mut self,
        texts: &[(String, String)],
        mut manifest: Manifest,
        tables: BTreeMap<String, FileRecord>,
        run: &RunRecord,
        draw: impl FnOnce(&Path) -> Result<(), StoreError>,
    ) -> Result<PathBuf, StoreError> {
        let folder = self.path().to_owned();
        manifest.files = tables;
        write_texts(&folder, texts, &mut manifest, run)?;
        let drawn = draw(&folder);
        sync_folder(&folder).map_err(|source| StoreError::Io {
            path: folder.clone(),
            source,
        })?;
        // From here on the results are worth keeping, whatever happens.
        self.unfinished = None;
        let path = self.destination.path.clone();
        self.move_into_place(&folder)
            .map_err(|source| StoreError::Rename {
                kept: folder,
                path: path.clone(),
                source,
            })?;
        drawn.map(|()| path)
    }

    /// The old results, if any, give way only at the moment when the new ones are complete.
    fn move_into_place(&self, folder: &Path) -> io::Result<()> {
        let Destination { path, parent, .. } = &self.destination;
        let old = self.destination.beside("replaced");
        let replaced = fs::symlink_metadata(path).is_ok();
        if replaced {
            // Looked at again: a good deal of time has passed since the check.
            let meanwhile = |what: &str| {
                let text = format!("{what} put there meanwhile");
                Err(io::Error::new(io::ErrorKind::AlreadyExists, text))
            };
            if !is_results(path) || !strangers(path).is_empty() {
                return meanwhile("something else was");
            }
            if !self.destination.replace {
                return meanwhile("other results were");
            }
            fs::rename(path, &old)?;
        }
        if let Err(error) = fs::rename(folder, path) {
            if replaced {
                fs::rename(&old, path)?;
            }
            return Err(error);
        }
        sync_folder(parent)?;
        match replaced {
            true => fs::remove_dir_all(&old),
            false => Ok(()),
        }
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        if let Some(unfinished) = &self.unfinished {
            // Nothing better can be done about a failure here than to leave the hidden folder.
            let _ = fs::remove_dir_all(unfinished);
        }
    }
}

/// Writes what of a folder is no table, the manifest last, with the digest of each text; the first is what was run.
pub(super) fn write_texts(
    folder: &Path,
    texts: &[(String, String)],
    manifest: &mut Manifest,
    run: &RunRecord,
) -> Result<(), StoreError> {
    for (place, (name, text)) in texts.iter().enumerate() {
        write(&folder.join(name), text.as_bytes())?;
        let sha256 = digest::of_text(text);
        if place == 0 {
            manifest.scenario_sha256.clone_from(&sha256);
        }
        let record = FileRecord { rows: None, sha256 };
        manifest.files.insert(name.clone(), record);
    }
    write_json(&folder.join(RUN), run)?;
    write_json(&folder.join(MANIFEST), manifest)
}

pub(super) fn write_json(path: &Path, value: &impl Serialize) -> Result<(), StoreError> {
    let text = serde_json::to_string_pretty(value).map_err(|error| StoreError::Io {
        path: path.to_owned(),
        source: error.into(),
    })?;
    write(path, format!("{text}\n").as_bytes())
}

pub(super) fn write(path: &Path, bytes: &[u8]) -> Result<(), StoreError> {
    File::create_new(path)
        .and_then(|mut file| file.write_all(bytes).and_then(|()| file.sync_all()))
        .map_err(|source| StoreError::Io {
            path: path.to_owned(),
            source,
        })
}

/// Brings a folder's list of names to disk, where the system can.
fn sync_folder(folder: &Path) -> io::Result<()> {
    match cfg!(unix) {
        true => File::open(folder)?.sync_all(),
        false => Ok(()),
    }
}

#[cfg(test)]
mod tests;
