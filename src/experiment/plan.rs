//! What a comparison will run, and in which order: the identity of its runs, by which an interrupted
//! comparison is continued.

use super::differences::Differences;
use serde::{Deserialize, Serialize};

/// Everything that determines the results of the runs. A folder of finished cells is continued only under an
/// equal plan.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Plan {
    /// Version of the program.
    pub exeunt: String,
    /// Version of the stream of draws.
    pub stream_version: u32,
    /// Seed.
    pub seed: u64,
    /// Persons that one agent stands for.
    pub scale: u64,
    /// Replicates of each set of parameters.
    pub replicates: u32,
    /// Where the sets of parameters come from.
    pub design: String,
    /// Paths of the parameters.
    pub parameters: Vec<String>,
    /// Numbers of the sets.
    pub draws: Vec<u32>,
    /// SHA-256 digest of all values of all sets.
    pub values_sha256: String,
    /// Name and digest of each resolved scenario; the base first.
    pub scenarios: Vec<(String, String)>,
}

/// One cell of a plan.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CellId {
    /// A set of parameters with one replicate.
    Drawn {
        /// Index of the set in the list of draws.
        draw: usize,
        /// Number of the replicate.
        replicate: u32,
    },
    /// One parameter at an end of its range, all others as in the files, with the random numbers of set 0.
    End {
        /// Index of the parameter in the list.
        parameter: usize,
        /// Whether it is the upper end.
        upper: bool,
    },
}

impl Plan {
    /// The cells of the sets: the first replicate of all sets, then the second of all, so that whatever has
    /// been run when time is up is spread evenly over the sets.
    pub fn cells(&self) -> Vec<CellId> {
        let draws = 0..self.draws.len();
        (0..self.replicates)
            .flat_map(|replicate| {
                draws
                    .clone()
                    .map(move |draw| CellId::Drawn { draw, replicate })
            })
            .collect()
    }

    /// The number that a cell is kept under.
    pub fn number(&self, cell: CellId) -> u64 {
        let draws = self.draws.len() as u64;
        let drawn = draws * u64::from(self.replicates);
        match cell {
            CellId::Drawn { draw, replicate } => u64::from(replicate) * draws + draw as u64,
            CellId::End { parameter, upper } => drawn + 2 * parameter as u64 + u64::from(upper),
        }
    }

    /// How another plan differs, in words; empty if the two are equal.
    pub fn differences<'a>(&'a self, other: &'a Self) -> Vec<String> {
        let program = |plan: &'a Self| (plan.exeunt.as_str(), plan.stream_version);
        let mut found = Differences::of_programs(program(self), program(other));
        found.of("--seed", self.seed, other.seed);
        found.of("--scale", self.scale, other.scale);
        found.of("--replicates", self.replicates, other.replicates);
        found.of("design", &self.design, &other.design);
        found.of("draws", self.draws.len(), other.draws.len());
        let names = |plan: &'a Self| plan.scenarios.iter().map(|(name, _)| name.as_str());
        found.of_list("scenarios", names(self), names(other));
        if self.scenarios.len() == other.scenarios.len() {
            for ((name, there), (_, here)) in self.scenarios.iter().zip(&other.scenarios) {
                found.note(there != here, format!("what {name} says"));
            }
        }
        found.or(self != other, "the sets of parameters")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plan() -> Plan {
        Plan {
            exeunt: "0".into(),
            stream_version: 1,
            seed: 1,
            scale: 20,
            replicates: 2,
            design: "latin-hypercube".into(),
            parameters: vec!["a".into(), "b".into()],
            draws: vec![1, 2, 3],
            values_sha256: "x".into(),
            scenarios: vec![("base".into(), "1".into()), ("other".into(), "2".into())],
        }
    }

    #[test]
    fn cells_have_numbers_of_their_own_in_an_even_order() {
        let plan = plan();
        let cells = plan.cells();
        let numbers: Vec<u64> = cells.iter().map(|cell| plan.number(*cell)).collect();
        assert_eq!(numbers, [0, 1, 2, 3, 4, 5]);
        assert_eq!(
            cells[3],
            CellId::Drawn {
                draw: 0,
                replicate: 1
            }
        );
        let end = |parameter, upper| plan.number(CellId::End { parameter, upper });
        assert_eq!([end(0, false), end(0, true), end(1, false)], [6, 7, 8]);
    }

    #[test]
    fn differences_are_said_in_words() {
        let mut other = plan();
        assert!(plan().differences(&other).is_empty());
        other.scale = 1;
        other.scenarios[1].1 = "3".into();
        assert_eq!(
            plan().differences(&other),
            ["--scale: 20 there, 1 now", "what other says"]
        );
        let mut other = plan();
        other.values_sha256 = "y".into();
        assert_eq!(plan().differences(&other), ["the sets of parameters"]);
    }
}
