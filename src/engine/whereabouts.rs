//! Where persons of a segment are abroad: bounds are computed only for these countries and kinds.

use super::records::{Abroad, BlockState};
use crate::scenario::Scenario;

/// Number of records of a segment up to which they are looked at: more are of nearly every kind in every country.
const MOST_RECORDS: usize = 1 << 17;

/// By country: the kinds of a segment's persons who are there, as bits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Whereabouts(Vec<u32>);

impl Whereabouts {
    /// Persons of every kind in every one of `countries` countries.
    pub fn everywhere(countries: usize) -> Self {
        Self(vec![u32::MAX; countries])
    }

    /// The whereabouts of every segment's persons, from the records of its blocks.
    pub fn of_segments(scenario: &Scenario, blocks: &[BlockState]) -> Vec<Self> {
        let countries = scenario.countries.len();
        let mut records = vec![0; scenario.segments.len()];
        for state in blocks {
            records[usize::from(state.block.segment)] += state.abroad.len();
        }
        let none = |records: &usize| {
            if *records > MOST_RECORDS {
                Self::everywhere(countries)
            } else {
                Self(vec![0; countries])
            }
        };
        let mut segments: Vec<Self> = records.iter().map(none).collect();
        for state in blocks {
            let segment = usize::from(state.block.segment);
            if records[segment] <= MOST_RECORDS {
                for Abroad { channel, kind, .. } in &state.abroad {
                    let country = scenario.channels[usize::from(*channel)].country;
                    segments[segment].0[usize::from(country)] |= 1 << (kind & 31);
                }
            }
        }
        segments
    }

    /// The kinds in a country, as bits.
    pub fn kinds(&self, country: u16) -> u32 {
        self.0[usize::from(country)]
    }

    /// The kinds anywhere, as bits.
    pub fn kinds_anywhere(&self) -> u32 {
        self.0.iter().fold(0, |all, kinds| all | kinds)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::population::blocks_of;
    use crate::scenario::{Source, Status};

    /// Each segment is counted separately, and no kind is set in a country where none of its persons is.
    #[test]
    fn kinds_are_where_the_records_are() {
        let text = concat!(
            include_str!("../../tests/support/rich.toml"),
            include_str!("../../tests/support/behaviour.toml")
        );
        let source = Source::parse("test", text).unwrap_or_else(|problems| panic!("{problems}"));
        let scenario = source.scenario();
        let country = |channel: u16| scenario.channels[usize::from(channel)].country;
        let mut blocks: Vec<BlockState> = [0, 1]
            .into_iter()
            .flat_map(|segment| blocks_of(segment, 10))
            .map(BlockState::new)
            .collect();
        for (position, (channel, kind)) in (0u32..).zip([(0, 3), (0, 1), (1, 4)]) {
            blocks[0].abroad.push(Abroad {
                position,
                channel,
                since: 0,
                until: 1,
                status: Status::Legal,
                kind,
            });
        }
        let segments = Whereabouts::of_segments(scenario, &blocks);
        assert_eq!(segments.len(), scenario.segments.len());
        let mut expected = vec![0; scenario.countries.len()];
        expected[usize::from(country(0))] |= 1 << 3 | 1 << 1;
        expected[usize::from(country(1))] |= 1 << 4;
        assert_eq!(segments[0].0, expected);
        assert_eq!(segments[0].kinds_anywhere(), 1 << 3 | 1 << 1 | 1 << 4);
        assert_eq!(segments[1].kinds_anywhere(), 0);
    }
}
