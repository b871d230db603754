//! Warnings of the runs of a comparison, a sweep or a calibration. Each is given once for all runs that give it, with
//! the number of those runs in each scenario.

use std::collections::BTreeMap;

/// Stands for a date in the words of a warning.
const DATE: &str = "\u{0}";

/// The warnings of the runs so far.
pub(super) struct RunWarnings<'n> {
    /// The names of the scenarios.
    names: Vec<&'n str>,
    /// The number of runs of each scenario.
    runs: Vec<usize>,
    /// By words, with [`DATE`] in place of every date, so that warnings that differ only in dates count as one.
    said: BTreeMap<String, Said>,
}

/// The number of runs of each scenario that gave a warning, and the first and last of each date in it.
#[derive(Debug, Clone)]
struct Said {
    runs: Vec<usize>,
    dates: Vec<(String, String)>,
}

impl<'n> RunWarnings<'n> {
    /// Makes an empty collection for scenarios with these names.
    pub fn new(names: Vec<&'n str>) -> Self {
        Self {
            runs: vec![0; names.len()],
            said: BTreeMap::new(),
            names,
        }
    }

    /// Adds a run of the scenario at index `scenario`; an index without a name (from a damaged file) is ignored.
    pub fn hear(&mut self, scenario: usize, warnings: &[String]) {
        let Some(runs) = self.runs.get_mut(scenario) else {
            return;
        };
        *runs += 1;
        let mut told = Vec::new();
        for (words, dates) in warnings.iter().map(|warning| without_dates(warning)) {
            let entry = self.said.entry(words.clone()).or_insert_with(|| Said {
                runs: vec![0; self.names.len()],
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

    /// The warnings, sorted by their words.
    pub fn tell(self) -> Vec<String> {
        let say = |(words, said): (&String, &Said)| {
            let warning = with_dates(words, &said.dates);
            format!("{warning} ({})", by(&self.names, &said.runs, &self.runs))
        };
        self.said.iter().map(say).collect()
    }
}

/// By which runs a warning was given: `in all runs`, or `in 3 of 16 runs of open, all 16 of restrictive`.
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

/// Splits a warning into its words, with [`DATE`] in place of every date, and the dates.
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

    fn told(runs: &[(usize, &[&str])]) -> Vec<String> {
        let mut warnings = RunWarnings::new(vec!["base", "open"]);
        for (scenario, said) in runs {
            let said: Vec<String> = said.iter().map(|said| (*said).to_owned()).collect();
            warnings.hear(*scenario, &said);
        }
        warnings.tell()
    }

    #[test]
    fn what_runs_say_alike_is_said_once() {
        let full = "Homes are full";
        let runs: [(usize, &[&str]); 4] = [
            (0, &[]),
            (1, &[full, "gates shut from 2022-03-01: why"]),
            (0, &[full]),
            (1, &[full, "gates shut from 2022-02-01: why", full]),
        ];
        assert_eq!(
            told(&runs),
            [
                "Homes are full (runs: 1 of 2 of base, all 2 of open)",
                "gates shut from 2022-02-01 at the earliest and 2022-03-01 at the latest: why \
                 (runs: all 2 of open)",
            ]
        );
        assert_eq!(told(&runs[..1]), [""; 0]);
        assert_eq!(told(&[(2, &[full])]), [""; 0]);
        assert_eq!(
            told(&[(0, &[full]), (1, &[full])]),
            ["Homes are full (in all runs)"]
        );
    }
}
