//! The folder of a sweep: its shards, which stay, and the tables merged from them.
//!
//! `DIR/shards/I-of-N` is a ledger ([`Ledger`](super::Ledger)) with the runs of one shard, written by one
//! command at a time; shards may come from different machines and be put there in any order. The tables,
//! `manifest.json` last, are moved into `DIR` once all of them are complete.

use super::folder::{MANIFEST, RUN, write_texts};
use super::{
    CALIBRATED, Entry, FileRecord, Ledger, Manifest, RunRecord, SWEPT, StoreError, input, ledger,
};
use serde::Serialize;
use std::collections::BTreeMap;
use std::fmt;
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::str::FromStr;

const SHARDS: &str = "shards";
/// How the names of unfinished merges begin.
const MERGING: &str = ".merging-";
/// The file that who merges holds, among the shards.
const MERGED_BY: &str = ".merging";

/// One of some equal parts of a sweep.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Shard {
    /// Its number, from 0 to `of` - 1.
    pub number: u32,
    /// How many there are, 1 or more.
    pub of: u32,
}

impl Shard {
    /// Whether it makes the piece of work with this number, counted from 0: of N shards each makes every N-th.
    pub fn has(self, number: u64) -> bool {
        number % u64::from(self.of) == u64::from(self.number)
    }
}

impl fmt::Display for Shard {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.number, self.of)
    }
}

/// What is wrong with the name of a shard, and what to type instead.
impl FromStr for Shard {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let cure = "write I/N, for example 0/4 for the first of four";
        let parts = text.split_once('/').and_then(|(number, of)| {
            Some((
                number.trim().parse::<u32>().ok()?,
                of.trim().parse::<u32>().ok()?,
            ))
        });
        match parts {
            None => Err(format!("`{text}` is not a shard; {cure}")),
            Some((_, 0)) => Err(format!("the number of shards cannot be 0; {cure}")),
            Some((number, of)) if number >= of => Err(format!(
                "there is no shard {number} of {of}: shards count from 0 to {}; {cure}",
                of - 1
            )),
            Some((number, of)) => Ok(Self { number, of }),
        }
    }
}

/// The folder of a sweep.
#[derive(Debug)]
pub struct Sweep {
    path: PathBuf,
}

/// Tables that are being merged, under a temporary name in the folder.
#[derive(Debug)]
pub struct Merging {
    path: PathBuf,
    /// Keeps others from merging: each would remove what the other has begun.
    _held: File,
}

impl Merging {
    /// The folder in which to write for now.
    pub fn path(&self) -> &Path {
        &self.path
    }
}

impl Drop for Merging {
    fn drop(&mut self) {
        // What was moved into place is not there any more.
        let _ = fs::remove_dir_all(&self.path);
    }
}

impl Sweep {
    /// The work in a folder, which need not be there yet: a sweep or a calibration, as says the file in which it
    /// describes itself once it is finished ([`SWEPT`](super::SWEPT), [`CALIBRATED`](super::CALIBRATED)). Nothing
    /// is made.
    ///
    /// # Errors
    /// If the folder holds something else.
    pub fn at(path: &Path, describes: &str) -> Result<Self, StoreError> {
        if path.file_name().is_none() {
            return Err(StoreError::NoName {
                path: path.to_owned(),
            });
        }
        // Asked in this order: another shard may be making the folder now, and what it holds then is its shards.
        let exists = fs::symlink_metadata(path).is_ok();
        let is_empty = fs::read_dir(path).is_ok_and(|mut entries| entries.next().is_none());
        let is_sweep = path.join(SHARDS).is_dir();
        if exists && !is_empty && !is_sweep {
            return Err(StoreError::Exists {
                path: path.to_owned(),
                replaceable: false,
            });
        }
        for (name, what) in [(SWEPT, "a sweep"), (CALIBRATED, "a calibration")] {
            if name != describes && path.join(name).exists() {
                return Err(StoreError::OtherWork {
                    path: path.to_owned(),
                    what,
                });
            }
        }
        Ok(Self {
            path: path.to_owned(),
        })
    }

    /// The sweep that was begun in a folder.
    ///
    /// # Errors
    /// If there is none.
    pub fn begun(path: &Path) -> Result<Self, StoreError> {
        if !path.join(SHARDS).is_dir() {
            return Err(StoreError::NoSweep {
                path: path.to_owned(),
            });
        }
        Self::at(path, SWEPT)
    }

    /// The folder.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// The folder of a shard.
    pub fn shard(&self, shard: Shard) -> PathBuf {
        let name = format!("{}-of-{}", shard.number, shard.of);
        self.path.join(SHARDS).join(name)
    }

    /// The shards that have a folder, in order.
    ///
    /// # Errors
    /// If they cannot be listed, or something else lies among them.
    pub fn shards(&self) -> Result<Vec<Shard>, StoreError> {
        let folder = self.path.join(SHARDS);
        let failed = |source| StoreError::Unreadable {
            path: folder.clone(),
            reason: format!("{source}"),
            cure: "make it readable, or give another folder with --out",
        };
        if !folder.is_dir() {
            return Ok(Vec::new());
        }
        let mut shards = Vec::new();
        for entry in fs::read_dir(&folder).map_err(|error: std::io::Error| failed(error))? {
            let name = entry.map_err(&failed)?.file_name();
            let name = name.to_string_lossy();
            // (What a system puts into every folder that is looked at is nobody's.)
            if name.starts_with('.') {
                continue;
            }
            let shard = name
                .split_once("-of-")
                .and_then(|(number, of)| format!("{number}/{of}").parse().ok())
                .filter(|shard| self.shard(*shard).ends_with(&*name));
            match shard {
                Some(shard) => shards.push(shard),
                None => {
                    return Err(StoreError::NoShard {
                        path: folder,
                        name: name.into_owned(),
                    });
                }
            }
        }
        shards.sort_unstable();
        Ok(shards)
    }

    /// Opens the ledger of a shard, or begins it ([`Ledger::open`]).
    ///
    /// # Errors
    /// If somebody else has it open, the folder holds anything else, or it cannot be written or is no ledger.
    pub fn open(
        &self,
        shard: Shard,
        plan: &impl Serialize,
    ) -> Result<(Ledger, Vec<Entry>), StoreError> {
        Ledger::open(&self.shard(shard), plan).map_err(|error| match error {
            StoreError::ReadOnly { source, .. } => StoreError::ReadOnly {
                path: self.path.clone(),
                finished: self.path.join(MANIFEST).is_file(),
                source,
            },
            error => error,
        })
    }

    /// Whether a shard has a folder.
    pub fn has(&self, shard: Shard) -> bool {
        self.shard(shard).is_dir()
    }

    /// Begins to merge. What a merge that was killed has left is removed.
    ///
    /// # Errors
    /// If somebody else merges, or nothing can be written in the folder.
    pub fn begin(&self) -> Result<Merging, StoreError> {
        let unwritable = |source| StoreError::Unwritable {
            path: self.path.clone(),
            source,
        };
        // (It stays: who removed it could remove that of another.)
        let mark = self.path.join(SHARDS).join(MERGED_BY);
        let mark = File::create(mark).map_err(unwritable)?;
        let held = ledger::lock(mark, &self.path, false)?;
        for entry in fs::read_dir(&self.path).map_err(unwritable)? {
            let entry = entry.map_err(unwritable)?;
            if entry.file_name().to_string_lossy().starts_with(MERGING) {
                fs::remove_dir_all(entry.path()).map_err(unwritable)?;
            }
        }
        let path = self.path.join(format!("{MERGING}{}", std::process::id()));
        fs::create_dir(&path).map_err(unwritable)?;
        Ok(Merging { path, _held: held })
    }

    /// Writes what belongs beside the tables and moves everything into place: while that goes on there is
    /// no manifest. Tables of a merge before, in formats that are not asked for now, are removed: they would say
    /// what the sweep was.
    ///
    /// # Errors
    /// If anything cannot be written.
    pub fn finish(
        &self,
        merging: Merging,
        texts: &[(String, String)],
        mut manifest: Manifest,
        tables: BTreeMap<String, FileRecord>,
        run: &RunRecord,
    ) -> Result<PathBuf, StoreError> {
        manifest.files = tables;
        write_texts(&merging.path, texts, &mut manifest, run)?;
        let place = self.path.join(MANIFEST);
        let failed = |path: &Path| {
            let path = path.to_owned();
            move |source| StoreError::Io { path, source }
        };
        // These first: should this end here, a table that the manifest lists and that is gone is noticed.
        for name in self.outdated(&manifest) {
            let path = self.path.join(name);
            remove(&path).map_err(failed(&path))?;
        }
        remove(&place).map_err(failed(&place))?;
        let names = manifest.files.keys().map(String::as_str);
        for name in names.chain([RUN, MANIFEST]) {
            let to = self.path.join(name);
            fs::rename(merging.path.join(name), &to).map_err(failed(&to))?;
        }
        Ok(self.path.clone())
    }

    /// Files that the manifest there lists and another one does not.
    fn outdated(&self, now: &Manifest) -> Vec<String> {
        let text = input::read(&self.path.join(MANIFEST)).unwrap_or_default();
        let before: Option<Manifest> = serde_json::from_slice(&text).ok();
        let listed = before.into_iter().flat_map(|before| before.files);
        let is_name = |name: &str| Path::new(name).file_name().is_some_and(|own| own == name);
        listed
            .map(|(name, _)| name)
            .filter(|name| is_name(name) && !now.files.contains_key(name))
            .collect()
    }
}

/// Removes a file that may be there.
fn remove(path: &Path) -> std::io::Result<()> {
    match fs::remove_file(path) {
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(()),
        result => result,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shards_count_from_nought() {
        assert_eq!("1/3".parse(), Ok(Shard { number: 1, of: 3 }));
        for wrong in ["3/3", "0/0", "1", "a/b", "-1/2", ""] {
            let message = wrong.parse::<Shard>().unwrap_err();
            assert!(message.contains("write I/N"), "{message}");
        }
    }

    /// Shards that are started together make one folder, each at its own moment.
    #[test]
    fn a_folder_that_another_shard_is_making_is_a_sweep() {
        let folder = tempfile::tempdir().unwrap();
        for round in 0..300 {
            let path = folder.path().join(format!("{round}"));
            let shard = path.join("shards/0-of-2");
            let maker = std::thread::spawn(move || fs::create_dir_all(shard));
            while !maker.is_finished() {
                Sweep::at(&path, SWEPT).unwrap();
            }
            maker.join().unwrap().unwrap();
        }
    }

    #[test]
    fn one_merges_at_a_time() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("sweep");
        fs::create_dir_all(path.join(SHARDS).join("0-of-1")).unwrap();
        let sweep = Sweep::begun(&path).unwrap();
        let first = sweep.begin().unwrap();
        let second = sweep.begin().unwrap_err();
        assert!(matches!(second, StoreError::Locked { .. }), "{second}");
        assert!(first.path().is_dir());
        drop(first);
        assert!(sweep.begin().is_ok());
        assert_eq!(sweep.shards().unwrap().len(), 1);
    }

    #[test]
    fn a_folder_of_something_else_is_left_alone() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("sweep");
        let sweep = Sweep::at(&path, SWEPT).unwrap();
        assert!(sweep.shards().unwrap().is_empty());
        let shard = Shard { number: 1, of: 2 };
        fs::create_dir_all(sweep.shard(shard)).unwrap();
        assert_eq!(Sweep::at(&path, SWEPT).unwrap().shards().unwrap(), [shard]);
        fs::write(path.join("shards/.DS_Store"), "of the system").unwrap();
        assert_eq!(sweep.shards().unwrap(), [shard]);
        // (01-of-2 would be the same shard once more.)
        for other in ["shards/other", "shards/01-of-2", "shards/1-of-2 copy"] {
            fs::create_dir_all(path.join(other)).unwrap();
            assert!(matches!(sweep.shards(), Err(StoreError::NoShard { .. })));
            fs::remove_dir(path.join(other)).unwrap();
        }
        fs::write(folder.path().join("notes.txt"), "mine").unwrap();
        assert!(matches!(
            Sweep::at(folder.path(), SWEPT),
            Err(StoreError::Exists { .. })
        ));
    }
}
