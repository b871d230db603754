//! Malformed and hostile files through the real program, a table of cases by subject: whatever a file holds, the
//! program neither panics nor hangs nor fills the memory, ends with a documented exit code, sends no command to the
//! terminal, and says which file is at fault and what to do, or takes the file and comes to no harm.
//!
//! Files are made here, not kept; the whole takes half a minute of processor time.

// Elsewhere neither the limits nor the devices are the same.
#![cfg(target_os = "linux")]

mod case;
mod damaged;
mod draws;
mod formulas;
mod observed;
mod paths;
mod plans;
mod results;
mod scenarios;
mod sizes;
mod terminal;

use case::Case;
use std::time::Instant;

/// All cases, each with a name that no other has.
fn cases() -> Vec<Case> {
    [
        scenarios::cases(),
        damaged::cases(),
        sizes::cases(),
        paths::cases(),
        terminal::cases(),
        formulas::cases(),
        plans::cases(),
        observed::cases(),
        draws::cases(),
        results::cases(),
    ]
    .into_iter()
    .flatten()
    .collect()
}

#[test]
fn there_are_two_hundred_cases_and_none_twice() {
    let mut names: Vec<String> = cases().into_iter().map(|case| case.name).collect();
    assert!(names.len() >= 200, "only {} cases", names.len());
    println!("{} cases", names.len());
    names.sort();
    let all = names.len();
    names.dedup();
    assert_eq!(names.len(), all, "a case is there twice");
}

/// One test a subject, so that they run side by side.
fn judge(cases: Vec<Case>) {
    let mut failed = Vec::new();
    for case in cases {
        let clock = Instant::now();
        failed.extend(case.judge().err());
        let took = clock.elapsed().as_secs_f64();
        if took > 2.0 {
            println!("{took:.1} s: {}", case.name);
        }
    }
    assert!(failed.is_empty(), "{}", failed.join("\n\n"));
}

#[test]
fn texts_that_are_no_scenario() {
    judge(scenarios::cases());
}

#[test]
fn torn_files_and_files_with_other_bytes() {
    judge(damaged::cases());
}

#[test]
fn numbers_beyond_all_measure() {
    judge(sizes::cases());
}

#[test]
fn paths_to_what_is_no_file() {
    judge(paths::cases());
}

#[test]
fn texts_that_a_terminal_would_obey() {
    judge(terminal::cases());
}

#[test]
fn names_that_a_spreadsheet_would_run() {
    judge(formulas::cases());
}

#[test]
fn plans_of_sweeps_and_calibrations() {
    judge(plans::cases());
}

#[test]
fn observations() {
    judge(observed::cases());
}

#[test]
fn sets_of_parameters() {
    judge(draws::cases());
}

#[test]
fn results_folders() {
    judge(results::cases());
}
