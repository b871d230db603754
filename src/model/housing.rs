//! How much of a rent newcomers bear: hosts who take them in ease the first months.

use crate::draw::math::exp2;
use crate::scenario::Scenario;

/// The part of a rent that a renter bears so many months after arrival, 0 to 1; `hospitality` is the
/// share that hosts bear on arrival (`World::hospitality`). 1 where attitudes are off.
pub fn rent_exposure(scenario: &Scenario, hospitality: f64, months: f64) -> f64 {
    match &scenario.behaviour.attitudes {
        Some(attitudes) if hospitality > 0.0 => {
            let half_lives = months.max(0.0) / attitudes.hospitality_half_life.months();
            1.0 - hospitality * exp2(-half_lives)
        }
        _ => 1.0,
    }
}
