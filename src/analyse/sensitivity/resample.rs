//! Resampling, by which the precision of an estimate is judged.

use super::super::points;
use crate::draw::{Decision, Key};
use rand_core::Rng;

/// Number of resamples drawn for an interval.
pub const RESAMPLES: u32 = 1000;

/// With fewer units than this, resampling says nothing about their spread.
const FEWEST: usize = 4;

/// A number and its precision.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Estimate {
    /// The number.
    pub value: f64,
    /// The 5 % and 95 % points of what 1,000 resamples of the units of the design (with replacement) give;
    /// `None` with fewer than 4 units, or if a resample gives nothing.
    pub interval: Option<(f64, f64)>,
}

/// Estimates several numbers with their intervals (Efron's percentile method).
///
/// `estimate` takes the indices of units of the design, as many as there are. The resamples depend on nothing
/// but the number of units. `None` if all units as they are give nothing.
pub(super) fn estimates(
    units: usize,
    estimate: impl Fn(&[usize]) -> Option<Vec<f64>>,
) -> Option<Vec<Estimate>> {
    let all: Vec<usize> = (0..units).collect();
    let values = estimate(&all)?;
    let resampled: Option<Vec<Vec<f64>>> = match units < FEWEST {
        true => None,
        false => (0..RESAMPLES)
            .map(|number| estimate(&resample(units, number)))
            .collect(),
    };
    let interval = |place: usize| {
        let of_place = |row: &Vec<f64>| row.get(place).copied();
        let values: Option<Vec<f64>> = resampled.as_ref()?.iter().map(of_place).collect();
        points::interval(&values?, RESAMPLES as usize)
    };
    let numbered = values.into_iter().enumerate();
    Some(
        numbered
            .map(|(place, value)| Estimate {
                value,
                interval: interval(place),
            })
            .collect(),
    )
}

/// As many indices as there are units, each drawn from all units.
fn resample(units: usize, number: u32) -> Vec<usize> {
    let key = Key::of_identity(0, "sample of a sample");
    let mut stream = key.stream(number, 0, Decision::Resample, units as u32);
    // The upper half of the product is uniform on 0..units, except for 2^-64 per unit.
    let place = |bits: u64| ((u128::from(bits) * units as u128) >> 64) as usize;
    (0..units).map(|_| place(stream.next_u64())).collect()
}

#[cfg(test)]
mod tests {
    use super::super::sampled::mean;
    use super::*;

    /// The mean of a sample of n has the standard error s / sqrt(n), and its interval extends 1.645 of these each way.
    #[test]
    fn the_interval_of_a_mean_is_the_known_one() {
        let values: Vec<f64> = (0..400).map(f64::from).collect();
        let found = estimates(400, |places| {
            let of: Vec<f64> = places.iter().map(|place| values[*place]).collect();
            Some(vec![mean(&of)])
        });
        let found = found.unwrap()[0];
        assert_eq!(found.value, 199.5);
        let error = 400.0 / 12f64.sqrt() / 20.0;
        let (low, high) = found.interval.unwrap();
        // Points of 1,000 samples are known to 7 % of the half-width.
        assert!(
            ((199.5 - low) / (1.645 * error) - 1.0).abs() < 0.15,
            "{low}"
        );
        assert!(
            ((high - 199.5) / (1.645 * error) - 1.0).abs() < 0.15,
            "{high}"
        );
    }

    #[test]
    fn few_units_and_samples_without_a_number_have_no_interval() {
        let first = |places: &[usize]| Some(vec![places[0] as f64]);
        assert_eq!(estimates(3, first).unwrap()[0].interval, None);
        assert!(estimates(4, first).unwrap()[0].interval.is_some());
        let picky = |places: &[usize]| (places[0] == 0).then(|| vec![1.0]);
        assert_eq!(estimates(9, picky).unwrap()[0].interval, None);
        assert_eq!(estimates(9, |_| None), None);
    }

    #[test]
    fn samples_are_uniform_and_unlike() {
        let mut counts = [0_u32; 10];
        for number in 0..1000 {
            for place in resample(10, number) {
                counts[place] += 1;
            }
        }
        let off = |count: &u32| (f64::from(*count) - 1000.0).abs();
        assert!(
            counts.iter().all(|count| off(count) < 4.0 * 30.0),
            "{counts:?}"
        );
        assert_ne!(resample(10, 1), resample(10, 2));
        assert_eq!(resample(10, 1), resample(10, 1));
    }
}
