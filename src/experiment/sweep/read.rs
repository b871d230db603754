//! Reads a plan file, reporting every problem in one pass, each with its line.

use super::axis::Levels;
use super::layout::{Layout, Shape};
use super::plan::{MOST, SweepPlan, SweepSpec, Swept};
use super::read_sets::DrawsAsked;
use crate::engine::STREAM_VERSION;
use crate::experiment::DesignError;
use crate::experiment::plan_file::PlanFile;
use crate::measure::{DEFINITIONS, definition};
use crate::scenario::{Problem, Problems, Source, Table, Value, nearest};
use crate::store::check_names;
use std::path::Path;

pub(super) const KEYS: [&str; 10] = [
    "title",
    "scenarios",
    "vary",
    "design",
    "replicates",
    "seed",
    "scale",
    "outcomes",
    "draws_from",
    "draws",
];
pub(super) const DESIGNS: [&str; 5] = ["grid", "latin-hypercube", "sobol", "saltelli", "morris"];
pub(super) const DESIGN_KEYS: [&str; 5] = ["kind", "points", "base", "trajectories", "levels"];
pub(super) const AXIS_KEYS: [&str; 4] = ["range", "values", "variants", "steps"];
const NAMES_SCENARIOS: &str = "scenarios = [\"as-it-was.toml\"], files relative to this one";
/// Keys that plans have but scenarios do not.
const OWN_KEYS: [&str; 3] = ["scenarios", "vary", "design"];

impl SweepPlan {
    /// Whether a file is a plan rather than a scenario: whether it has a key that only plans have. A file
    /// that cannot be read is not a plan.
    pub fn is_in(path: &Path) -> bool {
        // Whatever reads the file next reports what is wrong with it.
        let opened = PlanFile::open(path, "a plan of a sweep", "docs/sweep.md");
        opened.is_ok_and(|(_, table)| OWN_KEYS.iter().any(|key| table.contains_key(*key)))
    }

    /// Reads a plan file and the scenarios that it names, relative to it; `draws` overrides what the plan
    /// says about sets of parameters.
    ///
    /// # Errors
    /// Everything that is wrong with it.
    pub fn load(path: &Path, draws: DrawsAsked<'_>) -> Result<Self, Problems> {
        let (file, table) = PlanFile::open(path, "a plan of a sweep", "docs/sweep.md")?;
        let notes = Vec::new();
        let mut reader = Reader { file, notes };
        let stem = path.file_stem().and_then(|stem| stem.to_str());
        let folder = path.parent().unwrap_or(Path::new(""));
        let plan = reader.plan(&table, folder, stem.unwrap_or("sweep"), draws);
        let mut problems = reader.file.problems;
        problems.settle();
        match plan {
            Some(plan) if problems.is_empty() => Ok(plan),
            _ => Err(problems),
        }
    }
}

/// A plan being read.
pub(super) struct Reader {
    pub file: PlanFile,
    /// Remarks on the plan, each with a cure.
    pub notes: Vec<[String; 2]>,
}

impl Reader {
    fn plan(
        &mut self,
        table: &Table,
        folder: &Path,
        name: &str,
        draws: DrawsAsked<'_>,
    ) -> Option<SweepPlan> {
        self.file.known(table, &KEYS, "a plan");
        let seed = self
            .file
            .whole_number(table, "seed", 0, u64::MAX)
            .unwrap_or(1);
        let scale = self
            .file
            .whole_number(table, "scale", 1, u64::MAX)
            .unwrap_or(1);
        let most = u64::from(MOST.1);
        let replicates = self
            .file
            .whole_number(table, "replicates", 1, most)
            .unwrap_or(1);
        let title = self.file.text(table, "title");
        let sources = self.scenarios(table, folder);
        let outcomes = self.outcomes(table);
        let axes = match sources.first() {
            Some(source) => self.axes(table, source),
            None => Vec::new(),
        };
        let sets = self.sets(table, folder, &sources, &axes, draws);
        self.note_sets(replicates, sets.len() as u64);
        let (shape, place) = self.shape(table, &axes)?;
        if !self.file.problems.is_empty() || sources.is_empty() {
            return None;
        }
        let layout = match Layout::new(shape, seed, &axes) {
            Ok(layout) => layout,
            Err(error) => {
                self.file.problems.push(
                    Problem::error(error.to_string())
                        .at(&place)
                        .cure(cure_of(&error, shape)),
                );
                return None;
            }
        };
        let plan = SweepPlan {
            spec: SweepSpec {
                exeunt: env!("CARGO_PKG_VERSION").to_owned(),
                stream_version: STREAM_VERSION,
                name: name.to_owned(),
                title: title.map_or_else(|| name.to_owned(), |(title, _)| title),
                scenarios: sources.iter().map(Swept::of).collect(),
                axes,
                shape,
                replicates: u32::try_from(replicates).unwrap_or(u32::MAX),
                sets,
                seed,
                scale,
                outcomes,
            },
            sources,
            layout,
            notes: std::mem::take(&mut self.notes),
        };
        self.try_corners(&plan, table);
        self.file.problems.is_empty().then_some(plan)
    }

    /// Loads the scenarios that the plan names.
    fn scenarios(&mut self, table: &Table, folder: &Path) -> Vec<Source> {
        let Some(entry) = table.get("scenarios") else {
            self.file.missing(
                "the plan names no scenario",
                NAMES_SCENARIOS,
                "write it at the top of the plan, above every [table]",
            );
            return Vec::new();
        };
        let names = self.file.texts("scenarios", &entry.node);
        if matches!(&entry.node.value, Value::Array(items) if items.is_empty()) {
            self.file.problems.push(
                Problem::error("the plan names no scenario")
                    .at(&entry.node.place)
                    .expected(NAMES_SCENARIOS)
                    .cure("write the name of a scenario file, in quotes, between the brackets"),
            );
        }
        let mut sources: Vec<Source> = Vec::new();
        for (file, place) in &names {
            match Source::load(&folder.join(file), &[]) {
                Ok(source) => {
                    let name = &source.scenario().name;
                    if sources.iter().any(|other| other.scenario().name == *name) {
                        self.file.problems.push(
                            Problem::error(format!("two scenarios are called {name}"))
                                .at(place)
                                .expected("a different name for each scenario: tables tell them apart by it")
                                .cure("give the file a `name` of its own, or list it once"),
                        );
                    }
                    if let Err(refused) = check_names(source.scenario()) {
                        self.file.problems.push(
                            Problem::error(refused.to_string())
                                .at(place)
                                .cure("rename it in the file of the scenario"),
                        );
                    }
                    if source.scenario().constants.is_some() {
                        self.file.problems.push(
                            Problem::error(format!(
                                "{name} contains the constants of its first day"
                            ))
                            .at(place)
                            .expected("a scenario whose constants are computed for each point")
                            .cure("name the file it was made from, or take [constants] out of it"),
                        );
                    }
                    sources.push(source);
                }
                Err(found) => self.file.found_at(place, &found),
            }
        }
        if sources.len() > MOST.0 {
            self.file.problems.push(
                Problem::error(format!("{} scenarios", sources.len()))
                    .at(&entry.node.place)
                    .expected(format!("at most {}", MOST.0))
                    .cure("split them among several plans"),
            );
        }
        sources
    }

    fn outcomes(&mut self, table: &Table) -> Vec<String> {
        let Some(entry) = table.get("outcomes") else {
            return Vec::new();
        };
        let ids = self.file.texts("outcomes", &entry.node);
        for (id, place) in &ids {
            if definition(id).is_none() {
                let known = DEFINITIONS.iter().map(|definition| definition.id);
                self.file.problems.push(
                    Problem::error(format!("`{id}` is not an outcome"))
                        .at(place)
                        .expected("an id of docs/outcomes.md")
                        .nearest(nearest(id, known))
                        .cure("correct the id, or take it out"),
                );
            }
        }
        ids.into_iter().map(|(id, _)| id).collect()
    }

    /// Reads every scenario with each axis at both ends of its range or at every entry of its list, so that
    /// values that a scenario rejects are reported before anything is run.
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
                    let problem = Problem::error(title)
                        .at(place.unwrap_or(&self.file.whole))
                        .cure(match &axis.levels {
                            Levels::Range { .. } => {
                                "narrow the range to what every scenario of the plan accepts"
                            }
                            Levels::Values(_) => "correct the value, or take it out of `values`",
                            Levels::Variants(_) => {
                                "correct the overrides of this variant, or take it out"
                            }
                        });
                    self.file.problems.push(match first {
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
}

/// What to write if a design cannot be laid out.
fn cure_of(error: &DesignError, shape: Shape) -> String {
    match (error, shape) {
        (DesignError::NoParameter, _) => "write [vary.\"behaviour.choice.lambda\"]".to_owned(),
        (DesignError::OddLevels { .. }, _) => "write levels = 4".to_owned(),
        (DesignError::SequenceEnds { most, .. }, _) => format!("write base = {most}"),
        (DesignError::TooManyPoints { most, .. }, Shape::LatinHypercube(_) | Shape::Sobol(_)) => {
            format!("write points = {most}")
        }
        (DesignError::TooManyPoints { .. } | DesignError::TooManyParameters { .. }, _) => {
            "write design = { kind = \"latin-hypercube\", points = 64 }, whose size you choose"
                .to_owned()
        }
        _ => "correct [vary], or choose another kind of design".to_owned(),
    }
}

fn middles(count: usize) -> Vec<f64> {
    (0..count)
        .map(|place| (place as f64 + 0.5) / count as f64)
        .collect()
}
