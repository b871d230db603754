//! Ten months of refusals that go back to the pool: one origin, months as steps, everything
//! lifted in the open world, nobody kept as held, constants from another scenario's first day.

use super::{
    channel, country, event, in_order, market, ramp, segment, set, set_distances, set_number,
};
use crate::scenarios::behaviour;
use exeunt::scenario::{
    BarredOnly, Channel, Condition, Country, Distribution, Document, ExitGate, Field, Lifted,
    NewValue, Rents, Scenario, Sector, Segment, Status,
};
use exeunt::units::{Duration, Money, MoneyFlow, Rate};
use std::sync::Arc;

const ORIGIN: u16 = 4;

/// The scenario.
pub fn pool() -> Scenario {
    let reference = stage();
    let mut scenario = stage();
    scenario.channels[0].open = false;
    scenario.channels[4].grant = 0.0;
    scenario.exit_gates[0].share = 0.15;
    scenario.reference = Some(Arc::new(reference));
    scenario
}

/// The scene before anything is barred: the reference.
fn stage() -> Scenario {
    let calendar = super::calendar(&[28, 31, 30, 31, 30, 31, 31, 30, 31, 30]);
    let mut behaviour = behaviour();
    behaviour.holding.on = false;
    behaviour.leaving.hazard_other = Rate::from_per_year(0.6);
    behaviour.leaving.hazard_planner = Rate::from_per_year(2.0);
    behaviour.choice.rent = 1.0;
    behaviour.return_.hazard = Rate::from_per_year(0.2);
    behaviour.rents = Some(Rents {
        short: 2.7,
        long: 1.0,
        memory: Duration::from_days(731.0),
        adjustment: Duration::from_days(30.0),
    });
    Scenario {
        name: "pool".to_owned(),
        title: "Refusals that go back to the pool".to_owned(),
        currency: "EUR".to_owned(),
        documents: vec![Document::lasting("passport")],
        segments: segments(),
        countries: countries(),
        channels: channels(),
        exit_gates: vec![ExitGate {
            name: "debtors".to_owned(),
            country: ORIGIN,
            segments: vec![0],
            only: BarredOnly::default(),
            share: 0.05,
        }],
        borders: Vec::new(),
        events: in_order(vec![
            event(
                &calendar,
                3,
                "serbia-wants-permits",
                vec![
                    set(Field::Permission, 6, NewValue::Flag(true)),
                    ramp(Field::Grant, 6, 0.3, 90.0),
                    set_number(Field::Fee, 6, 150.0),
                ],
            ),
            event(
                &calendar,
                6,
                "armenia-opens",
                vec![
                    set(Field::Open, 0, NewValue::Flag(true)),
                    set_number(Field::Repression, ORIGIN, 0.5),
                ],
            ),
        ]),
        calendar,
        behaviour,
        lifted: Lifted::AllOpen,
        reference: None,
        constants: None,
    }
}

fn countries() -> Vec<Country> {
    let mut countries: Vec<Country> = ["AM", "GE", "IL", "RS", "RU"]
        .into_iter()
        .map(|code| country(code, 5))
        .collect();
    let facts = [
        (3e6, 300.0, 0.3),
        (3.7e6, 350.0, 0.2),
        (9e6, 2000.0, -2.2),
        (6.8e6, 600.0, -0.4),
        (146e6, 600.0, 0.0),
    ];
    for (country, (population, wage, constant)) in countries.iter_mut().zip(facts) {
        country.population = population;
        country.wage = MoneyFlow::from_per_month(wage);
        country.constant = constant;
        country.travel = Money::new(200.0);
        country.language[usize::from(ORIGIN)] = 0.3;
        country.diaspora[usize::from(ORIGIN)] = 30_000.0;
    }
    countries[usize::from(ORIGIN)].repression = 0.2;
    countries[usize::from(ORIGIN)].unemployment = 0.1;
    let distances = [
        (0, 1, 170.0),
        (0, 2, 1200.0),
        (0, 3, 2000.0),
        (0, 4, 1800.0),
        (1, 2, 1400.0),
        (1, 3, 1950.0),
        (1, 4, 1650.0),
        (2, 3, 1900.0),
        (2, 4, 2650.0),
        (3, 4, 1700.0),
    ];
    set_distances(&mut countries, &distances);
    countries[0].market = Some(market(250.0, 6000.0, 0.2, 0.9));
    countries[1].market = Some(market(300.0, 4000.0, 0.18, 0.8));
    countries[3].market = Some(market(400.0, 9000.0, 0.25, 0.7));
    countries
}

fn channels() -> Vec<Channel> {
    let all = &[ORIGIN];
    vec![
        channel(0, "border", all),
        Channel {
            permission: true,
            grant: 0.5,
            fee: Money::new(50.0),
            status: Status::Legal,
            ..channel(0, "permit", all)
        },
        Channel {
            grant: 0.7,
            ..channel(1, "border", all)
        },
        Channel {
            permission: true,
            grant: 0.4,
            status: Status::Legal,
            ..channel(1, "permit", all)
        },
        Channel {
            status: Status::Legal,
            ..channel(2, "free", all)
        },
        Channel {
            requires: 1 << Condition::Ancestry as u8,
            status: Status::Legal,
            ..channel(2, "law-of-return", all)
        },
        Channel {
            needs: 1,
            grant: 0.9,
            ..channel(3, "border", all)
        },
        Channel {
            requires: 1 << Condition::DraftNotice as u8,
            status: Status::Protected,
            ..channel(3, "deserters", all)
        },
    ]
}

fn segments() -> Vec<Segment> {
    vec![Segment {
        age: Distribution::Mixture(vec![
            (
                0.7,
                Distribution::Uniform {
                    low: 18.0,
                    high: 40.0,
                },
            ),
            (
                0.3,
                Distribution::Uniform {
                    low: 40.0,
                    high: 75.0,
                },
            ),
        ]),
        planner: 0.1,
        active: 0.1,
        propensity: Some(Distribution::Uniform {
            low: 0.2,
            high: 1.4,
        }),
        income: Distribution::Uniform {
            low: 300.0,
            high: 900.0,
        },
        savings: Distribution::Mixture(vec![
            (
                0.8,
                Distribution::Uniform {
                    low: 0.0,
                    high: 4000.0,
                },
            ),
            (
                0.2,
                Distribution::Lognormal {
                    median: 5000.0,
                    sigma: 0.8,
                    min: 0.0,
                    max: 50_000.0,
                },
            ),
        ]),
        renters: 0.8,
        remote: 0.3,
        ancestry: vec![0.0, 0.0, 0.2, 0.0, 0.0],
        draft_notice: 0.1,
        draft_eligible: false,
        sector: Sector::Other,
        holds: vec![0.6],
        ..segment("everyone", ORIGIN, 12_000, 5, 1)
    }]
}
