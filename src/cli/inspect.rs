//! Commands that inspect files and run nothing.

use super::args::{
    Arguments, CheckArguments, CompletionsArguments, DiffArguments, SchemaArguments, ShowArguments,
};
use super::ending::{Ending, Failure};
use super::observations::check_beside;
use super::output::{print, print_json, say};
use super::{calibrate_message, calibrate_plan, read};
use crate::experiment::calibration::CalibrationPlan;
use crate::experiment::sweep::{self, DrawsAsked, SweepPlan};
use crate::report::Screen;
use crate::scenario::{self, CheckReport, Place, Problem, Severity};
use crate::store::is_formula;
use clap::CommandFactory as _;
use serde_json::{Value, json};
use std::path::PathBuf;

/// Reports every problem of all files: scenarios, plans, and the observations beside scenarios that are valid.
pub(super) fn check_files(arguments: &CheckArguments) -> Result<Ending, Failure> {
    let (plans, files): (Vec<PathBuf>, Vec<PathBuf>) = arguments
        .files
        .iter()
        .cloned()
        .partition(|file| SweepPlan::is_in(file) || CalibrationPlan::is_in(file));
    if let (Some(plan), false) = (plans.first(), arguments.sets.is_empty()) {
        return Err(Failure::Asked(format!(
            "--set changes scenarios, but `{}` is a plan; check it without --set, or the scenarios without it",
            plan.display()
        )));
    }
    let mut report = scenario::check(&files, &arguments.sets);
    warn_of_names(&mut report);
    let mut lines = check_beside(&files, &mut report);
    lines.extend(check_plans(&plans, &mut report));
    if arguments.json {
        print_json(&check_as_json(&report));
    } else {
        if !report.problems.is_empty() {
            say(&format!(
                "{}\n",
                report.problems.render(Screen::of_stderr().colour)
            ));
        }
        if !arguments.quiet {
            let mut words = check_in_words(&report, arguments.files.len());
            // A plan has no claims of its own.
            if !files.is_empty() {
                words += &format!("{}\n", report.claims);
            }
            print(&format!("{words}{}", lines.concat()));
        }
    }
    Ok(match report.has_errors() {
        true => Ending::BadInput,
        false => Ending::Done,
    })
}

/// Warns of scenarios that are refused when they are to be run, because no table may hold their name.
fn warn_of_names(report: &mut CheckReport) {
    for scenario in report.scenarios.iter().filter(|one| is_formula(&one.name)) {
        report.problems.push(
            Problem::warning(format!(
                "the scenario `{}` begins with a character that makes spreadsheets run a cell as a formula",
                scenario.name
            ))
            .expected("a name that a table may hold: run, compare and sweep refuse others")
            .cure(
                "write name = \"my-case\" at the top of its file, or let the file's name begin with a letter or a digit",
            ),
        );
    }
}

/// Adds the problems of plans to a report; returns a line for each plan that is valid.
fn check_plans(plans: &[PathBuf], report: &mut CheckReport) -> Vec<String> {
    let mut lines = Vec::new();
    let (calibrations, sweeps): (Vec<&PathBuf>, Vec<&PathBuf>) =
        plans.iter().partition(|path| CalibrationPlan::is_in(path));
    for path in calibrations {
        match calibrate_plan::load(path) {
            Ok((plan, _)) => {
                for warning in calibrate_message::of_idle(&plan) {
                    report.problems.push(
                        Problem::warning(format!("{}: {warning}", path.display()))
                            .cure("switch that on in the scenario, or take it out"),
                    );
                }
                let rows = plan.spec.targets.iter().filter(|target| target.fitted);
                lines.push(format!(
                    "{}: a plan of a calibration, {} parameters fitted to {} rows, no errors\n",
                    path.display(),
                    plan.varied.len(),
                    rows.count()
                ));
            }
            Err(found) => report.problems.extend(found),
        }
    }
    for path in sweeps {
        match SweepPlan::load(path, DrawsAsked::default()) {
            Ok(plan) => {
                let points = plan.layout.points();
                for [what, cure] in &plan.notes {
                    let what = format!("{}: {what}", path.display());
                    report.problems.push(Problem::warning(what).cure(cure));
                }
                for (name, why) in plan.idle() {
                    report.problems.push(
                        Problem::warning(format!(
                            "{}: `{name}` varies but changes nothing in these scenarios, because of {why}",
                            path.display()
                        ))
                        .cure("switch that on in the plan or in the scenarios, or take it out"),
                    );
                }
                lines.push(format!(
                    "{}: a plan of {points} points, {} runs, no errors\n",
                    path.display(),
                    plan.spec.runs(points)
                ));
            }
            Err(found) => report.problems.extend(found),
        }
    }
    report.problems.settle();
    lines
}

/// One line on what was found.
fn check_in_words(report: &CheckReport, files: usize) -> String {
    let (errors, warnings) = report.counts();
    let several = |number: usize, what: &str| match number {
        0 => format!("no {what}s"),
        1 => format!("1 {what}"),
        number => format!("{number} {what}s"),
    };
    format!(
        "{}: {}, {}\n",
        several(files, "file"),
        several(errors, "error"),
        several(warnings, "warning")
    )
}

fn check_as_json(report: &CheckReport) -> Value {
    let claims = report.claims;
    json!({
        "ok": !report.has_errors(),
        "problems": report.problems.iter().map(problem_as_json).collect::<Vec<_>>(),
        "claims": {
            "read": claims.read,
            "recalled": claims.recalled,
            "derived": claims.derived,
            "assumption": claims.assumption,
            "unmarked": claims.unmarked,
        },
    })
}

fn problem_as_json(problem: &Problem) -> Value {
    json!({
        "severity": match problem.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
        },
        "title": problem.title,
        "file": problem.place.as_ref().map(Place::file),
        "line": problem.place.as_ref().and_then(Place::line),
        "expected": problem.expected,
        "nearest": problem.nearest,
        "cure": problem.cure,
    })
}

/// Prints one value of a scenario, or all of it.
pub(super) fn show(arguments: &ShowArguments) -> Result<Ending, Failure> {
    let source = read(&arguments.scenario, &arguments.sets)?;
    print(&with_break(source.show(arguments.path.as_deref())?));
    Ok(Ending::Done)
}

/// Prints what differs between two scenarios.
pub(super) fn diff(arguments: &DiffArguments) -> Result<Ending, Failure> {
    let left = read(&arguments.left, &[])?;
    let right = read(&arguments.right, &[])?;
    let differences = left.diff(&right);
    if arguments.json {
        let list = differences.iter().map(|difference| {
            json!({
                "path": difference.path,
                "left": difference.left,
                "right": difference.right,
                "left_place": difference.left_place,
                "right_place": difference.right_place,
            })
        });
        print_json(&Value::Array(list.collect()));
    } else if differences.is_empty() {
        print("no differences\n");
    } else {
        let lines: Vec<String> = differences.iter().map(ToString::to_string).collect();
        print(&with_break(lines.join("\n")));
    }
    Ok(Ending::Done)
}

/// Prints the schema of a kind of file.
pub(super) fn schema(arguments: &SchemaArguments) -> Result<Ending, Failure> {
    match arguments.kind.as_str() {
        "plan" => print_json(&sweep::schema()),
        kind => match scenario::schema(kind) {
            Some(schema) => print(&with_break(schema)),
            None => {
                return Err(Failure::Asked(format!(
                    "there is no schema for `{kind}`; expected scenario or plan"
                )));
            }
        },
    }
    Ok(Ending::Done)
}

/// Prints the completions for a shell.
pub(super) fn completions(arguments: &CompletionsArguments) -> Result<Ending, Failure> {
    let mut text = Vec::new();
    clap_complete::generate(
        arguments.shell,
        &mut Arguments::command(),
        "exeunt",
        &mut text,
    );
    print(&String::from_utf8_lossy(&text));
    Ok(Ending::Done)
}

fn with_break(mut text: String) -> String {
    if !text.ends_with('\n') {
        text.push('\n');
    }
    text
}
