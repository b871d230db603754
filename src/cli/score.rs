//! `exeunt score`: compares simulated with observed numbers.

use super::args::ScoreArguments;
use super::ending::{Ending, Failure};
use super::observations::{beside, in_words, read_observed};
use super::output::{print, print_json, say};
use super::score_runs::{Scored, from_folder, run_all};
use super::{interrupt, read, say_places};
use crate::analyse::{Observed, Scores};
use crate::report::{ScoreReport, Screen};
use crate::scenario::Scenario;
use crate::store::{replace_passage, require_passage, shell_word};
use std::path::{Path, PathBuf};

/// The lines between which `--update` writes the table.
const PASSAGE: [&str; 2] = ["<!-- score: begin -->", "<!-- score: end -->"];

/// Scores a scenario.
pub(super) fn score(arguments: &ScoreArguments) -> Result<Ending, Failure> {
    let source = read(&arguments.scenario, &arguments.runs.sets)?;
    if !arguments.quiet {
        say_places(&source, &arguments.scenario, &arguments.runs.sets);
    }
    let scenario = source.scenario();
    let path = observations(arguments);
    let observed = read_observed(&path, scenario)?;
    if arguments.check {
        print(&in_words(&path, &observed));
        return Ok(Ending::Done);
    }
    if let Some(file) = &arguments.update {
        require_passage(file, PASSAGE[0], PASSAGE[1])?;
    }
    let scored = match &arguments.from {
        Some(folder) => from_folder(folder, &observed, scenario, &arguments.scenario)?,
        None => {
            interrupt::listen();
            run_all(&observed, scenario, arguments)?
        }
    };
    if !arguments.quiet {
        for warning in &scored.warnings {
            say(&format!("warning: {warning}"));
        }
    }
    if scored.runs.is_empty() {
        say("no run finished: there is nothing to score");
        return Ok(scored.ending);
    }
    show(arguments, &path, &observed, scenario, &scored)?;
    Ok(scored.ending)
}

/// The path of the observations.
fn observations(arguments: &ScoreArguments) -> PathBuf {
    let named = arguments.observed.clone();
    named.unwrap_or_else(|| beside(&arguments.scenario))
}

fn show(
    arguments: &ScoreArguments,
    path: &Path,
    observed: &Observed,
    scenario: &Scenario,
    scored: &Scored,
) -> Result<(), Failure> {
    let scores = Scores::of(observed, scenario, &scored.runs);
    let command = command(arguments);
    let report = ScoreReport {
        scores: &scores,
        scenario,
        observed: &path.display().to_string(),
        command: &command,
        seed: scored.seed,
        scale: scored.scale,
        runs: scored.runs.len(),
    };
    if let Some(file) = &arguments.update {
        let text = format!("\n{}\n", report.markdown());
        replace_passage(file, PASSAGE[0], PASSAGE[1], &text)?;
    }
    if arguments.json {
        print_json(&report.as_json());
    } else if arguments.markdown {
        print(&report.markdown());
    } else if arguments.update.is_none() {
        print(&report.render(&Screen::of_stdout()));
    }
    Ok(())
}

/// The command that reproduces this table, without options that do not change it.
fn command(arguments: &ScoreArguments) -> String {
    let mut words = vec!["exeunt score".to_owned(), shell_word(&arguments.scenario)];
    let mut add = |flag: &str, value: String| words.push(format!("{flag} {value}"));
    if let Some(observed) = &arguments.observed {
        add("--observed", shell_word(observed));
    }
    for set in &arguments.runs.sets {
        add("--set", shell_word(set));
    }
    match &arguments.from {
        Some(folder) => add("--from", shell_word(folder)),
        None => {
            let numbers = [
                ("--scale", arguments.runs.scale),
                ("--replicates", arguments.runs.replicates.into()),
                ("--seed", arguments.runs.seed),
            ];
            for (flag, number) in numbers {
                if number != 1 {
                    add(flag, number.to_string());
                }
            }
        }
    }
    words.push("--markdown".to_owned());
    words.join(" ")
}
