//! The story told at home of those who left.

use crate::faults::Fault;
use crate::measures::{Event, Record};
use crate::world::World;
use exeunt::scenario::{NarrativeAtHome, Scenario};
use exeunt::world::STATUSES;

/// What the citizens of a country remember, and by what the logarithm of their hazard of leaving is
/// shifted.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Story {
    refusals: f64,
    contacts: f64,
    pub shift: f64,
}

/// By country: the stories after a step.
pub fn told(
    scenario: &Scenario,
    before: &[Story],
    (record, world): (&Record, &World),
    days: f64,
    fault: Fault,
) -> Vec<Story> {
    let Some(narrative) = &scenario.behaviour.narrative else {
        return before.to_vec();
    };
    let after = |(origin, before): (usize, &Story)| {
        let of_origin = |segment: usize| usize::from(scenario.segments[segment].origin) == origin;
        let citizens: u64 = (0..scenario.segments.len())
            .filter(|segment| of_origin(*segment))
            .map(|segment| record.stocks.segments[segment].persons)
            .sum();
        if citizens == 0 {
            return *before;
        }
        let count = |is_seen: &dyn Fn(Event) -> bool| -> f64 {
            let flows = record.flows.iter();
            let seen = flows.filter(|(flow, _)| {
                let seeks = flow.event != Event::Refused || flow.from != flow.to;
                of_origin(flow.segment) && seeks && is_seen(flow.event)
            });
            let persons: u64 = seen.map(|(_, persons)| persons).sum();
            persons as f64 / citizens as f64 * 1000.0
        };
        let kept = (-days / narrative.memory.days()).exp();
        let refused = |event| {
            matches!(
                event,
                Event::Refused | Event::TurnedBack | Event::HandedOver
            )
        };
        let refusals = before.refusals * kept + count(&refused);
        let contacts = before.contacts * kept + count(&|event| event == Event::Arrived);
        let hostility = hostility(scenario, record, world, origin);
        let story = Story {
            refusals,
            contacts,
            shift: 0.0,
        };
        Story {
            shift: story.shift_by(narrative, hostility, fault),
            ..story
        }
    };
    before.iter().enumerate().map(after).collect()
}

impl Story {
    fn shift_by(&self, narrative: &NarrativeAtHome, hostility: f64, fault: Fault) -> f64 {
        let contacts = match fault {
            Fault::ContactsUnseen => 0.0,
            _ => self.contacts,
        };
        let sum = narrative.contacts * contacts
            - narrative.refusals * self.refusals
            - narrative.hostility * hostility;
        narrative.limit * (sum / narrative.limit).tanh()
    }
}

/// The mean hostility of hosts over citizens of an origin who are there.
fn hostility(scenario: &Scenario, record: &Record, world: &World, origin: usize) -> f64 {
    if scenario.behaviour.attitudes.is_none() {
        return 0.0;
    }
    let (mut sum, mut persons) = (0.0, 0.0);
    for (country, reception) in world.receptions.iter().enumerate() {
        let place = (country * scenario.countries.len() + origin) * STATUSES;
        let there: u64 = record.stocks.abroad[place..place + STATUSES].iter().sum();
        sum += there as f64 * reception.hostility;
        persons += there as f64;
    }
    if persons > 0.0 { sum / persons } else { 0.0 }
}
