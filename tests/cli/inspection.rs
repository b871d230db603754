//! Commands that look at files and run nothing.

use super::desk::{Desk, EXAMPLE, assert_refused, code, shipped, stderr, stdout};
use serde_json::Value;
use std::fs;

#[test]
fn check_reports_every_problem_and_runs_nothing() {
    let desk = Desk::new();
    let example = shipped(EXAMPLE);
    let example = example.to_str().unwrap();
    let output = desk.output(&["check", example]);
    assert_eq!(code(&output), 0, "{}", stderr(&output));
    assert!(!stdout(&output).is_empty());
    let output = desk.output(&["check", example, "--json"]);
    let report: Value = serde_json::from_str(stdout(&output)).unwrap();
    assert_eq!(report["ok"], true);

    fs::write(desk.path("bad.toml"), "titel = \"A\"\ncurrency = 3\n").unwrap();
    let output = desk.output(&["check", example, "bad.toml"]);
    assert_eq!(code(&output), 2);
    for words in ["bad.toml:1", "bad.toml:2", "title"] {
        assert!(stderr(&output).contains(words), "{}", stderr(&output));
    }
    let output = desk.output(&["check", "bad.toml", "--json"]);
    assert_eq!(code(&output), 2);
    let report: Value = serde_json::from_str(stdout(&output)).unwrap();
    assert_eq!(report["ok"], false);
    assert!(report["problems"].as_array().unwrap().len() >= 2);
    assert_eq!(desk.names(), ["bad.toml"]);
}

/// Observations beside a scenario are part of its case, whichever of its scenarios is asked about.
#[test]
fn check_looks_at_the_observations_beside_a_scenario() {
    let desk = Desk::new();
    let include = shipped(EXAMPLE).display().to_string().replace('\\', "/");
    for name in ["case.toml", "policy.toml"] {
        fs::write(desk.path(name), format!("extends = [{include:?}]\n")).unwrap();
    }
    let observe = |low: &str| {
        let heading = exeunt::analyse::OBSERVED_COLUMNS.join(",");
        let row = format!("A,abroad,,{low},2,persons,2031-12-31,report,last(homes.abroad),,,s");
        fs::write(desk.path("observed.csv"), format!("{heading}\n{row}\n")).unwrap();
    };
    let check = |more: &[&str]| desk.output(&[&["check", "case.toml"], more].concat());
    observe("1");
    let output = check(&["policy.toml"]);
    assert_eq!(code(&output), 0, "{}", stderr(&output));
    let line = "observed.csv: 1 row, 1 with a measure, no errors\n";
    assert_eq!(stdout(&output).matches(line).count(), 1);

    observe("5");
    let output = check(&["policy.toml"]);
    assert_eq!(code(&output), 2);
    let words = stderr(&output);
    assert_eq!(words.matches("observed.csv:2").count(), 1, "{words}");
    assert!(words.contains("above high"), "{words}");
    let report: Value = serde_json::from_str(stdout(&check(&["--json"]))).unwrap();
    assert_eq!(report["ok"], false);
    let problem = &report["problems"][0];
    assert_eq!(
        (&problem["file"], &problem["line"]),
        (&"observed.csv".into(), &2.into())
    );
}

/// A folder, or a table of observations: the message names what was meant.
#[test]
fn check_of_what_is_no_scenario_says_what_to_check() {
    let desk = Desk::new();
    desk.output(&["new", "mine"]);
    fs::create_dir(desk.path("empty")).unwrap();
    fs::write(desk.path("observed.csv"), "id,quantity\nA,abroad\n").unwrap();
    fs::write(desk.path("other.csv"), "id,quantity\n").unwrap();
    let output = desk.output(&["check", "mine", "empty", "observed.csv", "other.csv"]);
    assert_eq!(code(&output), 2);
    let mut settings = insta::Settings::clone_current();
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| insta::assert_snapshot!("check_of_no_scenario", stderr(&output)));
    assert_refused(&desk.output(&["run", "mine"]), &["mine/scenario.toml"]);
}

#[test]
fn values_are_shown_and_scenarios_compared() {
    let desk = Desk::new();
    let example = shipped(EXAMPLE);
    let example = example.to_str().unwrap();
    let output = desk.output(&["show", example, "behaviour.choice.lambda"]);
    assert_eq!(code(&output), 0, "{}", stderr(&output));
    assert!(stdout(&output).contains("0.6"), "{}", stdout(&output));
    assert_refused(
        &desk.output(&["show", example, "behaviour.choice.lamda"]),
        &["lambda"],
    );

    assert_eq!(
        stdout(&desk.output(&["diff", example, example])),
        "no differences\n"
    );
    let include = example.replace('\\', "/");
    let text = format!("extends = [{include:?}]\n[behaviour.choice]\nlambda = 0.5\n");
    fs::write(desk.path("other.toml"), text).unwrap();
    let output = desk.output(&["diff", example, "other.toml"]);
    assert_eq!(code(&output), 0);
    assert!(
        stdout(&output).contains("behaviour.choice.lambda"),
        "{}",
        stdout(&output)
    );
    let output = desk.output(&["diff", example, "other.toml", "--json"]);
    assert!(
        serde_json::from_str::<Value>(stdout(&output))
            .unwrap()
            .is_array()
    );
}

#[test]
fn a_new_scenario_runs() {
    let desk = Desk::new();
    let output = desk.output(&["new", "mine"]);
    assert_eq!(code(&output), 0, "{}", stderr(&output));
    assert_refused(&desk.output(&["new", "mine"]), &["`mine`"]);
    // An empty folder may have been made for it.
    fs::create_dir(desk.path("empty")).unwrap();
    let again = desk.output(&["new", "empty"]);
    assert_eq!(code(&again), 0, "{}", stderr(&again));
    assert_refused(&desk.output(&["new", "empty"]), &["`empty`"]);
    // The words that were printed work as they stand.
    let scenario = stdout(&output)
        .split_whitespace()
        .find(|word| word.ends_with(".toml"))
        .unwrap();
    let stdout_of_new = stdout(&output).to_owned();
    let path = stdout_of_new.split("exeunt run ").nth(1).unwrap();
    let path = path.split_whitespace().next().unwrap();
    assert!(path.ends_with(".toml"), "{scenario}");
    assert_eq!(code(&desk.output(&["check", path])), 0);
    let output = desk.output(&["run", path, "--quiet"]);
    assert_eq!((code(&output), stderr(&output)), (0, ""));
    // The case is called by its folder, so that results of two cases do not meet.
    assert!(desk.path("results/mine").is_dir());
    let compared = stdout_of_new.split("exeunt compare ").nth(1).unwrap();
    let words: Vec<&str> = ["compare"]
        .into_iter()
        .chain(compared.split_whitespace())
        .collect();
    let output = desk.output(&[&words[..], &["--scale", "3000", "--quiet"]].concat());
    assert_eq!(code(&output), 0, "{}", stderr(&output));
    assert!(desk.path("results/mine-compared/report.html").is_file());
}

#[test]
fn schema_and_completions_are_printed() {
    let desk = Desk::new();
    let output = desk.output(&["schema", "scenario"]);
    assert_eq!(code(&output), 0);
    assert!(stdout(&output).len() > 1000);
    assert_refused(&desk.output(&["schema", "nothing"]), &["scenario"]);
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let output = desk.output(&["completions", shell]);
        assert_eq!(code(&output), 0);
        assert!(stdout(&output).contains("exeunt"), "{shell}");
    }
}

/// What an event sets is named by a path within the path: a cure of such an override is one that can be typed.
#[test]
fn overrides_of_events_are_cured_by_what_can_be_typed() {
    let desk = Desk::new();
    let example = shipped(EXAMPLE);
    let example = example.to_str().unwrap();
    let check = |set: &str| desk.output(&["check", example, "--set", set]);
    let refused = |output: &std::process::Output, words: &[&str]| {
        assert_eq!(code(output), 2, "{}", stderr(output));
        for words in words {
            assert!(
                stderr(output).contains(words),
                "no {words:?} in: {}",
                stderr(output)
            );
        }
    };
    let closes = "event.coastia-closes";
    let law = "event.law-on-assemblies";
    let quoted = format!("--set '{closes}.set.\"country.XB.channel.visa-free.open\"=");
    for (set, cure, value) in [
        // (As a shell leaves it of what is in double quotes alone.)
        (
            format!("{closes}.set.country.XB.channel.visa-free.open=true"),
            quoted.clone(),
            "true",
        ),
        (
            format!("{closes}.set.\"country.XB.channel.visa-free.opn\"=true"),
            quoted,
            "true",
        ),
        (
            format!("{law}.set.\"country.XZ.repression\"=0.4"),
            format!("--set '{law}.set.\"country.XA.repression\"="),
            "0.4",
        ),
        (
            format!("{law}.st.\"country.XA.repression\"=0.4"),
            format!("--set '{law}.set.\"country.XA.repression\"="),
            "0.4",
        ),
        // A part of the path in quotes; none, and something misspelt besides, before the path or within it.
        (
            format!("{law}.set.\"country.XA\".repression=0.4"),
            format!("--set '{law}.set.\"country.XA.repression\"="),
            "0.4",
        ),
        (
            format!("{law}.set.country.\"XA.represion\"=0.4"),
            format!("--set '{law}.set.\"country.XA.repression\"="),
            "0.4",
        ),
        (
            "event.law-on-asemblies.set.country.XA.repression=0.4".to_owned(),
            format!("--set '{law}.set.\"country.XA.repression\"="),
            "0.4",
        ),
        (
            format!("{law}.st.country.XA.repression=0.4"),
            format!("--set '{law}.set.\"country.XA.repression\"="),
            "0.4",
        ),
        (
            format!("{closes}.set.country.XB.channel.visa-free.opn=true"),
            format!("--set '{closes}.set.\"country.XB.channel.visa-free.open\"="),
            "true",
        ),
        // A whole path in quotes, and something behind it.
        (
            format!("{law}.set.\"country.XA.repression\".value=0.4"),
            format!("--set '{law}.set.\"country.XA.repression\"="),
            "0.4",
        ),
    ] {
        let output = check(&set);
        refused(
            &output,
            &[&format!("= cure: write {cure}...'"), "--> --set "],
        );
        let typed = format!("{}{value}", cure.trim_start_matches("--set '"));
        let mended = check(&typed);
        assert_eq!(code(&mended), 0, "{typed}: {}", stderr(&mended));
    }
    let ramp = format!("--set '{law}.ramp.\"country.XA.repression\".to=");
    for (set, cure) in [
        (
            format!("{law}.ramp.country.XA.repression.to=0.4"),
            format!("{ramp}...'"),
        ),
        (
            format!("{law}.ramp.country.XA.repression=0.4"),
            format!("{ramp}...'"),
        ),
        (
            format!("{law}.ramp.\"country.XA.repression\"=0.4"),
            format!("{ramp}VALUE'"),
        ),
        (
            format!("{law}.set=0.4"),
            format!("--set '{law}.set.\"PATH\"=VALUE'"),
        ),
        (
            format!("{law}.departures=0.4"),
            format!("--set {law}.departures.KEY=VALUE"),
        ),
    ] {
        refused(&check(&set), &[&format!("= cure: write {cure}")]);
    }
    // Of a file the cure stays one for a file, and of what there is none of, no article goes astray.
    let file = format!("extends = [{example:?}]\n[{law}]\nset.\"country.XA.represion\" = 0.4\n");
    fs::write(desk.path("file.toml"), file).unwrap();
    let output = desk.output(&["check", "file.toml"]);
    refused(
        &output,
        &["= cure: write \"country.XA.repression\", or add what is missing"],
    );
    let none = check(&format!("{closes}.set.\"country.XB.exit.gate.bars\"=3"));
    refused(
        &none,
        &[
            "an exit gate; `country.XB` has none",
            "= cure: correct the path\n",
        ],
    );
}
