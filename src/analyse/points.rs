//! Quantiles of a sample: the number below which a share of it lies.

/// The number below which a share (0 to 1) of a sample lies, interpolated linearly between neighbours in
/// order: share 0 is the smallest, share 1 the largest, and the others are evenly spaced (type 7 of Hyndman
/// and Fan, the default of R and NumPy). `None` for no numbers.
pub(super) fn point(values: &[f64], share: f64) -> Option<f64> {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    let place = share * sorted.len().saturating_sub(1) as f64;
    let below = *sorted.get(place as usize)?;
    let above = sorted.get(place as usize + 1).copied().unwrap_or(below);
    Some(below + (above - below) * place.fract())
}

/// The 5 % and 95 % points of at least `fewest` numbers, as a description of these numbers; `None` for fewer.
pub(super) fn interval(values: &[f64], fewest: usize) -> Option<(f64, f64)> {
    if values.len() < fewest {
        return None;
    }
    point(values, 0.05).zip(point(values, 0.95))
}

/// The interval in which one more number drawn like these lies nine times in ten, as far as so few can tell;
/// `None` for fewer than two.
///
/// Of n numbers drawn independently, the one of rank k has on average k / (n + 1) of all numbers below it,
/// whatever their distribution. So the ends are those of ranks 0.05 (n + 1) and 0.95 (n + 1), interpolated
/// linearly between neighbours in order (type 6 of Hyndman and Fan). Below 19 numbers those ranks do not
/// exist: the ends are the least and the largest, between which the next number lies with probability
/// (n - 1) / (n + 1), 88 % for 16 and 85 % for 12. The points of [`interval`] would be right for the numbers
/// themselves, but for 16 would contain the next one with only 79 %.
pub(crate) fn of_the_next(values: &[f64]) -> Option<(f64, f64)> {
    if values.len() < 2 {
        return None;
    }
    let (count, last) = (values.len() as f64, (values.len() - 1) as f64);
    // A fraction of the way from the least to the largest, as `point` counts it.
    let at = |share: f64| {
        point(
            values,
            ((share * (count + 1.0) - 1.0) / last).clamp(0.0, 1.0),
        )
    };
    at(0.05).zip(at(0.95))
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

    #[test]
    fn the_next_number_lies_between_the_least_and_the_largest_of_few() {
        assert_eq!(of_the_next(&[3.0]), None);
        assert_eq!(of_the_next(&[3.0, 1.0]), Some((1.0, 3.0)));
        let numbers: Vec<f64> = (1..=39).map(f64::from).collect();
        assert_eq!(of_the_next(&numbers[..18]), Some((1.0, 18.0)));
        assert_eq!(of_the_next(&numbers[..19]), Some((1.0, 19.0)));
        // R: quantile(1:39, c(.05, .95), type = 6) gives 2 and 38.
        let (low, high) = of_the_next(&numbers).unwrap();
        assert!((low - 2.0).abs() < 1e-9 && (high - 38.0).abs() < 1e-9);
    }
}
