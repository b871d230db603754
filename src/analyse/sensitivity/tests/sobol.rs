//! Sobol' indices.

use super::super::test_functions::*;
use super::super::{Sampled, SensitivityError, SobolIndices};
use crate::experiment::Saltelli;

/// The largest error of the first and of the total indices.
fn errors(found: &SobolIndices, first: &[f64], total: &[f64]) -> (f64, f64) {
    let mut most = (0.0_f64, 0.0_f64);
    for (place, index) in found.parameters.iter().enumerate() {
        most.0 = most.0.max((index.first.value - first[place]).abs());
        most.1 = most.1.max((index.total.value - total[place]).abs());
    }
    most
}

#[test]
fn ishigami_has_its_published_indices() {
    let (variance, first, total) = ishigami_exact();
    for (exact, published) in first.iter().zip([0.3139, 0.4424, 0.0]) {
        assert!((exact - published).abs() < 5e-5);
    }
    for (exact, published) in total.iter().zip([0.5576, 0.4424, 0.2437]) {
        assert!((exact - published).abs() < 5e-5);
    }
    for seed in 0..5 {
        let design = Saltelli::new(seed, 4096, 3).unwrap();
        let found = SobolIndices::of(3, &at(&design, ishigami)).unwrap();
        let off = errors(&found, &first, &total);
        println!("Ishigami, n = 4096, seed {seed}: largest errors {off:?}");
        assert!(off.0 < 0.01 && off.1 < 0.01, "{off:?}");
        // With 8,192 independent points it would have a standard error of 1.7 %.
        assert!((found.variance / variance - 1.0).abs() < 0.015);
        assert_eq!((found.base, found.noise), (4096, None));
        for index in &found.parameters {
            assert_eq!(index.first.value, index.first_of_means);
            assert_eq!(index.total.value, index.total_of_means);
        }
    }
}

#[test]
fn the_g_function_has_its_published_indices() {
    let (first, total) = sobol_g_exact();
    for (exact, published) in first.iter().zip([0.7162, 0.1790, 0.0237, 0.0072, 0.0001]) {
        assert!((exact - published).abs() < 5e-5);
    }
    for (exact, published) in total.iter().zip([0.7871, 0.2422, 0.0343, 0.0105, 0.0001]) {
        assert!((exact - published).abs() < 6e-5, "{exact} {published}");
    }
    for seed in 0..5 {
        let design = Saltelli::new(seed, 4096, 8).unwrap();
        let found = SobolIndices::of(8, &at(&design, sobol_g)).unwrap();
        let off = errors(&found, &first, &total);
        println!("G, n = 4096, seed {seed}: largest errors {off:?}");
        assert!(off.0 < 0.02 && off.1 < 0.02, "{off:?}");
    }
}

/// Faults that the tests above must detect, planted one by one: the same points in wrong places, and one
/// index mistaken for the other.
#[test]
fn planted_faults_are_found() {
    let (_, first, total) = ishigami_exact();
    let design = Saltelli::new(0, 4096, 3).unwrap();
    let values = at(&design, ishigami).means();
    let passes = |order: [usize; 5]| {
        let moved = values
            .chunks(5)
            .flat_map(|row| order.map(|place| row[place]))
            .collect::<Vec<f64>>();
        let found = SobolIndices::of(3, &Sampled::single(&moved).unwrap()).unwrap();
        let off = errors(&found, &first, &total);
        off.0 < 0.01 && off.1 < 0.01
    };
    assert!(passes([0, 1, 2, 3, 4]));
    assert!(!passes([4, 1, 2, 3, 0]), "A and B exchanged");
    assert!(!passes([0, 2, 1, 3, 4]), "columns exchanged");
    assert!(!passes([0, 3, 1, 2, 4]), "columns moved by one");
    assert!(!passes([1, 2, 3, 4, 0]), "rows moved by one");

    let found = SobolIndices::of(3, &at(&design, ishigami)).unwrap();
    let mut exchanged = found.clone();
    for index in &mut exchanged.parameters {
        std::mem::swap(&mut index.first, &mut index.total);
    }
    let off = errors(&exchanged, &first, &total);
    assert!(off.0 > 0.01 && off.1 > 0.01, "total for first: {off:?}");
}

/// What the first index is divided and centred by makes it independent of the unit of the outcome.
#[test]
fn a_shift_and_a_scale_change_nothing() {
    let design = Saltelli::new(2, 64, 3).unwrap();
    let plain = at(&design, ishigami);
    let moved: Vec<f64> = plain.means().iter().map(|y| 1e6 - 50.0 * y).collect();
    let plain = SobolIndices::of(3, &plain).unwrap();
    let moved = SobolIndices::of(3, &Sampled::single(&moved).unwrap()).unwrap();
    for (one, other) in plain.parameters.iter().zip(&moved.parameters) {
        for (one, other) in [(one.first, other.first), (one.total, other.total)] {
            assert!((one.value - other.value).abs() < 1e-8);
            let (one, other) = (one.interval.unwrap(), other.interval.unwrap());
            assert!((one.0 - other.0).abs() < 1e-8 && (one.1 - other.1).abs() < 1e-8);
        }
    }
}

/// How often intervals contain the truth: 90 of 100 times if base samples are independent, more often if they
/// are scrambled Sobol' points. Six intervals in each of 300 designs of 128 base samples.
#[test]
fn intervals_contain_the_truth_as_often_as_they_say() {
    let (_, first, total) = ishigami_exact();
    let sets = 300;
    let covered = |points: &dyn Fn(u32) -> Vec<Vec<f64>>| {
        let mut hits = [0_u32; 6];
        for set in 0..sets {
            let values: Vec<f64> = points(set).iter().map(|row| ishigami(row)).collect();
            let found = SobolIndices::of(3, &Sampled::single(&values).unwrap()).unwrap();
            for (place, index) in found.parameters.iter().enumerate() {
                let inside = |interval: Option<(f64, f64)>, exact: f64| {
                    let (low, high) = interval.unwrap();
                    u32::from((low..=high).contains(&exact))
                };
                hits[place] += inside(index.first.interval, first[place]);
                hits[3 + place] += inside(index.total.interval, total[place]);
            }
        }
        hits.map(|hits| f64::from(hits) / f64::from(sets))
    };
    let random = |set: u32| {
        let q = |unit: u32, column: usize| uniform(set, unit, column as u32);
        let row = |unit: u32| {
            (0..5).map(move |place| {
                let column = |parameter: usize| match place {
                    4 => q(unit, parameter + 3),
                    mixed if mixed == parameter + 1 => q(unit, parameter + 3),
                    _ => q(unit, parameter),
                };
                (0..3).map(column).collect()
            })
        };
        (0..128).flat_map(row).collect::<Vec<Vec<f64>>>()
    };
    let independent = covered(&random);
    let sobol = covered(&|set| Saltelli::new(set.into(), 128, 3).unwrap().quantiles());
    println!("coverage of 90 % intervals: independent {independent:?}, Sobol' points {sobol:?}");
    // 300 sets determine a share of 0.9 to within 0.017; percentile intervals of ratios cover a little less.
    assert!(
        independent
            .iter()
            .all(|share| (0.83..=0.96).contains(share)),
        "{independent:?}"
    );
    assert!(sobol.iter().all(|share| *share >= 0.88), "{sobol:?}");
}

#[test]
fn what_cannot_be_estimated_is_refused() {
    let of = |parameters, values: &[f64]| {
        SobolIndices::of(parameters, &Sampled::single(values).unwrap()).unwrap_err()
    };
    assert_eq!(
        of(3, &[1.0; 11]).to_string(),
        "11 points, expected a multiple of 5: two more than there are parameters"
    );
    assert!(matches!(of(0, &[1.0; 4]), SensitivityError::Shape { .. }));
    assert!(matches!(
        of(1, &[1.0, 2.0, 3.0]),
        SensitivityError::TooFew { .. }
    ));
    assert_eq!(of(2, &[0.1; 16]), SensitivityError::Constant);
    // Rounding is not variance.
    let rounding: Vec<f64> = (0..16).map(|n| 1e9 + f64::from(n % 3) * 1.2e-7).collect();
    assert_eq!(of(2, &rounding), SensitivityError::Constant);
}

/// One mixed point differs from all others, which are equal: the variance of A and B is nothing but rounding, and its
/// quotients would be anything.
#[test]
fn rounding_is_no_variance() {
    for replicates in [1, 2] {
        for value in [0.0, 0.1, 37.3] {
            let mut points = vec![vec![value; replicates]; 64 * 5];
            points[17 * 5 + 2].fill(value + 8.3);
            let runs = points.iter().enumerate().flat_map(|(point, runs)| {
                let run =
                    move |(replicate, value): (usize, &f64)| (point, replicate as u32, *value);
                runs.iter().enumerate().map(run)
            });
            let outcome = Sampled::of(points.len(), replicates as u32, runs).unwrap();
            let found = SobolIndices::of(3, &outcome);
            assert!(found.is_err(), "{value}: {found:?}");
        }
    }
}
