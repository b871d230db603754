//! Which place comes first: a race of exponentials, decided by bounds wherever these suffice.
//!
//! A place with weight W comes at E / W, E being exponential with mean 1. A bound costs a few multiplications, and a
//! logarithm several times as much: logarithms are needed only where the first and the second come close.

use crate::draw::{Words, exponential, exponential_at_least, exponential_at_most};

/// Margin for rounding in a bound.
const ROOM: f64 = 1.0 - 1e-12;

/// Returns the place that comes first, by position: `labels` are the keys of the places' draws, `weights` their
/// weights. A place without weight never comes; returns 0 if none has any.
pub fn first_of(base: Words, labels: &[u32], weights: &[f64]) -> usize {
    // (Selections instead of branches: which place comes first is unpredictable.)
    let (mut best, mut first, mut second) = (0, f64::INFINITY, f64::INFINITY);
    for (place, (&label, &weight)) in labels.iter().zip(weights).enumerate() {
        let time = exponential_at_least(base.first_about(label)) / weight;
        let later = if time > first { time } else { first };
        second = if later < second { later } else { second };
        best = if time < first { place } else { best };
        first = if time < first { time } else { first };
    }
    let bits = base.first_about(labels[best]);
    if exponential_at_most(bits) / weights[best] < second * ROOM {
        return best;
    }
    let (mut favourite, mut least) = (best, f64::INFINITY);
    for (place, (&label, &weight)) in labels.iter().zip(weights).enumerate() {
        let time = exponential(base.first_about(label)) / weight;
        if weight > 0.0 && time < least {
            (favourite, least) = (place, time);
        }
    }
    favourite
}

/// Like [`first_of`], where all places have the same weight, above 0: the place with the least bits comes
/// first, and only whether it does so beyond rounding has to be checked.
pub fn first_of_equals(base: Words, labels: &[u32], weights: &[f64]) -> usize {
    let (mut best, mut first, mut second) = (0, u64::MAX, u64::MAX);
    for (place, &label) in labels.iter().enumerate() {
        let bits = base.first_about(label);
        second = second.min(bits.max(first));
        best = if bits < first { place } else { best };
        first = first.min(bits);
    }
    if exponential_at_most(first) < exponential_at_least(second) * ROOM {
        return best;
    }
    first_of(base, labels, weights)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::draw::{Decision, Key};

    /// The place with the least time, each time computed by its logarithm.
    fn by_logarithms(base: Words, labels: &[u32], weights: &[f64]) -> usize {
        let time = |place: &usize| exponential(base.first_about(labels[*place])) / weights[*place];
        let places = (0..labels.len()).filter(|&place| weights[place] > 0.0);
        let first = places.min_by(|one, other| time(one).total_cmp(&time(other)));
        first.unwrap_or(0)
    }

    #[test]
    fn bounds_and_bits_tell_what_logarithms_tell() {
        let key = Key::of_run(3, 0, 0, "race");
        let labels: Vec<u32> = (0..40).map(|place| place * 977 + 5).collect();
        for count in [1, 2, 3, 10, 40] {
            let labels = &labels[..count];
            let uneven: Vec<f64> = (0..count).map(|place| (place % 4) as f64 * 0.3).collect();
            let even = vec![2.5; count];
            for person in 0..20_000 {
                let base = key.words(person, 9, Decision::Aspiration, 0);
                let expected = by_logarithms(base, labels, &uneven);
                assert_eq!(first_of(base, labels, &uneven), expected);
                let expected = by_logarithms(base, labels, &even);
                assert_eq!(first_of(base, labels, &even), expected);
                assert_eq!(first_of_equals(base, labels, &even), expected);
            }
        }
    }
}
