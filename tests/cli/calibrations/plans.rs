//! Plans of calibrations that are wrong: refused with the line and a cure.

use super::{OBSERVED, PLAN, desk};
use crate::desk::{assert_refused, code, stderr, stdout};

#[test]
fn plans_that_are_wrong_are_refused_with_their_line() {
    let desk = desk();
    let checked = desk.output(&["check", "plan.toml", "base.toml"]);
    assert_eq!(code(&checked), 0, "{}", stderr(&checked));
    let words = "a calibration, 2 parameters fitted to 3 rows, no errors";
    assert!(stdout(&checked).contains(words), "{}", stdout(&checked));
    for (from, to, words) in [
        (
            "scenario = \"base.toml\"",
            "scenario = \"no.toml\"",
            "no.toml",
        ),
        ("scenario = \"base.toml\"", "", "names no scenario"),
        (
            "leaving.planner\"",
            "leaving.planer\"",
            "behaviour.leaving.planer",
        ),
        (
            "\"behaviour.leaving.planner\"",
            "\"country.XA.name\"",
            "not a number with a range",
        ),
        (
            "[\"1.2 %/month\", \"2.4 %/month\"]",
            "[\"1.2 %/month\", \"1.2 %/month\"]",
            "has no width",
        ),
        (
            "[\"1.2 %/month\", \"2.4 %/month\"]",
            "[\"0.1 %/month\", \"2.4 %/month\"]",
            "extends beyond its range",
        ),
        ("[\"back\"]", "[\"bakc\"]", "has no row `bakc`"),
        ("[\"back\"]", "[\"rest\"]", "its use is `report`"),
        (
            "plainia = [\"XC\"]",
            "left-out = [\"XC\"]",
            "not a row that can move constants",
        ),
        ("coastia = [\"XB\"]", "coastia = [\"XC\"]", "twice"),
        ("coastia = [\"XB\"]", "coastia = []", "names no country"),
        (
            "coastia = [\"XB\"]",
            "rest = [\"XB\"]",
            "row `rest` moves no constants: its use is `report`",
        ),
        (
            "particles = 12",
            "particles = 5",
            "5 particles for 2 parameters",
        ),
        ("particles = 12", "particle = 12", "no key `particle`"),
        (
            "least_acceptance = 0",
            "least_acceptance = 2",
            "`least_acceptance`",
        ),
        ("[prior]", "[priors]", "samples nothing"),
        ("rows = {", "row = {", "take [constants] out"),
        ("particles = 12", "particles = 2", "write particles = 4"),
        (
            "{ plainia = [\"XC\"], coastia = [\"XB\"] }",
            "{}",
            "plan.toml:17:1\n",
        ),
        (
            "{ plainia = [\"XC\"], coastia = [\"XB\"] }",
            "{}",
            "[constants] names no rows",
        ),
    ] {
        let text = PLAN.replacen(from, to, 1);
        assert_ne!(text, PLAN, "{from}");
        desk.write("plan.toml", &text);
        let output = desk.output(&["calibrate", "plan.toml"]);
        assert_refused(&output, &[]);
        let message = stderr(&output);
        assert!(message.contains(words), "{to}: {message}");
        let has_cure = message.contains("= cure: ") || message.contains("= nearest: ");
        assert!(has_cure, "{to}: {message}");
        assert!(!desk.path("results").exists());
    }
    desk.write("plan.toml", PLAN);
    desk.write(
        "observed.csv",
        &OBSERVED.replace("18000,20000", "18000,18000"),
    );
    let output = desk.output(&["calibrate", "plan.toml", "--dry-run"]);
    assert_eq!(
        code(&output),
        0,
        "a row without width is not fitted: {}",
        stderr(&output)
    );
    desk.write(
        "plan.toml",
        &PLAN.replace("leave_out = [\"back\"]", "rows = [\"left\"]"),
    );
    assert_refused(
        &desk.output(&["calibrate", "plan.toml"]),
        &["row `left` cannot be fitted: its band has no width"],
    );
}

/// Constants are moved by shares among rows: of one row, or of none that is fitted, nothing would ever move.
#[test]
fn constants_that_nothing_would_move_are_refused() {
    let desk = desk();
    let both = "plainia = [\"XC\"], coastia = [\"XB\"]";
    let alone = "`plainia` is its only fitted row";
    for (left_out, rows, words) in [
        (
            "back",
            "plainia = [\"XC\"]",
            [alone, "name another row with use `fit`"],
        ),
        (
            "back",
            "plainia = [\"XC\", \"XB\"]",
            [alone, "name another row with use `fit`"],
        ),
        ("coastia", both, [alone, "take them out of leave_out"]),
        (
            "coastia\", \"plainia",
            both,
            ["none of its rows is fitted", "take them out of leave_out"],
        ),
    ] {
        let text = PLAN.replace("[\"back\"]", &format!("[\"{left_out}\"]"));
        let text = text.replace(both, rows);
        let line = text.lines().position(|line| line.starts_with("rows = {"));
        let line = format!("plan.toml:{}", line.unwrap() + 1);
        desk.write("plan.toml", &text);
        for command in ["calibrate", "check"] {
            let output = desk.output(&[command, "plan.toml"]);
            assert_eq!(code(&output), 2, "{left_out}: {}", stderr(&output));
            let said = format!("{}{}", stdout(&output), stderr(&output));
            for words in [
                &words[..],
                &["[constants] moves nothing", &line, "below [prior]"],
            ]
            .concat()
            {
                assert!(said.contains(words), "no {words:?} in: {said}");
            }
        }
    }
}

/// What is offered for a row that is misspelt is one that can move constants.
#[test]
fn rows_that_move_no_constants_are_not_offered() {
    let desk = desk();
    for (id, nearest) in [("rst", None), ("coast", Some("coastia"))] {
        desk.write("plan.toml", &PLAN.replace("coastia =", &format!("{id} =")));
        let output = desk.output(&["check", "plan.toml"]);
        assert_eq!(code(&output), 2, "{}", stderr(&output));
        let said = format!("{}{}", stdout(&output), stderr(&output));
        assert!(
            said.contains(&format!("`{id}` is not a row that can move constants")),
            "{said}"
        );
        let offered = said
            .split_once("= nearest: ")
            .map(|(_, rest)| rest.lines().next().unwrap());
        assert_eq!(offered, nearest, "{said}");
    }
}

/// A prior of a mechanism that is off moves nothing, and what it comes to would be taken for an estimate.
#[test]
fn a_prior_that_changes_nothing_is_told() {
    let desk = desk();
    let ties = "[prior]\n\"behaviour.ties.contagion\" = {}";
    desk.write("plan.toml", &PLAN.replacen("[prior]", ties, 1));
    let words = "`behaviour.ties.contagion` is sampled but changes nothing in this scenario, because of behaviour.ties.on = false";
    for command in [&["check"][..], &["calibrate", "--dry-run"]] {
        let output = desk.output(&[command, &["plan.toml"]].concat());
        assert_eq!(code(&output), 0, "{}", stderr(&output));
        assert!(stderr(&output).contains(words), "{}", stderr(&output));
    }
    desk.write(
        "draws.csv",
        "behaviour.ties.contagion,behaviour.choice.lambda\n1.4,0.8\n",
    );
    let from = ["--draws-from", "draws.csv", "--scale", "1000"];
    let run = desk.output(&[&["run", "base.toml"], &from[..]].concat());
    let words = "warning: draws.csv: 1 parameter that changes nothing here is drawn anyway";
    assert!(stderr(&run).contains(words), "{}", stderr(&run));
    let json = [&["run", "base.toml", "--json", "--force"], &from[..]].concat();
    let json: serde_json::Value = serde_json::from_str(stdout(&desk.output(&json))).unwrap();
    let told = json["warnings"].as_array().unwrap();
    assert!(
        told.iter()
            .any(|one| format!("warning: {}", one.as_str().unwrap()).contains(words)),
        "{told:?}"
    );
    let compared = desk.output(&[&["compare", "base.toml", "policy.toml"], &from[..]].concat());
    let words = "warning: draws.csv: 1 parameter that changes nothing here is not drawn";
    assert!(stderr(&compared).contains(words), "{}", stderr(&compared));
}
