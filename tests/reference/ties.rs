//! Whose ties have left, were detained or live abroad, and what that makes of the person.
//!
//! Who is tied to whom is a fact of identity and taken from the population; what follows is not.

use crate::faults::Fault;
use crate::step::{Life, Whereabouts};
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

    /// What everybody knows of its ties in a step that begins at `start` (days since the first), the
    /// step before having begun at `before`: by what they multiply its hazard of leaving, where they
    /// live.
    pub fn know(
        &self,
        scenario: &Scenario,
        lives: &mut [Life],
        (before, start): (f64, f64),
        fault: Fault,
    ) {
        let Some(parameters) = &scenario.behaviour.ties else {
            return;
        };
        let each = match fault {
            Fault::ContagionStronger => parameters.contagion * 16.0 / 15.0,
            _ => parameters.contagion,
        };
        let of_detention = match fault {
            Fault::DetentionsUntold => 1.0,
            _ => parameters.detention,
        };
        let known = if fault == Fault::TiesLate {
            before
        } else {
            start
        };
        let window = parameters.window.days().floor();
        let counts = |day: f64| day < known && start - day.floor() < window;
        let of_person = |tied: &Vec<usize>| {
            let (mut factor, mut kin) = (1.0, vec![0; scenario.countries.len()]);
            for life in tied.iter().map(|tie| &lives[*tie]) {
                if life.left.is_some_and(counts) {
                    factor *= each;
                }
                if life.detained.is_some_and(counts) {
                    factor *= of_detention;
                }
                if let Whereabouts::Abroad(stay) = &life.at
                    && fault != Fault::KinIgnored
                {
                    kin[stay.country] += 1;
                }
            }
            (factor.min(parameters.contagion_max), kin)
        };
        let known: Vec<_> = self.0.iter().map(of_person).collect();
        for (life, (factor, kin)) in lives.iter_mut().zip(known) {
            life.contagion = factor;
            life.kin = kin;
        }
    }

    /// Whom ties tell of refusals of a step, with the channel.
    pub fn told_of_refusals(&self, lives: &[Life]) -> Vec<(usize, usize)> {
        let refused = self.0.iter().zip(lives);
        refused
            .flat_map(|(tied, life)| {
                let told = |channel: usize| tied.iter().map(move |tie| (*tie, channel));
                life.turned_away.iter().copied().flat_map(told)
            })
            .collect()
    }
}
