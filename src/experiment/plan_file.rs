//! What every plan file needs to be read: keys that exist, numbers, texts and lists, and every problem with its line.

use crate::scenario::{
    Node, Origin, Place, Problem, Problems, SourceText, Table, Value, nearest, one_of, read_text,
    read_tree,
};
use crate::units::{Dimension, Quantity};
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
                        .nearest(nearest(name, keys.iter().copied())),
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
            self.wrong(node, key, &expected);
        }
        found
    }

    /// A text; `None` if it is not there or wrong.
    pub fn text(&mut self, table: &Table, key: &str) -> Option<(String, Place)> {
        let node = &table.get(key)?.node;
        match &node.value {
            Value::Text(text) => Some((text.clone(), node.place.clone())),
            _ => {
                self.wrong(node, key, "a text in quotes");
                None
            }
        }
    }

    /// A list of texts.
    pub fn texts(&mut self, key: &str, node: &Node) -> Vec<(String, Place)> {
        let Value::Array(items) = &node.value else {
            self.wrong(node, key, "a list of texts");
            return Vec::new();
        };
        let mut texts = Vec::new();
        for item in items {
            match &item.value {
                Value::Text(text) => texts.push((text.clone(), item.place.clone())),
                _ => self.wrong(item, key, "a text in quotes"),
            }
        }
        texts
    }

    /// A quantity in the base unit of a dimension; `None` if it is none.
    pub fn quantity(&mut self, node: &Node, dimension: Dimension) -> Option<f64> {
        let text = match &node.value {
            Value::Text(text) => Some(text.clone()),
            Value::Float(number) if number.is_finite() => Some(number.to_string()),
            Value::Integer(number) => Some(number.to_string()),
            _ => None,
        };
        let number = text.and_then(|text| Quantity::read(&text).ok()?.in_base(dimension));
        if number.is_none() {
            self.problems.push(
                Problem::error(format!("this is not {}", dimension.described()))
                    .at(&node.place)
                    .expected(dimension.described()),
            );
        }
        number
    }

    /// The two ends of a range in the base unit.
    pub fn ends(&mut self, node: &Node, dimension: Dimension) -> Option<(f64, f64)> {
        let Value::Array(items) = &node.value else {
            self.wrong(node, "range", "a list of two numbers");
            return None;
        };
        let [low, high] = &items[..] else {
            self.wrong(node, "range", "a list of two numbers");
            return None;
        };
        let (low, high) = (
            self.quantity(low, dimension),
            self.quantity(high, dimension),
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

    /// Reports a value of the wrong kind.
    pub fn wrong(&mut self, node: &Node, key: &str, expected: &str) {
        self.problems.push(
            Problem::error(format!(
                "`{key}` is {} that does not belong here",
                node.value.described()
            ))
            .at(&node.place)
            .expected(expected),
        );
    }

    /// Reports that something is missing.
    pub fn missing(&mut self, title: &str, expected: &str) {
        let place = self.whole.clone();
        self.problems
            .push(Problem::error(title).at(&place).expected(expected));
    }
}
