//! Money abroad: costs of living, rents, work that is kept, lost or not allowed, savings that run
//! out.

use super::stage::{AM, FI, GE, KZ, RU, stage};
use super::{channel, event, in_order, market, ramp, renewable, set_number};
use exeunt::scenario::{Channel, Field, MoneyAbroad, Rents, Scenario, Status};
use exeunt::units::{Duration, Money, MoneyFlow, Rate};

/// The scenario.
pub fn purses() -> Scenario {
    let mut scenario = stage("purses", "What people live on abroad", &[10; 36]);
    let behaviour = &mut scenario.behaviour;
    behaviour.money = Some(MoneyAbroad {
        remote_kept: 0.6,
        remote_half_life: Duration::from_days(60.0),
        rent_share: 0.7,
        help: 0.15,
        informal_work: 0.4,
    });
    behaviour.rents = Some(Rents {
        short: 2.7,
        long: 1.0,
        memory: Duration::from_days(365.25),
        adjustment: Duration::from_days(61.0),
    });
    behaviour.leaving.hazard_other = Rate::from_per_year(2.0);
    behaviour.return_.savings = -0.3;
    behaviour.return_.reference.savings = 1.5;
    behaviour.onward.hazard = Rate::from_per_year(1.0);
    for (country, cost) in scenario
        .countries
        .iter_mut()
        .zip([260.0, 900.0, 300.0, 250.0, 0.0])
    {
        country.cost_of_living = MoneyFlow::from_per_month(cost);
    }
    for segment in &mut scenario.segments {
        segment.remote = 0.7;
    }
    scenario.countries[usize::from(RU)].friction = 0.1;
    scenario.countries[usize::from(AM)].market = Some(market(220.0, 9000.0, 0.2, 0.9));
    scenario.countries[usize::from(GE)].market = Some(market(200.0, 12_000.0, 0.2, 0.8));
    scenario.countries[usize::from(FI)].market = Some(market(700.0, 50_000.0, 0.4, 0.5));
    scenario.channels = channels();
    let calendar = &scenario.calendar;
    scenario.events = in_order(vec![
        event(
            calendar,
            8,
            "dear-times",
            vec![
                ramp(Field::PriceIndex, GE, 1.4, 60.0),
                set_number(Field::Unemployment, AM, 0.35),
            ],
        ),
        event(
            calendar,
            16,
            "money-moves-with-difficulty",
            vec![ramp(Field::Friction, RU, 0.4, 80.0)],
        ),
    ]);
    scenario
}

fn channels() -> Vec<Channel> {
    let all = &[RU];
    vec![
        Channel {
            stay: renewable(60.0, 80.0, 0.8),
            ..channel(AM, "free", all)
        },
        Channel {
            fee: Money::new(150.0),
            permission: true,
            grant: 0.6,
            status: Status::Pending,
            ..channel(FI, "asylum", all)
        },
        Channel {
            work: false,
            ..channel(GE, "free", all)
        },
        Channel {
            permission: true,
            fee: Money::new(100.0),
            grant: 0.5,
            status: Status::Legal,
            ..channel(GE, "residence", all)
        },
        Channel {
            status: Status::Legal,
            ..channel(KZ, "free", all)
        },
    ]
}
