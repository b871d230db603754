//! Binomial counts by inversion from the mode.

use super::math::{exp, ln, ln_1p};

/// Returns how many of `trials` succeed, each with probability `p`, from one uniform `u` on 0 to 1.
///
/// The probabilities are summed outwards from the mode, the larger neighbour first, until they reach `u`: a number of
/// steps of about one standard deviation.
pub fn binomial(trials: u32, p: f64, u: f64) -> u32 {
    if p <= 0.0 || trials == 0 {
        return 0;
    }
    if p >= 1.0 {
        return trials;
    }
    let n = f64::from(trials);
    let odds = p / (1.0 - p);
    let mode = (((n + 1.0) * p) as u32).min(trials);
    let m = f64::from(mode);
    let at_mode = exp(
        libm::lgamma(n + 1.0) - libm::lgamma(m + 1.0) - libm::lgamma(n - m + 1.0)
            + m * ln(p)
            + (n - m) * ln_1p(-p),
    );
    let (mut lower, mut upper) = (mode, mode);
    let (mut at_lower, mut at_upper) = (at_mode, at_mode);
    let mut sum = at_mode;
    while sum < u {
        let below = if lower > 0 {
            at_lower * f64::from(lower) / ((n - f64::from(lower) + 1.0) * odds)
        } else {
            0.0
        };
        let above = if upper < trials {
            at_upper * (n - f64::from(upper)) * odds / (f64::from(upper) + 1.0)
        } else {
            0.0
        };
        if below == 0.0 && above == 0.0 {
            // Rounding has left the sum slightly below one.
            return mode;
        }
        if below > above {
            lower -= 1;
            at_lower = below;
            sum += below;
            if sum >= u {
                return lower;
            }
        } else {
            upper += 1;
            at_upper = above;
            sum += above;
            if sum >= u {
                return upper;
            }
        }
    }
    mode
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn mean_and_variance() {
        for (n, p) in [(10, 0.3), (1000, 0.009), (131_072, 0.4), (131_072, 1e-5)] {
            let draws = 20_000;
            let (mut sum, mut squares) = (0.0, 0.0);
            for i in 0..draws {
                let u = (f64::from(i) + 0.5) / f64::from(draws);
                let k = f64::from(binomial(n, p, u));
                sum += k;
                squares += k * k;
            }
            let mean = sum / f64::from(draws);
            let variance = squares / f64::from(draws) - mean * mean;
            let expected = f64::from(n) * p;
            assert!((mean / expected - 1.0).abs() < 2e-3, "{n} {p}: {mean}");
            assert!(
                (variance / (expected * (1.0 - p)) - 1.0).abs() < 0.02,
                "{n} {p}"
            );
        }
        assert_eq!(binomial(5, 0.0, 0.9), 0);
        assert_eq!(binomial(5, 1.0, 0.9), 5);
        assert!(binomial(7, 0.5, 1.0 - 1e-16) <= 7);
    }
}
