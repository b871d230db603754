//! Life abroad: most leave early; then returns by every covariate, onward moves, stays that end
//! with and without renewal, settling, rents that bite.

use super::{
    channel, country, ending, event, in_order, market, ramp, renewable, segment, set,
    set_distances, set_number,
};
use crate::scenarios::behaviour;
use exeunt::scenario::{
    ApplyFrom, Channel, Country, Distribution, Field, Lifted, NewValue, Rents, Scenario, Segment,
    Status,
};
use exeunt::units::{Duration, Money, MoneyFlow, Rate};

const ORIGIN: u16 = 3;

/// The scenario.
pub fn hosts() -> Scenario {
    let calendar = super::calendar(&[7; 52]);
    let mut behaviour = behaviour();
    behaviour.leaving.hazard_other = Rate::from_per_year(1.5);
    behaviour.return_.hazard = Rate::from_per_year(1.2);
    behaviour.return_.savings = -0.3;
    behaviour.return_.reference.savings = 1.5;
    behaviour.onward.hazard = Rate::from_per_year(0.8);
    behaviour.settled.after = Duration::from_days(120.0);
    behaviour.expiry.home = 0.5;
    behaviour.rents = Some(Rents {
        short: 2.7,
        long: 1.0,
        memory: Duration::from_days(365.25),
        adjustment: Duration::from_days(61.0),
    });
    Scenario {
        name: "hosts".to_owned(),
        title: "Life abroad".to_owned(),
        currency: "USD".to_owned(),
        documents: Vec::new(),
        segments: segments(),
        countries: countries(),
        channels: channels(),
        exit_gates: Vec::new(),
        borders: Vec::new(),
        events: in_order(vec![
            event(
                &calendar,
                20,
                "serbia-lets-nobody-in",
                vec![set(Field::Open, 4, NewValue::Flag(false))],
            ),
            event(
                &calendar,
                26,
                "a-campaign-for-return",
                vec![
                    ramp(Field::ReturnPull, ORIGIN, 0.6, 60.0),
                    set_number(Field::RenewCost, 0, 300.0),
                    set_number(Field::Unemployment, 1, 0.5),
                ],
            ),
        ]),
        calendar,
        behaviour,
        lifted: Lifted::AsBefore,
        reference: None,
        constants: None,
    }
}

fn countries() -> Vec<Country> {
    let mut countries: Vec<Country> = ["AM", "GE", "RS", "RU", "TR"]
        .into_iter()
        .map(|code| country(code, 5))
        .collect();
    let facts = [
        (3e6, 320.0, 0.2, 0.4),
        (3.7e6, 350.0, 0.2, 0.3),
        (6.8e6, 650.0, 0.1, -0.5),
        (146e6, 600.0, 0.05, 0.0),
        (84e6, 500.0, 0.1, -2.6),
    ];
    for (country, (population, wage, unemployment, constant)) in countries.iter_mut().zip(facts) {
        country.population = population;
        country.wage = MoneyFlow::from_per_month(wage);
        country.unemployment = unemployment;
        country.constant = constant;
    }
    countries[usize::from(ORIGIN)].repression = 0.2;
    let distances = [
        (0, 1, 170.0),
        (0, 2, 2000.0),
        (0, 3, 1800.0),
        (0, 4, 1300.0),
        (1, 2, 1950.0),
        (1, 3, 1650.0),
        (1, 4, 1330.0),
        (2, 3, 1700.0),
        (2, 4, 800.0),
        (3, 4, 1750.0),
    ];
    set_distances(&mut countries, &distances);
    countries[0].market = Some(market(220.0, 9000.0, 0.2, 0.9));
    countries[1].market = Some(market(250.0, 8000.0, 0.18, 0.8));
    countries[4].market = Some(market(300.0, 30_000.0, 0.3, 0.5));
    countries
}

fn channels() -> Vec<Channel> {
    let all = &[ORIGIN];
    vec![
        Channel {
            stay: renewable(60.0, 50.0, 0.8),
            ..channel(0, "free", all)
        },
        Channel {
            stay: ending(80.0),
            ..channel(1, "free", all)
        },
        Channel {
            permission: true,
            grant: 0.6,
            fee: Money::new(60.0),
            status: Status::Legal,
            apply_from: ApplyFrom {
                home: false,
                abroad: true,
                border: false,
            },
            ..channel(1, "residence", all)
        },
        Channel {
            grant: 0.5,
            status: Status::Irregular,
            apply_from: ApplyFrom {
                home: false,
                abroad: false,
                border: true,
            },
            ..channel(2, "balkan-route", all)
        },
        Channel {
            status: Status::Legal,
            ..channel(2, "free", all)
        },
        Channel {
            grant: 0.8,
            stay: renewable(100.0, 30.0, 0.5),
            ..channel(4, "free", all)
        },
        Channel {
            permission: true,
            grant: 0.5,
            status: Status::Pending,
            ..channel(4, "shelter", all)
        },
    ]
}

fn segments() -> Vec<Segment> {
    vec![
        Segment {
            active: 1.0,
            evidence: 0.5,
            ..traits("activists", 1500)
        },
        traits("everyone-else", 6500),
    ]
}

fn traits(name: &str, size: u64) -> Segment {
    Segment {
        age: Distribution::Uniform {
            low: 18.0,
            high: 60.0,
        },
        minority: 0.2,
        income: Distribution::Lognormal {
            median: 500.0,
            sigma: 0.5,
            min: 200.0,
            max: 4000.0,
        },
        savings: Distribution::Lognormal {
            median: 3000.0,
            sigma: 1.0,
            min: 0.0,
            max: 50_000.0,
        },
        remote: 0.3,
        renters: 0.8,
        ..segment(name, ORIGIN, size, 5, 0)
    }
}
