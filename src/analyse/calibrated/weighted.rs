//! Statistics of weighted numbers.

use super::summary::Spread;

/// The mean and quantiles of a sample of (value, weight); `None` if it is empty or has no weight.
pub(super) fn spread(values: &[(f64, f64)]) -> Option<Spread> {
    let sum: f64 = values.iter().map(|(_, weight)| weight).sum();
    if values.is_empty() || sum <= 0.0 {
        return None;
    }
    let mut sorted = values.to_vec();
    sorted.sort_by(|a, b| a.0.total_cmp(&b.0));
    let mean = values
        .iter()
        .map(|(value, weight)| value * weight)
        .sum::<f64>()
        / sum;
    let point = |share: f64| point(&sorted, share * sum);
    Some(Spread {
        mean,
        p05: point(0.05),
        p25: point(0.25),
        p50: point(0.5),
        p75: point(0.75),
        p95: point(0.95),
    })
}

/// The value below which the weight `wanted` lies, interpolated linearly between the midpoints of neighbouring weights.
fn point(sorted: &[(f64, f64)], wanted: f64) -> f64 {
    let mut before = 0.0;
    let mut last: Option<(f64, f64)> = None;
    for (value, weight) in sorted {
        let middle = before + 0.5 * weight;
        if middle >= wanted {
            return match last {
                Some((lower, at)) if middle > at => {
                    lower + (value - lower) * (wanted - at) / (middle - at)
                }
                _ => *value,
            };
        }
        last = Some((*value, middle));
        before += weight;
    }
    sorted.last().map_or(0.0, |(value, _)| *value)
}

/// The largest difference between the distribution function of a sample of (value, weight) and the uniform
/// one on 0 to 1; the weights add up to 1.
pub(super) fn gap(values: &[(f64, f64)]) -> f64 {
    let mut sorted = values.to_vec();
    sorted.sort_by(|a, b| a.0.total_cmp(&b.0));
    let (mut below, mut largest) = (0.0, 0.0_f64);
    for (value, weight) in &sorted {
        largest = largest.max((value - below).abs());
        below += weight;
        largest = largest.max((value - below).abs());
    }
    largest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn weights_move_points() {
        let even: Vec<(f64, f64)> = (0..100).map(|n| (f64::from(n), 0.01)).collect();
        let found = spread(&even).unwrap();
        assert!((found.mean - 49.5).abs() < 1e-12);
        assert!((found.p50 - 49.5).abs() < 1e-9, "{found:?}");
        assert!((found.p05 - 4.5).abs() < 1e-9 && (found.p95 - 94.5).abs() < 1e-9);
        // The same numbers, one of them twice as often or with twice the weight, have the same mean.
        let twice = spread(&[(1.0, 2.0), (4.0, 1.0)]).unwrap();
        let often = spread(&[(1.0, 1.0), (1.0, 1.0), (4.0, 1.0)]).unwrap();
        assert_eq!(twice.mean, often.mean);
        assert_eq!(spread(&[(3.0, 1.0)]).unwrap().p95, 3.0);
        assert_eq!(spread(&[]), None);
    }

    #[test]
    fn an_even_sample_has_no_gap() {
        let even: Vec<(f64, f64)> = (0..1000)
            .map(|n| ((f64::from(n) + 0.5) / 1000.0, 0.001))
            .collect();
        assert!(gap(&even) < 0.001);
        assert_eq!(gap(&[(0.75, 1.0)]), 0.75);
        assert_eq!(gap(&[(0.25, 0.5), (0.25, 0.5)]), 0.75);
    }
}
