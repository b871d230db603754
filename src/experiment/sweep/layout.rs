//! Layouts: where the points of a sweep lie.

use super::axis::Axis;
use crate::experiment::{Design, DesignError, Grid, Morris, Saltelli};
use serde::{Deserialize, Serialize};
use std::fmt;

/// The most points of one sweep; more would be a mistake in a grid.
const MOST_POINTS: u64 = 50_000_000;

/// The most numbers, points times parameters, of a design that is held in memory whole.
const MOST_NUMBERS: u64 = 20_000_000;

/// A design, laid out.
#[derive(Debug, Clone, PartialEq)]
pub enum Layout {
    /// Every combination of levels.
    Grid(Grid),
    /// Points spread over the ranges.
    Spread {
        /// How they are spread.
        design: Design,
        /// Quantiles by point and axis.
        quantiles: Vec<Vec<f64>>,
    },
    /// The points by which variance is apportioned among axes.
    Saltelli(Saltelli),
    /// Trajectories that change one axis at a time.
    Morris(Morris),
}

/// A kind of design, with its size.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Shape {
    /// Every combination of levels.
    Grid,
    /// A Latin hypercube of this many points.
    LatinHypercube(u32),
    /// This many Sobol' points.
    Sobol(u32),
    /// Saltelli's design on this many base samples.
    Saltelli(u32),
    /// Morris's design: numbers of trajectories and of levels.
    Morris(u32, u32),
}

impl fmt::Display for Shape {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Grid => write!(f, "grid"),
            Self::LatinHypercube(points) => write!(f, "latin-hypercube of {points} points"),
            Self::Sobol(points) => write!(f, "{points} Sobol' points"),
            Self::Saltelli(base) => write!(f, "saltelli on {base} base samples"),
            Self::Morris(trajectories, levels) => {
                write!(
                    f,
                    "morris of {trajectories} trajectories on {levels} levels"
                )
            }
        }
    }
}

impl Shape {
    /// Whether another shape begins with the points of this one; equal shapes do.
    pub fn grows_to(self, other: Self) -> bool {
        match (self, other) {
            (Self::Sobol(there), Self::Sobol(here))
            | (Self::Saltelli(there), Self::Saltelli(here)) => there <= here,
            (Self::Morris(there, levels), Self::Morris(here, others)) => {
                there <= here && levels == others
            }
            _ => self == other,
        }
    }
}

impl Layout {
    /// Lays a design out over some axes.
    ///
    /// # Errors
    /// If it cannot be laid out: too many points, no axis, or an axis without levels in a grid.
    pub fn new(shape: Shape, seed: u64, axes: &[Axis]) -> Result<Self, DesignError> {
        let paths: Vec<&str> = axes.iter().map(|axis| axis.name.as_str()).collect();
        let spread = |design: Design, points: u32| match (paths.is_empty(), points) {
            (true, _) => Err(DesignError::NoParameter),
            (_, 0) => Err(DesignError::NothingAsked { what: "points" }),
            (false, points) if u64::from(points) > MOST_NUMBERS / paths.len() as u64 => {
                Err(DesignError::TooManyPoints {
                    points: Some(u128::from(points)),
                    most: MOST_NUMBERS / paths.len() as u64,
                })
            }
            _ => Ok(Self::Spread {
                design,
                quantiles: design.quantiles(seed, points, &paths),
            }),
        };
        match shape {
            Shape::Grid => {
                let levels = axes.iter().map(middles).collect();
                Grid::new(levels, MOST_POINTS).map(Self::Grid)
            }
            Shape::LatinHypercube(points) => spread(Design::LatinHypercube, points),
            Shape::Sobol(points) => spread(Design::Sobol, points),
            Shape::Saltelli(base) => {
                let axes = u32::try_from(axes.len()).unwrap_or(u32::MAX);
                Saltelli::new(seed, base, axes).map(Self::Saltelli)
            }
            Shape::Morris(trajectories, levels) => {
                Morris::new(seed, trajectories, levels, &paths).map(Self::Morris)
            }
        }
    }

    /// Number of points.
    pub fn points(&self) -> u64 {
        match self {
            Self::Grid(grid) => grid.points(),
            Self::Spread { quantiles, .. } => quantiles.len() as u64,
            Self::Saltelli(saltelli) => saltelli.points(),
            Self::Morris(morris) => morris.points(),
        }
    }

    /// The quantiles of a point; `None` beyond the last.
    pub fn point(&self, point: u64) -> Option<Vec<f64>> {
        match self {
            Self::Grid(grid) => grid.point(point),
            Self::Spread { quantiles, .. } => quantiles.get(usize::try_from(point).ok()?).cloned(),
            Self::Saltelli(saltelli) => saltelli.point(point),
            Self::Morris(morris) => morris.point(point),
        }
    }
}

/// The quantiles of an axis's levels in a grid: for a range even steps from end to end, for a list the middle
/// of each entry's part.
fn middles(axis: &Axis) -> Vec<f64> {
    use super::axis::Levels;
    let count = axis.count().unwrap_or(0);
    match axis.levels {
        Levels::Range { .. } if count == 0 => Vec::new(),
        Levels::Range { .. } => Grid::even_levels(count),
        _ => (0..count)
            .map(|level| (f64::from(level) + 0.5) / f64::from(count))
            .collect(),
    }
}
