//! Properties of the network: symmetric, of the stated degree, clustered, a small world.

use super::*;
use crate::scenario::{self, Source};
use crate::units::Duration;
use proptest::prelude::*;
use std::collections::{BTreeSet, VecDeque};

/// A scenario of two origins, with ties.
fn scenario(near: u32, far: u32) -> Scenario {
    let text = concat!(
        include_str!("../../../tests/support/rich.toml"),
        include_str!("../../../tests/support/behaviour.toml")
    );
    let source = Source::parse("ties", text).unwrap_or_else(|problems| panic!("{problems}"));
    let mut scenario = source.scenario().as_ref().clone();
    scenario.behaviour.ties = Some(scenario::Ties {
        near,
        far,
        contagion: 1.5,
        contagion_max: 4.0,
        window: Duration::from_days(182.0),
        detention: 1.0,
        kin: 0.6,
        lag: crate::units::Duration::from_days(7.0),
    });
    scenario
}

/// One segment of `size` persons, and the others of one each.
fn network(near: u32, far: u32, size: u32) -> Ties {
    let scenario = scenario(near, far);
    let mut agents = vec![1; scenario.segments.len()];
    agents[0] = size;
    Ties::new(&scenario, &agents, 5).unwrap_or_else(|| panic!("ties are on"))
}

fn of(ties: &Ties, segment: u16, index: u32) -> Vec<Tie> {
    let mut list = Vec::new();
    ties.of(segment, index, &mut list);
    list
}

fn neighbours(ties: &Ties, index: u32) -> BTreeSet<(u16, u32)> {
    let list = of(ties, 0, index);
    list.iter().map(|tie| (tie.segment, tie.index)).collect()
}

proptest! {
    /// Every person is tied to those tied to it, to nobody twice and to nobody of another origin, and knows each
    /// tie by a number of its own, whatever the sizes.
    #[test]
    fn ties_are_symmetric(
        seed: u64,
        near in 0..=MOST_NEAR,
        far in 0..=MOST_FAR,
        sizes in proptest::collection::vec(1_u32..60, 8),
    ) {
        let scenario = scenario(near, far);
        let agents: Vec<u32> = sizes.into_iter().cycle().take(scenario.segments.len()).collect();
        let ties = Ties::new(&scenario, &agents, seed).unwrap();
        let (mut pairs, mut numbers) = (BTreeSet::new(), BTreeSet::new());
        for (segment, &agents) in (0_u16..).zip(&agents) {
            for index in 0..agents {
                let list = of(&ties, segment, index);
                prop_assert!(list.len() <= (2 * near + far) as usize);
                for tie in list {
                    let other = (tie.segment, tie.index);
                    prop_assert!(other != (segment, index));
                    prop_assert!(pairs.insert(((segment, index), other)));
                    prop_assert!(u32::from(tie.number) < 2 * near + far);
                    prop_assert!(numbers.insert((other, tie.number)));
                    let origin = |segment: u16| scenario.segments[usize::from(segment)].origin;
                    prop_assert_eq!(origin(segment), origin(tie.segment));
                }
            }
        }
        for (one, other) in &pairs {
            prop_assert!(pairs.contains(&(*other, *one)));
        }
    }
}

#[test]
fn nearly_everybody_has_the_full_number_of_ties() {
    let (near, far, size) = (3, 4, 20_000);
    let ties = network(near, far, size);
    let full = (2 * near + far) as usize;
    let lacking: usize = (0..size)
        .map(|index| full - of(&ties, 0, index).len())
        .sum();
    // A far tie coincides with a near one or with another far one in about 4 x (6 + 1.5) of 20,000 persons, each time
    // seen from either side.
    let expected = 4.0 * (6.0 + 1.5);
    assert!(
        (lacking as f64 - expected).abs() < 5.0 * (2.0 * expected).sqrt(),
        "{lacking} ties are lacking, {expected} expected"
    );
}

#[test]
fn near_ties_cluster_and_far_ones_do_not() {
    for (near, far, expected) in [(3, 4, 0.2), (5, 0, 2.0 / 3.0), (0, 10, 0.0)] {
        let size = 20_000;
        let ties = network(near, far, size);
        let (mut closed, mut pairs) = (0.0, 0.0);
        for index in (0..size).step_by(20) {
            let mine = neighbours(&ties, index);
            for other in mine.iter().filter(|(segment, _)| *segment == 0) {
                let shared = neighbours(&ties, other.1);
                closed += mine.intersection(&shared).count() as f64;
                pairs += (mine.len() - 1) as f64;
            }
        }
        let clustering = closed / pairs;
        assert!(
            (clustering - expected).abs() < 0.005,
            "{near} near to each side, {far} far: {clustering}, expected {expected}"
        );
    }
}

#[test]
fn few_steps_lead_to_everybody() {
    let size = 20_000;
    let (mean, furthest) = distances(&network(3, 4, size), size);
    // ln 20,000 / ln 10 is 4.3.
    assert!((4.0..6.0).contains(&mean), "{mean}");
    assert!(furthest <= 9, "{furthest}");
    // A ring alone is not a small world: the mean distance is a quarter of 2,000, divided by the five ties on each
    // side.
    let (ring, _) = distances(&network(5, 0, 2_000), 2_000);
    assert!((ring - 100.0).abs() < 2.0, "{ring}");
}

/// Mean and largest distance from one person to all others.
fn distances(ties: &Ties, size: u32) -> (f64, u32) {
    let mut distance = vec![u32::MAX; size as usize];
    let mut queue = VecDeque::from([0]);
    distance[0] = 0;
    while let Some(index) = queue.pop_front() {
        for (segment, other) in neighbours(ties, index) {
            if segment == 0 && distance[other as usize] == u32::MAX {
                distance[other as usize] = distance[index as usize] + 1;
                queue.push_back(other);
            }
        }
    }
    let sum: f64 = distance.iter().map(|steps| f64::from(*steps)).sum();
    let furthest = distance.iter().max().copied().unwrap_or(0);
    (sum / f64::from(size - 1), furthest)
}

/// No walk over a segment of four billion is hidden in the search for ties.
#[test]
fn ties_are_told_in_constant_time() {
    let size = u32::MAX - 1;
    let ties = network(16, 32, size);
    for index in (0..size).step_by(40_000_000) {
        for tie in of(&ties, 0, index) {
            let back = of(&ties, tie.segment, tie.index);
            assert!(
                back.iter()
                    .any(|tie| (tie.segment, tie.index) == (0, index))
            );
        }
    }
}

/// The order of identities follows propensity; that of the ring must not.
#[test]
fn neighbours_by_identity_are_not_tied() {
    let ties = network(3, 4, 20_000);
    let tied = (0..19_999_u32).filter(|&index| neighbours(&ties, index).contains(&(0, index + 1)));
    // Any two of 20,000 are tied with chance 10 / 20,000, which makes 10 of these pairs.
    let tied = tied.count();
    assert!((1..=25).contains(&tied), "{tied}");
}
