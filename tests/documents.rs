//! What the documents repeat of the files is never stale: the table of parameters in `docs/model.md` is
//! that of `scenarios/behaviour.toml`.
//!
//!     EXEUNT_UPDATE_DOCUMENTS=1 cargo test --test documents     writes it anew

use exeunt::scenario::{Parameter, Source};
use std::fmt::Write as _;
use std::path::Path;

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
