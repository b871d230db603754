//! Ties between persons, as a function of who they are: nothing is stored, and anybody's ties are found in constant
//! time.
//!
//! The network is a small world (Watts and Strogatz 1998, in the form of Newman and Watts 1999, which adds
//! shortcuts and removes no tie). *Near* ties: the persons of a segment stand in a ring, in an order given by a
//! keyed permutation, and each is tied to the next few on either side; persons who stand close share most of
//! their near ties, so near ties cluster. *Far* ties: all persons of an origin, whatever their segment, are
//! paired at random, several times over.
//!
//! Both are symmetric because they are defined by the pair: by a distance in a ring, or by a pairing. The order of the
//! ring is unrelated to the order of identities, which follows propensity and would tie planners to planners alone.

use crate::draw::{Decision, Key, Permutation};
use crate::scenario::Scenario;

/// The most near ties on each side.
pub const MOST_NEAR: u32 = 16;
/// The most far ties.
pub const MOST_FAR: u32 = 32;

/// A tie, as one of its two persons has it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Tie {
    /// Segment of the other person.
    pub segment: u16,
    /// The other person's index in the segment.
    pub index: u32,
    /// The number under which the *other* person lists this tie, below 2 [`MOST_NEAR`] + [`MOST_FAR`]; no two ties of a
    /// person have the same number.
    pub number: u8,
}

/// The ties of everybody.
#[derive(Debug)]
pub struct Ties {
    /// Near ties on each side.
    near: u32,
    /// By segment.
    rings: Vec<Ring>,
    /// By the number that rings refer to.
    origins: Vec<Origin>,
}

/// The ring of a segment.
#[derive(Debug)]
struct Ring {
    order: Permutation,
    origin: usize,
    /// The number of its first person within the origin.
    first: u64,
}

/// The persons of an origin, segment after segment.
#[derive(Debug)]
struct Origin {
    /// The number of the first person of each segment, and the segment.
    segments: Vec<(u64, u16)>,
    /// One permutation per pairing: neighbours in the permuted order are paired two by two.
    pairings: Vec<Permutation>,
}

impl Ties {
    /// Returns the ties of a population of `agents` agents by segment, if the scenario has any. They are the same
    /// in every run of a seed.
    pub fn new(scenario: &Scenario, agents: &[u32], seed: u64) -> Option<Self> {
        let parameters = scenario.behaviour.ties.as_ref()?;
        let mut countries: Vec<u16> = scenario.segments.iter().map(|s| s.origin).collect();
        countries.sort_unstable();
        countries.dedup();
        let mut rings: Vec<Ring> = Vec::new();
        let mut sizes = vec![0_u64; countries.len()];
        let mut segments = vec![Vec::new(); countries.len()];
        for ((number, segment), &agents) in (0u16..).zip(&scenario.segments).zip(agents) {
            let origin = countries.partition_point(|country| *country < segment.origin);
            let key = Key::of_identity(seed, &segment.name);
            rings.push(Ring {
                order: Permutation::new(key, Decision::TieRing, 0, u64::from(agents)),
                origin,
                first: sizes[origin],
            });
            segments[origin].push((sizes[origin], number));
            sizes[origin] += u64::from(agents);
        }
        let origins = segments.into_iter().zip(countries).zip(sizes);
        let origins = origins.map(|((segments, country), size)| {
            let code = &scenario.countries[usize::from(country)].code;
            let key = Key::of_identity(seed, code);
            let pairing = |number| Permutation::new(key, Decision::TiePairing, number, size);
            Origin {
                segments,
                pairings: (0..parameters.far.min(MOST_FAR)).map(pairing).collect(),
            }
        });
        Some(Self {
            near: parameters.near.min(MOST_NEAR),
            rings,
            origins: origins.collect(),
        })
    }

    /// Replaces the contents of `list` by the ties of a person: nobody occurs twice, nor does the person itself.
    pub fn of(&self, segment: u16, index: u32, list: &mut Vec<Tie>) {
        list.clear();
        self.near(segment, index, list);
        self.far(segment, index, list);
    }

    fn near(&self, segment: u16, index: u32, list: &mut Vec<Tie>) {
        let order = &self.rings[usize::from(segment)].order;
        let size = order.size();
        let reach = u64::from(self.near).min(size.saturating_sub(1));
        if reach == 0 {
            return;
        }
        let place = order.forward(u64::from(index));
        let mut tie = |place: u64, number: u64| {
            list.push(Tie {
                segment,
                index: order.inverse(place % size) as u32,
                number: number as u8,
            });
        };
        // The other stands this far ahead of the person, which stands as far behind the other.
        for distance in 1..=reach {
            tie(place + distance, u64::from(self.near) + distance - 1);
        }
        // In a small ring those behind may be ahead as well.
        for distance in (1..=reach).filter(|distance| size - distance > reach) {
            tie(place + size - distance, distance - 1);
        }
    }

    fn far(&self, segment: u16, index: u32, list: &mut Vec<Tie>) {
        let ring = &self.rings[usize::from(segment)];
        let origin = &self.origins[ring.origin];
        let me = ring.first + u64::from(index);
        for (number, pairing) in (2 * self.near..).zip(&origin.pairings) {
            let partner = pairing.forward(me) ^ 1;
            // With an odd number of persons, one is left over.
            if partner >= pairing.size() {
                continue;
            }
            let person = pairing.inverse(partner);
            let place = origin
                .segments
                .partition_point(|(first, _)| *first <= person);
            let (first, segment) = origin.segments[place - 1];
            let tie = Tie {
                segment,
                index: (person - first) as u32,
                number: number as u8,
            };
            let met = |other: &Tie| (other.segment, other.index) == (tie.segment, tie.index);
            if !list.iter().any(met) {
                list.push(tie);
            }
        }
    }
}

#[cfg(test)]
mod tests;
