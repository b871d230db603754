//! Each floor of the house uses only those below it; files, threads and clocks stay on the floors
//! that own them.

use std::fs;
use std::path::Path;

/// The floors, lowest first. A floor may use those before it.
const FLOORS: [&str; 14] = [
    "units",
    "draw",
    "scenario",
    "world",
    "population",
    "model",
    "engine",
    "measure",
    "store",
    "experiment",
    "analyse",
    "report",
    "cli",
    "main",
];

/// What only some floors may touch, and which.
const OWNED: [(&str, &[&str]); 3] = [
    ("files", &["scenario", "store"]),
    ("threads", &["engine", "experiment"]),
    ("a clock", &["report", "cli"]),
];

/// A fault: the file and what is wrong in it.
type Fault = String;

#[test]
fn floors_use_only_those_below() {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = Vec::new();
    collect(&source, &mut files);
    assert!(files.len() > 30, "only {} files found", files.len());
    let mut faults = Vec::new();
    for (path, text) in &files {
        faults.extend(check(path, text));
    }
    assert!(faults.is_empty(), "\n{}\n", faults.join("\n"));
}

#[test]
fn planted_faults_are_found() {
    let planted = [
        ("units/mod.rs", "use crate::scenario::Scenario;"),
        (
            "model/leaving.rs",
            "use crate::{units::Rate, engine::{Simulation, StepReport}};",
        ),
        ("world/rents.rs", "fn f(x: &crate::measure::Outcome) {}"),
        ("world/rents.rs", "use super::super::engine::StepReport;"),
        (
            "engine/mod.rs",
            "fn f() { let bytes = std::fs::read(\"x\"); }",
        ),
        (
            "measure/mod.rs",
            "use std::{collections::HashMap, fs::File};",
        ),
        ("engine/step.rs", "let begin = std::time::Instant::now();"),
        (
            "store/folder.rs",
            "fn now() -> SystemTime { SystemTime::now() }",
        ),
        ("model/choice.rs", "use rayon::prelude::*;"),
        ("cli/run.rs", "let other = std::thread::spawn(run);"),
        ("attic/mod.rs", "fn f() {}"),
    ];
    for (path, text) in planted {
        assert_eq!(check(path, text).len(), 1, "{path}: {text}");
    }
}

#[test]
fn what_is_allowed_is_not_a_fault() {
    let fine = [
        (
            "engine/step.rs",
            "use crate::{units::Rate, world::Tally}; use rayon::prelude::*;",
        ),
        (
            "engine/step.rs",
            "// use crate::cli::run;\n/* std::fs */ const A: &str = \"crate::cli::x\";",
        ),
        (
            "engine/step.rs",
            "use super::observer::StepReport; use crate::engine::Observer;",
        ),
        ("store/folder.rs", "use std::fs::{self, File};"),
        ("cli/run.rs", "let begin = std::time::Instant::now();"),
        ("lib.rs", "pub mod cli; use crate::cli::run;"),
        (
            "measure/mod.rs",
            "fn a<'a>(c: char) -> bool { c == '\"' }\n#[cfg(test)]\nmod tests { use std::fs; }",
        ),
    ];
    for (path, text) in fine {
        assert_eq!(check(path, text), Vec::<Fault>::new(), "{path}: {text}");
    }
}

/// Every Rust file below a folder, by its path from there.
fn collect(root: &Path, files: &mut Vec<(String, String)>) {
    let mut folders = vec![root.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                let name = path
                    .strip_prefix(root)
                    .unwrap()
                    .to_str()
                    .unwrap()
                    .replace('\\', "/");
                files.push((name, fs::read_to_string(&path).unwrap()));
            }
        }
    }
}

/// The faults of one file, `path` counted from `src`.
fn check(path: &str, text: &str) -> Vec<Fault> {
    let parts: Vec<&str> = path.trim_end_matches(".rs").split('/').collect();
    if parts == ["lib"] {
        return Vec::new();
    }
    let Some(floor) = FLOORS.iter().position(|floor| *floor == parts[0]) else {
        return vec![format!(
            "src/{path}: `{}` is not a floor of the house",
            parts[0]
        )];
    };
    let words = words(text);
    let mut faults = Vec::new();

    // How many times `super` leads from here out of the floor to the crate.
    let depth = parts.len() - usize::from(parts[parts.len() - 1] == "mod");
    let to_root = |count: usize| vec!["super"; count];
    let mut used = paths(&words, &["crate"]);
    used.extend(paths(&words, &to_root(depth)));
    used.extend(paths(&words, &to_root(depth + 1)));
    used.sort_unstable();
    used.dedup();
    for name in used {
        if FLOORS
            .iter()
            .position(|other| *other == name)
            .is_some_and(|other| other > floor)
        {
            faults.push(format!(
                "src/{path}: `{}` uses `{name}`, a floor above it",
                FLOORS[floor]
            ));
        }
    }

    // Tests may make files and read clocks.
    let is_test = |part: &&str| part.contains("test");
    let code = words
        .windows(3)
        .position(|w| w == ["cfg", "(", "test"])
        .unwrap_or(words.len());
    let code = if parts.iter().any(is_test) {
        &[][..]
    } else {
        &words[..code]
    };
    let named = |names: &[&str]| code.iter().any(|word| names.contains(word));
    let touched = [
        (
            "files",
            paths(code, &["std"]).contains(&"fs") || named(&["fs4"]),
        ),
        (
            "threads",
            named(&["rayon"]) || named(&["spawn", "ThreadPool"]),
        ),
        (
            "a clock",
            named(&["Instant", "SystemTime", "Timestamp", "Zoned"]),
        ),
    ];
    for ((what, touched), (_, owners)) in touched.into_iter().zip(OWNED) {
        if touched && !owners.contains(&parts[0]) {
            faults.push(format!(
                "src/{path}: `{}` touches {what}; only {owners:?} may",
                parts[0]
            ));
        }
    }
    faults
}

/// The names that stand right after a path's beginning: `crate::a::b` and `crate::{a::b, c}` give
/// a and c.
fn paths<'a>(words: &[&'a str], root: &[&str]) -> Vec<&'a str> {
    let begin: Vec<&str> = root.iter().flat_map(|part| [*part, "::"]).collect();
    let mut found = Vec::new();
    for at in 0..words.len().saturating_sub(begin.len()) {
        let rest = &words[at..];
        // Not in the middle of a longer path.
        let inner = at > 0 && words[at - 1] == "::";
        if inner || !rest.starts_with(&begin) {
            continue;
        }
        let after = &rest[begin.len()..];
        if after[0] != "{" {
            found.push(after[0]);
            continue;
        }
        let mut depth = 0;
        for (index, word) in after.iter().enumerate() {
            match *word {
                "{" => depth += 1,
                "}" => depth -= 1,
                name if depth == 1 && matches!(after[index - 1], "{" | ",") => found.push(name),
                _ => {}
            }
            if depth == 0 {
                break;
            }
        }
    }
    found
}

/// The words and signs of a text, without comments, strings and characters.
fn words(text: &str) -> Vec<&str> {
    let mut words = Vec::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let length = if rest.starts_with("//") {
            rest.find('\n').unwrap_or(rest.len())
        } else if rest.starts_with("/*") {
            rest.find("*/").map_or(rest.len(), |end| end + 2)
        } else if let Some(length) = raw_string(rest) {
            length
        } else if first == '"' {
            quoted(rest, '"')
        } else if first == '\'' {
            // A character closes after one or an escape; a lifetime does not close.
            let closes = rest[1..].starts_with('\\') || rest.chars().nth(2) == Some('\'');
            if closes { quoted(rest, '\'') } else { 1 }
        } else {
            let is_word = |c: char| c.is_alphanumeric() || c == '_';
            let length = match is_word(first) {
                true => rest.find(|c| !is_word(c)).unwrap_or(rest.len()),
                false if rest.starts_with("::") => 2,
                false => first.len_utf8(),
            };
            if !first.is_whitespace() {
                words.push(&rest[..length]);
            }
            length
        };
        rest = &rest[length..];
    }
    words
}

/// Length of the raw string that the text begins with.
fn raw_string(text: &str) -> Option<usize> {
    let hashes = text.strip_prefix('r')?;
    let count = hashes.find(|c| c != '#')?;
    let body = hashes[count..].strip_prefix('"')?;
    let close = format!("\"{}", "#".repeat(count));
    let end = body
        .find(&close)
        .unwrap_or(body.len() - close.len().min(body.len()));
    Some(1 + count + 1 + end + close.len())
}

/// Length of the quoted text at the beginning, with its quotes.
fn quoted(text: &str, quote: char) -> usize {
    let mut escaped = false;
    for (index, sign) in text.char_indices().skip(1) {
        match sign {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            sign if sign == quote => return index + 1,
            _ => {}
        }
    }
    text.len()
}
