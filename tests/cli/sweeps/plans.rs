//! Plans that are wrong are refused with their line; those that are shipped are not.

use super::{PLAN, desk};
use crate::desk::{Desk, assert_refused, code, shipped, stderr, stdout};
use std::fs;

/// What is drawn for a country is not varied for a group that it is in, by a path or by a variant: the plan's value
/// would be in all runs, and what is drawn in none.
#[test]
fn what_is_drawn_of_a_country_is_not_varied_by_its_group() {
    let desk = Desk::with_pair();
    let base = fs::read_to_string(desk.path("base.toml")).unwrap();
    let wage = "wage = { value = \"1800 EUR/month\", range = [\"1500 EUR/month\", \"2500 EUR/month\"], basis = \"assumption\" }";
    let more = format!("[group.coast]\nmembers = [\"XB\", \"XC\"]\n[country.XB]\n{wage}\n");
    desk.write("base.toml", &format!("{base}{more}"));
    desk.write(
        "sets.csv",
        "country.XB.wage\n1900 EUR/month\n2000 EUR/month\n",
    );
    let plan = "scenarios = [\"base.toml\"]\nscale = 3000\nreplicates = 2\noutcomes = [\"left\"]\n\
                draws_from = \"sets.csv\"\ndesign = { kind = \"grid\" }\n";
    for (vary, by) in [
        (
            "[vary.pay]\nvariants = { as-it-is = [], rich = [\"country.coast.wage=2000 EUR/month\"] }",
            " (by variants of `pay`)",
        ),
        (
            "[vary.\"country.coast.wage\"]\nvalues = [\"1800 EUR/month\", \"2000 EUR/month\"]",
            " (by `country.coast.wage`)",
        ),
        (
            "[vary.\"country.XB.wage\"]\nvalues = [\"1800 EUR/month\", \"2000 EUR/month\"]",
            "",
        ),
    ] {
        desk.write("plan.toml", &format!("{plan}{vary}\n"));
        for command in ["sweep", "check"] {
            let output = desk.output(&[command, "plan.toml"]);
            assert_eq!(code(&output), 2, "{vary}: {}", stderr(&output));
            let said = format!("{}{}", stdout(&output), stderr(&output));
            let words = format!("`country.XB.wage` is varied by the plan{by} and drawn from ");
            assert!(said.contains(&words), "no {words:?} in: {said}");
        }
    }
    // Another value of the group's countries is no matter of what is drawn.
    let other = "[vary.\"country.coast.unemployment\"]\nvalues = [\"5 %\", \"6 %\"]\n";
    desk.write("plan.toml", &format!("{plan}{other}"));
    let output = desk.output(&["check", "plan.toml"]);
    assert_eq!(code(&output), 0, "{}", stderr(&output));
}

/// A parameter of the file that changes nothing looks like one that does not matter.
#[test]
fn what_is_drawn_and_changes_nothing_is_warned_of() {
    let desk = desk();
    desk.write(
        "sets.csv",
        "behaviour.ties.contagion,behaviour.choice.mu\n1.4,0.5\n1.5,0.6\n",
    );
    let plan = format!("draws_from = \"sets.csv\"\n{PLAN}");
    desk.write("plan.toml", &plan);
    let words = "`behaviour.ties.contagion` is drawn but changes nothing in these scenarios";
    let output = desk.output(&["check", "plan.toml"]);
    assert!(stderr(&output).contains(words), "{}", stderr(&output));
    assert!(
        !stderr(&output).contains("choice.mu"),
        "{}",
        stderr(&output)
    );
    // A plan that switches ties on in some runs is no plan in which they change nothing.
    let on = "[vary.tied]\nvariants = { no = [], yes = [\"behaviour.ties.on=true\"] }\n";
    desk.write("plan.toml", &format!("{plan}{on}"));
    let output = desk.output(&["check", "plan.toml"]);
    assert!(!stderr(&output).contains(words), "{}", stderr(&output));
}

#[test]
fn plans_that_are_wrong_are_refused_with_their_line() {
    let desk = desk();
    for (from, to, words) in [
        ("choice.lambda", "choice.lamda", "behaviour.choice.lamda"),
        (
            "kind = \"sobol\", points = 8",
            "kind = \"grid\"",
            "range without steps in a grid",
        ),
        (
            "kind = \"sobol\"",
            "kind = \"sobal\"",
            "`sobal` is not a kind of design",
        ),
        ("\"left\"", "\"lef\"", "`lef` is not an outcome"),
        ("scale = 300", "scale = 0", "`scale`"),
        ("scale = 300", "scales = 300", "no key `scales`"),
        ("\"policy.toml\"", "\"nowhere.toml\"", "nowhere.toml"),
        ("visa=1.2", "visa=much", "regime"),
        (
            "[vary.\"behaviour.choice.lambda\"]",
            "[vary.\"behaviour.choice.lambda\"]\nrange = [0.9, 0.3]",
            "is empty",
        ),
        ("design = ", "designs = ", "no design"),
        (
            "[vary.\"behaviour.choice.lambda\"]",
            "[vary.\"country.XB.wage\"]\nrange = [\"500 USD/month\", \"900 USD/month\"]",
            "write it like \"600 EUR/month\"",
        ),
        (
            "[vary.\"behaviour.choice.lambda\"]",
            "[vary.\"country.XB.wage\"]",
            "write a range around",
        ),
        (
            "replicates = 2",
            "replicates = \"2\"",
            "write replicates = 2",
        ),
        (
            "scenarios = [\"base.toml\", \"policy.toml\"]",
            "scenarios = \"base.toml\"",
            "write scenarios = [\"base.toml\"]",
        ),
        (
            "kind = \"sobol\", points = 8",
            "kind = \"morris\", trajectories = 2, levels = 5",
            "write levels = 4",
        ),
    ] {
        let text = PLAN.replacen(from, to, 1);
        assert_ne!(text, PLAN, "{from}");
        fs::write(desk.path("plan.toml"), text).unwrap();
        let output = desk.output(&["sweep", "plan.toml"]);
        assert_refused(&output, &[]);
        let message = stderr(&output);
        assert!(message.contains(words), "{to}: {message}");
        assert!(message.contains("= cure: "), "{to}: {message}");
        assert!(!desk.path("results").exists());
    }
    let huge = PLAN
        .replace("kind = \"sobol\", points = 8", "kind = \"grid\"")
        .replace("lambda\"]", "lambda\"]\nsteps = 1000000")
        .replace("hazard_other\"]", "hazard_other\"]\nsteps = 1000000");
    fs::write(desk.path("plan.toml"), huge).unwrap();
    let output = desk.output(&["sweep", "plan.toml"]);
    let message = stderr(&output);
    assert!(message.contains("2000000000000 points"), "{message}");
    for shard in ["3/3", "0/0", "x"] {
        let output = desk.output(&["sweep", "plan.toml", "--shard", shard]);
        assert_refused(&output, &[]);
        assert!(stderr(&output).contains("I/N"), "{}", stderr(&output));
    }
}

/// A parameter of a mechanism that is off, unless the plan switches it on.
#[test]
fn what_varies_and_changes_nothing_is_warned_of() {
    let desk = desk();
    let ties = PLAN.replacen("behaviour.choice.lambda", "behaviour.ties.contagion", 1);
    let switched = ties.clone() + "[vary.\"behaviour.ties.on\"]\nvalues = [false, true]\n";
    for (plan, warned) in [(ties, true), (switched, false)] {
        fs::write(desk.path("plan.toml"), plan).unwrap();
        let output = desk.output(&["check", "plan.toml"]);
        assert_eq!(code(&output), 0, "{}", stderr(&output));
        let words = "`behaviour.ties.contagion` varies but changes nothing";
        assert_eq!(
            stderr(&output).contains(words),
            warned,
            "{}",
            stderr(&output)
        );
        assert_eq!(
            stderr(&output).contains("behaviour.ties.on = false"),
            warned
        );
    }
}

/// The plans that are shipped, and one that is wrong in several ways.
#[test]
fn check_reads_plans() {
    let desk = desk();
    let mut shipped_plans: Vec<String> = fs::read_dir(shipped("scenarios/sweeps"))
        .unwrap()
        .map(|entry| entry.unwrap().path().display().to_string())
        .collect();
    shipped_plans.sort_unstable();
    assert!(!shipped_plans.is_empty());
    let mut arguments = vec!["check", "base.toml", "plan.toml"];
    arguments.extend(shipped_plans.iter().map(String::as_str));
    let output = desk.output(&arguments);
    assert_eq!(code(&output), 0, "{}", stderr(&output));
    let words = stdout(&output);
    assert!(
        words.contains("plan.toml: a plan of 8 points, 32 runs, no errors"),
        "{words}"
    );
    assert_eq!(
        words.matches(": a plan of ").count(),
        1 + shipped_plans.len()
    );
    assert!(words.contains(" claims: "), "{words}");
    // A plan makes none of its own.
    let output = desk.output(&["check", "plan.toml"]);
    let alone = stdout(&output);
    assert!(!alone.contains("claims"), "{alone}");

    let wrong = PLAN
        .replace("scale = 300", "scale = 0")
        .replace("choice.lambda", "choice.lamda")
        .replace("\"left\"", "\"lef\"");
    desk.write("wrong.toml", &wrong);
    desk.write("bad.toml", "titel = \"A\"\n");
    let output = desk.output(&["check", "wrong.toml", "bad.toml", "plan.toml"]);
    assert_eq!(code(&output), 2);
    let words = stderr(&output);
    for found in [
        "`scale`",
        "behaviour.choice.lamda",
        "`lef` is not an outcome",
        "bad.toml:1",
    ] {
        assert!(words.contains(found), "no {found:?} in: {words}");
    }
    let output = desk.output(&["check", "plan.toml", "--set", "behaviour.choice.lambda=0.5"]);
    assert_refused(&output, &["--set", "plan.toml"]);
    let schema = desk.output(&["schema", "plan"]);
    let schema: serde_json::Value = serde_json::from_str(stdout(&schema)).unwrap();
    assert_eq!(schema["title"], "Exeunt plan of a sweep");
    assert_refused(
        &desk.output(&["schema", "plans"]),
        &["expected scenario or plan"],
    );
}

/// What is wrong with what the command line asks for is said of it, and not of a line of the plan.
#[test]
fn a_file_of_sets_that_is_not_there_is_told_where_it_was_named() {
    let desk = desk();
    let output = desk.output(&["sweep", "plan.toml", "--draws-from", "nix.csv", "--dry-run"]);
    assert_refused(
        &output,
        &["cannot read nix.csv", "--> --draws-from nix.csv"],
    );
    assert!(
        !stderr(&output).contains("plan.toml:"),
        "{}",
        stderr(&output)
    );
    // Steps that are wrong are not called missing as well.
    let steps = "[vary.\"behaviour.choice.lambda\"]\nsteps = 1";
    let plan = PLAN.replace("kind = \"sobol\", points = 8", "kind = \"grid\"");
    let plan = plan.replace("[vary.\"behaviour.choice.lambda\"]", steps);
    desk.write("plan.toml", &plan);
    let output = desk.output(&["sweep", "plan.toml", "--dry-run"]);
    assert_refused(
        &output,
        &[
            "`steps`",
            "`behaviour.leaving.hazard_other` has a range without steps",
        ],
    );
    let words = "`behaviour.choice.lambda` has a range without steps";
    assert!(!stderr(&output).contains(words), "{}", stderr(&output));
}
