//! What is compared: totals and compositions of runs, by seed.

use crate::measures::{Crossings, Flow, Record};
use exeunt::scenario::{Channel, Country, RenewalKind, Scenario, Status};
use exeunt::world::Hold;
use std::collections::BTreeMap;

const MOTIVES: [&str; 5] = [
    "ordinary",
    "persecution",
    "mobilisation",
    "hardship",
    "conscience",
];
const HOLDS: [(&str, Hold); 3] = [
    ("barred", Hold::Barred),
    ("deterred", Hold::Deterred),
    ("by means", Hold::Means),
];
const STATUSES: [(&str, Status); 5] = [
    ("protected", Status::Protected),
    ("legal", Status::Legal),
    ("temporary", Status::Temporary),
    ("pending", Status::Pending),
    ("irregular", Status::Irregular),
];
/// Points of time at which stocks and flows so far are compared.
const PARTS: usize = 4;

/// Totals and compositions of several runs of one engine.
#[derive(Debug, Clone, Default)]
pub struct Sample {
    /// Runs so far.
    pub runs: usize,
    /// One number a run, by name.
    pub totals: BTreeMap<String, Vec<f64>>,
    /// Numbers of events a run, by name of the composition and of the part.
    pub compositions: BTreeMap<String, BTreeMap<String, Vec<f64>>>,
}

impl Sample {
    /// Adds a run.
    pub fn add(&mut self, numbers: Numbers) {
        for (name, parts) in numbers.compositions {
            let composition = self.compositions.entry(name).or_default();
            for (part, value) in parts {
                push(composition, part, self.runs, value);
            }
        }
        self.add_totals(numbers.totals);
    }

    /// Adds a run that has only totals.
    pub fn add_totals(&mut self, totals: BTreeMap<String, f64>) {
        for (name, value) in totals {
            push(&mut self.totals, name, self.runs, value);
        }
        self.runs += 1;
        let compositions = self.compositions.values_mut();
        self.totals
            .values_mut()
            .chain(compositions.flat_map(BTreeMap::values_mut))
            .for_each(|values| values.resize(self.runs, 0.0));
    }
}

/// Adds the number of a run; runs that did not have it have 0.
fn push(numbers: &mut BTreeMap<String, Vec<f64>>, name: String, runs: usize, number: f64) {
    let values = numbers.entry(name).or_default();
    values.resize(runs, 0.0);
    values.push(number);
}

/// The numbers of one run.
#[derive(Debug, Default, Clone)]
pub struct Numbers {
    totals: BTreeMap<String, f64>,
    compositions: BTreeMap<String, BTreeMap<String, f64>>,
}

impl Numbers {
    /// Counts what a run has recorded.
    pub fn of(scenario: &Scenario, run: &[Record]) -> Self {
        let mut numbers = Self::default();
        for (index, record) in run.iter().enumerate().skip(1) {
            let part = (index - 1) * PARTS / (run.len() - 1) + 1;
            for (flow, persons) in &record.flows {
                numbers.flow(scenario, part, *flow, *persons as f64);
            }
            numbers.segments(scenario, record);
            numbers.taken(scenario, part, record);
            numbers.queues(scenario, part, &record.crossings);
        }
        numbers.leavers_on_average(run);
        for part in 1..=PARTS {
            let end = part * (run.len() - 1) / PARTS;
            numbers.stocks(scenario, part, &run[end]);
            numbers.crossings(scenario, part, &run[end].crossings);
            numbers.confined(scenario, part, &run[end]);
            numbers.opposition(scenario, part, &run[end]);
        }
        for (index, record) in run.iter().enumerate() {
            numbers.rents(scenario, index, record);
            numbers.attitudes(scenario, index, record);
        }
        numbers
    }

    fn count(&mut self, name: impl Into<String>, number: f64) {
        *self.totals.entry(name.into()).or_default() += number;
    }

    fn compose(&mut self, name: impl Into<String>, part: impl Into<String>, number: f64) {
        let composition = self.compositions.entry(name.into()).or_default();
        *composition.entry(part.into()).or_default() += number;
    }

    fn flow(&mut self, scenario: &Scenario, part: usize, flow: Flow, persons: f64) {
        let segment = &scenario.segments[flow.segment];
        let from_home = flow.from == usize::from(segment.origin);
        let event = format!("{:?}", flow.event).to_lowercase();
        let side = if from_home { "home" } else { "abroad" };
        let what = format!("{event} from {side}");
        self.count(format!("{what}, all"), persons);
        self.count(format!("{what}, part {part}"), persons);
        self.count(format!("{what}, {}", segment.name), persons);
        let country = &scenario.countries[flow.to].code;
        self.compose(format!("{what} to country"), country, persons);
        if let Some(channel) = scenario.channels.get(flow.channel) {
            let host = &scenario.countries[usize::from(channel.country)].code;
            let by = format!("{host} {}", channel.name);
            self.compose(format!("{what} by channel"), &by, persons);
            self.count(format!("{what} by {by}, part {part}"), persons);
        }
    }

    fn segments(&mut self, scenario: &Scenario, record: &Record) {
        for (segment, tally) in scenario.segments.iter().zip(&record.segments) {
            let name = &segment.name;
            let mut both = |what: &str, number: u64| {
                self.count(format!("{what}, all"), number as f64);
                self.count(format!("{what}, {name}"), number as f64);
            };
            both("aspired", tally.aspired);
            both("faded", tally.faded);
            both("returned", tally.returned);
            both("returned involuntarily", tally.returned_involuntarily);
            both("left: men", tally.left_men);
            both("left: educated", tally.left_educated);
            both("left: active", tally.left_active);
            for (kind, got_out) in ["active", "minority", "others"].iter().zip(tally.got_out) {
                both(&format!("got out: {kind}"), got_out);
            }
            for (motive, number) in MOTIVES.into_iter().zip(tally.left_by) {
                both(&format!("left by {motive}"), number);
            }
            for (hold, by) in HOLDS {
                both(&format!("held at once {hold}"), tally.held[by as usize]);
            }
            let motives = MOTIVES.into_iter().zip(tally.left_by);
            for (motive, number) in motives {
                self.compose("motives of leaving", motive, number as f64);
            }
            for (hold, by) in HOLDS {
                self.compose("held at once", hold, tally.held[by as usize] as f64);
            }
        }
    }

    /// Detained, handed over, called up.
    fn taken(&mut self, scenario: &Scenario, part: usize, record: &Record) {
        for (segment, (tally, _)) in scenario.segments.iter().zip(&record.confinement) {
            let name = &segment.name;
            let mut each = |what: &str, number: u64| {
                self.count(format!("{what}, all"), number as f64);
                self.count(format!("{what}, {name}"), number as f64);
                self.count(format!("{what}, part {part}"), number as f64);
            };
            each("detentions", tally.detentions);
            each("detained while held", tally.detained_held);
            each("rendered", tally.rendered);
            each("called up", tally.called_up);
        }
    }

    fn confined(&mut self, scenario: &Scenario, part: usize, record: &Record) {
        for (segment, (_, stocks)) in scenario.segments.iter().zip(&record.confinement) {
            let here = format!("end of part {part}, {}", segment.name);
            self.count(format!("detained, {here}"), stocks.detained as f64);
            self.count(format!("mobilised, {here}"), stocks.mobilised as f64);
        }
    }

    /// Who voices opposition and what activists do, where voice is on; the shift of the story.
    fn opposition(&mut self, scenario: &Scenario, part: usize, record: &Record) {
        let here = format!("end of part {part}");
        for (country, shift) in scenario.countries.iter().zip(&record.shifts) {
            let name = format!("shift of leaving {}, {here}", country.code);
            self.count(name, *shift);
        }
        let opposition = &record.opposition;
        for (segment, voicing) in scenario.segments.iter().zip(&opposition.voicing) {
            self.count(format!("voicing, {here}, {}", segment.name), *voicing);
        }
        if scenario.behaviour.voice.is_some() {
            let at_home = opposition.at_home as f64;
            self.count(format!("activists at home, {here}"), at_home);
            let [secure, insecure] = opposition.abroad;
            self.count(format!("publishing in safety, {here}"), secure);
            self.count(format!("publishing at risk, {here}"), insecure);
        }
    }

    fn leavers_on_average(&mut self, run: &[Record]) {
        let of_segments = || run.iter().flat_map(|record| &record.segments);
        let left: u64 = of_segments().flat_map(|tally| tally.left_by).sum();
        let years: u64 = of_segments().map(|tally| tally.left_age_years).sum();
        if left > 0 {
            self.count("mean age of leavers", years as f64 / left as f64);
        }
    }

    fn stocks(&mut self, scenario: &Scenario, part: usize, record: &Record) {
        let stocks = &record.stocks;
        for (segment, stock) in scenario.segments.iter().zip(&stocks.segments) {
            let name = &segment.name;
            let mut both = |what: &str, number: u64| {
                self.count(format!("{what}, end of part {part}, all"), number as f64);
                self.count(format!("{what}, end of part {part}, {name}"), number as f64);
            };
            both("at home", stock.at_home);
            both("departing", stock.departing);
            both("abroad", stock.abroad);
            both("abroad and active", stock.abroad_active);
            for (hold, by) in HOLDS {
                both(&format!("kept as held {hold}"), stock.held[by as usize]);
            }
        }
        for (index, country) in scenario.countries.iter().enumerate() {
            let code = &country.code;
            let here = format!("in {code}, end of part {part}");
            self.count(format!("{here}, all"), stocks.newcomers(index) as f64);
            for origin in 0..scenario.countries.len() {
                for (name, status) in STATUSES {
                    let persons = stocks.stay(index, origin, status) as f64;
                    self.count(format!("{here}, {name}"), persons);
                    if part == PARTS {
                        self.compose(format!("statuses in {code}"), name, persons);
                    }
                }
            }
        }
    }

    /// Applicants who wait, are decided and take places; entries. Nothing of it is counted where a
    /// scenario has none.
    fn queues(&mut self, scenario: &Scenario, part: usize, crossings: &Crossings) {
        for (channel, queue) in scenario.channels.iter().zip(&crossings.queues) {
            if channel.quota.is_none() && channel.decision.is_none() {
                continue;
            }
            let host = &scenario.countries[usize::from(channel.country)].code;
            let name = format!("{host} {}", channel.name);
            let mut each = |what: &str, number: u64| {
                self.count(format!("{what}, {name}, all"), number as f64);
                self.count(format!("{what}, {name}, part {part}"), number as f64);
            };
            each("waiting, person-steps", queue.waiting);
            each("decided", queue.decided);
            each("places", queue.quota.unwrap_or(0));
            each("places taken", queue.used);
            each("median waits, days", queue.median_wait.unwrap_or(0));
        }
        if counts_entries(scenario) {
            for (country, entries) in scenario.countries.iter().zip(&crossings.entries) {
                let code = &country.code;
                self.count(format!("entries, {code}, part {part}"), *entries as f64);
            }
        }
    }

    fn crossings(&mut self, scenario: &Scenario, part: usize, crossings: &Crossings) {
        for (segment, applying) in scenario.segments.iter().zip(&crossings.applying) {
            let name = format!("applying, end of part {part}, {}", segment.name);
            self.count(name, *applying as f64);
        }
        let countries = scenario.countries.iter();
        let numbers = crossings.in_transit.iter().zip(&crossings.applying_to);
        for (country, (in_transit, applying_to)) in countries.zip(numbers) {
            let here = format!("{}, end of part {part}", country.code);
            self.count(format!("in transit in {here}"), *in_transit as f64);
            self.count(format!("applying to {here}"), *applying_to as f64);
        }
    }

    fn attitudes(&mut self, scenario: &Scenario, index: usize, record: &Record) {
        if scenario.behaviour.attitudes.is_none() {
            return;
        }
        for (country, wanting) in scenario.countries.iter().zip(&record.wanting) {
            let name = format!(
                "share wanting restriction in {}, step {index}",
                country.code
            );
            self.count(name, *wanting);
        }
    }

    fn rents(&mut self, scenario: &Scenario, index: usize, record: &Record) {
        if scenario.behaviour.rents.is_none() {
            return;
        }
        for (country, market) in scenario.countries.iter().zip(&record.markets) {
            if country.market.is_some() {
                let code = &country.code;
                self.count(
                    format!("rent index in {code}, step {index}"),
                    market.log_rent.exp(),
                );
                self.count(
                    format!("rent pressure in {code}, step {index}"),
                    market.pressure,
                );
            }
        }
    }
}

/// Whether a scenario has entries other than arrivals.
fn counts_entries(scenario: &Scenario) -> bool {
    let has_trips = |country: &Country| {
        let mut trips = country.travel_base.iter();
        trips.any(|trips| trips.per_month() > 0.0)
    };
    let has_runs = |channel: &Channel| channel.stay.renewal.kind == RenewalKind::ReEntry;
    scenario.countries.iter().any(has_trips)
        || scenario.channels.iter().any(has_runs)
        || !scenario.borders.is_empty()
}
