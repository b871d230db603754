//! A progress bar while a command runs, only on standard error and only if that is a terminal.

use super::number::magnitude;
use super::{Screen, plain};
use indicatif::{HumanDuration, ProgressBar, ProgressDrawTarget, ProgressState, ProgressStyle};
use jiff::civil::Date;
use std::fmt::Write;
use std::time::Duration;

/// Shows how far a command has come; shows nothing in a pipe, or when asked to be quiet.
#[derive(Debug)]
pub struct Progress {
    bar: ProgressBar,
}

impl Progress {
    /// Makes a bar of `steps` steps in all, with `agents` agents in each.
    pub fn new(steps: u64, agents: u64, quiet: bool, unicode: bool) -> Self {
        let target = match quiet {
            true => ProgressDrawTarget::hidden(),
            // Hides itself if standard error is not a terminal.
            false => ProgressDrawTarget::stderr_with_hz(10),
        };
        let bar = ProgressBar::with_draw_target(Some(steps), target);
        let rate = move |state: &ProgressState, text: &mut dyn Write| {
            let rate = magnitude(state.per_sec() * agents as f64);
            // A bar that cannot be drawn is no reason to stop a run.
            let _ = write!(text, "{rate} person-steps/s");
        };
        // Narrower than the terminal: a `^C` that the terminal writes after it must not break the line, or the bar
        // could not be removed.
        let template = "{msg} {bar:32} {pos}/{len} steps  {rate}{left}";
        if let Ok(style) = ProgressStyle::with_template(template) {
            let style = style.with_key("rate", rate).with_key("left", left);
            bar.set_style(style.progress_chars(signs(unicode)));
        }
        Self { bar }
    }

    /// Makes a bar of `runs` runs in all.
    pub fn of_runs(runs: u64, quiet: bool, unicode: bool) -> Self {
        let progress = Self::new(runs, 0, quiet, unicode);
        let template = "{msg} {bar:32} {pos}/{len} runs  {elapsed} gone{left}";
        if let Ok(style) = ProgressStyle::with_template(template) {
            let style = style.with_key("left", left).progress_chars(signs(unicode));
            progress.bar.set_style(style);
        }
        progress.bar.enable_steady_tick(Duration::from_secs(1));
        progress
    }

    /// Counts `runs` more runs as done.
    pub fn runs(&self, runs: u64) {
        self.bar.inc(runs);
    }

    /// Adds `runs` runs to those that are to be done.
    pub fn more(&self, runs: u64) {
        self.bar.inc_length(runs);
    }

    /// Counts `runs` runs as done before; they do not enter the estimate of the time left.
    pub fn skip(&self, runs: u64) {
        self.bar.set_position(runs);
        self.bar.reset_eta();
    }

    /// Shows what is going on before the first step.
    pub fn preparing(&self, what: &str) {
        self.bar.set_message(what.to_owned());
        self.bar.tick();
    }

    /// Counts one more step as done; `date` is its last day.
    pub fn step(&self, date: Date) {
        self.bar.set_message(date.to_string());
        self.bar.inc(1);
    }

    /// Removes the bar.
    pub fn clear(&self) {
        self.bar.finish_and_clear();
    }

    /// Writes a line to standard error without disturbing the bar.
    pub fn note(&self, line: &str) {
        let line = plain(line, Screen::of_stderr().colour);
        self.bar.suspend(|| eprintln!("{line}"));
    }
}

/// Writes how long it will still take; nothing as long as nothing is done from which to tell.
fn left(state: &ProgressState, text: &mut dyn Write) {
    let eta = state.eta();
    if !eta.is_zero() || state.len() == Some(state.pos()) {
        let _ = write!(text, "  {:#} left", HumanDuration(eta));
    }
}

/// The characters that the bar is drawn with.
fn signs(unicode: bool) -> &'static str {
    match unicode {
        true => "█▉▊▋▌▍▎▏ ",
        false => "#- ",
    }
}
