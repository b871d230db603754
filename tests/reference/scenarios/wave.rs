//! One wave of departures and its ebb: persons who are all alike leave within days and then return
//! or move on; the constants are given.

use super::{alike, pulse};
use exeunt::scenario::{Concerned, Constants, Departures, Motive, Scenario};
use exeunt::units::{Duration, Rate};

/// The scenario.
pub fn wave() -> Scenario {
    let mut scenario = alike(
        12_000,
        0.0,
        &[10, 20, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30],
    );
    scenario.name = "wave".to_owned();
    scenario.title = "One wave of departures and its ebb".to_owned();
    scenario.behaviour.return_.hazard = Rate::from_per_year(1.5);
    scenario.behaviour.onward.hazard = Rate::from_per_year(0.2);
    scenario.events = vec![pulse(
        &scenario.calendar,
        0,
        "call-up",
        Departures {
            excess: 3.0,
            half_life: Duration::from_days(2.0),
            concerned: Concerned::Segments(vec![0]),
            motive: Motive::Mobilisation,
        },
    )];
    scenario.constants = Some(Constants {
        inclusive_value: vec![-3.8],
        onward_pull: 0.2,
        host_value: -5.0,
        scale: None,
    });
    scenario
}
