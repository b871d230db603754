//! Blocks: fixed ranges of identities, each the unit of work of a thread.

/// Persons in a block. Part of the stream version.
pub const BLOCK: u32 = 1 << 17;

/// A range of identities of one segment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Block {
    /// Segment index.
    pub segment: u16,
    /// Number of the block within its segment.
    pub number: u32,
    /// First identity.
    pub first: u32,
    /// Number of identities, 1 to [`BLOCK`].
    pub length: u32,
}

/// Returns the blocks of a segment of `agents` agents.
pub fn blocks_of(segment: u16, agents: u32) -> impl Iterator<Item = Block> {
    (0..agents.div_ceil(BLOCK)).map(move |number| {
        let first = number * BLOCK;
        Block {
            segment,
            number,
            first,
            length: BLOCK.min(agents - first),
        }
    })
}
