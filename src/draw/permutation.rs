//! Permutations of ranges of integers, evaluated in either direction in constant time and without a table.

use super::key::{Decision, Key};
use super::screen::mix;

/// Rounds of the Feistel network. Part of the stream version.
const ROUNDS: usize = 4;

/// A keyed permutation of 0..size: a Feistel network over the next power of two, applied until the number falls back
/// into the range (less than twice on average; a range below four may take longer).
#[derive(Debug, Clone)]
pub struct Permutation {
    size: u64,
    /// Bits of the upper and of the lower part.
    bits: [u32; 2],
    keys: [u64; ROUNDS],
}

impl Permutation {
    /// Returns the permutation of 0..`size` (at most 2^62) that a key, a `decision` and a `number` name.
    pub fn new(key: Key, decision: Decision, number: u32, size: u64) -> Self {
        let needed = u64::BITS - size.saturating_sub(1).leading_zeros();
        let round = |round| key.words(round, 0, decision, number).first();
        Self {
            size,
            bits: [needed.div_ceil(2).max(1), (needed / 2).max(1)],
            keys: std::array::from_fn(|number| round(number as u32)),
        }
    }

    /// How many numbers it permutes.
    pub fn size(&self) -> u64 {
        self.size
    }

    /// Returns the place of a number below the size.
    pub fn forward(&self, number: u64) -> u64 {
        self.walk(number, |parts| {
            (0..ROUNDS).fold(parts, |parts, round| self.round(parts, round))
        })
    }

    /// Returns the number at a place below the size.
    pub fn inverse(&self, place: u64) -> u64 {
        self.walk(place, |parts| {
            (0..ROUNDS)
                .rev()
                .fold(parts, |parts, round| self.round(parts, round))
        })
    }

    /// Permutes the whole power of two repeatedly until the result lies in the range.
    #[inline]
    fn walk(&self, start: u64, permute: impl Fn([u64; 2]) -> [u64; 2]) -> u64 {
        let [_, lower] = self.bits;
        let mut at = start;
        loop {
            let parts = permute([at >> lower, at & ((1 << lower) - 1)]);
            at = (parts[0] << lower) | parts[1];
            // A start outside the range belongs to nobody: return any number rather than loop for ever.
            if at < self.size || start >= self.size {
                return at;
            }
        }
    }

    /// Mixes one part with the other, the upper in even rounds; a second application undoes it.
    #[inline]
    fn round(&self, mut parts: [u64; 2], round: usize) -> [u64; 2] {
        let part = round % 2;
        let mixed = mix(parts[1 - part].wrapping_add(self.keys[round]));
        parts[part] ^= mixed & ((1 << self.bits[part]) - 1);
        parts
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn permutation(seed: u64, size: u64) -> Permutation {
        let key = Key::of_identity(seed, "permutation");
        Permutation::new(key, Decision::TieRing, 0, size)
    }

    #[test]
    fn small_ranges_are_permuted_whole() {
        for size in (1..70).chain([255, 256, 257, 1000]) {
            let permutation = permutation(3, size);
            let mut met = vec![false; size as usize];
            for number in 0..size {
                let place = permutation.forward(number);
                assert!(!std::mem::replace(&mut met[place as usize], true));
                assert_eq!(permutation.inverse(place), number);
            }
        }
    }

    proptest! {
        #[test]
        fn the_inverse_leads_back(seed: u64, size in 1_u64..(1 << 40), share in 0.0_f64..1.0) {
            let permutation = permutation(seed, size);
            let number = (size as f64 * share) as u64;
            let place = permutation.forward(number);
            prop_assert!(place < size);
            prop_assert_eq!(permutation.inverse(place), number);
        }
    }

    /// Neighbours in the range land anywhere, independently of each other.
    #[test]
    fn places_are_uniform_and_neighbours_part() {
        let size = 300_000_u64;
        let permutation = permutation(8, size);
        let (mut cells, mut product) = ([0_u32; 16], 0.0);
        let unit = |number| permutation.forward(number) as f64 / size as f64;
        for number in 0..size / 2 {
            cells[(16.0 * unit(number)) as usize] += 1;
            product += 12.0 * (unit(number) - 0.5) * (unit(number + 1) - 0.5);
        }
        let n = size as f64 / 2.0;
        let expected = n / 16.0;
        let squares: f64 = cells
            .iter()
            .map(|cell| f64::from(*cell) - expected)
            .map(|off| off * off / expected)
            .sum();
        // Chi-square with 15 degrees of freedom: 37.7 is its 99.9 % point.
        assert!(squares < 37.7, "{squares}");
        assert!((product / n).abs() < 4.0 / n.sqrt(), "{product}");
    }
}
