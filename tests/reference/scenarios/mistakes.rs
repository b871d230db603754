//! Channels that refuse some by mistake: at the border, and at offices with quotas and queues, from
//! home and from abroad; rules that widen, narrow and come to catch others.

use super::stage::{ACTIVISTS, OFFICIALS, OTHERS};
use super::{event, in_order, offices, ramp, set_number};
use exeunt::scenario::{Change, Field, Scenario, Target};
use exeunt::units::{Duration, Rate};

const AM_WORK: u16 = 0;
const FI_HUMANITARIAN: u16 = 1;
const GE_FREE: u16 = 3;
const KZ_RESIDENCE: u16 = 4;

/// The scenario.
pub fn mistakes() -> Scenario {
    let mut scenario = offices();
    scenario.name = "mistakes".to_owned();
    scenario.title = "Offices and borders that refuse some by mistake".to_owned();
    // Who is refused tries again before long.
    scenario.behaviour.holding.retry = Duration::from_days(25.0);
    scenario.behaviour.holding.release = Rate::from_per_year(12.0);
    let first = [
        (AM_WORK, vec![(ACTIVISTS, 0.5), (OTHERS, 0.2)]),
        (FI_HUMANITARIAN, vec![(ACTIVISTS, 0.4)]),
        (GE_FREE, vec![(ACTIVISTS, 0.7), (OFFICIALS, 0.5)]),
    ];
    for (channel, caught) in first {
        scenario.channels[usize::from(channel)].also_refuses = caught;
    }
    let calendar = &scenario.calendar;
    let mut events = vec![
        event(
            calendar,
            13,
            "residence-is-checked",
            vec![
                of(set_number(Field::AlsoRefuses, KZ_RESIDENCE, 0.5), OTHERS),
                of(ramp(Field::AlsoRefuses, GE_FREE, 0.6, 50.0), OTHERS),
            ],
        ),
        event(
            calendar,
            22,
            "georgia-looks-more-closely",
            vec![of(set_number(Field::AlsoRefuses, GE_FREE, 0.1), OFFICIALS)],
        ),
    ];
    events.append(&mut scenario.events);
    scenario.events = in_order(events);
    scenario
}

/// The same change, of one segment.
fn of(change: Change, segment: u16) -> Change {
    Change {
        target: Target {
            member: segment,
            ..change.target
        },
        ..change
    }
}
