//! Points of a sample: the number below which a share of it lies.

/// The number below which a share (0 to 1) of a sample lies, by a line between neighbours in order: the
/// smallest is the point of 0, the largest that of 1, the others are spaced evenly (type 7 of Hyndman and
/// Fan, the default of R and NumPy). `None` for no numbers.
pub(super) fn point(values: &[f64], share: f64) -> Option<f64> {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    let place = share * sorted.len().saturating_sub(1) as f64;
    let below = *sorted.get(place as usize)?;
    let above = sorted.get(place as usize + 1).copied().unwrap_or(below);
    Some(below + (above - below) * place.fract())
}

/// The points of 5 % and of 95 %, of at least `fewest` numbers.
pub(super) fn interval(values: &[f64], fewest: usize) -> Option<(f64, f64)> {
    if values.len() < fewest {
        return None;
    }
    point(values, 0.05).zip(point(values, 0.95))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn points_lie_on_lines_between_neighbours() {
        let values = [40.0, 10.0, 30.0, 20.0];
        assert_eq!(point(&values, 0.0), Some(10.0));
        assert_eq!(point(&values, 0.5), Some(25.0));
        assert_eq!(point(&values, 1.0), Some(40.0));
        // R: quantile(c(10, 20, 30, 40), c(.05, .95)) gives 11.5 and 38.5.
        let (low, high) = interval(&values, 2).unwrap();
        assert!((low - 11.5).abs() < 1e-12 && (high - 38.5).abs() < 1e-12);
    }

    #[test]
    fn few_numbers_have_no_interval() {
        assert_eq!(point(&[], 0.5), None);
        assert_eq!(point(&[3.0], 0.95), Some(3.0));
        assert_eq!(interval(&[3.0], 2), None);
        assert_eq!(interval(&[3.0, 3.0], 2), Some((3.0, 3.0)));
    }
}
