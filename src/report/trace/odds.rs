//! Odds in words.

use crate::report::columns::TIE;
use crate::report::percent;

/// Chances below this are combined.
const SMALL: f64 = 0.005;
/// The most chances that are told one by one.
const MOST: usize = 8;

/// Chances such as "Coastia 71.0 %, Plainia 28.2 %, others 0.80 %": the largest first, small ones combined.
pub(super) fn in_words(odds: &[(String, f64)]) -> String {
    let mut sorted: Vec<&(String, f64)> = odds.iter().filter(|(_, chance)| *chance > 0.0).collect();
    sorted.sort_by(|one, other| other.1.total_cmp(&one.1));
    let told = sorted
        .iter()
        .take(MOST)
        .filter(|(_, chance)| *chance >= SMALL);
    let told = told.count().max(1);
    // A single remaining chance takes no more room under its own name than as "others".
    let told = if sorted.len() == told + 1 {
        sorted.len()
    } else {
        told
    };
    let (told, rest) = sorted.split_at(told.min(sorted.len()));
    let mut words: Vec<String> = told
        .iter()
        .map(|(name, chance)| format!("{name} {}", tied(*chance)))
        .collect();
    if !rest.is_empty() {
        let sum = rest.iter().map(|(_, chance)| chance).sum();
        words.push(format!("{} others {}", rest.len(), tied(sum)));
    }
    words.join(", ")
}

/// A share that is never broken across lines.
pub(super) fn tied(share: f64) -> String {
    percent(share).replace(' ', TIE)
}

#[cfg(test)]
mod tests {
    use super::{TIE, in_words};

    #[test]
    fn the_largest_come_first_and_small_ones_together() {
        let odds = |list: &[f64]| {
            let named = list.iter().enumerate();
            let named = named.map(|(number, chance)| (format!("w{number}"), *chance));
            in_words(&named.collect::<Vec<_>>()).replace(TIE, " ")
        };
        assert_eq!(odds(&[0.25, 0.75, 0.0]), "w1 75.0 %, w0 25.0 %");
        assert_eq!(odds(&[0.998, 0.002]), "w0 99.8 %, w1 0.20 %");
        assert_eq!(odds(&[0.992, 0.004, 0.004]), "w0 99.2 %, 2 others 0.80 %");
    }
}
