//! The rows of one step in the tables that follow a run through time.

use super::names::{MOTIVES, STATUSES, event_name, status_name};
use super::schema::{COUNTRIES, FLOWS, HOMES, QUEUES, STAYS};
use super::table::{Cell, Sink};
use crate::engine::StepReport;
use crate::scenario::{Motive, Scenario};
use crate::world::{FlowEvent, FlowKey, Hold, Tally};
use Cell::{Empty, Number, Text, Whole};

/// Writes the rows of one table after another, each beginning with the same key cells.
pub(super) struct StepRows<'a, S> {
    pub scenario: &'a Scenario,
    pub report: &'a StepReport<'a>,
    /// The cells of the shared key columns.
    pub keys: [Cell<'a>; 5],
    pub sink: &'a mut S,
    /// The row under construction, reused to avoid allocations.
    pub row: Vec<Cell<'a>>,
}

/// The flows of a country in a step, in agents.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct CountryFlows {
    /// Arrivals.
    pub arrived: u64,
    /// Entries as counted at the border: arrivals, visa runs and persons in transit.
    pub entered: u64,
    /// Onward moves to another country.
    pub moved_on: u64,
    /// Returns to an origin, including removals.
    pub returned: u64,
    /// Refusals of persons who wanted to come.
    pub refused: u64,
    /// Persons turned back.
    pub turned_back: u64,
    /// Persons on their way to the country who were handed over to their origin.
    pub handed_over: u64,
}

/// Sums the flows by country. A refused renewal does not count as a refusal: nobody wanted to come.
pub(super) fn flows_by_country(tally: &Tally, countries: usize) -> Vec<CountryFlows> {
    let mut sums = vec![CountryFlows::default(); countries];
    for &(key, agents) in &tally.flows {
        add_flow(&mut sums, &key, agents);
    }
    sums
}

/// Adds a flow to the sums of the country that it counts towards.
pub(super) fn add_flow(sums: &mut [CountryFlows], key: &FlowKey, agents: u64) {
    let (from, to) = (usize::from(key.from), usize::from(key.to));
    match key.event {
        FlowEvent::Arrived => {
            sums[to].arrived += agents;
            sums[to].entered += agents;
        }
        FlowEvent::VisaRun | FlowEvent::Transited => sums[to].entered += agents,
        FlowEvent::MovedOn => sums[from].moved_on += agents,
        FlowEvent::Returned | FlowEvent::Expelled | FlowEvent::Rendered => {
            sums[from].returned += agents;
        }
        FlowEvent::Refused if from != to => sums[to].refused += agents,
        FlowEvent::TurnedBack => sums[to].turned_back += agents,
        FlowEvent::HandedOver => sums[to].handed_over += agents,
        _ => {}
    }
}

impl<'a, S: Sink> StepRows<'a, S> {
    /// Returns agents as whole persons.
    fn persons(&self, agents: u64) -> Cell<'a> {
        Whole(agents * self.report.scale)
    }

    /// Returns agents as whole persons; an empty cell if the mechanism is not in the scenario.
    fn if_any(&self, is_there: bool, agents: u64) -> Cell<'a> {
        if is_there {
            self.persons(agents)
        } else {
            Empty
        }
    }

    fn begin(&mut self) {
        self.row.clear();
        self.row.extend_from_slice(&self.keys);
    }

    /// Writes `countries`, in the order of their codes.
    pub fn countries(&mut self) {
        let flows = flows_by_country(self.report.tally, self.scenario.countries.len());
        for (index, country) in self.scenario.countries.iter().enumerate() {
            let conditions = &self.report.countries[index];
            let waiting = self.report.waiting;
            let flow = flows[index];
            self.begin();
            self.row.extend_from_slice(&[
                Text(&country.code),
                self.persons(self.report.stocks.newcomers(index)),
                self.if_any(waiting.has_borders, waiting.in_transit[index]),
                self.if_any(waiting.has_queues, waiting.applying_to[index]),
                self.persons(flow.arrived),
                Whole(flow.entered * self.report.scale + conditions.trips),
                self.persons(flow.moved_on),
                self.persons(flow.returned),
                self.persons(flow.refused),
                self.persons(flow.turned_back),
                self.if_any(waiting.has_borders, flow.handed_over),
                conditions.rent_index.map_or(Empty, Number),
                conditions.rent_burden.map_or(Empty, Number),
                conditions.hostility.map_or(Empty, Number),
                conditions.share_wanting_restriction.map_or(Empty, Number),
            ]);
            self.sink.row(&COUNTRIES, &self.row);
        }
    }

    /// Writes `stays`, by origin, country and status, where there is anybody.
    pub fn stays(&mut self) {
        let codes = &self.scenario.countries;
        for (origin, home) in codes.iter().enumerate() {
            for (country, host) in codes.iter().enumerate() {
                for status in STATUSES {
                    let agents = self.report.stocks.stay(country, origin, status);
                    if agents == 0 {
                        continue;
                    }
                    self.begin();
                    self.row.extend_from_slice(&[
                        Text(&home.code),
                        Text(&host.code),
                        Text(status_name(status)),
                        self.persons(agents),
                    ]);
                    self.sink.row(&STAYS, &self.row);
                }
            }
        }
    }

    /// Writes `homes`, by origin and segment; `order` lists the segments' indices in this order.
    pub fn homes(&mut self, order: &[usize]) {
        let holding = self.scenario.behaviour.holding.on;
        let nothing = Default::default();
        for &index in order {
            let segment = &self.scenario.segments[index];
            let stocks = &self.report.stocks.segments[index];
            // The tally of the opening may be empty: nothing has happened yet.
            let tally = self.report.tally.segments.get(index).unwrap_or(&nothing);
            let confinement = self.report.confinement;
            let confined = confinement.stocks.get(index).copied().unwrap_or_default();
            let taken = confinement.tally.get(index).copied().unwrap_or_default();
            let held = |by: Hold| match holding {
                true => self.persons(stocks.held[by as usize]),
                false => Empty,
            };
            let left_by = |motive: Motive| self.persons(tally.left_by[motive as usize]);
            let left = MOTIVES
                .iter()
                .map(|&motive| tally.left_by[motive as usize])
                .sum();
            let cells = [
                Text(&self.scenario.countries[usize::from(segment.origin)].code),
                Text(&segment.name),
                self.persons(stocks.persons),
                self.persons(stocks.at_home),
                held(Hold::Barred),
                held(Hold::Deterred),
                held(Hold::Means),
                self.if_any(
                    self.report.waiting.has_queues,
                    self.report.waiting.applying[index],
                ),
                self.if_any(confinement.has_repression, confined.detained),
                self.if_any(confinement.has_call_ups, confined.mobilised),
                self.persons(stocks.abroad),
                self.persons(left),
                self.persons(tally.returned),
                self.persons(tally.returned_involuntarily),
                left_by(Motive::Ordinary),
                left_by(Motive::Persecution),
                left_by(Motive::Mobilisation),
                left_by(Motive::Hardship),
                left_by(Motive::Conscience),
                self.if_any(confinement.has_repression, taken.detentions),
                self.voicing(index),
            ];
            self.begin();
            self.row.extend_from_slice(&cells);
            self.sink.row(&HOMES, &self.row);
        }
    }

    /// Returns the persons of a segment who voiced opposition: an expectation, rounded to a whole
    /// number.
    fn voicing(&self, segment: usize) -> Cell<'a> {
        let voicing = self
            .report
            .voice
            .and_then(|voice| voice.voicing.get(segment));
        voicing.map_or(Empty, |agents| {
            Whole((agents * self.report.scale as f64).round() as u64)
        })
    }

    /// Writes `queues`, by country and channel.
    pub fn queues(&mut self) {
        for queue in &self.report.waiting.queues {
            let channel = &self.scenario.channels[usize::from(queue.channel)];
            self.begin();
            self.row.extend_from_slice(&[
                Text(&self.scenario.countries[usize::from(channel.country)].code),
                Text(&channel.name),
                self.persons(queue.waiting),
                self.persons(queue.decided),
                queue.quota.map_or(Empty, Whole),
                self.persons(queue.used),
                queue
                    .median_wait_days
                    .map_or(Empty, |days| Number(days.into())),
            ]);
            self.sink.row(&QUEUES, &self.row);
        }
    }

    /// Writes `flows`, by origin, segment, from, to, channel and event; `order` is as in
    /// [`StepRows::homes`].
    ///
    /// The tally is already sorted by segment.
    pub fn flows(&mut self, order: &[usize]) {
        let flows = &self.report.tally.flows;
        let codes = &self.scenario.countries;
        for &segment in order {
            let begin = flows.partition_point(|(key, _)| usize::from(key.segment) < segment);
            let end = flows.partition_point(|(key, _)| usize::from(key.segment) <= segment);
            let (name, origin) = {
                let segment = &self.scenario.segments[segment];
                (&segment.name, usize::from(segment.origin))
            };
            for &(key, agents) in &flows[begin..end] {
                let channel = &self.scenario.channels[usize::from(key.channel)];
                self.begin();
                self.row.extend_from_slice(&[
                    Text(&codes[origin].code),
                    Text(name),
                    Text(&codes[usize::from(key.from)].code),
                    Text(&codes[usize::from(key.to)].code),
                    Text(&channel.name),
                    Text(event_name(key.event)),
                    self.persons(agents),
                ]);
                self.sink.row(&FLOWS, &self.row);
            }
        }
    }
}
