//! Rendition: a host hands a wanted person over to its origin.

use crate::scenario::Status;
use crate::units::DAYS_PER_YEAR;

/// The integrated hazard over `days` days of a wanted person who stays in a country where the hazard is `rate` per year
/// without protection. A stay protects as far as its channel says, as long as it is legal.
pub fn rendition_hazard(rate: f64, shield: f64, status: Status, days: f64) -> f64 {
    let protection = if status == Status::Irregular {
        0.0
    } else {
        shield
    };
    rate * (1.0 - protection) * days / DAYS_PER_YEAR
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_legal_stay_protects() {
        let hazard = |shield, status| rendition_hazard(0.1, shield, status, DAYS_PER_YEAR);
        assert_eq!(hazard(1.0, Status::Protected), 0.0);
        assert!((hazard(0.6, Status::Temporary) - 0.04).abs() < 1e-15);
        assert!((hazard(0.6, Status::Irregular) - 0.1).abs() < 1e-15);
    }
}
