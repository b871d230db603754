//! Strata of propensity: parts of a block within which hazards of leaving differ little.
//!
//! The traits that move the hazard most (planner, active, connected, multiplier, dissent, income) are split at fixed
//! shares. Within a block each stratum is a contiguous range of identities whose length is drawn once from the binomial
//! law, so that persons are independent and identically distributed as if each had drawn its traits alone. Bounds by
//! stratum are tight: a bound for a whole segment would be set by its few persecuted planners, and would
//! cost dozens of times as many candidates.

use super::block::Block;
use crate::draw::{Decision, Key, binomial};

/// One stratum: the range of shares of each splitting trait.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Stratum {
    /// Its position in the list.
    pub number: u16,
    /// Has a firm intention to leave.
    pub planner: bool,
    /// Active in opposition.
    pub active: bool,
    /// Meets some condition of some country: kin, ancestry, an employer, a call-up paper.
    pub connected: bool,
    /// Shares of the multiplier a, from and to.
    pub attachment: (f64, f64),
    /// Shares of dissent, from and to.
    pub dissent: (f64, f64),
    /// Shares of income, from and to.
    pub income: (f64, f64),
    /// The chance that a person belongs to it.
    pub chance: f64,
}

/// The extremes of a stratum's traits that make its hazard of leaving the largest. They do not change, and are computed
/// once: the quantiles at the ends of a distribution are the expensive ones.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Extremes {
    /// The largest multiplier a.
    pub attachment: f64,
    /// The most dissent, 0 to 1.
    pub dissent: f64,
    /// The smallest income on the first day, currency units per month.
    pub income: f64,
}

/// Which traits of a segment are split, and by what shares.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Splits {
    /// Share of planners.
    pub planner: f64,
    /// Share of the active.
    pub active: f64,
    /// Share of the connected.
    pub connected: f64,
    /// Whether the multiplier a varies.
    pub attachment: bool,
    /// Whether dissent varies.
    pub dissent: bool,
    /// Whether income varies.
    pub income: bool,
}

/// The strata of a segment.
///
/// Strata of one class (planner, active, connected), one range of income and one of dissent are neighbours and form a
/// *group*. The layers of marks are walked one group at a time, because beginning a walk costs as much as several hits.
#[derive(Debug, Clone)]
pub struct Strata {
    strata: Vec<Stratum>,
    groups: Vec<std::ops::Range<usize>>,
}

/// The shares at which each trait is split. Part of the stream version.
/// The largest multipliers come first, so that a layer of marks that only they reach ends with them.
const ATTACHMENT: [(f64, f64); 4] = [(0.97, 1.0), (0.85, 0.97), (0.45, 0.85), (0.0, 0.45)];
const DISSENT: [(f64, f64); 3] = [(0.0, 0.65), (0.65, 0.95), (0.95, 1.0)];
const INCOME: [(f64, f64); 5] = [
    (0.0, 0.04),
    (0.04, 0.25),
    (0.25, 0.7),
    (0.7, 0.95),
    (0.95, 1.0),
];
const WHOLE: [(f64, f64); 1] = [(0.0, 1.0)];
/// Classes (of planners, active and connected) rarer than this are split by the multiplier alone: too few candidates
/// come from them to pay for more ranges. Part of the stream version.
const RARE: f64 = 0.001;
/// Classes rarer than this are not split by dissent. Part of the stream version.
const UNUSUAL: f64 = 0.05;

impl Strata {
    /// Returns the strata for these shares; a trait that is the same for all is not split.
    pub fn new(splits: &Splits) -> Self {
        let pick =
            |varies: bool, ranges: &'static [(f64, f64)]| if varies { ranges } else { &WHOLE };
        let width = |(from, to): (f64, f64)| to - from;
        let (mut strata, mut groups) = (Vec::new(), Vec::new());
        let classes = (0..8_u32).map(|class| {
            let [planner, active, connected] = [4, 2, 1].map(|bit| class & bit != 0);
            let of = |is: bool, share: f64| if is { share } else { 1.0 - share };
            let chance = of(planner, splits.planner)
                * of(active, splits.active)
                * of(connected, splits.connected);
            (planner, active, connected, chance)
        });
        for (planner, active, connected, chance) in classes.filter(|class| class.3 > 0.0) {
            let common = chance >= RARE;
            for &income in pick(splits.income && common, &INCOME) {
                let mut begin = strata.len();
                // A pulse in proportion to dissent reaches the few with much dissent through several layers, which need
                // not be walked for the others.
                let by_dissent = splits.dissent && chance >= UNUSUAL;
                for &dissent in pick(by_dissent, &DISSENT) {
                    for &attachment in pick(splits.attachment, &ATTACHMENT) {
                        let parts = width(attachment) * width(dissent) * width(income);
                        strata.push(Stratum {
                            number: strata.len() as u16,
                            planner,
                            active,
                            connected,
                            attachment,
                            dissent,
                            income,
                            chance: chance * parts,
                        });
                    }
                    groups.push(begin..strata.len());
                    begin = strata.len();
                }
            }
        }
        Self { strata, groups }
    }

    /// The groups, as ranges of strata.
    pub fn groups(&self) -> &[std::ops::Range<usize>] {
        &self.groups
    }

    /// The strata in order.
    pub fn list(&self) -> &[Stratum] {
        &self.strata
    }

    /// Returns where each stratum of a block ends (exclusive), as positions within the block.
    pub fn ends(&self, key: Key, block: Block) -> Vec<u32> {
        let mut ends = Vec::with_capacity(self.strata.len());
        let (mut left, mut chance_left, mut end) = (block.length, 1.0, 0);
        for (number, stratum) in self.strata.iter().enumerate() {
            let last = number + 1 == self.strata.len();
            let count = if last {
                left
            } else {
                let [u, _] = key
                    .words(block.number, 0, Decision::StratumCounts, number as u32)
                    .uniforms();
                binomial(left, (stratum.chance / chance_left).clamp(0.0, 1.0), u)
            };
            left -= count;
            chance_left -= stratum.chance;
            end += count;
            ends.push(end);
        }
        ends
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::population::BLOCK;

    #[test]
    fn counts_follow_the_chances_and_fill_the_block() {
        let strata = Strata::new(&Splits {
            planner: 0.009,
            active: 0.01,
            connected: 0.05,
            attachment: true,
            dissent: true,
            income: false,
        });
        assert!((strata.list().iter().map(|s| s.chance).sum::<f64>() - 1.0).abs() < 1e-12);
        let key = Key::of_identity(1, "segment");
        let mut totals = vec![0_u64; strata.list().len()];
        let blocks = 200;
        for number in 0..blocks {
            let block = Block {
                segment: 0,
                number,
                first: number * BLOCK,
                length: BLOCK,
            };
            let ends = strata.ends(key, block);
            assert_eq!(ends.last(), Some(&BLOCK));
            let mut begin = 0;
            for (total, end) in totals.iter_mut().zip(ends) {
                *total += u64::from(end - begin);
                begin = end;
            }
        }
        let all = f64::from(BLOCK) * f64::from(blocks);
        for (total, stratum) in totals.iter().zip(strata.list()) {
            let expected = all * stratum.chance;
            let error = (expected * (1.0 - stratum.chance)).sqrt();
            assert!(
                (*total as f64 - expected).abs() < 4.5 * error,
                "{stratum:?} {total}"
            );
        }
    }
}
