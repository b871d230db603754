//! Walks the merged tree alongside the grammar and reads every value by the kind of its key.

mod claim;
mod distribution;
mod event;
mod list;
mod number;
mod time;
mod walk;

use super::meaning::Said;
use super::names::Names;
use super::node::{Node, Table, Value};
use super::place::Place;
use super::problem::{Problem, Problems};
use std::collections::BTreeMap;

/// Everything that a scenario says, by path.
pub(crate) type SaidByPath = BTreeMap<String, Said>;

/// Reads all values of a merged tree.
///
/// `whole` says that it is meant to be a whole scenario: only then is anything reported as missing,
/// or a name as unknown.
pub(crate) fn check(
    table: &Table,
    names: &Names,
    place: &Place,
    whole: bool,
    problems: &mut Problems,
) -> SaidByPath {
    let currency = match table.get("currency").map(|entry| &entry.node.value) {
        // A text that is not a code is reported separately; amounts are then not compared with it.
        Some(Value::Text(text)) if list::is_currency(text) => Some(text.clone()),
        _ => None,
    };
    let mut checker = Checker {
        names,
        currency,
        whole,
        problems,
        said: SaidByPath::new(),
        path_place: None,
    };
    checker.walk_root(table, place);
    checker.said
}

/// The state of a walk.
struct Checker<'a> {
    names: &'a Names,
    /// The currency of the scenario, if it gives one.
    currency: Option<String>,
    whole: bool,
    problems: &'a mut Problems,
    said: SaidByPath,
    /// The place of the path of the change that is being read.
    path_place: Option<Place>,
}

impl Checker<'_> {
    fn report(&mut self, problem: Problem) {
        self.problems.push(problem);
    }

    /// Returns the currency to show in examples.
    fn currency_shown(&self) -> &str {
        self.currency.as_deref().unwrap_or("EUR")
    }

    /// Reports a value of the wrong type.
    fn wrong_type(&mut self, path: &str, node: &Node, expected: &str, cure: String) {
        self.report(
            Problem::error(format!("`{path}` is {}", node.value.described()))
                .at(&node.place)
                .expected(expected)
                .cure(cure),
        );
    }
}
