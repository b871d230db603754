//! Gamma variates.

use super::key::{Words, unit};
use super::math::ln;
use super::normal::normal_quantile;
use rand_core::Rng;

/// Returns the logarithm of a Gamma(shape, 1) variate, for a shape above 0 and at most 1.
///
/// Marsaglia and Tsang (ACM TOMS 26, 2000): rejection for shape + 1, with their squeeze to avoid the logarithm where it
/// decides, then the boost U^(1/shape), which stays a logarithm because it underflows for small shapes.
pub fn gamma_below_one(shape: f64, stream: &mut impl Rng) -> f64 {
    let d = shape + 1.0 - 1.0 / 3.0;
    let c = 1.0 / (9.0 * d).sqrt();
    loop {
        let x = normal_quantile(unit(stream.next_u64()));
        let root = 1.0 + c * x;
        if root <= 0.0 {
            continue;
        }
        let v = root * root * root;
        let u = 1.0 - unit(stream.next_u64());
        let square = x * x;
        if u < 1.0 - 0.0331 * square * square || ln(u) < 0.5 * square + d - d * v + d * ln(v) {
            let boost = 1.0 - unit(stream.next_u64());
            return ln(d * v) + ln(boost) / shape;
        }
    }
}

/// Returns a Gamma variate of shape 3 with the given mean: the sum of three exponentials.
pub fn gamma_of_shape_three(mean: f64, first: Words, second: Words) -> f64 {
    let [u, v] = first.uniforms();
    let [w, _] = second.uniforms();
    -ln((1.0 - u) * (1.0 - v) * (1.0 - w)) * mean / 3.0
}

/// The mean of a power of a Gamma(shape, 1) variate, E[Y^p] = Gamma(shape + p) / Gamma(shape); for tests.
#[cfg(test)]
fn moment(shape: f64, p: f64) -> f64 {
    super::math::exp(libm::lgamma(shape + p) - libm::lgamma(shape))
}

#[cfg(test)]
mod tests {
    use super::super::key::{Decision, Key};
    use super::super::math::pow;
    use super::*;

    #[test]
    fn moments() {
        let key = Key::of_run(3, 0, 0, "gamma");
        for shape in [0.05, 0.4, 0.7] {
            let n = 200_000;
            let (mut mean, mut root) = (0.0, 0.0);
            for person in 0..n {
                let mut stream = key.stream(person, 0, Decision::AspirationTime, 0);
                let y = super::super::math::exp(gamma_below_one(shape, &mut stream));
                mean += y / f64::from(n);
                root += pow(y, 0.5) / f64::from(n);
            }
            let error = 4.0 * (shape / f64::from(n)).sqrt();
            assert!((mean - shape).abs() < error, "{shape}: {mean}");
            assert!(
                (root / moment(shape, 0.5) - 1.0).abs() < 0.03,
                "{shape}: {root}"
            );
        }
        let n = 100_000;
        let mean: f64 = (0..n)
            .map(|person| {
                let first = key.words(person, 0, Decision::DepartureDelay, 0);
                let second = key.words(person, 0, Decision::DepartureDelay, 1);
                gamma_of_shape_three(30.0, first, second) / f64::from(n)
            })
            .sum();
        assert!((mean - 30.0).abs() < 4.0 * 30.0 / (3.0 * f64::from(n)).sqrt());
    }
}
