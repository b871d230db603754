//! In how many draws a scenario has less and in how many more.

use std::fmt;

/// Fewest draws whose signs are put into words: twelve fair coins all fall alike once in two thousand times.
pub const DRAWS_FOR_VERDICT: u32 = 12;

/// Fewest draws whose interval ends at the 5 % and 95 % points; with fewer it reaches from the least to the largest.
pub const FEWEST_FOR_POINTS: u32 = 19;

/// The signs of the draws' mean differences. `Display` writes what people read: `lower in 16 of 16 draws`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Agreement {
    /// Draws whose mean difference is below zero.
    pub lower: u32,
    /// Draws whose mean difference is above zero.
    pub higher: u32,
    /// All draws.
    pub draws: u32,
}

impl Agreement {
    /// The signs of `draws` draws; `None` if there are fewer than [`DRAWS_FOR_VERDICT`].
    pub fn of(lower: u32, higher: u32, draws: u32) -> Option<Self> {
        (draws >= DRAWS_FOR_VERDICT).then_some(Self {
            lower,
            higher,
            draws,
        })
    }
}

impl fmt::Display for Agreement {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            lower,
            higher,
            draws,
        } = self;
        if lower + higher == 0 {
            write!(f, "equal in {draws} of {draws} draws")
        } else if lower == higher {
            write!(f, "lower in {lower}, higher in {higher} of {draws} draws")
        } else if lower > higher {
            write!(f, "lower in {lower} of {draws} draws")
        } else {
            write!(f, "higher in {higher} of {draws} draws")
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn verdicts_are_words_and_need_twelve_draws() {
        assert_eq!(Agreement::of(11, 0, 11), None);
        let says = |lower, higher, draws| Agreement::of(lower, higher, draws).unwrap().to_string();
        assert_eq!(says(16, 0, 16), "lower in 16 of 16 draws");
        assert_eq!(says(2, 13, 16), "higher in 13 of 16 draws");
        assert_eq!(says(8, 8, 16), "lower in 8, higher in 8 of 16 draws");
        assert_eq!(says(0, 0, 12), "equal in 12 of 12 draws");
    }
}
