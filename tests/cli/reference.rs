//! Scenarios that are compared are measured from one first day, said by files or not.
//!
//! After a change of messages `INSTA_UPDATE=always cargo test --test cli reference`, then read the difference.

use super::desk::{Desk, EXAMPLE, assert_refused, code, shipped, stderr, stdout};
use std::fs;

/// A policy that lets more people in from the first day on: what is lost where it is measured from its own.
const OPEN: &str = "extends = [\"base.toml\"]\n[country.XB.channel.visa-free]\nneeds = []\n";
const NAMED: &str = "reference = \"border-closes.toml\"\n";
const QUICK: [&str; 7] = [
    "base.toml",
    "open.toml",
    "--scale",
    "100",
    "--draws",
    "1",
    "--replicates=1",
];

/// The example and a policy; `reference` is the line by which the example names one, if it does.
fn desk(reference: &str) -> Desk {
    let desk = Desk::new();
    let behaviour = shipped("scenarios/behaviour.toml")
        .display()
        .to_string()
        .replace('\\', "/");
    let text = fs::read_to_string(shipped(EXAMPLE)).unwrap();
    assert!(text.contains(NAMED));
    let text = text
        .replace("../behaviour.toml", &behaviour)
        .replace(NAMED, reference);
    desk.write("base.toml", &text);
    desk.write("open.toml", OPEN);
    desk
}

fn compared(desk: &Desk, more: &[&str]) -> String {
    let output = desk.output(&[&["compare"], &QUICK[..], more].concat());
    assert_eq!(code(&output), 0, "{}", stderr(&output));
    stderr(&output).to_owned()
}

/// The first day of the reference has no constants for what a policy alone brings: `check` says so before a run does.
#[test]
fn what_a_policy_alone_brings_is_refused_with_the_reference() {
    let desk = desk("reference = \"base.toml\"\n");
    let country = "[country.XE]\nname = \"E\"\npopulation = 9\nwage = \"1 EUR/month\"\n";
    for (brings, said) in [
        ("[document.visa]\n", "other documents (visa in open alone)"),
        (country, "other countries (XE in open alone)"),
    ] {
        desk.write("open.toml", &format!("extends = [\"base.toml\"]\n{brings}"));
        for command in ["check", "run"] {
            let output = desk.output(&[command, "open.toml"]);
            assert_eq!(code(&output), 2, "{}", stderr(&output));
            for words in [said, "base.toml:", "stands unused in the base"] {
                assert!(stderr(&output).contains(words), "{}", stderr(&output));
            }
        }
    }
}

#[test]
fn who_says_nothing_is_measured_from_the_first_day_of_the_base() {
    let (silent, named) = (desk(""), desk("reference = \"base.toml\"\n"));
    let said = compared(&silent, &["--out", "results"]);
    assert_eq!(compared(&named, &["--out", "results"]), "");
    insta::with_settings!({ prepend_module_to_snapshot => false, omit_expression => true }, {
        insta::assert_snapshot!("compare_without_reference", said);
    });
    let table = |desk: &Desk| fs::read_to_string(desk.path("results/comparison.csv")).unwrap();
    assert_eq!(table(&silent), table(&named));

    // It stands in the scenario as it is written out, so that a run of that is the run.
    let resolved = fs::read_to_string(silent.path("results/open.toml")).unwrap();
    assert!(resolved.contains("[reference.country.XB.channel.visa-free]"));
    let shown = silent.output(&["show", "results/open.toml", "reference"]);
    assert!(
        stdout(&shown).contains("measured from the first day of base"),
        "{}",
        stdout(&shown)
    );

    // From its own first day people are used to what the policy opens, and another difference comes out.
    silent.write("open.toml", &format!("reference = \"open.toml\"\n{OPEN}"));
    let said = compared(&silent, &["--out", "own"]);
    assert!(
        said.contains("measured from a different first day"),
        "{said}"
    );
    assert_ne!(
        table(&silent),
        fs::read_to_string(silent.path("own/comparison.csv")).unwrap()
    );
}

/// Constants are the same numbers whether or not a file says at which scale they were computed.
#[test]
fn resolved_files_with_the_same_constants_are_measured_alike() {
    let desk = desk("reference = \"base.toml\"\n");
    let run = desk.output(&[
        "run",
        "base.toml",
        "--scale",
        "100",
        "--quiet",
        "--out",
        "run",
    ]);
    assert_eq!(code(&run), 0, "{}", stderr(&run));
    let resolved = fs::read_to_string(desk.path("run/scenario.toml")).unwrap();
    let scale = "\nscale = 100\n";
    assert_eq!(resolved.matches(scale).count(), 1);
    desk.write("base.toml", &resolved);
    let other = resolved
        .replace(scale, "\n")
        .replace("name = \"base\"", "name = \"other\"");
    desk.write("open.toml", &other);
    assert_eq!(compared(&desk, &["--out", "same"]), "");
}

#[test]
fn what_the_base_has_not_cannot_be_measured_from_it() {
    let desk = desk("");
    desk.write(
        "open.toml",
        &format!("{OPEN}[document.permit]\ntitle = \"A permit\"\n"),
    );
    let output = desk.output(&[&["compare"], &QUICK[..]].concat());
    assert_refused(&output, &["document.permit", "reference = \"open.toml\""]);
    // Which is a way out.
    desk.write(
        "open.toml",
        &format!("reference = \"open.toml\"\n{OPEN}[document.permit]\ntitle = \"A permit\"\n"),
    );
    let said = compared(&desk, &["--dry-run"]);
    assert!(
        said.contains("measured from a different first day"),
        "{said}"
    );
}

#[test]
fn check_warns_of_a_policy_without_reference() {
    let desk = desk("");
    let output = desk.output(&["check", "base.toml", "open.toml"]);
    assert_eq!(code(&output), 0, "{}", stderr(&output));
    insta::with_settings!({ prepend_module_to_snapshot => false, omit_expression => true }, {
        insta::assert_snapshot!("check_without_reference", stderr(&output));
    });
    let named = self::desk("reference = \"base.toml\"\n");
    let output = named.output(&["check", "base.toml", "open.toml"]);
    assert_eq!((code(&output), stderr(&output)), (0, ""));
}

#[test]
fn show_says_the_reference_where_it_is_given_or_inherited() {
    let desk = desk("reference = \"base.toml\"\n");
    let shown = |file: &str| {
        let output = desk.output(&["show", file, "reference"]);
        assert_eq!(code(&output), 0, "{}", stderr(&output));
        stdout(&output).to_owned()
    };
    let text = format!(
        "{}\n{}\n{}",
        shown("base.toml"),
        shown("open.toml"),
        self::shown_without()
    );
    insta::with_settings!({ prepend_module_to_snapshot => false, omit_expression => true }, {
        insta::assert_snapshot!("show_reference", text);
    });
    let overview = desk.output(&["show", "open.toml"]);
    assert!(stdout(&overview).contains("measured from the first day of base\n"));
}

#[test]
fn show_says_what_a_file_extends_and_drops() {
    let desk = desk("");
    desk.write(
        "less.toml",
        "extends = [\"base.toml\"]\ndrop = [\"event.coastia-closes\"]\n",
    );
    for (path, words, place) in [
        ("extends", "extends = [\"base.toml\"]\n", "less.toml:1\n"),
        (
            "drop",
            "drop = [\"event.coastia-closes\"]\n",
            "less.toml:2\n",
        ),
    ] {
        let output = desk.output(&["show", "less.toml", path]);
        let shown = stdout(&output);
        assert!(
            shown.starts_with(words) && shown.ends_with(place),
            "{shown}"
        );
    }
    let output = desk.output(&["show", "base.toml", "drop"]);
    assert!(stdout(&output).starts_with("drop is not given\n"));
}

fn shown_without() -> String {
    let output = desk("").output(&["show", "open.toml", "reference"]);
    stdout(&output).to_owned()
}
