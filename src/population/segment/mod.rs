//! A segment's population: traits as a pure function of seed and identity.

mod connections;
mod traits;

use super::block::{Block, blocks_of};
use super::kinds::Kinds;
use super::quantile::Quantiles;
use super::strata::{Extremes, Splits, Strata};
use crate::draw::{Decision, Key, TraitKey, label, label_within};
use crate::scenario::{Scenario, Segment};
use connections::{Connection, connections};

/// The share of persons who have something that a label names.
#[derive(Debug, Clone, Copy)]
struct Share {
    index: u16,
    key: TraitKey,
    share: f64,
}

/// The keys of the draws of the plain traits.
#[derive(Debug)]
struct TraitKeys {
    attachment: TraitKey,
    dissent: TraitKey,
    income: TraitKey,
    savings: TraitKey,
    age: TraitKey,
    male: TraitKey,
    education: TraitKey,
    minority: TraitKey,
    evidence: TraitKey,
    unemployment: TraitKey,
    remote: TraitKey,
    renter: TraitKey,
    identified: TraitKey,
}

impl TraitKeys {
    fn new(key: Key) -> Self {
        let of = |decision| key.of_trait(decision, 0);
        Self {
            attachment: of(Decision::Attachment),
            dissent: of(Decision::Dissent),
            income: of(Decision::Income),
            savings: of(Decision::Savings),
            age: of(Decision::Age),
            male: of(Decision::Male),
            education: of(Decision::Education),
            minority: of(Decision::Minority),
            evidence: of(Decision::Evidence),
            unemployment: of(Decision::Unemployment),
            remote: of(Decision::Remote),
            renter: of(Decision::Renter),
            identified: of(Decision::Identified),
        }
    }
}

/// The traits that a step's hazards ask for; those not asked for are left at 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Asked {
    /// Dissent.
    pub dissent: bool,
    /// Income.
    pub income: bool,
}

impl Asked {
    /// All traits.
    pub const ALL: Self = Self {
        dissent: true,
        income: true,
    };
}

/// Neighbours in a block who are all active or all inactive.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ActivityRange {
    /// The name of the range in draws.
    pub number: u32,
    /// Whether they are active.
    pub active: bool,
    /// Their positions in the block.
    pub positions: std::ops::Range<u32>,
}

/// A segment prepared to give the traits of any of its persons.
#[derive(Debug)]
pub struct SegmentPopulation {
    /// Number of agents.
    pub agents: u32,
    /// Origin, by country index.
    pub origin: u16,
    /// The key of its persons' traits.
    key: Key,
    traits: TraitKeys,
    /// Strata of propensity.
    pub strata: Strata,
    /// By stratum: the extremes of its traits.
    pub extremes: Vec<Extremes>,
    /// Multiplier a, mean 1.
    pub attachment: Quantiles,
    /// Dissent.
    pub dissent: Quantiles,
    /// Income on the first day, currency units per month.
    pub income: Quantiles,
    /// Savings, currency units.
    pub savings: Quantiles,
    /// The smallest and largest income on the first day, currency units per month.
    pub income_range: (f64, f64),
    /// The smallest and largest savings, currency units.
    pub savings_range: (f64, f64),
    /// What the records of persons abroad keep of their traits.
    pub kinds: Kinds,
    age: Quantiles,
    male: f64,
    higher_education: f64,
    minority: f64,
    evidence: f64,
    remote: f64,
    renters: f64,
    holds: Vec<Share>,
    /// By entry of `holds`: the key of how much of the document's validity is left.
    lives: Vec<TraitKey>,
    speaks: Vec<Share>,
    connections: Vec<Connection>,
    /// Exit gates that concern the segment, with the keys of their draws.
    exit_gates: Vec<(usize, TraitKey)>,
    blocks: Vec<Vec<u32>>,
}

impl SegmentPopulation {
    /// Prepares a segment. An agent stands for `scale` persons; the number of agents is rounded.
    pub fn new(scenario: &Scenario, segment_index: usize, seed: u64, scale: u64) -> Self {
        let segment: &Segment = &scenario.segments[segment_index];
        let key = Key::of_identity(seed, &segment.name);
        let agents = agents_of(segment.size, scale);
        let attachment = match &segment.propensity {
            Some(distribution) => Quantiles::new(distribution),
            None => Quantiles::attachment(scenario.behaviour.leaving.attachment_spread),
        }
        .with_mean_one();
        let dissent = Quantiles::new(&segment.dissent);
        let income = Quantiles::new(&segment.income);
        let savings = Quantiles::new(&segment.savings);
        let connections = connections(scenario, segment);
        let strata = Strata::new(&Splits {
            planner: segment.planner,
            active: segment.active,
            connected: connections.first().map_or(0.0, |first| first.from_here_on),
            attachment: !attachment.is_constant(),
            dissent: !dissent.is_constant(),
            income: !income.is_constant(),
        });
        let extremes = strata.list().iter().map(|stratum| Extremes {
            attachment: attachment
                .range(stratum.attachment.0, stratum.attachment.1)
                .1,
            dissent: dissent.range(stratum.dissent.0, stratum.dissent.1).1,
            income: income.range(stratum.income.0, stratum.income.1).0,
        });
        let holds = shares(&segment.holds, |document| {
            key.of_trait(Decision::Holds, label(&scenario.documents[document].name))
        });
        let lives = holds.iter().map(|share| {
            let name = &scenario.documents[usize::from(share.index)].name;
            key.of_trait(Decision::DocumentLife, label(name))
        });
        let blocks = blocks_of(0, agents)
            .map(|block| strata.ends(key, block))
            .collect();
        Self {
            agents,
            origin: segment.origin,
            key,
            traits: TraitKeys::new(key),
            extremes: extremes.collect(),
            strata,
            attachment,
            dissent,
            income_range: income.range(0.0, 1.0),
            savings_range: savings.range(0.0, 1.0),
            income,
            savings,
            kinds: Kinds::of(segment),
            age: Quantiles::new(&segment.age),
            male: segment.male,
            higher_education: segment.higher_education,
            minority: segment.minority,
            evidence: segment.evidence,
            remote: segment.remote,
            renters: segment.renters,
            lives: lives.collect(),
            holds,
            speaks: shares(&segment.speaks, |country| {
                key.of_trait(Decision::Speaks, label(&scenario.countries[country].code))
            }),
            connections,
            exit_gates: exit_gates(scenario, key, segment_index as u16),
            blocks,
        }
    }

    /// The positions at which the strata of a block end.
    pub fn stratum_ends(&self, block: Block) -> &[u32] {
        &self.blocks[block.number as usize]
    }

    /// The stratum of a person.
    pub fn stratum_of(&self, index: u32) -> usize {
        let ends = &self.blocks[(index / super::BLOCK) as usize];
        let position = index % super::BLOCK;
        ends.partition_point(|end| *end <= position)
    }

    /// The ranges of a block's positions whose persons are all active or all inactive, in order, each with a number
    /// that does not depend on the shares of the others.
    pub fn ranges_by_activity(&self, block: Block) -> Vec<ActivityRange> {
        let mut ranges: Vec<ActivityRange> = Vec::with_capacity(4);
        let mut begin = 0;
        for (stratum, &end) in self.strata.list().iter().zip(self.stratum_ends(block)) {
            let number = 2 * u32::from(stratum.planner) + u32::from(stratum.active);
            match ranges.last_mut() {
                Some(last) if last.number == number => last.positions.end = end,
                _ => ranges.push(ActivityRange {
                    number,
                    active: stratum.active,
                    positions: begin..end,
                }),
            }
            begin = end;
        }
        ranges
    }

    /// The number of active agents.
    pub fn active_agents(&self) -> u64 {
        let blocks = blocks_of(0, self.agents);
        blocks
            .flat_map(|block| self.ranges_by_activity(block))
            .filter(|range| range.active)
            .map(|range| u64::from(range.positions.end - range.positions.start))
            .sum()
    }

    /// Whether anybody speaks the language of a country.
    pub fn anybody_speaks(&self, country: u16) -> bool {
        self.speaks.iter().any(|entry| entry.index == country)
    }

    /// Whether the share of renters is above 0, and whether it is below 1.
    pub fn rents_vary(&self) -> (bool, bool) {
        (self.renters > 0.0, self.renters < 1.0)
    }
}

/// The number of agents for a segment of `persons` persons: the nearest integer, 0 if the scale is more than twice the
/// segment.
pub fn agents_of(persons: u64, scale: u64) -> u32 {
    let scale = scale.max(1);
    let rounded = persons.saturating_add(scale / 2) / scale;
    u32::try_from(rounded).unwrap_or(u32::MAX)
}

/// The exit gates that concern a segment, with the keys of their draws.
fn exit_gates(scenario: &Scenario, key: Key, segment: u16) -> Vec<(usize, TraitKey)> {
    let gates = scenario.exit_gates.iter().enumerate();
    gates
        .filter(|(_, gate)| gate.segments.binary_search(&segment).is_ok())
        .map(|(number, gate)| {
            let code = &scenario.countries[usize::from(gate.country)].code;
            let place = label_within(code, &gate.name);
            (number, key.of_trait(Decision::ExitGate, place))
        })
        .collect()
}

/// Keeps the entries with a share above 0.
fn shares(shares: &[f64], key: impl Fn(usize) -> TraitKey) -> Vec<Share> {
    shares
        .iter()
        .enumerate()
        .filter(|(_, share)| **share > 0.0)
        .map(|(index, share)| Share {
            index: index as u16,
            key: key(index),
            share: *share,
        })
        .collect()
}
