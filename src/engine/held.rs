//! The held as a block stores them: the longest list of a run, and so the one whose bytes matter most.

use crate::scenario::Motive;
use crate::world::Hold;
use serde::{Deserialize, Serialize};
use std::fmt;

/// A held person.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Held {
    /// Position in the block.
    pub position: u32,
    /// First day of the step in which the aspiration arose, days since the first of the scenario.
    pub aspired: u16,
    /// Motive.
    pub motive: Motive,
    /// What holds the person.
    pub hold: Hold,
}

/// A held person in 6 bytes. From the lowest bit, `who` holds the position in the block (17 bits), motive (3) and hold
/// (2); the day of the aspiration follows. Snapshots store it as [`Held`].
#[derive(Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Held", into = "Held")]
pub struct Stored {
    who: [u16; 2],
    aspired: u16,
}

const POSITION_BITS: u32 = 17;
const MOTIVE_BITS: u32 = 3;
const MOTIVE_MASK: u32 = (1 << MOTIVE_BITS) - 1;

const MOTIVES: [Motive; crate::world::MOTIVES] = [
    Motive::Ordinary,
    Motive::Persecution,
    Motive::Mobilisation,
    Motive::Hardship,
    Motive::Conscience,
];
const HOLDS: [Hold; crate::world::HOLDS] = [Hold::Barred, Hold::Deterred, Hold::Means];

/// Positions in a block, motives and holds fit into their bits.
const _: () = assert!(
    crate::population::BLOCK <= 1 << POSITION_BITS
        && MOTIVES.len() <= 1 << MOTIVE_BITS
        && HOLDS.len() <= 1 << (u32::BITS - POSITION_BITS - MOTIVE_BITS)
);

impl Stored {
    /// The person's position in its block.
    #[inline]
    pub fn position(self) -> u32 {
        self.bits() & ((1 << POSITION_BITS) - 1)
    }

    /// The held person, unpacked.
    #[inline]
    pub fn held(self) -> Held {
        let rest = self.bits() >> POSITION_BITS;
        Held {
            position: self.position(),
            aspired: self.aspired,
            motive: MOTIVES[(rest & MOTIVE_MASK) as usize],
            hold: HOLDS[(rest >> MOTIVE_BITS) as usize],
        }
    }

    #[inline]
    fn bits(self) -> u32 {
        u32::from(self.who[0]) | (u32::from(self.who[1]) << 16)
    }
}

impl From<Stored> for Held {
    fn from(stored: Stored) -> Self {
        stored.held()
    }
}

impl TryFrom<Held> for Stored {
    type Error = &'static str;

    /// Fails if no block has such a position, as in a damaged snapshot.
    fn try_from(held: Held) -> Result<Self, Self::Error> {
        if held.position >= 1 << POSITION_BITS {
            return Err("a held person has a position that no block has");
        }
        let rest = held.motive as u32 | ((held.hold as u32) << MOTIVE_BITS);
        let bits = held.position | (rest << POSITION_BITS);
        Ok(Self {
            who: [bits as u16, (bits >> 16) as u16],
            aspired: held.aspired,
        })
    }
}

impl fmt::Debug for Stored {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.held().fmt(f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_stored_is_what_was_held() {
        for position in [0, 1, 0xFFFF, 0x1_0000, (1 << POSITION_BITS) - 1] {
            for motive in MOTIVES {
                for hold in HOLDS {
                    let held = Held {
                        position,
                        aspired: u16::MAX - motive as u16,
                        motive,
                        hold,
                    };
                    let stored = Stored::try_from(held).unwrap();
                    assert_eq!((stored.held(), stored.position()), (held, position));
                }
            }
        }
    }

    #[test]
    fn a_snapshot_keeps_persons_and_refuses_a_position_of_no_block() {
        let held = Held {
            position: 99,
            aspired: 700,
            motive: Motive::Conscience,
            hold: Hold::Means,
        };
        let bytes = postcard::to_stdvec(&Stored::try_from(held).unwrap()).unwrap();
        assert_eq!(bytes, postcard::to_stdvec(&held).unwrap());
        let stored: Stored = postcard::from_bytes(&bytes).unwrap();
        assert_eq!(stored.held(), held);
        let beyond = Held {
            position: 1 << POSITION_BITS,
            ..held
        };
        let bytes = postcard::to_stdvec(&beyond).unwrap();
        assert!(postcard::from_bytes::<Stored>(&bytes).is_err());
    }
}
