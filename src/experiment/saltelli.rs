//! The design from which Sobol' indices are estimated.

use super::DesignError;
use super::design::sobol_point;

/// Number of points in the Sobol' sequence of `sobol_burley`.
const SEQUENCE: u32 = 1 << 16;

/// Most parameters: beyond this, numbers of dimensions and points would overflow their types.
const MOST_PARAMETERS: u32 = 1 << 30;

/// Saltelli's design (Saltelli et al. 2010, Computer Physics Communications 181, 259-270): two independent
/// samples A and B and, for each parameter, A with that parameter's column taken from B. With n base samples
/// and k parameters it has n (k + 2) points.
///
/// The samples are scrambled Sobol' points in 2k dimensions: parameter j, from 0, has dimension 2j in A and
/// 2j + 1 in B. (In five of six trials with Ishigami's function and the G function this gave smaller errors
/// than the first k dimensions for A and the rest for B.) They are most even if n is a power of two. A
/// coordinate depends on the seed and its parameter's index, not on names, on n, or on the parameters after
/// it: a design with more base samples begins with the points of the smaller one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Saltelli {
    seed: u64,
    base: u32,
    parameters: u32,
}

/// The sample that a point of [`Saltelli`] belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sample {
    /// The sample A.
    A,
    /// A with one column of B.
    Mixed {
        /// The parameter whose column it is, from 0.
        parameter: usize,
    },
    /// The sample B.
    B,
}

impl Saltelli {
    /// The design of `base` base samples (1 to 65,536) over `parameters` parameters (1 to 2^30).
    ///
    /// # Errors
    /// Sizes outside these ranges.
    pub fn new(seed: u64, base: u32, parameters: u32) -> Result<Self, DesignError> {
        if parameters == 0 {
            return Err(DesignError::NoParameter);
        }
        if parameters > MOST_PARAMETERS {
            return Err(DesignError::TooManyParameters {
                parameters,
                most: MOST_PARAMETERS,
            });
        }
        match base {
            0 => Err(DesignError::NothingAsked {
                what: "base samples",
            }),
            1..=SEQUENCE => Ok(Self {
                seed,
                base,
                parameters,
            }),
            _ => Err(DesignError::SequenceEnds {
                base,
                most: SEQUENCE,
            }),
        }
    }

    /// Number of points: n (k + 2).
    pub fn points(&self) -> u64 {
        u64::from(self.base) * self.row()
    }

    /// Number of points in one base sample: A, A with column 1, ..., A with column k, B.
    fn row(&self) -> u64 {
        u64::from(self.parameters) + 2
    }

    /// The base sample that a point belongs to, from 0. Points of different base samples are independent, or
    /// more even than that.
    pub fn group(&self, point: u64) -> u64 {
        point / self.row()
    }

    /// The sample that a point belongs to.
    pub fn sample(&self, point: u64) -> Sample {
        match point % self.row() {
            0 => Sample::A,
            last if last == self.row() - 1 => Sample::B,
            mixed => Sample::Mixed {
                parameter: mixed as usize - 1,
            },
        }
    }

    /// The quantiles of a point, each above 0 and below 1; `None` beyond the last. Points are ordered by base sample.
    pub fn point(&self, point: u64) -> Option<Vec<f64>> {
        if point >= self.points() {
            return None;
        }
        let draw = self.group(point) as u32;
        let sample = self.sample(point);
        let of_b = |column: u32| match sample {
            Sample::A => false,
            Sample::Mixed { parameter } => column as usize == parameter,
            Sample::B => true,
        };
        let columns = 0..self.parameters;
        let dimension = |column| 2 * column + u32::from(of_b(column));
        Some(
            columns
                .map(|column| sobol_point(self.seed, draw, dimension(column)))
                .collect(),
        )
    }

    /// The quantiles of all points.
    pub fn quantiles(&self) -> Vec<Vec<f64>> {
        (0..self.points())
            .filter_map(|point| self.point(point))
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn mixed_points_have_one_column_of_b() {
        let design = Saltelli::new(7, 5, 3).unwrap();
        let rows = design.quantiles();
        assert_eq!((design.points(), rows.len()), (25, 25));
        for (base, row) in rows.chunks(5).enumerate() {
            for parameter in 0..3 {
                for column in 0..3 {
                    let from = if column == parameter {
                        &row[4]
                    } else {
                        &row[0]
                    };
                    assert_eq!(row[1 + parameter][column], from[column]);
                    assert_ne!(row[0][column], row[4][column]);
                }
                let point = base as u64 * 5 + 1 + parameter as u64;
                assert_eq!(design.sample(point), Sample::Mixed { parameter });
                assert_eq!(design.group(point), base as u64);
            }
        }
        assert_eq!(design.point(25), None);
    }

    #[test]
    fn a_larger_design_begins_with_the_smaller() {
        let small = Saltelli::new(3, 6, 4).unwrap().quantiles();
        let large = Saltelli::new(3, 16, 4).unwrap().quantiles();
        assert_eq!(small[..], large[..36]);
        assert_ne!(small, Saltelli::new(4, 6, 4).unwrap().quantiles());
        let wide = Saltelli::new(3, 6, 5).unwrap().quantiles();
        for (small, wide) in small.chunks(6).zip(wide.chunks(7)) {
            assert_eq!(small[0], wide[0][..4]);
            assert_eq!(small[5], wide[6][..4]);
        }
    }

    /// 2k dimensions may be more than the sequence has; those beyond are scrambled anew.
    #[test]
    fn every_column_is_even_and_columns_are_unlike() {
        for parameters in [3, 150] {
            let rows = Saltelli::new(1, 64, parameters).unwrap().quantiles();
            let columns = |sample: usize| -> Vec<Vec<f64>> {
                let of = |column: usize| {
                    let rows = rows.iter().skip(sample).step_by(parameters as usize + 2);
                    rows.map(|row| row[column]).collect()
                };
                (0..parameters as usize).map(of).collect()
            };
            let mut all = columns(0);
            all.extend(columns(parameters as usize + 1));
            for column in &all {
                let mut parts: Vec<usize> = column.iter().map(|q| (q * 64.0) as usize).collect();
                parts.sort_unstable();
                assert_eq!(parts, (0..64).collect::<Vec<_>>());
            }
            for (place, one) in all.iter().enumerate() {
                assert!(all[..place].iter().all(|other| other != one));
            }
        }
    }

    #[test]
    fn sizes_that_cannot_be_are_refused() {
        let error = |base, parameters| Saltelli::new(1, base, parameters).unwrap_err();
        assert_eq!(error(4, 0), DesignError::NoParameter);
        let what = "base samples";
        assert_eq!(error(0, 4), DesignError::NothingAsked { what });
        assert!(matches!(
            error(4, u32::MAX),
            DesignError::TooManyParameters { .. }
        ));
        let (base, most) = (70_000, 65_536);
        assert_eq!(error(base, 4), DesignError::SequenceEnds { base, most });
        assert!(error(base, 4).to_string().contains("65536"));
        assert!(
            Saltelli::new(1, 65_536, 1)
                .unwrap()
                .point(196_607)
                .is_some()
        );
    }
}
