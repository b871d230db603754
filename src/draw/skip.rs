//! Exact thinning by marks and layers.
//!
//! Each person, process and date has a mark X ~ Exp(1); the event happens when X is below the integrated hazard. Only
//! small marks are ever generated. Levels 0 = B_0 < B_1 < ... split them into layers; layer k visits each person with
//! probability 1 - exp(-(B_k - B_(k-1))), by skipping ahead, and gives it a mark between the two levels. The lowest
//! layer that hits a person holds its mark. A layer never depends on any hazard: a higher hazard only walks further
//! layers, so that the same persons are candidates under every policy.

use super::key::{Decision, Key, exponential};
use rand_core::Rng;
use rand_pcg::Mcg128Xsl64;

/// B_1 = 2^-11: weekly hazards of quiet years lie below it, so that most persons need one layer; walking it
/// over a whole nation visits 70,000 persons. Part of the stream version.
const LOWEST: f64 = 1.0 / 2_048.0;
/// Ratio of successive levels. Part of the stream version.
const RATIO: f64 = 2.0;

/// A person visited by a layer.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Hit {
    /// Position in the range walked.
    pub position: u32,
    /// The mark.
    pub mark: f64,
}

/// The layers to walk for a bound on the integrated hazard, level by level, ascending.
#[derive(Debug, Clone, Copy)]
pub struct Layers {
    next: u32,
    lowest: f64,
    low: f64,
    bound: f64,
}

impl Layers {
    /// All layers that hold marks below `bound` (integrated hazard, no unit).
    pub fn below(bound: f64) -> Self {
        Self::from(LOWEST, bound)
    }

    /// The same for events so rare that they need a different lowest level, which is part of the stream version as
    /// well.
    pub fn from(lowest: f64, bound: f64) -> Self {
        Self {
            next: 0,
            lowest,
            low: 0.0,
            bound,
        }
    }
}

impl Iterator for Layers {
    /// The number of the layer, its lower level and its upper level.
    type Item = (u32, f64, f64);

    fn next(&mut self) -> Option<Self::Item> {
        if self.low >= self.bound {
            return None;
        }
        let layer = (
            self.next,
            self.low,
            if self.next == 0 {
                self.lowest
            } else {
                self.low * RATIO
            },
        );
        self.next += 1;
        self.low = layer.2;
        Some(layer)
    }
}

/// A walk of one layer over a range of persons.
#[derive(Debug)]
pub struct Walk {
    stream: Mcg128Xsl64,
    low: f64,
    width: f64,
    inverse_width: f64,
    position: f64,
    length: f64,
}

impl Walk {
    /// Walks `layer` of the marks of aspirations over `length` persons; block and group name the range.
    pub fn new(key: Key, name: (u32, u32), date: i32, layer: (u32, f64, f64), length: u32) -> Self {
        Self::of(Decision::LeavingLayer, key, name, date, layer, length)
    }

    /// Walks a layer of the marks of another process.
    pub fn of(
        decision: Decision,
        key: Key,
        (block, group): (u32, u32),
        date: i32,
        (layer, low, high): (u32, f64, f64),
        length: u32,
    ) -> Self {
        // (The upper half is the layer's: a group that reached into it would make layers share their draws.)
        assert!(group >> 16 == 0, "group {group} has more than 16 bits");
        let place = (layer << 16) | group;
        Self {
            stream: key.stream(block, date, decision, place),
            low,
            width: high - low,
            inverse_width: 1.0 / (high - low),
            position: 0.0,
            length: f64::from(length),
        }
    }
}

impl Iterator for Walk {
    type Item = Hit;

    #[inline]
    fn next(&mut self) -> Option<Hit> {
        // An exponential gap in units of the layer's width: its integer part is the geometric number of persons passed
        // over, and its remainder is the mark within the layer, independent of that number because the exponential has
        // no memory.
        let gap = exponential(self.stream.next_u64()) * self.inverse_width;
        // (A gap is at least 0 and far below 2^32, so a cast rounds it down without a call.)
        let passed = f64::from(gap as u32);
        let position = self.position + passed;
        if position >= self.length {
            return None;
        }
        self.position = position + 1.0;
        Some(Hit {
            position: position as u32,
            mark: self.low + (gap - passed) * self.width,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Compares with the closed form at integrated hazards of about 1, where accepting a hit in proportion to the
    /// hazard would be far off.
    #[test]
    fn survival_is_exact_at_any_hazard() {
        let key = Key::of_run(11, 0, 0, "layers");
        for hazard in [0.003, 0.2, 1.0, 2.5] {
            let persons = 100_000_u32;
            let mut hit = vec![f64::INFINITY; persons as usize];
            for layer in Layers::below(hazard) {
                for Hit { position, mark } in Walk::new(key, (0, 0), 0, layer, persons) {
                    let least = &mut hit[position as usize];
                    *least = least.min(mark);
                }
            }
            let share =
                hit.iter().filter(|mark| **mark < hazard).count() as f64 / f64::from(persons);
            let expected = -libm::expm1(-hazard);
            let error = (expected * (1.0 - expected) / f64::from(persons)).sqrt();
            assert!(
                (share - expected).abs() < 4.0 * error,
                "{hazard}: {share} {expected}"
            );
            // Marks below the hazard have the mean of a truncated exponential.
            let marks: Vec<f64> = hit.iter().copied().filter(|mark| *mark < hazard).collect();
            let mean = marks.iter().sum::<f64>() / marks.len() as f64;
            let truncated = 1.0 - hazard * libm::exp(-hazard) / expected;
            let spread = hazard / (12.0 * marks.len() as f64).sqrt();
            assert!(
                (mean - truncated).abs() < 5.0 * spread,
                "{hazard}: {mean} {truncated}"
            );
        }
    }

    #[test]
    fn a_higher_bound_adds_layers_and_changes_none() {
        let key = Key::of_run(11, 0, 0, "layers");
        let hits = |bound: f64| -> Vec<Hit> {
            Layers::below(bound)
                .flat_map(|layer| Walk::new(key, (3, 2), 5, layer, 50_000))
                .collect()
        };
        let (few, many) = (hits(0.001), hits(0.4));
        assert!(!few.is_empty() && many.len() > few.len());
        assert_eq!(few[..], many[..few.len()]);
    }
}
