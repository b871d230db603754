//! Texts that a terminal would obey, or that a page would run: none reaches either as a command.

use super::case::{Case, Ends, OBSERVED, PLAN, refused};
use std::fs;

/// Sets the title of a window, moves the cursor, colours, rings, writes over the line, turns the direction.
const COMMANDS: [&str; 8] = [
    "\\u001b]0;owned\\u0007",
    "\\u001b[2J\\u001b[H",
    "\\u001b[31mred\\u001b[0m",
    "\\u009b31m",
    "over\\rwritten",
    "bell\\u0007",
    "delete\\u007f",
    "turned \\u202eabc",
];

/// What a page could run.
const MARKUP: [&str; 4] = [
    "<script>alert(1)</script>",
    "</title></style></script><img src=x onerror=alert(1)>",
    "&lt;b&gt; ' \\\" <!-- ]]>",
    "${alert(1)} {{7*7}} javascript:alert(1)",
];

/// Where texts for people stand in a scenario.
fn scenario(text: &str) -> [String; 4] {
    [
        format!("extends = [\"base.toml\"]\ntitle = \"{text}\"\n"),
        format!("extends = [\"base.toml\"]\n[country.XB]\nname = \"{text}\"\n"),
        format!(
            "extends = [\"base.toml\"]\n[event.coastia-closes]\ntitle = \"{text}\"\nsource = \"{text}\"\n"
        ),
        format!("extends = [\"base.toml\"]\n[segment.\"{text}\"]\nsize = 5\n"),
    ]
}

pub fn cases() -> Vec<Case> {
    let mut cases = Vec::new();
    for command in COMMANDS {
        for (place, text) in scenario(command).into_iter().enumerate() {
            cases.push(Case::file(
                format!("{command:?} in place {place} of a scenario"),
                &["run", "f.toml", "--scale", "1000"],
                refused(&["f.toml:"]),
                "f.toml",
                text,
            ));
        }
        let plan = PLAN.replace("A sweep", command);
        cases.push(Case::file(
            format!("{command:?} in the title of a plan"),
            &["sweep", "f.toml", "--dry-run"],
            refused(&["f.toml:1"]),
            "f.toml",
            plan,
        ));
        let plan = PLAN.replace("dearer", &format!("\"{command}\""));
        cases.push(Case::file(
            format!("{command:?} as the name of a variant"),
            &["sweep", "f.toml", "--dry-run"],
            refused(&["f.toml:"]),
            "f.toml",
            plan,
        ));
        let real: String = serde_json::from_str(&format!("\"{command}\"")).unwrap();
        let text = OBSERVED.replace("left in all", &real);
        cases.push(Case::file(
            format!("{command:?} in observations"),
            &["score", "base.toml", "--observed", "f.csv", "--check"],
            refused(&["f.csv:"]),
            "f.csv",
            text,
        ));
        let named = format!("x{}.toml", real.replace('/', "_"));
        cases.push(Case::new(
            format!("{command:?} in the name of a file"),
            &["check", &named],
            Ends::Refused(Vec::new()),
            {
                let named = named.clone();
                move |desk| fs::write(desk.join(&named), "title = 1").unwrap()
            },
        ));
    }
    for markup in MARKUP {
        let text = format!(
            "extends = [\"base.toml\"]\ntitle = \"{markup}\"\n[country.XB]\nname = \"{markup}\"\n[event.coastia-closes]\ntitle = \"{markup}\"\nsource = \"{markup}\"\n"
        );
        cases.push(Case::file(
            format!("markup {markup:?}"),
            &["run", "f.toml", "--scale", "1000"],
            Ends::Accepted,
            "f.toml",
            text,
        ));
    }
    cases
}

/// The page of a comparison shows markup as text.
#[test]
fn markup_stays_text_in_the_page() {
    let markup = MARKUP[..2].join("");
    let [title, name, event, _] = scenario(&markup);
    let lines = |text: &str| {
        text.split_once('\n')
            .map_or("", |(_, rest)| rest)
            .to_owned()
    };
    let text = [title, lines(&name), lines(&event)].concat();
    let case = Case::file(
        "markup in a page",
        &[
            "compare",
            "base.toml",
            "f.toml",
            "--scale",
            "1000",
            "--draws",
            "1",
            "--replicates",
            "1",
            "--out",
            "r",
        ],
        Ends::Accepted,
        "f.toml",
        text,
    );
    let page = case.keep("r/report.html");
    assert!(
        !page.contains("alert(1)</script>") && !page.contains("<img src=x"),
        "markup is in the page"
    );
    assert!(
        page.contains("alert(1)"),
        "the title is not in the page at all"
    );
}
