//! What a run shows: flows, stocks, queues, entries. The engine's reports are turned into the same
//! form in `report.rs`.

use crate::abroad::Stay;
use crate::persons::Person;
use crate::rents::MarketState;
use crate::step::{Life, Whereabouts};
use crate::voice::Opposition;
use exeunt::scenario::Scenario;
use exeunt::world::{
    ConfinementStocks, ConfinementTally, STATUSES, SegmentStocks, SegmentTally, Stocks,
};
use std::collections::BTreeMap;

/// What a difference of times in days may be off.
const ROUNDING: f64 = 1e-6;

/// What an engine shows of a step (of the opening: of nothing yet).
#[derive(Debug, Clone)]
pub struct Record {
    pub flows: BTreeMap<Flow, u64>,
    pub segments: Vec<SegmentTally>,
    pub stocks: Stocks,
    pub markets: Vec<MarketState>,
    /// By country: the share that wants restriction; 0 where attitudes are off.
    pub wanting: Vec<f64>,
    pub crossings: Crossings,
    /// By segment.
    pub confinement: Vec<(ConfinementTally, ConfinementStocks)>,
    /// Nothing where voice is off.
    pub opposition: Opposition,
    /// By country: shift of the logarithm of the hazard of leaving; 0 where the story is off.
    pub shifts: Vec<f64>,
}

/// Which persons flowed where.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Flow {
    pub segment: usize,
    /// The country where the person is.
    pub from: usize,
    /// The country where the person goes or would go.
    pub to: usize,
    /// The channel sought, or that of the stay.
    pub channel: usize,
    pub event: Event,
}

/// What happened to a person.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Event {
    Applied,
    Granted,
    Refused,
    TurnedBack,
    HandedOver,
    Left,
    Transited,
    Arrived,
    Renewed,
    VisaRun,
    Expired,
    MovedOn,
    Returned,
    Claimed,
    Recognised,
    Rejected,
    Expelled,
    Rendered,
    WronglyRefused,
}

/// What shows at borders and at the offices that decide on applications.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Crossings {
    /// By country: arrivals, visa runs, persons passing through and ordinary trips.
    pub entries: Vec<u64>,
    /// By country: persons in transit there.
    pub in_transit: Vec<u64>,
    /// By country: persons elsewhere who wait for its decision.
    pub applying_to: Vec<u64>,
    /// By segment: persons at home who wait for a decision.
    pub applying: Vec<u64>,
    /// By channel; only those of channels that let applicants wait have numbers.
    pub queues: Vec<Queue>,
}

/// The applicants of a channel in a step.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Queue {
    /// Without a place at the end of the step.
    pub waiting: u64,
    /// Decided in the step.
    pub decided: u64,
    /// Places to be had in the step; `None` without a quota.
    pub quota: Option<u64>,
    /// Places taken.
    pub used: u64,
    /// Median time from the application to the decision of those decided, whole days.
    pub median_wait: Option<u64>,
}

/// What happens in a step, in the making.
#[derive(Debug)]
pub struct Counts {
    pub flows: BTreeMap<Flow, u64>,
    pub segments: Vec<SegmentTally>,
    /// By channel.
    pub queues: Vec<Queue>,
    /// By channel: waits of those decided, whole days.
    waits: Vec<Vec<u64>>,
    /// By country.
    entries: Vec<u64>,
    /// By segment.
    confinement: Vec<ConfinementTally>,
}

impl Counts {
    pub fn new(scenario: &Scenario) -> Self {
        Self {
            flows: BTreeMap::new(),
            segments: vec![SegmentTally::default(); scenario.segments.len()],
            queues: vec![Queue::default(); scenario.channels.len()],
            waits: vec![Vec::new(); scenario.channels.len()],
            entries: vec![0; scenario.countries.len()],
            confinement: vec![ConfinementTally::default(); scenario.segments.len()],
        }
    }

    pub fn confinement(&mut self, person: &Person) -> &mut ConfinementTally {
        &mut self.confinement[person.segment]
    }

    pub fn segment(&mut self, person: &Person) -> &mut SegmentTally {
        &mut self.segments[person.segment]
    }

    pub fn flow(&mut self, flow: Flow) {
        *self.flows.entry(flow).or_default() += 1;
        if let Event::Arrived | Event::VisaRun | Event::Transited = flow.event {
            self.entries[flow.to] += 1;
        }
    }

    /// Counts a decision after so many days.
    pub fn decision(&mut self, channel: usize, days: f64) {
        self.queues[channel].decided += 1;
        self.waits[channel].push((days + ROUNDING).floor() as u64);
    }

    /// Counts ordinary trips to a country.
    pub fn trips(&mut self, country: usize, persons: u64) {
        self.entries[country] += persons;
    }

    /// The record of a step, at whose end so many are where.
    pub fn into_record(
        mut self,
        scenario: &Scenario,
        persons: &[Person],
        lives: &[Life],
        markets: &[MarketState],
    ) -> Record {
        for (queue, mut waits) in self.queues.iter_mut().zip(self.waits) {
            waits.sort_unstable();
            queue.median_wait = waits.get(waits.len().saturating_sub(1) / 2).copied();
        }
        let mut crossings = Crossings {
            entries: self.entries,
            in_transit: vec![0; scenario.countries.len()],
            applying_to: vec![0; scenario.countries.len()],
            applying: vec![0; scenario.segments.len()],
            queues: self.queues,
        };
        for (person, life) in persons.iter().zip(lives) {
            crossings.add(person, &life.at);
        }
        let mut confined = vec![ConfinementStocks::default(); scenario.segments.len()];
        for (person, life) in persons.iter().zip(lives) {
            match life.at {
                Whereabouts::Detained { .. } => confined[person.segment].detained += 1,
                Whereabouts::Mobilised { .. } => confined[person.segment].mobilised += 1,
                _ => {}
            }
        }
        Record {
            confinement: self.confinement.into_iter().zip(confined).collect(),
            flows: self.flows,
            segments: self.segments,
            stocks: stocks(scenario, persons, lives),
            markets: markets.to_vec(),
            wanting: vec![0.0; scenario.countries.len()],
            crossings,
            opposition: Opposition::default(),
            shifts: vec![0.0; scenario.countries.len()],
        }
    }
}

impl Crossings {
    fn add(&mut self, person: &Person, at: &Whereabouts) {
        let application = match at {
            Whereabouts::Applying { application, .. } => {
                self.applying[person.segment] += 1;
                Some(application)
            }
            Whereabouts::Abroad(stay) => {
                if stay.claim.is_some() {
                    self.queues[stay.channel].waiting += 1;
                }
                stay.pending.as_ref()
            }
            Whereabouts::AtBorder(journey) => {
                if journey.left_home.is_some() {
                    self.in_transit[journey.at] += 1;
                }
                None
            }
            _ => None,
        };
        if let Some(application) = application {
            self.applying_to[application.country] += 1;
            self.queues[application.channel].waiting += u64::from(application.decided_on.is_none());
        }
    }
}

/// Who is where.
pub fn stocks(scenario: &Scenario, persons: &[Person], lives: &[Life]) -> Stocks {
    let countries = scenario.countries.len();
    let mut stocks = Stocks {
        segments: vec![SegmentStocks::default(); scenario.segments.len()],
        abroad: vec![0; countries * countries * STATUSES],
        countries,
    };
    for (person, life) in persons.iter().zip(lives) {
        let segment = &mut stocks.segments[person.segment];
        segment.persons += 1;
        let is_abroad = life.at.is_abroad();
        let is_elsewhere = matches!(
            life.at,
            Whereabouts::Applying { .. }
                | Whereabouts::Detained { .. }
                | Whereabouts::Mobilised { .. }
        );
        segment.at_home += u64::from(!is_abroad && !is_elsewhere);
        segment.abroad += u64::from(is_abroad);
        segment.abroad_active += u64::from(is_abroad && person.active);
        match &life.at {
            Whereabouts::Abroad(Stay {
                country, status, ..
            }) => {
                let place = country * countries + person.origin;
                stocks.abroad[place * STATUSES + *status as usize] += 1;
            }
            Whereabouts::Held(held) => segment.held[held.by as usize] += 1,
            Whereabouts::Departing { .. } => segment.departing += 1,
            Whereabouts::AtBorder(_) if !is_abroad => segment.departing += 1,
            Whereabouts::AtBorder(_)
            | Whereabouts::Content
            | Whereabouts::Applying { .. }
            | Whereabouts::Detained { .. }
            | Whereabouts::Mobilised { .. } => {}
        }
    }
    stocks
}
