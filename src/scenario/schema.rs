//! `schema`: the language as a JSON Schema, for editors that complete and check as one types.

use super::grammar::{Branch, Child, GRAMMAR, Key, Kind, Presence, Slot};
use super::meaning::Basis;
use super::text;
use crate::units::Dimension;

/// Returns the JSON Schema of a kind of file; the only kind is `scenario`, `None` for others.
///
/// The schema covers keys, types and words. Ranges of quantities with units, references between
/// names and all other rules are covered by `check` alone.
pub fn schema(kind: &str) -> Option<String> {
    if kind != "scenario" {
        return None;
    }
    let Json::Object(mut members) = table(&GRAMMAR) else {
        return None;
    };
    let mut head = vec![
        (
            "$schema".to_owned(),
            Json::text("https://json-schema.org/draft/2020-12/schema"),
        ),
        ("title".to_owned(), Json::text("Exeunt scenario")),
    ];
    head.append(&mut members);
    head.push(("$defs".to_owned(), definitions()));
    let mut written = String::new();
    Json::Object(head).write(&mut written, 0);
    written.push('\n');
    Some(written)
}

/// A JSON value that keeps the order of its members.
enum Json {
    Text(String),
    Number(f64),
    Flag(bool),
    List(Vec<Json>),
    Object(Vec<(String, Json)>),
}

impl Json {
    fn text(text: &str) -> Self {
        Self::Text(text.to_owned())
    }

    fn object(members: Vec<(&str, Json)>) -> Self {
        let members = members
            .into_iter()
            .map(|(name, value)| (name.to_owned(), value))
            .collect();
        Self::Object(members)
    }

    fn texts(texts: &[&str]) -> Self {
        Self::List(texts.iter().map(|text| Self::text(text)).collect())
    }

    fn write(&self, written: &mut String, depth: usize) {
        let newline = |written: &mut String, depth: usize| {
            written.push('\n');
            written.push_str(&"  ".repeat(depth));
        };
        match self {
            // A TOML string without control characters is also a JSON string.
            Self::Text(text) => written.push_str(&text::quoted(text)),
            Self::Number(number) => written.push_str(&number.to_string()),
            Self::Flag(flag) => written.push_str(&flag.to_string()),
            Self::List(items) => {
                written.push('[');
                for (index, item) in items.iter().enumerate() {
                    if index > 0 {
                        written.push_str(", ");
                    }
                    item.write(written, depth);
                }
                written.push(']');
            }
            Self::Object(members) => {
                written.push('{');
                for (index, (name, value)) in members.iter().enumerate() {
                    if index > 0 {
                        written.push(',');
                    }
                    newline(written, depth + 1);
                    written.push_str(&text::quoted(name));
                    written.push_str(": ");
                    value.write(written, depth + 1);
                }
                if !members.is_empty() {
                    newline(written, depth);
                }
                written.push('}');
            }
        }
    }
}

/// The schema of a table: its fixed keys, and a pattern for names.
///
/// Nothing is required, because a part of a scenario may leave anything to the files that extend
/// it.
fn table(branch: &Branch) -> Json {
    let mut members = Vec::new();
    if let Some(key) = branch.key {
        members.push(("description", Json::text(key.doc)));
    }
    members.push(("type", Json::text("object")));
    let properties: Vec<(String, Json)> = branch
        .words
        .iter()
        .filter(|(_, child)| !is_refused(child))
        .map(|(word, child)| ((*word).to_owned(), of_child(child)))
        .collect();
    if !properties.is_empty() {
        members.push(("properties", Json::Object(properties)));
    }
    if let Some((slot, child)) = &branch.slot {
        let pattern = pattern(*slot).to_owned();
        members.push((
            "patternProperties",
            Json::Object(vec![(pattern, of_child(child))]),
        ));
    }
    members.push(("additionalProperties", Json::Flag(false)));
    Json::object(members)
}

fn is_refused(child: &Child) -> bool {
    matches!(child, Child::Leaf(key) if key.kind.is_refused())
}

fn of_child(child: &Child) -> Json {
    match child {
        Child::Leaf(key) => value(key),
        Child::Branch(branch) => table(branch),
    }
}

fn pattern(slot: Slot) -> &'static str {
    match slot {
        Slot::Code | Slot::Origin => "^[A-Z]{2}$",
        Slot::Place => "^([A-Z]{2}|[a-z0-9][a-z0-9-]*)$",
        Slot::Path => "^(country|document|border)\\.",
        Slot::Group
        | Slot::Document
        | Slot::Segment
        | Slot::Channel
        | Slot::Exit
        | Slot::Border
        | Slot::Passed
        | Slot::Event
        | Slot::Held
        | Slot::Concerned => "^[a-z0-9][a-z0-9-]*$",
    }
}

/// The schema of a value, with what it means and its preset.
fn value(key: &'static Key) -> Json {
    let mut members = vec![("description".to_owned(), Json::text(&description(key)))];
    let Json::Object(mut of_kind) = kind(key.kind) else {
        return Json::Object(members);
    };
    members.append(&mut of_kind);
    Json::Object(members)
}

fn description(key: &Key) -> String {
    let mut description = key.doc.to_owned();
    if let Presence::Required = key.presence {
        description.push_str(" Required.");
    }
    if let Presence::Otherwise(preset) = key.presence {
        let preset = text::preset(preset, key.kind, "EUR");
        description.push_str(&format!(" Default: {preset}."));
    }
    if key.field.is_some() {
        description.push_str(" Events can change it.");
    }
    description
}

fn kind(kind: Kind) -> Json {
    let of_type = |name: &str| Json::object(vec![("type", Json::text(name))]);
    let list_of = |items: Json| Json::object(vec![("type", Json::text("array")), ("items", items)]);
    match kind {
        Kind::Text | Kind::Label | Kind::Step => of_type("string"),
        Kind::Currency => Json::object(vec![
            ("type", Json::text("string")),
            ("pattern", Json::text("^[A-Z]{3}$")),
        ]),
        Kind::Flag => of_type("boolean"),
        Kind::Date => Json::object(vec![("format", Json::text("date"))]),
        Kind::Word([]) => Json::object(vec![("pattern", Json::text("^[A-Z]{2}$"))]),
        Kind::Word(words) => Json::object(vec![("enum", Json::texts(words))]),
        Kind::Words(words) => list_of(Json::object(vec![("enum", Json::texts(words))])),
        Kind::Number(dimension, bounds) => {
            let mut members = vec![reference(dimension)];
            if dimension == Dimension::Number {
                members.push((bound(bounds.low_included), Json::Number(bounds.low)));
                members.push(("maximum", Json::Number(bounds.high)));
            }
            Json::object(members)
        }
        Kind::Count => Json::object(vec![reference(Dimension::Persons)]),
        Kind::NumberOr(dimension, _, word) => {
            let of_number = Json::object(vec![reference(dimension)]);
            let of_word = Json::object(vec![("const", Json::text(word))]);
            Json::object(vec![("anyOf", Json::List(vec![of_number, of_word]))])
        }
        Kind::Distribution(..) => Json::object(vec![("$ref", Json::text("#/$defs/distribution"))]),
        Kind::Countries
        | Kind::Members
        | Kind::Documents
        | Kind::Segments
        | Kind::SegmentsOrNone
        | Kind::Files
        | Kind::Paths => list_of(of_type("string")),
        Kind::Routes => list_of(list_of(of_type("string"))),
        Kind::Position => list_of(of_type("number")),
        Kind::Windows => list_of(of_type("object")),
        Kind::Concerned => {
            Json::object(vec![("type", Json::texts(&["string", "array", "object"]))])
        }
        Kind::Reference => Json::object(vec![("type", Json::texts(&["string", "object"]))]),
        // Takes the kind of whatever the path names, which a schema cannot follow.
        Kind::Change | Kind::RampEnd | Kind::Table | Kind::NotBuilt(_) | Kind::Elsewhere(_) => {
            Json::object(Vec::new())
        }
    }
}

fn bound(included: bool) -> &'static str {
    if included {
        "minimum"
    } else {
        "exclusiveMinimum"
    }
}

const DIMENSIONS: [(Dimension, &str); 10] = [
    (Dimension::Number, "number"),
    (Dimension::Share, "share"),
    (Dimension::Duration, "duration"),
    (Dimension::Age, "age"),
    (Dimension::Rate, "rate"),
    (Dimension::Money, "money"),
    (Dimension::MoneyFlow, "money_per_time"),
    (Dimension::Distance, "distance"),
    (Dimension::Persons, "persons"),
    (Dimension::PersonFlow, "persons_per_time"),
];

fn reference(dimension: Dimension) -> (&'static str, Json) {
    let name = DIMENSIONS
        .iter()
        .find(|(other, _)| *other == dimension)
        .map_or("number", |(_, name)| name);
    ("$ref", Json::Text(format!("#/$defs/{name}")))
}

fn definitions() -> Json {
    let mut definitions: Vec<(String, Json)> = DIMENSIONS
        .iter()
        .map(|(dimension, name)| {
            let plain = if dimension.may_be_bare() {
                Json::texts(&["number", "string"])
            } else {
                Json::texts(&["string"])
            };
            let plain = Json::object(vec![("type", plain)]);
            let quantity = format!("#/$defs/{name}/anyOf/0");
            let description = format!(
                "{}, such as {}; or a claim.",
                dimension.described(),
                dimension.example("EUR")
            );
            let definition = Json::object(vec![
                ("description", Json::text(&description)),
                ("anyOf", Json::List(vec![plain, claim(&quantity)])),
            ]);
            ((*name).to_owned(), definition)
        })
        .collect();
    definitions.push(("distribution".to_owned(), distribution()));
    Json::Object(definitions)
}

fn claim(quantity: &str) -> Json {
    let quantity = || Json::object(vec![("$ref", Json::text(quantity))]);
    Json::object(vec![
        ("type", Json::text("object")),
        (
            "properties",
            Json::object(vec![
                ("value", quantity()),
                (
                    "range",
                    Json::object(vec![
                        ("type", Json::text("array")),
                        ("items", quantity()),
                        ("minItems", Json::Number(2.0)),
                        ("maxItems", Json::Number(2.0)),
                    ]),
                ),
                (
                    "basis",
                    Json::object(vec![("enum", Json::texts(&Basis::WORDS))]),
                ),
                ("source", Json::object(vec![("type", Json::text("string"))])),
            ]),
        ),
        ("required", Json::texts(&["value", "basis"])),
        ("additionalProperties", Json::Flag(false)),
    ])
}

fn distribution() -> Json {
    let pair = || {
        Json::object(vec![
            ("type", Json::text("array")),
            ("minItems", Json::Number(2.0)),
            ("maxItems", Json::Number(2.0)),
        ])
    };
    let plain = || Json::object(vec![("type", Json::texts(&["number", "string"]))]);
    Json::object(vec![
        (
            "description",
            Json::text(
                "A quantity, { uniform = [low, high] }, { beta = [shape, shape] }, { lognormal = [median, sd of the logarithm], min = .., max = .. } or { mixture = [..] }.",
            ),
        ),
        ("type", Json::texts(&["number", "string", "object"])),
        (
            "properties",
            Json::object(vec![
                ("uniform", pair()),
                ("beta", pair()),
                ("lognormal", pair()),
                ("min", plain()),
                ("max", plain()),
                (
                    "mixture",
                    Json::object(vec![
                        ("type", Json::text("array")),
                        ("items", Json::object(vec![("type", Json::text("object"))])),
                    ]),
                ),
                ("value", plain()),
                ("range", pair()),
                (
                    "basis",
                    Json::object(vec![("enum", Json::texts(&Basis::WORDS))]),
                ),
                ("source", Json::object(vec![("type", Json::text("string"))])),
            ]),
        ),
        ("additionalProperties", Json::Flag(false)),
    ])
}
