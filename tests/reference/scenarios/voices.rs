//! Two years under a state that takes persons, in which voice, the opposition abroad and the story told
//! at home count: hosts that tire, refusals, offices and stays of every status, who moves on.

use super::stage::{FI, GE, KZ, OTHERS, RU};
use super::{custody, event, in_order, set, set_number};
use exeunt::scenario::{
    Attitudes, Field, NarrativeAtHome, NewValue, Scenario, Security, Status, Voice,
};
use exeunt::units::{Duration, Rate};

/// The scenario.
pub fn voices() -> Scenario {
    let mut scenario = custody();
    scenario.name = "voices".to_owned();
    scenario.title = "Voice, exit, and the story at home".to_owned();
    for country in &mut scenario.countries {
        country.population /= 50.0;
    }
    scenario.countries[usize::from(RU)].unemployment = 0.15;
    let others = &mut scenario.segments[usize::from(OTHERS)];
    others.minority = 0.3;
    let behaviour = &mut scenario.behaviour;
    behaviour.leaving.hazard_other = Rate::from_per_year(0.5);
    behaviour.onward.hazard = Rate::from_per_year(1.5);
    behaviour.attitudes = Some(Attitudes {
        baseline: -1.2,
        surprise: 1.0,
        memory: Duration::from_days(150.0),
        rents: 0.0,
        pressure: 1.0,
        legacy: 0.6,
        contact: 0.5,
        hospitality: 0.5,
        hospitality_half_life: Duration::from_days(90.0),
        reactions: false,
    });
    behaviour.voice = Some(Voice {
        baseline: -2.5,
        grievance: 1.5,
        others: 3.0,
        fear: 0.6,
        exit: 2.0,
        critical_mass: Some(0.2),
        publishing_home: 0.05,
        half_life: Duration::from_days(300.0),
        security: Security {
            protected: 1.0,
            legal: 0.8,
            temporary: 0.5,
            pending: 0.4,
            irregular: 0.2,
        },
    });
    behaviour.narrative = Some(NarrativeAtHome {
        refusals: -0.02,
        hostility: 1.5,
        contacts: 0.012,
        memory: Duration::from_days(60.0),
        limit: 1.2,
    });
    let legal = (scenario.channels.iter_mut())
        .find(|channel| channel.country == KZ)
        .expect("a channel into KZ");
    legal.status = Status::Legal;
    let way = |country: u16| {
        let place = |channel: &exeunt::scenario::Channel| channel.country == country;
        let place = scenario.channels.iter().position(place);
        place.expect("a channel of it") as u16
    };
    let calendar = &scenario.calendar;
    let mut events = vec![
        event(
            calendar,
            15,
            "doors-shut",
            vec![
                set(Field::Open, way(GE), NewValue::Flag(false)),
                set_number(Field::Grant, way(KZ), 0.5),
            ],
        ),
        event(
            calendar,
            26,
            "neighbours-urge",
            vec![
                set_number(Field::Pressure, KZ, 1.5),
                set_number(Field::Grant, way(FI), 0.8),
            ],
        ),
    ];
    events.append(&mut scenario.events);
    scenario.events = in_order(events);
    scenario
}
