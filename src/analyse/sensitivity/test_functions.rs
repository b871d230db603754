//! Functions whose sensitivities are known, and random numbers for tests.

use super::Sampled;
use crate::draw::{Decision, Key, normal_quantile};
use crate::experiment::Saltelli;
use core::f64::consts::PI;

/// A function of quantiles.
pub(super) type Function = fn(&[f64]) -> f64;

/// Ishigami and Homma (1990) with a = 7 and b = 0.1; x = pi (2 q - 1).
pub(super) fn ishigami(quantiles: &[f64]) -> f64 {
    let at = |place: usize| PI * (2.0 * quantiles[place] - 1.0);
    let (sine, square) = (libm::sin(at(1)), at(2) * at(2));
    libm::sin(at(0)) * (1.0 + 0.1 * square * square) + 7.0 * sine * sine
}

/// Its variance, its first and its total indices, in closed form.
pub(super) fn ishigami_exact() -> (f64, [f64; 3], [f64; 3]) {
    let (a, b) = (7.0, 0.1);
    let (fourth, eighth) = (PI * PI * PI * PI, PI * PI * PI * PI * PI * PI * PI * PI);
    let one = 0.5 * (1.0 + b * fourth / 5.0) * (1.0 + b * fourth / 5.0);
    let two = a * a / 8.0;
    let both = b * b * eighth * (1.0 / 18.0 - 1.0 / 50.0);
    let all = one + two + both;
    let first = [one / all, two / all, 0.0];
    (all, first, [(one + both) / all, two / all, both / all])
}

/// The coefficients a of the G function, as in Saltelli and Sobol' (1995).
pub(super) const G: [f64; 8] = [0.0, 1.0, 4.5, 9.0, 99.0, 99.0, 99.0, 99.0];

/// The G function of Sobol': the product of (|4 q - 2| + a) / (1 + a).
pub(super) fn sobol_g(quantiles: &[f64]) -> f64 {
    let factors = quantiles.iter().zip(G);
    factors
        .map(|(q, a)| ((4.0 * q - 2.0).abs() + a) / (1.0 + a))
        .product()
}

/// Its first and total indices; the variance of each factor is 1 / (3 (1 + a)²).
pub(super) fn sobol_g_exact() -> ([f64; 8], [f64; 8]) {
    let parts = G.map(|a| 1.0 / (3.0 * (1.0 + a) * (1.0 + a)));
    let all: f64 = parts.iter().map(|part| 1.0 + part).product::<f64>() - 1.0;
    let first = parts.map(|part| part / all);
    (
        first,
        parts.map(|part| part * (all + 1.0) / (1.0 + part) / all),
    )
}

/// A uniform number, 0 to 1, distinct for each data set, unit and use.
pub(super) fn uniform(data_set: u32, unit: u32, what: u32) -> f64 {
    let key = Key::of_identity(4, "tests of sensitivities");
    key.words(unit, data_set as i32, Decision::Age, what)
        .uniforms()[0]
}

/// A standard normal number, likewise.
pub(super) fn normal(data_set: u32, unit: u32, what: u32) -> f64 {
    normal_quantile(uniform(data_set, unit, what))
}

/// Evaluates a function at the points of a Saltelli design, without chance.
pub(super) fn at(design: &Saltelli, function: Function) -> Sampled {
    let values: Vec<f64> = design.quantiles().iter().map(|row| function(row)).collect();
    Sampled::single(&values).unwrap()
}
