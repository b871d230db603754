//! The ledger of finished work: an append-only file under a plan. Whatever ends a command, the work that it has
//! finished is there when the same command is given again.
//!
//! The folder holds `plan.json`, which says what is being made, and `ledger`, in which each finished piece is one
//! record: its number, its length, its bytes and a checksum of them. A record counts once it is complete. What a
//! crash has torn off at the end is cut away when the ledger is opened. Damage before the end is skipped and
//! reported, and no record behind it is lost.

use super::error::is_refused;
use super::{StoreError, input};
use serde::Serialize;
use serde::de::DeserializeOwned;
use sha2::{Digest as _, Sha256};
use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{self, BufReader, Read, Seek as _, SeekFrom, Write as _};
use std::path::{Path, PathBuf};
use std::thread;
use std::time::Duration;

const PLAN: &str = "plan.json";
/// The plan while it is being written.
const HALF_PLAN: &str = "plan.json.unfinished";
pub(super) const RECORDS: &str = "ledger";
/// The first bytes of the file: what it is, and the version of its layout.
const MAGIC: &[u8; 8] = b"exeunt1\n";
/// The numbers of bytes before and after the body of a record.
const HEAD: usize = 16;
const CHECK: usize = 8;
/// How often, and after which pause, locking is tried again while somebody reads the ledger.
const TRIES: u32 = 20;
const PAUSE: Duration = Duration::from_millis(50);

/// An open ledger, locked for as long as it is open: nobody else can open one that is being written to, and nobody can
/// write to one that is being read.
#[derive(Debug)]
pub struct Ledger {
    folder: PathBuf,
    file: File,
    /// Damaged places with records behind them: the first byte, and the byte after the last.
    damaged: Vec<(u64, u64)>,
}

/// The position of a finished piece of work in a ledger.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Entry {
    /// The number of the piece.
    pub number: u64,
    /// The first byte of its record.
    offset: u64,
    /// The number of bytes of the piece.
    length: u64,
}

/// Reads the plan of a ledger; `None` if there is none.
///
/// # Errors
/// If there is a plan but it cannot be read.
pub fn plan_of<P: DeserializeOwned>(folder: &Path) -> Result<Option<P>, StoreError> {
    let path = folder.join(PLAN);
    let text = match input::read(&path) {
        Ok(text) => text,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(source) => return Err(StoreError::NotRead { path, source }),
    };
    serde_json::from_slice(&text)
        .map(Some)
        .map_err(|error| match kind_of(&text) {
            Some(what) => StoreError::OtherWork {
                path: folder.to_owned(),
                what,
            },
            None => StoreError::Damaged {
                path,
                reason: error.to_string(),
            },
        })
}

/// The kind of a plan that is not the expected one, recognised by keys that only plans of that kind have.
fn kind_of(plan: &[u8]) -> Option<&'static str> {
    let plan: serde_json::Value = serde_json::from_slice(plan).ok()?;
    let kinds = [
        ("axes", "a sweep"),
        ("priors", "a calibration"),
        ("design", "a comparison"),
    ];
    kinds
        .into_iter()
        .find_map(|(key, what)| plan.get(key).map(|_| what))
}

/// Removes a folder with a ledger, as `--force` asks for and as is done once its results are written.
///
/// # Errors
/// If somebody has it open, if it holds anything else, or if it cannot be removed.
pub fn discard(folder: &Path) -> Result<(), StoreError> {
    if fs::symlink_metadata(folder).is_err() {
        return Ok(());
    }
    refuse_strangers(folder)?;
    let failed = |source| StoreError::NotRemoved {
        path: folder.to_owned(),
        source,
    };
    let held = match input::open(&folder.join(RECORDS)) {
        Ok(file) => Some(lock(file, folder, false)?),
        Err(error) if error.kind() == io::ErrorKind::NotFound => None,
        Err(error) => return Err(failed(error)),
    };
    // Records are removed first: a plan without records is merely a beginning, but records left under another plan
    // would be taken for its own.
    for name in [RECORDS, PLAN, HALF_PLAN] {
        match fs::remove_file(folder.join(name)) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(failed(error)),
            _ => {}
        }
    }
    drop(held);
    fs::remove_dir(folder).map_err(failed)
}

/// Refuses a folder that holds anything but a ledger.
fn refuse_strangers(folder: &Path) -> Result<(), StoreError> {
    let failed = |source| StoreError::NotRead {
        path: folder.to_owned(),
        source,
    };
    let mut names = Vec::new();
    for entry in fs::read_dir(folder).map_err(failed)? {
        let name = entry.map_err(failed)?.file_name();
        let name = name.to_string_lossy().into_owned();
        if ![PLAN, HALF_PLAN, RECORDS].contains(&name.as_str()) {
            names.push(name);
        }
    }
    if names.is_empty() {
        return Ok(());
    }
    names.sort_unstable();
    Err(StoreError::HoldsMore {
        path: folder.to_owned(),
        names,
    })
}

/// Locks the records of a folder for as long as the file is open. Readers do not keep each other out.
pub(super) fn lock(records: File, folder: &Path, reads: bool) -> Result<File, StoreError> {
    let locked = match reads {
        true => records.try_lock_shared(),
        false => try_lock(&records),
    };
    match locked {
        Ok(()) => Ok(records),
        Err(TryLockError::WouldBlock) => Err(StoreError::Locked {
            path: folder.to_owned(),
        }),
        // Some file systems have no locks; whoever uses one must make sure that only one command writes.
        Err(TryLockError::Error(error)) if error.kind() == io::ErrorKind::Unsupported => {
            Ok(records)
        }
        Err(TryLockError::Error(source)) => Err(StoreError::NotRead {
            path: folder.join(RECORDS),
            source,
        }),
    }
}

/// Takes a lock for writing. A reader holds the records only for a moment, as shards that work beside this one do,
/// and is waited for; a writer holds them for as long as it works, and is not waited for.
fn try_lock(records: &File) -> Result<(), TryLockError> {
    for _ in 0..TRIES {
        match records.try_lock() {
            Err(TryLockError::WouldBlock) if records.try_lock_shared().is_ok() => {}
            result => return result,
        }
        records.unlock().map_err(TryLockError::Error)?;
        thread::sleep(PAUSE);
    }
    records.try_lock()
}

impl Ledger {
    /// Opens the ledger of a folder, or begins one, and returns what is finished. Only now that nobody else can write
    /// a plan can the caller check that the plan in the folder ([`plan_of`]) is its own.
    ///
    /// # Errors
    /// If somebody else has it open, if the folder holds anything else, or if it cannot be written or is not a ledger.
    pub fn open(folder: &Path, plan: &impl Serialize) -> Result<(Self, Vec<Entry>), StoreError> {
        fs::create_dir_all(folder).map_err(|source| StoreError::Unwritable {
            path: folder.to_owned(),
            source,
        })?;
        refuse_strangers(folder)?;
        let mut options = OpenOptions::new();
        options.read(true).write(true).create(true).truncate(false);
        let unopened = |path: PathBuf, source| match is_refused(&source) && path.is_file() {
            true => StoreError::ReadOnly {
                path: folder.to_owned(),
                finished: false,
                source,
            },
            false => StoreError::Io { path, source },
        };
        let ledger = Self::locked(folder, (&options, false), unopened)?;
        if !folder.join(PLAN).exists() {
            // Without a plan, nobody can tell what the records belong to.
            ledger.file.set_len(0).map_err(|source| StoreError::Io {
                path: folder.join(RECORDS),
                source,
            })?;
        }
        ledger.write_plan(plan)?;
        ledger.entries(true)
    }

    /// Opens the ledger of a folder to read what is finished. Nothing is changed: a torn record at its end is left
    /// there.
    ///
    /// # Errors
    /// If somebody is writing to it, if there is none, or if it is not a ledger.
    pub fn reading(folder: &Path) -> Result<(Self, Vec<Entry>), StoreError> {
        let unopened = |path, source| StoreError::NotRead { path, source };
        let mut options = OpenOptions::new();
        options.read(true);
        Self::locked(folder, (&options, true), unopened)?.entries(false)
    }

    /// Opens and locks the records, with `options`, and only for reading if `reads`. `unopened` makes the error if
    /// they cannot be opened: not written, or not read.
    fn locked(
        folder: &Path,
        (options, reads): (&OpenOptions, bool),
        unopened: impl FnOnce(PathBuf, io::Error) -> StoreError,
    ) -> Result<Self, StoreError> {
        let path = folder.join(RECORDS);
        match input::require_file(&path) {
            Err(source) if source.kind() != io::ErrorKind::NotFound => {
                return Err(StoreError::NotRead { path, source });
            }
            _ => {}
        }
        let file = options
            .open(&path)
            .map_err(|source| unopened(path, source))?;
        Ok(Self {
            folder: folder.to_owned(),
            file: lock(file, folder, reads)?,
            damaged: Vec::new(),
        })
    }

    /// Describes where the ledger is damaged and what has to be made again; `None` if it is whole.
    pub fn damage(&self) -> Option<String> {
        let &(first, end) = self.damaged.first()?;
        let more = match self.damaged.len() {
            1 => String::new(),
            places => format!(" and in {} more places", places - 1),
        };
        Some(format!(
            "`{}` is damaged from byte {first} to {end}{more}: what was kept there is made again, everything else is kept",
            self.folder.join(RECORDS).display()
        ))
    }

    /// Finds all whole records; with `cut`, removes anything after the last of them.
    fn entries(mut self, cut: bool) -> Result<(Self, Vec<Entry>), StoreError> {
        let path = self.folder.join(RECORDS);
        let scanned = self.scan().map_err(|source| StoreError::NotRead {
            path: path.clone(),
            source,
        })?;
        let Some((entries, end)) = scanned else {
            return Err(StoreError::Damaged {
                path,
                reason: "it does not begin like a ledger of this version".to_owned(),
            });
        };
        if cut {
            self.cut(end)
                .map_err(|source| StoreError::Io { path, source })?;
        }
        Ok((self, entries))
    }

    /// Writes the plan under another name and renames it, so that it is there whole or not at all.
    fn write_plan(&self, plan: &impl Serialize) -> Result<(), StoreError> {
        match self.folder.join(PLAN).exists() {
            true => Ok(()),
            false => self.put_plan(plan),
        }
    }

    fn put_plan(&self, plan: &impl Serialize) -> Result<(), StoreError> {
        let path = self.folder.join(PLAN);
        let write = || -> io::Result<()> {
            let text = serde_json::to_string_pretty(plan)?;
            let unfinished = self.folder.join(HALF_PLAN);
            let mut file = File::create(&unfinished)?;
            file.write_all(text.as_bytes())?;
            file.sync_all()?;
            fs::rename(&unfinished, &path)
        };
        write().map_err(|source| StoreError::NotKept {
            path: path.clone(),
            source,
        })
    }

    /// Cuts off what follows the last whole record, and writes the first bytes of the file if there are none.
    fn cut(&mut self, end: u64) -> io::Result<()> {
        self.file.set_len(end)?;
        self.file.seek(SeekFrom::Start(end))?;
        if end == 0 {
            self.file.write_all(MAGIC)?;
            self.file.sync_all()?;
        }
        Ok(())
    }

    /// Finds all whole records in order, and the byte after the last, which is 0 if no ledger is begun; `None` if the
    /// file is not a ledger.
    fn scan(&mut self) -> io::Result<Option<(Vec<Entry>, u64)>> {
        self.file.seek(SeekFrom::Start(0))?;
        let mut reader = BufReader::with_capacity(1 << 20, &self.file);
        let mut magic = Vec::new();
        (&mut reader)
            .take(MAGIC.len() as u64)
            .read_to_end(&mut magic)?;
        // A crash may have left only some of the first bytes.
        if magic.len() < MAGIC.len() && MAGIC.starts_with(&magic) {
            return Ok(Some((Vec::new(), 0)));
        }
        if magic != MAGIC {
            return Ok(None);
        }
        let mut entries = Vec::new();
        let (mut end, mut bytes) = (MAGIC.len() as u64, Vec::new());
        let mut damaged = Vec::new();
        loop {
            while let Some((number, length)) = record(&mut reader, &mut bytes)? {
                entries.push(Entry {
                    number,
                    offset: end,
                    length,
                });
                end += length + (HEAD + CHECK) as u64;
            }
            // An incomplete record at the end was torn off; with whole records after it, it is damage.
            reader.seek(SeekFrom::Start(end))?;
            let mut rest = Vec::new();
            reader.read_to_end(&mut rest)?;
            let Some(skipped) = next_whole(&rest) else {
                break;
            };
            damaged.push((end, end + skipped));
            end += skipped;
            reader.seek(SeekFrom::Start(end))?;
        }
        self.damaged = damaged;
        Ok(Some((entries, end)))
    }

    /// Reads the bytes of a finished piece.
    ///
    /// # Errors
    /// If they cannot be read.
    pub fn read(&mut self, entry: &Entry) -> Result<Vec<u8>, StoreError> {
        let mut read = || -> io::Result<Vec<u8>> {
            let end = self.file.stream_position()?;
            self.file
                .seek(SeekFrom::Start(entry.offset + HEAD as u64))?;
            let mut bytes = Vec::new();
            (&mut self.file)
                .take(entry.length)
                .read_to_end(&mut bytes)?;
            // The next record goes after the last.
            self.file.seek(SeekFrom::Start(end))?;
            match bytes.len() as u64 == entry.length {
                true => Ok(bytes),
                false => Err(io::ErrorKind::UnexpectedEof.into()),
            }
        };
        read().map_err(|source| StoreError::NotRead {
            path: self.folder.join(RECORDS),
            source,
        })
    }

    /// Adds a finished piece and brings it to disk.
    ///
    /// # Errors
    /// If that fails; the ledger then ends with the last whole record.
    pub fn append(&mut self, number: u64, bytes: &[u8]) -> Result<(), StoreError> {
        self.add(number, bytes)?;
        self.sync()
    }

    /// Adds a finished piece. The system brings it to disk in its own time: the piece survives the end of this
    /// program at once, and a failure of the machine after [`Ledger::sync`].
    ///
    /// # Errors
    /// If that fails; the ledger then ends with the last whole record.
    pub fn add(&mut self, number: u64, bytes: &[u8]) -> Result<(), StoreError> {
        let mut record = Vec::with_capacity(HEAD + bytes.len() + CHECK);
        record.extend(number.to_le_bytes());
        record.extend((bytes.len() as u64).to_le_bytes());
        record.extend(bytes);
        let check = check_of(&record);
        record.extend(check);
        let write = |file: &mut File| -> io::Result<()> {
            let begin = file.stream_position()?;
            let written = file.write_all(&record);
            if written.is_err() {
                // If this fails too, the checksum exposes the torn record when the ledger is opened.
                let _ = file.set_len(begin);
                let _ = file.seek(SeekFrom::Start(begin));
            }
            written
        };
        write(&mut self.file).map_err(|source| StoreError::NotKept {
            path: self.folder.join(RECORDS),
            source,
        })
    }

    /// Brings everything to disk.
    ///
    /// # Errors
    /// If that fails.
    pub fn sync(&mut self) -> Result<(), StoreError> {
        self.file.sync_data().map_err(|source| StoreError::NotKept {
            path: self.folder.join(RECORDS),
            source,
        })
    }

    /// Replaces the plan by one that shares its pieces.
    ///
    /// # Errors
    /// If it cannot be written; the old plan is then still there.
    pub fn replace_plan(&self, plan: &impl Serialize) -> Result<(), StoreError> {
        self.put_plan(plan)
    }

    /// The folder of the ledger.
    pub fn folder(&self) -> &Path {
        &self.folder
    }
}

/// Reads the number and the length of the next record; `None` if it is incomplete. `bytes` is a buffer.
fn record(reader: &mut impl Read, bytes: &mut Vec<u8>) -> io::Result<Option<(u64, u64)>> {
    bytes.clear();
    reader.take(HEAD as u64).read_to_end(bytes)?;
    let word = |bytes: &[u8], at: usize| -> Option<u64> {
        Some(u64::from_le_bytes(bytes.get(at..at + 8)?.try_into().ok()?))
    };
    let (Some(number), Some(length)) = (word(bytes, 0), word(bytes, 8)) else {
        return Ok(None);
    };
    // Reads no more than there is, whatever length a damaged record gives.
    reader
        .take(length.saturating_add(CHECK as u64))
        .read_to_end(bytes)?;
    let whole = bytes.len() as u64 == length.saturating_add((HEAD + CHECK) as u64);
    let at = bytes.len().saturating_sub(CHECK);
    Ok((whole && bytes[at..] == check_of(&bytes[..at])).then_some((number, length)))
}

/// The number of bytes before the first whole record in `rest`, which does not begin with one.
fn next_whole(rest: &[u8]) -> Option<u64> {
    let last = rest.len().checked_sub(HEAD + CHECK)?;
    let is_whole = |at: &usize| {
        let rest = &rest[*at..];
        let length = rest[8..HEAD].iter().rev();
        let length = length.fold(0, |length: u64, byte| (length << 8) | u64::from(*byte));
        // (Nearly everywhere, this length would exceed the file.)
        let body = usize::try_from(length)
            .ok()
            .and_then(|length| length.checked_add(HEAD));
        body.and_then(|body| Some((rest.get(..body)?, rest.get(body..body + CHECK)?)))
            .is_some_and(|(body, check)| check == check_of(body))
    };
    (1..=last).find(is_whole).map(|at| at as u64)
}

/// The checksum of a record: the first bytes of its digest.
fn check_of(record: &[u8]) -> [u8; CHECK] {
    let digest = Sha256::digest(record);
    std::array::from_fn(|place| digest[place])
}

#[cfg(test)]
mod tests;
