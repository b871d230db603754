//! Units of measures, and what their products and quotients are.

use crate::units::TimeUnit;
use std::collections::BTreeMap;
use std::fmt;

/// A unit as words with exponents: persons/day is persons to the power 1, days to the power -1. A unit
/// without words is a share or a ratio.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Unit(BTreeMap<String, i32>);

/// Words for dimensionless numbers.
const BARE: [&str; 4] = ["share", "ratio", "number", ""];

/// Words in the singular and the plural.
const PLURALS: [(&str, &str); 5] = [
    ("person", "persons"),
    ("day", "days"),
    ("week", "weeks"),
    ("month", "months"),
    ("year", "years"),
];

impl Unit {
    /// Reads a unit such as `persons/day`. Unknown words stand for themselves.
    pub fn read(text: &str) -> Self {
        let mut unit = Self::default();
        for (index, word) in text.split('/').map(str::trim).enumerate() {
            if !BARE.contains(&word) {
                let plural = PLURALS.iter().find(|(one, _)| *one == word);
                let word = plural.map_or(word, |(_, several)| several);
                unit.add(word, if index == 0 { 1 } else { -1 });
            }
        }
        unit
    }

    /// Whether it is a share or a ratio.
    pub fn is_bare(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether numbers in it of different persons or places can be added up.
    pub fn adds_up(&self) -> bool {
        self.0.get("persons").is_some_and(|exponent| *exponent == 1)
    }

    /// The unit of a product.
    pub fn times(&self, other: &Self) -> Self {
        self.combined(other, 1)
    }

    /// The unit of a quotient.
    pub fn over(&self, other: &Self) -> Self {
        self.combined(other, -1)
    }

    /// The unit divided by a unit of time.
    pub fn per(&self, time: TimeUnit) -> Self {
        self.over(&Self::read(time.word()))
    }

    fn combined(&self, other: &Self, sign: i32) -> Self {
        let mut unit = self.clone();
        for (word, exponent) in &other.0 {
            unit.add(word, sign * exponent);
        }
        unit
    }

    fn add(&mut self, word: &str, exponent: i32) {
        let sum = self.0.get(word).unwrap_or(&0) + exponent;
        if sum == 0 {
            self.0.remove(word);
        } else {
            self.0.insert(word.to_owned(), sum);
        }
    }
}

impl fmt::Display for Unit {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.is_bare() {
            return formatter.write_str("share or ratio");
        }
        let power = |exponent: i32| match exponent {
            1 => String::new(),
            exponent => format!("^{exponent}"),
        };
        let above: Vec<String> = self
            .0
            .iter()
            .filter(|(_, exponent)| **exponent > 0)
            .map(|(word, exponent)| format!("{word}{}", power(*exponent)))
            .collect();
        formatter.write_str(&above.join(" "))?;
        for (word, exponent) in self.0.iter().filter(|(_, exponent)| **exponent < 0) {
            let single = PLURALS.iter().find(|(_, several)| several == word);
            let word = single.map_or(word.as_str(), |(one, _)| one);
            write!(formatter, "/{word}{}", power(-exponent))?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn units_multiply_and_divide() {
        let flow = Unit::read("persons").per(TimeUnit::Day);
        assert_eq!(flow, Unit::read("persons/day"));
        assert_eq!(flow, Unit::read("person / days"));
        assert_eq!(flow.to_string(), "persons/day");
        assert_eq!(flow.over(&flow), Unit::read("ratio"));
        assert_eq!(flow.times(&Unit::read("days")), Unit::read("persons"));
        assert_ne!(flow, Unit::read("persons/month"));
        assert!(flow.adds_up() && !Unit::read("share").adds_up());
        assert_eq!(
            Unit::read("days").over(&Unit::read("persons")).to_string(),
            "days/person"
        );
    }
}
