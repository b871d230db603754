//! Queues in the order of the day of coming and a draw: whose turn it is, and how many are served.
//!
//! Who is served is found by counting: how many came on which day, over all blocks; then, among those
//! of the one day at which the places run out, by their draws. Both are sums over sets of persons, so
//! that nothing depends on blocks or threads.

use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};

/// A person's turn in a queue; the derived order is that in which persons are served.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Turn {
    /// Day on which the person came, days since the first of the scenario.
    pub day: u32,
    /// Its draw.
    pub draw: u64,
    /// Segment and index: nobody has the same turn.
    pub person: (u16, u32),
}

/// How many who wait in each queue came on each day.
#[derive(Debug, Default)]
pub struct Comers(FxHashMap<(u16, u32), u64>);

impl Comers {
    /// Counts one who waits.
    pub fn count(&mut self, queue: u16, day: u32) {
        *self.0.entry((queue, day)).or_insert(0) += 1;
    }

    /// Adds another count.
    pub fn join(mut self, other: Self) -> Self {
        for (place, number) in other.0 {
            *self.0.entry(place).or_insert(0) += number;
        }
        self
    }

    /// The days on which those who wait in each of so many queues came, ascending, with their
    /// number.
    pub fn by_queue(self, queues: usize) -> Vec<Vec<(u32, u64)>> {
        let mut days = vec![Vec::new(); queues];
        for ((queue, day), number) in self.0 {
            days[usize::from(queue)].push((day, number));
        }
        for days in &mut days {
            days.sort_unstable();
        }
        days
    }
}

/// Where a queue is cut: who comes before is served.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cut {
    /// Everybody is served.
    Everybody,
    /// Who came before this day is served, and of those who came on it so many, by their draws.
    Within(u32, u64),
    /// Whose turn is before this one is served.
    Before(Turn),
}

impl Cut {
    /// Nobody is served.
    pub const NOBODY: Self = Self::Within(0, 0);

    /// The cut by which the first `served` of those who came on these days are served.
    pub fn after(served: u64, days: &[(u32, u64)]) -> Self {
        let mut left = served;
        for &(day, number) in days {
            if left < number {
                return Self::Within(day, left);
            }
            left -= number;
        }
        Self::Everybody
    }

    /// The day on which draws decide, if they do.
    pub fn open_day(&self) -> Option<u32> {
        match self {
            Self::Within(day, number) if *number > 0 => Some(*day),
            _ => None,
        }
    }

    /// Decides among those of the day on which draws decide, given the turns of all of them.
    pub fn decide(&mut self, mut turns: Vec<Turn>) {
        if let Self::Within(_, number) = *self
            && let Ok(number) = usize::try_from(number)
            && number < turns.len()
        {
            let (_, first_left_out, _) = turns.select_nth_unstable(number);
            *self = Self::Before(*first_left_out);
        }
    }

    /// Whether a person who came on a day is served.
    #[inline]
    pub fn serves(&self, day: u32, turn: impl FnOnce() -> Turn) -> bool {
        match self {
            Self::Everybody => true,
            Self::Within(last, _) => day < *last,
            Self::Before(first_left_out) => {
                day < first_left_out.day || (day == first_left_out.day && turn() < *first_left_out)
            }
        }
    }
}

/// Places that are fewer than an agent stands for, kept until they make up an agent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Remainder(u64);

/// Places given to agents.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Given {
    /// Agents who have got one.
    pub agents: u64,
    /// Places of those offered that are gone, persons.
    pub used: u64,
}

impl Remainder {
    /// Gives `offered` places (persons) to `waiting` agents of `scale` persons each. Where agents are
    /// left waiting all places are gone, those that are fewer than an agent into the remainder.
    pub fn give(&mut self, offered: u64, waiting: u64, scale: u64) -> Given {
        let places = offered.saturating_add(self.0);
        let agents = waiting.min(places / scale);
        let persons = agents * scale;
        let used = if agents < waiting {
            self.0 = places - persons;
            offered
        } else {
            let from_remainder = persons.min(self.0);
            self.0 -= from_remainder;
            persons - from_remainder
        };
        Given { agents, used }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn remainders_add_up_to_agents() {
        let mut remainder = Remainder::default();
        let given: Vec<u64> = (0..10).map(|_| remainder.give(3, 100, 10).agents).collect();
        assert_eq!(given, [0, 0, 0, 1, 0, 0, 1, 0, 0, 1]);
        // Who does not wait does not use places.
        let mut remainder = Remainder::default();
        assert_eq!(
            remainder.give(35, 2, 10),
            Given {
                agents: 2,
                used: 20
            }
        );
        assert_eq!(remainder, Remainder(0));
    }

    fn turns() -> impl Strategy<Value = Vec<Turn>> {
        proptest::collection::vec((0_u32..6, 0_u64..4), 0..40).prop_map(|drawn| {
            (0..)
                .zip(drawn)
                .map(|(index, (day, draw))| Turn {
                    day,
                    draw,
                    person: (0, index),
                })
                .collect()
        })
    }

    proptest! {
        /// As if all stood in one line.
        #[test]
        fn the_first_in_order_are_served(turns in turns(), served in 0_u64..45) {
            let mut comers = Comers::default();
            for turn in &turns {
                comers.count(1, turn.day);
            }
            let days = comers.by_queue(2);
            prop_assert!(days[0].is_empty());
            let mut cut = Cut::after(served, &days[1]);
            if let Some(day) = cut.open_day() {
                cut.decide(turns.iter().filter(|turn| turn.day == day).copied().collect());
            }
            let mut line = turns.clone();
            line.sort_unstable();
            for (place, turn) in line.iter().enumerate() {
                prop_assert_eq!(cut.serves(turn.day, || *turn), (place as u64) < served);
            }
        }

        /// No more is given than is offered, but for what was kept of earlier offers.
        #[test]
        fn places_are_never_given_twice(
            offers in proptest::collection::vec((0_u64..50, 0_u64..20), 1..30),
            scale in 1_u64..12,
        ) {
            let mut remainder = Remainder::default();
            let (mut offered, mut given) = (0, 0);
            for (offer, waiting) in offers {
                let part = remainder.give(offer, waiting, scale);
                prop_assert!(part.used <= offer && part.agents <= waiting);
                prop_assert!(remainder.0 < scale);
                offered += part.used;
                given += part.agents * scale;
                prop_assert_eq!(offered, given + remainder.0);
                if scale == 1 {
                    prop_assert_eq!(part.agents, part.used);
                }
            }
        }
    }
}
