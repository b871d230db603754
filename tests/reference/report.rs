//! The engine's reports in the form of the slow engine's records: the only place that reads them.

use crate::measures::{Crossings, Event, Flow, Queue, Record};
use crate::rents::MarketState;
use crate::voice::Opposition;
use exeunt::engine::{Conditions, StepReport};
use exeunt::world::{FlowEvent, Voice};

impl Record {
    /// What the engine reports of a step.
    pub fn of(report: &StepReport<'_>) -> Self {
        let market = |country: &Conditions| MarketState {
            pressure: country.rent_pressure.unwrap_or(0.0),
            log_rent: country.rent_index.unwrap_or(1.0).ln(),
            ..MarketState::default()
        };
        let wanting = |country: &Conditions| country.share_wanting_restriction.unwrap_or_default();
        let flows = report.tally.flows.iter().map(|(key, agents)| {
            let flow = Flow {
                segment: usize::from(key.segment),
                from: usize::from(key.from),
                to: usize::from(key.to),
                channel: usize::from(key.channel),
                event: Event::of(key.event),
            };
            (flow, *agents)
        });
        Self {
            flows: flows.collect(),
            segments: report.tally.segments.clone(),
            stocks: report.stocks.clone(),
            markets: report.countries.iter().map(market).collect(),
            wanting: report.countries.iter().map(wanting).collect(),
            crossings: crossings(report),
            confinement: report
                .confinement
                .tally
                .iter()
                .copied()
                .zip(report.confinement.stocks.iter().copied())
                .collect(),
            opposition: report.voice.map(opposition).unwrap_or_default(),
            shifts: (report.countries.iter())
                .map(|country| country.narrative_shift.unwrap_or_default())
                .collect(),
        }
    }
}

fn opposition(voice: &Voice) -> Opposition {
    let origins = || voice.origins.iter();
    Opposition {
        voicing: voice.voicing.clone(),
        at_home: origins().map(|origin| origin.at_home).sum(),
        abroad: [
            origins().map(|origin| origin.secure).sum(),
            origins().map(|origin| origin.insecure).sum(),
        ],
        // Compared by what they make of voice.
        shares: Vec::new(),
    }
}

impl Event {
    /// The engine's events by the same names.
    fn of(event: FlowEvent) -> Self {
        match event {
            FlowEvent::Applied => Self::Applied,
            FlowEvent::Granted => Self::Granted,
            FlowEvent::Refused => Self::Refused,
            FlowEvent::TurnedBack => Self::TurnedBack,
            FlowEvent::Left => Self::Left,
            FlowEvent::Arrived => Self::Arrived,
            FlowEvent::Renewed => Self::Renewed,
            FlowEvent::Expired => Self::Expired,
            FlowEvent::MovedOn => Self::MovedOn,
            FlowEvent::Returned => Self::Returned,
            FlowEvent::VisaRun => Self::VisaRun,
            FlowEvent::Transited => Self::Transited,
            FlowEvent::HandedOver => Self::HandedOver,
            FlowEvent::Claimed => Self::Claimed,
            FlowEvent::Recognised => Self::Recognised,
            FlowEvent::Rejected => Self::Rejected,
            FlowEvent::Expelled => Self::Expelled,
            FlowEvent::Rendered => Self::Rendered,
            FlowEvent::WronglyRefused => Self::WronglyRefused,
        }
    }
}

/// Entries, waits and queues of a step.
fn crossings(report: &StepReport<'_>) -> Crossings {
    let trips = report.countries.iter().map(|country| country.trips);
    let mut entries: Vec<u64> = trips.collect();
    for (key, agents) in &report.tally.flows {
        let enters = [FlowEvent::Arrived, FlowEvent::VisaRun, FlowEvent::Transited];
        if enters.contains(&key.event) {
            entries[usize::from(key.to)] += agents * report.scale;
        }
    }
    let waiting = report.waiting;
    let last = waiting.queues.iter().map(|queue| queue.channel);
    let mut queues = vec![Queue::default(); last.max().map_or(0, |last| usize::from(last) + 1)];
    for queue in &waiting.queues {
        queues[usize::from(queue.channel)] = Queue {
            waiting: queue.waiting,
            decided: queue.decided,
            quota: queue.quota,
            used: queue.used,
            median_wait: queue.median_wait_days.map(u64::from),
        };
    }
    Crossings {
        entries,
        in_transit: waiting.in_transit.clone(),
        applying_to: waiting.applying_to.clone(),
        applying: waiting.applying.clone(),
        queues,
    }
}
