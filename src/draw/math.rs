//! Pinned elementary functions: the same bits on every machine.
//!
//! The platform's own `exp` and `ln` differ between machines in the last bit, and one such bit can change who leaves.
//! All arithmetic of the model goes through these.

pub use super::elementary::{exp, ln};

/// ln(1 + x), exact near zero.
#[inline]
pub fn ln_1p(x: f64) -> f64 {
    libm::log1p(x)
}

/// 2 to the x.
#[inline]
pub fn exp2(x: f64) -> f64 {
    libm::exp2(x)
}

/// x to the power p for x of 0 or more, as exp(p ln x): faster than a correctly rounded power, and accurate to a few
/// units in the last place for the moderate p of the model. 0 to any p is 0; p = 1/2 and p = 1 are exact.
#[inline]
pub fn pow(x: f64, p: f64) -> f64 {
    if p == 0.5 {
        x.sqrt()
    } else if p == 1.0 {
        x
    } else {
        exp(p * ln(x))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn power_agrees_with_the_exact_one() {
        assert_eq!(pow(0.0, 0.6), 0.0);
        assert_eq!(pow(9.0, 0.5), 3.0);
        for i in 1..2000 {
            let x = f64::from(i) * 0.37;
            let exact = libm::pow(x, 0.6);
            assert!((pow(x, 0.6) / exact - 1.0).abs() < 1e-14, "{x}");
        }
    }
}
