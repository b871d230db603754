//! Reads the axes of a plan.

use super::axis::{Axis, Levels, Variant};
use super::read::{AXIS_KEYS, Reader};
use crate::experiment::plan_file::as_text;
use crate::scenario::{Entry, Node, Place, Problem, Source, Table, Value};
use crate::store::is_formula;
use crate::units::Quantity;

impl Reader {
    pub(super) fn axes(&mut self, table: &Table, source: &Source) -> Vec<Axis> {
        let Some(entry) = table.get("vary") else {
            self.file.missing(
                "the plan varies nothing",
                "a table [vary.\"PATH\"] with a range or values, or [vary.NAME] with variants",
                "write [vary.\"behaviour.choice.lambda\"], which has a range in the scenario, or another such path: \
                 exeunt show SCENARIO behaviour lists them",
            );
            return Vec::new();
        };
        let Some(vary) = entry.node.table() else {
            self.file.wrong(
                &entry.node,
                "vary",
                "a table",
                "write [vary.\"PATH\"], and below it range = [LOW, HIGH] or values = [...]",
            );
            return Vec::new();
        };
        let mut axes = Vec::new();
        for (name, entry) in vary {
            axes.extend(self.axis(name, entry, source));
        }
        axes
    }

    fn axis(&mut self, name: &str, entry: &Entry, source: &Source) -> Option<Axis> {
        let Some(table) = entry.node.table() else {
            let below = match &entry.node.value {
                Value::Array(items) if items.len() != 2 => "values = [...]",
                _ => "range = [LOW, HIGH]",
            };
            self.file.wrong(
                &entry.node,
                name,
                "a table with range, values or variants",
                &format!("write [vary.\"{name}\"], and below it {below}"),
            );
            return None;
        };
        self.file.known(table, &AXIS_KEYS, "an axis");
        let steps = self.file.whole_number(table, "steps", 2, 1_000_000);
        let steps = steps.and_then(|steps| u32::try_from(steps).ok());
        // If `steps` is wrong that has been reported; it must not count as missing too.
        let steps = steps.or_else(|| table.contains_key("steps").then_some(2));
        let given: Vec<&str> = ["range", "values", "variants"]
            .into_iter()
            .filter(|key| table.contains_key(*key))
            .collect();
        let levels = match given[..] {
            ["variants"] => self.variants(&table["variants"].node)?,
            ["values"] => {
                self.must_exist(name, &entry.key, source);
                self.values(&table["values"].node)?
            }
            ["range"] => self.range(name, &entry.key, Some(&table["range"].node), steps, source)?,
            // The range that the scenario gives.
            [] => self.range(name, &entry.key, None, steps, source)?,
            _ => {
                self.file.problems.push(
                    Problem::error(format!("`{name}` has {}", given.join(" and ")))
                        .at(&entry.key)
                        .expected("one of range, values and variants")
                        .cure(format!(
                            "keep {}, and take {} out",
                            given[0],
                            given[1..].join(" and ")
                        )),
                );
                return None;
            }
        };
        let parameters = source.parameters(name);
        let meaning = parameters.iter().find(|parameter| parameter.path == name);
        Some(Axis {
            name: name.to_owned(),
            levels,
            meaning: meaning.map_or_else(String::new, |parameter| parameter.meaning.to_owned()),
        })
    }

    fn must_exist(&mut self, path: &str, place: &Place, source: &Source) {
        // This error names the nearest path that exists.
        if let Err(found) = source.show(Some(path)) {
            for problem in &found {
                self.file.problems.push(problem.clone().at(place));
            }
        }
    }

    fn range(
        &mut self,
        path: &str,
        place: &Place,
        node: Option<&Node>,
        steps: Option<u32>,
        source: &Source,
    ) -> Option<Levels> {
        let Some((dimension, whole)) = source.dimension(path) else {
            let before = self.file.problems.len();
            self.must_exist(path, place, source);
            if self.file.problems.len() == before {
                self.file.problems.push(
                    Problem::error(format!("`{path}` is not a number"))
                        .at(place)
                        .expected("the path of a number for a range")
                        .cure("give its values instead: values = [...]"),
                );
            }
            return None;
        };
        let (low, high) = match node {
            Some(node) => self
                .file
                .ends(node, dimension, &source.scenario().currency)?,
            None => {
                let parameters = source.parameters(path);
                let Some(ends) = parameters.iter().find_map(|p| p.range) else {
                    let value = parameters.first().map_or("its value", |first| &first.value);
                    self.file.problems.push(
                        Problem::error(format!("`{path}` has no range in the scenario"))
                            .at(place)
                            .expected("a range here: range = [LOW, HIGH]")
                            .cure(format!(
                                "write a range around {value}, or a list: values = [...]"
                            )),
                    );
                    return None;
                };
                ends
            }
        };
        if low >= high {
            self.file.problems.push(
                Problem::error(format!("the range of `{path}` is empty"))
                    .at(node.map_or(place, |node| &node.place))
                    .expected("a lower end, then a higher one")
                    .cure(match low > high {
                        true => "swap the two ends",
                        false => "give two ends that differ, or take the axis out",
                    }),
            );
            return None;
        }
        Some(Levels::Range {
            low,
            high,
            steps,
            dimension,
            whole,
        })
    }

    fn values(&mut self, node: &Node) -> Option<Levels> {
        let Value::Array(items) = &node.value else {
            let meant =
                as_text(&node.value).map_or_else(|| "...".to_owned(), |one| format!("\"{one}\""));
            self.file.wrong(
                node,
                "values",
                "a list of values",
                &format!("write values = [{meant}]"),
            );
            return None;
        };
        if items.is_empty() {
            self.file.problems.push(
                Problem::error("`values` is an empty list")
                    .at(&node.place)
                    .expected("one value or more")
                    .cure("list some, or leave `values` out to use the range in the scenario"),
            );
            return None;
        }
        let mut values = Vec::new();
        for item in items {
            let value = match &item.value {
                Value::Text(text) => text.clone(),
                Value::Integer(number) => number.to_string(),
                Value::Float(number) => number.to_string(),
                Value::Flag(flag) => flag.to_string(),
                Value::Date(date) => date.to_string(),
                _ => {
                    self.file.problems.push(
                        Problem::error(format!(
                            "{} cannot be a value of an axis",
                            item.value.described()
                        ))
                        .at(&item.place)
                        .expected("text in quotes, a number, true or false, or a date")
                        .cure("write variants for levels that need more than one value"),
                    );
                    continue;
                }
            };
            // A spreadsheet takes a quantity below zero for a number at worst.
            if Quantity::read(&value).is_err() {
                self.refuse_formula(&value, &item.place);
            }
            values.push(value);
        }
        let mut sorted = values.clone();
        sorted.sort_unstable();
        if let Some(pair) = sorted.windows(2).find(|pair| pair[0] == pair[1]) {
            self.file.problems.push(
                Problem::error(format!("`{}` is listed twice", pair[0]))
                    .at(&node.place)
                    .cure("list each value once"),
            );
        }
        Some(Levels::Values(values))
    }

    /// Refuses a level that no table could name, before anything is run.
    fn refuse_formula(&mut self, level: &str, place: &Place) {
        if is_formula(level) {
            self.file.problems.push(
                Problem::error(format!(
                    "`{level}` begins with a character that makes spreadsheets run a cell as a formula"
                ))
                .at(place)
                .cure("begin it with a letter or a digit"),
            );
        }
    }

    fn variants(&mut self, node: &Node) -> Option<Levels> {
        let Some(table) = node.table().filter(|table| !table.is_empty()) else {
            self.file.wrong(
                node,
                "variants",
                "a table of names, each with a list of overrides \"PATH=VALUE\"",
                "write variants = { as-it-is = [], another = [\"PATH=VALUE\"] }",
            );
            return None;
        };
        let mut ordered: Vec<(&String, &Entry)> = table.iter().collect();
        // In the order of the file.
        ordered.sort_by(|a, b| a.1.key.order(&b.1.key));
        let mut variants = Vec::new();
        for (name, entry) in ordered {
            self.refuse_formula(name, &entry.key);
            let sets = self.file.texts(name, &entry.node);
            variants.push(Variant {
                name: name.clone(),
                sets: sets.into_iter().map(|(set, _)| set).collect(),
            });
        }
        Some(Levels::Variants(variants))
    }
}
