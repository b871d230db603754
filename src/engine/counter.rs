//! Counting what happens in a step, on any number of threads.

use super::error::EngineError;
use super::notice::{Seen, Watch};
use super::witness::Witness;
use crate::population::Block;
use crate::scenario::{Scenario, Status};
use crate::world::{
    ConfinementTally, ExileKey, FLOW_EVENTS, FlowEvent, FlowKey, PlacesTaken, STATUSES,
    SegmentTally, Tally, Waited,
};
use rustc_hash::FxHashMap;

/// An allowance for rounding in the difference of two times, days.
const ROUNDING_DAYS: f64 = 1e-6;

/// The counts of a step. They are sums of integers, so that the order of joining does not matter.
#[derive(Debug)]
pub struct Counter<'a> {
    scenario: &'a Scenario,
    flows: FxHashMap<FlowKey, u64>,
    /// Flows of the current segment between its origin and the countries of channels, by channel and
    /// event: nearly all flows are of this kind, and a table is cheaper than a hash map.
    own: Vec<u32>,
    /// Whether `own` holds any flow.
    has_own: bool,
    /// The current segment.
    segment: u16,
    /// By segment: departures, returns and other events of its persons.
    pub segments: Vec<SegmentTally>,
    /// By segment: detentions, call-ups and renditions.
    pub confinement: Vec<ConfinementTally>,
    /// Change in the number of persons abroad, by country, slot of the origin, status.
    stays: Vec<i64>,
    slots: usize,
    /// Change in the number of activists abroad.
    exiles: FxHashMap<ExileKey, i64>,
    /// Departures whose aspirations came of ties.
    pub left_by_ties: u64,
    /// Candidates considered.
    pub candidates: u64,
    /// Observes the persons who are watched.
    pub witness: Witness<'a>,
    /// Decisions on applications, by channel, whole days since the application, and origin.
    decisions: FxHashMap<(u16, u32, u16), u64>,
    /// Quota places given, by channel and origin.
    places: FxHashMap<(u16, u16), u64>,
    /// The violation by the first person in order of segment and index, if there is any.
    violation: Option<(u16, u32, EngineError)>,
}

impl<'a> Counter<'a> {
    /// A counter that has counted nothing yet.
    pub fn new(scenario: &'a Scenario, slots: usize, watch: &'a Watch) -> Self {
        Self {
            scenario,
            flows: FxHashMap::default(),
            own: vec![0; scenario.channels.len() * FLOW_EVENTS],
            has_own: false,
            segment: 0,
            segments: vec![SegmentTally::default(); scenario.segments.len()],
            confinement: vec![ConfinementTally::default(); scenario.segments.len()],
            stays: vec![0; scenario.countries.len() * slots * STATUSES],
            slots,
            exiles: FxHashMap::default(),
            left_by_ties: 0,
            candidates: 0,
            decisions: FxHashMap::default(),
            witness: Witness::new(watch),
            places: FxHashMap::default(),
            violation: None,
        }
    }

    /// Begins a block: the own flows counted from now on are of its segment.
    pub fn begin(&mut self, block: Block) {
        self.witness.begin(block);
        if block.segment != self.segment {
            self.put_own_flows_down();
            self.segment = block.segment;
        }
    }

    /// Counts one agent's flow from its origin into a channel, or in a stay by this channel; the countries
    /// follow from the event.
    #[inline]
    pub fn own_flow(&mut self, channel: u16, event: FlowEvent) {
        self.own[usize::from(channel) * FLOW_EVENTS + event as usize] += 1;
        self.has_own = true;
        if self.witness.is_on() {
            let (from, to) = self.own_ends(channel, event);
            self.witness.note(|| Seen::Flow {
                event,
                from,
                to,
                channel,
            });
        }
    }

    /// The countries between which an own flow of the current segment goes.
    fn own_ends(&self, channel: u16, event: FlowEvent) -> (u16, u16) {
        let origin = self.scenario.segments[usize::from(self.segment)].origin;
        let country = self.scenario.channels[usize::from(channel)].country;
        match event {
            FlowEvent::Renewed
            | FlowEvent::Expired
            | FlowEvent::VisaRun
            | FlowEvent::Claimed
            | FlowEvent::Recognised
            | FlowEvent::Rejected => (country, country),
            FlowEvent::Returned | FlowEvent::Expelled | FlowEvent::Rendered => (country, origin),
            _ => (origin, country),
        }
    }

    fn put_own_flows_down(&mut self) {
        if !std::mem::take(&mut self.has_own) {
            return;
        }
        for channel in 0..self.scenario.channels.len() as u16 {
            let begin = usize::from(channel) * FLOW_EVENTS;
            if self.own[begin..begin + FLOW_EVENTS] == [0; FLOW_EVENTS] {
                continue;
            }
            for event in FlowEvent::ALL {
                let count = std::mem::take(&mut self.own[begin + event as usize]);
                if count == 0 {
                    continue;
                }
                let (from, to) = self.own_ends(channel, event);
                let key = FlowKey {
                    segment: self.segment,
                    from,
                    to,
                    channel,
                    event,
                };
                *self.flows.entry(key).or_insert(0) += u64::from(count);
            }
        }
    }

    /// Counts one agent's flow between any two countries.
    #[inline]
    pub fn flow(&mut self, segment: u16, (from, to): (u16, u16), channel: u16, event: FlowEvent) {
        *self
            .flows
            .entry(FlowKey {
                segment,
                from,
                to,
                channel,
                event,
            })
            .or_insert(0) += 1;
        self.witness.note(|| Seen::Flow {
            event,
            from,
            to,
            channel,
        });
    }

    /// Counts an agent into (1) or out of (-1) a country with a status.
    #[inline]
    pub fn stay(&mut self, country: u16, slot: u32, status: Status, change: i64) {
        let place = (usize::from(country) * self.slots + slot as usize) * STATUSES;
        self.stays[place + status as usize] += change;
    }

    /// Counts an activist abroad in (1) or out (-1).
    pub fn exile(&mut self, key: ExileKey, change: i64) {
        *self.exiles.entry(key).or_insert(0) += change;
    }

    /// Removes and returns the counted changes of activists abroad, in no particular order.
    pub fn take_exiles(&mut self) -> impl Iterator<Item = (ExileKey, i64)> {
        std::mem::take(&mut self.exiles).into_iter()
    }

    /// Counts a decision on an application, made `days` days after it.
    pub fn decision(&mut self, channel: u16, days: f64) {
        // (A day plus 20 days, minus that day, may come out as slightly less than 20 days.)
        let whole = (days + ROUNDING_DAYS) as u32;
        let origin = self.origin();
        let who = (channel, whole, origin);
        *self.decisions.entry(who).or_insert(0) += 1;
    }

    /// Counts a quota place of a channel that an applicant was given.
    pub fn place(&mut self, channel: u16) {
        let origin = self.origin();
        *self.places.entry((channel, origin)).or_insert(0) += 1;
    }

    /// The origin of the current segment.
    fn origin(&self) -> u16 {
        self.scenario.segments[usize::from(self.segment)].origin
    }

    /// Removes and returns the counted decisions, in order of their fields.
    pub fn take_decisions(&mut self) -> Vec<Waited> {
        let decisions = std::mem::take(&mut self.decisions);
        let mut decisions: Vec<_> = decisions
            .into_iter()
            .map(|((channel, days, origin), agents)| Waited {
                channel,
                days,
                origin,
                agents,
            })
            .collect();
        decisions.sort_unstable();
        decisions
    }

    /// Removes and returns the counted places, in order of their fields.
    pub fn take_places(&mut self) -> Vec<PlacesTaken> {
        let places = std::mem::take(&mut self.places);
        let mut places: Vec<_> = places
            .into_iter()
            .map(|((channel, origin), agents)| PlacesTaken {
                channel,
                origin,
                agents,
            })
            .collect();
        places.sort_unstable();
        places
    }

    /// Records a violation. The first person's is kept, whatever the threads.
    pub fn violated(&mut self, segment: u16, person: u32, error: EngineError) {
        let place = (segment, person);
        if self
            .violation
            .as_ref()
            .is_none_or(|(s, p, _)| place < (*s, *p))
        {
            self.violation = Some((segment, person, error));
        }
    }

    /// Adds the counts of another counter.
    pub fn join(mut self, mut other: Self) -> Self {
        self.put_own_flows_down();
        other.put_own_flows_down();
        if other.flows.len() > self.flows.len() {
            std::mem::swap(&mut self.flows, &mut other.flows);
        }
        for (key, count) in other.flows {
            *self.flows.entry(key).or_insert(0) += count;
        }
        for (sum, part) in self.segments.iter_mut().zip(&other.segments) {
            sum.add(part);
        }
        for (sum, part) in self.confinement.iter_mut().zip(&other.confinement) {
            sum.add(part);
        }
        for (sum, part) in self.stays.iter_mut().zip(&other.stays) {
            *sum += part;
        }
        for (key, change) in other.exiles {
            self.exile(key, change);
        }
        self.left_by_ties += other.left_by_ties;
        self.candidates += other.candidates;
        self.witness.join(other.witness);
        for (wait, number) in other.decisions {
            *self.decisions.entry(wait).or_insert(0) += number;
        }
        for (place, number) in other.places {
            *self.places.entry(place).or_insert(0) += number;
        }
        if let Some((segment, person, error)) = other.violation {
            self.violated(segment, person, error);
        }
        self
    }

    /// The tally and the changes of stays, or the violation that was recorded.
    pub fn finish(mut self) -> Result<(Tally, Vec<i64>), EngineError> {
        self.put_own_flows_down();
        if let Some((_, _, error)) = self.violation {
            return Err(error);
        }
        let mut flows: Vec<(FlowKey, u64)> = self.flows.into_iter().collect();
        flows.sort_unstable_by_key(|(key, _)| *key);
        let tally = Tally {
            flows,
            segments: self.segments,
            left_by_ties: self.left_by_ties,
            candidates: self.candidates,
        };
        Ok((tally, self.stays))
    }
}
