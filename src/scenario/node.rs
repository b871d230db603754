//! What a file says before anybody asks what it means: a tree of values with their places.

use super::place::{Place, SourceText};
use super::problem::{Problem, Problems};
use crate::units::Quantity;
use std::collections::BTreeMap;
use std::sync::Arc;
use toml::de::{DeTable, DeValue};

/// A value and where it stands.
#[derive(Debug, Clone)]
pub(crate) struct Node {
    pub value: Value,
    pub place: Place,
}

/// A value as TOML knows it.
#[derive(Debug, Clone)]
pub(crate) enum Value {
    Text(String),
    Integer(i64),
    /// Not necessarily finite: the checks say so with the name of the key.
    Float(f64),
    Flag(bool),
    Date(jiff::civil::Date),
    Array(Vec<Node>),
    Table(Table),
}

/// A table, sorted by key: the order in a file never matters, and where it must be known the
/// places tell it.
pub(crate) type Table = BTreeMap<String, Entry>;

/// A key and its value.
#[derive(Debug, Clone)]
pub(crate) struct Entry {
    pub key: Place,
    pub node: Node,
}

impl Value {
    /// The name of its type for messages, with its article.
    pub fn described(&self) -> &'static str {
        match self {
            Self::Text(_) => "a text",
            Self::Integer(_) => "a whole number",
            Self::Float(_) => "a number",
            Self::Flag(_) => "true or false",
            Self::Date(_) => "a date",
            Self::Array(_) => "a list",
            Self::Table(_) => "a table",
        }
    }
}

impl Node {
    /// The table, if it is one.
    pub fn table(&self) -> Option<&Table> {
        match &self.value {
            Value::Table(table) => Some(table),
            _ => None,
        }
    }
}

/// Beyond so many syntax errors a text is not TOML at all.
const MOST_SYNTAX_PROBLEMS: usize = 100;

/// Reads a text as TOML. A syntax error is a problem; what could be read in spite of it is
/// returned, so that other problems are found in the same pass.
pub(crate) fn read(source: &Arc<SourceText>, problems: &mut Problems) -> Table {
    let (document, errors) = DeTable::parse_recoverable(&source.text);
    problems.omit(errors.len().saturating_sub(MOST_SYNTAX_PROBLEMS));
    for error in errors.iter().take(MOST_SYNTAX_PROBLEMS) {
        problems.push(syntax_problem(source, error));
    }
    let mut reader = Reader { source, problems };
    reader.table(document.get_ref())
}

fn syntax_problem(source: &Arc<SourceText>, error: &toml::de::Error) -> Problem {
    let message = error.message();
    let place = Place::new(source, error.span().unwrap_or(0..0));
    let found = &source.text[place.start..place.end];
    if message == "duplicate key" {
        return Problem::error(format!("two things are called `{found}`"))
            .at(&place)
            .label("given before in the same table")
            .cure("keep one of them, or give one another name");
    }
    let unquoted = found.starts_with(|letter: char| letter.is_alphabetic());
    if unquoted && message.starts_with("invalid boolean") {
        return Problem::error("this is not TOML: a text without quotes")
            .at(&place)
            .expected("a text in quotes, or true or false")
            .cure(format!("write {}", super::text::quoted(found)));
    }
    Problem::error(format!("this is not TOML: {message}"))
        .at(&place)
        .expected("key = value, with texts and quantities in quotes and tables in [brackets]")
        .cure(cure_of_syntax(source, &place))
}

/// What probably cures a syntax error, by the line it stands on.
fn cure_of_syntax(source: &SourceText, place: &Place) -> String {
    let begin = source.text[..place.start]
        .rfind('\n')
        .map_or(0, |at| at + 1);
    let line = source.text[begin..]
        .lines()
        .next()
        .unwrap_or_default()
        .trim();
    let value = line.split_once('=').map_or("", |(_, value)| value.trim());
    let is_quantity = value.starts_with(|letter: char| letter.is_ascii_digit())
        && !value.contains('"')
        && Quantity::read(value).is_ok();
    if line.ends_with('=') {
        "write a value after =".to_owned()
    } else if is_quantity {
        format!("put the quantity in quotes: {}", super::text::quoted(value))
    } else if line.starts_with('[') && !line.contains(['=', ']']) {
        format!("close the brackets: {line}]")
    } else if line.contains(['\u{201c}', '\u{201d}', '\u{201e}']) {
        "write straight quotes, \" and \"".to_owned()
    } else if value.matches('"').count() == 1 {
        "close the quotes".to_owned()
    } else if line.contains(':') && !line.contains('=') {
        "write = in place of the colon".to_owned()
    } else {
        "correct the line; toml.io shows the syntax".to_owned()
    }
}

struct Reader<'a> {
    source: &'a Arc<SourceText>,
    problems: &'a mut Problems,
}

impl Reader<'_> {
    fn table(&mut self, table: &DeTable<'_>) -> Table {
        let mut entries = Table::new();
        for (key, value) in table {
            let node = match value.get_ref() {
                DeValue::Table(inner) => Some(Node {
                    value: Value::Table(self.table(inner)),
                    place: Place::new(self.source, value.span()),
                }),
                other => self.value(other, value.span()),
            };
            if let Some(node) = node {
                let key_place = Place::new(self.source, key.span());
                let name = key.get_ref().to_string();
                entries.insert(
                    name,
                    Entry {
                        key: key_place,
                        node,
                    },
                );
            }
        }
        entries
    }

    fn value(&mut self, value: &DeValue<'_>, span: std::ops::Range<usize>) -> Option<Node> {
        let place = Place::new(self.source, span);
        let value = match value {
            DeValue::String(text) => Value::Text(text.to_string()),
            DeValue::Boolean(flag) => Value::Flag(*flag),
            DeValue::Integer(integer) => {
                match i64::from_str_radix(integer.as_str(), integer.radix()) {
                    Ok(integer) => Value::Integer(integer),
                    Err(_) => {
                        self.problems.push(
                            Problem::error("this number is too large to hold")
                                .at(&place)
                                .expected("at most 9223372036854775807")
                                .cure("write a smaller number"),
                        );
                        return None;
                    }
                }
            }
            DeValue::Float(float) => Value::Float(float.as_str().parse().unwrap_or(f64::NAN)),
            DeValue::Datetime(datetime) => Value::Date(self.date(datetime, &place)?),
            DeValue::Array(items) => Value::Array(
                items
                    .iter()
                    .filter_map(|item| self.value(item.get_ref(), item.span()))
                    .collect(),
            ),
            DeValue::Table(table) => Value::Table(self.table(table)),
        };
        Some(Node { value, place })
    }

    fn date(
        &mut self,
        datetime: &toml::value::Datetime,
        place: &Place,
    ) -> Option<jiff::civil::Date> {
        let date = match (datetime.date, datetime.time) {
            (Some(date), None) => i16::try_from(date.year)
                .ok()
                .zip(i8::try_from(date.month).ok())
                .zip(i8::try_from(date.day).ok())
                .and_then(|((year, month), day)| jiff::civil::Date::new(year, month, day).ok()),
            // The time of day is refused below; a date that could not be read was reported as a
            // syntax error.
            (Some(_) | None, Some(_)) => None,
            (None, None) => return None,
        };
        if date.is_none() {
            self.problems.push(
                Problem::error("this is not a day of the calendar")
                    .at(place)
                    .expected("a date without a time of day")
                    .cure("write it as 2022-09-30, without quotes"),
            );
        }
        date
    }
}
