//! Claims to asylum: grounds that countries accept or not, evidence that errs, waits, appeals, removal;
//! visits that end, from which one claims or goes on.

use super::stage::{ACTIVISTS, AM, FI, GE, KZ, OTHERS, RU, stage};
use super::{channel, ending, event, in_order, market, renewable, set, set_number};
use exeunt::scenario::{
    Appeal, AppliesTo, Asylum, Channel, Distribution, Event, Field, Ground, MoneyAbroad, NewValue,
    Scenario, Status, Stay,
};
use exeunt::units::{Duration, MoneyFlow, Rate};

const FI_ASYLUM: u16 = 1;
const GE_ASYLUM: u16 = 3;

/// The scenario.
pub fn refuge() -> Scenario {
    let mut lengths = vec![7; 30];
    lengths.extend([1; 10]);
    lengths.extend([10; 20]);
    let mut scenario = stage("refuge", "Claims to asylum", &lengths);
    let behaviour = &mut scenario.behaviour;
    behaviour.asylum.horizon = Duration::from_days(600.0);
    behaviour.return_.hazard = Rate::from_per_year(0.3);
    behaviour.expiry.home = -1.0;
    behaviour.money = Some(MoneyAbroad {
        remote_kept: 0.5,
        remote_half_life: Duration::from_days(300.0),
        rent_share: 1.0,
        help: 0.0,
        informal_work: 0.0,
    });
    for (country, cost) in scenario
        .countries
        .iter_mut()
        .zip([150.0, 500.0, 150.0, 0.0, 0.0])
    {
        country.cost_of_living = MoneyFlow::from_per_month(cost);
    }
    scenario.countries[usize::from(FI)].constant = 0.5;
    scenario.countries[usize::from(GE)].market = Some(market(120.0, 50_000.0, 0.2, 0.8));
    for (segment, notice) in scenario.segments.iter_mut().zip([0.1, 0.3, 0.0]) {
        segment.draft_notice = notice;
        segment.minority = 0.2;
    }
    scenario.channels = channels();
    scenario.events = in_order(events(&scenario));
    scenario
}

fn grounds(grounds: &[Ground]) -> u8 {
    grounds
        .iter()
        .fold(0, |bits, ground| bits | 1 << *ground as u8)
}

fn channels() -> Vec<Channel> {
    let all = &[RU];
    vec![
        Channel {
            stay: ending(40.0),
            ..channel(AM, "free", all)
        },
        Channel {
            asylum: Some(Asylum {
                grounds: grounds(&[Ground::Activism, Ground::DraftEvasion]),
                appeal: Some(Appeal {
                    grant: 0.1,
                    decision: Some(Distribution::Uniform {
                        low: 20.0,
                        high: 90.0,
                    }),
                }),
                removal: 0.4,
            }),
            grant: 0.7,
            decision: Some(Distribution::Lognormal {
                median: 90.0,
                sigma: 0.5,
                min: 0.0,
                max: 400.0,
            }),
            status: Status::Protected,
            stay: renewable(120.0, 10.0, 0.8),
            ..of_claims(FI)
        },
        Channel {
            stay: Stay {
                within: Some(Duration::from_days(120.0)),
                ..ending(30.0)
            },
            ..channel(FI, "tourist", all)
        },
        Channel {
            asylum: Some(Asylum {
                grounds: grounds(&[Ground::Minority]),
                appeal: None,
                removal: 0.2,
            }),
            grant: 0.4,
            grant_for: vec![(ACTIVISTS, 0.8)],
            decision: None,
            status: Status::Legal,
            stay: ending(90.0),
            ..of_claims(GE)
        },
        Channel {
            stay: renewable(45.0, 40.0, 0.6),
            ..channel(GE, "free", all)
        },
        Channel {
            stay: ending(60.0),
            ..channel(KZ, "free", all)
        },
    ]
}

/// A channel that no way leads in by.
fn of_claims(country: u16) -> Channel {
    let mut claims = channel(country, "asylum", &[RU]);
    claims.apply_from.home = false;
    claims.apply_from.abroad = false;
    claims.apply_from.border = false;
    claims
}

fn events(scenario: &Scenario) -> Vec<Event> {
    let act = |step, name, changes| event(&scenario.calendar, step, name, changes);
    vec![
        act(
            20,
            "finland-recognises-fewer",
            vec![set_number(Field::Grant, FI_ASYLUM, 0.4)],
        ),
        act(
            32,
            "georgia-takes-no-claims-of-some",
            vec![set(
                Field::Bars,
                GE_ASYLUM,
                NewValue::Segments(vec![OTHERS]),
            )],
        ),
        Event {
            applies_to: AppliesTo::All,
            ..act(
                42,
                "finland-ends-claims",
                vec![
                    set(Field::Open, FI_ASYLUM, NewValue::Flag(false)),
                    set_number(Field::StayLength, FI_ASYLUM, 60.0),
                ],
            )
        },
        act(
            50,
            "finland-takes-claims-again",
            vec![set(Field::Open, FI_ASYLUM, NewValue::Flag(true))],
        ),
    ]
}
