//! Two years under a state that takes persons: detention with cases, a crackdown that is more than the
//! police can do, rendition, call-ups of two kinds, and bars on who is summoned or prosecuted. Ties as
//! well, because a case multiplies what they do.

use super::stage::{ACTIVISTS, AM, FI, GE, KZ, OFFICIALS, OTHERS, RU, stage};
use super::{call_up, channel, ending, event, in_order, pulse, set_number};
use exeunt::scenario::{
    BarredOnly, CallUp, Channel, Concerned, Departures, Distribution, ExitGate, Field, Motive,
    Repression, Scenario, Status, Ties,
};
use exeunt::units::{Duration, PersonFlow, Rate};

/// The scenario.
pub fn custody() -> Scenario {
    let lengths: Vec<u16> = [14; 10].into_iter().chain([7; 8]).chain([28; 18]).collect();
    let mut scenario = stage("custody", "A state that takes persons", &lengths);
    scenario.channels = channels();
    for segment in &mut scenario.segments {
        segment.size *= 2;
    }
    let (activists, others) = (usize::from(ACTIVISTS), usize::from(OTHERS));
    scenario.segments[others].active = 0.1;
    scenario.segments[others].draft_eligible = true;
    scenario.segments[others].draft_notice = 0.2;
    scenario.segments[activists].draft_eligible = true;
    scenario.segments[usize::from(OFFICIALS)].draft_notice = 0.1;
    let behaviour = &mut scenario.behaviour;
    behaviour.leaving.hazard_other = Rate::from_per_year(0.2);
    behaviour.return_.hazard = Rate::from_per_year(0.5);
    behaviour.repression = Some(Repression {
        detention: Rate::from_per_year(0.03),
        active: 3.0,
        short_share: 0.8,
        short: Duration::from_days(15.0),
        long: Duration::from_days(200.0),
        case: Duration::from_days(150.0),
        victim: 6.0,
    });
    behaviour.ties = Some(Ties {
        near: 2,
        far: 2,
        contagion: 1.5,
        contagion_max: 3.0,
        detention: 1.0,
        window: Duration::from_days(90.0),
        kin: 0.0,
        lag: Duration::from_days(7.0),
    });
    let home = &mut scenario.countries[usize::from(RU)];
    home.surveillance = 0.6;
    home.police_capacity = Some(PersonFlow::from_per_month(70.0));
    for (host, rate) in [(GE, 0.6), (KZ, 1.5)] {
        scenario.countries[usize::from(host)].rendition = Rate::from_per_year(rate);
    }
    scenario.exit_gates = vec![gate("prosecuted", false, 0.5), gate("summoned", true, 0.8)];
    let (summer, autumn, winter) = (6, 11, 20);
    let calendar = &scenario.calendar;
    scenario.events = in_order(vec![
        event(
            calendar,
            summer,
            "crackdown",
            vec![
                set_number(Field::Repression, RU, 0.3),
                set_number(Field::Crackdown, RU, 3.0),
                set_number(Field::Surveillance, RU, 0.9),
            ],
        ),
        event(
            calendar,
            winter,
            "more-police",
            vec![
                set_number(Field::PoliceCapacity, RU, 120.0),
                set_number(Field::Rendition, AM, 0.8),
                set_number(Field::Crackdown, RU, 1.5),
            ],
        ),
        pulse(
            calendar,
            autumn,
            "fear-of-the-call-up",
            Departures {
                excess: 0.1,
                half_life: Duration::from_days(10.0),
                concerned: Concerned::Segments(vec![OTHERS]),
                motive: Motive::Mobilisation,
            },
        ),
        call_up(
            calendar,
            autumn,
            "call-up",
            CallUp {
                origin: RU,
                persons: 700,
                over: Duration::from_days(40.0),
                service: Some(Duration::from_days(120.0)),
            },
        ),
        call_up(
            calendar,
            winter,
            "second-call-up",
            CallUp {
                origin: RU,
                persons: 301,
                over: Duration::from_days(0.0),
                service: None,
            },
        ),
    ]);
    scenario
}

fn gate(name: &str, summoned: bool, share: f64) -> ExitGate {
    ExitGate {
        name: name.to_owned(),
        country: RU,
        segments: vec![ACTIVISTS, OTHERS, OFFICIALS],
        only: BarredOnly {
            summoned,
            prosecuted: !summoned,
        },
        share,
    }
}

fn channels() -> Vec<Channel> {
    vec![
        channel(AM, "visa-free", &[RU]),
        Channel {
            permission: true,
            grant: 0.4,
            status: Status::Protected,
            decision: Some(Distribution::Uniform {
                low: 20.0,
                high: 90.0,
            }),
            extradition_shield: 1.0,
            ..channel(FI, "humanitarian", &[RU])
        },
        Channel {
            stay: ending(120.0),
            extradition_shield: 0.7,
            ..channel(GE, "visa-free", &[RU])
        },
        channel(KZ, "visa-free", &[RU]),
    ]
}
