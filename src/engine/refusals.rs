//! The channels that refused or turned back a person, while that counts.

use serde::{Deserialize, Serialize};

/// A channel that refused or turned back a person, 16 bytes.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Refusal {
    /// Position in the block.
    pub position: u32,
    /// The channel.
    pub channel: u16,
    /// Until when it is closed to the person, in days since the first day of the scenario.
    pub until: f64,
}

/// The refusals of a block that still count.
///
/// Refusals of earlier steps are sorted by position and are searched; those of the present step follow
/// in order of arrival. The latter are not needed yet: a person who is refused is held, and the held are
/// looked at once a step, before that.
///
/// What is forgotten in a step is recorded, and removed once when the step ends: scanning the list for every person
/// who leaves costs the square of the number of events where many are refused (docs/performance.md).
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Refusals {
    list: Vec<Refusal>,
    /// Number of refusals, from the first on, that are sorted.
    ordered: usize,
    /// Whose refusals are forgotten in this step: position, and the length of the list at that time.
    #[serde(skip)]
    forgotten: Vec<(u32, usize)>,
}

impl Refusals {
    /// Whether the refusals are valid for a block of `length` persons.
    pub fn are_sound(&self, length: u32) -> bool {
        self.ordered <= self.list.len() && self.list.iter().all(|r| r.position < length)
    }

    /// Adds a refusal of the present step.
    pub fn add(&mut self, refusal: Refusal) {
        self.list.push(refusal);
    }

    /// The channels closed to a person by refusals of earlier steps.
    pub fn of(&self, position: u32) -> impl Iterator<Item = u16> {
        let ordered = &self.list[..self.ordered];
        debug_assert!(
            !self.list[self.ordered..]
                .iter()
                .any(|refusal| refusal.position == position)
                && !self.forgotten.iter().any(|entry| entry.0 == position),
            "person {position} was refused or went in this step already"
        );
        let begin = ordered.partition_point(|refusal| refusal.position < position);
        ordered[begin..]
            .iter()
            .take_while(move |refusal| refusal.position == position)
            .map(|refusal| refusal.channel)
    }

    /// Forgets the refusals that a person has up to now.
    pub fn forget(&mut self, position: u32) {
        if !self.list.is_empty() {
            self.forgotten.push((position, self.list.len()));
        }
    }

    /// Whether forgotten refusals have been removed.
    pub fn is_settled(&self) -> bool {
        self.forgotten.is_empty()
    }

    /// Removes the refusals forgotten in a step, at its end.
    pub fn settle(&mut self) {
        if self.forgotten.is_empty() {
            return;
        }
        // (A person may be refused again in the same step after being forgotten: later refusals are kept.)
        let mut forgotten = std::mem::take(&mut self.forgotten);
        forgotten.sort_unstable();
        let (mut place, mut ordered) = (0, 0);
        self.list.retain(|refusal| {
            let behind = forgotten.partition_point(|entry| entry.0 <= refusal.position);
            let last = behind.checked_sub(1).map(|last| forgotten[last]);
            let keeps =
                last.is_none_or(|(position, until)| position != refusal.position || place >= until);
            ordered += usize::from(keeps && place < self.ordered);
            place += 1;
            keeps
        });
        self.ordered = ordered;
    }

    /// Drops refusals that no longer count on `day`, at the beginning of a step, and sorts those of the
    /// step before.
    pub fn age(&mut self, day: f64) {
        self.list.retain(|refusal| refusal.until > day);
        self.list
            .sort_by_key(|refusal| (refusal.position, refusal.channel));
        self.ordered = self.list.len();
    }

    /// All refusals, mutably, to rename their channels.
    pub fn iter_mut(&mut self) -> impl Iterator<Item = &mut Refusal> {
        self.list.iter_mut()
    }

    /// Bytes occupied.
    pub fn bytes(&self) -> usize {
        self.list.capacity() * size_of::<Refusal>()
            + self.forgotten.capacity() * size_of::<(u32, usize)>()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refusal(position: u32, channel: u16, until: f64) -> Refusal {
        Refusal {
            position,
            channel,
            until,
        }
    }

    /// Three persons refused in an earlier step.
    fn earlier() -> Refusals {
        let mut refusals = Refusals::default();
        for (position, channel, until) in [(9, 2, 50.0), (5, 7, 60.0), (100, 1, 70.0), (9, 1, 80.0)]
        {
            refusals.add(refusal(position, channel, until));
        }
        refusals.age(0.0);
        refusals
    }

    fn of(refusals: &Refusals, position: u32) -> Vec<u16> {
        refusals.of(position).collect()
    }

    #[test]
    fn refusals_of_this_step_hide_none_of_an_earlier_one() {
        let mut refusals = earlier();
        // Whatever follows them, in whatever order.
        for (number, position) in [50, 3, 2, 70, 1, 4, 60, 0].into_iter().enumerate() {
            refusals.add(refusal(position, 3, 90.0));
            for (position, channels) in [(5, vec![7]), (9, vec![1, 2]), (100, vec![1])] {
                assert_eq!(of(&refusals, position), channels, "{number}");
            }
            assert!(of(&refusals, 6).is_empty());
        }
        refusals.age(10.0);
        assert_eq!(of(&refusals, 70), [3]);
    }

    #[test]
    fn what_is_forgotten_leaves_the_others_in_order() {
        let mut refusals = earlier();
        refusals.add(refusal(7, 3, 90.0));
        refusals.forget(9);
        refusals.forget(7);
        refusals.add(refusal(1, 3, 90.0));
        refusals.settle();
        assert!(of(&refusals, 9).is_empty());
        assert_eq!((of(&refusals, 5), of(&refusals, 100)), (vec![7], vec![1]));
        refusals.age(0.0);
        assert!(of(&refusals, 7).is_empty());
        assert_eq!(of(&refusals, 1), [3]);
    }

    /// A person who leaves, comes to a closed border and is held again within one step remembers only that refusal.
    #[test]
    fn what_comes_after_forgetting_is_kept() {
        let mut refusals = earlier();
        for channel in [4, 5] {
            refusals.forget(9);
            refusals.add(refusal(9, channel, 90.0));
        }
        refusals.forget(5);
        refusals.settle();
        refusals.age(0.0);
        assert_eq!((of(&refusals, 9), of(&refusals, 5)), (vec![5], vec![]));
        assert_eq!(of(&refusals, 100), [1]);
    }

    #[test]
    fn refusals_end_with_their_day() {
        let mut refusals = earlier();
        refusals.age(60.0);
        assert!(of(&refusals, 5).is_empty());
        assert_eq!((of(&refusals, 9), of(&refusals, 100)), (vec![1], vec![1]));
    }
}
