//! The engine's reports in the form of the slow engine's records: the only place that reads them.

use crate::measures::{Crossings, Event, Flow, Record};
use crate::rents::MarketState;
use exeunt::engine::{Conditions, StepReport};
use exeunt::world::FlowEvent;

impl Record {
    /// What the engine reports of a step.
    pub fn of(report: &StepReport<'_>) -> Self {
        let market = |country: &Conditions| MarketState {
            pressure: country.rent_pressure.unwrap_or(0.0),
            log_rent: country.rent_index.unwrap_or(1.0).ln(),
            ..MarketState::default()
        };
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
            crossings: crossings(report),
        }
    }
}

impl Event {
    /// The engine's events by the same names.
    fn of(event: FlowEvent) -> Self {
        // To be connected: FlowEvent::HandedOver, ::Transited and ::VisaRun.
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
        }
    }
}

/// To be connected, each with the field of [`StepReport`] that it will read; until then scenarios
/// that show any of it are not enrolled in `agreement.rs`.
fn crossings(report: &StepReport<'_>) -> Crossings {
    let countries = report.countries.len();
    Crossings {
        // `entries_counted` of each of `report.countries`.
        entries: vec![0; countries],
        // `in_transit` of each of `report.countries`.
        in_transit: vec![0; countries],
        // `applying` of each of `report.countries`.
        applying_to: vec![0; countries],
        // `applying` of each of `report.stocks.segments`.
        applying: vec![0; report.stocks.segments.len()],
        // The rows of the table `queues`, by channel; all 0 and `None` where there is no row.
        queues: Vec::new(),
    }
}
