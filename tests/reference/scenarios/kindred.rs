//! Ten months of ties that count for more than departures: kin abroad draw, at home, onwards and at the
//! end of a stay; who has kin in a country hears sooner of changes there, ties of who is turned back hear
//! at once; and detentions nearby make people leave.

use super::stage::{AM, FI, GE, KZ, RU, stage};
use super::{channel, ending, event, in_order, set, set_number};
use exeunt::scenario::{
    Belief, Calendar, Channel, Event, Field, NewValue, Repression, Scenario, Status, Ties,
};
use exeunt::units::{Duration, Rate};
use jiff::ToSpan;

const AM_FREE: u16 = 0;
const GE_FREE: u16 = 2;
const KZ_FREE: u16 = 3;

/// The scenario.
pub fn kindred() -> Scenario {
    let mut scenario = stage("kindred", "Ties that draw and tell", &[7; 44]);
    for segment in &mut scenario.segments {
        segment.size *= 2;
    }
    let behaviour = &mut scenario.behaviour;
    behaviour.belief = Belief {
        lag: Duration::from_days(90.0),
        lag_opening: Duration::from_days(60.0),
        rush: 2.0,
        rush_max: 3.0,
    };
    behaviour.leaving.hazard_other = Rate::from_per_year(0.35);
    behaviour.return_.hazard = Rate::from_per_year(0.5);
    behaviour.onward.hazard = Rate::from_per_year(1.0);
    behaviour.holding.retry = Duration::from_days(60.0);
    behaviour.repression = Some(Repression {
        detention: Rate::from_per_year(0.25),
        active: 0.5,
        short_share: 1.0,
        short: Duration::from_days(15.0),
        long: Duration::from_days(200.0),
        case: Duration::from_days(60.0),
        victim: 3.0,
    });
    behaviour.ties = Some(Ties {
        near: 2,
        far: 4,
        contagion: 1.3,
        contagion_max: 5.0,
        detention: 2.0,
        window: Duration::from_days(60.0),
        kin: 1.2,
        lag: Duration::from_days(5.0),
    });
    scenario.channels = channels();
    scenario.events = in_order(events(&scenario.calendar));
    scenario
}

fn channels() -> Vec<Channel> {
    let all = &[RU];
    vec![
        Channel {
            stay: ending(60.0),
            ..channel(AM, "free", all)
        },
        Channel {
            permission: true,
            grant: 0.7,
            status: Status::Legal,
            ..channel(FI, "visa", all)
        },
        channel(GE, "free", all),
        Channel {
            stay: ending(90.0),
            ..channel(KZ, "free", all)
        },
    ]
}

fn events(calendar: &Calendar) -> Vec<Event> {
    let heard_of = |step, name, days_before: i64, changes| {
        let event = event(calendar, step, name, changes);
        let announced = event.date.checked_sub(days_before.days());
        Event {
            announced: Some(announced.expect("a day of this century")),
            known_at_once: false,
            ..event
        }
    };
    let flag = NewValue::Flag;
    vec![
        heard_of(
            12,
            "georgia-closes",
            0,
            vec![set(Field::Open, GE_FREE, flag(false))],
        ),
        // (Not on the first day of a step.)
        heard_of(
            22,
            "kazakhstan-closes",
            18,
            vec![set(Field::Open, KZ_FREE, flag(false))],
        ),
        heard_of(
            27,
            "georgia-opens-again",
            0,
            vec![set(Field::Open, GE_FREE, flag(true))],
        ),
        heard_of(
            32,
            "armenia-wants-permits",
            20,
            vec![
                set(Field::Permission, AM_FREE, flag(true)),
                set_number(Field::Grant, AM_FREE, 0.3),
            ],
        ),
    ]
}
