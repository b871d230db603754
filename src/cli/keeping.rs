//! Work that is kept in a ledger as it is finished, so that the same command can continue from there. Shared by
//! `compare`, `sweep` and `calibrate`.

use super::ending::Failure;
use super::interrupt;
use super::output::say;
use crate::experiment::calibration::Stopped;
use crate::experiment::{Stop, jobs};
use crate::store::{Entry, Ledger, StoreError};
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::time::{Duration, Instant};

/// How much work may be lost if the machine stops, where pieces are short. A process that is killed loses only the
/// pieces that it is working on.
pub(super) const SHORT: Duration = Duration::from_secs(2);

/// Warns of damaged records in a ledger.
pub(super) fn say_damage(ledger: &Ledger) {
    if let Some(damage) = ledger.damage() {
        say(&format!("warning: {damage}"));
    }
}

/// Why a piece of work did not finish.
pub(super) enum Halt {
    /// Somebody asked to stop.
    Interrupted,
    /// No further piece would finish either.
    Failed(Failure),
}

impl From<Stop> for Halt {
    fn from(stop: Stop) -> Self {
        match stop {
            Stop::Interrupted => Self::Interrupted,
            Stop::Engine(error) => Self::Failed(error.into()),
            Stop::Scenario(problems) => Self::Failed(Failure::Scenario(problems)),
        }
    }
}

impl From<Stopped> for Halt {
    fn from(stopped: Stopped) -> Self {
        match stopped {
            Stopped::Interrupted => Self::Interrupted,
            Stopped::Engine(error) => Self::Failed(error.into()),
            Stopped::Failed(reason) => Self::Failed(Failure::Asked(reason)),
        }
    }
}

/// The number of threads to use: as asked for, or all that the machine offers.
pub(super) fn threads(asked: Option<usize>) -> usize {
    asked.unwrap_or_else(|| std::thread::available_parallelism().map_or(1, usize::from))
}

/// Reads a finished piece of work.
///
/// # Errors
/// If it cannot be read, or is of another kind.
pub(super) fn read<T: DeserializeOwned>(
    ledger: &mut Ledger,
    entry: &Entry,
) -> Result<T, StoreError> {
    read_by(ledger, entry, |bytes| postcard::from_bytes(bytes))
}

/// Reads a finished piece of work whose records have more than one form; `decode` knows them.
///
/// # Errors
/// If it cannot be read, or is of another kind.
pub(super) fn read_by<T>(
    ledger: &mut Ledger,
    entry: &Entry,
    decode: impl FnOnce(&[u8]) -> Result<T, postcard::Error>,
) -> Result<T, StoreError> {
    let bytes = ledger.read(entry)?;
    decode(&bytes).map_err(|error| damaged(ledger, &error))
}

/// Does the pieces of work with these numbers on several threads, and keeps each as it is finished.
///
/// If the machine stops, no more than about the work of `lost` is lost. `done` is called for each piece with its
/// place in the list. Returns how many pieces were finished: all, unless somebody asked to stop.
///
/// # Errors
/// The first failure of a piece, or of keeping one; what was finished before it is kept.
pub(super) fn keep_all<T: Serialize + Send, S: Into<Halt> + Send>(
    ledger: &mut Ledger,
    numbers: &[u64],
    (threads, lost): (usize, Duration),
    work: impl Fn(usize) -> Result<T, S> + Sync,
    mut done: impl FnMut(usize, T),
) -> Result<usize, Failure> {
    let (mut failure, mut interrupted, mut finished) = (None, false, 0);
    let mut safe = Instant::now();
    jobs(numbers.len(), threads, work, |job, result| {
        match result.map_err(S::into) {
            Ok(piece) => {
                let sync = safe.elapsed() >= lost;
                match keep(ledger, numbers[job], &piece, sync) {
                    Ok(()) if sync => safe = Instant::now(),
                    Ok(()) => {}
                    Err(error) => {
                        failure.get_or_insert(Failure::from(error));
                    }
                }
                finished += 1;
                done(job, piece);
            }
            Err(Halt::Interrupted) => interrupted = true,
            Err(Halt::Failed(why)) => {
                failure.get_or_insert(why);
            }
        }
        failure.is_none() && !interrupted && !interrupt::asked()
    });
    ledger.sync()?;
    failure.map_or(Ok(finished), Err)
}

fn keep(
    ledger: &mut Ledger,
    number: u64,
    piece: &impl Serialize,
    sync: bool,
) -> Result<(), StoreError> {
    let bytes = postcard::to_stdvec(piece).map_err(|error| damaged(ledger, &error))?;
    match sync {
        true => ledger.append(number, &bytes),
        false => ledger.add(number, &bytes),
    }
}

fn damaged(ledger: &Ledger, error: &postcard::Error) -> StoreError {
    StoreError::Damaged {
        path: ledger.folder().to_owned(),
        reason: error.to_string(),
    }
}
