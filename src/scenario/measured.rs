//! From whose first day a scenario is measured when scenarios are compared.

use super::node::{Entry, Node, Value};
use super::place::{Origin, Place, SourceText};
use super::{Problems, Scenario, Source, text};
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

impl Scenario {
    /// Returns in which countries, segments and documents a reference differs, in words; `None` if it lists the same, as
    /// shared constants require.
    pub fn lists_otherwise(&self, reference: &Self) -> Option<String> {
        let names = |scenario: &Self| {
            let countries = scenario.countries.iter();
            let segments = scenario.segments.iter();
            let documents = scenario.documents.iter();
            [
                ("countries", countries.map(|c| c.code.clone()).collect()),
                ("segments", segments.map(|s| s.name.clone()).collect()),
                ("documents", documents.map(|d| d.name.clone()).collect()),
            ]
        };
        let (ours, theirs): ([(&str, Vec<String>); 3], _) = (names(self), names(reference));
        let unequal: Vec<String> = (ours.iter().zip(&theirs))
            .filter(|(ours, theirs)| ours != theirs)
            .map(|((what, ours), (_, theirs))| {
                let alone = |of: &[String], others: &[String], name: &str| {
                    let alone = of.iter().filter(|one| !others.contains(one));
                    let list = alone.cloned().collect::<Vec<_>>().join(", ");
                    (!list.is_empty()).then(|| format!("{list} in {name} alone"))
                };
                let only: Vec<String> = [
                    alone(ours, theirs, &self.name),
                    alone(theirs, ours, &reference.name),
                ]
                .into_iter()
                .flatten()
                .collect();
                match only.is_empty() {
                    true => format!("the same {what} in another order"),
                    false => format!("other {what} ({})", only.join("; ")),
                }
            })
            .collect();
        (!unequal.is_empty()).then(|| unequal.join(" and "))
    }
}
