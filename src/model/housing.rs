//! How much of a rent newcomers bear: hosts who take them in ease the first months.

use crate::draw::math::exp2;
use crate::scenario::Scenario;

/// The part of a rent that a renter bears `months` months after arrival, 0 to 1; `hospitality` is the share that hosts
/// bear on arrival (`World::hospitality`). 1 where attitudes are off.
pub fn rent_exposure(scenario: &Scenario, hospitality: f64, months: f64) -> f64 {
    match &scenario.behaviour.attitudes {
        Some(attitudes) if hospitality > 0.0 => {
            let half_lives = months.max(0.0) / attitudes.hospitality_half_life.months();
            1.0 - hospitality * exp2(-half_lives)
        }
        _ => 1.0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::Source;

    #[test]
    fn hospitality_halves_and_is_nothing_where_attitudes_are_off() {
        let read = |on: &str| {
            let text = concat!(
                include_str!("../../tests/support/rich.toml"),
                include_str!("../../tests/support/behaviour.toml")
            );
            let text = text.replace("[behaviour.attitudes]\non = false", on);
            let source = Source::parse("test", &text);
            source.unwrap_or_else(|problems| panic!("{problems}"))
        };
        let on = read("[behaviour.attitudes]\non = true");
        for (months, borne) in [(-0.1, 0.6), (0.0, 0.6), (2.0, 0.8), (4.0, 0.9)] {
            let exposure = rent_exposure(on.scenario(), 0.4, months);
            assert!((exposure - borne).abs() < 1e-12, "{months}: {exposure}");
        }
        assert_eq!(rent_exposure(on.scenario(), 0.0, 0.0), 1.0);
        let off = read("[behaviour.attitudes]\non = false");
        assert_eq!(rent_exposure(off.scenario(), 0.4, 0.0), 1.0);
    }
}
