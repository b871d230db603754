//! What the benches measure, prepared once for wall time and for instruction counts: a step from the middle of a run,
//! the traits of persons, and their choices.

use exeunt::draw::Key;
use exeunt::engine::{EngineError, RunOptions, Simulation, Snapshot};
use exeunt::model::{
    Aspirant, AspirationKey, Belief, Exits, Menu, Outlook, Prices, Scratch, Verdict, Weights, exits,
};
use exeunt::population::{Person, Population};
use exeunt::scenario::{Scenario, Source};
use exeunt::world::{RuleSet, Rules, World};
use std::path::Path;
use std::sync::Arc;

/// Anything that keeps a bench from running, with a message.
pub type Failure = Box<dyn std::error::Error>;

/// Ten destinations: one step is little more than the layers of marks.
pub const TEN_DESTINATIONS: &str = "bench/ten-destinations.toml";
/// Russia 2022-23: every mechanism that is implemented.
pub const RUSSIA: &str = "russia-2022/as-it-was.toml";

/// Reads a scenario of the repository.
pub fn scenario(name: &str) -> Result<Arc<Scenario>, Failure> {
    scenario_with(name, &[])
}

/// Reads a scenario of the repository with overrides, `PATH=VALUE`.
pub fn scenario_with(name: &str, sets: &[&str]) -> Result<Arc<Scenario>, Failure> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios");
    let sets: Vec<String> = sets.iter().map(|set| (*set).to_owned()).collect();
    Ok(Arc::clone(
        Source::load(&folder.join(name), &sets)?.scenario(),
    ))
}

/// Options for the first seed at this scale, on `threads` threads.
pub fn options(scale: u64, threads: usize) -> RunOptions {
    RunOptions {
        scale,
        threads: Some(threads),
        ..RunOptions::default()
    }
}

/// The number of persons that a simulation moves in every step.
pub fn agents(simulation: &Simulation) -> u64 {
    let segments = &simulation.report().stocks.segments;
    segments.iter().map(|stocks| stocks.persons).sum()
}

/// The state in the middle of a run, from which the same steps can be taken repeatedly.
pub struct Middle {
    scenario: Arc<Scenario>,
    snapshot: Snapshot,
}

impl Middle {
    /// Runs the first half of a scenario.
    pub fn of(scenario: &Arc<Scenario>, options: RunOptions) -> Result<Self, Failure> {
        let mut simulation = Simulation::new(scenario.clone(), options)?;
        for _ in 0..middle(scenario) {
            simulation.step()?;
        }
        // A scenario that has its constants written in is resumed without computing them anew.
        let scenario = Arc::new(Scenario {
            constants: Some(simulation.constants().clone()),
            ..Scenario::clone(scenario)
        });
        Ok(Self {
            scenario,
            snapshot: simulation.snapshot(),
        })
    }

    /// Returns a simulation that is about to take the first step of the second half.
    pub fn resume(&self) -> Result<Simulation, EngineError> {
        Simulation::resume(self.scenario.clone(), &self.snapshot)
    }
}

/// The step at which the second half of a scenario begins.
pub fn middle(scenario: &Scenario) -> usize {
    scenario.calendar.steps.len() / 2
}

/// The traits of the `item`th person in a long sequence that takes all segments in turn.
pub fn traits(population: &Population, item: u64) -> Person {
    // Any stride without a factor in common with the sizes, but not 1: neighbours share a stratum.
    const STRIDE: u64 = 7_919;
    let segment = item % population.segments.len() as u64;
    let people = &population.segments[segment as usize];
    let index = item.wrapping_mul(STRIDE) % u64::from(people.agents.max(1));
    people.person(segment as u16, index as u32)
}

/// Persons at home, facing the menu of a step in the middle of a run with rents as on the first day.
pub struct Choosers {
    outlook: Outlook,
    lambda: f64,
    key: Key,
    choosers: Vec<Chooser>,
    weights: Weights,
}

/// A person, with the results of weighing the open world.
struct Chooser {
    person: Person,
    class: u32,
    income: f64,
    exits: Exits,
    prices: Prices,
    total: f64,
    scratch: Scratch,
}

impl Choosers {
    /// Few enough for the cache of a core, and enough to include all kinds.
    const PERSONS: u64 = 256;

    /// Prepares persons of all segments, mixed as in [`traits`].
    pub fn new(scenario: &Scenario, population: &Population) -> Self {
        let world = World {
            rules: Rules::at(scenario, middle(scenario)),
            ..World::first(scenario)
        };
        let outlook = Outlook::new(scenario, &world);
        let lambda = scenario.behaviour.choice.lambda;
        let key = Key::of_run(1, 0, 0, "benches");
        let choosers = (0..Self::PERSONS)
            .map(|item| {
                let person = traits(population, item);
                let origin = population.segments[usize::from(person.segment)].origin;
                let facts = &world.rules.countries[usize::from(origin)];
                let mut chooser = Chooser {
                    class: outlook.class_of(person.segment),
                    income: person.income * facts.real_income,
                    exits: exits(
                        scenario,
                        population,
                        &world,
                        (person.segment, person.index),
                        || false,
                    ),
                    prices: Prices::default(),
                    total: 0.0,
                    scratch: Scratch::default(),
                    person,
                };
                let menu = &outlook.home[chooser.class as usize];
                menu.prices(chooser.income, &mut chooser.prices);
                let mut scratch = Scratch::default();
                chooser.total = chooser
                    .aspirant(menu, lambda, (key, 0))
                    .weigh_open(&mut scratch);
                chooser.scratch = scratch;
                chooser
            })
            .collect();
        Self {
            outlook,
            lambda,
            key,
            choosers,
            weights: Weights::default(),
        }
    }

    /// Weighs every place of the menu for the `item`th person under the open rule set; returns the sum of the weights.
    pub fn weigh(&mut self, item: u64) -> f64 {
        let count = self.choosers.len() as u64;
        let chooser = &self.choosers[(item % count) as usize];
        let menu = &self.outlook.home[chooser.class as usize];
        let (person, income) = (&chooser.person, chooser.income);
        menu.weigh_at(person, income, RuleSet::Open, &mut self.weights)
    }

    /// Judges an aspiration of the `item`th person, for whom the open world has already been weighed; every item
    /// has its own draws.
    pub fn judge(&mut self, item: u64) -> Verdict {
        let count = self.choosers.len() as u64;
        let chooser = &mut self.choosers[(item % count) as usize];
        let menu = &self.outlook.home[chooser.class as usize];
        let mut scratch = std::mem::take(&mut chooser.scratch);
        let aspirant = chooser.aspirant(menu, self.lambda, (self.key, item as i32));
        let verdict = aspirant.judge(chooser.total, &mut scratch);
        chooser.scratch = scratch;
        verdict
    }
}

impl Chooser {
    /// The person with an aspiration that arose on a date, and without refusals.
    fn aspirant<'a>(
        &'a self,
        menu: &'a Menu,
        lambda: f64,
        (key, date): (Key, i32),
    ) -> Aspirant<'a> {
        Aspirant {
            menu,
            person: &self.person,
            prices: &self.prices,
            income: self.income,
            exits: self.exits,
            refused: &[],
            belief: Belief::as_it_is(),
            spent: &[],
            kin: &[],
            lambda,
            draws: AspirationKey {
                key,
                index: self.person.index,
                date,
            },
        }
    }
}
