//! Reads `observed.csv`, reporting every problem of every line in one pass.

use super::line::{Line, begin};
use super::{COLUMNS, Measured, Observation, Observed, cells, checks, numbers};
use crate::experiment::csv_records;
use crate::scenario::{Place, Problem, Problems, Scenario, SourceText, nearest, one_of};
use csv::StringRecord;
use std::collections::HashMap;
use std::sync::Arc;

/// What has been seen in earlier lines, each with the line where it was.
#[derive(Default)]
struct Seen {
    ids: HashMap<String, String>,
    members: HashMap<(String, String), String>,
    units: HashMap<String, (String, String)>,
}

impl Observed {
    /// Reads the text of an `observed.csv`; `name` is its name in messages.
    ///
    /// # Errors
    /// All problems of all lines.
    pub fn read(name: &str, text: &str, scenario: &Scenario) -> Result<Self, Problems> {
        let (source, records) = csv_records(name, text, None)?;
        let Some((heading, records)) = records.split_first() else {
            return Err(Problem::error(format!("{name} is empty"))
                .at(&Place::new(&source, 0..0))
                .expected(format!("the heading {}", COLUMNS.join(",")))
                .cure("docs/score.md shows a first row")
                .into());
        };
        let positions = columns(heading, &source)?;
        let mut problems = Problems::default();
        let mut seen = Seen::default();
        let mut rows = Vec::new();
        for record in records {
            let mut line = Line::new(&source, &positions, record);
            if record.len() == heading.len() {
                rows.extend(observation(&mut line, scenario, &mut seen));
            } else {
                let (found, wanted) = (record.len(), heading.len());
                let cells = if found == 1 { "cell" } else { "cells" };
                line.report_line(
                    Problem::error(format!("{found} {cells} where the heading has {wanted}"))
                        .expected(format!("{wanted} cells separated by commas, empty where there is nothing to say"))
                        .cure("put a cell that contains a comma in quotes, or close the quotes of the line"),
                );
            }
            problems.extend(line.problems);
        }
        if rows.is_empty() && problems.is_empty() {
            problems.push(
                Problem::error(format!("{name} has no rows"))
                    .at(&Place::new(&source, 0..0))
                    .expected("a row for each quantity that was observed")
                    .cure("write a row below the heading; docs/score.md shows a first one"),
            );
        }
        problems.settle();
        match problems.is_empty() {
            true => Ok(Self { rows }),
            false => Err(problems),
        }
    }
}

/// The index in the records of each known column.
fn columns(heading: &StringRecord, source: &Arc<SourceText>) -> Result<Vec<usize>, Problems> {
    let spans = cells::locate(&source.text, begin(heading));
    let place = |index: usize| {
        let span = spans.get(index).cloned().unwrap_or(0..0);
        Place::new(source, span)
    };
    let mut problems = Problems::default();
    let words: Vec<&str> = heading.iter().map(str::trim).collect();
    for (index, word) in words.iter().enumerate() {
        if !COLUMNS.contains(word) {
            let absent = COLUMNS
                .iter()
                .copied()
                .filter(|known| !words.contains(known));
            problems.push(
                Problem::error(format!("there is no column `{word}`"))
                    .at(&place(index))
                    .expected(one_of(&COLUMNS, false))
                    .nearest(nearest(word, absent))
                    .cure("correct the word, or take the column out"),
            );
        } else if words[..index].contains(word) {
            problems.push(
                Problem::error(format!("the column `{word}` appears twice"))
                    .at(&place(index))
                    .expected("each column once")
                    .cure("take one of them out"),
            );
        }
    }
    let find = |known: &str| words.iter().position(|word| *word == known);
    let missing: Vec<&str> = COLUMNS
        .into_iter()
        .filter(|known| find(known).is_none())
        .collect();
    if !missing.is_empty() {
        let what = if missing.len() == 1 {
            "column"
        } else {
            "columns"
        };
        problems.push(
            Problem::error(format!("no {what} {}", missing.join(", ")))
                .at(&place(0))
                .expected(format!("the heading {}", COLUMNS.join(",")))
                .cure("add it to the heading, and a cell to every line, empty where there is nothing to say"),
        );
    }
    match problems.is_empty() {
        true => Ok(COLUMNS.into_iter().filter_map(find).collect()),
        false => Err(problems),
    }
}

/// Reads a row; `None` if something in it is wrong.
fn observation(line: &mut Line<'_>, scenario: &Scenario, seen: &mut Seen) -> Option<Observation> {
    let id = checks::text(
        line,
        "id",
        "a short name, such as C1, that no other row has",
    );
    let quantity = checks::text(line, "quantity", "what was observed, in words");
    let unit = checks::text(
        line,
        "unit",
        "the unit of value, low and high, such as persons",
    );
    let source = checks::text(line, "source", "where it was read");
    let usage = checks::usage(line);
    let period = checks::period(line);
    let (value, band) = numbers::numbers(line, usage);
    let measured = checks::measured(line, scenario, period);
    let is_measured = !matches!(measured, Some(Measured::NotModelled(_)));
    let member = checks::member(line, scenario, is_measured);

    let here = line.place("id").describe();
    if !id.is_empty()
        && let Some(earlier) = seen.ids.insert(id.clone(), here.clone())
    {
        line.report(
            "id",
            Problem::error(format!("two rows are called `{id}`"))
                .expected(format!("an id other than that of {earlier}"))
                .cure("give one of them another id"),
        );
    }
    if let Some(member) = &member {
        let key = (member.set.clone(), member.country.clone());
        if let Some(earlier) = seen.members.insert(key, here.clone()) {
            line.report(
                "country",
                Problem::error(format!(
                    "{} appears twice in the set {}",
                    member.country, member.set
                ))
                .expected(format!("one row for each country; the other is {earlier}"))
                .cure("take one of them out of the set"),
            );
        }
        let first = seen.units.entry(member.set.clone());
        let (of_set, earlier) = first.or_insert_with(|| (unit.clone(), here)).clone();
        if of_set != unit {
            line.report(
                "unit",
                Problem::error(format!("{unit} in a set of {of_set}"))
                    .expected(format!("{of_set}, as in {earlier}"))
                    .cure("give rows that are added up the same unit"),
            );
        }
    }
    if !line.problems.is_empty() {
        return None;
    }
    Some(Observation {
        id,
        quantity,
        value,
        band,
        unit,
        period: period?,
        usage: usage?,
        measured: measured?,
        member,
        source,
    })
}
