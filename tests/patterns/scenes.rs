//! The small worlds in which patterns show: one home, hosts that are alike unless said, persons who are
//! alike unless said, and parameters of behaviour as `scenarios/behaviour.toml` has them.

use crate::support::{changed, simulation, watch};
use exeunt::engine::StepReport;
use exeunt::scenario::{Scenario, Source};
use exeunt::units::Rate;
use std::sync::Arc;

/// The parameters of behaviour that scenarios start from.
pub const BEHAVIOUR: &str = include_str!("../../scenarios/behaviour.toml");

/// Index of the first of the hosts; that of the home, XA, is 0.
pub const HOST: u16 = 1;

/// A world as text, in parts.
#[derive(Debug, Clone, Copy, Default)]
pub struct Scene<'a> {
    /// First day, last day and length of a step.
    pub time: [&'a str; 3],
    /// Segments: name, persons, and lines about them beyond those that all have.
    pub segments: &'a [(&'a str, u64, &'a str)],
    /// Lines about the home.
    pub home: &'a str,
    /// Hosts, in the order of their codes, with their channels and other tables.
    pub hosts: &'a [(&'a str, &'a str)],
    /// Documents and events.
    pub rest: &'a str,
}

/// A way in that is free, for good: who comes by it is legal.
pub fn free(code: &str) -> String {
    format!("[country.{code}.channel.free]\ngives = {{ status = \"legal\" }}\n")
}

impl Scene<'_> {
    /// The scenario. So that small populations show a pattern, everybody who is no planner leaves at
    /// a quiet hazard of so much a year.
    pub fn scenario(&self, hazard_per_year: f64) -> Arc<Scenario> {
        let [start, end, step] = self.time;
        let mut text = format!(
            "currency = \"EUR\"\n[time]\nstart = {start}\nend = {end}\nstep = \"{step}\"\n\
             [country.XA]\nname = \"Home\"\npopulation = \"10 million persons\"\n\
             wage = \"500 EUR/month\"\n{}\n",
            self.home
        );
        for (name, size, also) in self.segments {
            text += &format!(
                "[segment.{name}]\norigin = \"XA\"\nsize = {size}\nage = \"30 years\"\n\
                 male = \"50 %\"\nhigher_education = \"30 %\"\ndissent = 0.3\n\
                 income = \"500 EUR/month\"\nsavings = \"5000 EUR\"\nrenters = \"0 %\"\n{also}\n"
            );
        }
        let mut neighbours = "XA = \"1000 km\"".to_owned();
        for (code, also) in self.hosts {
            text += &format!(
                "[country.{code}]\nname = \"Host {code}\"\npopulation = \"10 million persons\"\n\
                 wage = \"500 EUR/month\"\nsafety = 0.5\ndistance = {{ {neighbours} }}\n{also}\n"
            );
            neighbours += &format!(", {code} = \"1000 km\"");
        }
        let text = format!("{text}{}\n{BEHAVIOUR}", self.rest);
        let source = Source::parse("scene", &text).unwrap_or_else(|problems| panic!("{problems}"));
        changed(source.scenario(), |scenario| {
            scenario.behaviour.leaving.hazard_other = Rate::from_per_year(hazard_per_year);
        })
    }
}

/// What each step of a run shows, the opening aside.
pub fn series<T>(
    scenario: &Arc<Scenario>,
    seed: u64,
    look: impl Fn(&StepReport<'_>) -> T,
) -> Vec<T> {
    let mut values = Vec::new();
    watch(&mut simulation(scenario, seed, 1), |report| {
        if report.step.is_some() {
            values.push(look(report));
        }
    });
    values
}

/// Sum of what the steps of a run show.
pub fn sum(scenario: &Arc<Scenario>, seed: u64, look: impl Fn(&StepReport<'_>) -> u64) -> f64 {
    series(scenario, seed, look).iter().sum::<u64>() as f64
}

/// Departures from home in a step, of everybody.
pub fn left(report: &StepReport<'_>) -> u64 {
    let segments = report.tally.segments.iter();
    segments.flat_map(|tally| tally.left_by).sum()
}
