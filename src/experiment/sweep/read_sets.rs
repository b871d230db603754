//! Reads the sets of parameters with which a plan's points are repeated.

use super::axis::Axis;
use super::read::Reader;
use crate::experiment::calibration::PosteriorOf;
use crate::experiment::{Draws, varied};
use crate::scenario::{Problem, Source, Table, read_text};
use std::path::{Path, PathBuf};

/// What is asked for beside the plan: it goes before what the plan says.
#[derive(Debug, Clone, Copy, Default)]
pub struct DrawsAsked<'a> {
    /// A file with sets of parameters.
    pub from: Option<&'a Path>,
    /// How many of them, the first.
    pub first: Option<u32>,
}

impl Reader {
    /// The overrides of each set; none if there is no file of them.
    pub(super) fn sets(
        &mut self,
        table: &Table,
        folder: &Path,
        sources: &[Source],
        axes: &[Axis],
        asked: DrawsAsked<'_>,
    ) -> Vec<Vec<String>> {
        let named = self.file.text(table, "draws_from");
        let place = named
            .as_ref()
            .map_or(self.file.whole.clone(), |(_, place)| place.clone());
        let named = named.map(|(file, _)| folder.join(file));
        let first = self.file.whole_number(table, "draws", 1, 1 << 16);
        let first = asked.first.map(u64::from).or(first);
        let Some(file) = asked.from.map(PathBuf::from).or(named) else {
            if first.is_some() {
                self.file.problems.push(
                    Problem::error("`draws` says how many, and not of what")
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
        // As in a comparison the first scenario is the base, and the others are policies on it.
        if let Some(of) = PosteriorOf::read(&text)
            && let Err([why, cure]) = of.fits(source)
        {
            self.file.problems.push(
                Problem::error(format!("{name}:1: {why}"))
                    .at(&place)
                    .cure(cure),
            );
        }
        let draws = match Draws::read(&name, &text, &varied(source, &[String::new()]), false) {
            Ok(draws) => draws,
            Err(found) => {
                self.file.problems.extend(found);
                return Vec::new();
            }
        };
        for axis in axes {
            if draws.varied.iter().any(|varied| varied.path() == axis.name) {
                self.file.problems.push(
                    Problem::error(format!(
                        "`{}` is varied by the plan and drawn from {name}",
                        axis.name
                    ))
                    .at(&place)
                    .cure("take it out of [vary], or its column out of the file"),
                );
            }
        }
        let most = first.map_or(draws.len(), |first| {
            usize::try_from(first).unwrap_or(usize::MAX)
        });
        if most > draws.len() {
            self.file.problems.push(
                Problem::error(format!(
                    "{name} has {} sets of parameters, not {most}",
                    draws.len()
                ))
                .at(&place)
                .cure(format!(
                    "ask for {} or fewer, or leave the number out for all",
                    draws.len()
                )),
            );
        }
        (0..most.min(draws.len()))
            .map(|set| draws.sets(set))
            .collect()
    }
}
