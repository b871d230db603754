//! The end of a step: quota places go to applicants, then those whose turn it is pass borders.

use super::borders::border_before;
use super::counter::Counter;
use super::pool::{Pool, Shares};
use super::queue::{Comers, Cut, Given, Remainder, Turn};
use super::records::BlockState;
use super::step::{BlockStep, StepContext};
use super::{applications, borders};
use crate::scenario::Step;
use crate::units::day_number;
use serde::{Deserialize, Serialize};

/// What carries over between steps of the use of quotas and capacities.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Places {
    /// By channel: the use of its quota.
    pub quotas: Vec<QuotaUse>,
    /// By border: the turns left over.
    pub borders: Vec<Turns>,
}

/// Turns at a border.
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize, Deserialize)]
pub struct Turns {
    /// The fraction of a person, below one, left over from the steps so far.
    part: f64,
    /// Turns that do not add up to an agent yet.
    remainder: Remainder,
}

/// The use of a channel's quota.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct QuotaUse {
    /// The calendar month served last: twelve times the year, plus the month.
    month: i32,
    /// Places of that month that are gone, persons.
    used: u64,
    /// Places that do not add up to an agent yet.
    remainder: Remainder,
}

/// The places of a channel in a step.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Allotted {
    /// Places available, persons; `None` without a quota.
    pub quota: Option<u64>,
    /// Agents who were given a place.
    pub agents: u64,
}

/// A calendar month that a step touches.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Month {
    number: i32,
    /// Days of the month elapsed at the end of the step, and all days of the month.
    elapsed: f64,
    days: f64,
    /// First day after the month, in days since the first day of the scenario.
    end: f64,
}

impl Places {
    /// Quotas and capacities of which nothing has been used.
    pub fn new(channels: usize, borders: usize) -> Self {
        Self {
            quotas: vec![QuotaUse::default(); channels],
            borders: vec![Turns::default(); borders],
        }
    }

    /// Gives the places of a step's quotas to those who wait, and decides on applications whose decision
    /// falls into the step. Returns what each channel gave.
    pub fn settle_quotas<'a>(
        &mut self,
        pool: &Pool,
        blocks: &mut [BlockState],
        context: &StepContext<'_>,
        (step, scale): (Step, u64),
        start: &(impl Fn() -> Counter<'a> + Sync + Send),
    ) -> (Counter<'a>, Vec<Allotted>) {
        let channels = context.scenario.channels.len();
        let mut allotted = vec![Allotted::default(); channels];
        if !context.procedures.waits.contains(&true) {
            return (start(), allotted);
        }
        let comers = pool.fold(
            blocks,
            Shares::Large,
            Comers::default,
            |comers, state| {
                let waiting = state.applications.iter().filter(|a| !a.has_place());
                for application in waiting {
                    comers.count(application.channel, application.applied as u32);
                }
            },
            Comers::join,
        );
        let months = months(step, context.begin);
        let days = comers.by_queue(channels);
        let mut cuts = vec![Cut::NOBODY; channels];
        for (channel, days) in days.iter().enumerate() {
            let rules = &context.world.rules.channels[channel];
            if context.procedures.waits[channel] {
                let quota = rules.has_quota().then_some(rules.quota);
                allotted[channel] = self.quotas[channel].allot(quota, days, &months, scale);
                cuts[channel] = Cut::after(allotted[channel].agents, days);
            }
        }
        if days.iter().all(Vec::is_empty) {
            return (start(), allotted);
        }
        let turns = pool.fold(
            blocks,
            Shares::Large,
            Vec::new,
            |turns, state| {
                for waiting in state.applications.iter().filter(|a| !a.has_place()) {
                    let cut = &cuts[usize::from(waiting.channel)];
                    if cut.open_day() == Some(waiting.applied as u32) {
                        let turn = applications::turn(context, state.block, waiting);
                        turns.push((waiting.channel, turn));
                    }
                }
            },
            joined,
        );
        decide(&mut cuts, turns);
        let counter = pool.fold(
            blocks,
            Shares::Large,
            start,
            |counter, state| {
                if state.applications.iter().any(|a| !a.has_place()) {
                    BlockStep::new(context, state, counter).serve_applicants(&cuts);
                }
            },
            Counter::join,
        );
        (counter, allotted)
    }

    /// Lets those whose turn it is pass borders.
    pub fn settle_borders<'a>(
        &mut self,
        pool: &Pool,
        blocks: &mut [BlockState],
        context: &StepContext<'_>,
        scale: u64,
        start: &(impl Fn() -> Counter<'a> + Sync + Send),
    ) -> Counter<'a> {
        let borders_in_all = context.scenario.borders.len();
        if borders_in_all == 0 {
            return start();
        }
        // (Even if nobody waits: fractions of a person accumulate in every step.)
        let rules = self.borders.iter_mut().zip(&context.world.rules.borders);
        let offered: Vec<Option<u64>> = rules
            .map(|(turns, rules)| turns.of_step(rules.capacity_over(context.days)))
            .collect();
        let comers = pool.fold(
            blocks,
            Shares::Large,
            Comers::default,
            |comers, state| {
                for waiting in &state.waiting {
                    let border = border_before(context.scenario, waiting);
                    comers.count(border, waiting.came as u32);
                }
            },
            Comers::join,
        );
        let days = comers.by_queue(borders_in_all);
        if days.iter().all(Vec::is_empty) {
            return start();
        }
        let mut cuts = vec![Cut::NOBODY; borders_in_all];
        for (border, days) in days.iter().enumerate() {
            let waiting = number(days);
            let agents = if let Some(offered) = offered[border] {
                self.borders[border]
                    .remainder
                    .give(offered, waiting, scale)
                    .agents
            } else {
                waiting
            };
            cuts[border] = Cut::after(agents, days);
        }
        let turns = pool.fold(
            blocks,
            Shares::Large,
            Vec::new,
            |turns, state| {
                for waiting in &state.waiting {
                    let border = border_before(context.scenario, waiting);
                    if cuts[usize::from(border)].open_day() == Some(waiting.came as u32) {
                        turns.push((border, borders::turn(context, state.block, waiting)));
                    }
                }
            },
            joined,
        );
        decide(&mut cuts, turns);
        pool.fold(
            blocks,
            Shares::Large,
            start,
            |counter, state| {
                if !state.waiting.is_empty() {
                    BlockStep::new(context, state, counter).pass_borders(&cuts);
                }
            },
            Counter::join,
        )
    }
}

impl Turns {
    /// How many persons may pass in a step with this capacity over the step; `None` = all who come. Fractions of a
    /// person are made up for in later steps, so that 5 a week are 5 a week in daily steps too.
    fn of_step(&mut self, capacity: f64) -> Option<u64> {
        if !capacity.is_finite() {
            return None;
        }
        let turns = self.part + capacity;
        // (A capacity given per week comes back very slightly too small.)
        let whole = (turns * (1.0 + 1e-9)).floor();
        self.part = (turns - whole).max(0.0);
        Some(whole as u64)
    }
}

impl QuotaUse {
    /// Allots the places of a step to those who wait, by the day they came. Each month that the step touches
    /// gives, in order, the places accrued and not yet gone, to those who applied before its end.
    fn allot(
        &mut self,
        quota: Option<f64>,
        days: &[(u32, u64)],
        months: &[Month],
        scale: u64,
    ) -> Allotted {
        let Some(size) = quota else {
            let agents = number(days);
            return Allotted {
                quota: None,
                agents,
            };
        };
        let (mut offered, mut agents) = (0_u64, 0);
        for month in months {
            if self.month != month.number {
                (self.month, self.used) = (month.number, 0);
            }
            let come = (size * month.elapsed / month.days).floor() as u64;
            let places = come.saturating_sub(self.used);
            let in_time = days.partition_point(|(day, _)| f64::from(*day) < month.end);
            let waiting = number(&days[..in_time]) - agents;
            let Given {
                agents: given,
                used,
            } = self.remainder.give(places, waiting, scale);
            offered = offered.saturating_add(places);
            self.used += used;
            agents += given;
        }
        Allotted {
            quota: Some(offered),
            agents,
        }
    }
}

fn number(days: &[(u32, u64)]) -> u64 {
    days.iter().map(|(_, number)| number).sum()
}

fn joined<T>(mut one: Vec<T>, mut other: Vec<T>) -> Vec<T> {
    one.append(&mut other);
    one
}

/// Decides among those on the last day of each queue, given their turns in any order.
fn decide(cuts: &mut [Cut], turns: Vec<(u16, Turn)>) {
    let mut by_queue = vec![Vec::new(); cuts.len()];
    for (queue, turn) in turns {
        by_queue[usize::from(queue)].push(turn);
    }
    for (cut, turns) in cuts.iter_mut().zip(by_queue) {
        cut.decide(turns);
    }
}

/// The calendar months that a step touches; `begin` is its first day, in days since the first of the scenario.
fn months(step: Step, begin: f64) -> Vec<Month> {
    let first = day_number(step.start);
    let end = first + i32::from(step.days);
    let mut months = Vec::new();
    let mut date = step.start;
    loop {
        let month_first = day_number(date.first_of_month());
        let days = i32::from(date.days_in_month());
        let month_end = month_first + days;
        months.push(Month {
            number: i32::from(date.year()) * 12 + i32::from(date.month()),
            elapsed: f64::from(end.min(month_end) - month_first),
            days: f64::from(days),
            end: begin + f64::from(month_end - first),
        });
        match date.last_of_month().tomorrow() {
            Ok(next) if month_end < end => date = next,
            _ => return months,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;
    use proptest::prelude::*;

    #[test]
    fn a_step_touches_months_to_their_days() {
        let step = Step {
            start: date(2030, 1, 30),
            days: 31,
        };
        let months = months(step, 100.0);
        let seen: Vec<_> = months
            .iter()
            .map(|month| {
                (
                    month.number - 2030 * 12,
                    month.elapsed,
                    month.days,
                    month.end,
                )
            })
            .collect();
        assert_eq!(
            seen,
            [
                (1, 31.0, 31.0, 102.0),
                (2, 28.0, 28.0, 130.0),
                (3, 1.0, 31.0, 161.0)
            ]
        );
    }

    #[test]
    fn unused_places_are_kept_to_the_end_of_the_month() {
        let week = |day| Step {
            start: date(2030, 4, 1)
                .checked_add(jiff::Span::new().days(day))
                .unwrap(),
            days: 7,
        };
        let mut quota = QuotaUse::default();
        let mut given = |day: i64, waiting: u64| {
            let comers: Vec<_> = (waiting > 0)
                .then_some((day as u32, waiting))
                .into_iter()
                .collect();
            let months = months(week(day), day as f64);
            quota.allot(Some(30.0), &comers, &months, 1).agents
        };
        // Nobody comes in the first two weeks of April: their places are available in the third.
        let april = [given(0, 0), given(7, 0), given(14, 100), given(21, 100)];
        assert_eq!(april, [0, 0, 21, 7]);
        // Two of April are left for the week that ends in May, and five days of May give 30 x 5 / 31 = 4.
        assert_eq!(given(28, 0), 0);
        assert_eq!(given(35, 100), 11, "twelve days of May, nothing of April");
    }

    proptest! {
        /// Over any steps, no calendar month gives more places than its quota.
        #[test]
        fn no_month_gives_more_than_its_quota(
            size in 0.0_f64..90.0,
            start in 0_i64..700,
            steps in proptest::collection::vec((1_u16..45, 0_u64..60), 1..40),
        ) {
            let first = date(2030, 1, 1).checked_add(jiff::Span::new().days(start)).unwrap();
            let mut quota = QuotaUse::default();
            let (mut begin, mut gone) = (0_u16, std::collections::BTreeMap::new());
            for (days, waiting) in steps {
                let start = first.checked_add(jiff::Span::new().days(i64::from(begin))).unwrap();
                let touched = months(Step { start, days }, f64::from(begin));
                let elapsed: f64 = touched.iter().map(|month| month.elapsed).sum();
                prop_assert!(elapsed >= f64::from(days));
                // Allotting one month at a time shows what each gives.
                let mut left = waiting;
                for month in &touched {
                    let comers: Vec<_> = (left > 0).then_some((u32::from(begin), left)).into_iter().collect();
                    let given = quota.allot(Some(size), &comers, std::slice::from_ref(month), 1).agents;
                    left -= given;
                    *gone.entry(month.number).or_insert(0) += given;
                }
                begin += days;
            }
            for given in gone.values() {
                prop_assert!(*given as f64 <= size);
            }
        }
    }

    /// Turns add up to the capacity, whatever the steps and however it changes; a huge capacity lets everybody
    /// pass.
    #[test]
    fn turns_at_a_border_add_up() {
        for (first, last) in [
            (5.0 / 7.0, 5.0 / 7.0),
            (0.1, 0.1),
            (3.0, 3.0),
            (5500.0, 5500.0),
            (0.25, 0.1),
            (5.5, 8.0),
        ] {
            let mut border = Turns::default();
            let (mut all, mut passed) = (0.0, 0);
            for (number, days) in [1.0, 7.0, 1.0, 3.0, 14.0, 30.0]
                .repeat(20)
                .into_iter()
                .enumerate()
            {
                let a_day = first + (last - first) * number as f64 / 119.0;
                let turns = border.of_step(a_day * days).unwrap();
                assert!((turns as f64 - a_day * days).abs() < 1.0 + 1e-6);
                all += a_day * days;
                passed += turns;
                assert_eq!(
                    passed,
                    (all + 1e-6).floor() as u64,
                    "{first} to {last} a day"
                );
            }
        }
        for huge in [1e18, 1e300, f64::MAX] {
            let mut border = Turns::default();
            assert!(border.of_step(huge).unwrap() >= 1 << 59);
            assert_eq!(border.of_step(1.0), Some(1));
        }
        assert_eq!(Turns::default().of_step(f64::INFINITY), None);
    }
}
