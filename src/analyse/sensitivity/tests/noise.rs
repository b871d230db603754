//! Chance, separated from what parameters do.

use super::super::test_functions::*;
use super::super::{ElementaryEffects, Noise, Sampled, SensitivityError, SobolIndices};
use crate::experiment::{Morris, Saltelli};

/// Ishigami's function with chance of its own at each point, and chance shared by all points.
fn runs(design: &Saltelli, replicates: u32, own: f64, shared: f64) -> Sampled {
    let points = design.quantiles();
    let runs = points.iter().enumerate().flat_map(|(point, row)| {
        (0..replicates).map(move |replicate| {
            let chance = own * normal(1, point as u32, replicate);
            let common = shared * normal(2, 0, replicate);
            (point, replicate, ishigami(row) + chance + common)
        })
    });
    Sampled::of(points.len(), replicates, runs).unwrap()
}

/// With as much chance as effect, indices computed from means are off by what the equations say, and those
/// from products between replicates are not.
#[test]
fn chance_is_taken_out_of_indices() {
    let (variance, first, total) = ishigami_exact();
    let design = Saltelli::new(5, 8192, 3).unwrap();
    let found = SobolIndices::of(3, &runs(&design, 2, variance.sqrt(), 0.0)).unwrap();
    let noise = found.noise.unwrap();
    assert!((noise.share - 0.5).abs() < 0.01, "{noise:?}");
    assert!((noise.within / variance - 1.0).abs() < 0.02, "{noise:?}");
    assert!(
        (found.variance / variance - 1.0).abs() < 0.04,
        "{}",
        found.variance
    );
    for (place, index) in found.parameters.iter().enumerate() {
        // Two replicates leave half of the chance in a mean: its variance is V + V / 2.
        let of_means = (first[place] / 1.5, (total[place] + 0.5) / 1.5);
        let off = [
            index.first.value - first[place],
            index.total.value - total[place],
            index.first_of_means - of_means.0,
            index.total_of_means - of_means.1,
        ];
        println!("parameter {place}: errors {off:.4?}");
        assert!(off.iter().all(|off| off.abs() < 0.035), "{place}: {off:?}");
        // Planted fault: the index computed from means must not pass for the index.
        assert!((index.total_of_means - total[place]).abs() > 0.035);
        let (low, high) = index.total.interval.unwrap();
        assert!(
            low < total[place] && total[place] < high,
            "{place}: {low} {high}"
        );
    }
}

/// Chance shared by all points moves every point of a replicate alike: no index changes at all.
#[test]
fn chance_that_points_share_changes_no_index() {
    let design = Saltelli::new(6, 64, 3).unwrap();
    let without = SobolIndices::of(3, &runs(&design, 3, 0.5, 0.0)).unwrap();
    let with = SobolIndices::of(3, &runs(&design, 3, 0.5, 20.0)).unwrap();
    for (one, other) in without.parameters.iter().zip(&with.parameters) {
        assert!((one.first.value - other.first.value).abs() < 1e-10);
        assert!((one.total.value - other.total.value).abs() < 1e-10);
    }
    assert!(with.noise.unwrap().within > 20.0 * without.noise.unwrap().within);
}

#[test]
fn chance_alone_is_no_effect() {
    let runs = |set: u32| {
        let cells = (0..160).flat_map(|point| (0..3).map(move |number| (point, number)));
        let values =
            cells.map(|(point, number)| (point, number, normal(set, point as u32, number)));
        Sampled::of(160, 3, values).unwrap()
    };
    let (mut refused, mut wide, mut sum) = (0, 0, 0.0);
    for set in 10..60 {
        let noise = Noise::of(&runs(set)).unwrap().unwrap();
        assert!((noise.within - 1.0).abs() < 0.35, "{noise:?}");
        sum += noise.between / 50.0;
        match SobolIndices::of(3, &runs(set)) {
            Err(SensitivityError::OnlyNoise { .. }) => refused += 1,
            Err(error) => panic!("{error}"),
            Ok(found) => {
                let undecided = |interval: Option<(f64, f64)>| interval.is_none();
                wide += usize::from(found.parameters.iter().all(|p| undecided(p.total.interval)));
            }
        }
    }
    println!("of 50 outcomes of chance alone: {refused} refused, {wide} without intervals");
    // The contribution of the parameters has the standard deviation (1/3) sqrt(3/2) sqrt(2/160) = 0.046 in each set.
    assert!(sum.abs() < 4.0 * 0.046 / 50f64.sqrt(), "{sum}");
    // It is below 0 about every other time, and otherwise never far enough above it for an interval.
    assert!(refused >= 15 && refused + wide == 50, "{refused} {wide}");
}

#[test]
fn one_replicate_tells_no_chance_and_none_varies_without_any() {
    let single = Sampled::single(&[1.0, 2.0, 4.0]).unwrap();
    assert_eq!(Noise::of(&single), Ok(None));
    let same = (0..3).flat_map(|point| (0..2).map(move |number| (point, number, point as f64)));
    let noise = Noise::of(&Sampled::of(3, 2, same).unwrap())
        .unwrap()
        .unwrap();
    assert_eq!((noise.within, noise.share), (0.0, 0.0));
    assert!((noise.between - 1.0).abs() < 1e-12);
    assert!(Noise::of(&Sampled::single(&[1.0]).unwrap()).is_err());
}

/// A parameter that does nothing has the mean size of chance; one that does something keeps its sigma.
#[test]
fn elementary_effects_of_chance_are_known() {
    let design = Morris::new(3, 2000, 4, &["a", "b", "idle"]).unwrap();
    let points = design.quantiles();
    let outcome = |row: &[f64]| 3.0 * row[0] + 6.0 * row[0] * row[1];
    let runs = points.iter().enumerate().flat_map(|(point, row)| {
        (0..4).map(move |number| {
            let shared = 9.0 * normal(3, (point / 4) as u32, number);
            (
                point,
                number,
                outcome(row) + shared + 2.0 * normal(4, point as u32, number),
            )
        })
    });
    let outcome = Sampled::of(points.len(), 4, runs).unwrap();
    let found = ElementaryEffects::of(&points, &points, &outcome).unwrap();
    // Two points of four replicates with the standard deviation 2, over the step 2/3.
    let sd = 2.0 * (2.0 / 4.0_f64).sqrt() * 1.5;
    // Effects of a are 3 + 6 b, b on levels from 0 to 1: mean 6, standard deviation 6 sqrt(5) / 6.
    let exact = [(6.0, 5f64.sqrt()), (3.0, 5f64.sqrt()), (0.0, 0.0)];
    for (effect, (mu, sigma)) in found.parameters.iter().zip(exact) {
        let noise = effect.noise.unwrap();
        assert!((noise.sd / sd - 1.0).abs() < 0.04, "{noise:?}");
        assert!((effect.mu - mu).abs() < 4.0 * (sigma + sd) / 2000f64.sqrt());
        let with = (sigma * sigma + sd * sd).sqrt();
        assert!((effect.sigma.unwrap() / with - 1.0).abs() < 0.07);
        let apart = noise.sigma.unwrap();
        assert!((apart - sigma).abs() < 0.4, "{apart} {sigma}");
    }
    let idle = found.parameters[2];
    let by_chance = idle.noise.unwrap().mu_star;
    assert!(
        (idle.mu_star.value / by_chance - 1.0).abs() < 0.06,
        "{idle:?}"
    );
}
