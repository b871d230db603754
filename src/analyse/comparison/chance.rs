//! How often chance alone makes a correlation as strong as one that was found.

use crate::draw::{Decision, Key};
use rand_core::Rng;

/// The number of shuffles by which a correlation is judged.
const SHUFFLES: u32 = 999;
/// Correlations that differ by less count as equal: they are the same sums in a different order.
const ROUNDING: f64 = 1e-12;

/// The numbers minus their mean, over the root of their sum of squares; `None` if all are equal. The
/// correlation of two such lists is the sum of their products.
pub(super) fn standardised(numbers: &[f64]) -> Option<Vec<f64>> {
    let mean = super::nested::mean(numbers)?;
    let norm = numbers
        .iter()
        .map(|number| (number - mean) * (number - mean))
        .sum::<f64>()
        .sqrt();
    (norm > 0.0).then(|| {
        numbers
            .iter()
            .map(|number| (number - mean) / norm)
            .collect()
    })
}

/// The correlation of two standardised lists.
pub(super) fn correlation(one: &[f64], other: &[f64]) -> f64 {
    let sum: f64 = one.iter().zip(other).map(|(a, b)| a * b).sum();
    sum.clamp(-1.0, 1.0)
}

/// The strongest of several correlations under chance alone: 999 times, the values of the draws are dealt out
/// to the draws anew, and the strongest correlation with any of the parameters is noted.
#[derive(Debug)]
pub(super) struct Chance {
    /// The strongest correlations, as absolute values, sorted.
    strongest: Vec<f64>,
}

impl Chance {
    /// Shuffles the values of the draws against the parameters' places in their ranges, all standardised. The
    /// shuffles depend on nothing but the number of draws.
    pub fn of(parameters: &[Vec<f64>], values: &[f64]) -> Self {
        let key = Key::of_identity(0, "chance of a correlation");
        let strongest = (0..SHUFFLES).map(|number| {
            let mut stream = key.stream(number, 0, Decision::Shuffle, values.len() as u32);
            let mut dealt = values.to_vec();
            for place in (1..dealt.len()).rev() {
                // The upper half of the product is uniform on 0..=place, except for about 2^-60 of it.
                let other = (u128::from(stream.next_u64()) * (place as u128 + 1)) >> 64;
                dealt.swap(place, other as usize);
            }
            let sizes = parameters.iter().map(|one| correlation(one, &dealt).abs());
            sizes.fold(0.0, f64::max)
        });
        let mut strongest: Vec<f64> = strongest.collect();
        strongest.sort_by(f64::total_cmp);
        Self { strongest }
    }

    /// How often the strongest correlation under chance is at least this strong. The one that was found is
    /// counted with the shuffles, so the result is never 0 but at least 1/1000.
    pub fn of_correlation(&self, correlation: f64) -> f64 {
        let size = correlation.abs() - ROUNDING;
        let weaker = self
            .strongest
            .partition_point(|strongest| *strongest < size);
        let as_strong = self.strongest.len() - weaker;
        (1 + as_strong) as f64 / (1 + self.strongest.len()) as f64
    }
}

#[cfg(test)]
mod tests {
    use super::super::test_support::normal;
    use super::*;

    fn numbers(data_set: u32, draws: u32, what: u32) -> Vec<f64> {
        let numbers: Vec<f64> = (0..draws)
            .map(|draw| normal(data_set, draw, 0, what))
            .collect();
        standardised(&numbers).unwrap()
    }

    #[test]
    fn correlations_are_those_of_school() {
        let one = standardised(&[1.0, 2.0, 3.0, 4.0]).unwrap();
        let other = standardised(&[2.0, 1.0, 4.0, 3.0]).unwrap();
        assert!((correlation(&one, &other) - 0.6).abs() < 1e-12);
        assert!((correlation(&one, &one) - 1.0).abs() < 1e-12);
        assert_eq!(standardised(&[0.1, 0.1, 0.1]), None);
        assert_eq!(standardised(&[]), None);
    }

    /// Under chance alone, the probability of the strongest of forty parameters falls below 10 % one time in
    /// ten, however strong it looks.
    #[test]
    fn chance_is_told_as_chance() {
        let (mut at_most_tenth, data_sets) = (0, 400);
        let mut strongest_of_all: f64 = 0.0;
        for data_set in 0..data_sets {
            let parameters: Vec<Vec<f64>> =
                (1..=40).map(|what| numbers(data_set, 16, what)).collect();
            let values = numbers(data_set, 16, 0);
            let chance = Chance::of(&parameters, &values);
            let sizes = parameters.iter().map(|one| correlation(one, &values).abs());
            let strongest = sizes.fold(0.0, f64::max);
            strongest_of_all = strongest_of_all.max(strongest);
            at_most_tenth += u32::from(chance.of_correlation(strongest) <= 0.1);
        }
        // A binomial of 400 with probability 0.1 has a standard deviation of 6.
        assert!((16..=64).contains(&at_most_tenth), "{at_most_tenth}");
        assert!(strongest_of_all > 0.75, "{strongest_of_all}");
    }

    #[test]
    fn what_is_no_chance_is_told_too() {
        let parameters: Vec<Vec<f64>> = (1..=40).map(|what| numbers(0, 16, what)).collect();
        let moved: Vec<f64> = parameters[7]
            .iter()
            .zip(numbers(0, 16, 0))
            .map(|(parameter, noise)| parameter + 0.2 * noise)
            .collect();
        let values = standardised(&moved).unwrap();
        let chance = Chance::of(&parameters, &values);
        let of =
            |parameter: usize| chance.of_correlation(correlation(&parameters[parameter], &values));
        assert!(of(7) <= 0.005, "{}", of(7));
        let others = (0..40).filter(|parameter| *parameter != 7);
        assert!(others.map(of).all(|chance| chance > 0.1));
        assert_eq!(chance.of_correlation(0.0), 1.0);
    }
}
