//! A bar while a run lasts: on a terminal only, on standard error only.

use super::number::magnitude;
use super::{Screen, plain};
use indicatif::{HumanDuration, ProgressBar, ProgressDrawTarget, ProgressState, ProgressStyle};
use jiff::civil::Date;
use std::fmt::Write;
use std::time::Duration;

/// Shows how far a command has come. In a pipe, or when asked to be quiet, it shows nothing.
#[derive(Debug)]
pub struct Progress {
    bar: ProgressBar,
}

impl Progress {
    /// A bar of `steps` steps in all, in each of which so many agents live.
    pub fn new(steps: u64, agents: u64, quiet: bool, unicode: bool) -> Self {
        let target = match quiet {
            true => ProgressDrawTarget::hidden(),
            // Hides itself where standard error is no terminal.
            false => ProgressDrawTarget::stderr_with_hz(10),
        };
        let bar = ProgressBar::with_draw_target(Some(steps), target);
        let rate = move |state: &ProgressState, text: &mut dyn Write| {
            let rate = magnitude(state.per_sec() * agents as f64);
            // A bar that cannot be drawn is no reason to stop a run.
            let _ = write!(text, "{rate} person-steps/s");
        };
        // Not as wide as the terminal: a `^C` that the terminal writes behind it must not break the line,
        // or the bar could not be taken away.
        let template = "{msg} {bar:32} {pos}/{len} steps  {rate}{left}";
        if let Ok(style) = ProgressStyle::with_template(template) {
            let style = style.with_key("rate", rate).with_key("left", left);
            bar.set_style(style.progress_chars(signs(unicode)));
        }
        Self { bar }
    }

    /// A bar of so many runs in all.
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

    /// So many runs more are done.
    pub fn runs(&self, runs: u64) {
        self.bar.inc(runs);
    }

    /// So many runs more than was said are to be done.
    pub fn more(&self, runs: u64) {
        self.bar.inc_length(runs);
    }

    /// So many runs were done before, and say nothing of the time that the others take.
    pub fn skip(&self, runs: u64) {
        self.bar.set_position(runs);
        self.bar.reset_eta();
    }

    /// What is going on before the first step.
    pub fn preparing(&self, what: &str) {
        self.bar.set_message(what.to_owned());
        self.bar.tick();
    }

    /// One step more is done; `date` is its last day.
    pub fn step(&self, date: Date) {
        self.bar.set_message(date.to_string());
        self.bar.inc(1);
    }

    /// Takes the bar away.
    pub fn clear(&self) {
        self.bar.finish_and_clear();
    }

    /// Writes a line to standard error without disturbing the bar.
    pub fn note(&self, line: &str) {
        let line = plain(line, Screen::of_stderr().colour);
        self.bar.suspend(|| eprintln!("{line}"));
    }
}

/// How long it will take; nothing as long as nothing is done by which to tell.
fn left(state: &ProgressState, text: &mut dyn Write) {
    let eta = state.eta();
    if !eta.is_zero() || state.len() == Some(state.pos()) {
        let _ = write!(text, "  {:#} left", HumanDuration(eta));
    }
}

/// What the bar is drawn of.
fn signs(unicode: bool) -> &'static str {
    match unicode {
        true => "█▉▊▋▌▍▎▏ ",
        false => "#- ",
    }
}
