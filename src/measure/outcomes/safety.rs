//! Outcomes of safety: whether those in danger get out, who is let through and who is not, and what
//! work leaves with them.

use super::super::outcome::ALL;
use super::Outcomes;
use super::list::List;
use crate::population::Quantiles;
use crate::world::{SegmentTally, World};

/// The share of citizens, those at highest risk of persecution, that counts as the top.
const TOP: f64 = 0.1;

/// The share of each kind of citizens that is in the top of risk.
///
/// The kinds are the active, members of a minority who are not active, and all others. Within a
/// kind everybody has the same risk, so where a kind fills the top only in part, that share
/// represents the whole kind.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Top {
    weights: [f64; 3],
    /// Agents in the top.
    agents: f64,
}

impl Top {
    fn of(outcomes: &Outcomes<'_>) -> Self {
        let mut kinds = [0.0; 3];
        for segment in &outcomes.scenario.segments {
            let agents = segment.size as f64 / outcomes.scale as f64;
            let others = agents * (1.0 - segment.active);
            kinds[0] += agents * segment.active;
            kinds[1] += others * segment.minority;
            kinds[2] += others * (1.0 - segment.minority);
        }
        let all: f64 = kinds.iter().sum();
        let mut room = TOP * all;
        let weights = kinds.map(|agents| {
            let taken = agents.min(room);
            room -= taken;
            if agents > 0.0 { taken / agents } else { 0.0 }
        });
        Self {
            weights,
            agents: TOP * all,
        }
    }

    /// Returns the agents in the top among numbers of each kind.
    fn among(&self, kinds: [u64; 3]) -> f64 {
        let weighed = self.weights.iter().zip(kinds);
        weighed.map(|(weight, agents)| weight * agents as f64).sum()
    }
}

/// Persons who got out, by kind, in each step.
#[derive(Debug, Clone, Default)]
pub(super) struct SafetySum {
    /// By step: whole days from the first day of the scenario to the end of the step, and
    /// persons who arrived abroad for the first time, by kind in the order of [`Top`].
    steps: Vec<(u64, [u64; 3])>,
}

impl SafetySum {
    pub(super) fn record(&mut self, days: u64, tallies: &[SegmentTally]) {
        let end = self.steps.last().map_or(0, |(end, _)| *end) + days;
        let mut sum = [0; 3];
        for tally in tallies {
            for (sum, part) in sum.iter_mut().zip(tally.got_out) {
                *sum += part;
            }
        }
        self.steps.push((end, sum));
    }
}

impl Outcomes<'_> {
    pub(super) fn safety(&self, list: &mut List) {
        let all = self.everybody().tally;
        let top = Top::of(self);
        // Whole numbers are summed and then weighed: two runs with the same persons in other steps must agree to
        // the last digit, or the sign of their difference would be that of its rounding.
        let so_far = || {
            self.safety.steps.iter().scan([0; 3], |sum, (end, kinds)| {
                *sum = [0, 1, 2].map(|kind| sum[kind] + kinds[kind]);
                Some((*end, top.among(*sum)))
            })
        };
        let out = so_far().last().map_or(0.0, |(_, agents)| agents);
        let share = out / top.agents;
        list.add("top_risk_got_out", ALL, ALL, share, Some(out as u64));
        let half = so_far().find(|(_, agents)| 2.0 * agents >= out);
        if let Some((days, _)) = half.filter(|_| out > 0.0) {
            list.add(
                "top_risk_median_days",
                ALL,
                ALL,
                days as f64,
                Some(out as u64),
            );
        }
        if all.mistaken.iter().sum::<u64>() > 0 {
            let of_top = top.among(all.mistaken);
            let persons = of_top * self.scale as f64;
            list.add(
                "top_risk_wrongly_refused",
                ALL,
                ALL,
                persons,
                Some(of_top as u64),
            );
        }
        let left: u64 = all.left_by.iter().sum();
        for (id, sum, agents) in [
            ("leavers_mean_dissent", all.left_dissent, left),
            ("refused_mean_dissent", all.refused_dissent, all.refused),
        ] {
            if agents > 0 {
                let mean = sum as f64 / 1000.0 / agents as f64;
                list.add(id, ALL, ALL, mean, Some(agents));
            }
        }
        if let Some(share) = self.income_gone() {
            list.add("skill_weighted_loss", ALL, ALL, share, Some(left));
        }
    }

    /// Returns the incomes that are gone over all incomes; `None` where nobody earns anything.
    fn income_gone(&self) -> Option<f64> {
        let first = World::first(self.scenario);
        let (mut gone, mut earned) = (0.0, 0.0);
        for (segment, sum) in self.scenario.segments.iter().zip(&self.segments) {
            let wage = first.reference_income(usize::from(segment.origin));
            if wage > 0.0 {
                // The tally is in thousandths of the mean wage of the origin, and origins are added up by what is earned.
                let (left, returned) = (sum.tally.left_income, sum.tally.returned_income);
                gone += (left as f64 - returned as f64) / 1000.0 * wage;
                let income = Quantiles::new(&segment.income).mean();
                earned += segment.size as f64 / self.scale as f64 * income;
            }
        }
        (earned > 0.0).then(|| gone / earned)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::measure::test_support::scenario;
    use crate::units::MoneyFlow;

    /// Incomes of origins are added up as they were earned, not each over the mean of its origin.
    #[test]
    fn an_income_counts_by_its_size_wherever_it_was_earned() {
        let mut scenario = scenario();
        scenario.segments.truncate(1);
        scenario.segments[0].origin = 0;
        let mut poor = scenario.segments[0].clone();
        poor.origin = 1;
        scenario.segments.push(poor);
        scenario.countries[1].wage = MoneyFlow::from_per_month(90.0);
        let wage = |origin: usize| World::first(&scenario).reference_income(origin);
        let (rich, poor) = (wage(0), wage(1));
        assert!(rich > 0.0 && poor > 0.0 && rich != poor, "{rich} {poor}");
        let gone = |segment: usize, means: u64| {
            let mut outcomes = Outcomes::new(&scenario);
            outcomes.segments[segment].tally.left_income = 3000 * means;
            outcomes.segments[segment].tally.returned_income = 1000 * means;
            outcomes.income_gone().unwrap()
        };
        assert!((gone(0, 5) / gone(1, 5) / (rich / poor) - 1.0).abs() < 1e-12);
    }

    /// The sign of a difference between runs is counted: it must not be that of rounding.
    #[test]
    fn the_same_persons_in_other_steps_are_the_same_to_the_last_digit() {
        let mut scenario = scenario();
        scenario.segments.truncate(1);
        let only = &mut scenario.segments[0];
        (only.size, only.active, only.minority) = (1000, 0.03, 0.2);
        let share = |mut steps: Vec<[u64; 3]>, turn: usize| {
            let mut outcomes = Outcomes::new(&scenario);
            steps.rotate_left(turn);
            outcomes.safety.steps = (1..).zip(steps).collect();
            let mut list = List {
                scale: 1,
                outcomes: Vec::new(),
            };
            outcomes.safety(&mut list);
            list.outcomes[0].value
        };
        let steps: Vec<[u64; 3]> = (0..20)
            .map(|step| [step % 3, 7 * step % 11, step])
            .collect();
        let one = share(steps.clone(), 0);
        assert!((1..20).all(|turn| share(steps.clone(), turn) == one));
        assert!(one > 0.0);
    }

    #[test]
    fn the_top_is_filled_from_the_highest_risk() {
        let mut scenario = scenario();
        scenario.segments.truncate(2);
        let kinds = [(50, 1.0, 0.0), (950, 0.0, 0.5)];
        for (segment, kind) in scenario.segments.iter_mut().zip(kinds) {
            (segment.size, segment.active, segment.minority) = kind;
        }
        let size = |segment: usize| scenario.segments[segment].size as f64;
        let all: f64 = scenario
            .segments
            .iter()
            .map(|segment| segment.size as f64)
            .sum();
        // All of the active, and as many of the minority as there is room for.
        let room = 0.1 * all - size(0);
        assert!(room > 0.0 && room < 0.5 * size(1));
        let top = Top::of(&Outcomes::new(&scenario));
        let [active, minority, others] = top.weights;
        assert_eq!((active, others), (1.0, 0.0));
        assert!((minority - room / (0.5 * size(1))).abs() < 1e-12);
        assert!((top.among([size(0) as u64, (0.5 * size(1)) as u64, 9]) - top.agents).abs() < 1e-6);
    }
}
