//! Simulation-based calibration (Talts, Betancourt, Simpson, Vehtari and Gelman 2018): parameters drawn from the prior,
//! data simulated with them, and the posterior of these data asked where the parameters lie in it.
//!
//! Each simulated value is blurred evenly by half the width of its band before the band is laid around it. Then the
//! posterior of runs that lie in all bands is exact, not an approximation that narrows with the bands (Fearnhead
//! and Prangle 2012, "noisy ABC"), and ranks have to be uniform.

use super::bench::{self, PARAMETERS};
use exeunt::draw::{Decision, Key};
use exeunt::experiment::calibration::Ended;

/// Half the width of each band.
const HALF: [f64; 3] = [700.0, 0.035, 1200.0];
const WIDE: [(f64, f64); 3] = [(0.0, 1e7), (0.0, 1.0), (0.0, 1e7)];

/// How many sets of data: `EXEUNT_DATA_SETS=100` is what docs/validation.md quotes.
fn data_sets() -> u32 {
    let asked = std::env::var("EXEUNT_DATA_SETS").ok();
    match (
        asked.and_then(|text| text.parse().ok()),
        std::env::var_os("EXEUNT_FULL_TESTS"),
    ) {
        (Some(asked), _) => asked,
        (None, Some(_)) => 40,
        (None, None) => 6,
    }
}

/// The share of a posterior below the value that was planted, by parameter; and whether 90 % intervals hold it.
fn one(number: u32) -> ([f64; 3], [bool; 3]) {
    let folder = tempfile::tempdir().unwrap();
    let lines = format!(
        "seed = {}\nparticles = 40\nproposals = 40\ngenerations = 90\nleast_acceptance = 0",
        100 + number
    );
    let (plan, observed) = bench::plan(folder.path(), &WIDE, &lines);
    let key = Key::of_identity(7, "planted");
    let uniform = |place: u32| key.words(number, 0, Decision::Shuffle, place).uniforms()[0];
    let planted = [0, 1, 2].map(uniform);
    let values = bench::run_at(&plan, &observed, &planted, number);
    let mut bands = WIDE;
    for (row, value) in values.into_iter().enumerate() {
        let middle = value + HALF[row] * (2.0 * uniform(10 + row as u32) - 1.0);
        bands[row] = (middle - HALF[row], middle + HALF[row]);
    }
    let (plan, observed) = bench::plan(folder.path(), &bands, &lines);
    let found = bench::fit(&plan, &observed, 2);
    assert_eq!(
        found.0.ended,
        Ended::Inside,
        "data set {number}: {:?}",
        found.0.generations
    );
    let (fit, weights) = (&found.0, found.0.population.weights());
    let below = |axis: usize| -> f64 {
        let particles = fit.population.particles.iter().zip(&weights);
        let lower = particles.filter(|(particle, _)| particle.quantiles[axis] < planted[axis]);
        lower.map(|(_, weight)| weight).sum()
    };
    let ranks = [0, 1, 2].map(below);
    (ranks, ranks.map(|rank| (0.05..=0.95).contains(&rank)))
}

/// The largest gap between ranks and the uniform distribution, times the root of their number.
fn gap(ranks: &[f64]) -> f64 {
    let mut sorted = ranks.to_vec();
    sorted.sort_by(f64::total_cmp);
    let count = sorted.len() as f64;
    let gaps = sorted.iter().enumerate().map(|(place, rank)| {
        (rank - place as f64 / count)
            .abs()
            .max((rank - (place as f64 + 1.0) / count).abs())
    });
    gaps.fold(0.0, f64::max) * count.sqrt()
}

#[test]
fn planted_parameters_lie_where_posteriors_say() {
    let count = data_sets();
    let (mut ranks, mut held) = ([Vec::new(), Vec::new(), Vec::new()], [0_u32; 3]);
    for number in 0..count {
        let (found, inside) = one(number);
        for axis in 0..3 {
            ranks[axis].push(found[axis]);
            held[axis] += u32::from(inside[axis]);
        }
    }
    for axis in 0..3 {
        let (gap, share) = (gap(&ranks[axis]), f64::from(held[axis]) / f64::from(count));
        println!(
            "{}: 90 % intervals hold {:.0} %, gap of ranks {gap:.2}",
            PARAMETERS[axis],
            share * 100.0
        );
        // Kolmogorov's bound at one in a thousand: three parameters are asked about.
        assert!(gap < 1.95, "{}: ranks {:?}", PARAMETERS[axis], ranks[axis]);
        let (least, most) = if count >= 100 {
            (0.80, 0.98)
        } else {
            (0.58, 1.0)
        };
        assert!(
            (least..=most).contains(&share),
            "{}: {share}",
            PARAMETERS[axis]
        );
    }
}

/// Of ranks that are bunched, as those of intervals too wide or too narrow, the bound is passed.
#[test]
fn bunched_ranks_are_seen() {
    let even: Vec<f64> = (0..100).map(|n| (f64::from(n) + 0.5) / 100.0).collect();
    assert!(gap(&even) < 0.1);
    let middle: Vec<f64> = even.iter().map(|rank| 0.5 + 0.5 * (rank - 0.5)).collect();
    assert!(gap(&middle) > 1.95);
    let ends: Vec<f64> = even
        .iter()
        .map(|rank| {
            if *rank < 0.5 {
                rank * 0.5
            } else {
                1.0 - (1.0 - rank) * 0.5
            }
        })
        .collect();
    assert!(gap(&ends) > 1.95);
}
