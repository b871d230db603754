//! Scenarios and helpers that several tests share.
#![allow(dead_code, reason = "each test uses its part")]

use exeunt::engine::{Observer, RunOptions, Simulation, StepReport};
use exeunt::scenario::{Scenario, Source};
use std::fmt::Write;
use std::sync::Arc;

/// Behaviour with every rule of this stage at work and hazards high enough to see it.
pub const BEHAVIOUR: &str = include_str!("behaviour.toml");

/// Two origins, four destinations, every kind of channel, rents, events, pulses, exit gates.
pub const RICH: &str = include_str!("rich.toml");

/// Border policy of every kind: documents that run out, groups, windows, quotas, borders, announcements, money.
pub const POLICIES: &str = include_str!("policies.toml");

/// Reads a scenario from text, with `[behaviour]` from [`BEHAVIOUR`].
pub fn scenario(name: &str, text: &str) -> Arc<Scenario> {
    let text = format!("{text}\n{BEHAVIOUR}");
    match Source::parse(name, &text) {
        Ok(source) => source.scenario().clone(),
        Err(problems) => panic!("{problems}"),
    }
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

/// A simulation with a seed and threads.
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

/// Writes down all that a report shows, bit by bit.
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

/// FNV-1a, 64 bits: a short name for a long text.
pub fn digest(text: &str) -> u64 {
    text.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3)
    })
}

/// Runs a function for every report.
pub struct Each<F: FnMut(&StepReport<'_>)>(pub F);

impl<F: FnMut(&StepReport<'_>)> Observer for Each<F> {
    fn record(&mut self, report: &StepReport<'_>) {
        (self.0)(report);
    }
}

/// Runs to the end and looks at each step.
pub fn watch(simulation: &mut Simulation, look: impl FnMut(&StepReport<'_>)) {
    if let Err(error) = simulation.run(&mut Each(look)) {
        panic!("{error}");
    }
}
