//! Ways over borders: several to one country, capacities, waits at home and in transit, push-backs
//! and hand-overs, borders that are shut and opened.

use super::stage::{AM, FI, GE, KZ, RU, stage};
use super::{channel, ending, event, in_order, pulse, ramp, set, set_number};
use exeunt::scenario::{
    Border, Calendar, Channel, Concerned, Departures, Event, Field, Motive, NewValue, Scenario,
    Status,
};
use exeunt::units::{DAYS_PER_MONTH, Duration, PersonFlow};

const LARS: u16 = 0;
const NORTH: u16 = 1;
const SADAKHLO: u16 = 2;
const SEA: u16 = 3;

/// The scenario.
pub fn passes() -> Scenario {
    let mut lengths = vec![7; 12];
    lengths.extend([1; 10]);
    lengths.extend([5; 24]);
    let mut scenario = stage("passes", "Ways over borders", &lengths);
    scenario.countries[usize::from(AM)].constant = 1.0;
    scenario.borders = borders();
    scenario.channels = channels();
    scenario.events = in_order(events(&scenario.calendar));
    scenario
}

/// A capacity that is whole for a day.
fn a_day(persons: f64) -> f64 {
    persons * DAYS_PER_MONTH
}

fn borders() -> Vec<Border> {
    let border = |name: &str, from, to| Border {
        name: name.to_owned(),
        from,
        to,
        open: true,
        capacity: None,
        push_back: 0.0,
        hand_over: 0.0,
    };
    let capacity = |persons| Some(PersonFlow::from_per_month(a_day(persons)));
    vec![
        Border {
            capacity: capacity(8.0),
            push_back: 0.05,
            ..border("lars", RU, GE)
        },
        Border {
            push_back: 0.1,
            hand_over: 0.02,
            ..border("north", RU, KZ)
        },
        Border {
            capacity: capacity(3.0),
            push_back: 0.1,
            hand_over: 0.1,
            ..border("sadakhlo", GE, AM)
        },
        Border {
            capacity: capacity(2.0),
            ..border("sea", KZ, AM)
        },
    ]
}

fn channels() -> Vec<Channel> {
    let all = &[RU];
    vec![
        Channel {
            routes: vec![vec![LARS, SADAKHLO], vec![NORTH, SEA]],
            ..channel(AM, "overland", all)
        },
        Channel {
            permission: true,
            grant: 0.5,
            status: Status::Legal,
            ..channel(FI, "visa", all)
        },
        Channel {
            routes: vec![vec![LARS]],
            grant: 0.9,
            stay: ending(100.0),
            ..channel(GE, "free", all)
        },
        Channel {
            routes: vec![vec![NORTH]],
            ..channel(KZ, "free", all)
        },
    ]
}

fn events(calendar: &Calendar) -> Vec<Event> {
    let act = |step, name, changes| event(calendar, step, name, changes);
    let flag = NewValue::Flag;
    vec![
        pulse(
            calendar,
            6,
            "call-up",
            Departures {
                excess: 0.15,
                half_life: Duration::from_days(6.0),
                concerned: Concerned::Segments(vec![0, 1]),
                motive: Motive::Mobilisation,
            },
        ),
        act(
            10,
            "lars-is-widened",
            vec![
                ramp(Field::BorderCapacity, LARS, a_day(14.0), 20.0),
                set_number(Field::BorderPushBack, LARS, 0.15),
            ],
        ),
        act(
            14,
            "the-south-is-shut",
            vec![set(Field::BorderOpen, SADAKHLO, flag(false))],
        ),
        act(
            17,
            "the-north-sends-home",
            vec![set_number(Field::BorderHandOver, NORTH, 0.25)],
        ),
        act(
            24,
            "lars-is-shut",
            vec![set(Field::BorderOpen, LARS, flag(false))],
        ),
        act(
            28,
            "all-is-open",
            vec![
                set(Field::BorderOpen, LARS, flag(true)),
                set(Field::BorderOpen, SADAKHLO, flag(true)),
                set_number(Field::BorderCapacity, SEA, f64::INFINITY),
            ],
        ),
        act(
            36,
            "the-north-is-narrowed",
            vec![set_number(Field::BorderCapacity, NORTH, a_day(6.0))],
        ),
        act(
            40,
            "lars-lets-everybody-pass",
            vec![set_number(Field::BorderCapacity, LARS, f64::INFINITY)],
        ),
    ]
}
