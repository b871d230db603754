//! Claims: numbers that state what they rest on.

use super::Checker;
use crate::scenario::grammar::Bounds;
use crate::scenario::meaning::{Basis, Claim, Meaning};
use crate::scenario::node::{Entry, Node, Table, Value};
use crate::scenario::problem::Problem;
use crate::scenario::{path, text};
use crate::units::{Dimension, print_range};

impl Checker<'_> {
    /// Reads a claim: a value with its range, basis and source.
    pub(super) fn claim(
        &mut self,
        path: &str,
        node: &Node,
        table: &Table,
        dimension: Dimension,
        bounds: Bounds,
    ) -> Option<(f64, Option<Claim>)> {
        const KEYS: [&str; 4] = ["value", "range", "basis", "source"];
        for (name, entry) in table {
            if !KEYS.contains(&name.as_str()) {
                self.report(
                    Problem::error(format!("unknown key `{path}.{name}`"))
                        .at(&entry.key)
                        .expected("a claim: { value = ..., range = [low, high], basis = \"...\", source = \"...\" }")
                        .nearest(path::nearest(name, KEYS.into_iter()))
                        .cure("write one of value, range, basis, source"),
                );
            }
        }
        let value = match table.get("value") {
            None => {
                let example = dimension.example(self.currency_shown());
                self.report(
                    Problem::error(format!("the claim `{path}` has no value"))
                        .at(&node.place)
                        .expected("{ value = ..., range = [low, high], basis = \"...\", source = \"...\" }")
                        .cure(format!("add value = {example} to the table")),
                );
                None
            }
            Some(entry) => self.quantity(path, &entry.node, dimension).filter(|value| {
                self.within(path, &entry.node, *value, dimension, bounds)
                    .is_some()
            }),
        };
        let range = table
            .get("range")
            .map(|entry| self.range(path, &entry.node, dimension));
        let basis = self.basis(path, node, table);
        let source = match table.get("source") {
            Some(entry) => self.text(&format!("{path}.source"), &entry.node),
            None => None,
        };
        let is_blank = source.as_ref().is_some_and(|text| text.trim().is_empty());
        if basis == Some(Basis::Read) && (is_blank || !table.contains_key("source")) {
            self.report(
                Problem::error(format!(
                    "the claim `{path}` was read, but does not say where"
                ))
                .at(&node.place)
                .expected("a source for what was read")
                .cure("add source = \"...\", or write another basis with a range"),
            );
        }
        if basis.is_some_and(|basis| basis != Basis::Read) && range.is_none() {
            let word = basis.map_or("", Basis::word);
            self.report(
                Problem::error(format!("the claim `{path}` has no range"))
                    .at(&node.place)
                    .expected(format!("a range for a claim with basis = \"{word}\""))
                    .cure("add range = [low, high] to the table"),
            );
        }
        let range = range.flatten();
        let value = value?;
        if let (Some((low, high)), Some(entry)) = (range, table.get("value"))
            && !(low..=high).contains(&value)
        {
            let currency = self.currency_shown();
            let [low, high] = print_range([low, high], dimension, currency);
            let problem = Problem::error(format!("`{path}` lies outside its own range"))
                .at(&entry.node.place)
                .expected(format!("a value from {low} to {high}, as its range says"))
                .cure("correct the value or the range");
            self.report(problem);
            return None;
        }
        let claim = Claim {
            basis: basis?,
            range,
            range_text: range.and(table.get("range")).and_then(range_text),
            source,
        };
        Some((value, Some(claim)))
    }

    /// Reads the basis of a claim or of a distribution.
    pub(super) fn basis(&mut self, path: &str, node: &Node, table: &Table) -> Option<Basis> {
        let Some(entry) = table.get("basis") else {
            self.report(
                Problem::error(format!("the claim `{path}` has no basis"))
                    .at(&node.place)
                    .expected("basis = \"read\", \"recalled\", \"derived\" or \"assumption\"")
                    .cure("write basis = \"assumption\", if that is what it is"),
            );
            return None;
        };
        let basis_path = format!("{path}.basis");
        match self.word(&basis_path, &entry.node, &Basis::WORDS) {
            Some(Meaning::Word(word)) => Basis::read(&word),
            _ => None,
        }
    }

    fn range(&mut self, path: &str, node: &Node, dimension: Dimension) -> Option<(f64, f64)> {
        let example = format!("range = [low, high], both {}", dimension.described());
        let Value::Array(items) = &node.value else {
            self.wrong_type(
                &format!("{path}.range"),
                node,
                &example,
                "write range = [low, high]".to_owned(),
            );
            return None;
        };
        let [low, high] = items.as_slice() else {
            self.report(
                Problem::error(format!("the range of `{path}` has {} ends", items.len()))
                    .at(&node.place)
                    .expected(example)
                    .cure("write range = [low, high]"),
            );
            return None;
        };
        let range_path = format!("{path}.range");
        let low = self.quantity(&range_path, low, dimension);
        let high = self.quantity(&range_path, high, dimension);
        let (low, high) = (low?, high?);
        if low > high {
            self.report(
                Problem::error(format!("the range of `{path}` is the wrong way round"))
                    .at(&node.place)
                    .expected("the lower end first")
                    .cure("swap the two ends"),
            );
            return None;
        }
        Some((low, high))
    }
}

/// Returns both ends of a range as written, so that they are displayed as in the file: converted, a
/// tenth per month would be no round number per year.
fn range_text(range: &Entry) -> Option<(String, String)> {
    let Value::Array(items) = &range.node.value else {
        return None;
    };
    let [low, high] = items.as_slice() else {
        return None;
    };
    let written = |end: &Node| text::inline(end).trim_matches('"').to_owned();
    Some((written(low), written(high)))
}
