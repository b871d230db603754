//! What reading any plan file needs: known keys, numbers, texts and lists, with every problem at its line.

use crate::scenario::{
    Node, Origin, Place, Problem, Problems, SourceText, Table, Value, nearest, one_of, read_text,
    read_tree,
};
use crate::units::{Dimension, Measure, Quantity};
use std::path::Path;
use std::sync::Arc;

/// A plan file being read.
pub(super) struct PlanFile {
    /// The problems found so far.
    pub problems: Problems,
    /// The start of the file, where missing things are reported.
    pub whole: Place,
}

impl PlanFile {
    /// Reads a file as TOML. `what` names the kind of plan, and `page` the page that shows one.
    ///
    /// # Errors
    /// If the text cannot be read.
    pub fn open(path: &Path, what: &str, page: &str) -> Result<(Self, Table), Problems> {
        let text = read_text(path).map_err(|reason| {
            Problem::error(format!("cannot read {}: {reason}", path.display()))
                .expected(format!("{what}, a TOML file"))
                .cure(format!("check the name; {page} shows a plan"))
        })?;
        let source = Arc::new(SourceText {
            name: path.display().to_string(),
            text,
            origin: Origin::File {
                folder: path.parent().map(Path::to_path_buf).unwrap_or_default(),
            },
        });
        let mut problems = Problems::default();
        let whole = Place::new(&source, 0..0);
        let tree = read_tree(&source, &mut problems);
        Ok((Self { problems, whole }, tree.table))
    }

    /// Reports keys that do not exist in `what`.
    pub fn known(&mut self, table: &Table, keys: &[&'static str], what: &str) {
        for (name, entry) in table {
            if !keys.contains(&name.as_str()) {
                self.problems.push(
                    Problem::error(format!("{what} has no key `{name}`"))
                        .at(&entry.key)
                        .expected(one_of(keys, false))
                        .nearest(nearest(name, keys.iter().copied()))
                        .cure("correct the key, or take it out"),
                );
            }
        }
    }

    /// Reads a whole number within limits; `None` if it is absent or wrong, which is reported.
    pub fn whole_number(&mut self, table: &Table, key: &str, least: u64, most: u64) -> Option<u64> {
        let node = &table.get(key)?.node;
        let number = match node.value {
            Value::Integer(number) => u64::try_from(number).ok(),
            _ => None,
        };
        let found = number.filter(|number| (least..=most).contains(number));
        if found.is_none() {
            let expected = match most {
                u64::MAX => format!("a whole number, {least} or more"),
                most => format!("a whole number from {least} to {most}"),
            };
            self.wrong(
                node,
                key,
                &expected,
                &format!("write {key} = {}", whole_for(&node.value, least, most)),
            );
        }
        found
    }

    /// Reads a text; `None` if it is absent or wrong, which is reported.
    pub fn text(&mut self, table: &Table, key: &str) -> Option<(String, Place)> {
        let node = &table.get(key)?.node;
        match &node.value {
            Value::Text(text) => Some((text.clone(), node.place.clone())),
            _ => {
                let meant = as_text(&node.value).unwrap_or_else(|| "...".to_owned());
                self.wrong(
                    node,
                    key,
                    "text in quotes",
                    &format!("write {key} = \"{meant}\""),
                );
                None
            }
        }
    }

    /// Reads a list of texts; wrong items are reported and skipped.
    pub fn texts(&mut self, key: &str, node: &Node) -> Vec<(String, Place)> {
        let Value::Array(items) = &node.value else {
            let cure = match as_text(&node.value) {
                Some(one) => format!("write {key} = [\"{one}\"]"),
                None => format!("write {key} = [\"...\", \"...\"]"),
            };
            self.wrong(node, key, "a list of texts in quotes", &cure);
            return Vec::new();
        };
        let mut texts = Vec::new();
        for item in items {
            match &item.value {
                Value::Text(text) => texts.push((text.clone(), item.place.clone())),
                _ => {
                    let cure = match as_text(&item.value) {
                        Some(meant) => format!("write \"{meant}\", or take it out of the list"),
                        None => "take it out of the list".to_owned(),
                    };
                    self.wrong(item, key, "text in quotes", &cure);
                }
            }
        }
        texts
    }

    /// Reads a quantity in the base unit of a dimension; `None`, with a problem, if it is not one or is in a
    /// currency other than the scenario's.
    pub fn quantity(&mut self, node: &Node, dimension: Dimension, currency: &str) -> Option<f64> {
        let text = match &node.value {
            Value::Text(text) => Some(text.clone()),
            Value::Float(number) if number.is_finite() => Some(number.to_string()),
            Value::Integer(number) => Some(number.to_string()),
            _ => None,
        };
        let number = text.and_then(|text| {
            let quantity = Quantity::read(&text).ok()?;
            let foreign =
                matches!(quantity.unit.measure, Measure::Money(code) if code != currency.as_bytes());
            quantity.in_base(dimension).filter(|_| !foreign)
        });
        if number.is_none() {
            let described = dimension.described();
            let expected = match dimension {
                Dimension::Money | Dimension::MoneyFlow => {
                    format!("{described} in {currency}, the currency of the scenario")
                }
                _ => described.to_owned(),
            };
            self.problems.push(
                Problem::error(format!("this is not {described}"))
                    .at(&node.place)
                    .expected(expected)
                    .cure(format!("write it like {}", dimension.example(currency))),
            );
        }
        number
    }

    /// Reads the two ends of a range in the base unit.
    pub fn ends(
        &mut self,
        node: &Node,
        dimension: Dimension,
        currency: &str,
    ) -> Option<(f64, f64)> {
        let items = match &node.value {
            Value::Array(items) => items.as_slice(),
            _ => &[],
        };
        let [low, high] = items else {
            let cure = "write range = [LOW, HIGH], the lower end first";
            self.wrong(node, "range", "a list of two numbers", cure);
            return None;
        };
        let (low, high) = (
            self.quantity(low, dimension, currency),
            self.quantity(high, dimension, currency),
        );
        Some((low?, high?))
    }

    /// Reports the problems of a file that is named at `place`. Problems with no place of their own in that
    /// file, such as that it does not exist, are reported at `place`.
    pub fn found_at(&mut self, place: &Place, found: &Problems) {
        for problem in found {
            self.problems.push(match &problem.place {
                Some(_) => problem.clone(),
                None => problem.clone().at(place),
            });
        }
    }

    /// Reports a value of the wrong kind, and what to write instead.
    pub fn wrong(&mut self, node: &Node, key: &str, expected: &str, cure: &str) {
        self.problems.push(
            Problem::error(format!(
                "`{key}` is {} that does not belong here",
                node.value.described()
            ))
            .at(&node.place)
            .expected(expected)
            .cure(cure),
        );
    }

    /// Reports something missing, and what to write.
    pub fn missing(&mut self, title: &str, expected: &str, cure: &str) {
        let place = self.whole.clone();
        self.problems.push(
            Problem::error(title)
                .at(&place)
                .expected(expected)
                .cure(cure),
        );
    }
}

/// The text that was probably meant; `None` if that cannot be told.
pub(super) fn as_text(value: &Value) -> Option<String> {
    match value {
        Value::Text(text) => Some(text.clone()),
        Value::Integer(number) => Some(number.to_string()),
        Value::Float(number) => Some(number.to_string()),
        Value::Flag(flag) => Some(flag.to_string()),
        Value::Date(date) => Some(date.to_string()),
        Value::Array(items) => match &items[..] {
            [one] => as_text(&one.value),
            _ => None,
        },
        _ => None,
    }
}

/// The whole number within limits that is nearest to what was written; `least` if it was not a number.
fn whole_for(value: &Value, least: u64, most: u64) -> u64 {
    let number = match value {
        Value::Integer(number) => u64::try_from(*number).unwrap_or(least),
        // The conversion saturates at the ends of u64, and turns NaN into 0.
        Value::Float(number) => number.round() as u64,
        Value::Text(text) => text.trim().parse().unwrap_or(least),
        _ => least,
    };
    // Integers in TOML go up to `i64::MAX`.
    number.clamp(least, most.min(i64::MAX as u64))
}
