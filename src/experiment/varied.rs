//! The parameters that a set of parameters assigns values to.

use crate::scenario::{Parameter, Source};
use crate::units::{Dimension, Measure, Quantity, print, print_range};

/// A number with a range, over which it is drawn.
#[derive(Debug, Clone, PartialEq)]
pub struct Varied {
    /// Its path, meaning, value, range, basis and source.
    pub parameter: Parameter,
    /// Lower end, middle and upper end, in the base unit; the middle is the file's value, or the midpoint of
    /// a narrower range.
    ends: [f64; 3],
    dimension: Dimension,
    currency: String,
}

/// Every number with a range at or below some paths, in the order of the paths and below each in that of the scenario.
pub fn varied(source: &Source, below: &[String]) -> Vec<Varied> {
    let mut found: Vec<Varied> = Vec::new();
    for path in below {
        for parameter in source.parameters(path) {
            let known = |other: &Varied| other.parameter.path == parameter.path;
            if found.iter().any(known) {
                continue;
            }
            found.extend(Varied::new(parameter, &source.scenario().currency));
        }
    }
    found
}

impl Varied {
    /// `None` for a parameter that is not a number, has no range, or whose ends are equal.
    fn new(parameter: Parameter, currency: &str) -> Option<Self> {
        let (low, high) = parameter.range?;
        Some(Self {
            ends: [low, parameter.number?, high],
            dimension: parameter.dimension?,
            currency: currency.to_owned(),
            parameter,
        })
        .filter(|varied| low < varied.ends[2])
    }

    /// The value at a quantile, 0 to 1, in the base unit: the lower end at 0, the file's value at 1/2, the
    /// upper end at 1, and linear in between. So half of all sets lie below the file's value, wherever in its
    /// range that is.
    pub fn at(&self, quantile: f64) -> f64 {
        let [low, value, high] = self.ends;
        let number = if quantile == 0.5 {
            value
        } else if quantile < 0.5 {
            low + (value - low) * (2.0 * quantile)
        } else {
            value + (high - value) * (2.0 * quantile - 1.0)
        };
        match self.parameter.whole {
            true => number.round(),
            false => number,
        }
    }

    /// Lower end, middle (the file's value, or the midpoint of a narrower range) and upper end, in the base unit.
    pub fn ends(&self) -> [f64; 3] {
        self.ends
    }

    /// The same parameter over a part of its range, with the midpoint as its middle.
    pub fn between(&self, low: f64, high: f64) -> Self {
        Self {
            ends: [low, 0.5 * (low + high), high],
            ..self.clone()
        }
    }

    /// The quantile of a value, 0 to 1; `None` if it lies outside the range.
    pub fn quantile_of(&self, number: f64) -> Option<f64> {
        let [low, value, high] = self.ends;
        if !(low..=high).contains(&number) {
            return None;
        }
        Some(if number == value {
            0.5
        } else if number < value {
            0.5 * (number - low) / (value - low)
        } else {
            0.5 + 0.5 * (number - value) / (high - value)
        })
    }

    /// How far along its range a value lies, 0 at the lower end and 1 at the upper: measured by the value
    /// itself, unlike the quantile, which says how often a smaller one is drawn.
    pub fn place(&self, number: f64) -> f64 {
        let [low, _, high] = self.ends;
        (number - low) / (high - low)
    }

    /// Reads a value as written in a file, in the base unit; `None` if it is not a value of this parameter:
    /// not a number, in another unit or currency, or a fraction where only whole numbers make sense.
    pub fn read(&self, text: &str) -> Option<f64> {
        let quantity = Quantity::read(text.trim()).ok()?;
        let foreign = matches!(quantity.unit.measure, Measure::Money(code) if code != self.currency.as_bytes());
        let number = quantity.in_base(self.dimension).filter(|_| !foreign)?;
        (!self.parameter.whole || number.fract() == 0.0).then_some(number)
    }

    /// Writes a value in the base unit as in a file.
    pub fn written(&self, number: f64) -> String {
        print(number, self.dimension, &self.currency)
    }

    /// The override that sets it to a value in the base unit.
    pub fn set(&self, number: f64) -> String {
        format!("{}={}", self.parameter.path, self.written(number))
    }

    /// Its path, as `--set` takes it.
    pub fn path(&self) -> &str {
        &self.parameter.path
    }

    /// Its dimension.
    pub fn dimension(&self) -> Dimension {
        self.dimension
    }

    /// Lower and upper end, as written in a file.
    pub fn range_text(&self) -> [String; 2] {
        let [low, _, high] = self.ends;
        print_range([low, high], self.dimension, &self.currency)
    }

    /// The word for its basis.
    pub fn basis(&self) -> &'static str {
        self.parameter.basis.word()
    }

    /// The unit of its values in tables: the base unit of the dimension; empty for plain numbers.
    pub fn unit(&self) -> String {
        base_unit(self.dimension, &self.currency)
    }
}

/// The name of the base unit of a dimension; empty for plain numbers and shares.
pub(super) fn base_unit(dimension: Dimension, currency: &str) -> String {
    match dimension {
        Dimension::Number | Dimension::Share => String::new(),
        Dimension::Duration => "days".into(),
        Dimension::Age => "years".into(),
        Dimension::Rate => "1/year".into(),
        Dimension::Money => currency.to_owned(),
        Dimension::MoneyFlow => format!("{currency}/month"),
        Dimension::Distance => "km".into(),
        Dimension::Persons => "persons".into(),
        Dimension::PersonFlow => "persons/month".into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::path::Path;

    fn source() -> Source {
        Source::load(Path::new("scenarios/examples/border-closes.toml"), &[]).unwrap()
    }

    #[test]
    fn the_file_stands_in_the_middle_and_every_value_reads_back() {
        let source = source();
        let all = varied(&source, &["behaviour".to_owned()]);
        assert!(all.len() > 20, "{}", all.len());
        for varied in &all {
            let number = varied.parameter.number.unwrap();
            assert_eq!(varied.at(0.5), number, "{}", varied.path());
            let (low, high) = varied.parameter.range.unwrap();
            assert_eq!((varied.at(0.0), varied.at(1.0)), (low, high));
            assert_eq!(
                varied.quantile_of(low),
                Some(if low == number { 0.5 } else { 0.0 })
            );
            let middle = (number - low) / (high - low);
            let places = [low, number, high].map(|value| varied.place(value));
            assert_eq!(places, [0.0, middle, 1.0], "{}", varied.path());
            for quantile in [0.0, 0.13, 0.5, 0.77, 1.0] {
                let value = varied.at(quantile);
                let changed = source.with(&[varied.set(value)]).unwrap();
                assert_eq!(
                    changed.number(varied.path()),
                    Some(value),
                    "{}",
                    varied.path()
                );
            }
        }
    }

    #[test]
    fn a_value_needs_its_unit_and_whole_numbers_stay_whole() {
        let source = source();
        let of = |path: &str| varied(&source, &[path.to_owned()]).remove(0);
        let lambda = of("behaviour.choice.lambda");
        assert_eq!(lambda.read(" 0.5 "), Some(0.5));
        assert_eq!(lambda.read("50 %"), Some(0.5));
        for text in ["", "much", "nan", "1e999", "0,5", "0.5 days"] {
            assert_eq!(lambda.read(text), None, "{text}");
        }
        let near = of("behaviour.ties.near");
        assert_eq!((near.read("3"), near.read("3.5")), (Some(3.0), None));
        let hazard = of("behaviour.leaving.hazard_planner");
        assert_eq!(
            (hazard.read("12 %/year"), hazard.read("12 %")),
            (Some(0.12), None)
        );
        let mut money = lambda;
        money.dimension = Dimension::Money;
        assert_eq!(
            (money.read("5 EUR"), money.read("5 USD")),
            (Some(5.0), None)
        );
    }

    #[test]
    fn a_path_given_twice_counts_once() {
        let source = source();
        let once = varied(&source, &["behaviour".to_owned()]);
        let twice = varied(
            &source,
            &["behaviour.choice".to_owned(), "behaviour".to_owned()],
        );
        assert_eq!(once.len(), twice.len());
    }
}
