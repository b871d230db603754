//! A dense loop: every person is asked in every step, as in a plain agent-based model.
//!
//! Its cost is a lower bound of what such a program costs. Everybody counts as content at home; traits and the constant
//! parts of hazards are stored beforehand and not counted; the random numbers are of the cheapest kind that is of any
//! use; and everything that follows an aspiration except its choice is left out: returns, moves, records, tables.

use crate::kernels::{Failure, middle, options};
use exeunt::draw::Key;
use exeunt::draw::math::{exp, pow};
use exeunt::engine::Simulation;
use exeunt::model::{
    Aspirant, AspirationKey, Belief, Drive, Exits, Menu, Outlook, Prices, Scratch, Verdict, Weights,
};
use exeunt::population::{Person, Population};
use exeunt::scenario::Scenario;
use exeunt::world::{RuleSet, Rules, World};
use rayon::prelude::*;
use std::sync::Arc;

/// Number of persons that one thread takes at a time.
const BATCH: usize = 1 << 14;
/// Number of persons tested together, who are examined one by one only if any of them may have an aspiration.
const LANES: usize = 64;

/// All persons of a scenario, facing the menu of a step in the middle of a run.
pub struct Dense {
    outlook: Outlook,
    lambda: f64,
    segments: Vec<Segment>,
}

/// The persons of a segment.
struct Segment {
    class: u32,
    key: Key,
    drive: Drive,
    inverse_reference: f64,
    real_income: f64,
    persons: Persons,
}

/// What is stored about persons.
enum Persons {
    /// Where all have the same weights: integrated hazards, and one person whose traits no choice asks for.
    Alike(Vec<f32>, Box<Person>),
    /// The traits of each person.
    Each(Vec<Person>),
}

impl Dense {
    /// Prepares the persons of a scenario at a scale, under the rules of the middle of its run.
    pub fn new(scenario: &Arc<Scenario>, scale: u64) -> Result<Self, Failure> {
        let step = middle(scenario);
        let constants = Simulation::new(scenario.clone(), options(scale, 1))?
            .constants()
            .clone();
        let population = Population::new(scenario, 1, scale);
        let world = World {
            rules: Rules::at(scenario, step),
            ..World::first(scenario)
        };
        let outlook = Outlook::new(scenario, &world);
        let lambda = scenario.behaviour.choice.lambda;
        let segments = population.segments.iter().enumerate();
        let segments = segments.map(|(number, people)| {
            let class = outlook.class_of(number as u16);
            let menu = &outlook.home[class as usize];
            let drive = Drive::new(scenario, &population, &world, number, step);
            let inverse_reference = exp(-constants.inclusive_value[number]);
            let person = |index| people.person(number as u16, index);
            let persons = match menu.uniform_weights() {
                Some(weights) => {
                    let total: f64 = weights.iter().sum();
                    let pull = pow(total * inverse_reference, lambda);
                    let hazards =
                        (0..people.agents).map(|index| drive.propensity(&person(index)) * pull);
                    Persons::Alike(
                        hazards.map(|hazard| hazard as f32).collect(),
                        Box::new(person(0)),
                    )
                }
                None => Persons::Each((0..people.agents).map(person).collect()),
            };
            Segment {
                class,
                key: Key::of_run(1, 0, 0, &scenario.segments[number].name),
                drive,
                inverse_reference,
                real_income: world.rules.countries[usize::from(people.origin)].real_income,
                persons,
            }
        });
        Ok(Self {
            segments: segments.collect(),
            outlook,
            lambda,
        })
    }

    /// The number of persons.
    pub fn persons(&self) -> u64 {
        let lengths = self.segments.iter().map(|segment| match &segment.persons {
            Persons::Alike(hazards, _) => hazards.len(),
            Persons::Each(persons) => persons.len(),
        });
        lengths.sum::<usize>() as u64
    }

    /// Asks everybody once; returns how many aspire and how many of them go.
    pub fn step(&self, number: u32) -> (u64, u64) {
        let each = self.segments.iter().map(|segment| match &segment.persons {
            Persons::Alike(hazards, person) => {
                let batches = hazards.par_chunks(BATCH).enumerate();
                sum(batches.map(|(batch, hazards)| {
                    let first = (batch * BATCH) as u32;
                    self.ask_alike(segment, number, first, hazards, person)
                }))
            }
            Persons::Each(persons) => {
                let batches = persons.par_chunks(BATCH);
                sum(batches.map(|persons| self.ask_each(segment, number, persons)))
            }
        });
        each.fold((0, 0), add)
    }

    /// Asks persons who differ only in their hazard. A compiler can vectorise the test that passes them over.
    fn ask_alike(
        &self,
        segment: &Segment,
        number: u32,
        first: u32,
        hazards: &[f32],
        person: &Person,
    ) -> (u64, u64) {
        let mut asked = Asked::default();
        let begins = (first..).step_by(LANES);
        for (begin, hazards) in begins.zip(hazards.chunks(LANES)) {
            let aspires = |(lane, hazard): (usize, &f32)| {
                mark_at_least(begin.wrapping_add(lane as u32), number) < *hazard
            };
            let any = hazards.iter().enumerate().map(aspires);
            if any.map(u32::from).sum::<u32>() == 0 {
                continue;
            }
            for (lane, hazard) in hazards.iter().enumerate() {
                let index = begin + lane as u32;
                if f64::from(mark_at_least(index, number)) < -libm::expm1(-f64::from(*hazard)) {
                    let person = Person { index, ..*person };
                    self.judge(segment, number, &person, 0.0, None, &mut asked);
                }
            }
        }
        asked.count
    }

    /// Asks persons who weigh where to go before it is known whether they aspire.
    fn ask_each(&self, segment: &Segment, number: u32, persons: &[Person]) -> (u64, u64) {
        let mut asked = Asked::default();
        let menu = &self.outlook.home[segment.class as usize];
        for person in persons {
            let income = person.income * segment.real_income;
            let total = menu.weigh_at(person, income, RuleSet::Open, &mut asked.weights);
            let pull = pow(total * segment.inverse_reference, self.lambda);
            let hazard = segment.drive.propensity(person) * pull;
            if f64::from(mark_at_least(person.index, number)) < -libm::expm1(-hazard) {
                self.judge(segment, number, person, income, Some(total), &mut asked);
            }
        }
        asked.count
    }

    /// Judges where a person who aspires goes, if it goes.
    fn judge(
        &self,
        segment: &Segment,
        number: u32,
        person: &Person,
        income: f64,
        total: Option<f64>,
        asked: &mut Asked,
    ) {
        let menu: &Menu = &self.outlook.home[segment.class as usize];
        if total.is_some() {
            menu.prices(income, &mut asked.prices);
        }
        let aspirant = Aspirant {
            menu,
            person,
            prices: &asked.prices,
            income,
            exits: Exits::default(),
            refused: &[],
            belief: Belief::as_it_is(),
            spent: &[],
            kin: &[],
            lambda: self.lambda,
            draws: AspirationKey {
                key: segment.key,
                index: person.index,
                date: number as i32,
            },
        };
        let total = match total {
            Some(_) => aspirant.weigh_open(&mut asked.scratch),
            None => 1.0,
        };
        let goes = match aspirant.judge(total, &mut asked.scratch) {
            Verdict::Goes(place) => aspirant.channel(place).is_some(),
            Verdict::Held(_) => false,
        };
        asked.count = add(asked.count, (1, u64::from(goes)));
    }
}

/// Who aspired, who goes, and the buffers.
#[derive(Default)]
struct Asked {
    count: (u64, u64),
    prices: Prices,
    scratch: Scratch,
    weights: Weights,
}

fn add(a: (u64, u64), b: (u64, u64)) -> (u64, u64) {
    (a.0 + b.0, a.1 + b.1)
}

fn sum(counts: impl ParallelIterator<Item = (u64, u64)>) -> (u64, u64) {
    counts.reduce(|| (0, 0), add)
}

/// A lower bound of a person's exponential mark in a step: its uniform, 24 bits of a 32-bit hash.
#[inline(always)]
fn mark_at_least(person: u32, step: u32) -> f32 {
    let mut bits = person ^ step.wrapping_mul(0x9E37_79B9);
    bits ^= bits >> 16;
    bits = bits.wrapping_mul(0x7FEB_352D);
    bits ^= bits >> 15;
    bits = bits.wrapping_mul(0x846C_A68B);
    bits ^= bits >> 16;
    (bits >> 8) as i32 as f32 * (1.0 / (1 << 24) as f32)
}
