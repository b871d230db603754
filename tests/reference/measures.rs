//! What a run shows: tallies, stocks, and the totals that are compared.

use crate::persons::Person;
use crate::rents::MarketState;
use crate::step::Whereabouts;
use exeunt::scenario::Scenario;
use exeunt::world::{FlowEvent, FlowKey, STATUSES, SegmentStocks, SegmentTally, Stocks, Tally};
use std::collections::BTreeMap;

/// What an engine shows of a step (of the opening: of nothing yet).
#[derive(Debug, Clone)]
pub struct Record {
    pub tally: Tally,
    pub stocks: Stocks,
    pub markets: Vec<MarketState>,
}

/// A tally in the making.
#[derive(Debug)]
pub struct Counts {
    flows: BTreeMap<FlowKey, u64>,
    segments: Vec<SegmentTally>,
}

impl Counts {
    pub fn new(scenario: &Scenario) -> Self {
        Self {
            flows: BTreeMap::new(),
            segments: vec![SegmentTally::default(); scenario.segments.len()],
        }
    }

    pub fn segment(&mut self, person: &Person) -> &mut SegmentTally {
        &mut self.segments[person.segment]
    }

    pub fn flow(
        &mut self,
        segment: usize,
        from: usize,
        to: usize,
        channel: usize,
        event: FlowEvent,
    ) {
        let index = |index: usize| u16::try_from(index).expect("an index of the scenario");
        let key = FlowKey {
            segment: index(segment),
            from: index(from),
            to: index(to),
            channel: index(channel),
            event,
        };
        *self.flows.entry(key).or_default() += 1;
    }

    pub fn into_tally(self) -> Tally {
        Tally {
            flows: self.flows.into_iter().collect(),
            segments: self.segments,
            candidates: 0,
        }
    }
}

/// Who is where.
pub fn stocks(scenario: &Scenario, persons: &[Person], whereabouts: &[Whereabouts]) -> Stocks {
    let countries = scenario.countries.len();
    let mut stocks = Stocks {
        segments: vec![SegmentStocks::default(); scenario.segments.len()],
        abroad: vec![0; countries * countries * STATUSES],
        countries,
    };
    for (person, at) in persons.iter().zip(whereabouts) {
        let segment = &mut stocks.segments[person.segment];
        segment.persons += 1;
        match at {
            Whereabouts::Abroad(stay) => {
                segment.abroad += 1;
                segment.abroad_active += u64::from(person.active);
                let place = stay.country * countries + person.origin;
                stocks.abroad[place * STATUSES + stay.status as usize] += 1;
            }
            Whereabouts::Content => segment.at_home += 1,
            Whereabouts::Held(held) => {
                segment.at_home += 1;
                segment.held[held.by as usize] += 1;
            }
            Whereabouts::Departing { .. } => {
                segment.at_home += 1;
                segment.departing += 1;
            }
        }
    }
    stocks
}
