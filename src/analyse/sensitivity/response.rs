//! The mean of an outcome along the range of a parameter.

use super::SensitivityError;
use super::sampled::mean;
use crate::draw::student_size;
use std::collections::BTreeMap;

/// A part of a parameter's range.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ResponseBin {
    /// Lowest position of a point in it.
    pub low: f64,
    /// Highest position of a point in it.
    pub high: f64,
    /// Mean position of its points.
    pub middle: f64,
    /// Number of points in it.
    pub points: usize,
    /// Mean of the outcome, with all other parameters as drawn.
    pub mean: f64,
    /// The 5 % and 95 % points of the mean, by Student's t; `None` if all points belong to one group.
    pub interval: Option<(f64, f64)>,
}

/// The mean of an outcome in parts of a parameter's range, from low to high.
///
/// `positions` are the parameter's coordinates (or quantiles), `values` the outcome (with replicates, the
/// points' means, whose chance shows in the intervals). If there are no more distinct positions than `bins`
/// (1 or more), each has a bin of its own; otherwise points are dealt out in equal numbers, with those at one
/// position in one bin, so that there may be fewer bins.
///
/// `groups` says which points were not drawn independently: a number for each point, equal for those of one
/// base sample or one trajectory ([`crate::experiment::Saltelli::group`],
/// [`crate::experiment::Morris::group`]), and all different if points are independent. With e_g the sum, over
/// the points of group g in the bin, of their differences from the bin's mean, the variance of the mean of n
/// points in G groups is G / (G - 1) times the sum of e_g² over n² (the sandwich estimator of Liang and Zeger
/// 1986, Biometrika 73, 13-22), and Student's t has G - 1 degrees of freedom; without groups this is the
/// usual standard error.
///
/// # Errors
/// No bin; lists that are empty or of differing length; positions or values that are not finite numbers.
pub fn response_curve(
    positions: &[f64],
    values: &[f64],
    groups: &[u64],
    bins: usize,
) -> Result<Vec<ResponseBin>, SensitivityError> {
    check(positions, values, groups, bins)?;
    let mut order: Vec<usize> = (0..positions.len()).collect();
    order.sort_by(|a, b| positions[*a].total_cmp(&positions[*b]));
    let ties: Vec<&[usize]> = order
        .chunk_by(|a, b| positions[*a] == positions[*b])
        .collect();
    let own = ties.len() <= bins;
    let mut dealt: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    let mut before = 0;
    for (place, tied) in ties.into_iter().enumerate() {
        let of_count = (before as u128 * bins as u128 / positions.len() as u128) as usize;
        let bin = if own { place } else { of_count };
        dealt.entry(bin).or_default().extend(tied);
        before += tied.len();
    }
    let bin = |points: &Vec<usize>| bin_of(points, positions, values, groups);
    Ok(dealt.values().map(bin).collect())
}

fn check(
    positions: &[f64],
    values: &[f64],
    groups: &[u64],
    bins: usize,
) -> Result<(), SensitivityError> {
    for (what, found) in [("bins", bins), ("points", positions.len())] {
        if found == 0 {
            let needed = 1;
            return Err(SensitivityError::TooFew {
                what,
                found,
                needed,
            });
        }
    }
    for (what, found) in [("values", values.len()), ("groups", groups.len())] {
        if found != positions.len() {
            return Err(SensitivityError::Shape {
                what,
                found,
                expected: format!("{}: one for each point", positions.len()),
            });
        }
    }
    for (point, (&position, &value)) in positions.iter().zip(values).enumerate() {
        if !position.is_finite() {
            return Err(SensitivityError::PositionNotFinite { point, position });
        }
        if !value.is_finite() {
            return Err(SensitivityError::NotFinite {
                point,
                replicate: 0,
                value,
            });
        }
    }
    Ok(())
}

/// A bin of points, given by their indices in ascending order of position.
fn bin_of(points: &[usize], positions: &[f64], values: &[f64], groups: &[u64]) -> ResponseBin {
    let at: Vec<f64> = points.iter().map(|point| positions[*point]).collect();
    let outcome: Vec<f64> = points.iter().map(|point| values[*point]).collect();
    let middle = mean(&outcome);
    let mut off: BTreeMap<u64, f64> = BTreeMap::new();
    for (point, value) in points.iter().zip(&outcome) {
        *off.entry(groups[*point]).or_insert(0.0) += value - middle;
    }
    let (count, found) = (points.len() as f64, off.len() as f64);
    let interval = (off.len() > 1).then(|| {
        let squares: f64 = off.values().map(|off| off * off).sum();
        let error = (found / (found - 1.0) * squares).sqrt() / count;
        let half = student_size(0.1, found - 1.0) * error;
        (middle - half, middle + half)
    });
    ResponseBin {
        low: at.first().copied().unwrap_or(f64::NAN),
        high: at.last().copied().unwrap_or(f64::NAN),
        middle: mean(&at),
        points: points.len(),
        mean: middle,
        interval,
    }
}
