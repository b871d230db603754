//! Ctrl-C, or the signal with which a machine or a queue asks a program to end: asked once, a run ends
//! between two steps and what is finished is kept.

use std::sync::atomic::{AtomicBool, Ordering};

static ASKED: AtomicBool = AtomicBool::new(false);

/// Listens from now on. Where the system does not allow it, an interruption ends the program at
/// once, and only the hidden unfinished folder is left behind.
pub(super) fn listen() {
    // Also where a shell has let a background command ignore interruptions: a queue has to be heard.
    let _ = ctrlc::set_handler(|| ASKED.store(true, Ordering::Relaxed));
}

/// Whether somebody asked to stop.
pub(super) fn asked() -> bool {
    ASKED.load(Ordering::Relaxed)
}
