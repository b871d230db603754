//! Writing values as TOML.

use super::grammar::{Kind, Preset};
use super::node::{Node, Value};
use super::path;
use crate::units::{Dimension, print};

/// Whether a character, instead of being displayed, controls a terminal or the order in which other
/// characters are displayed.
pub(crate) fn hidden(character: char) -> bool {
    match character {
        '\n' | '\t' => false,
        // Bidirectional controls, which make a text read as another one.
        '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' => true,
        other => other.is_control(),
    }
}

/// Returns a value on one line.
pub(crate) fn inline(node: &Node) -> String {
    match &node.value {
        Value::Text(text) => quoted(text),
        Value::Integer(integer) => integer.to_string(),
        Value::Float(float) => float_text(*float),
        Value::Flag(flag) => flag.to_string(),
        Value::Date(date) => date.to_string(),
        Value::Unread => "...".to_owned(),
        Value::Array(items) => {
            let items: Vec<String> = items.iter().map(inline).collect();
            format!("[{}]", items.join(", "))
        }
        Value::Table(table) => {
            let entries: Vec<String> = table
                .iter()
                .map(|(name, entry)| format!("{} = {}", path::quoted(name), inline(&entry.node)))
                .collect();
            format!("{{ {} }}", entries.join(", "))
        }
    }
}

/// Returns a value on one line; for a claim, the value alone.
pub(crate) fn value(node: &Node) -> String {
    let claimed = node.table().and_then(|table| table.get("value"));
    inline(claimed.map_or(node, |entry| &entry.node))
}

/// Returns a text in quotes, escaped as TOML requires.
pub(crate) fn quoted(text: &str) -> String {
    let mut quoted = String::from("\"");
    for letter in text.chars() {
        match letter {
            '"' => quoted.push_str("\\\""),
            '\\' => quoted.push_str("\\\\"),
            '\n' => quoted.push_str("\\n"),
            '\t' => quoted.push_str("\\t"),
            '\r' => quoted.push_str("\\r"),
            control if control.is_control() => {
                quoted.push_str(&format!("\\u{:04X}", u32::from(control)));
            }
            other => quoted.push(other),
        }
    }
    quoted.push('"');
    quoted
}

/// Returns a number that TOML reads as a float, exact to the last bit.
fn float_text(float: f64) -> String {
    let text = format!("{float:?}");
    if text.contains(['.', 'e', 'n', 'i']) {
        text
    } else {
        format!("{text}.0")
    }
}

/// Returns what applies where a key is left out, as it would be written.
pub(crate) fn preset(preset: Preset, kind: Kind, currency: &str) -> String {
    match preset {
        Preset::Number(number) => match kind {
            Kind::Number(Dimension::Number, _) => number.to_string(),
            Kind::Number(dimension, _) => quoted(&print(number, dimension, currency)),
            _ => number.to_string(),
        },
        Preset::Flag(flag) => flag.to_string(),
        Preset::Word(word) => quoted(word),
        Preset::Words(words) => {
            let words: Vec<String> = words.iter().map(|word| quoted(word)).collect();
            format!("[{}]", words.join(", "))
        }
        Preset::Unlimited => match kind {
            Kind::NumberOr(_, _, word) => quoted(word),
            _ => "...".to_owned(),
        },
    }
}

/// Returns an example of what a key holds, for cures.
pub(crate) fn example(kind: Kind, currency: &str) -> String {
    let first = |text: String| {
        text.split(" or ")
            .next()
            .and_then(|text| text.split(", ").next())
            .unwrap_or_default()
            .to_owned()
    };
    match kind {
        Kind::Number(dimension, _) => first(dimension.example(currency)),
        Kind::Count => "\"1 million persons\"".to_owned(),
        Kind::NumberOr(dimension, ..) => first(dimension.example(currency)),
        Kind::Distribution(dimension, _) => match dimension {
            Dimension::Age => "{ uniform = [\"18 years\", \"60 years\"] }".to_owned(),
            Dimension::Share => "{ beta = [2.0, 5.0] }".to_owned(),
            Dimension::MoneyFlow => format!(
                "{{ lognormal = [\"800 {currency}/month\", 0.6], min = \"200 {currency}/month\", max = \"8000 {currency}/month\" }}"
            ),
            Dimension::Duration => {
                "{ lognormal = [\"90 days\", 0.6], max = \"2 years\" }".to_owned()
            }
            Dimension::Money => {
                format!("{{ lognormal = [\"900 {currency}\", 1.2], max = \"100000 {currency}\" }}")
            }
            _ => "{ uniform = [0.5, 1.5] }".to_owned(),
        },
        Kind::Flag => "true".to_owned(),
        Kind::Date => "2022-02-01".to_owned(),
        Kind::Word([]) => "\"XA\" (the code of the country)".to_owned(),
        Kind::Word([first, ..]) => quoted(first),
        Kind::Step => "\"1 week\"".to_owned(),
        Kind::Currency => "\"EUR\"".to_owned(),
        Kind::Members => "[\"DE\", \"FI\"]".to_owned(),
        Kind::Concerned => "\"...\" (the name of a segment)".to_owned(),
        Kind::Text | Kind::Label => "\"...\"".to_owned(),
        Kind::Words(_)
        | Kind::Countries
        | Kind::Documents
        | Kind::Segments
        | Kind::SegmentsOrNone
        | Kind::Files
        | Kind::Paths => "[\"...\"]".to_owned(),
        Kind::Routes => "[[\"...\"]]".to_owned(),
        Kind::RampEnd | Kind::Change => "the new value".to_owned(),
        Kind::Table
        | Kind::Position
        | Kind::Windows
        | Kind::Reference
        | Kind::NotBuilt(_)
        | Kind::Elsewhere(_) => "...".to_owned(),
    }
}
