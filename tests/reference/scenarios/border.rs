//! Borders that close, open and change: two origins, one of them a destination too; documents,
//! conditions, fees, permission, bars on leaving; rules lifted as before; the held are kept.

use super::{
    calendar, channel, country, ending, event, in_order, market, pulse, ramp, renewable, segment,
    set, set_distances, set_number,
};
use crate::scenarios::behaviour;
use exeunt::scenario::{
    ApplyFrom, BarredOnly, Calendar, Channel, Concerned, Condition, Country, Departures,
    Distribution, Document, Event, ExitGate, Field, Lifted, Motive, NewValue, Rents, Scenario,
    Segment, Status,
};
use exeunt::units::{Duration, Money, MoneyFlow};

const BY: u16 = 0;
const DE: u16 = 1;
const FI: u16 = 2;
const GE: u16 = 3;
const KZ: u16 = 4;
const RU: u16 = 5;

const PASSPORT: u32 = 1 << 0;
const VISA: u32 = 1 << 1;

const BY_FREE: u16 = 0;
const DE_HUMANITARIAN: u16 = 2;
const DE_JOB: u16 = 3;
const FI_TOURIST: u16 = 5;
const GE_FREE: u16 = 6;
const GE_RESIDENCE: u16 = 7;
const KZ_FREE: u16 = 8;
const KZ_RESIDENCE: u16 = 9;

const GATE_CALL_UP: u16 = 0;

/// The scenario.
pub fn border() -> Scenario {
    // Ten weeks, then two fortnights by day, then fortnights.
    let mut lengths = vec![14; 5];
    lengths.extend([1; 28]);
    lengths.extend([14; 12]);
    let calendar = calendar(&lengths);
    let mut behaviour = behaviour();
    behaviour.rents = Some(Rents {
        short: 2.7,
        long: 1.0,
        memory: Duration::from_days(365.25),
        adjustment: Duration::from_days(61.0),
    });
    Scenario {
        name: "border".to_owned(),
        title: "Borders that close, open and change".to_owned(),
        currency: "USD".to_owned(),
        documents: vec![Document::lasting("passport"), Document::lasting("visa")],
        segments: segments(),
        countries: countries(),
        channels: channels(),
        exit_gates: exit_gates(),
        borders: Vec::new(),
        events: in_order(events(&calendar)),
        calendar,
        behaviour,
        lifted: Lifted::AsBefore,
        reference: None,
        constants: None,
    }
}

fn countries() -> Vec<Country> {
    let mut countries: Vec<Country> = ["BY", "DE", "FI", "GE", "KZ", "RU"]
        .into_iter()
        .map(|code| country(code, 6))
        .collect();
    let facts = [
        (9.4e6, 450.0, 0.05, 0.4, -0.5, 60.0),
        (83e6, 2800.0, 0.03, 0.8, -2.3, 700.0),
        (5.5e6, 2700.0, 0.07, 0.9, -0.4, 350.0),
        (3.7e6, 320.0, 0.20, 0.6, 1.1, 300.0),
        (19e6, 450.0, 0.05, 0.5, -0.6, 150.0),
        (146e6, 600.0, 0.04, 0.3, 0.0, 0.0),
    ];
    for (country, (population, wage, unemployment, safety, constant, travel)) in
        countries.iter_mut().zip(facts)
    {
        country.population = population;
        country.wage = MoneyFlow::from_per_month(wage);
        country.unemployment = unemployment;
        country.safety = safety;
        country.constant = constant;
        country.travel = Money::new(travel);
    }
    countries[usize::from(RU)].repression = 0.15;
    countries[usize::from(BY)].repression = 0.30;
    let distances = [
        (0, 1, 960.0),
        (0, 2, 820.0),
        (0, 3, 1750.0),
        (0, 4, 3600.0),
        (0, 5, 680.0),
        (1, 2, 1100.0),
        (1, 3, 2650.0),
        (1, 4, 4600.0),
        (1, 5, 1600.0),
        (2, 3, 2400.0),
        (2, 4, 3900.0),
        (2, 5, 890.0),
        (3, 4, 2550.0),
        (3, 5, 1650.0),
        (4, 5, 3100.0),
    ];
    set_distances(&mut countries, &distances);
    for (country, origin, persons, language) in [
        (BY, RU, 700_000.0, 0.9),
        (DE, RU, 1_000_000.0, 0.05),
        (DE, BY, 30_000.0, 0.05),
        (FI, RU, 70_000.0, 0.1),
        (GE, RU, 40_000.0, 0.45),
        (GE, BY, 3_000.0, 0.45),
        (KZ, RU, 2_500_000.0, 0.9),
        (KZ, BY, 60_000.0, 0.85),
    ] {
        let country = &mut countries[usize::from(country)];
        country.diaspora[usize::from(origin)] = persons;
        country.language[usize::from(origin)] = language;
    }
    countries[usize::from(GE)].market = Some(market(330.0, 5500.0, 0.18, 0.8));
    countries[usize::from(KZ)].market = Some(market(300.0, 9000.0, 0.2, 0.5));
    countries[usize::from(DE)].market = Some(market(900.0, 20_000.0, 0.5, 0.3));
    countries
}

fn channels() -> Vec<Channel> {
    let anywhere = &[BY, RU];
    let at_home = ApplyFrom {
        home: true,
        abroad: false,
        border: false,
    };
    let not_at_home = ApplyFrom {
        home: false,
        abroad: true,
        border: false,
    };
    vec![
        Channel {
            status: Status::Legal,
            stay: renewable(90.0, 20.0, 0.9),
            ..channel(BY, "visa-free", &[RU])
        },
        Channel {
            grant: 0.4,
            apply_from: not_at_home,
            status: Status::Pending,
            ..channel(DE, "asylum", &[RU])
        },
        Channel {
            requires: 1 << Condition::AtRisk as u8,
            permission: true,
            grant: 0.7,
            needs: PASSPORT,
            apply_from: at_home,
            status: Status::Protected,
            ..channel(DE, "humanitarian", anywhere)
        },
        Channel {
            requires: 1 << Condition::Employer as u8,
            permission: true,
            grant: 0.9,
            fee: Money::new(150.0),
            needs: PASSPORT,
            stay: renewable(180.0, 100.0, 0.95),
            status: Status::Legal,
            ..channel(DE, "job", anywhere)
        },
        Channel {
            requires: 1 << Condition::Kin as u8,
            permission: true,
            grant: 0.6,
            fee: Money::new(80.0),
            status: Status::Legal,
            ..channel(FI, "family", anywhere)
        },
        Channel {
            needs: PASSPORT | VISA,
            grant: 0.8,
            stay: ending(90.0),
            ..channel(FI, "tourist", anywhere)
        },
        Channel {
            needs: PASSPORT,
            stay: ending(120.0),
            ..channel(GE, "free", anywhere)
        },
        Channel {
            permission: true,
            grant: 0.5,
            fee: Money::new(250.0),
            apply_from: not_at_home,
            status: Status::Legal,
            ..channel(GE, "residence", anywhere)
        },
        Channel {
            stay: renewable(60.0, 60.0, 0.7),
            ..channel(KZ, "free", anywhere)
        },
        Channel {
            permission: true,
            grant: 0.6,
            fee: Money::new(120.0),
            needs: PASSPORT,
            status: Status::Legal,
            ..channel(KZ, "residence", anywhere)
        },
    ]
}

fn segments() -> Vec<Segment> {
    let traits = |name, origin, size| Segment {
        age: Distribution::Uniform {
            low: 18.0,
            high: 49.0,
        },
        dissent: Distribution::Beta {
            alpha: 2.0,
            beta: 5.0,
        },
        active: 0.05,
        minority: 0.1,
        planner: 0.05,
        propensity: None,
        income: Distribution::Lognormal {
            median: 450.0,
            sigma: 0.6,
            min: 150.0,
            max: 5000.0,
        },
        savings: Distribution::Lognormal {
            median: 1200.0,
            sigma: 1.1,
            min: 0.0,
            max: 100_000.0,
        },
        remote: 0.2,
        renters: 0.7,
        speaks: vec![0.0, 0.1, 0.05, 0.02, 0.0, 0.0],
        kin: vec![0.0, 0.05, 0.3, 0.0, 0.0, 0.0],
        employer: vec![0.0, 0.15, 0.0, 0.0, 0.0, 0.0],
        holds: vec![0.5, 0.4],
        ..segment(name, origin, size, 6, 2)
    };
    vec![
        Segment {
            holds: vec![0.7, 0.3],
            ..traits("belarusians", BY, 3000)
        },
        Segment {
            male: 1.0,
            ..traits("draft-eligible", RU, 4000)
        },
        Segment {
            age: Distribution::Uniform {
                low: 18.0,
                high: 80.0,
            },
            male: 0.45,
            dissent: Distribution::Constant(0.2),
            ..traits("everyone-else", RU, 5000)
        },
    ]
}

fn exit_gates() -> Vec<ExitGate> {
    let gate = |name: &str, country, segments: &[u16], share| ExitGate {
        name: name.to_owned(),
        country,
        segments: segments.to_vec(),
        only: BarredOnly::default(),
        share,
    };
    vec![
        gate("call-up", RU, &[1], 0.0),
        gate("debtors", RU, &[1, 2], 0.06),
    ]
}

fn events(calendar: &Calendar) -> Vec<Event> {
    let flag = NewValue::Flag;
    vec![
        event(
            calendar,
            2,
            "a-hard-spring",
            vec![
                ramp(Field::RealIncome, RU, 0.8, 40.0),
                set_number(Field::Unemployment, RU, 0.15),
                set_number(Field::Wage, GE, 380.0),
            ],
        ),
        pulse(
            calendar,
            3,
            "outrage",
            Departures {
                excess: 0.05,
                half_life: Duration::from_days(20.0),
                concerned: Concerned::InProportionToDissent(RU),
                motive: Motive::Conscience,
            },
        ),
        pulse(
            calendar,
            7,
            "call-up",
            Departures {
                excess: 0.15,
                half_life: Duration::from_days(4.0),
                concerned: Concerned::Segments(vec![1]),
                motive: Motive::Mobilisation,
            },
        ),
        event(
            calendar,
            10,
            "bars-on-leaving",
            vec![ramp(Field::ExitShare, GATE_CALL_UP, 0.3, 12.0)],
        ),
        event(
            calendar,
            14,
            "georgia-closes",
            vec![set(Field::Open, GE_FREE, flag(false))],
        ),
        event(
            calendar,
            16,
            "finland-restricts",
            vec![
                ramp(Field::Grant, FI_TOURIST, 0.2, 30.0),
                set_number(Field::Safety, FI, 0.7),
            ],
        ),
        event(
            calendar,
            20,
            "permission-for-belarus",
            vec![
                set(Field::Permission, BY_FREE, flag(true)),
                set_number(Field::Grant, BY_FREE, 0.7),
                set_number(Field::Fee, BY_FREE, 200.0),
            ],
        ),
        event(
            calendar,
            34,
            "dearer-permits",
            vec![
                set_number(Field::Fee, KZ_RESIDENCE, 400.0),
                set_number(Field::Fee, DE_JOB, 600.0),
                set(
                    Field::ChannelStatus,
                    KZ_FREE,
                    NewValue::Status(Status::Pending),
                ),
                set_number(Field::StayLength, KZ_FREE, 45.0),
                set_number(Field::RenewSuccess, KZ_FREE, 0.4),
            ],
        ),
        event(
            calendar,
            36,
            "kazakhstan-wants-passports",
            vec![
                set(Field::Needs, KZ_FREE, NewValue::Bits(PASSPORT)),
                set(Field::Origins, KZ_FREE, NewValue::Countries(vec![RU])),
                set_number(Field::Travel, KZ, 300.0),
            ],
        ),
        event(
            calendar,
            38,
            "georgia-opens-again",
            vec![
                set(Field::Open, GE_FREE, flag(true)),
                set_number(Field::Repression, RU, 0.4),
                set_number(Field::Grant, GE_RESIDENCE, 0.0),
                set_number(Field::ReturnPull, RU, 0.5),
            ],
        ),
        event(
            calendar,
            39,
            "humanitarian-for-anybody",
            vec![set(Field::Requires, DE_HUMANITARIAN, NewValue::Bits(0))],
        ),
    ]
}
