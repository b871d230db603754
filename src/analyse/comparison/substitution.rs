//! What became of the same persons, over all pairs of runs.

use crate::measure::{Fate, Flow};
use std::collections::BTreeMap;

/// Persons of a flow with one fate in one pair of runs: a row of the table `substitution`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FateRow {
    /// The scenario, as an index into the names.
    pub scenario: usize,
    /// Number of the set of parameters.
    pub draw: u32,
    /// Number of the replicate.
    pub replicate: u32,
    /// The flow: who left by this way in only one of the two runs.
    pub flow: Flow,
    /// What became of them in the other run.
    pub fate: Fate,
    /// Persons.
    pub persons: u64,
}

/// A flow, as a mean over pairs of runs.
#[derive(Debug, Clone, PartialEq)]
pub struct Substituted {
    /// The scenario, as an index into the names.
    pub scenario: usize,
    /// The flow: who left by this way in only one of the two runs.
    pub flow: Flow,
    /// Persons per pair, counting pairs without any.
    pub persons: f64,
    /// Shares of the persons of all pairs, 0 to 1, in the order of fates; they add up to 1.
    pub fates: Vec<(Fate, f64)>,
}

impl Substituted {
    /// The flows of each scenario, the largest first. `pairs` is the number of pairs that were run, by
    /// scenario; the base's entry has no meaning. A pair without a row of a flow had nobody in it.
    pub fn of(rows: &[FateRow], pairs: &[usize]) -> Vec<Self> {
        let mut sums: BTreeMap<(usize, &Flow), BTreeMap<Fate, u64>> = BTreeMap::new();
        for row in rows {
            let fates = sums.entry((row.scenario, &row.flow)).or_default();
            *fates.entry(row.fate).or_default() += row.persons;
        }
        let mut flows: Vec<Self> = sums
            .into_iter()
            .filter_map(|((scenario, flow), fates)| {
                let all = fates.values().sum::<u64>() as f64;
                let pairs = pairs.get(scenario).copied().filter(|pairs| *pairs > 0)?;
                let share = |(fate, persons): (Fate, u64)| (fate, persons as f64 / all);
                (all > 0.0).then(|| Self {
                    scenario,
                    flow: flow.clone(),
                    persons: all / pairs as f64,
                    fates: fates.into_iter().map(share).collect(),
                })
            })
            .collect();
        flows.sort_by(|a, b| {
            let size = b.persons.total_cmp(&a.persons);
            a.scenario
                .cmp(&b.scenario)
                .then(size)
                .then_with(|| a.flow.cmp(&b.flow))
        });
        flows
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::measure::Direction;

    fn row(replicate: u32, channel: &str, fate: Fate, persons: u64) -> FateRow {
        FateRow {
            scenario: 1,
            draw: 0,
            replicate,
            flow: Flow {
                origin: "RU".to_owned(),
                country: "FI".to_owned(),
                channel: channel.to_owned(),
                direction: Direction::Lost,
            },
            fate,
            persons,
        }
    }

    #[test]
    fn pairs_are_averaged_and_their_shares_add_up() {
        let rows = [
            row(0, "work", Fate::NoWish, 5),
            row(0, "tourist", Fate::Barred, 30),
            row(0, "tourist", Fate::AnotherCountry, 10),
            row(1, "tourist", Fate::AnotherCountry, 40),
        ];
        let flows = Substituted::of(&rows, &[0, 4]);
        let said: Vec<(&str, f64)> = flows
            .iter()
            .map(|one| (one.flow.channel.as_str(), one.persons))
            .collect();
        assert_eq!(said, [("tourist", 20.0), ("work", 1.25)]);
        assert_eq!(
            flows[0].fates,
            [(Fate::AnotherCountry, 0.625), (Fate::Barred, 0.375)]
        );
        let mut turned = rows.to_vec();
        turned.reverse();
        assert_eq!(Substituted::of(&turned, &[0, 4]), flows);
        assert_eq!(Substituted::of(&rows, &[0, 0]), []);
        assert_eq!(
            Substituted::of(&[row(0, "work", Fate::Later, 0)], &[0, 1]),
            []
        );
    }
}
