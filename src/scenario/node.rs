//! What a file says before it is interpreted: a tree of values with their places.

use super::place::{Place, SourceText};
use super::problem::{Problem, Problems};
use super::syntax;
use super::text::hidden;
use std::collections::BTreeMap;
use std::sync::Arc;
use toml::de::{DeTable, DeValue};

/// A value and its place.
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
    /// Not necessarily finite: the checks report it with the name of the key.
    Float(f64),
    Flag(bool),
    Date(jiff::civil::Date),
    Array(Vec<Node>),
    /// Shared by all trees that it is part of until one of them changes it: files that many others
    /// extend, and variants of a scenario, are mostly alike.
    Table(Arc<Table>),
    /// A value that is there but could not be read, which was reported.
    Unread,
}

/// A table, sorted by key: the order in a file never matters, and where it must be known, the
/// places give it.
pub(crate) type Table = BTreeMap<String, Entry>;

/// A key and its value.
#[derive(Debug, Clone)]
pub(crate) struct Entry {
    pub key: Place,
    pub node: Node,
}

impl Value {
    /// Returns the name of its type for messages, with its article.
    pub fn described(&self) -> &'static str {
        match self {
            Self::Text(_) => "text",
            Self::Integer(_) => "a whole number",
            Self::Float(_) => "a number",
            Self::Flag(_) => "true or false",
            Self::Date(_) => "a date",
            Self::Array(_) => "a list",
            Self::Table(_) => "a table",
            Self::Unread => "unreadable",
        }
    }
}

impl Node {
    /// Returns the table, if it is one.
    pub fn table(&self) -> Option<&Table> {
        match &self.value {
            Value::Table(table) => Some(table),
            _ => None,
        }
    }
}

/// What could be read of a text.
pub(crate) struct Reading {
    pub table: Table,
    /// Whether a syntax error may have hidden more than the value that it is in.
    pub incomplete: bool,
}

/// Reads a text as TOML.
///
/// A syntax error is a problem; what could be read in spite of it is returned, so that other
/// problems are found in the same pass.
pub(crate) fn read(source: &Arc<SourceText>, problems: &mut Problems) -> Reading {
    let (document, errors) = DeTable::parse_recoverable(&source.text);
    syntax::explain(source, &errors, problems);
    let mut reader = Reader {
        source,
        errors: &errors,
        problems,
    };
    Reading {
        table: reader.table(document.get_ref()),
        incomplete: errors
            .iter()
            .any(|error| !syntax::stays_in_value(source, error)),
    }
}

struct Reader<'a> {
    source: &'a Arc<SourceText>,
    errors: &'a [toml::de::Error],
    problems: &'a mut Problems,
}

impl Reader<'_> {
    fn table(&mut self, table: &DeTable<'_>) -> Table {
        table
            .iter()
            .map(|(key, value)| {
                let place = Place::new(self.source, key.span());
                if let Some(problem) = unshown(key.get_ref()) {
                    self.problems.push(problem.at(&place));
                }
                let entry = Entry {
                    key: place,
                    node: self.value(value.get_ref(), value.span()),
                };
                (key.get_ref().to_string(), entry)
            })
            .collect()
    }

    fn value(&mut self, value: &DeValue<'_>, span: std::ops::Range<usize>) -> Node {
        let place = Place::new(self.source, span);
        let value = match value {
            DeValue::String(text) => match unshown(text) {
                None => Value::Text(text.to_string()),
                Some(problem) => self.unread(&place, problem),
            },
            DeValue::Boolean(flag) => Value::Flag(*flag),
            DeValue::Integer(integer) => {
                match i64::from_str_radix(integer.as_str(), integer.radix()) {
                    Ok(integer) => Value::Integer(integer),
                    Err(_) => self.unread(
                        &place,
                        Problem::error("this number is too large to hold")
                            .expected("at most 9223372036854775807")
                            .cure("write a smaller number"),
                    ),
                }
            }
            DeValue::Float(float) => Value::Float(float.as_str().parse().unwrap_or(f64::NAN)),
            DeValue::Datetime(datetime) => match date(datetime) {
                Some(date) => Value::Date(date),
                None => self.unread(
                    &place,
                    Problem::error("this is not a day of the calendar")
                        .expected("a date without a time of day")
                        .cure("write it as 2022-09-30, without quotes"),
                ),
            },
            DeValue::Array(items) => Value::Array(
                items
                    .iter()
                    .map(|item| self.value(item.get_ref(), item.span()))
                    .collect(),
            ),
            DeValue::Table(table) => Value::Table(Arc::new(self.table(table))),
        };
        Node { value, place }
    }

    /// Reports a value that cannot be read, unless a syntax error there was already reported.
    fn unread(&mut self, place: &Place, problem: Problem) -> Value {
        let is_explained = self
            .errors
            .iter()
            .filter_map(toml::de::Error::span)
            .any(|span| span.start <= place.end && place.start <= span.end);
        if !is_explained {
            self.problems.push(problem.at(place));
        }
        Value::Unread
    }
}

/// Returns what is wrong with a text that a terminal would obey or display in another order, if
/// anything.
fn unshown(text: &str) -> Option<Problem> {
    let character = text.chars().find(|character| hidden(*character))?;
    // A Windows line ending.
    if character == '\r' && !text.replace("\r\n", "\n").contains(hidden) {
        return None;
    }
    let number = u32::from(character);
    Some(
        Problem::error(format!(
            "this text holds an invisible character: U+{number:04X}"
        ))
        .expected("letters, digits, punctuation and spaces")
        .cure("take the character out; retyping the text does that"),
    )
}

/// Returns the date of a TOML date; `None` if it has a time of day.
fn date(datetime: &toml::value::Datetime) -> Option<jiff::civil::Date> {
    let date = datetime.date.filter(|_| datetime.time.is_none())?;
    let year = i16::try_from(date.year).ok()?;
    let month = i8::try_from(date.month).ok()?;
    let day = i8::try_from(date.day).ok()?;
    jiff::civil::Date::new(year, month, day).ok()
}
