//! How many further departures one departure brings on, by the estimator that epidemiology uses.

use serde::{Deserialize, Serialize};
use std::collections::VecDeque;

/// Counts that give the reproduction number, in agents.
///
/// The number is that of Fraser (2007) and of Cori and others (2013) with a uniform generation time: departures that
/// came of ties, over the departures that could have brought them on, each weighted by the part of its window that has
/// elapsed. The end of a run does not bias it downwards, and it is above 1 where departures grow by themselves.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reproduction {
    /// Days so far.
    days: u64,
    /// Departures whose window is still open: the day on which their step ended, and their number.
    recent: VecDeque<(u64, u64)>,
    /// Departures whose window has closed.
    past: u64,
    /// Departures that came of ties.
    further: u64,
}

impl Reproduction {
    /// Adds a step of `days` days with `left` departures, of which `further` came of ties; `window` is the number
    /// of days for which a departure counts.
    pub fn record(&mut self, days: u16, (left, further): (u64, u64), window: u32) {
        self.days += u64::from(days);
        self.further += further;
        if left > 0 {
            self.recent.push_back((self.days, left));
        }
        while let Some(&(day, left)) = self.recent.front()
            && self.days - day >= u64::from(window)
        {
            self.past += left;
            self.recent.pop_front();
        }
    }

    /// Departures that came of ties.
    pub fn further(&self) -> u64 {
        self.further
    }

    /// The mean number of further departures that one brings on; `None` before any departure could bring one on.
    pub fn number(&self, window: u32) -> Option<f64> {
        let recent = self.recent.iter();
        let recent: u64 = recent.map(|(day, left)| (self.days - day) * left).sum();
        let could = self.past * u64::from(window) + recent;
        (could > 0).then(|| (self.further * u64::from(window)) as f64 / could as f64)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_departure_counts_by_the_part_of_its_window_that_has_gone_by() {
        let mut counts = Reproduction::default();
        assert_eq!(counts.number(100), None);
        counts.record(10, (20, 0), 100);
        assert_eq!(counts.number(100), None, "nobody could follow yet");
        counts.record(50, (8, 5), 100);
        // Twenty, weighted by half of their window: ten.
        assert_eq!(counts.number(100), Some(0.5));
        counts.record(50, (0, 3), 100);
        // Twenty in full, eight by half.
        assert_eq!(counts.number(100), Some(8.0 / 24.0));
        counts.record(500, (0, 0), 100);
        assert_eq!(counts.number(100), Some(8.0 / 28.0));
    }

    /// Departures that double with every step, half a window, reproduce above one while the growth goes on.
    #[test]
    fn growth_shows_while_it_goes_on() {
        let mut counts = Reproduction::default();
        let mut left = 100;
        counts.record(50, (left, 0), 100);
        for _ in 0..5 {
            // As many departures come of ties as there were departures in the step before.
            let further = left;
            left += further;
            counts.record(50, (left, further), 100);
        }
        let number = counts.number(100).unwrap();
        assert!(number > 1.0, "{number}");
    }
}
