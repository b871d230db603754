//! What is kept of a cell: in few bytes, enough to make every table of a comparison.

use crate::measure::{Direction, Fate, Flow, Outcome, Substitution, definition};
use serde::{Deserialize, Serialize};

/// A finished cell: every scenario under one set of parameters and one replicate.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct CellRecord {
    /// The result of each scenario's run, the base first, or the reason why it failed.
    pub runs: Vec<Result<RunRecord, String>>,
    /// What became of the same persons, for each scenario after the base; empty if a run failed.
    pub substitution: Vec<Vec<Substituted>>,
}

/// What is kept of a run.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct RunRecord {
    /// Its outcomes.
    outcomes: Vec<Kept>,
    /// Its courses, as in [`Courses::series`](crate::measure::Courses::series).
    pub courses: Vec<Vec<Option<f64>>>,
    /// Warnings of the run.
    pub warnings: Vec<String>,
}

/// One outcome; its unit and meaning follow from its id.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
struct Kept {
    id: String,
    group: String,
    country: String,
    value: f64,
    agents: Option<u64>,
}

/// Persons of a flow with one fate, in agents.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Substituted {
    /// Code of the origin.
    pub origin: String,
    /// Code of the country left for.
    pub country: String,
    /// Name of the channel left by.
    pub channel: String,
    /// Index of the direction in [`Direction::ALL`].
    direction: u8,
    /// Index of the fate in [`Fate::ALL`].
    fate: u8,
    /// Number of agents.
    pub agents: u64,
}

impl RunRecord {
    /// The record of a run with these results.
    pub fn new(
        outcomes: Vec<Outcome>,
        courses: Vec<Vec<Option<f64>>>,
        warnings: Vec<String>,
    ) -> Self {
        let keep = |outcome: Outcome| Kept {
            id: outcome.id.to_owned(),
            group: outcome.group,
            country: outcome.country,
            value: outcome.value,
            agents: outcome.agents,
        };
        Self {
            outcomes: outcomes.into_iter().map(keep).collect(),
            courses,
            warnings,
        }
    }

    /// Its outcomes. An outcome that this version does not know is left out, since records are only read by
    /// the version that wrote them.
    pub fn outcomes(&self) -> Vec<Outcome> {
        let read = |kept: &Kept| {
            let definition = definition(&kept.id)?;
            Some(Outcome {
                id: definition.id,
                group: kept.group.clone(),
                country: kept.country.clone(),
                unit: definition.unit,
                value: kept.value,
                agents: kept.agents,
            })
        };
        self.outcomes.iter().filter_map(read).collect()
    }
}

impl Substituted {
    /// The rows of a comparison of two runs, in its order.
    pub fn rows(substitution: Substitution) -> Vec<Self> {
        let row = |((flow, fate), agents): ((Flow, Fate), u64)| Self {
            origin: flow.origin,
            country: flow.country,
            channel: flow.channel,
            direction: flow.direction as u8,
            fate: fate as u8,
            agents,
        };
        substitution.into_iter().map(row).collect()
    }

    /// In which of the two runs the persons left this way.
    pub fn direction(&self) -> Direction {
        let place = usize::from(self.direction);
        Direction::ALL
            .get(place)
            .copied()
            .unwrap_or(Direction::Lost)
    }

    /// What became of them in the other run.
    pub fn fate(&self) -> Fate {
        let place = usize::from(self.fate);
        Fate::ALL.get(place).copied().unwrap_or(Fate::NoWish)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::measure::ALL;

    #[test]
    fn a_run_reads_back_as_it_was() {
        let outcome = Outcome {
            id: "left",
            group: ALL.into(),
            country: ALL.into(),
            unit: "persons",
            value: 0.1 + 0.2,
            agents: Some(7),
        };
        let record = RunRecord::new(vec![outcome.clone()], vec![vec![None, Some(2.0)]], vec![]);
        let bytes = postcard::to_stdvec(&record).unwrap();
        let read: RunRecord = postcard::from_bytes(&bytes).unwrap();
        assert_eq!((read.outcomes(), &read), (vec![outcome], &record));
    }
}
