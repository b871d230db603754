//! Ctrl-C, or the signal with which a machine or a queue asks a program to end: asked once, a run ends
//! between two steps and what is finished is kept.

#[cfg(unix)]
use crate::store::is_ignored;
use signal_hook::consts::{SIGINT, SIGTERM};
use signal_hook::flag;
use std::sync::atomic::{AtomicBool, Ordering};

static ASKED: AtomicBool = AtomicBool::new(false);

/// Listens from now on. Where the system does not allow it, an interruption ends the program at
/// once, and only the hidden unfinished folder is left behind.
pub(super) fn listen() {
    // Also where a shell has let a background command ignore interruptions: a queue has to be heard.
    let mut signals = vec![SIGINT, SIGTERM];
    // A terminal that is closed asks to end as well, unless `nohup` was told that this should not matter.
    #[cfg(unix)]
    if !is_ignored(signal_hook::consts::SIGHUP) {
        signals.push(signal_hook::consts::SIGHUP);
    }
    for signal in signals {
        let _ = flag::register(signal, &ASKED);
    }
}

/// Whether somebody asked to stop.
pub(super) fn asked() -> bool {
    ASKED.load(Ordering::Relaxed)
}
