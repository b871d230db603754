//! A scenario with where everything in it comes from.

use super::check::{self, SaidByPath};
use super::claims::ClaimCounts;
use super::load::{self, LiesOver, Loader, Merged};
use super::names::Names;
use super::node::{Table, Value};
use super::overrides::{self, Override};
use super::place::{Origin, Place, SourceText};
use super::problem::{Problem, Problems, Severity};
use super::{Scenario, build};
use std::path::Path;
use std::sync::Arc;

/// A scenario together with the files that say it: every value knows its file and line, its range,
/// basis and source.
#[derive(Debug, Clone)]
pub struct Source {
    pub(super) scenario: Arc<Scenario>,
    pub(super) warnings: Problems,
    pub(super) said: SaidByPath,
    pub(super) names: Names,
    /// All files merged.
    pub(super) table: Table,
    /// `extends` and `drop` of the file itself.
    pub(super) of_files: Table,
    /// The merged tree of the reference, if it is another scenario.
    pub(super) reference: Option<Table>,
}

impl Source {
    /// Reads a scenario and all files that it extends, and applies overrides (`PATH=VALUE`).
    ///
    /// # Errors
    ///
    /// All problems of all files, if one of them is an error.
    pub fn load(path: &Path, sets: &[String]) -> Result<Self, Problems> {
        let mut loader = Loader::default();
        let merged = loader.file(path, None);
        let stem = path.file_stem().and_then(|stem| stem.to_str());
        Self::finish(loader, merged, stem.unwrap_or("scenario"), sets)
    }

    /// Reads a scenario from a text that names no other file; `name` is its name in messages, and
    /// in results unless the text says another.
    ///
    /// # Errors
    ///
    /// All problems of the text, if one of them is an error.
    pub fn parse(name: &str, text: &str) -> Result<Self, Problems> {
        load::within_limit(text.len()).map_err(|reason| {
            Problem::error(format!("cannot read {name}: {reason}"))
                .expected("the text of a scenario")
                .cure("give the text of a scenario file; tables of numbers do not belong in one")
        })?;
        let mut loader = Loader::default();
        let merged = loader.text(&Arc::new(SourceText {
            name: name.to_owned(),
            text: text.to_owned(),
            origin: Origin::Memory,
        }));
        let stem = name.strip_suffix(".toml").unwrap_or(name);
        Self::finish(loader, Some(merged), stem, &[])
    }

    /// The same scenario with more overrides, which go through the same checks; no file is read again.
    ///
    /// # Errors
    ///
    /// All problems, if one of them is an error.
    pub fn with(&self, sets: &[String]) -> Result<Self, Problems> {
        let mut table = self.table.clone();
        match &self.reference {
            Some(reference) => {
                if let Some(entry) = table.get_mut("reference") {
                    entry.node.value = Value::Table(Arc::new(reference.clone()));
                }
            }
            // It is its own reference, and stays that under overrides of facts and parameters.
            None => {
                table.remove("reference");
            }
        }
        self.again(table, sets)
    }

    /// The scenario of another tree, under the name of this one.
    pub(super) fn again(&self, table: Table, sets: &[String]) -> Result<Self, Problems> {
        let source = Arc::new(SourceText {
            name: self.scenario.name.clone(),
            text: String::new(),
            origin: Origin::Memory,
        });
        let merged = Merged {
            table,
            source,
            of_files: self.of_files.clone(),
            incomplete: false,
            lies_over: None,
        };
        Self::finish(Loader::default(), Some(merged), &self.scenario.name, sets)
    }

    /// The scenario.
    pub fn scenario(&self) -> &Arc<Scenario> {
        &self.scenario
    }

    /// What is probably not as meant.
    pub fn warnings(&self) -> &Problems {
        &self.warnings
    }

    /// Where an override gives the value of a path; `None` of what the files give.
    pub fn overridden(&self, path: &str) -> Option<&Place> {
        let said = self.said.get(path)?;
        let is_set = !said.preset && said.place.source.origin == Origin::Override;
        is_set.then_some(&said.place)
    }

    /// How many numbers rest on which basis.
    pub fn claims(&self) -> ClaimCounts {
        ClaimCounts::of(&self.said)
    }

    fn finish(
        mut loader: Loader,
        merged: Option<Merged>,
        stem: &str,
        sets: &[String],
    ) -> Result<Self, Problems> {
        let of_files = merged.as_ref().map(|merged| merged.of_files.clone());
        let draft = merged.map(|merged| draft(&mut loader, merged, stem, sets, true));
        let (errors, warnings) = loader.settle().split();
        match draft {
            Some(draft) if errors.is_empty() => Ok(Self {
                scenario: Arc::new(draft.scenario),
                warnings,
                said: draft.said,
                names: draft.names,
                table: draft.table,
                of_files: of_files.unwrap_or_default(),
                reference: draft.reference,
            }),
            _ => Err(errors),
        }
    }
}

/// A scenario that was read, with or without problems.
pub(super) struct Draft {
    pub scenario: Scenario,
    pub said: SaidByPath,
    names: Names,
    table: Table,
    reference: Option<Table>,
    /// Whether it is a part for others to extend.
    pub is_part: bool,
}

/// Checks a merged tree and builds what it says; problems are collected by the loader. `must_run`
/// says that a part of a scenario will not do.
pub(super) fn draft(
    loader: &mut Loader,
    merged: Merged,
    stem: &str,
    sets: &[String],
    must_run: bool,
) -> Draft {
    let place = Place::new(&merged.source, 0..0);
    let mut table = merged.table.clone();
    let errors_of_others = errors(&loader.problems);
    let sets: Vec<Override> = sets
        .iter()
        .filter_map(|set| overrides::read(set, &mut loader.problems))
        .collect();
    let names = Names::of(&table);
    let has = |key: &str| table.contains_key(key);
    let is_whole = must_run || has("time") || (has("segment") && has("country"));
    if is_whole {
        overrides::apply(&sets, &mut table, &names, &mut loader.problems);
    }
    if is_whole && sets.iter().any(|set| !set.is_rule()) {
        warn_of_constants(&table, &mut loader.problems);
    }
    if let Some(below) = merged.lies_over.as_ref().filter(|_| is_whole) {
        warn_of_no_reference(&table, below, &mut loader.problems);
    }
    let whole = is_whole && !merged.incomplete;
    let said = check::check(&table, &names, &place, whole, &mut loader.problems);
    let mut scenario = if whole {
        build::build(&said, &names, &table, &place, stem, &mut loader.problems)
    } else {
        // Of a part the values have been checked; there is nothing to put together.
        build::build(
            &said,
            &names,
            &table,
            &place,
            stem,
            &mut Problems::default(),
        )
    };
    let reference = if is_whole {
        reference(loader, &merged, &table, &sets)
    } else {
        None
    };
    if let Some((reference, stem)) = &reference {
        scenario.reference = Some(Arc::new(build_reference(
            loader, reference, &table, &names, &place, stem, whole,
        )));
    }
    // (Where the scenario or its reference has errors, what they list is not what they mean.)
    if whole && errors(&loader.problems) == errors_of_others {
        check_lists(&scenario, &table, &mut loader.problems);
    }
    if whole {
        build::repression::check(&scenario, (&said, &table), &place, &mut loader.problems);
    }
    Draft {
        scenario,
        said,
        names,
        table,
        reference: reference.map(|(table, _)| table),
        is_part: !is_whole,
    }
}

/// Constants were computed with the facts and parameters of their scenario, not with overrides.
fn warn_of_constants(table: &Table, problems: &mut Problems) {
    if let Some(entry) = table.get("constants") {
        problems.push(
            Problem::warning(
                "the constants of this resolved scenario do not reflect the overrides",
            )
            .at(&entry.key)
            .expected("overrides of rules, which leave the constants as they are")
            .cure("override the files that it was made from"),
        );
    }
}

/// An overlay that is measured from its own first day answers another question than its base does: what it
/// opens or shuts on that day is then taken for what people are used to.
fn warn_of_no_reference(table: &Table, below: &LiesOver, problems: &mut Problems) {
    if table.contains_key("reference") || table.contains_key("constants") {
        return;
    }
    let path = Path::new(&below.file);
    let name = path.file_name().and_then(|name| name.to_str());
    let name = super::text::quoted(name.unwrap_or(&below.file));
    problems.push(
        Problem::warning(format!(
            "no `reference`: this scenario is measured from its own first day, not from that of {}, which it extends",
            below.file
        ))
        .at(&below.place)
        .expected("a case that names itself as reference, so that everything that extends it is measured from its first day")
        .cure(format!("add reference = {name} to {}", below.file)),
    );
}

/// The merged tree of the reference with the stem of its file; `None` if the scenario is its own.
fn reference(
    loader: &mut Loader,
    merged: &Merged,
    table: &Table,
    sets: &[Override],
) -> Option<(Table, String)> {
    let entry = table.get("reference")?;
    let place = &entry.node.place;
    let (mut reference, stem) = match &entry.node.value {
        Value::Text(name) => {
            let found = loader.beside(name, place)?;
            let is_itself = Arc::ptr_eq(&found.source, &merged.source);
            if is_itself && !sets.iter().any(Override::is_rule) {
                return None;
            }
            let stem = Path::new(name).file_stem().and_then(|stem| stem.to_str());
            (found.table, stem.unwrap_or("reference").to_owned())
        }
        Value::Table(embedded) => (Table::clone(embedded), "reference".to_owned()),
        other => {
            loader.problems.push(
                Problem::error(format!("`reference` is {}", other.described()))
                    .at(place)
                    .expected("the file of a scenario, relative to this one")
                    .cure("write reference = \"as-it-was.toml\""),
            );
            return None;
        }
    };
    // Parameters and facts that are overridden hold in the reference too; its rules are its own.
    let names = Names::of(&reference);
    let facts: Vec<Override> = sets.iter().filter(|set| !set.is_rule()).cloned().collect();
    overrides::apply(&facts, &mut reference, &names, &mut Problems::default());
    reference.remove("reference");
    reference.remove("constants");
    if let Some(behaviour) = table.get("behaviour") {
        reference.insert("behaviour".to_owned(), behaviour.clone());
    }
    Some((reference, stem))
}

/// How many errors there are.
fn errors(problems: &Problems) -> usize {
    let is_error = |problem: &&Problem| problem.severity == Severity::Error;
    problems.iter().filter(is_error).count()
}

/// Checks that the reference lists what the scenario lists.
fn check_lists(scenario: &Scenario, table: &Table, problems: &mut Problems) {
    let (Some(reference), Some(entry)) = (&scenario.reference, table.get("reference")) else {
        return;
    };
    if let Some(unlike) = scenario.lists_otherwise(reference) {
        problems.push(
            Problem::error(format!("the reference has {unlike}"))
                .at(&entry.node.place)
                .expected("a reference with the same countries, segments and documents: its first day fixes constants for them")
                .cure("list in both what stands in one alone: a country or document that a policy brings stands unused in the base"),
        );
    }
}

fn build_reference(
    loader: &mut Loader,
    reference: &Table,
    table: &Table,
    names: &Names,
    place: &Place,
    stem: &str,
    whole: bool,
) -> Scenario {
    let reference_names = Names::of(reference);
    let place = table
        .get("reference")
        .map_or_else(|| place.clone(), |entry| entry.node.place.clone());
    let missing: Vec<&str> = names
        .segments
        .difference(&reference_names.segments)
        .map(String::as_str)
        .collect();
    if whole && !missing.is_empty() {
        loader.problems.push(
            Problem::error(format!(
                "the reference has no segment {}",
                missing.join(", ")
            ))
            .at(&place)
            .expected("a reference with every segment of this scenario: its first day fixes a constant for each")
            .cure("add the segments to the reference, or take `reference` out"),
        );
    }
    let mut problems = Problems::default();
    let said = check::check(reference, &reference_names, &place, whole, &mut problems);
    let scenario = build::build(
        &said,
        &reference_names,
        reference,
        &place,
        stem,
        &mut problems,
    );
    // Warnings of the reference belong to it, and are given when it is checked itself.
    let (errors, _) = problems.split();
    if whole {
        loader.problems.extend(errors);
    }
    scenario
}

impl Scenario {
    /// Reads a scenario and all files that it extends: short for [`Source::load`] without
    /// overrides.
    ///
    /// # Errors
    ///
    /// All problems of all files, if one of them is an error.
    pub fn load(path: impl AsRef<Path>) -> Result<Arc<Self>, Problems> {
        Source::load(path.as_ref(), &[]).map(|source| Arc::clone(source.scenario()))
    }
}
