//! Scenarios and helpers that several tests share.
#![allow(dead_code, reason = "each test uses its part")]

use exeunt::engine::{Observer, RunOptions, Simulation, Snapshot, StepReport};
use exeunt::scenario::{Scenario, Source};
use exeunt::world::{FlowEvent, FlowKey};
use std::fmt::Write;
use std::sync::Arc;

/// Behaviour with every rule at work and hazards high enough to see it.
pub const BEHAVIOUR: &str = include_str!("behaviour.toml");

/// Two origins, four destinations, every kind of channel, rents, events, pulses and exit gates.
pub const RICH: &str = include_str!("rich.toml");

/// Border policies of every kind: documents that run out, groups, windows, quotas, borders, announcements, money.
pub const POLICIES: &str = include_str!("policies.toml");

/// A host where visits end after a month, with an office that takes claims to asylum.
pub const REFUGE: &str = include_str!("refuge.toml");

/// [`BEHAVIOUR`] with which many leave, all for the first time, and nobody returns or moves on before a stay ends.
/// How long they have been there does not matter.
pub fn restless() -> String {
    leaving_at("60 %/year").replace("rooting = 0.3", "rooting = 0.0")
}

/// Parses a complete scenario.
pub fn parse(name: &str, text: &str) -> Arc<Scenario> {
    match Source::parse(name, text) {
        Ok(source) => source.scenario().clone(),
        Err(problems) => panic!("{problems}"),
    }
}

/// Parses a scenario whose `[behaviour]` is [`BEHAVIOUR`].
pub fn scenario(name: &str, text: &str) -> Arc<Scenario> {
    parse(name, &format!("{text}\n{BEHAVIOUR}"))
}

/// [`BEHAVIOUR`] with which everybody leaves at one rate, such as `"6 %/year"`, on the day of their decision, and
/// nobody returns or moves on by their own choice.
pub fn leaving_at(rate: &str) -> String {
    [
        ("\"60 %/year\"", "\"0 %/year\""),
        ("\"6 %/year\"", &format!("\"{rate}\"")),
        ("attachment_spread = 0.5", "attachment_spread = 0"),
        ("other = \"30 days\"", "other = \"0 days\""),
        ("hazard = \"1.6 %/month\"", "hazard = \"0 %/month\""),
        ("hazard = \"1.5 %/month\"", "hazard = \"0 %/month\""),
    ]
    .into_iter()
    .fold(BEHAVIOUR.to_owned(), |text, (old, new)| {
        assert!(text.contains(old), "{old}");
        text.replace(old, new)
    })
}

/// The behaviour with money abroad switched on.
pub fn with_money(behaviour: &str) -> String {
    let off = "[behaviour.money]\non = false";
    assert!(behaviour.contains(off));
    behaviour.replace(off, "[behaviour.money]\non = true")
}

/// A segment `all` of `size` persons from XA who are all alike.
pub fn persons_alike(size: u64, income: &str, savings: &str) -> String {
    format!(
        r#"[segment.all]
origin = "XA"
size = {size}
age = "30 years"
male = "50 %"
higher_education = "50 %"
dissent = 0.5
planner = "0 %"
propensity = 1.0
income = "{income}"
savings = "{savings}"
renters = "0 %"
"#
    )
}

/// The rich scenario.
pub fn rich() -> Arc<Scenario> {
    scenario("rich", RICH)
}

/// A copy of a scenario with something changed.
pub fn changed(scenario: &Scenario, change: impl FnOnce(&mut Scenario)) -> Arc<Scenario> {
    let mut copy = scenario.clone();
    change(&mut copy);
    Arc::new(copy)
}

/// Days of the whole calendar.
pub fn days(scenario: &Scenario) -> f64 {
    let steps = scenario.calendar.steps.iter();
    steps.map(|step| f64::from(step.days)).sum()
}

/// A simulation with a given seed and number of threads.
pub fn simulation(scenario: &Arc<Scenario>, seed: u64, threads: usize) -> Simulation {
    let options = RunOptions {
        seed,
        threads: Some(threads),
        ..RunOptions::default()
    };
    match Simulation::new(scenario.clone(), options) {
        Ok(simulation) => simulation,
        Err(error) => panic!("{error}"),
    }
}

/// Writes down everything that reports show, bit by bit.
#[derive(Debug, Default)]
pub struct Transcript(pub String);

impl Observer for Transcript {
    fn record(&mut self, report: &StepReport<'_>) {
        let _ = write!(
            self.0,
            "{:?} {} {} {:?} {:?}",
            report.step, report.date, report.days, report.tally.flows, report.stocks
        );
        for segment in &report.tally.segments {
            let _ = write!(self.0, "{segment:?}");
        }
        for country in report.countries {
            for number in [
                country.rent_index,
                country.rent_burden,
                country.rent_pressure,
            ] {
                let _ = write!(self.0, " {:?}", number.map(f64::to_bits));
            }
            for share in [country.share_wanting_restriction, country.hostility]
                .into_iter()
                .flatten()
            {
                let _ = write!(self.0, " attitude {:?}", share.to_bits());
            }
        }
        self.0.push('\n');
    }
}

/// The transcript of a whole run.
pub fn transcript(simulation: &mut Simulation) -> String {
    let mut transcript = Transcript::default();
    if let Err(error) = simulation.run(&mut transcript) {
        panic!("{error}");
    }
    transcript.0
}

/// The state of a run after a round trip through bytes, as through a saved file.
pub fn saved(simulation: &Simulation) -> Snapshot {
    let bytes = simulation.snapshot().to_bytes();
    let bytes = bytes.unwrap_or_else(|error| panic!("{error}"));
    Snapshot::from_bytes(&bytes).unwrap_or_else(|error| panic!("{error}"))
}

/// Continues from a saved state.
pub fn resumed(scenario: &Arc<Scenario>, snapshot: &Snapshot) -> Simulation {
    Simulation::resume(scenario.clone(), snapshot).unwrap_or_else(|error| panic!("{error}"))
}

/// Number of agents to whom something happened in a step.
pub fn flow(report: &StepReport<'_>, event: FlowEvent) -> u64 {
    flow_of(report, event, |_| true)
}

/// The same for chosen flows.
pub fn flow_of(
    report: &StepReport<'_>,
    event: FlowEvent,
    chosen: impl Fn(&FlowKey) -> bool,
) -> u64 {
    let flows = report.tally.flows.iter();
    flows
        .filter(|(key, _)| key.event == event && chosen(key))
        .map(|(_, agents)| agents)
        .sum()
}

/// FNV-1a with 64 bits: a short name for a long text.
pub fn digest(text: &str) -> u64 {
    text.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3)
    })
}

/// Calls a function for every report.
pub struct Each<F: FnMut(&StepReport<'_>)>(pub F);

impl<F: FnMut(&StepReport<'_>)> Observer for Each<F> {
    fn record(&mut self, report: &StepReport<'_>) {
        (self.0)(report);
    }
}

/// Runs to the end and calls `look` for each step.
pub fn watch(simulation: &mut Simulation, look: impl FnMut(&StepReport<'_>)) {
    if let Err(error) = simulation.run(&mut Each(look)) {
        panic!("{error}");
    }
}
