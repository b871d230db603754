//! Kinds of persons: those who hold the same of the documents, and meet the same of the conditions, that some channel
//! asks for.

use super::offer::Offer;

/// The largest number of documents and conditions together by which kinds are distinguished.
const MOST_BITS: u32 = 12;

/// The documents and conditions that some channels ask for, as bits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(in crate::model) struct Asked {
    documents: u32,
    conditions: u8,
}

impl Asked {
    /// Collects what these channels ask for.
    pub(super) fn by<'o>(offers: impl Iterator<Item = &'o Offer>) -> Self {
        offers.fold(Self::default(), |asked, offer| Self {
            documents: asked.documents | offer.needs | offer.needs_any,
            conditions: asked.conditions | offer.requires,
        })
    }

    /// The conditions asked for.
    #[inline]
    pub fn conditions(self) -> u8 {
        self.conditions
    }

    /// The number of kinds; `None` if there are more than are distinguished.
    pub fn kinds(self) -> Option<usize> {
        let bits = self.documents.count_ones() + self.conditions.count_ones();
        (bits <= MOST_BITS).then_some(1 << bits)
    }

    /// The number of the kind of persons who hold these documents and meet these conditions.
    #[inline]
    pub fn kind(self, (holds, conditions): (u32, u8)) -> usize {
        let documents = compressed(holds, self.documents);
        let met = compressed(u32::from(conditions), u32::from(self.conditions));
        ((documents << self.conditions.count_ones()) | met) as usize
    }
}

/// Packs the bits of `bits` that are in `mask` next to each other.
#[inline]
fn compressed(bits: u32, mask: u32) -> u32 {
    // (Usually they are next to each other already: documents are numbered in the order of the file.)
    let last = mask.trailing_zeros() & (u32::BITS - 1);
    let from_last = mask >> last;
    if from_last & from_last.wrapping_add(1) == 0 {
        return (bits & mask) >> last;
    }
    let (mut left, mut place, mut result) = (mask, 0, 0);
    while left != 0 {
        let bit = left & left.wrapping_neg();
        result |= u32::from(bits & bit != 0) << place;
        place += 1;
        left ^= bit;
    }
    result
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bits_of_a_mask_stand_side_by_side() {
        for mask in [0, 1, 0b1011_0110, 0b1110, 1 << 31, 3 << 30, u32::MAX, 0b101] {
            let places = (0..u32::BITS).filter(|place| mask & (1 << place) != 0);
            let places: Vec<u32> = places.collect();
            for bits in [
                0,
                u32::MAX,
                0x5555_5555,
                0xAAAA_AAAA,
                0x8000_0001,
                0b0110_1100,
            ] {
                let of_place = |(to, from): (usize, &u32)| (bits >> from & 1) << to;
                let expected: u32 = places.iter().enumerate().map(of_place).sum();
                assert_eq!(compressed(bits, mask), expected, "{bits:b} {mask:b}");
            }
        }
    }
}
