//! Reads the sets of parameters with which the points of a plan are repeated.

use super::axis::{Axis, Levels};
use super::plan::idle_because;
use super::read::Reader;
use crate::experiment::calibration::PosteriorOf;
use crate::experiment::{Draws, Head, Varied, varied};
use crate::scenario::{Place, Problem, Source, Table, read_text};
use std::path::{Path, PathBuf};

/// What is asked for beside the plan; it overrides what the plan says.
#[derive(Debug, Clone, Copy, Default)]
pub struct DrawsAsked<'a> {
    /// A file of sets of parameters.
    pub from: Option<&'a Path>,
    /// How many of its sets to use, from the first on.
    pub first: Option<u32>,
}

impl Reader {
    /// Adds a remark if some sets of parameters are used more often than others, or not at all.
    pub(super) fn note_sets(&mut self, replicates: u64, sets: u64) {
        if sets == 0 || replicates.is_multiple_of(sets) {
            return;
        }
        let (used, fewer) = if replicates < sets {
            (
                format!("only the first {replicates} of the {sets} sets of parameters are used"),
                format!(", or draws = {replicates}"),
            )
        } else {
            let used = "the first sets of parameters are used more often than the others";
            (used.to_owned(), String::new())
        };
        self.notes.push([
            format!(
                "{used}: repetition r of a point is run with set r, and replicates = {replicates}"
            ),
            format!("write replicates = {sets} or a multiple of it{fewer}"),
        ]);
    }

    /// Reads the overrides of each set; empty if there is no file of sets.
    pub(super) fn sets(
        &mut self,
        table: &Table,
        folder: &Path,
        sources: &[Source],
        axes: &[Axis],
        asked: DrawsAsked<'_>,
    ) -> Vec<Vec<String>> {
        let named = self.file.text(table, "draws_from");
        let place = match (asked.from, &named) {
            (Some(file), _) => Place::of_option(format!("--draws-from {}", file.display())),
            (None, Some((_, place))) => place.clone(),
            (None, None) => self.file.whole.clone(),
        };
        let named = named.map(|(file, _)| folder.join(file));
        let first = self.file.whole_number(table, "draws", 1, 1 << 16);
        let first = asked.first.map(u64::from).or(first);
        let Some(file) = asked.from.map(PathBuf::from).or(named) else {
            if first.is_some() {
                self.file.problems.push(
                    Problem::error("`draws` says how many sets to use, but not from which file")
                        .at(&place)
                        .expected("draws_from = \"posterior.csv\" beside it: a file of sets of parameters")
                        .cure("name the file in the plan or with --draws-from FILE, or leave the number out"),
                );
            }
            return Vec::new();
        };
        let name = file.display().to_string();
        let text = match read_text(&file) {
            Ok(text) => text,
            Err(reason) => {
                self.file.problems.push(
                    Problem::error(format!("cannot read {name}: {reason}"))
                        .at(&place)
                        .expected(
                            "a CSV file with a column for each parameter and a row for each set",
                        )
                        .cure("docs/compare.md says how to write one"),
                );
                return Vec::new();
            }
        };
        let Some(source) = sources.first() else {
            return Vec::new();
        };
        // As in a comparison, the first scenario is the base, and the others are policies on it.
        match PosteriorOf::read(&text).map(|of| of.fits(source)) {
            Some(Err([why, cure])) => self.file.problems.push(
                Problem::error(format!("{name}:1: {why}"))
                    .at(&place)
                    .cure(cure),
            ),
            Some(Ok(Some(changed))) => self.notes.push([
                format!("{name}: {changed}"),
                "calibrate the scenario again".to_owned(),
            ]),
            _ => {}
        }
        let draws = match Draws::read(
            &name,
            &text,
            &varied(source, &[String::new()]),
            Head::Scenario,
        ) {
            Ok(draws) => draws,
            Err(found) => {
                self.file.problems.extend(found);
                return Vec::new();
            }
        };
        self.refuse_both(&name, &draws, (sources, axes), &place);
        self.note_idle(&name, &draws, (sources, axes));
        let most = self.most(&name, &draws, first, &place);
        (0..most).map(|set| draws.sets(set)).collect()
    }

    /// Adds a remark for each parameter of a file that changes nothing in any of the scenarios, since its
    /// effect cannot be told from none.
    fn note_idle(&mut self, name: &str, draws: &Draws, (sources, axes): (&[Source], &[Axis])) {
        for varied in &draws.varied {
            if let Some(why) = idle_because(varied.path(), sources, axes) {
                self.notes.push([
                    format!(
                        "{name}: `{}` is drawn but changes nothing in these scenarios, because of {why}",
                        varied.path()
                    ),
                    "switch that on, or take its column out".to_owned(),
                ]);
            }
        }
    }

    /// How many sets are used: all, or as many of the first as are asked for; asking for more than there are
    /// is refused.
    fn most(&mut self, name: &str, draws: &Draws, first: Option<u64>, place: &Place) -> usize {
        let most = first.map_or(draws.len(), |first| {
            usize::try_from(first).unwrap_or(usize::MAX)
        });
        if most > draws.len() {
            self.file.problems.push(
                Problem::error(format!(
                    "{name} has {} sets of parameters, not {most}",
                    draws.len()
                ))
                .at(place)
                .cure(format!(
                    "ask for {} or fewer, or leave the number out to use all",
                    draws.len()
                )),
            );
        }
        most.min(draws.len())
    }

    /// Refuses a parameter that is both varied and drawn, since the plan's value would silently override the
    /// drawn one. Each scenario is checked, since a group may have other members in each.
    fn refuse_both(
        &mut self,
        name: &str,
        draws: &Draws,
        (sources, axes): (&[Source], &[Axis]),
        place: &Place,
    ) {
        for axis in axes {
            let sets = |varied: &&Varied| {
                let mut sources = sources.iter();
                sources.any(|source| axis.sets_path(varied.path(), source))
            };
            for varied in draws.varied.iter().filter(sets) {
                let by = match &axis.levels {
                    Levels::Variants(_) => format!(" (by variants of `{}`)", axis.name),
                    _ if axis.name == varied.path() => String::new(),
                    _ => format!(" (by `{}`)", axis.name),
                };
                self.file.problems.push(
                    Problem::error(format!(
                        "`{}` is varied by the plan{by} and drawn from {name}",
                        varied.path()
                    ))
                    .at(place)
                    .cure("take it out of [vary], or its column out of the file"),
                );
            }
        }
    }
}
