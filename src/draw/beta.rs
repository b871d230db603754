//! Quantiles of the beta distribution, from a table made once per distribution.

use super::math::{exp, ln, ln_1p};

/// Intervals of the table; the quantile is interpolated linearly within each.
const KNOTS: usize = 4096;

/// The quantile function of a beta distribution, tabulated: monotone, exact at both ends, and within 1e-4 of the
/// exact one wherever the density exceeds one.
#[derive(Debug, Clone, PartialEq)]
pub struct BetaQuantiles {
    knots: Vec<f64>,
}

impl BetaQuantiles {
    /// Tabulates the beta distribution with these shapes, both above 0.
    pub fn new(alpha: f64, beta: f64) -> Self {
        let mut knots = Vec::with_capacity(KNOTS + 1);
        let mut low = 0.0;
        knots.push(0.0);
        for i in 1..KNOTS {
            low = solve(alpha, beta, i as f64 / KNOTS as f64, low);
            knots.push(low);
        }
        knots.push(1.0);
        Self { knots }
    }

    /// The value below which the share `u` (0 to 1) lies.
    pub fn at(&self, u: f64) -> f64 {
        let place = u.clamp(0.0, 1.0) * KNOTS as f64;
        let knot = (place as usize).min(KNOTS - 1);
        let part = place - knot as f64;
        self.knots[knot] + part * (self.knots[knot + 1] - self.knots[knot])
    }
}

/// Returns the x above `low` with share `u` below it, by Newton's method kept inside a bracket.
fn solve(alpha: f64, beta: f64, u: f64, low: f64) -> f64 {
    let scale = libm::lgamma(alpha + beta) - libm::lgamma(alpha) - libm::lgamma(beta);
    let density = |x: f64| exp(scale + (alpha - 1.0) * ln(x) + (beta - 1.0) * ln_1p(-x));
    let (mut below, mut above) = (low, 1.0);
    let mut x = if low > 0.0 {
        low + 1.0 / (KNOTS as f64 * density(low))
    } else {
        0.5
    };
    for _ in 0..100 {
        if !(below < x && x < above) {
            x = 0.5 * (below + above);
        }
        let off = beta_below(alpha, beta, x) - u;
        if off < 0.0 {
            below = x;
        } else {
            above = x;
        }
        let next = x - off / density(x);
        if (next - x).abs() < 1e-13 || above - below < 1e-13 {
            break;
        }
        x = next;
    }
    x.clamp(low, 1.0)
}

/// The regularised incomplete beta function: the share of Beta(alpha, beta) below x.
pub(super) fn beta_below(alpha: f64, beta: f64, x: f64) -> f64 {
    if x <= 0.0 {
        return 0.0;
    }
    if x >= 1.0 {
        return 1.0;
    }
    let scale = libm::lgamma(alpha + beta) - libm::lgamma(alpha) - libm::lgamma(beta);
    let front = exp(scale + alpha * ln(x) + beta * ln_1p(-x));
    // The fraction converges fast on this side of the mean; the other side is reached by symmetry.
    if x < (alpha + 1.0) / (alpha + beta + 2.0) {
        front * fraction(alpha, beta, x) / alpha
    } else {
        1.0 - front * fraction(beta, alpha, 1.0 - x) / beta
    }
}

/// The continued fraction of the incomplete beta function (Abramowitz & Stegun 26.5.8), by
/// Lentz's method.
fn fraction(alpha: f64, beta: f64, x: f64) -> f64 {
    const TINY: f64 = 1e-300;
    let guard = |value: f64| if value.abs() < TINY { TINY } else { value };
    let mut c = 1.0;
    let mut d = 1.0 / guard(1.0 - (alpha + beta) * x / (alpha + 1.0));
    let mut result = d;
    for step in 1..500 {
        let m = f64::from(step);
        let even = m * (beta - m) * x / ((alpha + 2.0 * m - 1.0) * (alpha + 2.0 * m));
        d = 1.0 / guard(1.0 + even * d);
        c = guard(1.0 + even / c);
        result *= d * c;
        let odd =
            -(alpha + m) * (alpha + beta + m) * x / ((alpha + 2.0 * m) * (alpha + 2.0 * m + 1.0));
        d = 1.0 / guard(1.0 + odd * d);
        c = guard(1.0 + odd / c);
        let change = d * c;
        result *= change;
        if (change - 1.0).abs() < 1e-15 {
            break;
        }
    }
    result
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_cases() {
        // Beta(1, 1) is uniform, Beta(2, 1) has quantile sqrt(u), Beta(1, 3) 1 - cbrt(1 - u).
        let uniform = BetaQuantiles::new(1.0, 1.0);
        let rising = BetaQuantiles::new(2.0, 1.0);
        let falling = BetaQuantiles::new(1.0, 3.0);
        for i in 0..=1000 {
            let u = f64::from(i) / 1000.0;
            assert!((uniform.at(u) - u).abs() < 1e-9);
            if u > 0.01 {
                assert!((rising.at(u) - u.sqrt()).abs() < 1e-5, "{u}");
            }
            if u < 0.99 {
                assert!(
                    (falling.at(u) - (1.0 - libm::cbrt(1.0 - u))).abs() < 1e-5,
                    "{u}"
                );
            }
        }
        // The median of Beta(2, 5) is 0.26445 (tables).
        assert!((BetaQuantiles::new(2.0, 5.0).at(0.5) - 0.264_45).abs() < 1e-5);
    }
}
