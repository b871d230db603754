//! Ranks, and checks of the columns of points.

use super::SensitivityError;

/// The number of coordinates of the points, which must be finite and equally many; there must be `expected` points.
pub(super) fn width(points: &[Vec<f64>], expected: usize) -> Result<usize, SensitivityError> {
    if points.len() != expected {
        return Err(SensitivityError::Shape {
            what: "points",
            found: points.len(),
            expected: format!("{expected}: one for each value of the outcome"),
        });
    }
    let width = points.first().map_or(0, Vec::len);
    if width == 0 {
        return Err(SensitivityError::TooFew {
            what: "parameters",
            found: 0,
            needed: 1,
        });
    }
    for (point, row) in points.iter().enumerate() {
        if row.len() != width {
            return Err(SensitivityError::Shape {
                what: "coordinates of a point",
                found: row.len(),
                expected: format!("{width}, as the first point has"),
            });
        }
        if let Some(&position) = row.iter().find(|position| !position.is_finite()) {
            return Err(SensitivityError::PositionNotFinite { point, position });
        }
    }
    Ok(width)
}

/// Ranks from 1 on; equal numbers share the mean of their ranks.
pub(in crate::analyse) fn ranks(numbers: &[f64]) -> Vec<f64> {
    let mut order: Vec<usize> = (0..numbers.len()).collect();
    order.sort_by(|a, b| numbers[*a].total_cmp(&numbers[*b]));
    let mut ranks = vec![0.0; numbers.len()];
    let mut start = 0;
    // Zeros of both signs are adjacent, and compare as equal.
    for tied in order.chunk_by(|a, b| numbers[*a] == numbers[*b]) {
        let end = start + tied.len();
        for place in tied {
            ranks[*place] = 0.5 * (start + 1 + end) as f64;
        }
        start = end;
    }
    ranks
}

/// The numbers minus their mean, over the root of their sum of squares; `None` if all are equal. The
/// correlation of two such lists is the sum of their products.
pub(super) fn standardised(numbers: &[f64]) -> Option<Vec<f64>> {
    let middle = super::sampled::mean(numbers);
    let squares: f64 = numbers.iter().map(|x| (x - middle) * (x - middle)).sum();
    let norm = squares.sqrt();
    (norm > 0.0).then(|| numbers.iter().map(|x| (x - middle) / norm).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_numbers_share_their_places() {
        assert_eq!(
            ranks(&[3.0, 1.0, 3.0, -2.0, 3.0]),
            [4.0, 2.0, 4.0, 1.0, 4.0]
        );
        assert_eq!(ranks(&[0.0, -0.0]), [1.5, 1.5]);
        assert!(ranks(&[]).is_empty());
    }

    #[test]
    fn points_of_unlike_shape_are_refused() {
        let wrong = |points: &[Vec<f64>], expected| width(points, expected).unwrap_err();
        assert!(matches!(
            wrong(&[vec![1.0]], 2),
            SensitivityError::Shape { found: 1, .. }
        ));
        assert!(matches!(
            wrong(&[vec![]], 1),
            SensitivityError::TooFew { .. }
        ));
        assert!(matches!(
            wrong(&[vec![1.0], vec![1.0, 2.0]], 2),
            SensitivityError::Shape { found: 2, .. }
        ));
        assert!(matches!(
            wrong(&[vec![1.0], vec![f64::NAN]], 2),
            SensitivityError::PositionNotFinite { point: 1, .. }
        ));
        assert_eq!(width(&[vec![1.0, 2.0]], 1), Ok(2));
    }
}
