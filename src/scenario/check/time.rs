//! Lengths of steps and windows of finer steps.

use super::Checker;
use crate::scenario::meaning::{Meaning, StepLength, Window};
use crate::scenario::node::{Node, Value};
use crate::scenario::path;
use crate::scenario::problem::Problem;

/// The longest step: ten years.
const MOST_DAYS: u32 = 3_653;
const MOST_MONTHS: u32 = 120;

/// Returns the length that a word such as "monthly" stands for; a week if none is recognised.
fn meant(node: &Node) -> String {
    let Value::Text(text) = &node.value else {
        return "1 week".to_owned();
    };
    let text = text.to_lowercase();
    let years = text.trim().strip_suffix('s').unwrap_or(text.trim());
    let years = years.strip_suffix("year").map(str::trim);
    if let Some(years @ 1..) = years.and_then(|years| years.parse::<u32>().ok()) {
        return format!("{} months", years.saturating_mul(12).min(MOST_MONTHS));
    }
    let words = [
        ("year", "12 months"),
        ("annual", "12 months"),
        ("quarter", "3 months"),
        ("month", "1 month"),
        ("fortnight", "2 weeks"),
        ("dai", "1 day"),
        ("day", "1 day"),
    ];
    let found = words.iter().find(|(word, _)| text.contains(word));
    found.map_or("1 week", |(_, length)| length).to_owned()
}

impl Checker<'_> {
    /// Reads a length of steps: whole days, weeks or calendar months.
    pub(super) fn step(&mut self, path: &str, node: &Node) -> Option<StepLength> {
        const EXPECTED: &str = "a length such as \"1 week\", \"10 days\" or \"1 month\"";
        let Value::Text(text) = &node.value else {
            self.wrong_type(path, node, EXPECTED, "write \"1 week\"".to_owned());
            return None;
        };
        let step = text.trim().split_once(' ').and_then(|(count, unit)| {
            let count: u32 = count.parse().ok()?;
            match unit.trim() {
                "day" | "days" => Some(StepLength::Days(count)),
                "week" | "weeks" => Some(StepLength::Days(count.saturating_mul(7))),
                "month" | "months" => Some(StepLength::Months(count)),
                _ => None,
            }
        });
        match step {
            Some(StepLength::Days(1..=MOST_DAYS) | StepLength::Months(1..=MOST_MONTHS)) => step,
            Some(_) => {
                self.report(
                    Problem::error(format!("`{path}` is not between one day and ten years"))
                        .at(&node.place)
                        .expected(EXPECTED)
                        .cure("write \"1 week\" or another length that is not zero"),
                );
                None
            }
            None => {
                self.report(
                    Problem::error(format!("`{path}` is not a length of steps"))
                        .at(&node.place)
                        .expected(format!(
                            "{EXPECTED}; whole numbers of days, weeks or months"
                        ))
                        .cure(format!("write \"{}\"", meant(node))),
                );
                None
            }
        }
    }

    /// Reads windows of finer steps. Whether they fit the grid is checked when it is built.
    pub(super) fn windows(&mut self, path: &str, node: &Node) -> Option<Meaning> {
        const EXPECTED: &str =
            "a list such as [{ from = 2022-02-22, to = 2022-03-14, step = \"1 day\" }]";
        const KEYS: [&str; 3] = ["from", "to", "step"];
        let Value::Array(items) = &node.value else {
            self.wrong_type(path, node, EXPECTED, format!("write {}", &EXPECTED[15..]));
            return None;
        };
        let mut windows = Vec::new();
        let mut all_good = true;
        for item in items {
            let Some(table) = item.table() else {
                self.wrong_type(path, item, EXPECTED, format!("write {}", &EXPECTED[15..]));
                all_good = false;
                continue;
            };
            for (name, entry) in table {
                if !KEYS.contains(&name.as_str()) {
                    all_good = false;
                    self.report(
                        Problem::error(format!("unknown key `{path}.{name}`"))
                            .at(&entry.key)
                            .expected("from, to and step")
                            .nearest(path::nearest(name, KEYS.into_iter()))
                            .cure("take it out"),
                    );
                }
            }
            for name in KEYS {
                if !table.contains_key(name) {
                    all_good = false;
                    self.report(
                        Problem::error(format!("a window of `{path}` has no `{name}`"))
                            .at(&item.place)
                            .expected("from, to and step")
                            .cure(format!("write {}", &EXPECTED[15..])),
                    );
                }
            }
            let mut date = |name: &str| {
                let entry = table.get(name)?;
                self.date(&format!("{path}.{name}"), &entry.node)
            };
            let (from, to) = (date("from"), date("to"));
            let step = table
                .get("step")
                .and_then(|entry| self.step(&format!("{path}.step"), &entry.node));
            match (from, to, step) {
                (Some(from), Some(to), Some(step)) => windows.push(Window {
                    from,
                    to,
                    step,
                    place: item.place.clone(),
                }),
                _ => all_good = false,
            }
        }
        all_good.then_some(Meaning::Windows(windows))
    }
}
