//! Whose ties have left, and how much sooner the person leaves.
//!
//! Who is tied to whom is a fact of identity and taken from the population; what follows is not.

use crate::faults::Fault;
use crate::step::Life;
use exeunt::population::Ties;
use exeunt::scenario::Scenario;

/// The ties of everybody, by number in the list of persons.
#[derive(Debug)]
pub struct Circle(Vec<Vec<usize>>);

impl Circle {
    /// Reads everybody's ties; nobody has any where they are off.
    pub fn of(scenario: &Scenario, seed: u64) -> Self {
        let sizes: Vec<u32> = scenario.segments.iter().map(|s| s.size as u32).collect();
        let Some(ties) = Ties::new(scenario, &sizes, seed) else {
            return Self(Vec::new());
        };
        let first = |segment: usize| sizes[..segment].iter().sum::<u32>();
        let mut tied = Vec::new();
        for (segment, size) in sizes.iter().enumerate() {
            for index in 0..*size {
                let mut list = Vec::new();
                ties.of(segment as u16, index, &mut list);
                let number = |segment: u16, index| (first(segment.into()) + index) as usize;
                let numbers = list.iter().map(|tie| number(tie.segment, tie.index));
                tied.push(numbers.collect());
            }
        }
        Self(tied)
    }

    /// The factor of everybody's hazard of leaving in a step that begins at `start` (days since the
    /// first), the step before having begun at `before`.
    pub fn factors(
        &self,
        scenario: &Scenario,
        lives: &[Life],
        (before, start): (f64, f64),
        fault: Fault,
    ) -> Vec<f64> {
        let Some(parameters) = &scenario.behaviour.ties else {
            return vec![1.0; lives.len()];
        };
        let each = match fault {
            Fault::ContagionStronger => parameters.contagion * 16.0 / 15.0,
            _ => parameters.contagion,
        };
        let known = if fault == Fault::TiesLate {
            before
        } else {
            start
        };
        let window = parameters.window.days().floor();
        let counts = |left: f64| left < known && start - left.floor() < window;
        let of_person = |tied: &Vec<usize>| {
            let ties = tied.iter().filter_map(|tie| lives[*tie].left);
            let left = ties.filter(|left| counts(*left)).count();
            each.powi(left as i32).min(parameters.contagion_max)
        };
        self.0.iter().map(of_person).collect()
    }
}
