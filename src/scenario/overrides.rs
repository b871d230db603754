//! Overrides from the command line, `--set PATH=VALUE`, which go through the same checks as files.

use super::names::{Astray, Followed, Names};
use super::node::{self, Entry, Node, Table, Value};
use super::path;
use super::place::{Origin, Place, SourceText};
use super::problem::{Problem, Problems};
use std::sync::Arc;

/// One override.
#[derive(Debug, Clone)]
pub(crate) struct Override {
    parts: Vec<String>,
    node: Node,
}

impl Override {
    /// Whether it changes a rule of entry, of exit or of routes, rather than a fact or a parameter.
    pub fn is_rule(&self) -> bool {
        let part = |index: usize| self.parts.get(index).map(String::as_str);
        match part(0) {
            Some("border") => true,
            Some("document") => part(2) == Some("issued"),
            _ => matches!(part(2), Some("channel" | "exit")),
        }
    }
}

/// Keys that determine which files are read; files are read before any override is applied.
const FILE_KEYS: [&str; 3] = ["extends", "drop", "reference"];

/// Reads `PATH=VALUE`. A value that is not TOML is taken as a text, so that quotes may be left out.
pub(crate) fn read(set: &str, problems: &mut Problems) -> Option<Override> {
    let source = Arc::new(SourceText {
        name: format!("--set {}", shown(set)),
        text: set.to_owned(),
        origin: Origin::Override,
    });
    let place = Place::new(&source, 0..set.len());
    let wrong = |title: &str| {
        Problem::error(title)
            .at(&place)
            .expected("PATH=VALUE on one line")
            .cure("write --set country.GE.wage=\"400 USD/month\"")
    };
    let Some((path, value)) = split(set).filter(|_| !set.contains('\n')) else {
        problems.push(wrong("an override without `=`"));
        return None;
    };
    let parts = path::split(path);
    if parts.iter().any(String::is_empty) || value.is_empty() {
        problems.push(wrong("an override without a path or a value"));
        return None;
    }
    if FILE_KEYS.contains(&parts[0].as_str()) {
        problems.push(
            Problem::error(format!("`{}` cannot be overridden", parts[0]))
                .at(&place)
                .expected("the path of a value")
                .cure("write a file that extends the scenario"),
        );
        return None;
    }
    // The value is parsed as that of a key in a text of its own; its places point to the override.
    let mut unread = Problems::default();
    let assignment = Arc::new(SourceText {
        name: source.name.clone(),
        text: format!("value = {value}"),
        origin: Origin::Override,
    });
    let mut table = node::read(&assignment, &mut unread).table;
    let node = match table.remove("value") {
        Some(entry) if table.is_empty() && !unread.has_errors() => entry.node,
        _ => Node {
            value: Value::Text(value.to_owned()),
            place,
        },
    };
    Some(Override { parts, node })
}

/// Splits at the first `=` that is not in quotes.
pub(super) fn split(set: &str) -> Option<(&str, &str)> {
    let mut quoted = false;
    let at = set.char_indices().find_map(|(at, letter)| {
        if letter == '"' {
            quoted = !quoted;
        }
        (letter == '=' && !quoted).then_some(at)
    })?;
    Some((set[..at].trim(), set[at + 1..].trim()))
}

fn shown(set: &str) -> String {
    const LONGEST: usize = 120;
    let line: String = set
        .chars()
        .take(LONGEST)
        .map(|letter| if letter.is_control() { ' ' } else { letter })
        .collect();
    line
}

/// Writes overrides into a tree. For a path that names a group, every member is written.
pub(crate) fn apply(sets: &[Override], table: &mut Table, names: &Names, problems: &mut Problems) {
    for set in sets {
        let problem = match names.follow(&set.parts) {
            Ok(Followed::Leaf(_)) => {
                for parts in members(set, names) {
                    insert(table, &parts, &set.node);
                }
                continue;
            }
            Ok(Followed::Table(_)) => is_table(&set.parts),
            Err(_) if unquoted(&set.parts, names).is_some() => not_in_quotes(set, names),
            Err(Astray {
                title,
                expected,
                nearest,
                ..
            }) => {
                // A path with a misspelt part may lack the quotes around the path within it, too.
                let nearest =
                    nearest.map(|near| unquoted(&path::split(&near), names).unwrap_or(near));
                let cure = nearest.as_ref().map_or_else(
                    || "correct the path".to_owned(),
                    |near| format!("write {}", typed(near, "...")),
                );
                Problem::error(title)
                    .expected(expected)
                    .nearest(nearest)
                    .cure(cure)
            }
        };
        problems.push(problem.at(&set.node.place));
    }
}

/// Returns an override as it must be typed: a shell strips quotes that are not inside others.
pub(super) fn typed(path: &str, value: &str) -> String {
    match path.contains('"') {
        true => format!("--set '{path}={value}'"),
        false => format!("--set {path}={value}"),
    }
}

fn is_table(parts: &[String]) -> Problem {
    let text = path::join(parts);
    let inner = match parts {
        [event, _, set] if event == "event" && set == "set" => "\"PATH\"",
        [event, _, ramp] if event == "event" && ramp == "ramp" => "\"PATH\".to",
        [event, _, ramp, _] if event == "event" && ramp == "ramp" => "to",
        _ => "KEY",
    };
    Problem::error(format!("`{text}` is a table, not a value"))
        .expected("the path of one value")
        .cure(format!(
            "write {}",
            typed(&format!("{text}.{inner}"), "VALUE")
        ))
}

/// Returns the path that was meant where the path that an event sets or ramps, a path within the
/// path, is not quoted, or only in part.
fn unquoted(parts: &[String], names: &Names) -> Option<String> {
    let (first, changed) = parts.split_at_checked(3)?;
    let is_of_event = first[0] == "event" && names.events.contains(&first[1]);
    let (inner, last) = match (first[2].as_str(), changed.split_last()) {
        ("set", _) => (changed, None),
        ("ramp", Some((last, inner))) if ["to", "over"].contains(&last.as_str()) => {
            (inner, Some(last.as_str()))
        }
        ("ramp", _) => (changed, Some("to")),
        _ => return None,
    };
    // A whole path with something after it has a part too many; quotes are not what it lacks.
    let is_one = inner.len() < 2 || names.changeable(&inner[0]).is_ok();
    let inner: Vec<String> = inner.iter().flat_map(|part| path::split(part)).collect();
    let inner = path::join(&inner);
    // A misspelt inner path is corrected at once; otherwise the cure would lead to the next error.
    let inner = match names.changeable(&inner) {
        Err(Astray {
            nearest: Some(near),
            cure: None,
            ..
        }) => near,
        _ => inner,
    };
    let meant = first
        .iter()
        .map(String::as_str)
        .chain([inner.as_str()])
        .chain(last);
    (is_of_event && !is_one).then(|| path::join(&meant.collect::<Vec<_>>()))
}

fn not_in_quotes(set: &Override, names: &Names) -> Problem {
    let meant = unquoted(&set.parts, names).unwrap_or_default();
    Problem::error(format!(
        "the path within `{}` is not in quotes",
        path::join(&set.parts)
    ))
    .expected(
        "the path of what the event changes in double quotes, and the whole in single quotes for the shell",
    )
    .cure(format!("write {}", typed(&meant, "...")))
}

/// Returns the paths that an override stands for.
fn members(set: &Override, names: &Names) -> Vec<Vec<String>> {
    let names_group = set.parts.first().is_some_and(|first| first == "country")
        && set
            .parts
            .get(1)
            .is_some_and(|name| !names.countries.contains_key(name));
    if !names_group {
        return vec![set.parts.clone()];
    }
    names
        .countries_of(&set.parts[1])
        .into_iter()
        .map(|code| {
            let mut parts = set.parts.clone();
            parts[1] = code;
            parts
        })
        .collect()
}

fn insert(table: &mut Table, parts: &[String], node: &Node) {
    let Some((first, rest)) = parts.split_first() else {
        return;
    };
    let key = node.place.clone();
    if rest.is_empty() {
        let node = node.clone();
        table.insert(first.clone(), Entry { key, node });
        return;
    }
    let entry = table.entry(first.clone()).or_insert_with(|| Entry {
        key: key.clone(),
        node: Node {
            value: Value::Table(Arc::default()),
            place: key,
        },
    });
    if let Value::Table(inner) = &mut entry.node.value {
        insert(Arc::make_mut(inner), rest, node);
    }
}
