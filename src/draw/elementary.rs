//! The exponential function and the natural logarithm, by tables and short polynomials.
//!
//! The model evaluates them tens of millions of times in a run; these take half the time of `libm`'s and agree with
//! them to within one unit in the last place. They use only additions and multiplications of `f64` in a fixed order,
//! so that the bits are the same on every machine. The compiler computes the tables, in twice the precision, from the
//! series that define them.

/// Entries in the table of powers of two, 2^(i / 128).
const PARTS: usize = 128;
/// Added to a number below 2^51, rounds it to an integer, which then occupies the last bits.
const ROUNDING: f64 = 6_755_399_441_055_744.0;
const LN2: Double = Double {
    high: core::f64::consts::LN_2,
    low: 2.319_046_813_846_299_6e-17,
};
/// ln 2 / 128 in two parts, the first of 33 bits, so that its product with an integer below 2^20 is exact.
const STEP_HIGH: f64 = cut(core::f64::consts::LN_2, 20) / PARTS as f64;
const STEP_LOW: f64 =
    ((core::f64::consts::LN_2 - cut(core::f64::consts::LN_2, 20)) + LN2.low) / PARTS as f64;

/// e to the power x. Outside -700 to 700 (and for NaN) it is `libm`'s.
#[inline]
pub fn exp(x: f64) -> f64 {
    if !(-700.0..=700.0).contains(&x) {
        return libm::exp(x);
    }
    // x = whole / 128 ln 2 + rest, |rest| below ln 2 / 256.
    let shifted = x * (PARTS as f64 / core::f64::consts::LN_2) + ROUNDING;
    let bits = shifted.to_bits();
    let whole = shifted - ROUNDING;
    let rest = (x - whole * STEP_HIGH) - whole * STEP_LOW;
    let (power, tail) = POWERS[bits as usize % PARTS];
    // The table holds the bits of the power, less those that the integer adds besides the exponent.
    let scale = f64::from_bits(power.wrapping_add(bits << 45));
    let square = rest * rest;
    let series = (tail + rest)
        + square * (0.5 + rest * (1.0 / 6.0))
        + square * square * (1.0 / 24.0 + rest * (1.0 / 120.0));
    scale + scale * series
}

/// The natural logarithm; for anything but a positive normal number it is `libm`'s.
#[inline]
pub fn ln(x: f64) -> f64 {
    let bits = x.to_bits();
    if !(f64::MIN_POSITIVE..=f64::MAX).contains(&x) {
        return libm::log(x);
    }
    // x = 2^exponent z, z from 11/16 to 11/8; the table has 1/c for a c near z.
    let above = bits.wrapping_sub(LEAST);
    let exponent = (above as i64 >> 52) as f64;
    let z = f64::from_bits(bits.wrapping_sub(above & 0xFFF0_0000_0000_0000));
    let Part { inverse, high, low } = LOGARITHMS[(above >> 45) as usize % PARTS];
    // r = z / c - 1 in two parts, without rounding: 1/c has 14 bits.
    let z_high = f64::from_bits(z.to_bits() & 0xFFFF_FFFF_F800_0000);
    let r_high = z_high * inverse - 1.0;
    let r_low = (z - z_high) * inverse;
    let r = r_high + r_low;
    let square = r * r;
    let series = (-0.5 + r * (1.0 / 3.0))
        + square
            * ((-0.25 + r * 0.2) + square * ((-1.0 / 6.0 + r * (1.0 / 7.0)) + square * -0.125));
    let whole = exponent * LN2_HIGH + high;
    let sum = whole + r_high;
    let rest = ((whole - sum) + r_high) + (r_low + (exponent * LN2_LOW + low));
    sum + (rest + square * series)
}

/// The bits of 11/16.
const LEAST: u64 = 0x3FE6_0000_0000_0000;
/// ln 2 in two parts; the first ends 42 bits after the binary point, as do those of the table, so that their sums are
/// exact.
const LN2_HIGH: f64 = cut(core::f64::consts::LN_2, 11);
const LN2_LOW: f64 = (core::f64::consts::LN_2 - LN2_HIGH) + LN2.low;

/// A part of the range of z: 1/c, and -ln(1/c) in two parts.
#[derive(Clone, Copy)]
struct Part {
    inverse: f64,
    high: f64,
    low: f64,
}

static POWERS: [(u64, f64); PARTS] = powers();
static LOGARITHMS: [Part; PARTS] = logarithms();

/// The table of 2^(i / 128): the bits (less i at the position of the first seven bits of the fraction), and the
/// remainder relative to the rounded power.
const fn powers() -> [(u64, f64); PARTS] {
    let mut table = [(0, 0.0); PARTS];
    let mut i = 0;
    while i < PARTS {
        let x = LN2.times(i as f64 / PARTS as f64);
        let power = x.exponential();
        table[i] = (
            power.high.to_bits().wrapping_sub((i as u64) << 45),
            power.low / power.high,
        );
        i += 1;
    }
    table
}

const fn logarithms() -> [Part; PARTS] {
    let mut table = [Part {
        inverse: 1.0,
        high: 0.0,
        low: 0.0,
    }; PARTS];
    let mut i = 0;
    while i < PARTS {
        let from = f64::from_bits(LEAST + ((i as u64) << 45));
        let to = f64::from_bits(LEAST + ((i as u64 + 1) << 45));
        // On both sides of 1 the entry is left at 1/c = 1: the series alone gives the logarithm, exact near 0.
        if to < 1.0 || from > 1.0 {
            let inverse = cut(2.0 / (from + to), 39);
            let logarithm = Double::logarithm(inverse);
            // Rounded to 42 bits after the binary point.
            let high = (-logarithm.high + 1536.0) - 1536.0;
            table[i] = Part {
                inverse,
                high,
                low: (-logarithm.high - high) - logarithm.low,
            };
        }
        i += 1;
    }
    table
}

/// Clears the last `bits` bits of a number.
const fn cut(x: f64, bits: u32) -> f64 {
    f64::from_bits(x.to_bits() >> bits << bits)
}

/// The sum of two numbers, the second below half a unit in the last place of the first: double the precision
/// (Dekker 1971).
#[derive(Clone, Copy)]
struct Double {
    high: f64,
    low: f64,
}

impl Double {
    const fn of(x: f64) -> Self {
        Self { high: x, low: 0.0 }
    }

    const fn plus(self, other: Self) -> Self {
        let sum = self.high + other.high;
        let part = sum - self.high;
        let error = (self.high - (sum - part)) + (other.high - part);
        Self::joined(sum, error + self.low + other.low)
    }

    const fn times(self, x: f64) -> Self {
        let product = exact_product(self.high, x);
        Self::joined(product.high, product.low + self.low * x)
    }

    const fn times_double(self, other: Self) -> Self {
        let product = exact_product(self.high, other.high);
        Self::joined(
            product.high,
            product.low + (self.high * other.low + self.low * other.high),
        )
    }

    const fn over(self, x: f64) -> Self {
        let quotient = self.high / x;
        let product = exact_product(quotient, x);
        let rest = ((self.high - product.high) - product.low) + self.low;
        Self::joined(quotient, rest / x)
    }

    const fn joined(high: f64, low: f64) -> Self {
        let sum = high + low;
        Self {
            high: sum,
            low: (high - sum) + low,
        }
    }

    /// e to this power, for a power of 0 to 1, by its series.
    const fn exponential(self) -> Self {
        let mut sum = Self::of(1.0);
        let mut term = Self::of(1.0);
        let mut n = 1;
        while n < 40 {
            term = term.times_double(self).over(n as f64);
            sum = sum.plus(term);
            n += 1;
        }
        sum
    }

    /// ln x for an x near 1 with few bits: twice the inverse hyperbolic tangent of (x - 1) / (x + 1), by its series.
    const fn logarithm(x: f64) -> Self {
        let ratio = Self::of(x - 1.0).over(x + 1.0);
        let square = ratio.times_double(ratio);
        let mut sum = Self::of(0.0);
        let mut power = ratio.times(2.0);
        let mut n = 1;
        while n < 60 {
            sum = sum.plus(power.over(n as f64));
            power = power.times_double(square);
            n += 2;
        }
        sum
    }
}

/// The product of two numbers and its rounding error (Veltkamp's halves).
const fn exact_product(x: f64, y: f64) -> Double {
    const HALVES: f64 = 134_217_729.0;
    let (x_high, y_high) = (HALVES * x - (HALVES * x - x), HALVES * y - (HALVES * y - y));
    let (x_low, y_low) = (x - x_high, y - y_high);
    let high = x * y;
    let low = ((x_high * y_high - high) + x_high * y_low + x_low * y_high) + x_low * y_low;
    Double { high, low }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::draw::Key;
    use rand_core::Rng;

    /// How many representable numbers apart two numbers of the same sign are.
    fn apart(x: f64, y: f64) -> u64 {
        x.to_bits().abs_diff(y.to_bits())
    }

    fn numbers(label: &str, from: f64, to: f64) -> impl Iterator<Item = f64> {
        let mut stream = Key::of_identity(3, label).stream(0, 0, crate::draw::Decision::Age, 0);
        (0..2_000_000).map(move |_| {
            let unit = (stream.next_u64() >> 11) as f64 / (1_u64 << 53) as f64;
            from + unit * (to - from)
        })
    }

    #[test]
    fn exp_is_within_a_unit_of_libm() {
        for (from, to) in [(-700.0, 700.0), (-1.0, 1.0), (-1e-3, 1e-3)] {
            for x in numbers("exp", from, to) {
                assert!(apart(exp(x), libm::exp(x)) <= 1, "{x:e}");
            }
        }
        assert_eq!(exp(0.0), 1.0);
        assert_eq!(exp(-800.0), 0.0);
        assert_eq!(exp(800.0), f64::INFINITY);
        assert_eq!(exp(f64::NEG_INFINITY), 0.0);
        assert!(exp(f64::NAN).is_nan());
    }

    #[test]
    fn ln_is_within_a_unit_of_libm() {
        for (from, to) in [(0.0, 2.0), (0.99, 1.01), (0.0, 1e300), (0.0, 1e-300)] {
            for x in numbers("ln", from, to) {
                assert!(apart(ln(x), libm::log(x)) <= 1, "{x:e}");
            }
        }
        assert_eq!(ln(1.0), 0.0);
        assert_eq!(ln(0.0), f64::NEG_INFINITY);
        assert_eq!(ln(f64::INFINITY), f64::INFINITY);
        assert!(ln(-1.0).is_nan() && ln(f64::NAN).is_nan());
        assert_eq!(ln(5e-324), libm::log(5e-324));
    }

    /// Compares with the functions in twice the precision, to measure the error itself rather than that of a
    /// comparison.
    #[test]
    fn errors_stay_below_six_tenths_of_a_unit() {
        let mut most = (0.0_f64, 0.0_f64);
        for x in numbers("exact", 0.0, 1.0).take(20_000) {
            let exact = Double::of(x).exponential();
            let unit = f64::from_bits(exact.high.to_bits() + 1) - exact.high;
            most.0 = most
                .0
                .max((((exp(x) - exact.high) - exact.low) / unit).abs());
            // Few bits, because the reference takes its argument as exact.
            let z = cut(0.7 + 0.6 * x, 25);
            let exact = Double::logarithm(z);
            let unit = (f64::from_bits(exact.high.to_bits() + 1) - exact.high).abs();
            most.1 = most
                .1
                .max((((ln(z) - exact.high) - exact.low) / unit).abs());
        }
        println!("largest errors in units in the last place: {most:?}");
        assert!(most.0 < 0.6 && most.1 < 0.6, "{most:?}");
    }
}
