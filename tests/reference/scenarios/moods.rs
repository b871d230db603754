//! Attitudes of hosts: small countries into which many come, some leave again, rents rise and hosts
//! tire; pressure, legacy and contact change.

use super::stage::{AM, GE, KZ};
use super::{event, in_order, purses, ramp, set_number};
use exeunt::scenario::{Attitudes, Field, Scenario};
use exeunt::units::Duration;

/// The scenario.
pub fn moods() -> Scenario {
    let mut scenario = purses();
    scenario.name = "moods".to_owned();
    scenario.title = "How hosts receive newcomers".to_owned();
    for country in &mut scenario.countries {
        country.population /= 50.0;
    }
    scenario.countries[usize::from(GE)].legacy = 1.0;
    scenario.countries[usize::from(AM)].contact = 0.4;
    let behaviour = &mut scenario.behaviour;
    behaviour.attitudes = Some(Attitudes {
        baseline: -1.2,
        surprise: 1.5,
        memory: Duration::from_days(150.0),
        rents: 0.8,
        pressure: 1.0,
        legacy: 0.6,
        contact: 0.5,
        hospitality: 0.9,
        hospitality_half_life: Duration::from_days(90.0),
        reactions: false,
    });
    behaviour.choice.hostility = 2.0;
    behaviour.return_.hostility = 2.5;
    behaviour.return_.rent_burden = 1.5;
    let calendar = &scenario.calendar;
    let mut events = vec![
        event(
            calendar,
            12,
            "neighbours-urge",
            vec![
                ramp(Field::Pressure, KZ, 1.5, 80.0),
                set_number(Field::Contact, GE, 0.6),
            ],
        ),
        event(
            calendar,
            24,
            "an-old-quarrel-ends",
            vec![set_number(Field::Legacy, GE, -0.5)],
        ),
    ];
    events.append(&mut scenario.events);
    scenario.events = in_order(events);
    scenario
}
