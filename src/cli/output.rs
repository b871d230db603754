//! Standard output for results, standard error for everything else.

use super::ending::Ending;
use crate::report::{Screen, plain};
use std::io::{self, Write};
use std::sync::atomic::{AtomicBool, Ordering};

/// Whether something could not be written to standard output.
static INCOMPLETE: AtomicBool = AtomicBool::new(false);

/// The ending of a command, which is not [`Ending::Done`] if results have not reached standard output.
pub(super) fn ending(ending: Ending) -> Ending {
    match (ending, INCOMPLETE.load(Ordering::Relaxed)) {
        (Ending::Done, true) => Ending::SomeFailed,
        (ending, _) => ending,
    }
}

/// Writes a result to standard output. A reader that has gone away (`| head`) is not an error.
pub(super) fn print(text: &str) {
    let text = plain(text, Screen::of_stdout().colour);
    let mut out = io::stdout().lock();
    if let Err(error) = out.write_all(text.as_bytes()).and_then(|()| out.flush())
        && error.kind() != io::ErrorKind::BrokenPipe
    {
        INCOMPLETE.store(true, Ordering::Relaxed);
        say(&format!(
            "error: standard output could not be written ({error}): what it shows is not complete"
        ));
    }
}

/// Writes a JSON value and a line break to standard output.
pub(super) fn print_json(value: &serde_json::Value) {
    print(&format!("{value:#}\n"));
}

/// Writes a line to standard error.
pub(super) fn say(line: &str) {
    let line = plain(line, Screen::of_stderr().colour);
    let _ = writeln!(io::stderr().lock(), "{line}");
}
