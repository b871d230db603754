//! Syntax errors of TOML, explained to a person who knows what a scenario is but perhaps not TOML.

use super::place::{Place, SourceText};
use super::problem::{Problem, Problems};
use super::text;
use crate::units::Quantity;
use std::sync::Arc;
use toml::de::Error;

/// A text with more syntax errors than this is not TOML at all.
const MOST_PROBLEMS: usize = 100;
/// The number of errors shown for such a text: nobody is going to fix them one by one.
const OF_OTHER_TEXT: usize = 3;

/// Reports syntax errors. Of a text that is not TOML at all, the first few are shown and the others
/// counted.
pub(crate) fn explain(source: &Arc<SourceText>, errors: &[Error], problems: &mut Problems) {
    let shown = match errors.len() {
        count @ ..=MOST_PROBLEMS => count,
        _ => OF_OTHER_TEXT,
    };
    problems.omit(errors.len() - shown);
    for error in errors.iter().take(shown) {
        problems.push(problem(source, error));
    }
    if shown < errors.len() {
        problems.push(
            Problem::error(format!(
                "{} has {} syntax errors: it may be another kind of file",
                source.name,
                errors.len()
            ))
            .expected("a scenario or a plan, in TOML")
            .cure("give the path of one, such as scenarios/russia-2022/as-it-was.toml"),
        );
    }
}

/// Whether an error is confined to one value, so that what surrounds it was read as intended.
pub(crate) fn stays_in_value(source: &Arc<SourceText>, error: &Error) -> bool {
    let message = error.message();
    if message == "duplicate key" {
        return true;
    }
    let concerns_more = ["key", "array", "table", "multi-line", "recurs"]
        .iter()
        .any(|word| message.contains(word));
    let place = place(source, error);
    let line = line(source, &place);
    let balanced = |open: char, close: char| {
        line.text.matches(open).count() == line.text.matches(close).count()
    };
    !concerns_more
        && line
            .text
            .get(..line.at)
            .is_some_and(|before| before.contains('='))
        && balanced('[', ']')
        && balanced('{', '}')
        && !line.text.contains("\"\"\"")
        && !line.text.contains("'''")
}

fn place(source: &Arc<SourceText>, error: &Error) -> Place {
    Place::new(source, error.span().unwrap_or(0..0))
}

fn problem(source: &Arc<SourceText>, error: &Error) -> Problem {
    let message = error.message();
    let place = place(source, error);
    let found = &source.text[place.start..place.end];
    if message == "duplicate key" {
        return Problem::error(format!("two things are called `{found}`"))
            .at(&place)
            .label("already given in the same table")
            .cure("keep one of them, or give one another name");
    }
    let unquoted = found.starts_with(|letter: char| letter.is_alphabetic());
    if unquoted && message.starts_with("invalid boolean") {
        return Problem::error("this is not TOML: text without quotes")
            .at(&place)
            .expected("text in quotes, or true or false")
            .cure(format!("write {}", text::quoted(found)));
    }
    Problem::error(format!("this is not TOML: {message}"))
        .at(&place)
        .expected("key = value, with text and quantities in quotes and tables in [brackets]")
        .cure(cure(line(source, &place).text, message))
}

/// Returns what probably cures an error on a line.
fn cure(line: &str, message: &str) -> String {
    let value = line.split_once('=').map_or("", |(_, value)| value.trim());
    let is_quantity = value.starts_with(|letter: char| letter.is_ascii_digit())
        && !value.contains('"')
        && Quantity::read(value).is_ok();
    if line.ends_with('=') {
        "write a value after =".to_owned()
    } else if is_quantity {
        format!("put the quantity in quotes: {}", text::quoted(value))
    } else if line.starts_with('[') && !line.contains(['=', ']']) {
        format!("close the brackets: {line}]")
    } else if line.contains(['\u{201c}', '\u{201d}', '\u{201e}']) {
        "write straight quotes, \" and \"".to_owned()
    } else if value.matches('"').count() == 1 {
        "close the quotes".to_owned()
    } else if line.contains(':') && !line.contains('=') {
        "write = in place of the colon".to_owned()
    } else if message.starts_with("invalid date") {
        "write a day of the calendar, such as 2022-09-30".to_owned()
    } else {
        "correct the line; toml.io shows the syntax".to_owned()
    }
}

/// A line without surrounding blanks, and where on it an error is.
struct Line<'a> {
    text: &'a str,
    at: usize,
}

/// Returns the line of a place, cut to a readable length around it.
fn line<'a>(source: &'a SourceText, place: &Place) -> Line<'a> {
    const LONGEST: usize = 400;
    let earliest = boundary(&source.text, place.start.saturating_sub(LONGEST));
    let latest = boundary(&source.text, (place.start + LONGEST).min(source.text.len()));
    let before = &source.text[earliest..place.start];
    let begin = before.rfind('\n').map_or(earliest, |at| earliest + at + 1);
    let after = &source.text[place.start..latest];
    let end = after.find('\n').map_or(latest, |at| place.start + at);
    let text = &source.text[begin..end];
    let blanks = text.len() - text.trim_start().len();
    Line {
        text: text.trim(),
        at: (place.start - begin).saturating_sub(blanks),
    }
}

/// Returns the nearest character boundary at or after an index.
pub(crate) fn boundary(text: &str, mut index: usize) -> usize {
    while index < text.len() && !text.is_char_boundary(index) {
        index += 1;
    }
    index.min(text.len())
}
