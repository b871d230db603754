//! Sets of parameters: as in the files, from a design, or from a file of draws.

use super::csv_text::csv_records;
use super::{Design, Varied};
use crate::scenario::{Place, Problem, Problems, SourceText, nearest};
use csv::StringRecord;
use std::sync::Arc;

/// Sets of parameters, numbered.
#[derive(Debug, Clone, PartialEq)]
pub struct Draws {
    /// Where they come from: `files`, the name of a design, or the name of a file.
    pub design: String,
    /// The parameters, in the order of the columns of `values`.
    pub varied: Vec<Varied>,
    /// The numbers of the sets: 0 for the values of the files, 1 and up for those drawn.
    pub numbers: Vec<u32>,
    /// Values in the base unit, by set and parameter.
    pub values: Vec<Vec<f64>>,
}

impl Draws {
    /// One set, number 0: every parameter as in the files.
    pub fn as_in_files() -> Self {
        Self {
            design: "files".to_owned(),
            varied: Vec::new(),
            numbers: vec![0],
            values: vec![Vec::new()],
        }
    }

    /// `draws` sets, spread over the ranges by a design.
    pub fn designed(design: Design, seed: u64, draws: u32, varied: Vec<Varied>) -> Self {
        let paths: Vec<&str> = varied.iter().map(Varied::path).collect();
        let quantiles = design.quantiles(seed, draws, &paths);
        let values = quantiles
            .iter()
            .map(|row| varied.iter().zip(row).map(|(varied, q)| varied.at(*q)))
            .map(Iterator::collect)
            .collect();
        Self {
            design: design.name().to_owned(),
            varied,
            numbers: (1..=draws).collect(),
            values,
        }
    }

    /// Reads the sets in a CSV file: a column for each parameter, headed by its path, and a row for each set,
    /// with units in the cells; lines that begin with `#` are skipped. `name` is the file's name in messages,
    /// `known` are the parameters of the scenario, and `head` says which of them must or may have columns.
    ///
    /// # Errors
    /// All problems of all lines.
    pub fn read(name: &str, text: &str, known: &[Varied], head: Head) -> Result<Self, Problems> {
        let (source, records) = csv_records(name, text, Some(b'#'))?;
        let mut problems = Problems::default();
        let Some((heading, rows)) = records.split_first() else {
            return Err(Problem::error(format!("{name} is empty"))
                .at(&Place::new(&source, 0..0))
                .expected("a heading of paths, then a row for each set of parameters")
                .cure("begin with a line such as behaviour.choice.lambda,behaviour.choice.mu")
                .into());
        };
        let varied = columns(heading, &source, known, head, &mut problems);
        if rows.is_empty() {
            problems.push(
                Problem::error(format!("{name} has no set of parameters"))
                    .at(&Place::new(&source, 0..0))
                    .expected("a row for each set below the heading")
                    .cure("add a row of values with their units, or leave --draws-from out"),
            );
        }
        // Cells mean something only below a valid header.
        let mut values = Vec::new();
        if problems.is_empty() {
            for record in rows {
                values.push(row(record, &source, heading.len(), &varied, &mut problems));
            }
        }
        problems.settle();
        if !problems.is_empty() {
            return Err(problems);
        }
        Ok(Self {
            design: name.to_owned(),
            numbers: (1..).take(values.len()).collect(),
            varied,
            values,
        })
    }

    /// The first `count` sets.
    pub fn first(mut self, count: usize) -> Self {
        self.numbers.truncate(count);
        self.values.truncate(count);
        self
    }

    /// The same sets without the parameters at some paths, which keep the values of the files. The values of
    /// the others do not change.
    pub fn without(mut self, paths: &[String]) -> Self {
        let keeps = |varied: &Varied| !paths.iter().any(|path| path == varied.path());
        let kept: Vec<bool> = self.varied.iter().map(keeps).collect();
        let keep = |row: &mut Vec<f64>| {
            let mut kept = kept.iter();
            row.retain(|_| kept.next().copied().unwrap_or(true));
        };
        self.values.iter_mut().for_each(keep);
        self.varied.retain(keeps);
        self
    }

    /// How far along its range each value lies, 0 to 1, by set and parameter.
    pub fn places(&self) -> Vec<Vec<f64>> {
        let of_set = |row: &Vec<f64>| {
            let each = self.varied.iter().zip(row);
            each.map(|(varied, value)| varied.place(*value)).collect()
        };
        self.values.iter().map(of_set).collect()
    }

    /// Number of sets.
    pub fn len(&self) -> usize {
        self.numbers.len()
    }

    /// Whether there are no sets.
    pub fn is_empty(&self) -> bool {
        self.numbers.is_empty()
    }

    /// The overrides of the set at an index.
    pub fn sets(&self, place: usize) -> Vec<String> {
        let values = self.values.get(place).into_iter().flatten();
        self.varied
            .iter()
            .zip(values)
            .map(|(varied, value)| varied.set(*value))
            .collect()
    }
}

/// Which columns a file of draws may or must have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Head {
    /// For a scenario: any numbers that have a range.
    Scenario,
    /// For a comparison: any numbers that have a range and are the same in all scenarios.
    Compared,
    /// For a comparison with `--vary`: all numbers that it names.
    Vary,
}

impl Head {
    /// What a column header should be, for messages.
    fn expected(self) -> &'static str {
        match self {
            Self::Scenario => "the path of a number with a range",
            Self::Compared | Self::Vary => {
                "the path of a number that has a range and is the same in all scenarios, below a path of --vary if that is \
                 given"
            }
        }
    }
}

/// The parameter of each column.
fn columns(
    heading: &StringRecord,
    source: &Arc<SourceText>,
    known: &[Varied],
    head: Head,
    problems: &mut Problems,
) -> Vec<Varied> {
    let place = line_of(heading, source);
    let mut varied: Vec<Varied> = Vec::new();
    for path in heading {
        let path = path.trim();
        if varied.iter().any(|other| other.path() == path) {
            problems.push(
                Problem::error(format!("`{path}` heads two columns"))
                    .at(&place)
                    .cure("take one of them out"),
            );
            continue;
        }
        match known.iter().find(|known| known.path() == path) {
            Some(found) => varied.push(found.clone()),
            None => {
                let paths = known.iter().map(Varied::path);
                problems.push(
                    Problem::error(format!(
                        "`{path}` is not a parameter that can be drawn here"
                    ))
                    .at(&place)
                    .expected(head.expected())
                    .nearest(nearest(path, paths))
                    .cure("correct the path, or take the column out"),
                );
            }
        }
    }
    if head == Head::Vary {
        let has = |known: &Varied| heading.iter().any(|path| path.trim() == known.path());
        let missing: Vec<String> = known
            .iter()
            .filter(|known| !has(known))
            .map(|known| format!("`{}`", known.path()))
            .collect();
        let title = match missing.as_slice() {
            [] => None,
            [one] => Some(format!("a column for {one} is missing")),
            several => Some(format!(
                "columns for these are missing: {}",
                several.join(", ")
            )),
        };
        if let Some(title) = title {
            problems.push(
                Problem::error(title)
                    .at(&place)
                    .expected("a column for every parameter that --vary names")
                    .cure(
                        "add what is missing, or leave --vary out to draw only those in the file",
                    ),
            );
        }
    }
    varied
}

/// The values of one set.
fn row(
    record: &StringRecord,
    source: &Arc<SourceText>,
    width: usize,
    varied: &[Varied],
    problems: &mut Problems,
) -> Vec<f64> {
    let place = line_of(record, source);
    if record.len() != width {
        problems.push(
            Problem::error(format!(
                "{} {} where the heading has {width}",
                record.len(),
                if record.len() == 1 { "cell" } else { "cells" }
            ))
            .at(&place)
            .expected("a value for every parameter of the heading")
            .cure("give each set a value in every column, or take the set out"),
        );
        return Vec::new();
    }
    let mut values = Vec::new();
    for (varied, cell) in varied.iter().zip(record) {
        let wrong = |title: String| {
            let [low, high] = varied.range_text();
            Problem::error(title).at(&place).expected(format!(
                "a value of `{}` from {low} to {high}",
                varied.path()
            ))
        };
        match varied.read(cell) {
            None => problems.push(
                wrong(format!("`{cell}` is not a value of `{}`", varied.path()))
                    .cure(format!("write it like {}", varied.parameter.value)),
            ),
            Some(number) if varied.quantile_of(number).is_none() => {
                problems.push(
                    wrong(format!(
                        "{cell} is outside the range of `{}`",
                        varied.path()
                    ))
                    .cure("widen the range in the scenario, with its basis, or take the set out"),
                );
            }
            Some(number) => values.push(number),
        }
    }
    values
}

/// The place of a record's line.
fn line_of(record: &StringRecord, source: &Arc<SourceText>) -> Place {
    let start = record
        .position()
        .map_or(0, |position| position.byte() as usize);
    let rest = source.text.get(start..).unwrap_or_default();
    let length = rest.find('\n').unwrap_or(rest.len());
    Place::new(source, start..start + length)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::experiment::varied;
    use crate::scenario::Source;
    use std::path::Path;

    fn known() -> Vec<Varied> {
        let source = Source::load(Path::new("scenarios/examples/border-closes.toml"), &[]).unwrap();
        varied(&source, &["behaviour.choice".to_owned()])
    }

    #[test]
    fn what_is_written_reads_back() {
        let known = known();
        let drawn = Draws::designed(Design::LatinHypercube, 3, 5, known.clone());
        let mut text = known.iter().map(Varied::path).collect::<Vec<_>>().join(",") + "\n";
        for values in &drawn.values {
            let cells = known
                .iter()
                .zip(values)
                .map(|(varied, v)| varied.written(*v));
            text += &(cells.collect::<Vec<_>>().join(",") + "\n");
        }
        let read = Draws::read("draws.csv", &text, &known, Head::Vary).unwrap();
        assert_eq!(read.values, drawn.values);
        assert_eq!((read.len(), &read.numbers), (5, &drawn.numbers));
        for (places, values) in read.places().iter().zip(&read.values) {
            for (varied, (place, value)) in known.iter().zip(places.iter().zip(values)) {
                let [low, _, high] = varied.ends();
                assert!((low + (high - low) * place - value).abs() <= 1e-12 * high.abs());
            }
        }
        assert_eq!(read.sets(0).len(), known.len());
    }

    /// For both designs, one of which depends on a parameter's index in the list.
    #[test]
    fn without_a_parameter_the_others_keep_their_values() {
        let known = known();
        let left_out = known[1].path().to_owned();
        for design in [Design::LatinHypercube, Design::Sobol] {
            let all = Draws::designed(design, 3, 4, known.clone());
            let some = all.clone().without(std::slice::from_ref(&left_out));
            assert_eq!(some.varied.len(), known.len() - 1);
            for (all, some) in all.values.iter().zip(&some.values) {
                assert_eq!((some[0], &some[1..]), (all[0], &all[2..]));
            }
            assert_eq!(some.places()[0].len(), known.len() - 1);
            assert_eq!(some.numbers, all.numbers);
        }
    }

    #[test]
    fn every_fault_is_named_with_its_line() {
        let known = known();
        let message = |text: &str, all: bool| {
            let head = match all {
                true => Head::Vary,
                false => Head::Scenario,
            };
            Draws::read("draws.csv", text, &known, head)
                .unwrap_err()
                .render(false)
        };
        let added = message(
            "behaviour.choice.lambda,behaviour.choice.lamda\n0.5,0.5\n",
            false,
        );
        assert!(
            added.contains("`behaviour.choice.lamda` is not a parameter"),
            "{added}"
        );
        assert!(added.contains("behaviour.choice.lambda"), "{added}");
        // A scenario alone has no base and no --vary.
        assert!(
            !added.contains("--vary") && !added.contains("the base"),
            "{added}"
        );
        let lacking = message("behaviour.choice.lambda\n0.5\n", true);
        assert!(
            lacking.contains("columns for these are missing")
                && lacking.contains("`behaviour.choice.mu`"),
            "{lacking}"
        );
        let cells = message("behaviour.choice.lambda\n0.5\n7\nmuch\n0.5,1\n", false);
        assert!(cells.contains("7 is outside the range"), "{cells}");
        assert!(cells.contains("`much` is not a value"), "{cells}");
        assert!(cells.contains("2 cells where the heading has 1"), "{cells}");
        assert!(cells.contains("draws.csv:3"), "{cells}");
        let semicolons = message(
            "behaviour.choice.lambda;behaviour.choice.mu\n0,5;0,5\n",
            true,
        );
        assert!(
            semicolons.contains("separated by semicolons"),
            "{semicolons}"
        );
        assert!(message("", false).contains("is empty"));
        assert!(message("behaviour.choice.lambda\n", false).contains("no set of parameters"));
        let twice = message("behaviour.choice.mu,behaviour.choice.mu\n0.5,0.5\n", false);
        assert!(twice.contains("heads two columns"), "{twice}");
    }
}
