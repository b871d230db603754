//! Queues ordered by day of arrival and then by a draw: whose turn it is, and how many are served.
//!
//! Who is served is found by counting: how many came on which day, over all blocks; then, among those
//! who came on the day at which the places run out, by their draws. Both are sums over sets of persons,
//! so that nothing depends on blocks or threads.

use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};

/// A person's turn in a queue; the derived order is the order of service.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Turn {
    /// Day on which the person came, in days since the first day of the scenario.
    pub day: u32,
    /// The person's draw.
    pub draw: u64,
    /// Segment and index, so that no two persons have the same turn.
    pub person: (u16, u32),
}

/// The number of persons waiting in each queue, by the day on which they came.
#[derive(Debug, Default)]
pub struct Comers(FxHashMap<(u16, u32), u64>);

impl Comers {
    /// Counts a person who waits.
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

    /// For each of the queues, the days on which those who wait came, ascending, with their
    /// numbers.
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

/// Where a queue is cut: those before the cut are served.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cut {
    /// Everybody is served.
    Everybody,
    /// Those who came before this day are served, and this many of those who came on it, by their draws.
    Within(u32, u64),
    /// Those whose turn is before this one are served.
    Before(Turn),
}

impl Cut {
    /// Nobody is served.
    pub const NOBODY: Self = Self::Within(0, 0);

    /// The cut that serves the first `served` of those who came on these days.
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

    /// The day whose comers are decided on by draws, if there is one.
    pub fn open_day(&self) -> Option<u32> {
        match self {
            Self::Within(day, number) if *number > 0 => Some(*day),
            _ => None,
        }
    }

    /// Decides among those who came on the [open day](Self::open_day), given the turns of all of them.
    pub fn decide(&mut self, mut turns: Vec<Turn>) {
        if let Self::Within(_, number) = *self
            && let Ok(number) = usize::try_from(number)
            && number < turns.len()
        {
            let (_, first_left_out, _) = turns.select_nth_unstable(number);
            *self = Self::Before(*first_left_out);
        }
    }

    /// Whether a person who came on a day is served; `turn` is asked for only if the day does not decide.
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

/// Places too few for one agent, kept until they make up an agent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Remainder(u64);

/// Places given to agents.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Given {
    /// Agents who were given a place.
    pub agents: u64,
    /// How many of the places offered are gone, persons.
    pub used: u64,
}

impl Remainder {
    /// Gives `offered` places (persons) to `waiting` agents of `scale` persons each. If agents are left
    /// waiting, all places are gone: those too few for another agent are kept in the remainder.
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
        // Places that nobody waits for are not used.
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
        /// The same persons are served as if all stood in one line.
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

        /// No more is given than is offered, apart from what was kept from earlier offers.
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
