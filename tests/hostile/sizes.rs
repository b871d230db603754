//! Numbers beyond all measure, in scenarios and on the command line.

use super::case::{Case, Ends, PLAN, base, refused};
use std::fs;

/// The example with 10^12 persons more, in segments as large as they may be.
fn crowded() -> String {
    let text = base().replace("\"base.toml\"", "\"crowded.toml\"");
    let begin = text.find("[segment.everyone-else]").unwrap();
    let rest = &text[begin..];
    let end = rest
        .match_indices("\n[")
        .map(|(at, _)| at)
        .find(|at| *at > 0)
        .unwrap();
    let one = rest[..end].replace("\"2.98 million persons\"", "4_000_000_000");
    assert!(one.contains("4_000_000_000"), "{one}");
    let many: String = (0..250)
        .map(|number| one.replace("everyone-else", &format!("crowd-{number}")) + "\n")
        .collect();
    text + "\n" + &many
}

pub fn cases() -> Vec<Case> {
    let mut cases = Vec::new();
    let refuse = || refused(&["f.toml:"]);
    for (size, ends) in [
        ("0", refuse()),
        ("-1", refuse()),
        ("-0.0", refuse()),
        ("1e-320", refuse()),
        ("0.5", refuse()),
        ("nan", refuse()),
        ("-nan", refuse()),
        ("inf", refuse()),
        ("1e18", refuse()),
        ("1e308", refuse()),
        ("1e999", refuse()),
        ("9223372036854775807", refuse()),
        ("18446744073709551615", refuse()),
        ("0xffffffffffffffff", refuse()),
        ("\"1e308 persons\"", refuse()),
        ("\"1e999 persons\"", refuse()),
        ("\"-1 persons\"", refuse()),
        ("\"nan persons\"", refuse()),
        ("\"1e12 persons\"", refuse()),
        ("\"10 thousand million persons\"", refuse()),
        ("4294967295", refuse()),
        ("4294967294", Ends::Accepted),
    ] {
        let text = format!("extends = [\"base.toml\"]\n[segment.opposition]\nsize = {size}\n");
        if matches!(ends, Ends::Accepted) {
            // What is checked as right can be run, where so many drive no rents beyond measure.
            let run = format!("{text}[behaviour.rents]\non = false\n");
            cases.push(Case::file(
                format!("a run of a segment of {size}"),
                &["run", "f.toml", "--dry-run"],
                Ends::Accepted,
                "f.toml",
                run,
            ));
        }
        cases.push(Case::file(
            format!("a segment of {size}"),
            &["check", "f.toml"],
            ends,
            "f.toml",
            text,
        ));
    }
    for (path, value) in [
        ("country.XB.wage", "1e308 EUR/month"),
        ("country.XB.wage", "1e-308 EUR/month"),
        ("country.XB.wage", "-1 EUR/month"),
        ("country.XB.population", "1e308 persons"),
        ("behaviour.choice.lambda", "1e-300"),
        ("behaviour.choice.mu", "1e300"),
        ("behaviour.leaving.planner", "1e300"),
        ("behaviour.return.hazard", "1e300 %/month"),
        ("time.end", "9999-12-31"),
        (
            "segment.opposition.age",
            "{ uniform = [\"-1e300 years\", \"1e300 years\"] }",
        ),
        (
            "segment.opposition.income",
            "{ lognormal = [\"1e300 EUR/month\", 1e300], max = \"1e301 EUR/month\" }",
        ),
        ("segment.opposition.dissent", "{ beta = [1e300, 1e-300] }"),
    ] {
        let set = format!("{path}={value}");
        let arguments = [
            "run",
            "base.toml",
            "--scale",
            "1000",
            "--dry-run",
            "--set",
            &set,
        ];
        cases.push(Case::new(
            format!("--set {set}"),
            &arguments,
            Ends::Either,
            |_| {},
        ));
    }
    for (flag, value) in [
        ("--scale", "0"),
        ("--scale", "-1"),
        ("--scale", "18446744073709551615"),
        ("--scale", "18446744073709551616"),
        ("--scale", "nan"),
        ("--replicates", "0"),
        ("--replicates", "4294967295"),
        ("--replicates", "99999999999"),
        ("--threads", "0"),
        ("--threads", "1000000000"),
        ("--seed", "-1"),
        ("--seed", "9223372036854775808"),
        ("--seed", "18446744073709551616"),
    ] {
        let arguments = ["run", "base.toml", flag, value, "--out", "r"];
        cases.push(Case::new(
            format!("{flag} {value}"),
            &arguments,
            refused(&[]),
            |_| {},
        ));
    }
    for arguments in [
        vec!["run", "crowded.toml"],
        vec!["run", "crowded.toml", "--scale", "2"],
        vec!["compare", "crowded.toml", "more.toml", "--draws", "2"],
        vec![
            "compare",
            "crowded.toml",
            "more.toml",
            "--draws",
            "2",
            "--dry-run",
        ],
        vec!["sweep", "f.toml"],
        vec!["sweep", "f.toml", "--dry-run"],
        vec!["trace", "crowded.toml", "--agent", "everybody:0"],
    ] {
        let ends = refused(&["would take", "of memory", "--scale"]);
        let name = format!("10^12 persons: {}", arguments.join(" "));
        cases.push(Case::new(name, &arguments, ends, |desk| {
            fs::write(desk.join("crowded.toml"), crowded()).unwrap();
            fs::write(desk.join("more.toml"), "extends = [\"crowded.toml\"]\n").unwrap();
            let plan = PLAN
                .replace("base.toml", "crowded.toml")
                .replace("scale = 1000", "scale = 1");
            fs::write(desk.join("f.toml"), plan).unwrap();
        }));
    }
    cases
}
