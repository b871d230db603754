//! Persons whom the state takes: called up or detained, confined until a day, and content again after it.

use super::notice::Seen;
use super::records::{Application, BlockState, WITHOUT_END};
use super::step::BlockStep;
use serde::{Deserialize, Serialize};

/// A person who is detained or serving, 8 bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Confined {
    /// Position in the block.
    pub position: u32,
    /// Day of release, in days since the first day of the scenario; [`WITHOUT_END`] if there is none.
    pub until: u16,
}

/// Persons the state will take in a step unless they act first, in order of position, each with the
/// share of the step after which it does so; infinite once the person has acted.
#[derive(Debug, Default)]
pub struct Seizures(Vec<(u32, f64)>);

impl Seizures {
    /// The seizures found, in any order; for each person the earliest counts.
    pub fn of(mut found: Vec<(u32, f64)>) -> Self {
        found.sort_unstable_by(|one, other| {
            let by_part = || one.1.total_cmp(&other.1);
            one.0.cmp(&other.0).then_with(by_part)
        });
        found.dedup_by_key(|entry| entry.0);
        Self(found)
    }

    /// Whether nobody was found.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    fn entry(&self, position: u32) -> Option<usize> {
        if self.0.is_empty() {
            return None;
        }
        let place = self.0.binary_search_by_key(&position, |entry| entry.0);
        place.ok()
    }

    /// The share of the step after which a person is taken; infinite if it is not.
    #[inline]
    pub fn part_of(&self, position: u32) -> f64 {
        let entry = self.entry(position);
        entry.map_or(f64::INFINITY, |place| self.0[place].1)
    }

    /// Whether a person is taken.
    #[inline]
    pub fn seizes(&self, position: u32) -> bool {
        self.part_of(position) < f64::INFINITY
    }

    /// Cancels the seizure of a person, who has made its one transition of the step.
    #[inline]
    pub fn cancel(&mut self, position: u32) {
        if let Some(place) = self.entry(position) {
            self.0[place].1 = f64::INFINITY;
        }
    }

    /// Whether a person acts, at a share of the step, before it is taken; if so it is not taken.
    #[inline]
    pub fn acts_first(&mut self, position: u32, part: f64) -> bool {
        if self.part_of(position) < part {
            return false;
        }
        self.cancel(position);
        true
    }

    /// Removes and returns all that have not been cancelled.
    pub fn take(&mut self) -> Vec<(u32, f64)> {
        let mut left = std::mem::take(&mut self.0);
        left.retain(|entry| entry.1 < f64::INFINITY);
        left
    }
}

impl BlockState {
    /// The persons at home who can be taken, one bit per position: content, held, departing or applying.
    /// Those who wait at a border are out of reach.
    pub fn within_reach(&self) -> Vec<u64> {
        let mut reach = self.content.clone();
        let mut set = |position: u32| reach[(position >> 6) as usize] |= 1 << (position & 63);
        self.held.iter().for_each(|record| set(record.position()));
        self.departing
            .iter()
            .for_each(|record| set(record.position));
        self.applications
            .iter()
            .filter(|application| !application.abroad)
            .for_each(|application| set(application.position));
        reach
    }

    /// Whether a person is within reach; content is checked first, because most of those asked about are.
    pub fn is_within_reach(&self, position: u32) -> bool {
        let applies_from_home =
            |application: &Application| !application.abroad && application.position == position;
        self.is_content(position)
            || self.held.iter().any(|record| record.position() == position)
            || self
                .departing
                .iter()
                .any(|record| record.position == position)
            || self.applications.iter().any(applies_from_home)
    }

    /// Number of persons within reach.
    pub fn persons_within_reach(&self) -> u64 {
        u64::from(self.content_persons)
            + (self.held.len() + self.departing.len()) as u64
            + self.applying_at_home()
    }

    /// Takes persons within reach (positions in order) out of the state they are in. Returns how many of
    /// them were held.
    pub fn take_from_home(&mut self, positions: &[u32]) -> u64 {
        let mut elsewhere = Vec::new();
        for &position in positions {
            if self.is_content(position) {
                self.leave_content(position);
            } else {
                elsewhere.push(position);
            }
            self.exposed.forget(position);
        }
        if elsewhere.is_empty() {
            return 0;
        }
        // (A bit per position modulo 64 is enough to tell of nearly all who are not taken that they stay.)
        let taken = elsewhere
            .iter()
            .fold(0_u64, |taken, position| taken | 1 << (position & 63));
        let stays = |position: u32| {
            taken & 1 << (position & 63) == 0 || elsewhere.binary_search(&position).is_err()
        };
        let mut freed = Vec::new();
        self.held.retain(|record| {
            let stays = stays(record.position());
            if !stays {
                freed.push(record.held());
            }
            stays
        });
        for record in &freed {
            self.held_by[record.hold as usize] -= 1;
        }
        self.departing.retain(|record| stays(record.position));
        self.applications
            .retain(|application| application.abroad || stays(application.position));
        for &position in &elsewhere {
            self.forget_refusals(position);
        }
        freed.len() as u64
    }
}

impl BlockStep<'_, '_> {
    /// Releases those whose day has come; they are content from the end of the step.
    pub fn release_the_confined(&mut self) {
        let (begin, end) = (self.context.begin, self.context.begin + self.context.days);
        let state = &mut *self.state;
        let mut released = Vec::new();
        for list in [&mut state.detained, &mut state.mobilised] {
            list.retain(|record| {
                let stays = record.until == WITHOUT_END || f64::from(record.until) >= end;
                if !stays {
                    released.push(*record);
                }
                stays
            });
        }
        for record in released {
            self.state.coming_home.push(record.position);
            self.attend(record.position, f64::from(record.until).max(begin));
            self.note(|| Seen::Released);
        }
    }

    /// Whether a person makes its transition at a share of the step, that is, is not taken before.
    #[inline]
    pub fn acts_first(&mut self, position: u32, part: f64) -> bool {
        self.seizures.acts_first(position, part)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::held::Held;
    use crate::engine::records::{Application, Departing};
    use crate::population::Block;
    use crate::scenario::Motive;
    use crate::world::Hold;

    /// A block of 200 persons: 1 is held, 2 departs, 3 applies from home and 4 from abroad, 5 waits nowhere and is
    /// not content; all others are.
    fn block() -> BlockState {
        let mut state = BlockState::new(Block {
            segment: 0,
            number: 0,
            first: 0,
            length: 200,
        });
        (1..=5).for_each(|position| state.leave_content(position));
        let motive = Motive::Ordinary;
        state.hold(Held {
            position: 1,
            aspired: 0,
            motive,
            hold: Hold::Means,
        });
        state.departing.push(Departing {
            position: 2,
            aspired: 0,
            motive,
            channel: 0,
            due: 9.0,
        });
        let applies = |position, abroad| Application {
            position,
            channel: 0,
            aspired: 0,
            applied: 0.0,
            decided: 30.0,
            asked: 0,
            motive,
            abroad,
        };
        state.applications = vec![applies(3, false), applies(4, true)];
        state
    }

    #[test]
    fn within_reach_are_the_content_the_held_the_departing_and_who_applies_from_home() {
        let state = block();
        let reach = state.within_reach();
        let mut persons = 0;
        for position in 0..200 {
            let bit = reach[(position >> 6) as usize] & (1 << (position & 63)) != 0;
            assert_eq!(bit, state.is_within_reach(position), "{position}");
            assert_eq!(bit, ![4, 5].contains(&position), "{position}");
            persons += u64::from(bit);
        }
        assert_eq!(persons, state.persons_within_reach());
    }

    #[test]
    fn who_is_taken_is_nowhere_else_and_the_held_among_them_are_counted() {
        let mut state = block();
        assert_eq!(state.take_from_home(&[1, 2, 3, 7]), 1);
        assert_eq!((state.held_by, state.persons_within_reach()), ([0; 3], 194));
        assert!(
            [1, 2, 3, 7]
                .iter()
                .all(|&taken| !state.is_within_reach(taken))
        );
        // The application from abroad is kept.
        assert_eq!(state.applications.len(), 1);
        assert_eq!(state.take_from_home(&[8]), 0);
    }

    #[test]
    fn who_acts_first_is_not_taken() {
        let mut seizures = Seizures::default();
        assert!(seizures.acts_first(7, 0.9));
        seizures = Seizures::of(vec![(9, 0.5), (3, 0.2), (9, 0.4)]);
        assert!(seizures.acts_first(7, 0.9));
        assert!(!seizures.acts_first(9, 0.45) && seizures.seizes(9));
        // On a tie the person's own date comes first.
        assert!(seizures.acts_first(3, 0.2) && !seizures.seizes(3));
        assert_eq!(seizures.take(), [(9, 0.4)]);
    }
}
