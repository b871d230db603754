//! Memory allocation for the long lists of blocks.
//!
//! A run at full size keeps thousands of lists, one of each kind per block, that grow a little in every step. Lists
//! whose capacity doubles leave a quarter of it empty; lists of exactly the length needed leave holes in which no other
//! fits. Capacities here come in eight sizes per doubling, so that what one list frees another can take.

/// Number of entries from which on the capacity of a list matters.
pub const SHORT: usize = 64;

/// The capacity for a list of `length` entries: the next of eight sizes per doubling, and at least [`SHORT`].
fn room_for(length: usize) -> usize {
    let length = length.max(SHORT);
    // (The three bits below the highest one tell the eight sizes apart.)
    let step = 1_usize << (length.ilog2() - 3);
    length.div_ceil(step) * step
}

/// Reserves room for `more` further entries.
pub fn make_room<T>(list: &mut Vec<T>, more: usize) {
    let length = list.len() + more;
    if length < SHORT {
        // (Most blocks have only a few entries of most kinds.)
        list.reserve(more);
    } else if list.capacity() < length {
        list.reserve_exact(room_for(length) - list.len());
    }
}

/// Appends an entry.
#[inline]
pub fn push<T>(list: &mut Vec<T>, one: T) {
    make_room(list, 1);
    list.push(one);
}

/// Releases the unused capacity of a list where it exceeds about a quarter of its length.
pub fn give_back<T>(list: &mut Vec<T>) {
    let length = list.len();
    if list.capacity() > room_for(length + length / 4) {
        list.shrink_to(room_for(length));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_are_eight_to_a_doubling() {
        let mut sizes: Vec<usize> = (0..=256).map(room_for).collect();
        sizes.dedup();
        let expected = [
            64, 72, 80, 88, 96, 104, 112, 120, 128, 144, 160, 176, 192, 208, 224, 240, 256,
        ];
        assert_eq!(sizes, expected);
        for length in 0..10_000 {
            assert!(
                room_for(length) >= length && room_for(length) <= (length + length / 8).max(SHORT)
            );
            assert_eq!(room_for(room_for(length)), room_for(length));
        }
    }

    #[test]
    fn lists_keep_what_is_in_them() {
        let mut list: Vec<u64> = Vec::new();
        for number in 0..1_000 {
            push(&mut list, number);
        }
        assert_eq!(list.capacity(), 1_024);
        list.truncate(900);
        give_back(&mut list);
        assert_eq!(list.capacity(), 1_024);
        list.truncate(300);
        give_back(&mut list);
        assert_eq!((list.len(), list.capacity()), (300, 320));
        assert!(list.iter().copied().eq(0..300));
    }
}
