//! Names that a spreadsheet would run as a formula: refused before anything is computed, or never in a table.

use super::case::{Case, OBSERVED, PLAN, base, refused};
use std::fs;

const FORMULAS: [&str; 6] = [
    "=1+1",
    "=cmd|' /C calc'!A0",
    "+1",
    "-1+1",
    "@SUM(A1)",
    "\ttab",
];

pub fn cases() -> Vec<Case> {
    let mut cases = Vec::new();
    for formula in FORMULAS {
        let quoted = format!("{formula:?}");
        let file = format!("{}.toml", formula.replace('/', "_"));
        for command in ["run", "compare"] {
            // What begins with a hyphen would be a flag.
            let path = format!("./{file}");
            let mut arguments = vec![command, &path, "--scale", "1000"];
            if command == "compare" {
                arguments.insert(1, "base.toml");
            }
            let written = file.clone();
            cases.push(Case::new(
                format!("{command} a file called {quoted}"),
                &arguments,
                refused(&[]),
                move |desk| {
                    fs::write(desk.join(&written), base()).unwrap();
                },
            ));
        }
        let plan = PLAN.replace("[\"base.toml\"]", &format!("[{file:?}]"));
        cases.push(Case::new(
            format!("a sweep of a file called {quoted}"),
            &["sweep", "f.toml", "--dry-run"],
            refused(&["f.toml:2"]),
            move |desk| {
                fs::write(desk.join(&file), base()).unwrap();
                fs::write(desk.join("f.toml"), &plan).unwrap();
            },
        ));
        let plan = PLAN.replace("dearer", &quoted);
        cases.push(Case::file(
            format!("a variant called {quoted}"),
            &["sweep", "f.toml", "--dry-run"],
            refused(&["f.toml:8", "formula"]),
            "f.toml",
            plan,
        ));
        // Blanks around a cell say nothing.
        if formula.starts_with('\t') {
            continue;
        }
        for (what, text) in [
            (
                "id",
                OBSERVED.replace("\nleft,", &format!("\n\"{formula}\",")),
            ),
            ("quantity", OBSERVED.replace("left in all", formula)),
            (
                "unit",
                OBSERVED.replace(",persons,", &format!(",{formula},")),
            ),
        ] {
            cases.push(Case::file(
                format!("{what} {quoted} of an observation"),
                &["score", "base.toml", "--observed", "f.csv", "--check"],
                refused(&["f.csv:2", "formula"]),
                "f.csv",
                text,
            ));
        }
        let scenario = format!("extends = [\"base.toml\"]\n[segment.{quoted}]\nsize = 5\n");
        cases.push(Case::file(
            format!("a segment called {quoted}"),
            &["check", "f.toml"],
            refused(&["f.toml:2"]),
            "f.toml",
            scenario,
        ));
    }
    cases
}
