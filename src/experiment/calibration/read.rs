//! Reads a plan file, reporting every problem in one pass, each with its line.

use super::Target;
use super::plan::{CalibrationPlan, CalibrationSpec, Prior};
use super::rounds::{MOST_ATTEMPTS, MOST_GENERATIONS};
use crate::engine::STREAM_VERSION;
use crate::experiment::plan_file::PlanFile;
use crate::experiment::sweep::Swept;
use crate::experiment::{Varied, varied};
use crate::scenario::{Entry, Place, Problem, Problems, Source, Table, Value, nearest};
use std::path::{Path, PathBuf};

const KEYS: [&str; 13] = [
    "title",
    "scenario",
    "observed",
    "prior",
    "rows",
    "leave_out",
    "constants",
    "particles",
    "proposals",
    "generations",
    "least_acceptance",
    "seed",
    "scale",
];
const SHOWS_PATHS: &str = "write such lines below [prior]; exeunt show SCENARIO behaviour shows the paths that have a range";

/// A row of the file of observations, as far as a plan needs it.
#[derive(Debug, Clone, PartialEq)]
pub struct ObservedRow {
    /// The row, marked as fitted unless there is a reason against it.
    pub target: Target,
    /// Why it cannot be fitted; `None` if it can.
    pub reason: Option<String>,
}

impl CalibrationPlan {
    /// Whether a file is the plan of a calibration: whether it has a key that only such plans have. A file
    /// that cannot be read is not.
    pub fn is_in(path: &Path) -> bool {
        let opened = PlanFile::open(path, "a plan of a calibration", "docs/calibrate.md");
        opened.is_ok_and(|(_, table)| table.contains_key("prior"))
    }

    /// Reads a plan file, the scenario that it names and, through `observed`, the rows of the file of
    /// observations at the path passed to it.
    ///
    /// # Errors
    /// Everything that is wrong with it.
    pub fn load(
        path: &Path,
        observed: impl FnOnce(&Path, &Source) -> Result<Vec<ObservedRow>, Problems>,
    ) -> Result<Self, Problems> {
        let (file, table) = PlanFile::open(path, "a plan of a calibration", "docs/calibrate.md")?;
        let stem = path.file_stem().and_then(|stem| stem.to_str());
        let mut reader = Reader { file };
        let folder = path.parent().unwrap_or(Path::new(""));
        let plan = reader.plan(&table, folder, stem.unwrap_or("calibration"), observed);
        let mut problems = reader.file.problems;
        problems.settle();
        match plan {
            Some(plan) if problems.is_empty() => Ok(plan),
            _ => Err(problems),
        }
    }
}

pub(super) struct Reader {
    pub file: PlanFile,
}

impl Reader {
    fn plan(
        &mut self,
        table: &Table,
        folder: &Path,
        name: &str,
        observed: impl FnOnce(&Path, &Source) -> Result<Vec<ObservedRow>, Problems>,
    ) -> Option<CalibrationPlan> {
        self.file.known(table, &KEYS, "a plan of a calibration");
        let title = self.file.text(table, "title");
        let seed = self.file.whole_number(table, "seed", 0, u64::MAX);
        let scale = self.file.whole_number(table, "scale", 1, u64::MAX);
        let sizes = self.sizes(table);
        let least_acceptance = self.share(table, "least_acceptance", 0.05);
        let (source, scenario_file) = self.scenario(table, folder)?;
        let varied = self.priors(table, &source);
        let file = match self.file.text(table, "observed") {
            Some((file, _)) => folder.join(file),
            None => scenario_file.with_file_name("observed.csv"),
        };
        let rows = match observed(&file, &source) {
            Ok(rows) => rows,
            Err(found) => {
                self.file.problems.extend(found);
                return None;
            }
        };
        let (targets, left_out) = self.targets(table, &file, &rows);
        let (inner, constants) = self.inner(table, (&rows, &targets), &source, &varied);
        self.few(table, sizes, varied.len(), &targets);
        let prior = |varied: &Varied| Prior {
            path: varied.path().to_owned(),
            ends: varied.ends(),
        };
        Some(CalibrationPlan {
            spec: CalibrationSpec {
                exeunt: env!("CARGO_PKG_VERSION").to_owned(),
                stream_version: STREAM_VERSION,
                name: name.to_owned(),
                title: title.map_or_else(|| name.to_owned(), |(title, _)| title),
                scenario: Swept::of(&source),
                priors: varied.iter().map(prior).collect(),
                targets,
                left_out,
                inner,
                particles: sizes.0,
                proposals: sizes.1,
                generations: sizes.2,
                least_acceptance,
                seed: seed.unwrap_or(1),
                scale: scale.unwrap_or(1),
            },
            source,
            varied,
            constants,
        })
    }

    /// Reads the numbers of particles, proposals and generations.
    fn sizes(&mut self, table: &Table) -> (u32, u32, u32) {
        let most = u64::from(MOST_ATTEMPTS / 2);
        let small = |number: u64| u32::try_from(number).unwrap_or(u32::MAX);
        let particles = self.file.whole_number(table, "particles", 4, most);
        let particles = particles.map_or(200, small);
        let proposals = self.file.whole_number(table, "proposals", 1, most);
        let most = u64::from(MOST_GENERATIONS);
        let generations = self.file.whole_number(table, "generations", 1, most);
        (
            particles,
            proposals.map_or(particles, small),
            generations.map_or(12, small),
        )
    }

    pub(super) fn share(&mut self, table: &Table, key: &str, usual: f64) -> f64 {
        let Some(entry) = table.get(key) else {
            return usual;
        };
        let number = self
            .file
            .quantity(&entry.node, crate::units::Dimension::Share, "");
        match number {
            Some(number) if (0.0..=1.0).contains(&number) => number,
            Some(_) => {
                self.file.wrong(
                    &entry.node,
                    key,
                    "a share from 0 to 1, such as \"5 %\"",
                    &format!("write {key} = {usual}"),
                );
                usual
            }
            None => usual,
        }
    }

    fn scenario(&mut self, table: &Table, folder: &Path) -> Option<(Source, PathBuf)> {
        let Some((file, place)) = self.file.text(table, "scenario") else {
            if !table.contains_key("scenario") {
                self.file.missing(
                    "the plan names no scenario",
                    "scenario = \"as-it-was.toml\", a file relative to this one",
                    "write it at the top of the plan, above every [table]",
                );
            }
            return None;
        };
        let path = folder.join(file);
        match Source::load(&path, &[]) {
            Ok(source) => {
                if source.scenario().constants.is_some() {
                    self.file.problems.push(
                        Problem::error("the scenario contains the constants of its first day")
                            .at(&place)
                            .expected("a scenario whose constants are computed for each set of parameters")
                            .cure("name the file it was made from, or take [constants] out of it"),
                    );
                }
                Some((source, path))
            }
            Err(found) => {
                self.file.found_at(&place, &found);
                None
            }
        }
    }

    /// Reads the parameters that are sampled, in the order of their paths.
    fn priors(&mut self, table: &Table, source: &Source) -> Vec<Varied> {
        let Some(entry) = table.get("prior") else {
            self.file.missing(
                "the plan samples nothing",
                "a table [prior] with a line \"PATH\" = {} for each parameter",
                SHOWS_PATHS,
            );
            return Vec::new();
        };
        let Some(priors) = entry.node.table() else {
            self.file.wrong(
                &entry.node,
                "prior",
                "a table",
                "write [prior], and below it a line \"PATH\" = {} for each parameter",
            );
            return Vec::new();
        };
        if priors.is_empty() {
            self.file.problems.push(
                Problem::error("the plan samples nothing")
                    .at(&entry.key)
                    .expected("a line \"PATH\" = {} for each parameter")
                    .cure(SHOWS_PATHS),
            );
        }
        let found = priors
            .iter()
            .map(|(path, entry)| self.prior(path, entry, source));
        found.collect::<Vec<_>>().into_iter().flatten().collect()
    }

    fn prior(&mut self, path: &str, entry: &Entry, source: &Source) -> Option<Varied> {
        let Some(table) = entry.node.table() else {
            self.file.wrong(
                &entry.node,
                path,
                "a table: {} for the range in the scenario, or { range = [LOW, HIGH] }",
                &match &entry.node.value {
                    Value::Array(items) if items.len() == 2 => {
                        format!("write \"{path}\" = {{ range = [LOW, HIGH] }}")
                    }
                    _ => format!("write \"{path}\" = {{}}"),
                },
            );
            return None;
        };
        self.file.known(table, &["range"], "a prior");
        let parameter = self.ranged(path, &entry.key, source)?;
        let Some(range) = table.get("range") else {
            return Some(parameter);
        };
        let (low, high) = self.file.ends(
            &range.node,
            parameter.dimension(),
            &source.scenario().currency,
        )?;
        let [least, _, most] = parameter.ends();
        if low >= high {
            self.file.problems.push(
                Problem::error(format!("the prior of `{path}` has no width"))
                    .at(&range.node.place)
                    .expected("a lower end, then a higher one")
                    .cure("take the prior out to keep the value that the scenario gives"),
            );
            return None;
        }
        if low < least || high > most {
            let [least, most] = parameter.range_text();
            self.file.problems.push(
                Problem::error(format!("the prior of `{path}` extends beyond its range"))
                    .at(&range.node.place)
                    .expected(format!(
                        "ends from {least} to {most}, the range in the scenario"
                    ))
                    .cure("narrow it, or widen the range in the scenario, with its basis"),
            );
            return None;
        }
        Some(parameter.between(low, high))
    }

    /// Finds the number with a range at a path; `None`, with a problem, if there is none.
    pub(super) fn ranged(&mut self, path: &str, place: &Place, source: &Source) -> Option<Varied> {
        let found = varied(source, &[path.to_owned()]);
        if let Some(parameter) = found.into_iter().find(|found| found.path() == path) {
            return Some(parameter);
        }
        let problem = match source.show(Some(path)) {
            // This error names the nearest path that exists.
            Err(found) => {
                for problem in &found {
                    self.file.problems.push(problem.clone().at(place));
                }
                return None;
            }
            Ok(_) => Problem::error(format!(
                "`{path}` is not a number with a range of some width"
            )),
        };
        self.file.problems.push(
            problem
                .at(place)
                .expected("a number whose range in the scenario has a lower and a higher end")
                .cure(format!("exeunt show SCENARIO {path} shows what is there; give it a range, or take it out")),
        );
        None
    }

    /// The rows that have a measure, with those that are fitted marked, and the ids of those left out.
    fn targets(
        &mut self,
        table: &Table,
        file: &Path,
        rows: &[ObservedRow],
    ) -> (Vec<Target>, Vec<String>) {
        let asked = table
            .get("rows")
            .map(|entry| self.ids("rows", entry, file, rows));
        let left_out = table
            .get("leave_out")
            .map(|entry| self.ids("leave_out", entry, file, rows));
        let left_out = left_out.unwrap_or_default();
        let mut fitted = 0;
        let mut targets = Vec::new();
        for row in rows {
            let named = asked
                .as_ref()
                .is_none_or(|ids| ids.contains(&row.target.id));
            let fits = named && row.reason.is_none() && !left_out.contains(&row.target.id);
            fitted += usize::from(fits);
            if row.target.measure.is_empty() {
                continue;
            }
            targets.push(Target {
                fitted: fits,
                ..row.target.clone()
            });
        }
        if fitted == 0 {
            self.file.missing(
                "no row is left to fit to",
                &format!(
                    "rows with use `fit`, a measure and a band of some width in {}",
                    file.display()
                ),
                "take rows out of leave_out, name others in rows, or give a row of the file the use `fit`, a low \
                 and a high",
            );
        }
        (targets, left_out)
    }

    /// Reads a list of ids of rows, all of which must be fittable.
    fn ids(&mut self, key: &str, entry: &Entry, file: &Path, rows: &[ObservedRow]) -> Vec<String> {
        let ids = self.file.texts(key, &entry.node);
        for (id, place) in &ids {
            match rows.iter().find(|row| row.target.id == *id) {
                None => {
                    let known = rows.iter().map(|row| row.target.id.as_str());
                    self.file.problems.push(
                        Problem::error(format!("{} has no row `{id}`", file.display()))
                            .at(place)
                            .expected("the id of a row")
                            .nearest(nearest(id, known))
                            .cure("correct the id, or take it out of the list"),
                    );
                }
                Some(ObservedRow {
                    reason: Some(reason),
                    ..
                }) => self.file.problems.push(
                    Problem::error(format!("row `{id}` cannot be fitted: {reason}"))
                        .at(place)
                        .cure("take it out of the list"),
                ),
                Some(_) => {}
            }
        }
        ids.into_iter().map(|(id, _)| id).collect()
    }

    /// Reports more parameters than a population of this size can tell anything about.
    fn few(
        &mut self,
        table: &Table,
        sizes: (u32, u32, u32),
        parameters: usize,
        targets: &[Target],
    ) {
        let least = 2 * parameters + 2;
        if (sizes.0 as usize) < least && !targets.is_empty() {
            let entry = table.get("particles");
            let place = entry.map_or(self.file.whole.clone(), |entry| entry.node.place.clone());
            self.file.problems.push(
                Problem::error(format!("{} particles for {parameters} parameters", sizes.0))
                    .at(&place)
                    .expected(format!("at least {least}: the spread of what is kept has to be estimated in every direction"))
                    .cure(format!("write particles = {}, or sample fewer parameters", 10 * parameters.max(4))),
            );
        }
    }
}
