//! Everything at once: applicants who are granted and then wait at borders, windows and runs that
//! cost money, destitute persons with applications, rules heard of late; two origins that share
//! quotas, one of them a destination too.

use super::stage::{ACTIVISTS, AM, FI, GE, KZ, OFFICIALS, RU, stage};
use super::{channel, ending, event, in_order, market, pulse, ramp, set, set_number};
use exeunt::scenario::{
    AppliesTo, Attitudes, Belief, Border, Calendar, Channel, Concerned, Condition, Departures,
    Distribution, Document, Event, Field, Lifted, MoneyAbroad, Motive, NewValue, Quota, Renewal,
    RenewalKind, Rents, Scenario, Segment, Status, Stay,
};
use exeunt::units::{DAYS_PER_MONTH, Duration, Money, MoneyFlow, PersonFlow, Rate};
use jiff::ToSpan;

const PASSPORT: u32 = 1 << 0;
const VISA: u32 = 1 << 1;
const DOCUMENT_VISA: u16 = 1;

const AM_FREE: u16 = 0;
const AM_WORK: u16 = 1;
const FI_HUMANITARIAN: u16 = 2;
const FI_TOURIST: u16 = 3;
const GE_FREE: u16 = 4;

const LARS: u16 = 0;
const NARVA: u16 = 1;
const SADAKHLO: u16 = 2;

/// The scenario.
pub fn crossroads() -> Scenario {
    let mut lengths = vec![8; 16];
    lengths.extend([1; 8]);
    lengths.extend([6; 26]);
    let mut scenario = stage("crossroads", "Everything at once", &lengths);
    scenario.lifted = Lifted::AllOpen;
    let behaviour = &mut scenario.behaviour;
    behaviour.belief = Belief {
        lag: Duration::from_days(25.0),
        lag_opening: Duration::from_days(8.0),
        rush: 1.0,
        rush_max: 4.0,
    };
    behaviour.money = Some(MoneyAbroad {
        remote_kept: 0.5,
        remote_half_life: Duration::from_days(200.0),
        rent_share: 0.8,
        help: 0.1,
        informal_work: 0.3,
    });
    behaviour.rents = Some(Rents {
        short: 2.7,
        long: 1.0,
        memory: Duration::from_days(365.25),
        adjustment: Duration::from_days(61.0),
    });
    // (Countries are large for so few newcomers.)
    behaviour.attitudes = Some(Attitudes {
        baseline: -1.0,
        surprise: 30.0,
        memory: Duration::from_days(200.0),
        rents: 0.5,
        pressure: 0.5,
        legacy: 0.6,
        contact: 0.5,
        hospitality: 0.5,
        hospitality_half_life: Duration::from_days(60.0),
        reactions: false,
    });
    behaviour.leaving.hazard_other = Rate::from_per_year(1.2);
    behaviour.onward.hazard = Rate::from_per_year(1.0);
    behaviour.return_.savings = -0.2;
    scenario.documents = vec![
        Document::lasting("passport"),
        Document {
            valid: Some(Duration::from_days(120.0)),
            ..Document::lasting("visa")
        },
    ];
    let workers = Segment {
        name: "workers".to_owned(),
        origin: KZ,
        size: 1200,
        active: 0.0,
        ..scenario.segments[1].clone()
    };
    scenario.segments.push(workers);
    for segment in &mut scenario.segments {
        segment.holds = vec![0.7, 0.5];
    }
    for (country, cost) in scenario
        .countries
        .iter_mut()
        .zip([280.0, 900.0, 350.0, 0.0, 0.0])
    {
        country.cost_of_living = MoneyFlow::from_per_month(cost);
    }
    scenario.countries[usize::from(GE)].market = Some(market(180.0, 12_000.0, 0.2, 0.8));
    scenario.countries[usize::from(RU)].friction = 0.2;
    scenario.countries[usize::from(GE)].travel_base[usize::from(KZ)] =
        PersonFlow::from_per_month(77.0);
    scenario.borders = borders();
    scenario.channels = channels();
    scenario.events = in_order(events(&scenario.calendar));
    scenario
}

fn a_day(persons: f64) -> PersonFlow {
    PersonFlow::from_per_month(persons * DAYS_PER_MONTH)
}

fn borders() -> Vec<Border> {
    let border = |name: &str, from, to| Border {
        name: name.to_owned(),
        from,
        to,
        open: true,
        capacity: None,
        push_back: 0.05,
        hand_over: 0.01,
    };
    vec![
        Border {
            capacity: Some(a_day(6.0)),
            ..border("lars", RU, GE)
        },
        border("narva", RU, FI),
        Border {
            capacity: Some(a_day(2.0)),
            ..border("sadakhlo", GE, AM)
        },
    ]
}

fn quota(persons_a_month: f64) -> Option<Quota> {
    Some(Quota {
        size: PersonFlow::from_per_month(persons_a_month),
    })
}

fn channels() -> Vec<Channel> {
    vec![
        Channel {
            stay: Stay {
                within: Some(Duration::from_days(120.0)),
                renewal: Renewal {
                    kind: RenewalKind::ReEntry,
                    cost: Money::new(50.0),
                    success: 0.85,
                },
                ..ending(60.0)
            },
            routes: vec![vec![LARS, SADAKHLO]],
            ..channel(AM, "free", &[RU])
        },
        Channel {
            permission: true,
            quota: quota(60.0),
            decision: Some(Distribution::Uniform {
                low: 2.0,
                high: 25.0,
            }),
            fee: Money::new(70.0),
            grant: 0.7,
            status: Status::Legal,
            ..channel(AM, "work", &[KZ, RU])
        },
        Channel {
            permission: true,
            requires: 1 << Condition::AtRisk as u8,
            quota: quota(12.0),
            grant: 0.8,
            status: Status::Protected,
            routes: vec![vec![NARVA]],
            ..channel(FI, "humanitarian", &[RU])
        },
        Channel {
            needs: PASSPORT,
            needs_any: VISA,
            bars: vec![OFFICIALS],
            grant: 0.6,
            grant_for: vec![(ACTIVISTS, 0.8)],
            stay: ending(70.0),
            routes: vec![vec![NARVA]],
            work: false,
            ..channel(FI, "tourist", &[RU])
        },
        Channel {
            routes: vec![vec![LARS]],
            work: false,
            ..channel(GE, "free", &[RU])
        },
        Channel {
            permission: true,
            grant: 0.6,
            fee: Money::new(40.0),
            status: Status::Legal,
            ..channel(GE, "residence", &[KZ, RU])
        },
        Channel {
            decision: Some(Distribution::Constant(20.0)),
            permission: true,
            status: Status::Pending,
            grant: 0.9,
            ..channel(KZ, "shelter", &[RU])
        },
    ]
}

fn events(calendar: &Calendar) -> Vec<Event> {
    let act = |step, name, changes| event(calendar, step, name, changes);
    let unknown = |event: Event| Event {
        known_at_once: false,
        ..event
    };
    let announced = |event: Event, days: i64| Event {
        announced: event.date.checked_sub(days.days()).ok(),
        ..unknown(event)
    };
    let flag = NewValue::Flag;
    vec![
        pulse(
            calendar,
            7,
            "call-up",
            Departures {
                excess: 0.2,
                half_life: Duration::from_days(6.0),
                concerned: Concerned::Segments(vec![0, 1, 2]),
                motive: Motive::Mobilisation,
            },
        ),
        announced(
            act(
                12,
                "georgia-closes",
                vec![set(Field::Open, GE_FREE, flag(false))],
            ),
            35,
        ),
        act(
            14,
            "no-more-visas",
            vec![
                set(Field::Issued, DOCUMENT_VISA, flag(false)),
                set_number(Field::BorderPushBack, NARVA, 0.3),
            ],
        ),
        unknown(act(
            18,
            "finland-takes-more",
            vec![
                set(Field::Requires, FI_HUMANITARIAN, NewValue::Bits(0)),
                set_number(Field::QuotaSize, FI_HUMANITARIAN, 25.0),
            ],
        )),
        act(
            22,
            "lars-is-shut",
            vec![set(Field::BorderOpen, LARS, flag(false))],
        ),
        Event {
            applies_to: AppliesTo::All,
            ..act(
                26,
                "armenia-shortens-stays",
                vec![
                    set_number(Field::StayLength, AM_FREE, 30.0),
                    set_number(Field::StayWithin, AM_FREE, 90.0),
                ],
            )
        },
        unknown(act(
            28,
            "georgia-opens-again",
            vec![
                set(Field::Open, GE_FREE, flag(true)),
                set(Field::BorderOpen, LARS, flag(true)),
                ramp(Field::Friction, RU, 0.5, 60.0),
            ],
        )),
        unknown(act(
            34,
            "armenia-and-finland-close",
            vec![
                set(Field::Open, AM_WORK, flag(false)),
                set(Field::Bars, FI_TOURIST, NewValue::Segments(Vec::new())),
                set_number(Field::Grant, FI_TOURIST, 0.3),
            ],
        )),
        act(
            40,
            "armenia-opens-again",
            vec![
                set(Field::Open, AM_WORK, flag(true)),
                set_number(Field::BorderCapacity, SADAKHLO, f64::INFINITY),
            ],
        ),
    ]
}
