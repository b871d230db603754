//! Marks of stored persons: one cheap keyed hash per person and step, compared with integer thresholds.
//!
//! Two processes of a person share the hash: 32 bits of it are the head of each one's mark. Two integer comparisons
//! rule out nearly all persons; for the few others the mark is completed with further bits of a single draw, so that
//! the short head loses nothing.

use super::key::{Decision, Key};
use super::math::ln;

/// The hash of one decision on one date, for all persons of a key.
#[derive(Debug, Clone, Copy)]
pub struct Screen {
    key: Key,
    date: i32,
    decision: Decision,
    whitening: [u64; 2],
}

impl Screen {
    /// Prepares the hash of a decision on a date.
    pub fn new(key: Key, date: i32, decision: Decision) -> Self {
        // No person has this index: a segment holds at most 2^32 - 1.
        let words = key.words(u32::MAX, date, decision, 0);
        Self {
            key,
            date,
            decision,
            whitening: [words.first(), words.second()],
        }
    }

    /// The heads of the two marks of a person, each uniform on all 32-bit integers.
    #[inline]
    pub fn heads(&self, person: u32) -> [u32; 2] {
        let bits = mix(u64::from(person).wrapping_add(self.whitening[0])) ^ self.whitening[1];
        [(bits >> 32) as u32, bits as u32]
    }

    /// One of the two marks of a person, exponential with mean 1.
    pub fn mark(&self, person: u32, number: usize) -> f64 {
        let head = self.heads(person)[number];
        let tails = self.key.words(person, self.date, self.decision, 1);
        let tail = [tails.first(), tails.second()][number];
        let scale = 1.0 / (1_u64 << 32) as f64;
        let u = (f64::from(head) + super::key::unit(tail)) * scale;
        // A tail of all ones could round u up to 1: keep the mark finite.
        let u = u.min(1.0 - f64::EPSILON);
        if u < 1e-3 {
            // -ln(1 - u) by its series, with a relative error below u^5 / 6.
            u * (1.0 + u * (0.5 + u * (1.0 / 3.0 + u * (0.25 + u * 0.2))))
        } else {
            -ln(1.0 - u)
        }
    }

    /// A lower bound of [`Screen::mark`] without its tail: enough to rule out most persons.
    #[inline]
    pub fn mark_at_least(&self, person: u32, number: usize) -> f64 {
        // -ln(1 - u) is at least u.
        f64::from(self.heads(person)[number]) * (1.0 / (1_u64 << 32) as f64)
    }
}

/// The smallest integer that the head of no mark below the integrated hazard `bound` reaches: a person whose head is at
/// or above it has a mark above the bound.
pub fn threshold(bound: f64) -> u32 {
    let share = 1.0 - super::math::exp(-bound);
    // One more than needed covers the rounding of the share, which is a millionth of a head.
    (share * (1_u64 << 32) as f64 + 2.0).min(f64::from(u32::MAX)) as u32
}

/// The number below which a head has a [`Screen::mark_at_least`] below `bound`; exact, since scaling by a power of two
/// rounds nothing.
pub fn heads_below(bound: f64) -> u64 {
    (bound * (1_u64 << 32) as f64).ceil() as u64
}

/// Moremur, a 64-bit finaliser (Evensen 2020): every input bit flips every output bit with a probability near one half.
#[inline]
pub(super) fn mix(mut x: u64) -> u64 {
    x ^= x >> 27;
    x = x.wrapping_mul(0x3C79_AC49_2BA7_B653);
    x ^= x >> 33;
    x = x.wrapping_mul(0x1C69_B3F7_4AC4_AE35);
    x ^ (x >> 27)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_are_exponential_and_independent() {
        let key = Key::of_run(5, 0, 0, "screen");
        let n = 400_000_u32;
        let mut sums = [0.0; 5];
        for date in [0, 7] {
            let screen = Screen::new(key, date, Decision::AbroadMarks);
            let next = Screen::new(key, date + 1, Decision::AbroadMarks);
            for person in 0..n / 2 {
                let [x, y] = [0, 1].map(|number| screen.mark(person, number));
                let z = next.mark(person, 0);
                let w = screen.mark(person + 1, 0);
                for (sum, value) in sums.iter_mut().zip([
                    x,
                    y,
                    (x - 1.0) * (y - 1.0),
                    (x - 1.0) * (z - 1.0),
                    (x - 1.0) * (w - 1.0),
                ]) {
                    *sum += value / f64::from(n);
                }
            }
        }
        let error = 4.0 / f64::from(n).sqrt();
        for (sum, expected) in sums.iter().zip([1.0, 1.0, 0.0, 0.0, 0.0]) {
            assert!((sum - expected).abs() < error, "{sum} {expected}");
        }
    }

    #[test]
    fn heads_below_a_bound_are_those_of_marks_that_may_lie_below() {
        let screen = Screen::new(Key::of_run(1, 0, 0, "s"), 3, Decision::ContagionMarks);
        for person in 0..100_000 {
            let at_least = screen.mark_at_least(person, 0);
            let head = u64::from(screen.heads(person)[0]);
            // At the mark itself, just above it, and where no mark or every mark lies below.
            for bound in [at_least, at_least.next_up(), 1e-6, 0.7, 1.0, 3.0] {
                assert_eq!(head < heads_below(bound), at_least < bound, "{bound}");
            }
        }
        assert_eq!([-1.0, 0.0, f64::NAN].map(heads_below), [0; 3]);
    }

    #[test]
    fn a_head_at_the_threshold_means_a_mark_above_the_bound() {
        let screen = Screen::new(Key::of_run(1, 0, 0, "s"), 3, Decision::HeldMarks);
        for bound in [1e-9, 1e-4, 0.3, 2.0, 30.0] {
            let limit = threshold(bound);
            let mut below = 0_u32;
            for person in 0..200_000 {
                let heads = screen.heads(person);
                let marks = [0, 1].map(|number| screen.mark(person, number));
                for (number, (head, mark)) in heads.iter().zip(marks).enumerate() {
                    assert!(screen.mark_at_least(person, number) <= mark);
                    assert!(*head < limit || mark >= bound || limit == u32::MAX);
                    below += u32::from(*head < limit);
                }
            }
            let expected = -libm::expm1(-bound);
            let share = f64::from(below) / 400_000.0;
            assert!((share - expected).abs() < 5.0 * (expected / 400_000.0).sqrt() + 1e-6);
        }
    }
}
