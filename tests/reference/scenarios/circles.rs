//! A year of departures that bring on others: two segments of one origin, months as steps, a wave,
//! returns that let persons leave again.

use super::{alike, pulse, segment};
use exeunt::scenario::{Concerned, Departures, Motive, Scenario, Segment, Ties};
use exeunt::units::{Duration, Rate};

/// The scenario.
pub fn circles() -> Scenario {
    let mut scenario = alike(6_000, 0.12, &[28; 13]);
    scenario.name = "circles".to_owned();
    scenario.title = "Departures that bring on others".to_owned();
    scenario.segments.push(Segment {
        planner: 0.1,
        propensity: None,
        ..segment("others", 4, 6_000, 5, 0)
    });
    let behaviour = &mut scenario.behaviour;
    behaviour.leaving.hazard_planner = Rate::from_per_year(1.0);
    behaviour.delay.other = Duration::from_days(20.0);
    behaviour.return_.hazard = Rate::from_per_year(0.4);
    behaviour.holding.on = true;
    behaviour.ties = Some(Ties {
        near: 2,
        far: 4,
        contagion: 2.0,
        contagion_max: 5.0,
        detention: 1.0,
        window: Duration::from_days(130.0),
        kin: 0.0,
        lag: Duration::from_days(7.0),
    });
    scenario.events = vec![pulse(
        &scenario.calendar,
        2,
        "call-up",
        Departures {
            excess: 0.05,
            half_life: Duration::from_days(10.0),
            concerned: Concerned::Segments(vec![0]),
            motive: Motive::Mobilisation,
        },
    )];
    scenario
}
