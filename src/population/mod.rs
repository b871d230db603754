//! Who the persons are: segments, and traits as a pure function of seed and identity.

mod block;
mod documents;
mod kinds;
mod person;
mod quantile;
mod segment;
mod strata;
mod ties;

pub use block::{BLOCK, Block, blocks_of};
pub use documents::Documents;
pub use kinds::Kinds;
pub use person::{CountrySet, Person};
pub use quantile::Quantiles;
pub use segment::{ActivityRange, Asked, SegmentPopulation, agents_of};
pub use strata::{Extremes, Splits, Strata, Stratum};
pub use ties::{MOST_FAR, MOST_NEAR, Tie, Ties};

use crate::scenario::Scenario;

/// The population of a scenario under a seed.
#[derive(Debug)]
pub struct Population {
    /// By segment, in the order of the scenario.
    pub segments: Vec<SegmentPopulation>,
    /// Number of persons that an agent stands for.
    pub scale: u64,
    /// By country, as an origin: the smallest and largest income.
    incomes: Vec<(f64, f64)>,
    /// Who is tied to whom; `None` where ties are off.
    pub ties: Option<Ties>,
}

impl Population {
    /// Prepares the traits of everybody; nothing is stored per person.
    pub fn new(scenario: &Scenario, seed: u64, scale: u64) -> Self {
        let segments: Vec<SegmentPopulation> = (0..scenario.segments.len())
            .map(|segment| SegmentPopulation::new(scenario, segment, seed, scale))
            .collect();
        let mut incomes = vec![(f64::INFINITY, 0.0_f64); scenario.countries.len()];
        for people in &segments {
            let (least, most) = people.income_range;
            let range = &mut incomes[usize::from(people.origin)];
            *range = (range.0.min(least), range.1.max(most));
        }
        let agents: Vec<u32> = segments.iter().map(|people| people.agents).collect();
        Self {
            ties: Ties::new(scenario, &agents, seed),
            segments,
            scale,
            incomes,
        }
    }

    /// The smallest and largest income on the first day in an origin, in currency units per month.
    pub fn income_range(&self, origin: u16) -> (f64, f64) {
        self.incomes[usize::from(origin)]
    }

    /// The mean dissent of an origin's population.
    pub fn mean_dissent(&self, scenario: &Scenario, origin: u16) -> f64 {
        let (mut sum, mut persons) = (0.0, 0.0);
        for (segment, population) in scenario.segments.iter().zip(&self.segments) {
            if segment.origin == origin {
                sum += segment.size as f64 * population.dissent.mean();
                persons += segment.size as f64;
            }
        }
        if persons > 0.0 { sum / persons } else { 0.0 }
    }
}
