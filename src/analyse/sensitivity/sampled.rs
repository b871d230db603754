//! An outcome at the points of a design.

use super::SensitivityError;
use std::collections::BTreeMap;

/// An outcome at every point of a design, once per replicate, with nothing missing.
#[derive(Debug, Clone, PartialEq)]
pub struct Sampled {
    replicates: usize,
    /// By point, then by replicate.
    values: Vec<f64>,
}

impl Sampled {
    /// Collects an outcome of `points` points and `replicates` replicates (1 or more of each) from the point,
    /// replicate and value of each run, in any order.
    ///
    /// # Errors
    /// [`SensitivityError::Incomplete`] with the runs that have no value; a run that the design does not have
    /// or that appears twice; a value that is not a finite number.
    pub fn of(
        points: usize,
        replicates: u32,
        runs: impl IntoIterator<Item = (usize, u32, f64)>,
    ) -> Result<Self, SensitivityError> {
        for (what, found) in [("points", points), ("replicates", replicates as usize)] {
            if found == 0 {
                let needed = 1;
                return Err(SensitivityError::TooFew {
                    what,
                    found,
                    needed,
                });
            }
        }
        let mut known = BTreeMap::new();
        for (point, replicate, value) in runs {
            if point >= points || replicate >= replicates {
                return Err(SensitivityError::Outside { point, replicate });
            }
            if !value.is_finite() {
                return Err(SensitivityError::NotFinite {
                    point,
                    replicate,
                    value,
                });
            }
            if known.insert((point, replicate), value).is_some() {
                return Err(SensitivityError::Twice { point, replicate });
            }
        }
        let all = (0..points).flat_map(|point| (0..replicates).map(move |number| (point, number)));
        let missing: Vec<(usize, u32)> = all.filter(|run| !known.contains_key(run)).collect();
        if !missing.is_empty() {
            let runs = known.len() + missing.len();
            return Err(SensitivityError::Incomplete { missing, runs });
        }
        Ok(Self {
            replicates: replicates as usize,
            values: known.into_values().collect(),
        })
    }

    /// An outcome with one run per point, in the order of the points.
    ///
    /// # Errors
    /// No point; a value that is not a finite number.
    pub fn single(values: &[f64]) -> Result<Self, SensitivityError> {
        let runs = values.iter().enumerate();
        Self::of(
            values.len(),
            1,
            runs.map(|(point, value)| (point, 0, *value)),
        )
    }

    /// Number of points.
    pub fn points(&self) -> usize {
        self.values.len() / self.replicates
    }

    /// The runs of each point, in the order of the replicates.
    pub fn by_point(&self) -> impl Iterator<Item = &[f64]> {
        self.values.chunks(self.replicates)
    }

    /// The mean of each point.
    pub fn means(&self) -> Vec<f64> {
        self.by_point().map(mean).collect()
    }

    /// Some of the points, in the order given; indices beyond the last point are ignored.
    pub fn only(&self, points: impl IntoIterator<Item = usize>) -> Self {
        let runs = |point: usize| {
            let start = point.saturating_mul(self.replicates);
            self.values
                .get(start..start.saturating_add(self.replicates))
        };
        Self {
            replicates: self.replicates,
            values: points
                .into_iter()
                .filter_map(runs)
                .flatten()
                .copied()
                .collect(),
        }
    }

    /// Each run minus the mean of all points with its replicate, so that chance shared by all points drops
    /// out and sums of products lose no digits.
    pub(super) fn centred(&self) -> Self {
        let points = self.points() as f64;
        let mut middle = vec![0.0; self.replicates];
        for runs in self.by_point() {
            for (sum, value) in middle.iter_mut().zip(runs) {
                *sum += value / points;
            }
        }
        let values = self.values.iter().zip(middle.iter().cycle());
        Self {
            replicates: self.replicates,
            values: values.map(|(value, middle)| value - middle).collect(),
        }
    }

    /// The variance below which differences are rounding.
    pub(super) fn least_variance(&self) -> f64 {
        let largest = self
            .values
            .iter()
            .fold(0.0, |most: f64, value| most.max(value.abs()));
        let rounding = 1e-12 * largest;
        rounding * rounding
    }
}

/// The mean of at least one number.
pub(super) fn mean(numbers: &[f64]) -> f64 {
    numbers.iter().sum::<f64>() / numbers.len() as f64
}

/// An unbiased estimate of the product of the expectations of two lists of replicates: the mean of the
/// products of different replicates. With one replicate it is the plain product, which contains their chance.
pub(super) fn product(one: &[f64], other: &[f64]) -> f64 {
    let same: f64 = one.iter().zip(other).map(|(a, b)| a * b).sum();
    let count = one.len() as f64;
    if one.len() < 2 {
        return same;
    }
    let all = one.iter().sum::<f64>() * other.iter().sum::<f64>();
    (all - same) / (count * (count - 1.0))
}

/// The product of the means of two lists of replicates; it contains any chance that the same replicates share.
pub(super) fn product_of_means(one: &[f64], other: &[f64]) -> f64 {
    mean(one) * mean(other)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn runs_in_any_order_are_put_in_order() {
        let runs = [(1, 0, 3.0), (0, 1, 2.0), (1, 1, 4.0), (0, 0, 1.0)];
        let sampled = Sampled::of(2, 2, runs).unwrap();
        assert_eq!(
            sampled.by_point().collect::<Vec<_>>(),
            [[1.0, 2.0], [3.0, 4.0]]
        );
        assert_eq!(sampled.means(), [1.5, 3.5]);
        assert_eq!(sampled.only([1, 9]).means(), [3.5]);
        assert_eq!(sampled.centred().means(), [-1.0, 1.0]);
    }

    #[test]
    fn what_is_missing_is_named() {
        let runs = (0..30).flat_map(|point| (0..2).map(move |number| (point, number, 1.0)));
        let some = runs.filter(|(point, number, _)| point % 3 != 0 || *number == 1);
        let error = Sampled::of(31, 2, some).unwrap_err();
        let mut missing: Vec<(usize, u32)> = (0..10).map(|third| (3 * third, 0)).collect();
        missing.push((30, 1));
        missing.insert(10, (30, 0));
        let runs = 62;
        assert_eq!(
            error.to_string(),
            "12 of 62 runs have no value of this outcome: point 0 with replicate 0, point 3 with replicate 0, \
             point 6 with replicate 0, point 9 with replicate 0, point 12 with replicate 0, point 15 with \
             replicate 0, point 18 with replicate 0, point 21 with replicate 0 and 4 more; the estimate \
             needs all points of the design: run these"
        );
        assert_eq!(error, SensitivityError::Incomplete { missing, runs });
    }

    #[test]
    fn where_all_missing_are_named_there_are_no_more() {
        for (first, more) in [(8, false), (9, true)] {
            let some = (first..10).map(|point| (point, 0, 1.0));
            let error = Sampled::of(10, 1, some).unwrap_err().to_string();
            assert_eq!(error.contains(" more;"), more, "{error}");
        }
    }

    #[test]
    fn what_is_wrong_is_refused() {
        let of = |runs: &[(usize, u32, f64)]| Sampled::of(1, 1, runs.iter().copied()).unwrap_err();
        let (point, replicate) = (1, 0);
        assert_eq!(
            of(&[(1, 0, 2.0)]),
            SensitivityError::Outside { point, replicate }
        );
        let (point, replicate) = (0, 0);
        assert_eq!(
            of(&[(0, 0, 2.0), (0, 0, 2.0)]),
            SensitivityError::Twice { point, replicate }
        );
        assert!(matches!(
            of(&[(0, 0, f64::NAN)]),
            SensitivityError::NotFinite { .. }
        ));
        assert!(matches!(
            Sampled::single(&[]),
            Err(SensitivityError::TooFew { .. })
        ));
    }

    #[test]
    fn products_leave_out_the_same_replicate() {
        // (1 * 20 + 1 * 30 + 2 * 10 + 2 * 30 + 3 * 10 + 3 * 20) / 6.
        let found = product(&[1.0, 2.0, 3.0], &[10.0, 20.0, 30.0]);
        assert!((found - 220.0 / 6.0).abs() < 1e-12, "{found}");
        assert_eq!(product(&[3.0], &[5.0]), 15.0);
        assert_eq!(
            product_of_means(&[1.0, 2.0, 3.0], &[10.0, 20.0, 30.0]),
            40.0
        );
    }
}
