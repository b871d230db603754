//! Adds up a run's outcomes in one pass over its steps.
//!
//! Counts stay in agents and in whole numbers until the end, so that outcomes never depend on the
//! order of a sum.

mod asylum;
mod confinement;
mod list;
mod origins;
mod refusals;
mod safety;
mod subjects;
mod sums;
mod voice;

use super::outcome::{ALL, Outcome};
use super::rows::flows_by_country;
use crate::engine::StepReport;
use crate::scenario::{Scenario, Status};
use crate::world::{Confinement, FlowEvent, Reproduction, Stocks};
use asylum::ClaimSum;
use list::List;
use origins::OriginSum;
use refusals::MistakeSum;
use safety::SafetySum;
use sums::{CountrySum, SegmentSum};
use voice::{OppositionSum, StorySum};

/// The outcomes of a run in progress.
#[derive(Debug)]
pub struct Outcomes<'s> {
    scenario: &'s Scenario,
    scale: u64,
    segments: Vec<SegmentSum>,
    countries: Vec<CountrySum>,
    claims: Vec<ClaimSum>,
    safety: SafetySum,
    /// By origin; the parts that differ by country are in order of country index.
    origins: Vec<OriginSum>,
    mistakes: MistakeSum,
    reproduction: Reproduction,
    /// By origin; empty if voice is off.
    opposition: Vec<OppositionSum>,
    /// By country; `end` is `None` if the narrative at home is off or nobody lives in the country.
    stories: Vec<StorySum>,
    /// Days of all steps so far.
    days: u64,
    end: Stocks,
    /// Confinement at the end of the last step.
    confinement: Confinement,
}

/// Share above which outcomes count that most of a public wants restriction.
const MOST_WANT: f64 = 0.6;

impl<'s> Outcomes<'s> {
    /// Creates a sum in which nothing has been seen yet.
    pub fn new(scenario: &'s Scenario) -> Self {
        Self {
            scenario,
            scale: 1,
            segments: vec![SegmentSum::default(); scenario.segments.len()],
            countries: vec![CountrySum::default(); scenario.countries.len()],
            claims: vec![ClaimSum::default(); scenario.countries.len()],
            safety: SafetySum::default(),
            origins: OriginSum::all(scenario),
            mistakes: MistakeSum::new(scenario),
            reproduction: Reproduction::default(),
            opposition: Vec::new(),
            stories: vec![StorySum::default(); scenario.countries.len()],
            days: 0,
            end: Stocks::default(),
            confinement: Confinement::default(),
        }
    }

    /// Adds a step.
    pub fn record(&mut self, report: &StepReport<'_>) {
        self.scale = report.scale;
        let days = u64::from(report.days);
        self.add_segments(report, days);
        self.add_countries(report, days);
        self.add_claims(report);
        if report.step.is_some() {
            self.safety.record(days, &report.tally.segments);
        }
        self.add_origins(report);
        self.mistakes.record(report);
        self.add_ties(report);
        self.add_voice(report, days);
        self.add_narrative(report, days);
        self.days += days;
        self.confinement.clone_from(report.confinement);
        self.end.clone_from(report.stocks);
    }

    fn add_segments(&mut self, report: &StepReport<'_>, days: u64) {
        for (sum, tally) in self.segments.iter_mut().zip(&report.tally.segments) {
            sum.add(tally);
        }
        for (sum, tally) in self.segments.iter_mut().zip(&report.confinement.tally) {
            sum.confinement.add(tally);
        }
        let before = std::mem::take(&mut self.end.segments);
        for (index, (sum, now)) in self
            .segments
            .iter_mut()
            .zip(&report.stocks.segments)
            .enumerate()
        {
            let before = before.get(index).unwrap_or(now);
            for (cause, twice) in sum.held_twice.iter_mut().enumerate() {
                *twice += (before.held[cause] + now.held[cause]) * days;
            }
            sum.abroad_twice += (before.abroad + now.abroad) * days;
            sum.activists_abroad_twice += (before.abroad_active + now.abroad_active) * days;
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
            if key.event == FlowEvent::Left {
                self.countries[usize::from(key.to)].left_for += agents;
            }
            let rules = report.channels.get(usize::from(key.channel));
            let irregular = rules.is_some_and(|rules| rules.status == Status::Irregular);
            if key.event == FlowEvent::Arrived && irregular {
                self.countries[usize::from(key.to)].irregular_entries += agents;
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

    /// Returns the outcomes of the run, sorted by id, group and country.
    pub fn finish(&self) -> Vec<Outcome> {
        let mut list = List {
            scale: self.scale,
            outcomes: Vec::new(),
        };
        self.leaving(&mut list);
        self.safety(&mut list);
        self.ties(&mut list);
        self.holding(&mut list);
        self.returning(&mut list);
        self.detaining(&mut list);
        self.calling_up(&mut list);
        self.working(&mut list);
        self.abroad(&mut list);
        self.entering(&mut list);
        self.mistaken(&mut list);
        self.by_origin(&mut list);
        self.asylum(&mut list);
        self.rents(&mut list);
        self.attitudes(&mut list);
        self.opposing(&mut list);
        self.narrating(&mut list);
        list.outcomes
            .sort_by(|a, b| (a.id, &a.group, &a.country).cmp(&(b.id, &b.group, &b.country)));
        list.outcomes
    }

    /// Returns the sum over all segments.
    fn everybody(&self) -> SegmentSum {
        self.segments
            .iter()
            .fold(SegmentSum::default(), |mut all, sum| {
                all.add(&sum.tally);
                all.abroad_twice += sum.abroad_twice;
                all.activists_abroad_twice += sum.activists_abroad_twice;
                all.confinement.add(&sum.confinement);
                for (all, sum) in all.held_twice.iter_mut().zip(sum.held_twice) {
                    *all += sum;
                }
                all
            })
    }

    /// Returns everybody, and every segment by name.
    fn groups(&self) -> Vec<(&str, SegmentSum)> {
        let segments = self.scenario.segments.iter().zip(&self.segments);
        std::iter::once((ALL, self.everybody()))
            .chain(segments.map(|(segment, sum)| (segment.name.as_str(), sum.clone())))
            .collect()
    }

    /// Returns every country that has channels, with its index and code.
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
}

/// Returns the higher of two numbers, or the one that is present.
fn higher(one: Option<f64>, other: Option<f64>) -> Option<f64> {
    match (one, other) {
        (Some(one), Some(other)) => Some(one.max(other)),
        (one, other) => one.or(other),
    }
}
