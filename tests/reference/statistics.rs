//! The little statistics that the comparison needs.

/// Mean and its standard error.
pub fn mean_and_error(values: &[f64]) -> (f64, f64) {
    let number = values.len() as f64;
    let mean = values.iter().sum::<f64>() / number;
    let squares: f64 = values.iter().map(|value| (value - mean).powi(2)).sum();
    (mean, (squares / (number - 1.0) / number).sqrt())
}

/// Two-sided chance of a value of Student's t at least this far from zero.
pub fn student_tail(t: f64, freedom: f64) -> f64 {
    incomplete_beta(freedom / (freedom + t * t), freedom / 2.0, 0.5)
}

/// Chance of a value of Fisher's F at least this large.
pub fn fisher_tail(f: f64, numerator: f64, denominator: f64) -> f64 {
    let x = denominator / (denominator + numerator * f);
    incomplete_beta(x, denominator / 2.0, numerator / 2.0)
}

/// The regularised incomplete beta function, by its continued fraction (Lentz).
fn incomplete_beta(x: f64, a: f64, b: f64) -> f64 {
    if x <= 0.0 {
        return 0.0;
    }
    if x >= 1.0 {
        return 1.0;
    }
    if x > (a + 1.0) / (a + b + 2.0) {
        return 1.0 - incomplete_beta(1.0 - x, b, a);
    }
    let front =
        (libm::lgamma(a + b) - libm::lgamma(a) - libm::lgamma(b) + a * x.ln() + b * (1.0 - x).ln())
            .exp()
            / a;
    let away_from_zero = |value: f64| {
        if value.abs() < 1e-300 { 1e-300 } else { value }
    };
    let mut c = 1.0;
    let mut d = 1.0 / away_from_zero(1.0 - (a + b) * x / (a + 1.0));
    let mut fraction = d;
    for index in 1..500 {
        let m = f64::from(index);
        let even = m * (b - m) * x / ((a + 2.0 * m - 1.0) * (a + 2.0 * m));
        let odd = -(a + m) * (a + b + m) * x / ((a + 2.0 * m) * (a + 2.0 * m + 1.0));
        for term in [even, odd] {
            d = 1.0 / away_from_zero(1.0 + term * d);
            c = away_from_zero(1.0 + term / c);
            fraction *= c * d;
        }
        if (c * d - 1.0).abs() < 1e-15 {
            break;
        }
    }
    front * fraction
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Critical values from printed tables.
    #[test]
    fn tails_are_those_of_the_tables() {
        for (t, freedom, tail) in [
            (2.228, 10.0, 0.05),
            (2.845, 20.0, 0.01),
            (3.646, 30.0, 0.001),
        ] {
            assert!((student_tail(t, freedom) / tail - 1.0).abs() < 2e-3);
        }
        for (f, numerator, denominator, tail) in [
            (3.33, 5.0, 10.0, 0.05),
            (4.10, 5.0, 20.0, 0.01),
            (2.27, 8.0, 30.0, 0.05),
        ] {
            let found = fisher_tail(f, numerator, denominator);
            assert!((found / tail - 1.0).abs() < 2e-2, "{found} for {tail}");
        }
    }
}
