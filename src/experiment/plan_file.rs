//! What every plan file needs to be read: keys that exist, numbers, texts and lists, and every problem with its line.

use crate::scenario::{
    Node, Origin, Place, Problem, Problems, SourceText, Table, Value, nearest, one_of, read_text,
    read_tree,
};
use crate::units::{Dimension, Measure, Quantity};
use std::path::Path;
use std::sync::Arc;

/// A plan file that is being read.
pub(super) struct PlanFile {
    /// What is wrong with it so far.
    pub problems: Problems,
    /// The beginning of the file, for what is missing.
    pub whole: Place,
}

impl PlanFile {
    /// Reads a file as TOML. `what` says what kind of plan, and `page` where one is shown.
    ///
    /// # Errors
    /// If there is no text to be read.
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

    /// A whole number within limits; `None` if it is not there or wrong.
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

    /// A text; `None` if it is not there or wrong.
    pub fn text(&mut self, table: &Table, key: &str) -> Option<(String, Place)> {
        let node = &table.get(key)?.node;
        match &node.value {
            Value::Text(text) => Some((text.clone(), node.place.clone())),
            _ => {
                let meant = as_text(&node.value).unwrap_or_else(|| "...".to_owned());
                self.wrong(
                    node,
                    key,
                    "a text in quotes",
                    &format!("write {key} = \"{meant}\""),
                );
                None
            }
        }
    }

    /// A list of texts.
    pub fn texts(&mut self, key: &str, node: &Node) -> Vec<(String, Place)> {
        let Value::Array(items) = &node.value else {
            let cure = match as_text(&node.value) {
                Some(one) => format!("write {key} = [\"{one}\"]"),
                None => format!("write {key} = [\"...\", \"...\"]"),
            };
            self.wrong(node, key, "a list of texts", &cure);
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
                    self.wrong(item, key, "a text in quotes", &cure);
                }
            }
        }
        texts
    }

    /// A quantity in the base unit of a dimension; `None` if it is none, or in another currency than the scenario's.
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

    /// The two ends of a range in the base unit.
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

    /// Reports what is wrong with a file that is named at a place; what stands nowhere in that file, such as that
    /// there is none, stands at the place.
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

    /// Reports that something is missing, and what to write.
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

/// The text that was probably meant, if one can be told.
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

/// The whole number within limits that is nearest to what was written.
fn whole_for(value: &Value, least: u64, most: u64) -> u64 {
    let number = match value {
        Value::Integer(number) => u64::try_from(*number).unwrap_or(least),
        // (Out of the range of whole numbers it becomes its end, and what is no number 0.)
        Value::Float(number) => number.round() as u64,
        Value::Text(text) => text.trim().parse().unwrap_or(least),
        _ => least,
    };
    // A seed of nothing in particular is the usual one.
    number.clamp(least, most.min(i64::MAX as u64))
}
