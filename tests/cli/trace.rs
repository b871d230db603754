//! `exeunt trace` tells lives, finds persons, and says why it cannot.

use super::desk::{Desk, EXAMPLE, SCALE, assert_refused, code, shipped, stderr, stdout};
use serde_json::Value;

/// Traces in the example.
fn trace(desk: &Desk, arguments: &[&str]) -> std::process::Output {
    let scenario = shipped(EXAMPLE);
    let mut all = vec!["trace", scenario.to_str().unwrap()];
    all.extend(SCALE);
    all.extend(arguments);
    desk.output(&all)
}

fn told(arguments: &[&str]) -> String {
    let output = trace(&Desk::new(), arguments);
    assert_eq!(
        (code(&output), stderr(&output)),
        (0, ""),
        "{}",
        stdout(&output)
    );
    stdout(&output).to_owned()
}

#[test]
fn a_life_is_told_event_by_event() {
    let story = told(&["--find", "activist, left, later returned", "--quiet"]);
    insta::assert_snapshot!("a_life_is_told_event_by_event", story);
    // Whoever is found is told of in the same words by name.
    let name = story
        .lines()
        .next()
        .unwrap()
        .strip_prefix("Person ")
        .unwrap();
    let by_name = told(&["--agent", name]);
    assert!(story.starts_with(&by_name), "{story}\n{by_name}");
}

#[test]
fn who_never_acts_is_told_of_too() {
    insta::assert_snapshot!(
        "who_never_acts_is_told_of_too",
        told(&["--agent", "everyone-else:50000"])
    );
}

#[test]
fn neither_threads_nor_company_change_a_life() {
    let find = ["--find", "barred", "--limit", "3", "--json"];
    let value = |more: &[&str]| -> Value {
        serde_json::from_str(&told(&[&find[..], more].concat())).unwrap()
    };
    let one = value(&["--threads", "1"]);
    assert_eq!(one, value(&["--threads", "3"]));
    let lives = one["lives"].as_array().unwrap();
    assert_eq!(lives.len(), 3);
    assert!(one["matches"].as_u64().unwrap() >= 3);
    for life in lives {
        let name = life["person"].as_str().unwrap();
        let alone: Value = serde_json::from_str(&told(&["--agent", name, "--json"])).unwrap();
        assert_eq!(alone["lives"][0], *life);
        let events = life["life"].as_array().unwrap();
        assert!(events.iter().any(|line| line["event"] == "barred"));
        for line in events {
            let odds = line["odds"].as_array().unwrap().iter();
            let chances: Vec<f64> = odds.map(|way| way["chance"].as_f64().unwrap()).collect();
            let sum: f64 = chances.iter().sum();
            assert!(chances.is_empty() || (sum - 1.0).abs() < 1e-9, "{line}");
        }
    }
}

#[test]
fn traits_alone_are_found_without_a_run() {
    let story = told(&["--find", "segment opposition, not evidence, holds passport"]);
    assert!(story.starts_with("Person opposition:"), "{story}");
    assert!(story.contains("without evidence of persecution"), "{story}");
    assert!(story.contains("agents meet the conditions"), "{story}");
}

#[test]
fn nobody_found_is_an_answer() {
    let desk = Desk::new();
    let output = trace(&desk, &["--find", "activist, returned, later called up"]);
    assert_eq!(code(&output), 0);
    assert!(
        stdout(&output).starts_with("No person meets"),
        "{}",
        stdout(&output)
    );
    assert!(
        stderr(&output).contains("last condition"),
        "{}",
        stderr(&output)
    );
    let output = trace(&desk, &["--find", "called up", "--json"]);
    let value: Value = serde_json::from_str(stdout(&output)).unwrap();
    assert_eq!((&value["matches"], code(&output)), (&Value::from(0), 0));
}

#[test]
fn what_cannot_be_traced_is_refused_with_a_cure() {
    let desk = Desk::new();
    for (arguments, parts) in [
        (vec![], vec!["--agent", "--find"]),
        (
            vec!["--agent", "opposition:1", "--find", "left"],
            vec!["--agent", "--find"],
        ),
        (
            vec!["--agent", "7"],
            vec!["SEGMENT:INDEX", "everyone-else:"],
        ),
        (
            vec!["--agent", "oposition:7"],
            vec!["did you mean `opposition`", "everyone-else"],
        ),
        (
            vec!["--agent", "opposition:667"],
            vec!["0 to 666 at --scale 30"],
        ),
        (vec!["--agent", "opposition:-1"], vec!["0 to 666"]),
        (
            vec!["--agent", "opposition:1", "--limit", "2"],
            vec!["--limit"],
        ),
        (
            vec!["--find", "left", "--limit", "0"],
            vec!["leave --limit out"],
        ),
        (
            vec!["--find", "left", "--replicate", "-1"],
            vec!["leave --replicate out"],
        ),
        (
            vec![
                "--find",
                "activst, barred, left by asylum, left by visafree, left to XZ",
            ],
            vec![
                "did you mean `activist`",
                "no channel of this scenario gives protection",
                "`visafree` is not a channel",
                "visa-free",
                "`XZ` is not a country",
                "exeunt trace --help",
            ],
        ),
    ] {
        let output = trace(&desk, &arguments);
        assert_refused(&output, &parts);
        assert_eq!(stdout(&output), "", "{arguments:?}");
    }
}
