//! What is kept of a cell: enough to make every table of a comparison from, in few bytes.

use crate::measure::{Direction, Fate, Flow, Outcome, Substitution, definition};
use serde::{Deserialize, Serialize};

/// A cell that was run: every scenario under one set of parameters with one chance.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct CellRecord {
    /// By scenario, the base first: what the run gave, or why it failed.
    pub runs: Vec<Result<RunRecord, String>>,
    /// By scenario after the base: what became of the same persons; empty where a run failed.
    pub substitution: Vec<Vec<Substituted>>,
}

/// What is kept of a run.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct RunRecord {
    /// Its outcomes.
    outcomes: Vec<Kept>,
    /// Its courses, as in [`Courses::series`](crate::measure::Courses::series).
    pub courses: Vec<Vec<Option<f64>>>,
    /// What deserves attention.
    pub warnings: Vec<String>,
}

/// One outcome; unit and meaning follow from its id.
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
    /// Place of the direction in [`Direction::ALL`].
    direction: u8,
    /// Place of the fate in [`Fate::ALL`].
    fate: u8,
    /// Agents.
    pub agents: u64,
}

impl RunRecord {
    /// Keeps what a run gave.
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

    /// Its outcomes. One that this version does not know is left out: records are only read by the
    /// version that wrote them.
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
    /// The rows of a comparison of two runs, in their order.
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

    /// In which run the persons left so.
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
