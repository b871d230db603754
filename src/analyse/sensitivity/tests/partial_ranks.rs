//! Partial rank correlations.

use super::super::test_functions::*;
use super::super::{PartialRanks, SensitivityError};

/// Computed with NumPy 2.4.6 and SciPy 1.17.1 from the residuals of least-squares lines:
///
/// ```python
/// import numpy as np
/// from scipy import stats
/// X = np.array([[(7*i) % 12, (5*i + 3) % 13, (i*i) % 11] for i in range(12)], float)
/// y = np.array([3*a - b*b/4 + (a*c) % 7 for a, b, c in X])
/// R, ry, n, k = np.apply_along_axis(stats.rankdata, 0, X), stats.rankdata(y), 12, 3
/// for j in range(k):
///     Z = np.column_stack([np.ones(n), np.delete(R, j, 1)])
///     left = lambda v: v - Z @ np.linalg.lstsq(Z, v, rcond=None)[0]
///     r = np.corrcoef(left(R[:, j]), left(ry))[0, 1]
///     t = r*np.sqrt((n - k - 1)/(1 - r*r))
///     z, h = np.arctanh(r), stats.norm.ppf(.95)*np.sqrt((1 + r*r/2)/(n - k - 2))
///     print(r, 2*stats.t.sf(abs(t), n - k - 1), np.tanh(z - h), np.tanh(z + h))
/// ```
const REFERENCE: [[f64; 4]; 3] = [
    [
        0.9323313740732503,
        8.449242717699159e-05,
        0.7311943801432897,
        0.9843277124226316,
    ],
    [
        -0.8980426515389553,
        0.00041735083952346906,
        -0.9756693882842091,
        -0.6203416410998144,
    ],
    [
        0.2061885530433386,
        0.5676536438423304,
        -0.39615658895702055,
        0.6844595153170796,
    ],
];

#[test]
fn correlations_are_those_of_what_is_left() {
    let row = |i: u32| [(7 * i) % 12, (5 * i + 3) % 13, (i * i) % 11];
    let points: Vec<Vec<f64>> = (0..12).map(|i| row(i).map(f64::from).to_vec()).collect();
    let value = |x: &Vec<f64>| 3.0 * x[0] - x[1] * x[1] / 4.0 + (x[0] * x[2]) % 7.0;
    let values: Vec<f64> = points.iter().map(value).collect();
    let found = PartialRanks::of(&points, &values).unwrap();
    for (one, [r, p, low, high]) in found.parameters.iter().zip(REFERENCE) {
        let pairs = [
            (one.correlation, r),
            (one.p, p),
            (one.interval.0, low),
            (one.interval.1, high),
        ];
        assert!(pairs.iter().all(|(a, b)| (a - b).abs() < 1e-10), "{one:?}");
    }
    let p_of_all: Vec<f64> = found.parameters.iter().map(|one| one.p_of_all).collect();
    let p = |place: usize| REFERENCE[place][1];
    for (found, exact) in p_of_all.iter().zip([3.0 * p(0), 2.0 * p(1), p(2)]) {
        assert!((found - exact).abs() < 1e-10);
    }
}

/// A sample of independent points, with an outcome of the first two coordinates and chance of size `sd`.
fn sample(set: u32, count: u32, sd: f64) -> (Vec<Vec<f64>>, Vec<f64>) {
    let row = |unit: u32| (0..4).map(|what| uniform(set, unit, what)).collect();
    let points: Vec<Vec<f64>> = (0..count).map(row).collect();
    let value = |(unit, row): (usize, &Vec<f64>)| {
        row[0] * row[0] * row[0] - 0.5 * row[1] + sd * normal(set, unit as u32, 9)
    };
    let values = points.iter().enumerate().map(value).collect();
    (points, values)
}

/// Intervals contain what a very large sample gives 90 times in 100, and a parameter that does nothing has a
/// p below a tenth one time in ten; of two that do nothing, one has a p of all below a tenth less than one
/// time in ten.
#[test]
fn intervals_and_chances_are_as_often_right_as_they_say() {
    let (points, values) = sample(0, 100_000, 0.3);
    let exact = PartialRanks::of(&points, &values).unwrap().parameters;
    let sets = 1000;
    let (mut inside, mut below, mut of_all) = ([0_u32; 4], [0_u32; 4], 0_u32);
    for set in 1..=sets {
        let (points, values) = sample(set, 50, 0.3);
        let found = PartialRanks::of(&points, &values).unwrap().parameters;
        for (place, one) in found.iter().enumerate() {
            let (low, high) = one.interval;
            inside[place] += u32::from((low..=high).contains(&exact[place].correlation));
            below[place] += u32::from(one.p < 0.1);
        }
        of_all += u32::from(found[2..].iter().any(|one| one.p_of_all < 0.1));
    }
    println!("of {sets}: inside {inside:?}, p < 0.1 {below:?}, p of all < 0.1 {of_all}");
    // A binomial of 1,000 with probability 0.9 or 0.1 has a standard deviation of 9.5.
    assert!(
        inside.iter().all(|hits| (862..=950).contains(hits)),
        "{inside:?}"
    );
    assert!(
        below[2..].iter().all(|hits| (62..=138).contains(hits)),
        "{below:?}"
    );
    assert!(below[0] > 950 && below[1] > 500, "{below:?}");
    assert!(of_all <= 138, "{of_all}");
}

#[test]
fn an_outcome_without_rest_has_whole_correlations() {
    let (points, _) = sample(3, 30, 0.0);
    let values: Vec<f64> = points.iter().map(|row| -row[1]).collect();
    let found = PartialRanks::of(&points, &values).unwrap().parameters;
    assert!(found[1].correlation < -0.999_999 && found[1].p < 1e-12);
    assert!(
        [0, 2, 3]
            .iter()
            .all(|place| found[*place].correlation.abs() < 1e-4)
    );
    let alone: Vec<Vec<f64>> = points.iter().map(|row| vec![row[1]]).collect();
    let one = PartialRanks::of(&alone, &values).unwrap().parameters[0];
    assert!(one.correlation < -0.999_999 && one.interval.1 < -0.999);
}

#[test]
fn what_cannot_be_told_apart_is_refused() {
    let (mut points, values) = sample(4, 30, 0.1);
    assert_eq!(
        PartialRanks::of(&points, &[7.0; 30]),
        Err(SensitivityError::Constant)
    );
    let few = PartialRanks::of(&points[..6], &values[..6]);
    let needed = 7;
    assert!(matches!(few, Err(SensitivityError::TooFew { needed: n, .. }) if n == needed));
    for row in &mut points {
        // The same ranks, from another function.
        row[2] = row[1] * row[1];
    }
    let parameter = 2;
    assert_eq!(
        PartialRanks::of(&points, &values),
        Err(SensitivityError::Collinear { parameter })
    );
    for row in &mut points {
        row[2] = 1.0;
    }
    assert_eq!(
        PartialRanks::of(&points, &values),
        Err(SensitivityError::ConstantParameter { parameter })
    );
}
