//! What the runs of a sweep gave, read from its tables.

use crate::experiment::sweep::{RunId, SweepSpec};
use crate::measure::comparison_schema::RUNS;
use crate::measure::schema::OUTCOMES;
use crate::measure::{Cell, Sink, Table};
use std::collections::{BTreeMap, HashSet};

/// Identifies an outcome of a scenario.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct SweptKey {
    /// The scenario's name.
    pub scenario: String,
    /// Id of the outcome.
    pub outcome: String,
    /// Whom it is about.
    pub group: String,
    /// Which country.
    pub country: String,
}

/// The outcomes of a sweep, read from its table.
#[derive(Debug, Default)]
pub struct SweptOutcomes {
    /// The unit, and the point, replicate and value of each run, by key.
    pub(super) values: BTreeMap<SweptKey, (String, Runs)>,
}

/// Point, replicate and value of each run.
type Runs = Vec<(usize, u32, f64)>;

impl Sink for SweptOutcomes {
    fn row(&mut self, table: &'static Table, cells: &[Cell<'_>]) {
        if table.name != OUTCOMES.name {
            return;
        }
        let [
            Cell::Text(scenario),
            Cell::Whole(point),
            Cell::Whole(replicate),
            Cell::Text(outcome),
            Cell::Text(group),
            Cell::Text(country),
            Cell::Text(unit),
            Cell::Number(value),
        ] = *cells
        else {
            return;
        };
        let key = SweptKey {
            scenario: scenario.to_owned(),
            outcome: outcome.to_owned(),
            group: group.to_owned(),
            country: country.to_owned(),
        };
        let (_, runs) = self
            .values
            .entry(key)
            .or_insert_with(|| (unit.to_owned(), Vec::new()));
        let point = usize::try_from(point).unwrap_or(usize::MAX);
        let replicate = u32::try_from(replicate).unwrap_or(u32::MAX);
        runs.push((point, replicate, value));
    }
}

/// Which runs of a sweep exist, read from its table.
#[derive(Debug, Default)]
pub struct SweptRuns {
    done: HashSet<u64>,
    /// Number of the run, and why it failed.
    failed: Vec<(u64, String)>,
}

impl SweptRuns {
    /// The runs that failed, with their reasons.
    pub fn failed(&self) -> impl Iterator<Item = (RunId, &str)> {
        let failed = self.failed.iter();
        failed.map(|(number, reason)| (RunId::of_number(*number), reason.as_str()))
    }

    /// The first of the runs over `points` points that is neither done nor failed, and how many such runs there are.
    pub fn missing(&self, spec: &SweepSpec, points: u64) -> Option<(RunId, u64)> {
        let failed: HashSet<u64> = self.failed.iter().map(|(number, _)| *number).collect();
        let all = spec.runs(points);
        // A damaged plan may ask for more runs than could be listed, but then the first missing one comes soon.
        let first = (0..all)
            .map(|place| spec.run(points, place))
            .find(|run| !self.done.contains(&run.number()) && !failed.contains(&run.number()))?;
        let there = self.done.union(&failed).count() as u64;
        Some((first, all.saturating_sub(there).max(1)))
    }
}

impl Sink for SweptRuns {
    fn row(&mut self, table: &'static Table, cells: &[Cell<'_>]) {
        if table.name != RUNS.name {
            return;
        }
        let [Cell::Whole(number), .., Cell::Text(state), reason] = *cells else {
            return;
        };
        match (state, reason) {
            ("done", _) => {
                self.done.insert(number);
            }
            (_, Cell::Text(reason)) => self.failed.push((number, reason.to_owned())),
            _ => self.failed.push((number, String::new())),
        }
    }
}
