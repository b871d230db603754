//! From whose first day a scenario is measured when scenarios are compared.

use super::node::{Entry, Node, Value};
use super::place::{Origin, Place, SourceText};
use super::{Problems, Source, text};
use std::sync::Arc;

impl Source {
    /// Whether a file says from whose first day the scenario is measured: by a `reference`,
    /// possibly the scenario itself, or by constants.
    pub fn says_its_reference(&self) -> bool {
        self.table.contains_key("reference") || self.scenario.constants.is_some()
    }

    /// Returns the same scenario, measured from the same first day as another one.
    ///
    /// The reference becomes part of the scenario, also when it is written out.
    ///
    /// # Errors
    ///
    /// All problems, if the other scenario cannot be its reference.
    pub fn measured_from(&self, base: &Self) -> Result<Self, Problems> {
        let mut reference = base.reference.clone().unwrap_or_else(|| base.table.clone());
        let source = Arc::new(SourceText {
            name: format!("reference = {}", text::quoted(&base.scenario.name)),
            text: String::new(),
            origin: Origin::Override,
        });
        let entry = |value| {
            let key = Place::new(&source, 0..0);
            let place = key.clone();
            Entry {
                key,
                node: Node { value, place },
            }
        };
        let of_base = base.scenario.reference.as_ref().unwrap_or(&base.scenario);
        for (key, said) in [("name", &of_base.name), ("title", &of_base.title)] {
            let value = Value::Text(said.clone());
            reference.entry(key.to_owned()).or_insert(entry(value));
        }
        let mut table = self.table.clone();
        table.insert(
            "reference".to_owned(),
            entry(Value::Table(Arc::new(reference))),
        );
        self.again(table, &[])
    }
}
