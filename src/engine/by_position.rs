//! What is known of few persons of a block, by position.
//!
//! A sorted list where a tree would do: a tree takes a piece of memory for every few persons, and so many small pieces
//! among the long lists of blocks leave holes between them in which no list fits (docs/performance.md).

use super::lists::{give_back, make_room};
use serde::{Deserialize, Serialize};

/// One entry a position, in order; a set of positions where the entries are `()`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ByPosition<T>(Vec<(u32, T)>);

impl<T> Default for ByPosition<T> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<T> ByPosition<T> {
    fn find(&self, position: u32) -> Result<usize, usize> {
        self.0.binary_search_by_key(&position, |entry| entry.0)
    }

    /// Whether there is an entry.
    pub fn contains(&self, position: u32) -> bool {
        self.find(position).is_ok()
    }

    /// The entry, if there is one.
    pub fn get(&self, position: u32) -> Option<&T> {
        self.find(position).ok().map(|place| &self.0[place].1)
    }

    /// The entry, which is this one if there was none.
    pub fn get_or_insert(&mut self, position: u32, entry: T) -> &mut T {
        let place = self.find(position).unwrap_or_else(|place| {
            make_room(&mut self.0, 1);
            self.0.insert(place, (position, entry));
            place
        });
        &mut self.0[place].1
    }

    /// Adds an entry in place of what was there.
    pub fn insert(&mut self, position: u32, entry: T)
    where
        T: Copy,
    {
        *self.get_or_insert(position, entry) = entry;
    }

    /// Removes an entry; whether there was one.
    pub fn remove(&mut self, position: u32) -> bool {
        let place = self.find(position);
        if let Ok(place) = place {
            self.0.remove(place);
            give_back(&mut self.0);
        }
        place.is_ok()
    }

    /// Keeps the entries of which something is true.
    pub fn retain(&mut self, mut keep: impl FnMut(&T) -> bool) {
        self.0.retain(|(_, entry)| keep(entry));
        give_back(&mut self.0);
    }

    /// The positions, in order.
    pub fn positions(&self) -> impl Iterator<Item = u32> {
        self.0.iter().map(|entry| entry.0)
    }

    /// The entries, in the order of their positions.
    pub fn values(&self) -> impl Iterator<Item = &T> {
        self.0.iter().map(|entry| &entry.1)
    }

    /// The entries, to be changed.
    pub fn values_mut(&mut self) -> impl Iterator<Item = &mut T> {
        self.0.iter_mut().map(|entry| &mut entry.1)
    }

    /// Whether it can be of a block of so many persons.
    pub fn is_sound(&self, length: u32) -> bool {
        let in_order = self.0.windows(2).all(|pair| pair[0].0 < pair[1].0);
        in_order && self.positions().all(|position| position < length)
    }

    /// Bytes occupied.
    pub fn bytes(&self) -> usize {
        self.0.capacity() * size_of::<(u32, T)>()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::BTreeMap;

    proptest! {
        #[test]
        fn it_is_a_map(changes in prop::collection::vec((0_u32..50, 0_u16..9, 0_u8..4), 0..200)) {
            let (mut list, mut map) = (ByPosition::default(), BTreeMap::new());
            for (position, entry, change) in changes {
                match change {
                    0 => {
                        list.insert(position, entry);
                        map.insert(position, entry);
                    }
                    1 => {
                        let least = list.get_or_insert(position, entry);
                        *least = entry.min(*least);
                        let least = map.entry(position).or_insert(entry);
                        *least = entry.min(*least);
                    }
                    2 => prop_assert_eq!(list.remove(position), map.remove(&position).is_some()),
                    _ => {
                        list.retain(|kept| *kept != entry);
                        map.retain(|_, kept| *kept != entry);
                    }
                }
                prop_assert_eq!(list.get(position), map.get(&position));
                prop_assert_eq!(list.contains(position), map.contains_key(&position));
            }
            prop_assert!(list.positions().eq(map.keys().copied()));
            prop_assert!(list.values().eq(map.values()));
            let length = map.keys().next_back().map_or(0, |last| last + 1);
            prop_assert!(list.is_sound(length) && (length == 0 || !list.is_sound(length - 1)));
        }
    }

    #[test]
    fn what_is_out_of_order_is_not_sound() {
        assert!(ByPosition(vec![(1, ()), (2, ())]).is_sound(3));
        assert!(!ByPosition(vec![(2, ()), (1, ())]).is_sound(3));
        assert!(!ByPosition(vec![(1, ()), (1, ())]).is_sound(3));
    }
}
