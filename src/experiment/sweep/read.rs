//! Reads a plan file: every problem of it in one pass, with its line.

use super::axis::{Axis, Levels, Variant};
use super::layout::{Layout, Shape};
use super::plan::{MOST, SweepPlan, SweepSpec, Swept};
use crate::engine::STREAM_VERSION;
use crate::measure::{DEFINITIONS, definition};
use crate::scenario::{
    Entry, Node, Origin, Place, Problem, Problems, Source, SourceText, Table, Value, nearest,
    one_of, read_text, read_tree,
};
use crate::store::of_text;
use crate::units::{Dimension, Quantity};
use std::path::Path;
use std::sync::Arc;

pub(super) const KEYS: [&str; 8] = [
    "title",
    "scenarios",
    "vary",
    "design",
    "replicates",
    "seed",
    "scale",
    "outcomes",
];
pub(super) const DESIGNS: [&str; 5] = ["grid", "latin-hypercube", "sobol", "saltelli", "morris"];
pub(super) const DESIGN_KEYS: [&str; 5] = ["kind", "points", "base", "trajectories", "levels"];
pub(super) const AXIS_KEYS: [&str; 4] = ["range", "values", "variants", "steps"];
/// Keys that plans have and scenarios have not.
const OWN_KEYS: [&str; 3] = ["scenarios", "vary", "design"];

impl SweepPlan {
    /// Whether a file is a plan rather than a scenario: it has a key that only plans have. One that cannot be
    /// read is neither.
    pub fn is_in(path: &Path) -> bool {
        let Ok(text) = read_text(path) else {
            return false;
        };
        // Whoever reads it next tells what is wrong with it.
        let tree = read_tree(&source_of(path, text), &mut Problems::default());
        OWN_KEYS.iter().any(|key| tree.table.contains_key(*key))
    }

    /// Reads a plan file and the scenarios that it names, relative to it.
    ///
    /// # Errors
    /// Everything that is wrong with it.
    pub fn load(path: &Path) -> Result<Self, Problems> {
        let text = read_text(path).map_err(|reason| {
            Problem::error(format!("cannot read {}: {reason}", path.display()))
                .expected("a plan of a sweep, a TOML file")
                .cure("check the name; docs/sweep.md shows a plan")
        })?;
        let source = source_of(path, text);
        let stem = path.file_stem().and_then(|stem| stem.to_str());
        let mut reader = Reader {
            problems: Problems::default(),
            whole: Place::new(&source, 0..0),
        };
        let tree = read_tree(&source, &mut reader.problems);
        let folder = path.parent().unwrap_or(Path::new(""));
        let plan = reader.plan(&tree.table, folder, stem.unwrap_or("sweep"));
        reader.problems.settle();
        match plan {
            Some(plan) if reader.problems.is_empty() => Ok(plan),
            _ => Err(reader.problems),
        }
    }
}

fn source_of(path: &Path, text: String) -> Arc<SourceText> {
    Arc::new(SourceText {
        name: path.display().to_string(),
        text,
        origin: Origin::File {
            folder: path.parent().map(Path::to_path_buf).unwrap_or_default(),
        },
    })
}

struct Reader {
    problems: Problems,
    /// The beginning of the file, for what is missing.
    whole: Place,
}

impl Reader {
    fn plan(&mut self, table: &Table, folder: &Path, name: &str) -> Option<SweepPlan> {
        self.known(table, &KEYS, "a plan");
        let seed = self.whole_number(table, "seed", 0, u64::MAX).unwrap_or(1);
        let scale = self.whole_number(table, "scale", 1, u64::MAX).unwrap_or(1);
        let most = u64::from(MOST.1);
        let replicates = self.whole_number(table, "replicates", 1, most).unwrap_or(1);
        let title = match table.get("title").map(|entry| &entry.node) {
            Some(Node {
                value: Value::Text(text),
                ..
            }) => text.clone(),
            Some(node) => {
                self.wrong(node, "title", "a text");
                String::new()
            }
            None => name.to_owned(),
        };
        let sources = self.scenarios(table, folder);
        let outcomes = self.outcomes(table);
        let axes = match sources.first() {
            Some(source) => self.axes(table, source),
            None => Vec::new(),
        };
        let (shape, place) = self.shape(table, &axes)?;
        if !self.problems.is_empty() || sources.is_empty() {
            return None;
        }
        let layout = match Layout::new(shape, seed, &axes) {
            Ok(layout) => layout,
            Err(error) => {
                self.problems
                    .push(Problem::error(error.to_string()).at(&place));
                return None;
            }
        };
        let swept = |source: &Source| Swept {
            name: source.scenario().name.clone(),
            sha256: of_text(&source.resolved_toml(None)),
            currency: source.scenario().currency.clone(),
        };
        let plan = SweepPlan {
            spec: SweepSpec {
                exeunt: env!("CARGO_PKG_VERSION").to_owned(),
                stream_version: STREAM_VERSION,
                name: name.to_owned(),
                title,
                scenarios: sources.iter().map(swept).collect(),
                axes,
                shape,
                replicates: u32::try_from(replicates).unwrap_or(u32::MAX),
                seed,
                scale,
                outcomes,
            },
            sources,
            layout,
        };
        self.try_corners(&plan, table);
        self.problems.is_empty().then_some(plan)
    }

    /// The scenarios that the plan names.
    fn scenarios(&mut self, table: &Table, folder: &Path) -> Vec<Source> {
        let Some(entry) = table.get("scenarios") else {
            let place = self.whole.clone();
            self.problems.push(
                Problem::error("the plan names no scenario")
                    .at(&place)
                    .expected("scenarios = [\"as-it-was.toml\"], files relative to this one"),
            );
            return Vec::new();
        };
        let names = self.texts("scenarios", &entry.node);
        let mut sources: Vec<Source> = Vec::new();
        for (file, place) in &names {
            match Source::load(&folder.join(file), &[]) {
                Ok(source) => {
                    let name = &source.scenario().name;
                    if sources.iter().any(|other| other.scenario().name == *name) {
                        self.problems.push(
                            Problem::error(format!("two scenarios are called {name}"))
                                .at(place)
                                .expected("scenarios with names of their own: tables tell them apart by it")
                                .cure("give the file a `name`, or name it once"),
                        );
                    }
                    if source.scenario().constants.is_some() {
                        self.problems.push(
                            Problem::error(format!(
                                "{name} brings the constants of its first day along"
                            ))
                            .at(place)
                            .expected("a scenario whose constants are computed for each point")
                            .cure("name the file it was made from, or take [constants] out of it"),
                        );
                    }
                    sources.push(source);
                }
                Err(found) => self.problems.extend(found),
            }
        }
        if sources.len() > MOST.0 {
            self.problems.push(
                Problem::error(format!("{} scenarios", sources.len()))
                    .at(&entry.node.place)
                    .expected(format!("at most {}", MOST.0)),
            );
        }
        sources
    }

    fn outcomes(&mut self, table: &Table) -> Vec<String> {
        let Some(entry) = table.get("outcomes") else {
            return Vec::new();
        };
        let ids = self.texts("outcomes", &entry.node);
        for (id, place) in &ids {
            if definition(id).is_none() {
                let known = DEFINITIONS.iter().map(|definition| definition.id);
                self.problems.push(
                    Problem::error(format!("`{id}` is no outcome"))
                        .at(place)
                        .expected("an id of docs/outcomes.md")
                        .nearest(nearest(id, known))
                        .cure("correct the id, or take it out"),
                );
            }
        }
        ids.into_iter().map(|(id, _)| id).collect()
    }

    fn axes(&mut self, table: &Table, source: &Source) -> Vec<Axis> {
        let Some(entry) = table.get("vary") else {
            let place = self.whole.clone();
            self.problems.push(
                Problem::error("the plan varies nothing")
                    .at(&place)
                    .expected("a table [vary.\"PATH\"] with a range or values, or [vary.NAME] with variants"),
            );
            return Vec::new();
        };
        let Some(vary) = entry.node.table() else {
            self.wrong(&entry.node, "vary", "a table");
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
            self.wrong(&entry.node, name, "a table with range, values or variants");
            return None;
        };
        self.known(table, &AXIS_KEYS, "an axis");
        let steps = self.whole_number(table, "steps", 2, 1_000_000);
        let steps = steps.and_then(|steps| u32::try_from(steps).ok());
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
            // The range that the file gives.
            [] => self.range(name, &entry.key, None, steps, source)?,
            _ => {
                self.problems.push(
                    Problem::error(format!("`{name}` has {}", given.join(" and ")))
                        .at(&entry.key)
                        .expected("one of range, values and variants"),
                );
                return None;
            }
        };
        Some(Axis {
            name: name.to_owned(),
            levels,
        })
    }

    fn must_exist(&mut self, path: &str, place: &Place, source: &Source) {
        // The answer names the nearest path that exists.
        if let Err(found) = source.show(Some(path)) {
            for problem in &found {
                self.problems.push(problem.clone().at(place));
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
            let before = self.problems.len();
            self.must_exist(path, place, source);
            if self.problems.len() == before {
                self.problems.push(
                    Problem::error(format!("`{path}` is no number"))
                        .at(place)
                        .expected("the path of a number for a range")
                        .cure("give its values instead: values = [...]"),
                );
            }
            return None;
        };
        let (low, high) = match node {
            Some(node) => self.ends(node, dimension)?,
            None => {
                let found = source.parameters(path).into_iter().find_map(|p| p.range);
                let Some(ends) = found else {
                    self.problems.push(
                        Problem::error(format!("`{path}` has no range in the scenario"))
                            .at(place)
                            .expected("a range here: range = [LOW, HIGH]"),
                    );
                    return None;
                };
                ends
            }
        };
        if low >= high {
            self.problems.push(
                Problem::error(format!("the range of `{path}` is empty"))
                    .at(node.map_or(place, |node| &node.place))
                    .expected("a lower end, then a higher one"),
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

    /// The two ends of a range in the base unit.
    fn ends(&mut self, node: &Node, dimension: Dimension) -> Option<(f64, f64)> {
        let Value::Array(items) = &node.value else {
            self.wrong(node, "range", "a list of two numbers");
            return None;
        };
        let [low, high] = &items[..] else {
            self.wrong(node, "range", "a list of two numbers");
            return None;
        };
        let mut end = |item: &Node| {
            let quantity = match &item.value {
                Value::Text(text) => Quantity::read(text).ok().and_then(|q| q.in_base(dimension)),
                Value::Float(number) if number.is_finite() => Quantity::read(&number.to_string())
                    .ok()
                    .and_then(|q| q.in_base(dimension)),
                Value::Integer(number) => Quantity::read(&number.to_string())
                    .ok()
                    .and_then(|q| q.in_base(dimension)),
                _ => None,
            };
            if quantity.is_none() {
                self.problems.push(
                    Problem::error("this is no end of the range")
                        .at(&item.place)
                        .expected(dimension.described()),
                );
            }
            quantity
        };
        let (low, high) = (end(low), end(high));
        Some((low?, high?))
    }

    fn values(&mut self, node: &Node) -> Option<Levels> {
        let Value::Array(items) = &node.value else {
            self.wrong(node, "values", "a list of values");
            return None;
        };
        if items.is_empty() {
            self.wrong_list(node, "values");
            return None;
        }
        let mut values = Vec::new();
        for item in items {
            values.push(match &item.value {
                Value::Text(text) => text.clone(),
                Value::Integer(number) => number.to_string(),
                Value::Float(number) => number.to_string(),
                Value::Flag(flag) => flag.to_string(),
                Value::Date(date) => date.to_string(),
                _ => {
                    self.problems.push(
                        Problem::error(format!(
                            "{} is no value of an axis",
                            item.value.described()
                        ))
                        .at(&item.place)
                        .expected("a text, a number, true or false, or a date")
                        .cure("write variants for what needs more than one value"),
                    );
                    continue;
                }
            });
        }
        let mut sorted = values.clone();
        sorted.sort_unstable();
        if let Some(pair) = sorted.windows(2).find(|pair| pair[0] == pair[1]) {
            self.problems.push(
                Problem::error(format!("`{}` is there twice", pair[0]))
                    .at(&node.place)
                    .cure("name each value once"),
            );
        }
        Some(Levels::Values(values))
    }

    fn variants(&mut self, node: &Node) -> Option<Levels> {
        let Some(table) = node.table().filter(|table| !table.is_empty()) else {
            self.wrong(
                node,
                "variants",
                "a table of names, each with a list of overrides \"PATH=VALUE\"",
            );
            return None;
        };
        let mut ordered: Vec<(&String, &Entry)> = table.iter().collect();
        // As they stand in the file.
        ordered.sort_by(|a, b| a.1.key.order(&b.1.key));
        let mut variants = Vec::new();
        for (name, entry) in ordered {
            let sets = self.texts(name, &entry.node);
            variants.push(Variant {
                name: name.clone(),
                sets: sets.into_iter().map(|(set, _)| set).collect(),
            });
        }
        Some(Levels::Variants(variants))
    }

    fn shape(&mut self, table: &Table, axes: &[Axis]) -> Option<(Shape, Place)> {
        let Some(entry) = table.get("design") else {
            let place = self.whole.clone();
            self.problems.push(
                Problem::error("the plan has no design")
                    .at(&place)
                    .expected("a table [design] with a kind")
                    .cure("write design = { kind = \"latin-hypercube\", points = 64 }"),
            );
            return None;
        };
        let Some(design) = entry.node.table() else {
            self.wrong(&entry.node, "design", "a table with a kind");
            return None;
        };
        self.known(design, &DESIGN_KEYS, "a design");
        let kind = match design.get("kind").map(|entry| &entry.node) {
            Some(Node {
                value: Value::Text(word),
                place,
            }) => {
                let found = DESIGNS.into_iter().find(|known| known == word);
                if found.is_none() {
                    self.problems.push(
                        Problem::error(format!("`{word}` is no design"))
                            .at(place)
                            .expected(one_of(&DESIGNS, true))
                            .nearest(nearest(word, DESIGNS.into_iter())),
                    );
                }
                found?
            }
            _ => {
                self.problems.push(
                    Problem::error("the design has no kind")
                        .at(&entry.key)
                        .expected(one_of(&DESIGNS, true)),
                );
                return None;
            }
        };
        let (key, most) = match kind {
            "grid" => ("", 0),
            "saltelli" => ("base", 65_536),
            "morris" => ("trajectories", 1_000_000),
            "sobol" => ("points", 65_536),
            _ => ("points", 10_000_000),
        };
        for other in ["points", "base", "trajectories", "levels"] {
            let fits = other == key || (other == "levels" && kind == "morris");
            if let (Some(entry), false) = (design.get(other), fits) {
                self.problems.push(
                    Problem::error(format!("a {kind} design has no `{other}`"))
                        .at(&entry.key)
                        .cure(match key {
                            "" => "take it out: a grid has the points that its axes' levels make"
                                .to_owned(),
                            key => format!("write {key}, or take it out"),
                        }),
                );
            }
        }
        let mut size = 0;
        if !key.is_empty() {
            size = match self.whole_number(design, key, 1, most) {
                Some(size) => u32::try_from(size).unwrap_or(u32::MAX),
                None => {
                    if !design.contains_key(key) {
                        self.problems.push(
                            Problem::error(format!(
                                "the {kind} design does not say how large it is"
                            ))
                            .at(&entry.key)
                            .expected(format!("{key} = a whole number")),
                        );
                    }
                    return None;
                }
            };
        }
        let shape = match kind {
            "grid" => {
                for axis in axes.iter().filter(|axis| axis.count().is_none()) {
                    self.problems.push(
                        Problem::error(format!(
                            "`{}` has a range without steps in a grid",
                            axis.name
                        ))
                        .at(&entry.key)
                        .expected("steps = a whole number beside its range, or values"),
                    );
                }
                Shape::Grid
            }
            "latin-hypercube" => Shape::LatinHypercube(size),
            "sobol" => Shape::Sobol(size),
            "saltelli" => Shape::Saltelli(size),
            _ => {
                let levels = self.whole_number(design, "levels", 2, 1000).unwrap_or(4);
                Shape::Morris(size, u32::try_from(levels).unwrap_or(4))
            }
        };
        Some((shape, entry.node.place.clone()))
    }

    /// Reads every scenario with each axis at both ends of its list or range: what a file would not take is said
    /// before anything is run.
    fn try_corners(&mut self, plan: &SweepPlan, table: &Table) {
        let vary = table.get("vary").and_then(|entry| entry.node.table());
        for axis in &plan.spec.axes {
            let levels = match &axis.levels {
                Levels::Range { .. } => vec![0.0, 1.0],
                Levels::Values(values) => middles(values.len()),
                Levels::Variants(variants) => middles(variants.len()),
            };
            for source in &plan.sources {
                for quantile in &levels {
                    let value = axis.at(*quantile, &source.scenario().currency);
                    let Err(found) = source.with(&value.sets) else {
                        continue;
                    };
                    let place = vary
                        .and_then(|vary| vary.get(&axis.name))
                        .map(|entry| &entry.key);
                    let first = found.iter().next();
                    let title = format!(
                        "`{}` cannot be {} in {}: {}",
                        axis.name,
                        value.text,
                        source.scenario().name,
                        first.map_or("", |problem| problem.title.as_str())
                    );
                    let problem = Problem::error(title).at(place.unwrap_or(&self.whole));
                    self.problems.push(match first {
                        Some(first) => Problem {
                            expected: first.expected.clone(),
                            nearest: first.nearest.clone(),
                            ..problem
                        },
                        None => problem,
                    });
                    break;
                }
            }
        }
    }

    // What every key needs.

    fn known(&mut self, table: &Table, keys: &[&'static str], what: &str) {
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

    fn whole_number(&mut self, table: &Table, key: &str, least: u64, most: u64) -> Option<u64> {
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

    fn texts(&mut self, key: &str, node: &Node) -> Vec<(String, Place)> {
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

    fn wrong(&mut self, node: &Node, key: &str, expected: &str) {
        self.problems.push(
            Problem::error(format!(
                "`{key}` is {} that does not belong here",
                node.value.described()
            ))
            .at(&node.place)
            .expected(expected),
        );
    }

    fn wrong_list(&mut self, node: &Node, key: &str) {
        self.problems.push(
            Problem::error(format!("`{key}` is an empty list"))
                .at(&node.place)
                .expected("one value or more"),
        );
    }
}

fn middles(count: usize) -> Vec<f64> {
    (0..count)
        .map(|place| (place as f64 + 0.5) / count as f64)
        .collect()
}
