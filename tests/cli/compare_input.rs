//! What `exeunt compare` refuses: everything that is wrong is said before anything is computed, with what was
//! expected and what to type instead, and nothing is written.
//!
//! What is said is a snapshot: after a change of messages `INSTA_UPDATE=always cargo test --test cli
//! compare_input`, then read the difference.

use super::desk::{Desk, EXAMPLE, assert_refused, code, shipped, stderr, stdout};
use std::fs;

/// Refused with exit code 2, nothing printed and nothing written; returns what is said.
fn said(desk: &Desk, arguments: &[&str]) -> String {
    let before = desk.names();
    let output = desk.output(&[&["compare"], arguments].concat());
    assert_eq!(code(&output), 2, "{arguments:?}: {}", stderr(&output));
    assert_eq!(stdout(&output), "", "{arguments:?}");
    assert_eq!(desk.names(), before, "{arguments:?}");
    format!(
        "$ exeunt compare {}\n{}\n",
        arguments.join(" "),
        stderr(&output)
    )
}

/// Compares what is said of several commands with what was.
fn snapshot(name: &str, desk: &Desk, commands: &[&[&str]]) {
    let text: String = commands.iter().map(|command| said(desk, command)).collect();
    let mut settings = insta::Settings::clone_current();
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.set_snapshot_path("snapshots");
    settings.bind(|| insta::assert_snapshot!(format!("compare_{name}"), text));
}

#[test]
fn fewer_than_two_scenarios_or_one_twice() {
    let desk = Desk::with_pair();
    fs::create_dir(desk.path("sub")).unwrap();
    snapshot(
        "one_or_twice",
        &desk,
        &[
            &["base.toml"],
            &["base.toml", "policy.toml", "policy.toml"],
            &["base.toml", "sub/../base.toml"],
            &["base.toml", "missing.toml"],
        ],
    );
}

#[cfg(unix)]
#[test]
fn a_link_to_a_scenario_is_that_scenario() {
    let desk = Desk::with_pair();
    std::os::unix::fs::symlink(desk.path("policy.toml"), desk.path("other.toml")).unwrap();
    let said = said(&desk, &["base.toml", "policy.toml", "other.toml"]);
    assert!(said.contains("`other.toml` is named twice"), "{said}");
}

#[test]
fn other_persons_or_other_days() {
    let desk = Desk::with_pair();
    let overlay = |name: &str, text: &str| {
        desk.write(name, &format!("extends = [\"base.toml\"]\n{text}\n"));
    };
    overlay(
        "larger.toml",
        "[segment.opposition]\nsize = 21_000\nactive = \"90 %\"",
    );
    overlay("longer.toml", "[time]\nend = 2032-03-31");
    overlay("finer.toml", "[time]\nstep = \"1 week\"");
    let text = fs::read_to_string(shipped(EXAMPLE)).unwrap();
    let behaviour = shipped("scenarios/behaviour.toml")
        .display()
        .to_string()
        .replace('\\', "/");
    let dollars = text
        .replace("EUR", "USD")
        .replace("../behaviour.toml", &behaviour)
        .replace("reference = \"border-closes.toml\"\n", "");
    desk.write("dollars.toml", &dollars);
    snapshot(
        "unlike",
        &desk,
        &[
            &["base.toml", "larger.toml"],
            &["base.toml", "longer.toml", "finer.toml"],
            &["base.toml", "dollars.toml"],
        ],
    );
}

#[test]
fn two_scenarios_of_one_name() {
    let desk = Desk::with_pair();
    fs::create_dir(desk.path("sub")).unwrap();
    desk.write("sub/policy.toml", "extends = [\"../policy.toml\"]\n");
    desk.write("named.toml", "name = \"base\"\nextends = [\"base.toml\"]\n");
    snapshot(
        "names",
        &desk,
        &[
            &["base.toml", "policy.toml", "sub/policy.toml"],
            &["base.toml", "named.toml"],
        ],
    );
}

#[test]
fn a_scenario_with_a_mistake() {
    let desk = Desk::with_pair();
    desk.write(
        "wrong.toml",
        "extends = [\"base.toml\"]\n[country.XB]\nwage = \"much\"\n",
    );
    snapshot(
        "mistakes",
        &desk,
        &[
            &["base.toml", "policy.toml", "wrong.toml"],
            &[
                "base.toml",
                "policy.toml",
                "--set",
                "behaviour.choice.lamda=0.5",
            ],
        ],
    );
}

#[test]
fn files_of_draws() {
    let desk = Desk::with_pair();
    for (name, text) in [
        ("lacks.csv", "behaviour.choice.mu\n0.5\n"),
        (
            "adds.csv",
            "behaviour.choice.lambda,behaviour.choice.lamda\n0.5,0.5\n",
        ),
        (
            "cell.csv",
            "behaviour.choice.lambda,behaviour.delay.other\n0.5,30\n0.5,much\n\"0,5\",30 days\n0.5\n",
        ),
        (
            "range.csv",
            "behaviour.choice.lambda\n0.5\n0.95\n95 %\n-1\n",
        ),
        ("whole.csv", "behaviour.ties.near\n3\n3.5\n"),
        ("empty.csv", ""),
        ("two.csv", "behaviour.choice.lambda\n0.5\n0.6\n"),
        ("heading.csv", "behaviour.choice.lambda\n"),
        (
            "twice.csv",
            "behaviour.choice.mu,behaviour.choice.mu\n0.5,0.5\n",
        ),
    ] {
        desk.write(name, text);
    }
    let from = |name| ["base.toml", "policy.toml", "--draws-from", name];
    let vary = [&from("lacks.csv")[..], &["--vary", "behaviour.choice"]].concat();
    snapshot(
        "files_of_draws",
        &desk,
        &[
            &vary,
            &from("adds.csv"),
            &from("cell.csv"),
            &from("range.csv"),
            &from("whole.csv"),
            &from("empty.csv"),
            &from("heading.csv"),
            &from("twice.csv"),
            &from("missing.csv"),
            &[
                "base.toml",
                "policy.toml",
                "--draws-from",
                "range.csv",
                "--draws",
                "3",
            ],
            &[&from("two.csv")[..], &["--draws", "9"]].concat(),
        ],
    );
}

#[test]
fn nothing_to_draw() {
    let desk = Desk::with_pair();
    desk.write(
        "sure.toml",
        "extends = [\"base.toml\"]\n[behaviour.choice]\nlambda = 0.5\n",
    );
    desk.write("lambda.csv", "behaviour.choice.lambda\n0.5\n");
    desk.write("ties.csv", "behaviour.ties.near\n2\n");
    let pair = ["base.toml", "policy.toml"];
    let with = |more: &[&'static str]| [&pair[..], more].concat();
    snapshot(
        "nothing_to_draw",
        &desk,
        &[
            &with(&["--vary", "behaviour.choise"]),
            &with(&["--vary", "country.XB"]),
            &with(&["--vary", "behaviour.ties"]),
            &with(&["--vary", "behaviour.choice", "--draws", "1"]),
            &with(&["--draws", "0"]),
            &with(&["--draws", "-1"]),
            &with(&["--replicates", "0"]),
            &[
                "base.toml",
                "sure.toml",
                "--vary",
                "behaviour.choice.lambda",
            ],
            &["base.toml", "sure.toml", "--draws-from", "lambda.csv"],
            &["base.toml", "policy.toml", "--draws-from", "ties.csv"],
        ],
    );
}

#[test]
fn a_folder_that_is_there() {
    let desk = Desk::with_pair();
    fs::create_dir(desk.path("mine")).unwrap();
    desk.write("mine/notes.txt", "mine");
    fs::create_dir(desk.path("other.unfinished")).unwrap();
    desk.write("other.unfinished/notes.txt", "mine");
    let out = |name| ["base.toml", "policy.toml", "--out", name];
    snapshot(
        "folders",
        &desk,
        &[
            &out("mine"),
            &["base.toml", "policy.toml", "--out", "mine", "--force"],
            &out("base.toml/results"),
            &out("other"),
        ],
    );
    // A dry run writes nothing: nothing is in its way.
    for name in ["mine", "other"] {
        let short = ["--scale", "300", "--draws", "1", "--dry-run"];
        let output = desk.output(&[&["compare"], &out(name)[..], &short].concat());
        assert_eq!(code(&output), 0, "{}", stderr(&output));
    }
    assert_eq!(
        super::desk::names(&desk.path("other.unfinished")),
        ["notes.txt"]
    );
}

/// A value of the command line and a column of sets of parameters for one thing: both cannot be, and the override is
/// what is told of, wherever it is asked for.
#[test]
fn what_is_set_is_not_drawn_as_well() {
    let desk = Desk::with_pair();
    desk.write(
        "sets.csv",
        "behaviour.choice.mu, behaviour.choice.visa\n0.4,0.8\n0.6,0.9\n",
    );
    let sets = [
        "--set",
        "behaviour.choice.mu=0.5",
        "--set",
        "behaviour.choice.visa=1",
    ];
    let drawn = ["--draws-from", "sets.csv", "--scale", "300"];
    for command in [
        &["run", "base.toml"][..],
        &["compare", "base.toml", "policy.toml"],
    ] {
        let output = desk.output(&[command, &drawn, &sets].concat());
        assert_refused(
            &output,
            &[
                "`behaviour.choice.mu` is given one value and drawn from sets.csv",
                "--> --set behaviour.choice.mu=0.5",
                "leave this --set out, or take the column behaviour.choice.mu out of sets.csv",
                "--> --set behaviour.choice.visa=1",
            ],
        );
        assert!(
            !stderr(&output).contains("correct the path"),
            "{}",
            stderr(&output)
        );
    }
    // Also behind a blank line, and of a path that has quotes of its own.
    desk.write("blank.csv", "# sets\n\nbehaviour.choice.mu\n0.4\n");
    let law = "event.law-on-assemblies.set.\"country.XA.repression\"";
    let cell = format!("\"{}\"", law.replace('"', "\"\""));
    desk.write("law.csv", &format!("{cell}\n0.4\n"));
    for (file, path) in [("blank.csv", "behaviour.choice.mu"), ("law.csv", law)] {
        let set = format!("{path}=0.5");
        let output = desk.output(&["run", "base.toml", "--draws-from", file, "--set", &set]);
        let words = format!("`{path}` is given one value and drawn from {file}");
        assert_refused(&output, &[&words]);
    }
    // With a range it is drawn within that.
    let claim = "behaviour.choice.mu={ value = 0.5, range = [0.1, 0.9], basis = \"assumption\" }";
    desk.write("wide.csv", "behaviour.choice.mu\n0.2\n");
    let wide = [
        "run",
        "base.toml",
        "--scale",
        "3000",
        "--draws-from",
        "wide.csv",
    ];
    let output = desk.output(&[&wide[..], &["--set", claim]].concat());
    assert_eq!(code(&output), 0, "{}", stderr(&output));
    // Where it has one and --vary does not name it, that is what is wrong.
    let pair = ["compare", "base.toml", "policy.toml"];
    let visa = ["--vary", "behaviour.choice.visa", "--set", claim];
    let output = desk.output(&[&pair[..], &drawn, &visa].concat());
    let words = "`behaviour.choice.mu` is not a parameter that can be drawn here";
    assert_refused(&output, &[words, "below a path of --vary"]);
    assert!(
        !stderr(&output).contains("given one value"),
        "{}",
        stderr(&output)
    );
    let vary = [&pair[..], &["--vary", "behaviour.choice.mu"]].concat();
    assert_refused(
        &desk.output(&[&vary[..], &sets[..2]].concat()),
        &["--vary behaviour.choice.mu: --set behaviour.choice.mu=0.5 gives it one value"],
    );
}
