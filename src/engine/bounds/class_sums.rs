//! Upper bounds on what channels are worth to the classes of a segment's persons.

use crate::model::{Eligible, Menu, Ways};
use crate::population::SegmentPopulation;
use crate::world::RuleSet;
use std::sync::{Arc, OnceLock};

/// Upper bounds on what channels are worth to the classes of a segment's persons, by place. They carry over
/// from one step to the next as long as channels and incomes do not change.
#[derive(Debug)]
pub struct ClassSums {
    /// The ways from home, and from abroad.
    ways: [Arc<Ways>; 2],
    /// Real income at home over that of the first day, and the most that anybody earns abroad, currency units
    /// a month.
    incomes: [f64; 2],
    /// By group of strata: the sums from home, in the open world.
    pub(super) groups: Arc<[Vec<f64>]>,
    /// By kind: the sums from anywhere abroad, under the present rules, computed when first asked for.
    kinds: Arc<[OnceLock<Vec<f64>>]>,
}

impl ClassSums {
    pub(super) fn of(
        people: &SegmentPopulation,
        (menu, anywhere): (&Menu, &Menu),
        real_income: f64,
        most_abroad: f64,
        before: Option<&Arc<Self>>,
    ) -> Arc<Self> {
        let ways = [menu, anywhere].map(|menu| Arc::clone(menu.ways()));
        let incomes = [real_income, most_abroad];
        let still = |number: usize, set| {
            before.filter(|before| {
                before.incomes[number] == incomes[number]
                    && before.ways[number].are_worth_the_same(&ways[number], set)
            })
        };
        let (from_home, from_abroad) = (still(0, RuleSet::Open), still(1, RuleSet::Now));
        if let (Some(before), Some(_)) = (from_home, from_abroad) {
            return Arc::clone(before);
        }
        let groups = match from_home {
            Some(before) => Arc::clone(&before.groups),
            None => Self::of_groups(people, menu, real_income),
        };
        let kinds = match from_abroad {
            Some(before) => Arc::clone(&before.kinds),
            None => (0..people.kinds.count()).map(|_| OnceLock::new()).collect(),
        };
        Arc::new(Self {
            groups,
            kinds,
            ways,
            incomes,
        })
    }

    fn of_groups(people: &SegmentPopulation, menu: &Menu, real_income: f64) -> Arc<[Vec<f64>]> {
        let list = people.strata.list();
        // The channels eligible for the last class of persons seen: groups that differ only in income are adjacent.
        let mut channels: Option<((bool, bool), Eligible)> = None;
        let groups = people.strata.groups().iter().map(|group| {
            let common = &list[group.start];
            let (_, income) = people.income.range(common.income.0, common.income.1);
            let class = (common.active, common.connected);
            let known = channels.take().filter(|(known, _)| *known == class);
            let (_, eligible) = channels.insert(known.unwrap_or_else(|| {
                let who = (class, u32::MAX);
                (class, menu.eligible_of_class(people, who, RuleSet::Open))
            }));
            menu.sums_at_most(eligible, income * real_income)
        });
        groups.collect()
    }

    /// The sums of a kind, from anywhere abroad.
    pub(super) fn of_kind(
        &self,
        people: &SegmentPopulation,
        anywhere: &Menu,
        kind: usize,
    ) -> &[f64] {
        self.kinds[kind].get_or_init(|| {
            let (connected, holds) = people.kinds.persons(kind);
            let who = ((true, connected), holds);
            let eligible = anywhere.eligible_of_class(people, who, RuleSet::Now);
            anywhere.sums_at_most(&eligible, self.incomes[1])
        })
    }
}
