//! Documents that run out, groups of their own, days within a window, visa runs, changes that
//! concern who is there already, and trips that are only counted.

use super::stage::{ACTIVISTS, AM, FI, GE, KZ, OFFICIALS, OTHERS, RU, stage};
use super::{channel, ending, event, in_order, ramp, renewable, set, set_number};
use exeunt::scenario::{
    AppliesTo, Calendar, Change, Channel, Document, Event, Field, NewValue, Renewal, RenewalKind,
    Scenario, Status, Stay, Target,
};
use exeunt::units::{Duration, Money, PersonFlow, Rate};

const PASSPORT: u32 = 1 << 0;
const PERMIT: u32 = 1 << 1;
const VISA: u32 = 1 << 2;
const DOCUMENT_PERMIT: u16 = 1;
const DOCUMENT_VISA: u16 = 2;

const AM_FREE: u16 = 0;
const FI_TOURIST: u16 = 1;
const GE_FREE: u16 = 2;
const KZ_FREE: u16 = 4;

/// The scenario.
pub fn visitors() -> Scenario {
    let title = "Visitors who come back, run, and are sent away";
    let mut scenario = stage("visitors", title, &[6; 50]);
    let document = |name: &str, days: f64, issued| Document {
        valid: Some(Duration::from_days(days)),
        issued,
        ..Document::lasting(name)
    };
    scenario.documents = vec![
        Document::lasting("passport"),
        document("permit", 120.0, false),
        document("visa", 150.0, true),
    ];
    for segment in &mut scenario.segments {
        segment.holds = vec![0.8, 0.3, 0.5];
    }
    scenario.countries[usize::from(FI)].constant = 0.5;
    scenario.countries[usize::from(AM)].constant = 1.2;
    scenario.countries[usize::from(GE)].travel_base[usize::from(RU)] =
        PersonFlow::from_per_month(250.0);
    scenario.countries[usize::from(GE)].travel_base[usize::from(AM)] =
        PersonFlow::from_per_month(33.3);
    scenario.behaviour.leaving.hazard_other = Rate::from_per_year(2.5);
    scenario.behaviour.return_.hazard = Rate::from_per_year(3.0);
    scenario.channels = channels();
    scenario.events = in_order(events(&scenario.calendar));
    scenario
}

/// Runs: a stay of so many days, within a window or not.
fn by_re_entry(days: f64, within: Option<f64>, cost: f64, success: f64) -> Stay {
    Stay {
        within: within.map(Duration::from_days),
        renewal: Renewal {
            kind: RenewalKind::ReEntry,
            cost: Money::new(cost),
            success,
        },
        ..ending(days)
    }
}

fn channels() -> Vec<Channel> {
    let all = &[RU];
    vec![
        Channel {
            stay: by_re_entry(30.0, None, 40.0, 0.6),
            ..channel(AM, "free", all)
        },
        Channel {
            needs: PASSPORT,
            needs_any: PERMIT | VISA,
            bars: vec![OFFICIALS],
            grant: 0.5,
            grant_for: vec![(ACTIVISTS, 0.9)],
            stay: Stay {
                within: Some(Duration::from_days(90.0)),
                ..ending(30.0)
            },
            ..channel(FI, "tourist", all)
        },
        Channel {
            stay: by_re_entry(50.0, Some(120.0), 30.0, 0.9),
            ..channel(GE, "free", all)
        },
        Channel {
            permission: true,
            grant: 0.6,
            status: Status::Legal,
            ..channel(GE, "residence", all)
        },
        Channel {
            stay: Stay {
                within: Some(Duration::from_days(100.0)),
                ..renewable(40.0, 30.0, 0.6)
            },
            ..channel(KZ, "free", all)
        },
    ]
}

fn for_all(event: Event) -> Event {
    Event {
        applies_to: AppliesTo::All,
        ..event
    }
}

fn of_segment(change: Change, segment: u16) -> Change {
    Change {
        target: Target {
            member: segment,
            ..change.target
        },
        ..change
    }
}

fn events(calendar: &Calendar) -> Vec<Event> {
    let act = |step, name, changes| event(calendar, step, name, changes);
    let flag = NewValue::Flag;
    vec![
        act(
            8,
            "no-more-visas",
            vec![
                set(Field::Issued, DOCUMENT_VISA, flag(false)),
                set(Field::Issued, DOCUMENT_PERMIT, flag(true)),
            ],
        ),
        act(
            12,
            "finland-tells-groups-apart",
            vec![
                set(Field::Bars, FI_TOURIST, NewValue::Segments(vec![OTHERS])),
                of_segment(ramp(Field::GrantFor, FI_TOURIST, 0.9, 40.0), OFFICIALS),
                of_segment(set_number(Field::GrantFor, FI_TOURIST, 0.6), ACTIVISTS),
            ],
        ),
        for_all(act(
            16,
            "georgia-shortens-stays",
            vec![
                set_number(Field::StayLength, GE_FREE, 25.0),
                set_number(Field::StayWithin, GE_FREE, 60.0),
                of_segment(set_number(Field::TravelBase, GE, 100.0), RU),
            ],
        )),
        act(
            20,
            "kazakhstan-wants-runs",
            vec![
                set(
                    Field::Renew,
                    KZ_FREE,
                    NewValue::Renewal(RenewalKind::ReEntry),
                ),
                set_number(Field::StayLength, KZ_FREE, 60.0),
                set_number(Field::RenewSuccess, KZ_FREE, 0.8),
            ],
        ),
        act(
            24,
            "visas-again",
            vec![
                set(Field::Issued, DOCUMENT_VISA, flag(true)),
                set(Field::Bars, FI_TOURIST, NewValue::Segments(Vec::new())),
                set_number(Field::StayWithin, KZ_FREE, f64::INFINITY),
            ],
        ),
        for_all(act(
            28,
            "armenia-gives-residence",
            vec![
                set(
                    Field::ChannelStatus,
                    AM_FREE,
                    NewValue::Status(Status::Legal),
                ),
                set_number(Field::StayLength, AM_FREE, 60.0),
            ],
        )),
        for_all(act(
            34,
            "georgia-closes",
            vec![set(Field::Open, GE_FREE, flag(false))],
        )),
        act(
            40,
            "georgia-opens-again",
            vec![
                set(Field::Open, GE_FREE, flag(true)),
                set_number(Field::StayLength, GE_FREE, 45.0),
                set_number(Field::StayWithin, GE_FREE, 90.0),
            ],
        ),
        for_all(act(
            44,
            "finland-sends-officials-away",
            vec![
                set(Field::Bars, FI_TOURIST, NewValue::Segments(vec![OFFICIALS])),
                set(Field::Open, FI_TOURIST, flag(true)),
            ],
        )),
    ]
}
