//! What the documents repeat of the files is never stale: the table of parameters in `docs/model.md` is
//! that of `scenarios/behaviour.toml`, and its table of symbols names every key of it; what they point at is there, and
//! they follow each other as `docs/README.md` says.
//!
//!     EXEUNT_UPDATE_DOCUMENTS=1 cargo test --test documents     writes the table anew

use exeunt::scenario::{Parameter, Source, schema};
use serde_json::Value;
use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

const BEHAVIOUR: &str = include_str!("../scenarios/behaviour.toml");
/// A scenario that takes its behaviour from there.
const EXAMPLE: &str = include_str!("../scenarios/examples/border-closes.toml");
const DOCUMENT: &str = "docs/model.md";
const BEGIN: &str = "<!-- parameters: begin -->\n";
const END: &str = "<!-- parameters: end -->\n";

/// The parameters of behaviour, by table, in the order of the file.
fn parameters() -> Vec<Parameter> {
    let extends = "extends = [\"../behaviour.toml\"]";
    assert!(EXAMPLE.contains(extends));
    // A text names no other file, not even itself.
    let reference = "reference = \"border-closes.toml\"";
    assert!(EXAMPLE.contains(reference));
    let text = EXAMPLE.replace(extends, "").replace(reference, "");
    let text = format!("{text}\n{BEHAVIOUR}");
    let source = Source::parse("parameters", &text).unwrap_or_else(|problems| panic!("{problems}"));
    let mut parameters = source.parameters("behaviour");
    parameters.sort_by_key(|parameter| parameter.place.line());
    parameters
}

/// A cell of a table: nothing in it ends the cell.
fn cell(text: &str) -> String {
    text.replace('|', "\\|")
}

/// The tables of the document.
fn tables(parameters: &[Parameter]) -> String {
    let mut written = String::new();
    let mut table = String::new();
    for parameter in parameters {
        let (above, key) = parameter.path.rsplit_once('.').unwrap();
        if above != table {
            above.clone_into(&mut table);
            write!(
                written,
                "\n`[{table}]`\n\n| key | meaning | value | range | basis | source |\n|---|---|---|---|---|---|\n"
            )
            .unwrap();
        }
        let range = parameter
            .range_text
            .as_ref()
            .map_or_else(String::new, |(low, high)| format!("{low} to {high}"));
        writeln!(
            written,
            "| `{key}` | {} | {} | {range} | {} | {} |",
            cell(parameter.meaning),
            cell(&parameter.value),
            parameter.basis.word(),
            cell(parameter.source.as_deref().unwrap_or_default()),
        )
        .unwrap();
    }
    written.push('\n');
    written
}

#[test]
fn the_table_of_parameters_is_that_of_the_file() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(DOCUMENT);
    let document = std::fs::read_to_string(&path).unwrap();
    let (before, rest) = document.split_once(BEGIN).expect("the first mark");
    let (found, after) = rest.split_once(END).expect("the last mark");
    let expected = tables(&parameters());
    if std::env::var_os("EXEUNT_UPDATE_DOCUMENTS").is_some() {
        std::fs::write(&path, format!("{before}{BEGIN}{expected}{END}{after}")).unwrap();
        return;
    }
    assert!(
        found == expected,
        "the table of parameters in {DOCUMENT} is stale: \
         EXEUNT_UPDATE_DOCUMENTS=1 cargo test --test documents writes it anew"
    );
}

#[test]
fn every_number_of_behaviour_is_a_claim_with_a_range_or_a_source() {
    let parameters = parameters();
    let numbers = BEHAVIOUR
        .lines()
        .filter(|line| line.contains(" = ") && !line.starts_with('#'))
        .filter(|line| !line.ends_with("true") && !line.ends_with("false"))
        // No limit is no number.
        .filter(|line| !line.ends_with("\"none\""))
        .count();
    assert_eq!(parameters.len(), numbers, "numbers that are no claims");
    for parameter in &parameters {
        assert!(
            parameter.range.is_some() || parameter.source.is_some(),
            "{}",
            parameter.path
        );
        if let (Some(number), Some((low, high))) = (parameter.number, parameter.range) {
            assert!((low..=high).contains(&number), "{}", parameter.path);
        }
    }
}

/// A file of the repository.
fn file(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(name)
}

/// The language of scenarios, as a JSON Schema.
fn grammar() -> Value {
    serde_json::from_str(&schema("scenario").unwrap()).unwrap()
}

/// Adds the keys at or below a path of the grammar that hold a value, but for `on`: a switch enters no equation.
fn add_keys(grammar: &Value, path: &str, keys: &mut Vec<String>) {
    let Some(words) = grammar["properties"].as_object() else {
        keys.push(path.to_owned());
        return;
    };
    for (word, below) in words.iter().filter(|(word, _)| *word != "on") {
        add_keys(below, &format!("{path}.{word}"), keys);
    }
}

/// Whether the grammar has a key that holds a value. A part in capitals stands for any name.
fn is_key(grammar: &Value, key: &str) -> bool {
    let found = key.split('.').try_fold(grammar, |table, part| {
        if part.chars().all(|letter| letter.is_ascii_uppercase()) {
            table["patternProperties"].as_object()?.values().next()
        } else {
            table["properties"].get(part)
        }
    });
    found.is_some_and(|value| value["properties"].is_null() && value["patternProperties"].is_null())
}

/// The rows of the table of symbols: symbol, key, sections.
fn symbols(document: &str) -> Vec<[&str; 3]> {
    let heading = "| symbol | key | section |\n|---|---|---|\n";
    let (_, table) = document.split_once(heading).expect("a table of symbols");
    let rows = table.lines().take_while(|line| line.starts_with('|'));
    rows.map(|row| {
        let cells: Vec<&str> = row.trim_matches('|').split('|').map(str::trim).collect();
        let [symbol, key, sections] = cells[..] else {
            panic!("not three cells: {row}");
        };
        [symbol, key.trim_matches('`'), sections]
    })
    .collect()
}

/// Whoever builds the model again finds the key of each symbol, and neither a key nor a symbol of a section twice.
#[test]
fn the_table_of_symbols_names_every_key_of_behaviour_and_no_key_that_is_not_there() {
    let document = std::fs::read_to_string(file(DOCUMENT)).unwrap();
    let grammar = grammar();
    let mut named = BTreeSet::new();
    let mut used = BTreeSet::new();
    for [symbol, key, sections] in symbols(&document) {
        assert!(is_key(&grammar, key), "{symbol}: there is no key {key}");
        assert!(named.insert(key), "{key} has two rows");
        for section in sections.split(", ") {
            let heading = format!("\n## {section}. ");
            assert!(document.contains(&heading), "{symbol}: section {section}");
            let once = used.insert((symbol, section));
            assert!(once, "section {section}: {symbol} stands for two keys");
        }
    }
    let mut keys = Vec::new();
    add_keys(&grammar["properties"]["behaviour"], "behaviour", &mut keys);
    // What the file claims is in the grammar: were the keys read wrongly, too few would be asked for.
    assert!(keys.len() >= parameters().len(), "{}", keys.len());
    let missing: Vec<&String> = keys
        .iter()
        .filter(|key| !named.contains(key.as_str()))
        .collect();
    assert!(
        missing.is_empty(),
        "keys without a symbol in {DOCUMENT}: {missing:?}"
    );
}

/// The targets of the links of a text, but those that lead elsewhere.
fn links(text: &str) -> Vec<&str> {
    let targets = text
        .split("](")
        .skip(1)
        .filter_map(|rest| rest.split(')').next());
    targets.filter(|target| !target.contains("://")).collect()
}

/// The names by which the headings of a text are pointed at.
fn anchors(text: &str) -> Vec<String> {
    let headings = text.lines().filter(|line| line.starts_with('#'));
    let name = |heading: &str| -> String {
        let words = heading.trim_start_matches('#').trim().to_lowercase();
        words
            .chars()
            .filter(|letter| letter.is_alphanumeric() || [' ', '-', '_'].contains(letter))
            .map(|letter| if letter == ' ' { '-' } else { letter })
            .collect()
    };
    headings.map(name).collect()
}

/// The pages of docs, in the order of the index.
fn pages() -> Vec<String> {
    let index = std::fs::read_to_string(file("docs/README.md")).unwrap();
    let rows: Vec<&str> = index.lines().filter(|line| line.starts_with('|')).collect();
    let rows = rows.join("\n");
    links(&rows).into_iter().map(str::to_owned).collect()
}

#[test]
fn every_page_is_in_the_index_and_ends_with_the_next() {
    let pages = pages();
    let mut there = Vec::new();
    for folder in ["docs", "docs/teaching"] {
        for entry in std::fs::read_dir(file(folder)).unwrap() {
            let name = entry.unwrap().file_name().into_string().unwrap();
            let page = format!("{folder}/{name}");
            if name.ends_with(".md") && page != "docs/README.md" {
                there.push(page.trim_start_matches("docs/").to_owned());
            }
        }
    }
    let mut listed = pages.clone();
    listed.sort();
    there.sort();
    assert_eq!(listed, there);
    for pair in pages.windows(2) {
        let path = file("docs").join(&pair[0]);
        let page = std::fs::read_to_string(&path).unwrap();
        let last = page.lines().last().unwrap();
        let next = std::fs::read_to_string(file("docs").join(&pair[1])).unwrap();
        let title = next.lines().next().unwrap().trim_start_matches("# ");
        let says = format!("Next: [{title}](");
        assert!(last.starts_with(&says), "{}: {last}", pair[0]);
        let target = path.parent().unwrap().join(links(last)[0]);
        assert_eq!(
            target.canonicalize().unwrap(),
            file("docs").join(&pair[1]).canonicalize().unwrap(),
            "{}",
            pair[0]
        );
    }
}

#[test]
fn what_the_documents_point_at_is_there() {
    let mut documents: Vec<PathBuf> = [
        "README.md",
        "docs/README.md",
        "scenarios/russia-2022/README.md",
    ]
    .map(file)
    .into();
    documents.extend(pages().iter().map(|page| file("docs").join(page)));
    let mut found = 0;
    for document in documents {
        let text = std::fs::read_to_string(&document).unwrap();
        for target in links(&text) {
            let (path, anchor) = target.split_once('#').unwrap_or((target, ""));
            let path = match path {
                "" => document.clone(),
                path => document.parent().unwrap().join(path),
            };
            assert!(path.exists(), "{}: {target}", document.display());
            if !anchor.is_empty() {
                let there = anchors(&std::fs::read_to_string(&path).unwrap());
                assert!(
                    there.iter().any(|name| name == anchor),
                    "{}: {target}",
                    document.display()
                );
            }
            found += 1;
        }
    }
    assert!(found > 100, "only {found} links were found");
}
