//! Kinds of persons abroad: what a record keeps of a person's traits, so that the bound on an onward move is
//! that of the person's documents rather than that of the best equipped.

use crate::scenario::Segment;

/// The most documents by which kinds differ: the tables of a step have a row for each set of them.
const MOST_DOCUMENTS: usize = 4;

/// How the persons of a segment fall into kinds: by whether they are connected, and by the first few of the documents
/// that some of them hold and others do not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kinds {
    /// The documents by which kinds differ, as bits.
    told_apart: Vec<u32>,
    /// All other documents that somebody holds, as bits.
    others: u32,
}

impl Kinds {
    /// The kinds of a segment.
    pub fn of(segment: &Segment) -> Self {
        let (mut told_apart, mut others) = (Vec::new(), 0);
        for (number, share) in segment.holds.iter().enumerate() {
            if *share > 0.0 && *share < 1.0 && told_apart.len() < MOST_DOCUMENTS {
                told_apart.push(1 << number);
            } else if *share > 0.0 {
                others |= 1 << number;
            }
        }
        Self { told_apart, others }
    }

    /// The number of kinds; a kind is a number below it.
    pub fn count(&self) -> usize {
        2 << self.told_apart.len()
    }

    /// The kind of a person who is connected or not and has ever held these documents.
    pub fn kind(&self, connected: bool, ever_held: u32) -> u8 {
        let bits = self.told_apart.iter().enumerate();
        bits.fold(u8::from(connected), |kind, (number, bit)| {
            kind | u8::from(ever_held & bit != 0) << (number + 1)
        })
    }

    /// Whether persons of a kind are connected, and the documents that they may hold.
    pub fn persons(&self, kind: usize) -> (bool, u32) {
        let bits = self.told_apart.iter().enumerate();
        let holds = bits.fold(self.others, |holds, (number, bit)| {
            if kind & (2 << number) != 0 {
                holds | bit
            } else {
                holds
            }
        });
        (kind & 1 != 0, holds)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Documents that nobody, everybody and some hold, and one more than kinds can distinguish.
    #[test]
    fn documents_of_some_are_told_apart() {
        let source = crate::scenario::Source::parse(
            "test",
            concat!(
                include_str!("../../tests/support/rich.toml"),
                include_str!("../../tests/support/behaviour.toml")
            ),
        );
        let source = source.unwrap_or_else(|problems| panic!("{problems}"));
        let mut segment = source.scenario().segments[0].clone();
        segment.holds = vec![0.0, 1.0, 0.2, 0.3, 0.4, 0.5, 0.6];
        let kinds = Kinds::of(&segment);
        assert_eq!(kinds.told_apart, [1 << 2, 1 << 3, 1 << 4, 1 << 5]);
        assert_eq!(kinds.others, 1 << 1 | 1 << 6);
        assert_eq!(kinds.count(), 32);
    }

    #[test]
    fn a_kind_holds_all_that_its_persons_do() {
        let kinds = Kinds {
            told_apart: vec![1, 4, 16],
            others: 2,
        };
        assert_eq!(kinds.count(), 16);
        for ever_held in 0..32_u32 {
            for connected in [false, true] {
                let kind = usize::from(kinds.kind(connected, ever_held));
                assert!(kind < kinds.count());
                let (is_connected, holds) = kinds.persons(kind);
                assert_eq!(is_connected, connected);
                // A kind has exactly the person's documents among those distinguished, and all the others.
                assert_eq!(holds & 0b10101, ever_held & 0b10101);
                assert_eq!(holds & 0b00010, 0b00010);
            }
        }
    }
}
