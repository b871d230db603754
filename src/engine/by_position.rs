//! A sorted map from position in a block to what is known about a few of its persons.
//!
//! A sorted list is used instead of a tree. A tree allocates a small piece of memory for every few persons, and many
//! such pieces among the long lists of blocks leave holes in which no list fits (docs/performance.md). What is added to
//! a long list or removed during a step is only recorded, and applied once when the step ends: shifting the rest of the
//! list for each person would cost the square of their number.

use super::lists::{SHORT, give_back, make_room};
use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};

/// Flags a position in the list whose entry has been removed; positions in a block are far smaller.
const GONE: u32 = 1 << 31;

/// At most one entry per position, in order; a set of positions if `T` is `()`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ByPosition<T> {
    list: Vec<(u32, T)>,
    /// Entries added since the last [`settle`](Self::settle), at positions that are not in the list.
    #[serde(skip, default = "FxHashMap::default")]
    added: FxHashMap<u32, T>,
    /// Number of entries in the list that are flagged as removed.
    #[serde(skip)]
    gone: usize,
}

impl<T> Default for ByPosition<T> {
    fn default() -> Self {
        Self {
            list: Vec::new(),
            added: FxHashMap::default(),
            gone: 0,
        }
    }
}

impl<T> ByPosition<T> {
    /// Where a position is in the list, whether or not its entry has been removed.
    fn find(&self, position: u32) -> Result<usize, usize> {
        self.list
            .binary_search_by_key(&position, |entry| entry.0 & !GONE)
    }

    /// Whether there is an entry at a position.
    pub fn contains(&self, position: u32) -> bool {
        self.get(position).is_some()
    }

    /// Returns the entry at a position, if there is one.
    pub fn get(&self, position: u32) -> Option<&T> {
        if let Ok(place) = self.find(position) {
            let (at, entry) = &self.list[place];
            return (*at == position).then_some(entry);
        }
        if self.added.is_empty() {
            return None;
        }
        self.added.get(&position)
    }

    /// Returns the entry at a position, after inserting `entry` if there was none.
    pub fn get_or_insert(&mut self, position: u32, entry: T) -> &mut T {
        match self.find(position) {
            Ok(place) => {
                let known = &mut self.list[place];
                if known.0 != position {
                    *known = (position, entry);
                    self.gone -= 1;
                }
                &mut known.1
            }
            Err(place) if self.list.len() < SHORT => {
                make_room(&mut self.list, 1);
                self.list.insert(place, (position, entry));
                &mut self.list[place].1
            }
            Err(_) => self.added.entry(position).or_insert(entry),
        }
    }

    /// Sets the entry at a position, replacing any that was there.
    pub fn insert(&mut self, position: u32, entry: T)
    where
        T: Copy,
    {
        *self.get_or_insert(position, entry) = entry;
    }

    /// Removes the entry at a position. Returns whether there was one.
    pub fn remove(&mut self, position: u32) -> bool {
        match self.find(position) {
            Ok(place) if self.list[place].0 == position => {
                self.list[place].0 |= GONE;
                self.gone += 1;
                true
            }
            Ok(_) => false,
            Err(_) => !self.added.is_empty() && self.added.remove(&position).is_some(),
        }
    }

    /// Merges added entries into the list, and drops removed ones.
    pub fn settle(&mut self) {
        if self.gone > 0 {
            self.gone = 0;
            self.list.retain(|entry| entry.0 & GONE == 0);
        }
        if !self.added.is_empty() {
            let added = std::mem::take(&mut self.added);
            make_room(&mut self.list, added.len());
            self.list.extend(added);
            self.list.sort_by_key(|entry| entry.0);
        }
        give_back(&mut self.list);
    }

    /// Whether nothing has been added or removed since the last [`settle`](Self::settle).
    pub fn is_settled(&self) -> bool {
        self.gone == 0 && self.added.is_empty()
    }

    /// [Settles](Self::settle) the map, and keeps only the entries for which `keep` returns true.
    pub fn retain(&mut self, mut keep: impl FnMut(&T) -> bool) {
        self.settle();
        self.list.retain(|(_, entry)| keep(entry));
        give_back(&mut self.list);
    }

    /// The positions, in order.
    pub fn positions(&self) -> impl Iterator<Item = u32> {
        let listed = self.list.iter().map(|entry| entry.0);
        let listed = listed.filter(|position| position & GONE == 0);
        let mut positions: Vec<u32> = listed.chain(self.added.keys().copied()).collect();
        if !self.added.is_empty() {
            positions.sort_unstable();
        }
        positions.into_iter()
    }

    /// The entries in order of position; the map must be settled.
    pub fn values(&self) -> impl Iterator<Item = &T> {
        debug_assert!(self.is_settled());
        self.list.iter().map(|entry| &entry.1)
    }

    /// The entries in order of position, mutably; the map must be settled.
    pub fn values_mut(&mut self) -> impl Iterator<Item = &mut T> {
        debug_assert!(self.is_settled());
        self.list.iter_mut().map(|entry| &mut entry.1)
    }

    /// Whether a map read from outside is valid for a block of `length` persons.
    pub fn is_sound(&self, length: u32) -> bool {
        let in_order = self.list.windows(2).all(|pair| pair[0].0 < pair[1].0);
        in_order && self.list.iter().all(|entry| entry.0 < length)
    }

    /// Bytes occupied.
    pub fn bytes(&self) -> usize {
        (self.list.capacity() + self.added.capacity()) * size_of::<(u32, T)>()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::BTreeMap;

    proptest! {
        #[test]
        fn it_is_a_map(changes in prop::collection::vec((0_u32..300, 0_u16..40, 0_u8..32), 0..2000)) {
            let (mut list, mut map) = (ByPosition::default(), BTreeMap::new());
            for (position, entry, change) in changes {
                match change {
                    0..12 => {
                        list.insert(position, entry);
                        map.insert(position, entry);
                    }
                    12..20 => {
                        let least = list.get_or_insert(position, entry);
                        *least = entry.min(*least);
                        let least = map.entry(position).or_insert(entry);
                        *least = entry.min(*least);
                    }
                    20..30 => prop_assert_eq!(list.remove(position), map.remove(&position).is_some()),
                    30 => list.settle(),
                    _ => {
                        list.retain(|kept| *kept != entry);
                        map.retain(|_, kept| *kept != entry);
                    }
                }
                prop_assert_eq!(list.get(position), map.get(&position));
                prop_assert_eq!(list.contains(position), map.contains_key(&position));
            }
            prop_assert!(list.positions().eq(map.keys().copied()));
            list.settle();
            prop_assert!(list.positions().eq(map.keys().copied()));
            prop_assert!(list.values().eq(map.values()));
            let length = map.keys().next_back().map_or(0, |last| last + 1);
            prop_assert!(list.is_sound(length) && (length == 0 || !list.is_sound(length - 1)));
        }
    }

    #[test]
    fn what_is_out_of_order_is_not_sound() {
        let of = |positions: &[u32]| ByPosition {
            list: positions.iter().map(|&position| (position, ())).collect(),
            ..ByPosition::default()
        };
        assert!(!of(&[1, 2 | GONE]).is_sound(3));
        assert!(of(&[1, 2]).is_sound(3));
        assert!(!of(&[2, 1]).is_sound(3));
        assert!(!of(&[1, 1]).is_sound(3));
    }
}
