//! Texts, flags, words, dates, positions and lists of names.

use super::Checker;
use crate::scenario::grammar::Slot;
use crate::scenario::meaning::Meaning;
use crate::scenario::node::{Node, Value};
use crate::scenario::path;
use crate::scenario::place::Place;
use crate::scenario::problem::Problem;
use jiff::civil::Date;

/// Words that are not misspellings: what they mean is expressed in another way, which is given
/// here.
const SAID_OTHERWISE: [(&str, &str); 4] = [
    (
        "with a lag",
        "take `known` out: without it, beliefs lag as behaviour.belief says",
    ),
    ("lottery", BY_LOT),
    ("by lot", BY_LOT),
    ("random", BY_LOT),
];
const BY_LOT: &str = "write \"first come\"; the nearest to a lottery is a channel without a quota, with `permission = true` \
     and `grant`, the share of applicants who win";

impl Checker<'_> {
    pub(super) fn text(&mut self, path: &str, node: &Node) -> Option<String> {
        match &node.value {
            Value::Text(text) => Some(text.clone()),
            _ => {
                self.wrong_type(path, node, "text in quotes", "put it in quotes".to_owned());
                None
            }
        }
    }

    /// Reads the name of the scenario, which appears in tables and file names.
    pub(super) fn label(&mut self, path: &str, node: &Node) -> Option<Meaning> {
        let text = self.text(path, node)?;
        if path::is_label(&text) {
            return Some(Meaning::Text(text));
        }
        let cure = path::to_kebab(&text).map_or_else(
            || "write a name such as \"as-it-was\"".to_owned(),
            |kebab| format!("write \"{kebab}\""),
        );
        self.report(
            Problem::error(format!("`{path}` is not a valid name"))
                .at(&node.place)
                .expected(
                    "letters, digits, hyphens, underscores and points, not beginning with a hyphen or point: at most 64, and at most \
                     192 bytes (a letter beyond a to z takes 2 to 4)",
                )
                .cure(cure),
        );
        None
    }

    pub(super) fn currency(&mut self, path: &str, node: &Node) -> Option<Meaning> {
        let text = self.text(path, node)?;
        if is_currency(&text) {
            return Some(Meaning::Text(text));
        }
        self.report(
            Problem::error("this is not a currency code")
                .at(&node.place)
                .expected("three capital letters, such as EUR")
                .cure("write currency = \"EUR\" or another ISO 4217 code"),
        );
        None
    }

    pub(super) fn flag(&mut self, path: &str, node: &Node) -> Option<Meaning> {
        match &node.value {
            Value::Flag(flag) => Some(Meaning::Flag(*flag)),
            _ => {
                self.wrong_type(
                    path,
                    node,
                    "true or false",
                    "write true or false, without quotes".to_owned(),
                );
                None
            }
        }
    }

    pub(super) fn date(&mut self, path: &str, node: &Node) -> Option<Date> {
        const YEARS: std::ops::RangeInclusive<i16> = 1900..=2200;
        match &node.value {
            Value::Date(date) if YEARS.contains(&date.year()) => Some(*date),
            Value::Date(date) => {
                self.report(
                    Problem::error(format!("`{path}` is in the year {}", date.year()))
                        .at(&node.place)
                        .expected("a day from the years 1900 to 2200")
                        .cure("correct the year"),
                );
                None
            }
            Value::Text(text) => {
                let cure = match text.trim().parse::<Date>() {
                    Ok(date) => format!("write {date} without quotes"),
                    Err(_) => "write a day that exists as year-month-day, 2022-09-30; in a file, without quotes".to_owned(),
                };
                self.wrong_type(path, node, "a date such as 2022-09-30", cure);
                None
            }
            _ => {
                self.wrong_type(
                    path,
                    node,
                    "a date such as 2022-09-30",
                    "write a date as 2022-09-30, without quotes".to_owned(),
                );
                None
            }
        }
    }

    /// Reads one of some words; if the grammar names none, the code of a country.
    pub(super) fn word(&mut self, path: &str, node: &Node, words: &[&str]) -> Option<Meaning> {
        let Value::Text(text) = &node.value else {
            let expected = expected_words(words);
            self.wrong_type(path, node, &expected, "put it in quotes".to_owned());
            return None;
        };
        if words.is_empty() {
            self.reference(text, &node.place, Slot::Origin)?;
            return Some(Meaning::Word(text.clone()));
        }
        self.one_word(path, text, &node.place, words)?;
        Some(Meaning::Word(text.clone()))
    }

    fn one_word(&mut self, path: &str, text: &str, place: &Place, words: &[&str]) -> Option<()> {
        if words.contains(&text) {
            return Some(());
        }
        let nearest = path::nearest(text, words.iter().copied());
        let otherwise = SAID_OTHERWISE.iter().find(|(word, _)| *word == text);
        let cure = match (otherwise, &nearest) {
            (Some((_, cure)), _) => (*cure).to_owned(),
            (None, Some(near)) => format!("write \"{near}\""),
            (None, None) => format!("write {}", expected_words(words)),
        };
        let problem = Problem::error(format!("`{path}` cannot be \"{text}\""))
            .nearest(nearest)
            .cure(cure);
        self.report(problem.at(place).expected(expected_words(words)));
        None
    }

    pub(super) fn words(&mut self, path: &str, node: &Node, words: &[&str]) -> Option<Meaning> {
        let items = self.texts(path, node, &format!("a list of {}", expected_words(words)))?;
        let mut all_known = true;
        for (text, place) in &items {
            all_known &= self.one_word(path, text, place, words).is_some();
        }
        all_known.then_some(Meaning::Names(items))
    }

    /// Reads a list of names of things defined elsewhere, which must not be empty.
    pub(super) fn references(&mut self, path: &str, node: &Node, slot: Slot) -> Option<Meaning> {
        self.names(path, node, slot, false)
    }

    /// Reads a list of names of things defined elsewhere.
    pub(super) fn names(
        &mut self,
        path: &str,
        node: &Node,
        slot: Slot,
        may_be_empty: bool,
    ) -> Option<Meaning> {
        let described = slot.described();
        let noun = described
            .split_once(' ')
            .map_or(described, |(_, noun)| noun);
        let items = self.texts(path, node, &format!("a list of names, each of a {noun}"))?;
        // Needing no document is a rule, and so is barring nobody. Concerning nobody is a mistake
        // that would silently give zero.
        if items.is_empty() && !may_be_empty {
            self.report(
                Problem::error(format!("`{path}` is empty"))
                    .at(&node.place)
                    .expected(format!("the name of at least one {noun}"))
                    .cure("write a name; take the key out if it is optional, or close a channel with open = false"),
            );
            return None;
        }
        let mut all_known = true;
        for (text, place) in &items {
            all_known &= self.reference(text, place, slot).is_some();
        }
        all_known.then_some(Meaning::Names(items))
    }

    /// Reads routes, each a list of borders.
    pub(super) fn routes(&mut self, path: &str, node: &Node) -> Option<Meaning> {
        const EXPECTED: &str =
            "a list of routes, each a list of borders: [[\"upper-lars\"], [\"narva\", \"ikla\"]]";
        let Value::Array(items) = &node.value else {
            let cure = match &node.value {
                Value::Text(text) => format!("write [[\"{text}\"]]"),
                _ => "write the borders of each route in brackets, and brackets around all"
                    .to_owned(),
            };
            self.wrong_type(path, node, EXPECTED, cure);
            return None;
        };
        if items.is_empty() {
            self.report(
                Problem::error(format!("`{path}` is empty"))
                    .at(&node.place)
                    .expected("at least one route; without the key, journeys are direct")
                    .cure("name the borders of a route, or take the key out"),
            );
            return None;
        }
        let mut ways = Vec::new();
        let mut all_good = true;
        for item in items {
            if let Value::Text(_) = &item.value {
                let borders: Vec<String> =
                    items.iter().map(crate::scenario::text::inline).collect();
                self.wrong_type(
                    path,
                    item,
                    EXPECTED,
                    format!(
                        "write [[{}]] for one route across them in this order",
                        borders.join(", ")
                    ),
                );
                return None;
            }
            match self.references(path, item, Slot::Passed) {
                Some(Meaning::Names(names)) => ways.push(names),
                _ => all_good = false,
            }
        }
        all_good.then_some(Meaning::Routes(ways))
    }

    /// Checks the name of a thing defined elsewhere.
    pub(super) fn reference(&mut self, name: &str, place: &Place, slot: Slot) -> Option<()> {
        if !self.whole {
            return Some(());
        }
        let candidates: Vec<String> = self
            .names
            .candidates(slot)
            .unwrap_or_default()
            .into_iter()
            .map(str::to_owned)
            .collect();
        if candidates.iter().any(|candidate| candidate == name) {
            return Some(());
        }
        self.unknown_name(slot, name, place, &candidates);
        None
    }

    /// Returns the texts of a list with their places. A name that is given twice is a problem.
    pub(super) fn texts(
        &mut self,
        path: &str,
        node: &Node,
        expected: &str,
    ) -> Option<Vec<(String, Place)>> {
        let Value::Array(items) = &node.value else {
            let cure = match &node.value {
                Value::Text(text) => format!("write [\"{text}\"]"),
                _ => "write a list in brackets, each item in quotes".to_owned(),
            };
            self.wrong_type(path, node, expected, cure);
            return None;
        };
        let mut texts: Vec<(String, Place)> = Vec::new();
        let mut seen = std::collections::BTreeSet::new();
        let mut all_good = true;
        for item in items {
            let Value::Text(text) = &item.value else {
                self.wrong_type(path, item, expected, "put it in quotes".to_owned());
                all_good = false;
                continue;
            };
            if !seen.insert(text) {
                self.report(
                    Problem::error(format!("`{text}` is listed twice in `{path}`"))
                        .at(&item.place)
                        .expected("each name once")
                        .cure("take one of the two out"),
                );
                all_good = false;
            }
            texts.push((text.clone(), item.place.clone()));
        }
        all_good.then_some(texts)
    }

    pub(super) fn position(&mut self, path: &str, node: &Node) -> Option<Meaning> {
        const EXPECTED: &str = "latitude from -90 to 90 and longitude from -180 to 180, in degrees";
        let degrees = |node: &Node| match node.value {
            Value::Integer(integer) => Some(integer as f64),
            Value::Float(float) => Some(float),
            _ => None,
        };
        if let Value::Array(items) = &node.value
            && let [latitude, longitude] = items.as_slice()
            && let (Some(latitude), Some(longitude)) = (degrees(latitude), degrees(longitude))
            && (-90.0..=90.0).contains(&latitude)
            && (-180.0..=180.0).contains(&longitude)
        {
            return Some(Meaning::Position {
                latitude,
                longitude,
            });
        }
        self.report(
            Problem::error(format!("`{path}` is not a place on Earth"))
                .at(&node.place)
                .expected(EXPECTED)
                .cure("write position = [41.715, 44.827]"),
        );
        None
    }
}

/// Whether a text has the form of an ISO 4217 code.
pub(super) fn is_currency(text: &str) -> bool {
    text.len() == 3 && text.bytes().all(|byte| byte.is_ascii_uppercase())
}

/// Returns "one of a, b, c", each in quotes.
fn expected_words(words: &[&str]) -> String {
    match words {
        [] => "the code of a country, such as \"RU\"".to_owned(),
        words => path::one_of(words, true),
    }
}
