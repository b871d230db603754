//! Ctrl-C, and the signals with which a machine or a queue asks a program to end. After the first, a run ends between
//! two steps and what is finished is kept.

#[cfg(unix)]
use crate::store::is_ignored;
use signal_hook::consts::{SIGINT, SIGTERM};
use signal_hook::flag;
use std::sync::atomic::{AtomicBool, Ordering};

static ASKED: AtomicBool = AtomicBool::new(false);

/// Listens for signals from now on. Where the system does not allow that, an interruption ends the program at once and
/// leaves only the hidden unfinished folder behind.
pub(super) fn listen() {
    // Listens even where a shell makes a background command ignore interruptions, because a queue has to be heard.
    let mut signals = vec![SIGINT, SIGTERM];
    // Closing the terminal asks the program to end as well, unless `nohup` has made it ignore that.
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
