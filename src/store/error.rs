//! What can go wrong with a results folder.

use super::ledger::RECORDS;
use super::shell_word;
use std::io;
use std::path::PathBuf;

/// Why a results folder or kept work cannot be written or read. Nothing is left behind unless the message says so.
#[derive(Debug)]
pub enum StoreError {
    /// The path names no folder: empty, or ending in `..`.
    NoName {
        /// The path given.
        path: PathBuf,
    },
    /// The path already exists.
    Exists {
        /// The path given.
        path: PathBuf,
        /// Whether it is a results folder, which may be replaced on demand.
        replaceable: bool,
    },
    /// The path holds something that is not a results folder, so it is not replaced.
    NotOurs {
        /// The path given.
        path: PathBuf,
    },
    /// A results folder holds something that no run put there, so it is not replaced.
    HoldsMore {
        /// The path given.
        path: PathBuf,
        /// What else it holds, by name.
        names: Vec<String>,
    },
    /// A part of the path is a file.
    BelowFile {
        /// The path given.
        path: PathBuf,
        /// The file in the way.
        file: PathBuf,
    },
    /// A folder cannot be made or written to.
    Unwritable {
        /// The folder.
        path: PathBuf,
        /// What the system says.
        source: io::Error,
    },
    /// There is too little room on the disk.
    NoSpace {
        /// The place on the disk.
        path: PathBuf,
        /// Bytes that the results may take.
        needed: u64,
        /// Bytes that are free.
        free: u64,
    },
    /// A file of kept work could not be read. Nothing has been changed.
    NotRead {
        /// The file, or the folder that holds it.
        path: PathBuf,
        /// What the system says.
        source: io::Error,
    },
    /// A file could not be written.
    Io {
        /// The file.
        path: PathBuf,
        /// What the system says.
        source: io::Error,
    },
    /// A file of unfinished work could not be removed. Finished results stay as they are.
    NotRemoved {
        /// The file's folder.
        path: PathBuf,
        /// What the system says.
        source: io::Error,
    },
    /// Everything is written, but the folder could not be renamed.
    Rename {
        /// Where the finished results are.
        kept: PathBuf,
        /// Where they should be.
        path: PathBuf,
        /// What the system says.
        source: io::Error,
    },
    /// A name would be taken for a formula by spreadsheets.
    Formula {
        /// The kind of thing that has the name.
        what: &'static str,
        /// The name.
        name: String,
    },
    /// The path is not a results folder.
    NotResults {
        /// The path given.
        path: PathBuf,
        /// What is missing or wrong.
        reason: String,
    },
    /// No sweep was begun in this folder.
    NoSweep {
        /// The path given.
        path: PathBuf,
    },
    /// A results folder holds a single run where a comparison is needed.
    NotCompared {
        /// The path given.
        path: PathBuf,
    },
    /// A table of a results folder is not as this version writes it.
    Table {
        /// The file.
        path: PathBuf,
        /// Line, counted from 1; 0 for the file as a whole.
        line: u64,
        /// What is wrong.
        reason: String,
    },
    /// A text does not have the passage that was to be replaced.
    NoPassage {
        /// The file.
        path: PathBuf,
        /// What is wrong: a missing line, or the order of the lines.
        reason: String,
    },
    /// A passage of a text cannot be written.
    Passage {
        /// The file.
        path: PathBuf,
        /// What the system says.
        source: io::Error,
    },
    /// A file cannot be read.
    Unreadable {
        /// The file.
        path: PathBuf,
        /// Why it cannot be read.
        reason: String,
        /// What to do.
        cure: &'static str,
    },
    /// Another process is using the folder.
    Locked {
        /// The folder.
        path: PathBuf,
    },
    /// Finished work cannot be kept.
    NotKept {
        /// The file that keeps it.
        path: PathBuf,
        /// What the system says.
        source: io::Error,
    },
    /// The tables of a sweep cannot be made from its shards, which stay as they are.
    NotMerged {
        /// The folder of the sweep.
        path: PathBuf,
        /// What the system says.
        source: io::Error,
    },
    /// A file of unfinished work is not in the form that this program writes.
    Damaged {
        /// The file.
        path: PathBuf,
        /// What is wrong.
        reason: String,
    },
    /// The folder of the parts of a sweep or a calibration holds something else.
    NoShard {
        /// The folder of the parts.
        path: PathBuf,
        /// The name of what lies there.
        name: String,
    },
    /// Existing work can be read but not written.
    ReadOnly {
        /// The folder of the work.
        path: PathBuf,
        /// Whether it is finished.
        finished: bool,
        /// What the system says.
        source: io::Error,
    },
    /// A folder keeps another kind of work than the one asked for.
    OtherWork {
        /// The folder.
        path: PathBuf,
        /// The kind that it keeps.
        what: &'static str,
    },
    /// Unfinished work of another plan is in the way.
    OtherPlan {
        /// The folder.
        path: PathBuf,
        /// The differences between the plans.
        differences: Vec<String>,
        /// What to do to begin anew.
        anew: &'static str,
    },
    /// A number that is not finite reached a table.
    NotFinite {
        /// The table and column.
        place: String,
    },
    /// A cell does not fit the type of its column, or is empty where that is not allowed.
    Misfit {
        /// The table and column.
        place: String,
    },
}

impl std::error::Error for StoreError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Unwritable { source, .. }
            | Self::Io { source, .. }
            | Self::NotRead { source, .. }
            | Self::NotRemoved { source, .. }
            | Self::NotKept { source, .. }
            | Self::NotMerged { source, .. }
            | Self::ReadOnly { source, .. }
            | Self::Rename { source, .. }
            | Self::Passage { source, .. } => Some(source),
            _ => None,
        }
    }
}

impl std::fmt::Display for StoreError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::NoName { path } => write!(
                f,
                "`{}` names no folder for the results; give one, for example --out results/my-run",
                path.display()
            ),
            Self::Exists {
                path,
                replaceable: true,
            } => write!(
                f,
                "`{}` already holds results; give another folder with --out, or --force to replace them",
                path.display()
            ),
            Self::Exists {
                path,
                replaceable: false,
            } => write!(
                f,
                "`{}` already exists; give the path of a folder that does not",
                path.display()
            ),
            Self::NotOurs { path } => write!(
                f,
                "`{}` is not replaced, because it {}; give another folder with --out, or remove it yourself",
                path.display(),
                if path.is_symlink() {
                    "is a link"
                } else {
                    "holds no manifest.json of a results folder"
                }
            ),
            Self::HoldsMore { path, names } => write!(
                f,
                "`{}` is not replaced, because it also holds what exeunt did not write: {}; move \
                 that elsewhere, or give another folder with --out",
                path.display(),
                names.join(", ")
            ),
            Self::BelowFile { path, file } => write!(
                f,
                "results cannot be written to `{}`: `{}` is a file; give a folder with --out",
                path.display(),
                file.display()
            ),
            Self::Unwritable { path, source } => write!(
                f,
                "results cannot be written in `{}`: {source}; give another folder with --out",
                path.display()
            ),
            Self::NoSpace { path, needed, free } => write!(
                f,
                "the results may take {} but `{}` has only {} free; make room, or give a folder elsewhere with --out",
                megabytes(*needed),
                path.display(),
                megabytes(*free)
            ),
            Self::Io { path, source } => {
                write!(
                    f,
                    "`{}` could not be written: {source}; no results are kept",
                    path.display()
                )
            }
            // (A file that is not there cannot be removed, and without it nothing is left of the shard.)
            Self::NotRead { path, source }
                if source.kind() == io::ErrorKind::NotFound && path.ends_with(RECORDS) =>
            {
                write!(
                    f,
                    "`{}` is missing; remove the folder `{}` to start it over",
                    path.display(),
                    path.parent().unwrap_or(path).display()
                )
            }
            Self::NotRead { path, source } => write!(
                f,
                "`{}` could not be read: {source}; remove it to start over, or give another folder with --out",
                path.display()
            ),
            Self::NotRemoved { path, source } => write!(
                f,
                "`{}` could not be removed: {source}; remove it yourself: results that are finished stay as they are",
                path.display()
            ),
            Self::Rename { kept, path, source } => write!(
                f,
                "the results are complete, but could not be moved to `{}`: {source}; they are in `{}`",
                path.display(),
                kept.display()
            ),
            Self::Formula { what, name } => {
                write!(
                    f,
                    "the {what} `{name}` begins with a character that makes spreadsheets run a cell as a formula; "
                )?;
                match *what {
                    // (Characters of a file name other than letters, digits, points, hyphens and underscores become
                    // hyphens.)
                    "scenario" => f.write_str(
                        "its name is that of its file: write name = \"my-case\" at the top of the file, or let the file's name \
                         begin with a letter or a digit",
                    ),
                    _ => f.write_str("let its name begin with a letter or a digit"),
                }
            }
            Self::NotResults { path, reason } => write!(
                f,
                "`{}` is not a results folder of this version: {reason}; give a folder that exeunt wrote",
                path.display()
            ),
            Self::NoSweep { path } => write!(
                f,
                "`{}` is not a sweep: it has no folder `shards`; give the folder that exeunt sweep wrote",
                path.display()
            ),
            Self::NotCompared { path } => write!(
                f,
                "`{}` holds no comparison (it has no comparison.json): report draws the page of comparisons, of analysed \
                 sweeps and of calibrations; make one with exeunt compare BASE SCENARIO, exeunt analyse SWEEP or exeunt \
                 calibrate PLAN",
                path.display()
            ),
            Self::Table { path, line, reason } => write!(
                f,
                "{}{}: {reason}; make the results again, or give the folder as exeunt wrote it",
                path.display(),
                match line {
                    0 => String::new(),
                    line => format!(":{line}"),
                }
            ),
            Self::NoPassage { path, reason } => write!(
                f,
                "nothing is written: `{}` {reason}; put the two lines between which the text goes into the file, in this order",
                path.display()
            ),
            Self::Passage { path, source } => write!(
                f,
                "`{}` could not be written: {source}; it is unchanged",
                path.display()
            ),
            Self::Unreadable { path, reason, cure } => {
                write!(f, "`{}` cannot be read: {reason}; {cure}", path.display())
            }
            Self::Locked { path } => write!(
                f,
                "`{}` is being written by another exeunt; wait for it, or give another folder with --out",
                path.display()
            ),
            Self::NotKept { path, source } => write!(
                f,
                "`{}` could not be written: {source}; what was finished before is kept: make room, then run the same \
                 command to continue",
                path.display()
            ),
            Self::NotMerged { path, source } if is_refused(source) => write!(
                f,
                "the tables in `{}` could not be written: {source}; all runs are kept: ask its owner for write permission, \
                 or copy the folder, then exeunt merge COPY",
                path.display()
            ),
            Self::NotMerged { path, source } => write!(
                f,
                "the tables in `{}` could not be written: {source}; all runs are kept: make room, then exeunt merge {}",
                path.display(),
                shell_word(path)
            ),
            Self::ReadOnly {
                path,
                finished,
                source,
            } => write!(
                f,
                "`{}` can be read, but not written: {source}; {}; to continue, ask its owner for write permission; \
                 to start over, give another folder with --out",
                path.display(),
                match finished {
                    true => "its results stay as they are",
                    false => "what is finished stays as it is",
                }
            ),
            Self::Damaged { path, reason } => write!(
                f,
                "`{}` is not as exeunt writes it: {reason}; remove it to start over, or give another folder with --out",
                path.display()
            ),
            Self::NoShard { path, name } => write!(
                f,
                "`{}` holds `{name}`, which is not a shard (I-of-N, such as 0-of-4): move it elsewhere, or give it its name back",
                path.display()
            ),
            Self::OtherWork { path, what } => write!(
                f,
                "`{}` holds {what}, which this command cannot continue; give another folder",
                path.display()
            ),
            Self::OtherPlan {
                path,
                differences,
                anew,
            } => write!(
                f,
                "`{}` holds unfinished work of another plan ({}); give the command that began it to \
                 continue, {anew} to start over, or give another folder with --out",
                path.display(),
                differences.join("; ")
            ),
            Self::NotFinite { place } => write!(
                f,
                "a number that is not finite reached {place}; no results are kept. This is a bug \
                 in exeunt: please report it with the scenario"
            ),
            Self::Misfit { place } => write!(
                f,
                "a cell that does not belong there reached {place}; no results are kept. This is a \
                 bug in exeunt: please report it with the scenario"
            ),
        }
    }
}

/// Whether writing is refused, as opposed to having failed.
pub(super) fn is_refused(error: &io::Error) -> bool {
    use io::ErrorKind::{PermissionDenied, ReadOnlyFilesystem};
    matches!(error.kind(), PermissionDenied | ReadOnlyFilesystem)
}

/// A number of bytes in readable form.
fn megabytes(bytes: u64) -> String {
    match bytes {
        0..100_000 => format!("{bytes} bytes"),
        _ => format!("{:.1} MB", bytes as f64 / 1e6),
    }
}
