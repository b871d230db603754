//! Adds up a run's outcomes in one pass over its steps.
//!
//! Counts are kept in agents and whole numbers until the end, so that outcomes never depend on the
//! order of a sum.

use super::names::{HOLDS, MOTIVES, STATUSES, hold_name, motive_name, status_name};
use super::outcome::{ALL, Outcome, definition};
use super::rows::{CountryFlows, flows_by_country};
use crate::engine::StepReport;
use crate::scenario::{Scenario, Status};
use crate::units::DAYS_PER_MONTH;
use crate::world::{FlowEvent, Reproduction, SegmentStocks, SegmentTally, Stocks};

/// A run's outcomes in the making.
#[derive(Debug)]
pub struct Outcomes<'s> {
    scenario: &'s Scenario,
    scale: u64,
    segments: Vec<SegmentSum>,
    countries: Vec<CountrySum>,
    reproduction: Reproduction,
    end: Stocks,
}

/// Sums over a segment, in agents.
#[derive(Debug, Clone, Default)]
struct SegmentSum {
    tally: SegmentTally,
    /// Twice the agent-days held, by what: the mean of both ends of each step.
    held_twice: [u64; HOLDS.len()],
}

/// Sums over a country, in agents.
#[derive(Debug, Clone, Default)]
struct CountrySum {
    flows: CountryFlows,
    /// Ends of permitted stays.
    expired: u64,
    /// Renewals.
    renewed: u64,
    /// Twice the agent-days of irregular stay.
    irregular_twice: u64,
    /// Irregular agents at the end of the last step.
    irregular: u64,
    rent_peak: Option<f64>,
    rent_end: Option<f64>,
    burden_end: Option<f64>,
    /// Shares of the public who want restriction: highest, at the end, and twice the days above
    /// [`MOST_WANT`].
    wanting_peak: Option<f64>,
    wanting_end: Option<f64>,
    most_want_twice: u64,
}

/// Share above which most of a public wants restriction, as outcomes count it.
const MOST_WANT: f64 = 0.6;

impl<'s> Outcomes<'s> {
    /// Nothing seen yet.
    pub fn new(scenario: &'s Scenario) -> Self {
        Self {
            scenario,
            scale: 1,
            segments: vec![SegmentSum::default(); scenario.segments.len()],
            countries: vec![CountrySum::default(); scenario.countries.len()],
            reproduction: Reproduction::default(),
            end: Stocks::default(),
        }
    }

    /// Adds a step.
    pub fn record(&mut self, report: &StepReport<'_>) {
        self.scale = report.scale;
        let days = u64::from(report.days);
        self.add_segments(report, days);
        self.add_countries(report, days);
        self.add_ties(report);
        self.end.clone_from(report.stocks);
    }

    fn add_segments(&mut self, report: &StepReport<'_>, days: u64) {
        for (sum, tally) in self.segments.iter_mut().zip(&report.tally.segments) {
            sum.add(tally);
        }
        let before = std::mem::take(&mut self.end.segments);
        for (index, (sum, now)) in self
            .segments
            .iter_mut()
            .zip(&report.stocks.segments)
            .enumerate()
        {
            let before = before.get(index).map_or(now.held, |stocks| stocks.held);
            for (cause, twice) in sum.held_twice.iter_mut().enumerate() {
                *twice += (before[cause] + now.held[cause]) * days;
            }
        }
    }

    fn add_ties(&mut self, report: &StepReport<'_>) {
        let Some(ties) = &self.scenario.behaviour.ties else {
            return;
        };
        let left = report.tally.segments.iter().flat_map(|tally| tally.left_by);
        let counts = (left.sum(), report.tally.left_by_ties);
        self.reproduction
            .record(report.days, counts, ties.window_days());
    }

    fn add_countries(&mut self, report: &StepReport<'_>, days: u64) {
        let flows = flows_by_country(report.tally, self.countries.len());
        for &(key, agents) in &report.tally.flows {
            let country = &mut self.countries[usize::from(key.from)];
            match key.event {
                FlowEvent::Expired => country.expired += agents,
                FlowEvent::Renewed => country.renewed += agents,
                _ => {}
            }
        }
        let origins = self.scenario.countries.len();
        for (index, sum) in self.countries.iter_mut().enumerate() {
            sum.flows.add(&flows[index]);
            let irregular = (0..origins)
                .map(|origin| report.stocks.stay(index, origin, Status::Irregular))
                .sum();
            sum.irregular_twice += (sum.irregular + irregular) * days;
            sum.irregular = irregular;
            let conditions = &report.countries[index];
            sum.rent_end = conditions.rent_index;
            sum.burden_end = conditions.rent_burden;
            sum.rent_peak = higher(sum.rent_peak, conditions.rent_index);
            let wanting = conditions.share_wanting_restriction;
            for share in [sum.wanting_end, wanting].into_iter().flatten() {
                sum.most_want_twice += u64::from(share > MOST_WANT) * days;
            }
            sum.wanting_end = wanting;
            sum.wanting_peak = higher(sum.wanting_peak, wanting);
        }
    }

    /// The outcomes of the run, sorted by id, group and country.
    pub fn finish(&self) -> Vec<Outcome> {
        let mut list = List {
            scale: self.scale,
            outcomes: Vec::new(),
        };
        self.leaving(&mut list);
        self.ties(&mut list);
        self.holding(&mut list);
        self.returning(&mut list);
        self.abroad(&mut list);
        self.entering(&mut list);
        self.rents(&mut list);
        self.attitudes(&mut list);
        list.outcomes
            .sort_by(|a, b| (a.id, &a.group, &a.country).cmp(&(b.id, &b.group, &b.country)));
        list.outcomes
    }

    /// The sum over all segments.
    fn everybody(&self) -> SegmentSum {
        self.segments
            .iter()
            .fold(SegmentSum::default(), |mut all, sum| {
                all.add(&sum.tally);
                for (all, sum) in all.held_twice.iter_mut().zip(sum.held_twice) {
                    *all += sum;
                }
                all
            })
    }

    /// Every segment by name, and everybody.
    fn groups(&self) -> Vec<(&str, SegmentSum)> {
        let segments = self.scenario.segments.iter().zip(&self.segments);
        std::iter::once((ALL, self.everybody()))
            .chain(segments.map(|(segment, sum)| (segment.name.as_str(), sum.clone())))
            .collect()
    }

    /// Every country that takes somebody in, by code.
    fn destinations(&self) -> impl Iterator<Item = (usize, &str, &CountrySum)> {
        let countries = self.scenario.countries.iter().zip(&self.countries);
        countries.enumerate().filter_map(|(index, (country, sum))| {
            let channels = &self.scenario.channels;
            channels
                .iter()
                .any(|channel| usize::from(channel.country) == index)
                .then_some((index, country.code.as_str(), sum))
        })
    }

    fn leaving(&self, list: &mut List) {
        for (group, sum) in self.groups() {
            list.persons("left", group, ALL, sum.left());
            list.persons("aspired", group, ALL, sum.tally.aspired);
        }
        let all = self.everybody();
        for motive in MOTIVES {
            let left = all.tally.left_by[motive as usize];
            list.persons("left_by_motive", motive_name(motive), ALL, left);
        }
        let left = all.left();
        let of_leavers = |part: u64| part as f64 / left as f64;
        let persons: f64 = self.scenario.segments.iter().map(|s| s.size as f64).sum();
        let active: f64 = self
            .scenario
            .segments
            .iter()
            .map(|s| s.size as f64 * s.active)
            .sum();
        if left > 0 {
            list.add(
                "leavers_mean_age",
                ALL,
                ALL,
                of_leavers(all.tally.left_age_years),
                Some(left),
            );
            list.add(
                "leavers_men",
                ALL,
                ALL,
                of_leavers(all.tally.left_men),
                Some(left),
            );
            list.add(
                "leavers_higher_education",
                ALL,
                ALL,
                of_leavers(all.tally.left_educated),
                Some(left),
            );
            if active > 0.0 {
                let ratio = of_leavers(all.tally.left_active) / (active / persons);
                list.add(
                    "activists_among_leavers",
                    ALL,
                    ALL,
                    ratio,
                    Some(all.tally.left_active),
                );
            }
        }
    }

    fn ties(&self, list: &mut List) {
        let ties = self.scenario.behaviour.ties.as_ref();
        let number = ties.and_then(|ties| self.reproduction.number(ties.window_days()));
        if let Some(number) = number {
            let further = self.reproduction.further();
            list.add("reproduction_number", ALL, ALL, number, Some(further));
        }
    }

    fn holding(&self, list: &mut List) {
        if !self.scenario.behaviour.holding.on {
            return;
        }
        let held = |stocks: &SegmentStocks| stocks.held.iter().sum::<u64>();
        list.persons(
            "held_at_end",
            ALL,
            ALL,
            self.end.segments.iter().map(held).sum(),
        );
        for (segment, stocks) in self.scenario.segments.iter().zip(&self.end.segments) {
            list.persons("held_at_end", &segment.name, ALL, held(stocks));
        }
        for (group, sum) in self.groups() {
            list.person_months(
                "person_months_held",
                group,
                ALL,
                sum.held_twice.iter().sum(),
            );
        }
        let all = self.everybody();
        for cause in HOLDS {
            let index = cause as usize;
            let at_end = self
                .end
                .segments
                .iter()
                .map(|stocks| stocks.held[index])
                .sum();
            list.persons("held_by_cause_at_end", hold_name(cause), ALL, at_end);
            list.person_months(
                "person_months_held_by_cause",
                hold_name(cause),
                ALL,
                all.held_twice[index],
            );
        }
    }

    fn returning(&self, list: &mut List) {
        for (group, sum) in self.groups() {
            let (returned, involuntarily) = (sum.tally.returned, sum.tally.returned_involuntarily);
            list.persons("returned", group, ALL, returned);
            list.persons("returned_involuntarily", group, ALL, involuntarily);
            list.persons("returned_voluntarily", group, ALL, returned - involuntarily);
            if sum.left() > 0 {
                let share = returned as f64 / sum.left() as f64;
                list.add("share_returned", group, ALL, share, Some(returned));
            }
        }
        for (_, code, sum) in self.destinations() {
            list.persons("returned", ALL, code, sum.flows.returned);
        }
    }

    fn abroad(&self, list: &mut List) {
        let abroad = |stocks: &SegmentStocks| stocks.abroad;
        list.persons(
            "abroad_at_end",
            ALL,
            ALL,
            self.end.segments.iter().map(abroad).sum(),
        );
        for (segment, stocks) in self.scenario.segments.iter().zip(&self.end.segments) {
            list.persons("abroad_at_end", &segment.name, ALL, stocks.abroad);
        }
        let origins = self.scenario.countries.len();
        let mut by_status = [0; STATUSES.len()];
        let mut irregular_twice = 0;
        for (index, code, sum) in self.destinations() {
            list.persons("abroad_at_end", ALL, code, self.end.newcomers(index));
            for status in STATUSES {
                let agents = (0..origins)
                    .map(|origin| self.end.stay(index, origin, status))
                    .sum();
                by_status[status as usize] += agents;
                list.persons("abroad_by_status_at_end", status_name(status), code, agents);
            }
            list.person_months("irregular_person_months", ALL, code, sum.irregular_twice);
            irregular_twice += sum.irregular_twice;
        }
        for status in STATUSES {
            let agents = by_status[status as usize];
            list.persons("abroad_by_status_at_end", status_name(status), ALL, agents);
        }
        list.person_months("irregular_person_months", ALL, ALL, irregular_twice);
    }

    fn entering(&self, list: &mut List) {
        let mut all = CountrySum::default();
        for (_, code, sum) in self.destinations() {
            list.entries(code, sum);
            all.flows.add(&sum.flows);
            all.expired += sum.expired;
            all.renewed += sum.renewed;
        }
        list.entries(ALL, &all);
    }

    fn rents(&self, list: &mut List) {
        for (_, code, sum) in self.destinations() {
            for (id, value) in [
                ("rent_index_peak", sum.rent_peak),
                ("rent_index_at_end", sum.rent_end),
                ("rent_burden_at_end", sum.burden_end),
            ] {
                if let Some(value) = value {
                    list.add(id, ALL, code, value, None);
                }
            }
        }
    }

    fn attitudes(&self, list: &mut List) {
        for (_, code, sum) in self.destinations() {
            let (Some(peak), Some(end)) = (sum.wanting_peak, sum.wanting_end) else {
                continue;
            };
            let months = sum.most_want_twice as f64 / (2.0 * DAYS_PER_MONTH);
            for (id, value) in [
                ("wanting_restriction_peak", peak),
                ("wanting_restriction_at_end", end),
                ("months_most_want_restriction", months),
            ] {
                list.add(id, ALL, code, value, None);
            }
        }
    }
}

/// The higher of two numbers, or the one that there is.
fn higher(one: Option<f64>, other: Option<f64>) -> Option<f64> {
    match (one, other) {
        (Some(one), Some(other)) => Some(one.max(other)),
        (one, other) => one.or(other),
    }
}

/// Outcomes being gathered, from agents into units.
struct List {
    scale: u64,
    outcomes: Vec<Outcome>,
}

impl List {
    fn add(
        &mut self,
        id: &'static str,
        group: &str,
        country: &str,
        value: f64,
        agents: Option<u64>,
    ) {
        // Every id used here is defined; a test records a run and checks it.
        let Some(definition) = definition(id) else {
            return;
        };
        self.outcomes.push(Outcome {
            id: definition.id,
            group: group.to_owned(),
            country: country.to_owned(),
            unit: definition.unit,
            value,
            agents,
        });
    }

    fn persons(&mut self, id: &'static str, group: &str, country: &str, agents: u64) {
        self.add(
            id,
            group,
            country,
            (agents * self.scale) as f64,
            Some(agents),
        );
    }

    /// `twice` is twice the agent-days.
    fn person_months(&mut self, id: &'static str, group: &str, country: &str, twice: u64) {
        let months = (twice * self.scale) as f64 / (2.0 * DAYS_PER_MONTH);
        self.add(id, group, country, months, None);
    }

    fn entries(&mut self, country: &str, sum: &CountrySum) {
        let flows = &sum.flows;
        self.persons("arrivals", ALL, country, flows.arrived);
        self.persons("moved_on", ALL, country, flows.moved_on);
        self.persons("expired", ALL, country, sum.expired);
        self.persons("renewed", ALL, country, sum.renewed);
        let attempts = flows.arrived + flows.refused + flows.turned_back;
        if attempts > 0 {
            let rate = |part: u64| 1000.0 * part as f64 / attempts as f64;
            self.add(
                "refused_per_1000_attempts",
                ALL,
                country,
                rate(flows.refused),
                Some(flows.refused),
            );
            let turned_back = flows.turned_back;
            self.add(
                "turned_back_per_1000_attempts",
                ALL,
                country,
                rate(turned_back),
                Some(turned_back),
            );
        }
    }
}

impl SegmentSum {
    /// All departures.
    fn left(&self) -> u64 {
        self.tally.left_by.iter().sum()
    }

    fn add(&mut self, step: &SegmentTally) {
        let sum = &mut self.tally;
        for (sum, step) in sum.left_by.iter_mut().zip(step.left_by) {
            *sum += step;
        }
        for (sum, step) in sum.held.iter_mut().zip(step.held) {
            *sum += step;
        }
        sum.left_age_years += step.left_age_years;
        sum.left_men += step.left_men;
        sum.left_educated += step.left_educated;
        sum.left_active += step.left_active;
        sum.aspired += step.aspired;
        sum.faded += step.faded;
        sum.returned += step.returned;
        sum.returned_involuntarily += step.returned_involuntarily;
    }
}

impl CountryFlows {
    /// Adds another step's or country's flows.
    fn add(&mut self, other: &Self) {
        self.arrived += other.arrived;
        self.moved_on += other.moved_on;
        self.returned += other.returned;
        self.refused += other.refused;
        self.turned_back += other.turned_back;
    }
}
