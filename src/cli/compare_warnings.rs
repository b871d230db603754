//! What runs of a comparison warn of: once for all runs that say the same, with how many of each scenario do.

use crate::experiment::{CellId, CellRecord};
use std::collections::BTreeMap;

/// What stands for a date in what runs say alike.
const DATE: &str = "\u{0}";

/// What was said, by how many runs of each scenario, and the first and last of the dates in it.
#[derive(Debug, Clone)]
struct Said {
    runs: Vec<usize>,
    dates: Vec<(String, String)>,
}

/// What the runs of the sets warn of, in the order of its words; `names` are those of the scenarios, the base first.
/// Warnings that differ in dates alone are one.
pub(super) fn of_runs<'a>(
    names: &[&str],
    made: impl Iterator<Item = &'a (CellId, CellRecord)>,
) -> Vec<String> {
    let mut all = vec![0; names.len()];
    let mut said: BTreeMap<String, Said> = BTreeMap::new();
    for (_, record) in made.filter(|(cell, _)| matches!(cell, CellId::Drawn { .. })) {
        for (scenario, run) in record.runs.iter().enumerate() {
            let Ok(run) = run else { continue };
            all[scenario] += 1;
            let mut told = Vec::new();
            for (words, dates) in run.warnings.iter().map(|warning| without_dates(warning)) {
                let entry = said.entry(words.clone()).or_insert_with(|| Said {
                    runs: vec![0; names.len()],
                    dates: dates.iter().map(|d| (d.clone(), d.clone())).collect(),
                });
                for ((first, last), date) in entry.dates.iter_mut().zip(dates) {
                    *first = first.clone().min(date.clone());
                    *last = last.clone().max(date);
                }
                if !told.contains(&words) {
                    entry.runs[scenario] += 1;
                    told.push(words);
                }
            }
        }
    }
    let say = |(words, said): (String, Said)| {
        format!(
            "{} ({})",
            with_dates(&words, &said.dates),
            by(names, &said.runs, &all)
        )
    };
    said.into_iter().map(say).collect()
}

/// By which runs: `in all runs`, or `in 3 of 16 runs of open, all 16 of restrictive`.
fn by(names: &[&str], runs: &[usize], all: &[usize]) -> String {
    if runs == all {
        return "in all runs".to_owned();
    }
    let counted = names.iter().zip(runs).zip(all);
    let those = counted.filter(|((_, runs), _)| **runs > 0);
    let list = those.map(|((name, runs), all)| match runs == all {
        true => format!("all {all} of {name}"),
        false => format!("{runs} of {all} of {name}"),
    });
    format!("runs: {}", list.collect::<Vec<_>>().join(", "))
}

/// Words with [`DATE`] for every date in them, and the dates.
fn without_dates(warning: &str) -> (String, Vec<String>) {
    let mut dates = Vec::new();
    let words = warning.split(' ').map(|word| {
        let date = word.trim_end_matches([':', ',', ';', '.']);
        if date.len() == 10 && date.parse::<jiff::civil::Date>().is_ok() {
            dates.push(date.to_owned());
            word.replacen(date, DATE, 1)
        } else {
            word.to_owned()
        }
    });
    (words.collect::<Vec<_>>().join(" "), dates)
}

fn with_dates(words: &str, dates: &[(String, String)]) -> String {
    dates.iter().fold(words.to_owned(), |words, (first, last)| {
        let date = match first == last {
            true => first.clone(),
            false => format!("{first} at the earliest and {last} at the latest"),
        };
        words.replacen(DATE, &date, 1)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::experiment::RunRecord;

    fn cell(cell: CellId, warnings: [&[&str]; 2]) -> (CellId, CellRecord) {
        let run = |said: &[&str]| {
            let said = said.iter().map(|said| (*said).to_owned()).collect();
            Ok(RunRecord::new(Vec::new(), Vec::new(), said))
        };
        let record = CellRecord {
            runs: warnings.iter().map(|said| run(said)).collect(),
            substitution: Vec::new(),
        };
        (cell, record)
    }

    #[test]
    fn what_runs_say_alike_is_said_once() {
        let drawn = |replicate| CellId::Drawn { draw: 0, replicate };
        let full = "Homes are full";
        let made = [
            cell(drawn(0), [&[], &[full, "gates shut from 2022-03-01: why"]]),
            cell(
                drawn(1),
                [&[full], &[full, "gates shut from 2022-02-01: why"]],
            ),
            cell(
                CellId::End {
                    parameter: 0,
                    upper: true,
                },
                [&["of no draw"], &["of no draw"]],
            ),
        ];
        assert_eq!(
            of_runs(&["base", "open"], made.iter()),
            [
                "Homes are full (runs: 1 of 2 of base, all 2 of open)",
                "gates shut from 2022-02-01 at the earliest and 2022-03-01 at the latest: why \
                 (runs: all 2 of open)",
            ]
        );
        assert_eq!(of_runs(&["base", "open"], made[2..].iter()), [""; 0]);
        let both = [cell(drawn(0), [&[full], &[full]])];
        assert_eq!(
            of_runs(&["base", "open"], both.iter()),
            ["Homes are full (in all runs)"]
        );
    }
}
