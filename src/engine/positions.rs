//! A set of positions in a block that only grows.

use super::lists::make_room;
use serde::{Deserialize, Serialize};

/// Positions in a block: a list as long as they are few, and then a bit for each person of the block.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Positions {
    /// In ascending order.
    Few(Vec<u32>),
    /// Bits by position.
    Many(Vec<u64>),
}

impl Default for Positions {
    fn default() -> Self {
        Self::Few(Vec::new())
    }
}

impl Positions {
    /// The most positions that are kept as a list in a block of `length` persons: one in 256.
    ///
    /// Bits take less memory from one in 32 on, but a list that grows until then leaves holes behind. In MB of resident
    /// memory, for one in 32, 256 and 1024: 291, 286 and 273 with ten destinations and 144 million persons; in Russia,
    /// where few return, one in 1024 takes 261, and 254 to 256 here.
    fn most_listed(length: u32) -> usize {
        (length / 256) as usize
    }

    /// Whether a position is in the set.
    pub fn contains(&self, position: u32) -> bool {
        match self {
            Self::Few(list) => list.binary_search(&position).is_ok(),
            Self::Many(bits) => bits[(position >> 6) as usize] & (1 << (position & 63)) != 0,
        }
    }

    /// Adds a position, in a block of `length` persons.
    pub fn insert(&mut self, position: u32, length: u32) {
        if let Self::Few(list) = self {
            let Err(place) = list.binary_search(&position) else {
                return;
            };
            if list.len() < Self::most_listed(length) {
                make_room(list, 1);
                list.insert(place, position);
                return;
            }
            let mut bits = vec![0; length.div_ceil(u64::BITS) as usize];
            for position in list {
                bits[(*position >> 6) as usize] |= 1 << (*position & 63);
            }
            *self = Self::Many(bits);
        }
        if let Self::Many(bits) = self {
            bits[(position >> 6) as usize] |= 1 << (position & 63);
        }
    }

    /// Whether a set read from outside is valid for a block of `length` persons.
    pub fn is_sound(&self, length: u32) -> bool {
        match self {
            Self::Few(list) => {
                let in_order = list.windows(2).all(|pair| pair[0] < pair[1]);
                in_order && list.last().is_none_or(|last| *last < length)
            }
            Self::Many(bits) => {
                let spare = length.next_multiple_of(u64::BITS) - length;
                bits.len() == length.div_ceil(u64::BITS) as usize
                    && bits.last().is_none_or(|last| last.leading_zeros() >= spare)
            }
        }
    }

    /// Bytes occupied.
    pub fn bytes(&self) -> usize {
        match self {
            Self::Few(list) => list.capacity() * size_of::<u32>(),
            Self::Many(bits) => bits.capacity() * size_of::<u64>(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::BTreeSet;

    proptest! {
        #[test]
        fn it_is_a_set(positions in prop::collection::vec(0_u32..1000, 0..200)) {
            let (mut set, mut expected) = (Positions::default(), BTreeSet::new());
            for position in positions {
                set.insert(position, 1000);
                expected.insert(position);
                prop_assert!((0..1000).all(|any| set.contains(any) == expected.contains(&any)));
                prop_assert_eq!(matches!(set, Positions::Few(_)), expected.len() <= 3);
                prop_assert!(set.is_sound(1000) && set.bytes() <= 256);
            }
        }
    }

    #[test]
    fn what_does_not_fit_a_block_is_not_sound() {
        let few = |positions: &[u32]| Positions::Few(positions.to_vec());
        assert!(few(&[1, 2]).is_sound(3) && !few(&[1, 3]).is_sound(3));
        assert!(!few(&[2, 1]).is_sound(3) && !few(&[1, 1]).is_sound(3));
        let many = |bits: &[u64]| Positions::Many(bits.to_vec());
        assert!(many(&[1 << 63]).is_sound(64) && many(&[1 << 2]).is_sound(3));
        assert!(!many(&[1 << 3]).is_sound(3) && !many(&[1, 0]).is_sound(64));
    }
}
