//! Rank correlations of an outcome with each parameter, the others held fixed.

use super::SensitivityError;
use super::ranks::{ranks, standardised, width};
use crate::draw::{normal_quantile, student_beyond};

/// Partial rank correlations (Iman and Conover 1979, Technometrics 21, 499-509; Marino et al. 2008, Journal
/// of Theoretical Biology 254, 178-196): the correlation between what remains of the ranks of a parameter and
/// of the outcome once straight lines through the ranks of all other parameters are subtracted from both.
///
/// They say how consistently the outcome rises or falls with a parameter, not how far, and miss an outcome
/// that rises and falls again. Points must be independent: a Latin hypercube, Sobol' points, or those of A
/// and B of [`crate::experiment::Saltelli`]. Chance in the outcome brings them nearer to 0.
#[derive(Debug, Clone, PartialEq)]
pub struct PartialRanks {
    /// Number of points they come from.
    pub points: usize,
    /// The parameters, in the order of the columns.
    pub parameters: Vec<PartialRank>,
}

/// The partial rank correlation of one parameter.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct PartialRank {
    /// The correlation, -1 to 1.
    pub correlation: f64,
    /// Its interval, by Fisher's z with the variance of Bonett and Wright (2000, Psychometrika 65, 23-28),
    /// (1 + r² / 2) / (n - k - 2) for n points and k parameters.
    pub interval: (f64, f64),
    /// How often chance alone gives a correlation at least as strong if the parameter does nothing, by
    /// Student's t with n - k - 1 degrees of freedom.
    pub p: f64,
    /// The same for all parameters together (Holm 1979): how often any of those that do nothing would look as
    /// strong. With 40 parameters, two have a `p` below 5 % by chance.
    pub p_of_all: f64,
}

/// Pivots below this are rounding; they are what remains of a column of length 1.
const ROUNDING: f64 = 1e-10;
/// The least that may remain of the outcome, so that a perfect fit does not divide by 0.
const LEAST_REST: f64 = 1e-15;

impl PartialRanks {
    /// Computes the correlations of values at points (one row of coordinates each); with replicates, pass the
    /// points' means.
    ///
    /// # Errors
    /// Differing numbers of coordinates, points or values; fewer than k + 3 points; coordinates or values
    /// that are not finite numbers; an outcome or a parameter that does not vary; parameters whose ranks
    /// follow from those of others.
    pub fn of(points: &[Vec<f64>], values: &[f64]) -> Result<Self, SensitivityError> {
        let parameters = width(points, values.len())?;
        let needed = parameters + 3;
        if points.len() < needed {
            return Err(SensitivityError::TooFew {
                what: "points",
                found: points.len(),
                needed,
            });
        }
        if let Some(point) = values.iter().position(|value| !value.is_finite()) {
            return Err(SensitivityError::NotFinite {
                point,
                replicate: 0,
                value: values[point],
            });
        }
        let outcome = standardised(&ranks(values)).ok_or(SensitivityError::Constant)?;
        let columns = (0..parameters)
            .map(|parameter| {
                let column: Vec<f64> = points.iter().map(|row| row[parameter]).collect();
                standardised(&ranks(&column))
                    .ok_or(SensitivityError::ConstantParameter { parameter })
            })
            .collect::<Result<Vec<_>, _>>()?;
        let found = correlations(&columns, &outcome)?;
        let count = points.len() as f64;
        let freedom = count - parameters as f64 - 1.0;
        let p: Vec<f64> = found
            .iter()
            .map(|r| {
                student_beyond(
                    r * (freedom / (1.0 - r * r).max(LEAST_REST)).sqrt(),
                    freedom,
                )
            })
            .collect();
        let each = found.iter().zip(p.iter().zip(holm(&p)));
        let parameters = each.map(|(&correlation, (&p, p_of_all))| PartialRank {
            correlation,
            interval: interval(correlation, freedom - 1.0),
            p,
            p_of_all,
        });
        Ok(Self {
            points: points.len(),
            parameters: parameters.collect(),
        })
    }
}

/// The 5 % and the 95 % point of a correlation.
fn interval(correlation: f64, freedom: f64) -> (f64, f64) {
    if correlation.abs() >= 1.0 {
        return (correlation, correlation);
    }
    let middle = libm::atanh(correlation);
    let variance = (1.0 + 0.5 * correlation * correlation) / freedom;
    let half = normal_quantile(0.95) * variance.sqrt();
    (libm::tanh(middle - half), libm::tanh(middle + half))
}

/// Partial correlations of standardised columns with a standardised outcome.
///
/// With S the inverse of the columns' correlation matrix, b the coefficients of the outcome and e what they
/// leave of it, the partial correlation of column i is b_i / sqrt(b_i² + S_ii e): the same as from the
/// remainders, but with one inverse for all.
fn correlations(columns: &[Vec<f64>], outcome: &[f64]) -> Result<Vec<f64>, SensitivityError> {
    let dot = |a: &[f64], b: &[f64]| a.iter().zip(b).map(|(a, b)| a * b).sum::<f64>();
    let matrix: Vec<Vec<f64>> = columns
        .iter()
        .map(|one| columns.iter().map(|other| dot(one, other)).collect())
        .collect();
    let inverse = inverse(&matrix)?;
    let with: Vec<f64> = columns.iter().map(|column| dot(column, outcome)).collect();
    let coefficients: Vec<f64> = inverse.iter().map(|row| dot(row, &with)).collect();
    let rest = (1.0 - dot(&coefficients, &with)).max(LEAST_REST);
    let diagonal = inverse.iter().enumerate().map(|(place, row)| row[place]);
    let each = coefficients.iter().zip(diagonal);
    Ok(each
        .map(|(b, diagonal)| b / (b * b + diagonal * rest).sqrt())
        .collect())
}

/// The inverse of a correlation matrix, by its Cholesky factors.
fn inverse(matrix: &[Vec<f64>]) -> Result<Vec<Vec<f64>>, SensitivityError> {
    let size = matrix.len();
    let mut lower = vec![vec![0.0; size]; size];
    for row in 0..size {
        for column in 0..=row {
            let before = 0..column;
            let sum: f64 = before.map(|k| lower[row][k] * lower[column][k]).sum();
            let left = matrix[row][column] - sum;
            if row > column {
                lower[row][column] = left / lower[column][column];
            } else if left < ROUNDING {
                return Err(SensitivityError::Collinear { parameter: row });
            } else {
                lower[row][row] = left.sqrt();
            }
        }
    }
    // Columns of the inverse of the lower factor; their products are the inverse.
    let solve = |unit: usize| {
        let mut solved = vec![0.0; size];
        for row in unit..size {
            let sum: f64 = (unit..row).map(|k| lower[row][k] * solved[k]).sum();
            solved[row] = (f64::from(u8::from(row == unit)) - sum) / lower[row][row];
        }
        solved
    };
    let columns: Vec<Vec<f64>> = (0..size).map(solve).collect();
    let product =
        |one: &Vec<f64>, other: &Vec<f64>| one.iter().zip(other).map(|(a, b)| a * b).sum();
    Ok(columns
        .iter()
        .map(|one| columns.iter().map(|other| product(one, other)).collect())
        .collect())
}

/// Holm's adjusted p-values.
fn holm(p: &[f64]) -> Vec<f64> {
    let mut order: Vec<usize> = (0..p.len()).collect();
    order.sort_by(|a, b| p[*a].total_cmp(&p[*b]));
    let (mut adjusted, mut most) = (vec![0.0; p.len()], 0.0_f64);
    for (turn, place) in order.into_iter().enumerate() {
        most = most.max((p.len() - turn) as f64 * p[place]).min(1.0);
        adjusted[place] = most;
    }
    adjusted
}
