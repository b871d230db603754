//! What a run is compared with: the bands of observed rows, which serve as tolerances.

use serde::{Deserialize, Serialize};

/// An observed row that runs are measured by.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Target {
    /// Its id in the file of observations.
    pub id: String,
    /// What was observed, in words.
    pub quantity: String,
    /// The measure that is computed from a run, as the file writes it.
    pub measure: String,
    /// Its unit.
    pub unit: String,
    /// The ends of its band, the lower first; `None` if it has none.
    pub band: Option<(f64, f64)>,
    /// Whether parameters are fitted to it; if so it has a band of some width.
    pub fitted: bool,
}

impl Target {
    /// How far a value lies outside the band, in half-widths of the band; 0 inside, ends included, or if
    /// there is no band.
    pub fn misfit(&self, value: f64) -> f64 {
        let Some((low, high)) = self.band else {
            return 0.0;
        };
        let outside = (low - value).max(value - high).max(0.0);
        outside / (0.5 * (high - low))
    }
}

/// Distance of a run from the bands of all fitted rows, 0 to 1: the mean over these rows of e / (1 + e),
/// where e is the misfit ([`Target::misfit`]); 0 if every row lies in its band. A row without a value
/// counts 1.
///
/// The bounded form is a choice: a row that no parameters can reach weighs little more at ten widths than at
/// three, and leaves the fit to the other rows.
pub fn distance(targets: &[Target], values: &[Option<f64>]) -> f64 {
    let of_row = |(place, target): (usize, &Target)| match values.get(place).copied().flatten() {
        Some(value) if value.is_finite() => {
            let misfit = target.misfit(value);
            match misfit.is_finite() {
                true => misfit / (1.0 + misfit),
                false => 1.0,
            }
        }
        _ => 1.0,
    };
    let fitted = || {
        targets
            .iter()
            .enumerate()
            .filter(|(_, target)| target.fitted)
    };
    let sum: f64 = fitted().map(of_row).sum();
    sum / fitted().count().max(1) as f64
}

#[cfg(test)]
impl Target {
    /// A row with a band and nothing else.
    pub(super) fn of(id: &str, low: f64, high: f64) -> Self {
        Self {
            id: id.into(),
            quantity: String::new(),
            measure: String::new(),
            unit: String::new(),
            band: Some((low, high)),
            fitted: true,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bands_are_tolerances() {
        let band = Target::of("A", 10.0, 20.0);
        for (value, misfit) in [
            (10.0, 0.0),
            (15.0, 0.0),
            (20.0, 0.0),
            (5.0, 1.0),
            (35.0, 3.0),
        ] {
            assert_eq!(band.misfit(value), misfit, "{value}");
        }
        let both = [band, Target::of("B", 0.0, 2.0)];
        assert_eq!(distance(&both, &[Some(12.0), Some(1.0)]), 0.0);
        assert_eq!(distance(&both, &[Some(5.0), Some(1.0)]), 0.25);
        assert_eq!(distance(&both, &[Some(35.0), None]), (0.75 + 1.0) / 2.0);
        assert_eq!(distance(&both, &[Some(f64::NAN), Some(1.0)]), 0.5);
        let mut left_out = both.clone();
        left_out[0].fitted = false;
        assert_eq!(distance(&left_out, &[Some(35.0), Some(3.0)]), 0.5);
    }
}
