//! `comparison.json`: a comparison in words, from which its page is drawn together with the tables.

use serde::{Deserialize, Serialize};

/// A comparison in words. Nothing in it depends on the machine, the time or the name of the folder.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Description {
    /// Whether it was made with `--quick`: its numbers give a first look and are not to be relied on.
    pub draft: bool,
    /// Seed.
    pub seed: u64,
    /// Persons that an agent stands for.
    pub scale: u64,
    /// Sets of parameters.
    pub draws: u32,
    /// Repetitions of each.
    pub replicates: u32,
    /// Where the sets come from: `latin-hypercube`, `sobol`, the name of a file, or `files` (one set, with the values
    /// in the files).
    pub design: String,
    /// First day, `YYYY-MM-DD`.
    pub start: String,
    /// Last day, `YYYY-MM-DD`.
    pub end: String,
    /// The currency of all amounts.
    pub currency: String,
    /// The base, then every scenario compared with it, in the order given.
    pub scenarios: Vec<Described>,
    /// Every country, by code.
    pub countries: Vec<Place>,
    /// Every segment, by name.
    pub segments: Vec<People>,
    /// Observed numbers that belong to a series in the table `courses`.
    pub observed: Vec<Point>,
    /// How many numbers of the base rest on which basis.
    pub claims: Claims,
    /// The parameters that were varied.
    pub varied: Vec<Assumption>,
    /// Warnings.
    pub warnings: Vec<String>,
    /// How much is missing, if runs failed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub failed: Option<Failed>,
}

impl Description {
    /// The number of pairs of runs asked for, for each difference.
    pub fn pairs(&self) -> u64 {
        u64::from(self.draws) * u64::from(self.replicates)
    }

    /// The number of pairs of runs that the differences of a scenario rest on, given its place after the base, from 1:
    /// those asked for, or those finished where runs failed.
    pub fn pairs_of(&self, scenario: usize) -> u64 {
        let finished = self.failed.as_ref().and_then(|failed| {
            let place = scenario.checked_sub(1)?;
            failed.pairs_finished.get(place).copied()
        });
        finished.unwrap_or(self.pairs())
    }
}

/// The number of runs that failed, and the pairs that are left.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Failed {
    /// Runs that failed.
    pub failed: u64,
    /// Runs that were asked for.
    pub runs: u64,
    /// Pairs that were asked for.
    pub pairs: u64,
    /// Pairs in which both runs are finished, for each scenario compared with the base, in their order.
    pub pairs_finished: Vec<u64>,
}

impl Failed {
    /// A sentence such as `4 of 12 runs failed: differences rest on 4 of 6 pairs`.
    pub fn in_words(&self) -> String {
        let Self {
            failed,
            runs,
            pairs,
            ..
        } = self;
        let finished = self.pairs_in_words();
        format!("{failed} of {runs} runs failed: differences rest on {finished} of {pairs} pairs")
    }

    /// The number of finished pairs: `4`, or `3 to 4` if scenarios differ.
    pub fn pairs_in_words(&self) -> String {
        let fewest = self.pairs_finished.iter().min().unwrap_or(&0);
        let most = self.pairs_finished.iter().max().unwrap_or(&0);
        match fewest == most {
            true => fewest.to_string(),
            false => format!("{fewest} to {most}"),
        }
    }
}

/// One scenario.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Described {
    /// Its name, as in every table.
    pub name: String,
    /// One line for people.
    pub title: String,
    /// The values in which it differs from the base; empty for the base.
    pub changes: Vec<Changed>,
    /// Its dated events, by date.
    pub events: Vec<Dated>,
}

/// One value in which a scenario differs from the base, as `exeunt diff` shows it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Changed {
    /// The path of the value.
    pub path: String,
    /// The value in the base as TOML; `None` if it has none.
    pub base: Option<String>,
    /// The value in the scenario as TOML; `None` if it has none.
    pub scenario: Option<String>,
    /// File name and line in the base; `None` if no file gives the value.
    pub base_place: Option<String>,
    /// File name and line in the scenario.
    pub scenario_place: Option<String>,
}

/// A dated event.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Dated {
    /// Name of its table.
    pub name: String,
    /// One line for people.
    pub title: String,
    /// The date, `YYYY-MM-DD`.
    pub date: String,
    /// Where it was read.
    pub source: String,
    /// Codes of the countries that it changes, sorted.
    pub countries: Vec<String>,
    /// Whether it is in this scenario and not in the base.
    pub own: bool,
}

/// A country.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Place {
    /// ISO 3166 alpha-2 code.
    pub code: String,
    /// Name for people.
    pub name: String,
    /// Whether it is the origin of a segment.
    pub origin: bool,
    /// The city whose rents are followed; `None` without a housing market.
    pub city: Option<String>,
}

/// A segment.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct People {
    /// Its name.
    pub name: String,
    /// Code of its origin.
    pub origin: String,
    /// Persons.
    pub size: u64,
}

/// A number that was observed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Point {
    /// Its row in `observed.csv`.
    pub id: String,
    /// What was observed, in words.
    pub quantity: String,
    /// The series of `courses` that it belongs to.
    pub series: String,
    /// Code of the country, or ALL.
    pub country: String,
    /// The day, `YYYY-MM-DD`.
    pub date: String,
    /// The value, if the source gives one.
    pub value: Option<f64>,
    /// The lowest and highest values that agree with the sources.
    pub band: Option<(f64, f64)>,
    /// Unit.
    pub unit: String,
    /// Where it was read.
    pub source: String,
}

/// How many numbers rest on each basis.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Claims {
    /// Read in a source that is named.
    pub read: usize,
    /// Recalled.
    pub recalled: usize,
    /// Derived from other numbers.
    pub derived: usize,
    /// Assumed.
    pub assumption: usize,
    /// Without a basis.
    pub unmarked: usize,
}

/// A parameter that was varied.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Assumption {
    /// Its path.
    pub path: String,
    /// What it means.
    pub meaning: String,
    /// Value in the file, with unit.
    pub value: String,
    /// Lower end of its range, with unit.
    pub low: String,
    /// Upper end, with unit.
    pub high: String,
    /// The basis: `read`, `recalled`, `derived` or `assumption`.
    pub basis: String,
    /// Where the value was read, or what it was derived from.
    pub source: Option<String>,
}
