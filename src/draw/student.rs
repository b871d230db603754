//! Student's t distribution.

use super::beta::beta_below;

/// The two-sided p-value of `t`: the probability that the absolute value of a Student's t with `freedom` degrees of
/// freedom (above 0) is at least that of `t`.
pub fn student_beyond(t: f64, freedom: f64) -> f64 {
    beta_below(0.5 * freedom, 0.5, freedom / (freedom + t * t))
}

/// The t above 0 beyond which, on both sides together, the share `beyond` lies (above 0 and below 1), for `freedom`
/// degrees of freedom (1 or more).
pub fn student_size(beyond: f64, freedom: f64) -> f64 {
    let (mut low, mut high) = (0.0, 1.0);
    // From one degree of freedom on, the share beyond 1e9 is below 1e-9.
    while student_beyond(high, freedom) > beyond && high < 1e9 {
        (low, high) = (high, 2.0 * high);
    }
    for _ in 0..100 {
        let middle = 0.5 * (low + high);
        if student_beyond(middle, freedom) > beyond {
            low = middle;
        } else {
            high = middle;
        }
    }
    0.5 * (low + high)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// scipy 1.17.1: `2 * scipy.stats.t.sf(t, df)`.
    #[test]
    fn tails_are_scipys() {
        for (t, freedom, exact) in TAILS {
            let found = student_beyond(t, freedom);
            assert!(
                (found / exact - 1.0).abs() < 1e-10,
                "{t} {freedom}: {found}"
            );
            assert_eq!(student_beyond(-t, freedom), found);
        }
        assert_eq!(student_beyond(0.0, 5.0), 1.0);
        assert_eq!(student_beyond(f64::INFINITY, 5.0), 0.0);
    }

    #[test]
    fn sizes_lead_back() {
        for freedom in [1.0, 2.0, 7.0, 300.0] {
            for beyond in [0.9, 0.1, 0.01, 1e-6] {
                let found = student_beyond(student_size(beyond, freedom), freedom);
                assert!((found / beyond - 1.0).abs() < 1e-9, "{freedom} {beyond}");
            }
        }
        // With one degree of freedom it is the tangent of 0.45 pi at 10 %.
        assert!((student_size(0.1, 1.0) - 6.313_751_514_675_043).abs() < 1e-11);
    }

    const TAILS: [(f64, f64, f64); 8] = [
        (0.3, 1.0, 0.8144528418445154),
        (2.0, 1.0, 0.2951672353008665),
        (12.5, 3.0, 0.0011036313310960584),
        (1.1, 4.0, 0.33308364954755393),
        (2.228, 10.0, 0.05001177181711132),
        (6.5, 30.0, 3.4780470879720206e-07),
        (0.01, 200.0, 0.992031255153281),
        (4.2, 5000.0, 2.715588796359217e-05),
    ];
}
