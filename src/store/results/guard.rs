//! Turns panics of a library that reads files into errors of the file.

use std::cell::Cell;
#[cfg(feature = "parquet")]
use std::panic::{AssertUnwindSafe, catch_unwind};

thread_local! {
    static GUARDED: Cell<bool> = const { Cell::new(false) };
}

/// Whether a panic of this thread will be caught and reported as an error, so that nothing needs to be printed about
/// it.
#[must_use]
pub fn is_guarded() -> bool {
    GUARDED.get()
}

/// The result of some work; `None` if it panics. Anything that it had changed by then must not be used.
#[cfg(feature = "parquet")]
pub(super) fn guarded<T>(work: impl FnOnce() -> T) -> Option<T> {
    GUARDED.set(true);
    let done = catch_unwind(AssertUnwindSafe(work));
    GUARDED.set(false);
    done.ok()
}

#[cfg(all(test, feature = "parquet"))]
mod tests {
    use super::*;

    #[test]
    fn a_panic_is_caught_and_known_to_be() {
        assert_eq!(guarded(|| 3), Some(3));
        assert_eq!(guarded(is_guarded), Some(true));
        let unwound = guarded(|| std::panic::resume_unwind(Box::new(())));
        assert_eq!((unwound, is_guarded()), (None, false));
    }
}
