//! Offices that take applications: quotas by the calendar month, queues, decision times, from home
//! and from abroad; places that go unused, then a wave.

use super::stage::{AM, FI, GE, KZ, OFFICIALS, RU, stage};
use super::{channel, ending, event, in_order, pulse, ramp, set, set_number};
use exeunt::scenario::{
    ApplyFrom, BarredOnly, Calendar, Channel, Concerned, Departures, Distribution, Event, ExitGate,
    Field, Motive, NewValue, Quota, Scenario, Status,
};
use exeunt::units::{Duration, Money, PersonFlow, Rate};

const AM_WORK: u16 = 0;
const FI_HUMANITARIAN: u16 = 1;
const FI_WORK: u16 = 2;
const KZ_RESIDENCE: u16 = 4;

/// The scenario.
pub fn offices() -> Scenario {
    let mut lengths = vec![10; 12];
    lengths.extend([5, 3, 1, 1, 2, 7, 7, 14, 4]);
    lengths.extend([9; 20]);
    let title = "Offices with quotas, queues and delays";
    let mut scenario = stage("offices", title, &lengths);
    scenario.behaviour.leaving.hazard_other = Rate::from_per_year(0.5);
    scenario.behaviour.onward.hazard = Rate::from_per_year(1.5);
    scenario.exit_gates = vec![ExitGate {
        name: "secrets".to_owned(),
        country: RU,
        segments: vec![OFFICIALS],
        only: BarredOnly::default(),
        share: 0.0,
    }];
    scenario.channels = channels();
    scenario.events = in_order(events(&scenario.calendar));
    scenario
}

fn quota(persons_a_month: f64) -> Option<Quota> {
    Some(Quota {
        size: PersonFlow::from_per_month(persons_a_month),
    })
}

fn channels() -> Vec<Channel> {
    let all = &[RU];
    let permission = |country, name| Channel {
        permission: true,
        status: Status::Legal,
        ..channel(country, name, all)
    };
    let at_home = ApplyFrom {
        home: true,
        abroad: false,
        border: false,
    };
    vec![
        Channel {
            quota: quota(70.0),
            decision: Some(Distribution::Constant(12.0)),
            fee: Money::new(60.0),
            grant: 0.8,
            ..permission(AM, "work")
        },
        Channel {
            quota: quota(45.5),
            grant: 0.5,
            grant_for: vec![(0, 0.9)],
            status: Status::Protected,
            apply_from: at_home,
            ..permission(FI, "humanitarian")
        },
        Channel {
            decision: Some(Distribution::Lognormal {
                median: 20.0,
                sigma: 0.8,
                min: 0.0,
                max: 120.0,
            }),
            grant: 0.6,
            ..permission(FI, "work")
        },
        Channel {
            stay: ending(75.0),
            ..channel(GE, "free", all)
        },
        Channel {
            decision: Some(Distribution::Uniform {
                low: 0.0,
                high: 30.0,
            }),
            grant: 0.7,
            ..permission(KZ, "residence")
        },
    ]
}

fn events(calendar: &Calendar) -> Vec<Event> {
    let act = |step, name, changes| event(calendar, step, name, changes);
    let flag = NewValue::Flag;
    vec![
        pulse(
            calendar,
            8,
            "outrage",
            Departures {
                excess: 0.35,
                half_life: Duration::from_days(12.0),
                concerned: Concerned::Segments(vec![0, 1, 2]),
                motive: Motive::Conscience,
            },
        ),
        act(
            15,
            "finland-takes-fewer",
            vec![
                set_number(Field::QuotaSize, FI_HUMANITARIAN, 20.0),
                ramp(Field::Grant, FI_HUMANITARIAN, 0.2, 30.0),
            ],
        ),
        act(
            18,
            "secrets-are-kept",
            vec![set_number(Field::ExitShare, 0, 0.5)],
        ),
        act(
            20,
            "armenia-and-kazakhstan-change",
            vec![
                set_number(Field::QuotaSize, AM_WORK, 110.0),
                set_number(Field::QuotaSize, KZ_RESIDENCE, 15.0),
            ],
        ),
        act(
            24,
            "finland-closes-the-work-permit",
            vec![set(Field::Open, FI_WORK, flag(false))],
        ),
        act(
            27,
            "armenia-closes",
            vec![set(Field::Open, AM_WORK, flag(false))],
        ),
        act(
            30,
            "armenia-opens-again",
            vec![
                set(Field::Open, AM_WORK, flag(true)),
                set_number(Field::QuotaSize, KZ_RESIDENCE, f64::INFINITY),
            ],
        ),
        act(
            35,
            "finland-asks-nobody",
            vec![
                set(Field::Permission, FI_HUMANITARIAN, flag(false)),
                set(Field::Open, FI_WORK, flag(true)),
            ],
        ),
    ]
}
