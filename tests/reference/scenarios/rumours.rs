//! What people have heard of rules: announcements, lags, a rush before rules that are worse,
//! departures brought forward, attempts that meet other rules than believed.

use super::stage::{AM, FI, GE, KZ, OFFICIALS, RU, stage};
use super::{channel, ending, event, in_order, ramp, set, set_number};
use exeunt::scenario::{Belief, Calendar, Channel, Event, Field, NewValue, Scenario, Status};
use exeunt::units::{Duration, Money, Rate};
use jiff::ToSpan;

const AM_FREE: u16 = 0;
const FI_VISA: u16 = 1;
const GE_FREE: u16 = 2;
const KZ_FREE: u16 = 4;

/// The scenario.
pub fn rumours() -> Scenario {
    let title = "Rules that people hear of late, or early";
    let mut scenario = stage("rumours", title, &[7; 44]);
    scenario.behaviour.belief = Belief {
        lag: Duration::from_days(35.0),
        lag_opening: Duration::from_days(12.0),
        rush: 3.0,
        rush_max: 4.0,
    };
    scenario.behaviour.leaving.hazard_other = Rate::from_per_year(1.2);
    scenario.behaviour.delay.other = Duration::from_days(30.0);
    scenario.behaviour.holding.retry = Duration::from_days(40.0);
    scenario.countries[usize::from(GE)].constant = 1.2;
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
            fee: Money::new(80.0),
            status: Status::Legal,
            ..channel(FI, "visa", all)
        },
        channel(GE, "free", all),
        Channel {
            permission: true,
            grant: 0.5,
            status: Status::Legal,
            ..channel(GE, "residence", all)
        },
        Channel {
            stay: ending(90.0),
            ..channel(KZ, "free", all)
        },
    ]
}

/// An event that people hear of, announced some days before.
fn heard_of(event: Event, days_before: i64) -> Event {
    let announced = event
        .date
        .checked_sub(days_before.days())
        .expect("a day of this century");
    Event {
        announced: Some(announced),
        known_at_once: false,
        ..event
    }
}

fn events(calendar: &Calendar) -> Vec<Event> {
    let act = |step, name, changes| event(calendar, step, name, changes);
    let unannounced = |event: Event| Event {
        known_at_once: false,
        ..event
    };
    let flag = NewValue::Flag;
    vec![
        heard_of(
            act(
                9,
                "georgia-closes",
                vec![set(Field::Open, GE_FREE, flag(false))],
            ),
            42,
        ),
        unannounced(act(
            13,
            "finland-wants-more",
            vec![
                set_number(Field::Fee, FI_VISA, 250.0),
                ramp(Field::Grant, FI_VISA, 0.3, 50.0),
            ],
        )),
        unannounced(act(
            16,
            "armenia-wants-permits",
            vec![
                set(Field::Permission, AM_FREE, flag(true)),
                set_number(Field::Grant, AM_FREE, 0.6),
            ],
        )),
        unannounced(act(
            22,
            "georgia-opens-again",
            vec![set(Field::Open, GE_FREE, flag(true))],
        )),
        unannounced(act(
            24,
            "georgia-bars-officials",
            vec![set(
                Field::Bars,
                GE_FREE,
                NewValue::Segments(vec![OFFICIALS]),
            )],
        )),
        Event {
            known_at_once: true,
            ..heard_of(
                act(
                    30,
                    "kazakhstan-closes",
                    vec![set(Field::Open, KZ_FREE, flag(false))],
                ),
                21,
            )
        },
        unannounced(act(
            33,
            "armenia-closes",
            vec![set(Field::Open, AM_FREE, flag(false))],
        )),
        heard_of(
            act(
                36,
                "armenia-opens-wide",
                vec![
                    set(Field::Open, AM_FREE, flag(true)),
                    set(Field::Permission, AM_FREE, flag(false)),
                    set_number(Field::Grant, AM_FREE, 1.0),
                ],
            ),
            14,
        ),
    ]
}
