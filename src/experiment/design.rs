//! Designs: where in the ranges of the parameters the sets lie.

use crate::draw::{Decision, Key, Permutation};

/// How quantiles are spread over the unit cube.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Design {
    /// A Latin hypercube: the range of each parameter is divided into as many equal parts as there are draws,
    /// and each part is hit once.
    LatinHypercube,
    /// Scrambled Sobol' points: even in many directions at once if the number of draws is a power of two.
    Sobol,
}

impl Design {
    /// The word for it on the command line and in files.
    pub fn name(self) -> &'static str {
        match self {
            Self::LatinHypercube => "latin-hypercube",
            Self::Sobol => "sobol",
        }
    }

    /// Quantiles by draw and parameter, each above 0 and below 1. In a Latin hypercube those of a parameter
    /// depend on the seed, the number of draws and its path, so that adding another parameter moves none;
    /// Sobol' points depend on the seed and the parameter's index.
    pub fn quantiles(self, seed: u64, draws: u32, paths: &[&str]) -> Vec<Vec<f64>> {
        let columns: Vec<Vec<f64>> = (0u32..)
            .zip(paths)
            .map(|(place, path)| match self {
                Self::LatinHypercube => latin(seed, draws, path),
                Self::Sobol => sobol(seed, draws, place),
            })
            .collect();
        let row = |draw: usize| columns.iter().map(|column| column[draw]).collect();
        (0..draws as usize).map(row).collect()
    }
}

/// One parameter's column of a Latin hypercube (McKay, Beckman and Conover 1979): the strata in a random
/// order, with a random position in each.
fn latin(seed: u64, draws: u32, path: &str) -> Vec<f64> {
    let key = Key::of_identity(seed, path);
    let order = Permutation::new(key, Decision::DesignOrder, 0, draws.into());
    let place = |draw: u32| {
        let within = key.words(draw, 0, Decision::DesignPlace, 0).uniforms()[0];
        (order.forward(draw.into()) as f64 + within) / f64::from(draws)
    };
    (0..draws).map(place).collect()
}

/// One dimension of a scrambled Sobol' sequence.
fn sobol(seed: u64, draws: u32, place: u32) -> Vec<f64> {
    (0..draws)
        .map(|draw| sobol_point(seed, draw, place))
        .collect()
}

/// One coordinate of a point of a scrambled Sobol' sequence, which has 65,536 points. Dimensions beyond those
/// of the sequence reuse it with another scrambling: each is as even by itself.
pub(super) fn sobol_point(seed: u64, draw: u32, place: u32) -> f64 {
    let turns = place / sobol_burley::NUM_DIMENSIONS;
    let dimension = place % sobol_burley::NUM_DIMENSIONS;
    let seed =
        (seed as u32) ^ ((seed >> 32) as u32).rotate_left(16) ^ turns.wrapping_mul(0x9E37_79B9);
    // Points lie on a grid of 2^-24; half a step keeps them off the ends.
    let half = 0.5 / f64::from(1u32 << 24);
    f64::from(sobol_burley::sample(draw, dimension, seed)) + half
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_part_of_every_range_is_hit_once() {
        let paths = ["a.b", "a.c", "d"];
        for (design, draws) in [
            (Design::LatinHypercube, 1),
            (Design::LatinHypercube, 13),
            (Design::LatinHypercube, 100),
            (Design::Sobol, 16),
            (Design::Sobol, 128),
        ] {
            let rows = design.quantiles(5, draws, &paths);
            for parameter in 0..paths.len() {
                let mut hit = vec![0; draws as usize];
                for row in &rows {
                    assert!(row[parameter] > 0.0 && row[parameter] < 1.0);
                    hit[(row[parameter] * f64::from(draws)) as usize] += 1;
                }
                assert!(hit.iter().all(|times| *times == 1), "{design:?} {hit:?}");
            }
        }
    }

    #[test]
    fn parameters_are_drawn_apart_and_by_name() {
        let two = Design::LatinHypercube.quantiles(1, 400, &["x", "y"]);
        let one = Design::LatinHypercube.quantiles(1, 400, &["y"]);
        assert!(two.iter().zip(&one).all(|(two, one)| two[1] == one[0]));
        for design in [Design::LatinHypercube, Design::Sobol] {
            let rows = design.quantiles(9, 512, &["x", "y"]);
            let mean: f64 = rows
                .iter()
                .map(|r| (r[0] - 0.5) * (r[1] - 0.5))
                .sum::<f64>()
                / 512.0;
            // Uncorrelated: the mean has a standard deviation of 1/12 over the root of 512.
            assert!(mean.abs() < 4.0 / 12.0 / 512f64.sqrt(), "{design:?} {mean}");
            assert_ne!(rows, design.quantiles(10, 512, &["x", "y"]));
        }
    }
}
