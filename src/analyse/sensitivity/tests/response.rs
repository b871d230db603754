//! Response curves.

use super::super::test_functions::*;
use super::super::{SensitivityError, response_curve};
use crate::experiment::{Grid, Saltelli};
use core::f64::consts::PI;

#[test]
fn means_and_intervals_are_those_of_school() {
    let positions = [0.9, 0.1, 0.2, 0.8, 0.3, 0.7];
    let values = [9.0, 1.0, 2.0, 8.0, 6.0, 7.0];
    let groups = [0, 1, 2, 3, 4, 5];
    let found = response_curve(&positions, &values, &groups, 2).unwrap();
    assert_eq!(found.len(), 2);
    let [low, high] = [found[0], found[1]];
    assert_eq!(
        (low.low, low.high, low.points, low.mean),
        (0.1, 0.3, 3, 3.0)
    );
    assert_eq!(
        (high.low, high.high, high.points, high.mean),
        (0.7, 0.9, 3, 8.0)
    );
    // R: t.test(c(1, 2, 6), conf.level = 0.9) gives -1.460252 and 7.460252.
    let (from, to) = low.interval.unwrap();
    let half = 2.919_985_580_353_725 * 7f64.sqrt() / 3f64.sqrt();
    assert!((from - (3.0 - half)).abs() < 1e-9 && (to - (3.0 + half)).abs() < 1e-9);
    // Two groups of three equal values each count as two numbers; one group has no spread.
    let doubled = response_curve(
        &[0.0; 6],
        &[1.0, 1.0, 1.0, 3.0, 3.0, 3.0],
        &[1, 1, 1, 2, 2, 2],
        1,
    );
    let (from, to) = doubled.unwrap()[0].interval.unwrap();
    assert!(
        ((to - from) / 2.0 - 6.313_751_514_675_043).abs() < 1e-9,
        "{from} {to}"
    );
    let one = response_curve(&[0.0; 2], &[1.0, 2.0], &[4, 4], 1).unwrap();
    assert_eq!((one[0].mean, one[0].interval), (1.5, None));
}

#[test]
fn levels_have_bins_of_their_own_and_ties_stay_together() {
    let grid = Grid::new(vec![Grid::even_levels(4), Grid::even_levels(3)], 100).unwrap();
    let points = grid.quantiles();
    let positions: Vec<f64> = points.iter().map(|row| row[0]).collect();
    let values: Vec<f64> = points.iter().map(|row| 10.0 * row[0] + row[1]).collect();
    let groups: Vec<u64> = (0..12).collect();
    let found = response_curve(&positions, &values, &groups, 10).unwrap();
    let seen: Vec<_> = found
        .iter()
        .map(|bin| (bin.low, bin.high, bin.points))
        .collect();
    assert_eq!(
        seen,
        Grid::even_levels(4)
            .iter()
            .map(|q| (*q, *q, 3))
            .collect::<Vec<_>>()
    );
    assert!(
        found
            .iter()
            .all(|bin| (bin.mean - 10.0 * bin.low - 0.5).abs() < 1e-12)
    );
    let merged = response_curve(&positions, &values, &groups, 3).unwrap();
    assert_eq!(merged.iter().map(|bin| bin.points).sum::<usize>(), 12);
    assert!(merged.windows(2).all(|pair| pair[0].high < pair[1].low));
}

/// The mean of Ishigami's function given one parameter: over x, sin(x1) (1 + 0.1 pi^4 / 5) + 7/2, 7 sin(x2)²,
/// 7/2. Most points of Saltelli's design differ in a single coordinate, so intervals from all of them must
/// know which belong together.
#[test]
fn intervals_contain_the_curve_where_groups_are_told() {
    let bins = 5;
    let part = |bin: usize, of: fn(f64) -> f64| {
        let at = |step: usize| {
            PI * (2.0 * (bin as f64 + (step as f64 + 0.5) / 1000.0) / bins as f64 - 1.0)
        };
        (0..1000).map(|step| of(at(step))).sum::<f64>() / 1000.0
    };
    let exact = |parameter: usize, bin: usize| match parameter {
        0 => 3.5 + (1.0 + 0.1 * PI * PI * PI * PI / 5.0) * part(bin, libm::sin),
        1 => 7.0 * part(bin, |x| libm::sin(x) * libm::sin(x)),
        _ => 3.5,
    };
    let sets = 200;
    let covered = |told: bool, seeds: std::ops::Range<u32>| {
        let mut hits = 0;
        for set in seeds {
            // Independent base samples, mixed as in the design.
            let design = Saltelli::new(0, 100, 3).unwrap();
            let q = |unit: u64, column: usize| uniform(set, unit as u32, column as u32);
            let points: Vec<Vec<f64>> = (0..design.points())
                .map(|point| {
                    let of_b = |parameter: usize| match design.sample(point) {
                        crate::experiment::Sample::A => false,
                        crate::experiment::Sample::Mixed { parameter: mixed } => mixed == parameter,
                        crate::experiment::Sample::B => true,
                    };
                    let column = |k: usize| q(design.group(point), k + if of_b(k) { 3 } else { 0 });
                    (0..3).map(column).collect()
                })
                .collect();
            let values: Vec<f64> = points.iter().map(|row| ishigami(row)).collect();
            let group = |point: u64| if told { design.group(point) } else { point };
            let groups: Vec<u64> = (0..design.points()).map(group).collect();
            for parameter in 0..3 {
                // Bins with fixed ends, so that what they estimate is known.
                let nearest = |q: f64| (q * bins as f64) as usize;
                let positions: Vec<f64> = points
                    .iter()
                    .map(|row| nearest(row[parameter]) as f64)
                    .collect();
                let found = response_curve(&positions, &values, &groups, bins).unwrap();
                assert_eq!(found.len(), bins);
                for (bin, found) in found.iter().enumerate() {
                    let (low, high) = found.interval.unwrap();
                    hits += u32::from((low..=high).contains(&exact(parameter, bin)));
                }
            }
        }
        f64::from(hits) / f64::from(sets * 3 * bins as u32)
    };
    let (told, untold) = (covered(true, 0..sets), covered(false, 0..sets));
    println!("coverage of 90 % intervals of means: {told} with groups, {untold} without");
    assert!((0.86..0.93).contains(&told), "{told}");
    // Planted fault: the points are treated as independent.
    assert!(untold < 0.8, "{untold}");
}

#[test]
fn lists_that_do_not_fit_are_refused() {
    let of = |positions: &[f64], values: &[f64], bins| {
        let groups: Vec<u64> = (0..values.len() as u64).collect();
        response_curve(positions, values, &groups, bins).unwrap_err()
    };
    assert!(matches!(
        of(&[0.5], &[1.0], 0),
        SensitivityError::TooFew { what: "bins", .. }
    ));
    assert!(matches!(
        of(&[], &[], 3),
        SensitivityError::TooFew { what: "points", .. }
    ));
    assert!(matches!(
        of(&[0.5, 0.6], &[1.0], 3),
        SensitivityError::Shape { .. }
    ));
    assert!(matches!(
        of(&[0.5, f64::NAN], &[1.0, 1.0], 3),
        SensitivityError::PositionNotFinite { point: 1, .. }
    ));
    assert!(matches!(
        of(&[0.5, 0.6], &[1.0, f64::INFINITY], 3),
        SensitivityError::NotFinite { point: 1, .. }
    ));
}
