//! Bounds of a step, by segment: candidates are drawn from them, and no hazard may lie above them.

mod class_sums;
mod host;
mod strata;
#[cfg(test)]
mod tests;
mod thresholds;

pub use class_sums::ClassSums;
pub use host::AbroadBound;

use super::records::Abroad;
use super::whereabouts::Whereabouts;
use crate::draw::math::{exp, pow};
use crate::model::{Drive, Ledger, Outlook, ReturnHazard};
use crate::population::{Asked, Population};
use crate::scenario::{Constants, Scenario, Status};
use crate::world::{STATUSES, World};
use host::{HostBounds, NOBODY};
use std::sync::Arc;
use strata::{Pull, StratumBound};
use thresholds::Thresholds;

/// All statuses, in numerical order.
pub const ALL_STATUSES: [Status; STATUSES] = [
    Status::Protected,
    Status::Legal,
    Status::Temporary,
    Status::Pending,
    Status::Irregular,
];

/// Bounds for the persons of one segment.
#[derive(Debug)]
pub struct SegmentBounds {
    /// What drives its persons to leave.
    pub drive: Drive,
    /// exp(-I_ref); 0 where nobody could go on the first day of the reference, and so nobody aspires.
    pub inverse_reference: f64,
    /// exp(-lambda I_ref); 0 likewise.
    pub inverse_pull: f64,
    /// exp(lambda (I_open - I_ref)) exactly, where the choice is the same for everybody.
    pub uniform_pull: Option<f64>,
    /// Which traits of candidates are needed.
    pub asked: Asked,
    /// Whether everybody who leaves does so for ordinary reasons, cases aside.
    pub only_ordinary: bool,
    /// By stratum: bounds on the hazard of leaving.
    pub strata: Vec<StratumBound>,
    /// By country, status, kind: upper bounds on the integrated return and onward hazards; 0 where nobody is.
    abroad: Vec<AbroadBound>,
    /// By country, status, kind: the thresholds of the heads of both marks.
    thresholds: Vec<[u32; 2]>,
    /// The largest of the thresholds, for each mark.
    pub highest_thresholds: [u32; 2],
    /// By channel: where the thresholds of its country begin.
    rows: Vec<u32>,
    /// The largest bounds abroad, of return and of moving on; NaN if any of them is.
    pub most_abroad: [f64; 2],
    kinds: usize,
    /// Where persons are abroad, and of which kinds: bounds are known for these only.
    whereabouts: Whereabouts,
    /// Upper bounds on what channels are worth to its classes.
    pub sums: Arc<ClassSums>,
}

impl SegmentBounds {
    /// The thresholds of a record: a head at or above its threshold means that the mark is above the bound.
    #[inline]
    pub fn thresholds(&self, record: &Abroad) -> [u32; 2] {
        let begin = self.rows[usize::from(record.channel)] as usize;
        let row = record.status as usize;
        self.thresholds[begin + self.kinds * row + usize::from(record.kind)]
    }

    /// Whether bounds are known for a record in a country, as for everybody abroad at the beginning of a step.
    pub fn knows(&self, country: u16, record: &Abroad) -> bool {
        self.whereabouts.kinds(country) & (1 << record.kind) != 0
    }

    /// The bounds of a record in a country.
    #[inline]
    pub fn abroad(&self, country: u16, record: &Abroad) -> &AbroadBound {
        let row = usize::from(country) * STATUSES + record.status as usize;
        debug_assert!(self.knows(country, record), "{country}: {record:?}");
        &self.abroad[self.kinds * row + usize::from(record.kind)]
    }
}

/// The inputs of a step from which the bounds of a segment are computed.
struct Step<'a> {
    scenario: &'a Scenario,
    population: &'a Population,
    world: &'a World,
    outlook: &'a Outlook,
    constants: &'a Constants,
    ledger: Option<&'a Ledger>,
    segment: usize,
    step: usize,
}

impl SegmentBounds {
    /// The bounds of a segment in a step. `ledger` is given where money moves, `whereabouts` says where the
    /// segment's persons are abroad, and `before` are the sums of the step before.
    #[expect(clippy::too_many_arguments, reason = "all that a step is made of")]
    pub fn new(
        scenario: &Scenario,
        population: &Population,
        world: &World,
        outlook: &Outlook,
        constants: &Constants,
        ledger: Option<&Ledger>,
        segment: usize,
        step: usize,
        whereabouts: &Whereabouts,
        before: Option<&Arc<ClassSums>>,
    ) -> Self {
        let now = Step {
            scenario,
            population,
            world,
            outlook,
            constants,
            ledger,
            segment,
            step,
        };
        let people = &population.segments[segment];
        let lambda = scenario.behaviour.choice.lambda;
        let class = outlook.class_of(segment as u16);
        let drive = Drive::new(scenario, population, world, segment, step);
        let menu = &outlook.home[class as usize];
        let reference = constants.inclusive_value[segment];
        let inverse_reference = if reference.is_finite() {
            exp(-reference)
        } else {
            0.0
        };
        let sums = now.class_sums(before);
        let pull = Pull::new(scenario, people, menu, inverse_reference);
        let strata = strata::bounds(people, &drive, &sums, &pull);
        let uniform_pull = menu.uniform_weights().map(|weights| {
            let total: f64 = weights.iter().sum();
            pow(total * inverse_reference, lambda)
        });
        let abroad = now.abroad(whereabouts, &sums);
        let thresholds = Thresholds::of(&abroad);
        let kinds = people.kinds.count();
        let width = kinds * STATUSES;
        let channels = scenario.channels.iter();
        let rows = channels.map(|channel| (usize::from(channel.country) * width) as u32);
        Self {
            asked: drive.asks_for(uniform_pull.is_none() || ledger.is_some()),
            only_ordinary: drive.is_only_ordinary(),
            drive,
            inverse_reference,
            inverse_pull: pow(inverse_reference, lambda),
            uniform_pull,
            strata,
            abroad,
            thresholds: thresholds.of_bounds,
            highest_thresholds: thresholds.highest,
            rows: rows.collect(),
            most_abroad: thresholds.most,
            kinds,
            whereabouts: whereabouts.clone(),
            sums,
        }
    }
}

impl Step<'_> {
    /// Upper bounds on what channels are worth to the classes of the segment: those of the step before where
    /// they still hold.
    fn class_sums(&self, before: Option<&Arc<ClassSums>>) -> Arc<ClassSums> {
        let people = &self.population.segments[self.segment];
        let class = self.outlook.class_of(self.segment as u16);
        let menu = &self.outlook.home[class as usize];
        let anywhere = self.outlook.from_abroad(class, people.origin);
        let facts = &self.world.rules.countries[usize::from(people.origin)];
        let (_, income_max) = people.income_range;
        // Remote workers go on earning what they did, everybody else earns what the country pays.
        let wages = self.world.rules.countries.iter();
        let wages = wages.map(|facts| facts.wage * facts.real_income);
        let most_abroad = wages.fold(income_max, f64::max);
        ClassSums::of(
            people,
            (menu, anywhere),
            facts.real_income,
            most_abroad,
            before,
        )
    }

    /// The bounds of persons abroad, by country, status and kind; computed only where somebody is.
    fn abroad(&self, whereabouts: &Whereabouts, sums: &ClassSums) -> Vec<AbroadBound> {
        let scenario = self.scenario;
        let people = &self.population.segments[self.segment];
        let class = self.outlook.class_of(self.segment as u16);
        let menu = &self.outlook.home[class as usize];
        let anywhere = self.outlook.from_abroad(class, people.origin);
        let least = menu.utilities_at_least(people);
        let width = people.kinds.count() * STATUSES;
        let mut abroad = Vec::with_capacity(width * scenario.countries.len());
        let returns = ReturnHazard::new(scenario, self.world, people.origin);
        let exposed = returns.most_exposed(people);
        let somewhere = whereabouts.kinds_anywhere();
        let sums: Vec<&[f64]> = (0..people.kinds.count())
            .map(|kind| match somewhere & (1 << kind) {
                0 => &[][..],
                _ => sums.of_kind(people, anywhere, kind),
            })
            .collect();
        for here in 0..scenario.countries.len() as u16 {
            let kinds = whereabouts.kinds(here);
            // (Nobody is abroad in the origin or where no way leads, although all kinds may be taken to be everywhere.)
            let here_least = menu.position(here).map_or(0.0, |place| least[place]);
            if kinds == 0 || here_least <= 0.0 {
                abroad.resize(abroad.len() + width, NOBODY);
                continue;
            }
            let hazards = HostBounds {
                scenario,
                population: self.population,
                world: self.world,
                outlook: self.outlook,
                constants: self.constants,
                ledger: self.ledger,
                segment: self.segment,
                class,
                here,
                here_least,
                kinds,
                sums: &sums,
                days: f64::from(scenario.calendar.steps[self.step].days),
                exposed,
            };
            hazards.list(&returns, &mut abroad);
        }
        abroad
    }
}

/// The larger of two numbers; NaN if either is.
pub fn largest(one: f64, other: f64) -> f64 {
    if one.is_nan() || one > other {
        one
    } else {
        other
    }
}

/// The inner product of two lists, in four lanes, because each addition of a single sum would wait for the
/// one before. The order of rounding does not matter to a bound.
fn product(one: &[f64], other: &[f64]) -> f64 {
    let (ours, our_rest) = one.as_chunks::<4>();
    let (theirs, their_rest) = other.as_chunks::<4>();
    let sums = ours.iter().zip(theirs).fold([0.0; 4], |sums, (a, b)| {
        [0, 1, 2, 3].map(|lane| sums[lane] + a[lane] * b[lane])
    });
    let rest = our_rest.iter().zip(their_rest).map(|(a, b)| a * b);
    sums.into_iter().chain(rest).sum()
}
