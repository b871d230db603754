//! Numbers with units.

use super::Checker;
use crate::scenario::grammar::Bounds;
use crate::scenario::meaning::{Claim, Meaning};
use crate::scenario::node::{Node, Value};
use crate::scenario::path;
use crate::scenario::problem::Problem;
use crate::scenario::text;
use crate::units::{Dimension, Quantity, QuantityError, UNIT_WORDS, print};

/// The most persons in one segment: they are numbered in 32 bits, and the last number means nobody.
const MOST_IN_SEGMENT: f64 = 4_294_967_294.0;

impl Checker<'_> {
    /// Reads a number within bounds, plain or as a claim.
    pub(super) fn number(
        &mut self,
        path: &str,
        node: &Node,
        dimension: Dimension,
        bounds: Bounds,
    ) -> Option<(f64, Option<Claim>)> {
        match &node.value {
            Value::Table(table) => self.claim(path, node, table, dimension, bounds),
            _ => {
                let value = self.quantity(path, node, dimension)?;
                self.within(path, node, value, dimension, bounds)?;
                Some((value, None))
            }
        }
    }

    /// Reads a whole number of persons.
    pub(super) fn count(&mut self, path: &str, node: &Node) -> Option<(Meaning, Option<Claim>)> {
        let bounds = Bounds::from_to(1.0, MOST_IN_SEGMENT);
        let (value, claim) = self.number(path, node, Dimension::Persons, bounds)?;
        if value != value.trunc() {
            self.report(
                Problem::error(format!("`{path}` is not a whole number of persons"))
                    .at(&node.place)
                    .expected("a whole number of persons")
                    .cure(format!("write {}", value.round())),
            );
            return None;
        }
        Some((Meaning::Count(value as u64), claim))
    }

    /// Reads a number, or the word for no limit.
    pub(super) fn number_or(
        &mut self,
        path: &str,
        node: &Node,
        (dimension, bounds): (Dimension, Bounds),
        word: &str,
    ) -> Option<(Meaning, Option<Claim>)> {
        if matches!(&node.value, Value::Text(text) if text == word) {
            return Some((Meaning::Unlimited, None));
        }
        let begins_a_number = |text: &str| {
            let first = text.trim_start().chars().next();
            first.is_some_and(|first| first.is_ascii_digit() || "+-.".contains(first))
        };
        if matches!(&node.value, Value::Text(text) if !begins_a_number(text)) {
            let example = dimension.example(self.currency_shown());
            let described = dimension.described();
            self.report(
                Problem::error(format!("`{path}` is neither a number nor \"{word}\""))
                    .at(&node.place)
                    .expected(format!("{described}, such as {example}, or \"{word}\""))
                    .cure(format!("write \"{word}\", or {example}")),
            );
            return None;
        }
        let (value, claim) = self.number(path, node, dimension, bounds)?;
        Some((Meaning::Number(value), claim))
    }

    /// Reads a plain quantity in the base unit of its dimension.
    pub(super) fn quantity(
        &mut self,
        path: &str,
        node: &Node,
        dimension: Dimension,
    ) -> Option<f64> {
        let bare = |value: f64| {
            if !value.is_finite() {
                Err(Wrong::NotFinite)
            } else if dimension.may_be_bare() {
                Ok(value)
            } else {
                Err(Wrong::NoUnit(value))
            }
        };
        let result = match &node.value {
            Value::Integer(integer) => bare(*integer as f64),
            Value::Float(float) => bare(*float),
            Value::Text(text) => self.read_text(text, dimension),
            _ => Err(Wrong::Type),
        };
        match result {
            Ok(value) => Some(value),
            Err(wrong) => {
                let problem = self.explain(path, node, dimension, wrong);
                self.report(problem.at(&node.place));
                None
            }
        }
    }

    fn read_text(&self, text: &str, dimension: Dimension) -> Result<f64, Wrong> {
        let quantity = Quantity::read(text).map_err(|error| match error {
            QuantityError::NotFinite => Wrong::NotFinite,
            other => Wrong::Unreadable(other),
        })?;
        if let (Some(found), Some(wanted)) = (quantity.currency(), &self.currency)
            && found != *wanted
        {
            return Err(Wrong::Currency(found));
        }
        match quantity.in_base(dimension) {
            Some(value) if value.is_finite() => Ok(value),
            Some(_) => Err(Wrong::NotFinite),
            None if quantity.dimension() == Some(Dimension::Number) => {
                Err(Wrong::NoUnit(quantity.value))
            }
            None => Err(Wrong::Dimension(quantity)),
        }
    }

    fn explain(&self, path: &str, node: &Node, dimension: Dimension, wrong: Wrong) -> Problem {
        let currency = self.currency_shown();
        let example = dimension.example(currency);
        let expected = format!("{}, such as {example}", dimension.described());
        let problem = match wrong {
            Wrong::Type => Problem::error(format!("`{path}` is {}", node.value.described()))
                .cure(format!("write {example}")),
            Wrong::NotFinite => Problem::error(format!("`{path}` is not a finite number"))
                .cure("write a number; nothing in a scenario is infinite"),
            Wrong::NoUnit(value) => {
                let unit = dimension.usual_unit(currency);
                Problem::error(format!("`{path}` has no unit"))
                    .label("a number without a unit")
                    .cure(format!("write \"{value} {unit}\", if that is the unit"))
            }
            Wrong::Currency(found) => Problem::error(format!(
                "`{path}` is in {found}, but the scenario counts in {currency}"
            ))
            .cure(format!("convert the amount and write it in {currency}")),
            Wrong::Dimension(quantity) => {
                let found = quantity
                    .dimension()
                    .map_or("of an unknown kind", Dimension::described);
                let cure = match (dimension, quantity.dimension()) {
                    (Dimension::Rate, Some(Dimension::Share)) => {
                        format!(
                            "give it per unit of time: \"{} %/year\" or \"{} %/month\"",
                            quantity.value, quantity.value
                        )
                    }
                    (Dimension::MoneyFlow, Some(Dimension::Money)) => {
                        format!(
                            "give it per unit of time: \"{} {currency}/month\"",
                            quantity.value
                        )
                    }
                    (Dimension::PersonFlow, Some(Dimension::Persons)) => format!(
                        "give it per unit of time: \"{0} persons/month\" or \"{0} persons/day\"",
                        quantity.value
                    ),
                    _ => format!("write {example}"),
                };
                Problem::error(format!(
                    "`{path}` is {found}, not {}",
                    dimension.described()
                ))
                .cure(cure)
            }
            Wrong::Unreadable(error) => {
                let written = match &node.value {
                    Value::Text(text) => text.as_str(),
                    _ => "",
                };
                let (nearest, corrected) = correct(&error, written, currency);
                let cure = corrected.map_or(example, |corrected| text::quoted(&corrected));
                Problem::error(format!("`{path}`: {error}"))
                    .nearest(nearest)
                    .cure(format!("write {cure}"))
            }
        };
        problem.expected(expected)
    }

    /// Checks that a value lies within the bounds of its key.
    pub(super) fn within(
        &mut self,
        path: &str,
        node: &Node,
        value: f64,
        dimension: Dimension,
        bounds: Bounds,
    ) -> Option<()> {
        if bounds.contains(value) {
            return Some(());
        }
        let currency = self.currency_shown();
        let low = print(bounds.low, dimension, currency);
        let high = print(bounds.high, dimension, currency);
        let from = if bounds.low_included { "from" } else { "above" };
        let what = if value < 0.0 && bounds.low >= 0.0 {
            "is negative"
        } else if value > bounds.high {
            "is too large"
        } else {
            "is too small"
        };
        // A limit beyond this only keeps the arithmetic safe and says nothing about the key.
        const TECHNICAL: f64 = 1e15;
        let is_limit = bounds.high < TECHNICAL && dimension != Dimension::PersonFlow;
        let range = if is_limit || value > bounds.high {
            format!("{from} {low} to {high}")
        } else {
            format!("{from} {low}")
        };
        let is_bare = matches!(node.value, Value::Integer(_) | Value::Float(_));
        let means_hundredths =
            dimension == Dimension::Share && is_bare && (1.0..=100.0).contains(&value);
        // Published indices of safety and repression often run from 0 to 10.
        let is_index = path.ends_with(".safety") || path.ends_with(".repression");
        let cure = if means_hundredths && is_index && value <= 10.0 {
            let tenth = (value * 1e5).round() / 1e6;
            format!(
                "write {tenth}, if it is an index from 0 to 10, or \"{value} %\", if hundredths are meant"
            )
        } else if means_hundredths {
            format!("write \"{value} %\", if hundredths are meant")
        } else if dimension == Dimension::PersonFlow && value == 0.0 {
            "write open = false to let nobody in, or a number above zero".to_owned()
        } else {
            format!("write a value {range}")
        };
        let problem = Problem::error(format!("`{path}` {what}"))
            .at(&node.place)
            .expected(range)
            .cure(cure);
        self.report(problem);
        None
    }
}

/// Why a value is not the expected quantity.
enum Wrong {
    Type,
    NotFinite,
    NoUnit(f64),
    Currency(String),
    Dimension(Quantity),
    Unreadable(QuantityError),
}

/// What people commonly write for units, with the unit that they mean.
const SYNONYMS: [(&str, &str); 16] = [
    ("d", "days"),
    ("wk", "weeks"),
    ("w", "weeks"),
    ("mo", "months"),
    ("m", "months"),
    ("yr", "years"),
    ("yrs", "years"),
    ("y", "years"),
    ("people", "persons"),
    ("percent", "%"),
    ("per cent", "%"),
    ("pct", "%"),
    ("kilometres", "km"),
    ("kilometers", "km"),
    ("\u{20ac}", "EUR"),
    ("$", "USD"),
];

/// Returns the unit nearest to a misspelt one, and the quantity that was probably meant.
fn correct(
    error: &QuantityError,
    written: &str,
    currency: &str,
) -> (Option<String>, Option<String>) {
    match error {
        QuantityError::UnknownUnit { word } => {
            let known_as = SYNONYMS.iter().find(|(other, _)| other == word);
            let nearest = match known_as {
                Some((_, unit)) => Some((*unit).to_owned()),
                None => path::nearest(word, UNIT_WORDS.into_iter().chain([currency])),
            };
            let corrected = nearest.as_ref().map(|near| written.replace(word, near));
            (nearest, corrected)
        }
        QuantityError::Comma => {
            let thousands = written
                .split(',')
                .skip(1)
                .all(|group| group.bytes().take_while(u8::is_ascii_digit).count() == 3);
            let instead = if thousands { "" } else { "." };
            (None, Some(written.replace(',', instead)))
        }
        QuantityError::NoNumber | QuantityError::NotFinite | QuantityError::Senseless { .. } => {
            (None, None)
        }
    }
}
