//! Reading a quantity: a number and its unit, as in `"43.2 million persons"` or `"0.15 %/year"`.

use super::{DAYS_PER_MONTH, DAYS_PER_YEAR, Dimension};
use std::fmt;

/// A number with the unit it was written in.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Quantity {
    /// The number as written, with its multiplier applied ("2 million" is 2,000,000).
    pub value: f64,
    /// What it counts.
    pub unit: Unit,
}

/// A unit: a measure, or a measure per time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Unit {
    /// What is measured.
    pub measure: Measure,
    /// The unit of time of a measure per time.
    pub per: Option<TimeUnit>,
}

/// What a unit measures.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Measure {
    /// Nothing: a bare number.
    None,
    /// Hundredths.
    Percent,
    /// Time.
    Time(TimeUnit),
    /// Money in the currency of this ISO 4217 code.
    Money([u8; 3]),
    /// Kilometres.
    Kilometre,
    /// Persons.
    Person,
}

/// A unit of time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TimeUnit {
    /// A day.
    Day,
    /// Seven days.
    Week,
    /// A twelfth of a year.
    Month,
    /// 365.25 days.
    Year,
}

impl TimeUnit {
    /// Its length in days.
    pub const fn days(self) -> f64 {
        match self {
            Self::Day => 1.0,
            Self::Week => 7.0,
            Self::Month => DAYS_PER_MONTH,
            Self::Year => DAYS_PER_YEAR,
        }
    }

    const fn per_year(self) -> f64 {
        match self {
            Self::Day => DAYS_PER_YEAR,
            Self::Week => DAYS_PER_YEAR / 7.0,
            Self::Month => 12.0,
            Self::Year => 1.0,
        }
    }

    fn per_month(self, value: f64) -> f64 {
        match self {
            Self::Day => value * DAYS_PER_MONTH,
            Self::Week => value * DAYS_PER_MONTH / 7.0,
            Self::Month => value,
            Self::Year => value / 12.0,
        }
    }

    /// Its word, in the singular.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Day => "day",
            Self::Week => "week",
            Self::Month => "month",
            Self::Year => "year",
        }
    }

    /// Returns the unit named by a word in the singular.
    pub fn named(word: &str) -> Option<Self> {
        [Self::Day, Self::Week, Self::Month, Self::Year]
            .into_iter()
            .find(|unit| unit.word() == word)
    }

    fn read(word: &str) -> Option<Self> {
        Self::named(word.strip_suffix('s').unwrap_or(word))
    }
}

/// Every word that a unit can be made of, to find the one nearest to a misspelling.
pub const UNIT_WORDS: [&str; 12] = [
    "%", "days", "day", "weeks", "week", "months", "month", "years", "year", "km", "persons",
    "person",
];

/// Why a text is not a quantity.
#[derive(Debug, Clone, PartialEq)]
pub enum QuantityError {
    /// It does not begin with a number.
    NoNumber,
    /// Its number has a comma.
    Comma,
    /// Its number is infinite, not a number, or too large to hold.
    NotFinite,
    /// What follows the number is not a unit.
    UnknownUnit {
        /// The unknown word.
        word: String,
    },
    /// The unit has no meaning here, such as kilometres a month.
    Senseless {
        /// The unit as written.
        unit: String,
    },
}

impl fmt::Display for QuantityError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoNumber => write!(formatter, "this does not begin with a number"),
            Self::Comma => write!(formatter, "a number cannot contain a comma"),
            Self::NotFinite => write!(formatter, "the number is not finite"),
            Self::UnknownUnit { word } => write!(formatter, "unknown unit `{word}`"),
            Self::Senseless { unit } => {
                write!(formatter, "`{unit}` is not a unit of anything here")
            }
        }
    }
}

impl std::error::Error for QuantityError {}

impl Quantity {
    /// Reads a quantity.
    ///
    /// # Errors
    ///
    /// Fails if the text is not a finite number followed by a known unit.
    pub fn read(text: &str) -> Result<Self, QuantityError> {
        let text = text.trim();
        let (number, rest) = split_number(text)?;
        let (multiplier, rest) = split_multiplier(rest.trim_start());
        let value = number * multiplier;
        if !value.is_finite() {
            return Err(QuantityError::NotFinite);
        }
        let unit = read_unit(rest)?;
        Ok(Self { value, unit })
    }

    /// What the quantity measures; `None` for a time or a length per time, which measure nothing here.
    pub fn dimension(&self) -> Option<Dimension> {
        match (self.unit.measure, self.unit.per) {
            (Measure::None, None) => Some(Dimension::Number),
            (Measure::Percent, None) => Some(Dimension::Share),
            (Measure::None | Measure::Percent, Some(_)) => Some(Dimension::Rate),
            (Measure::Time(_), None) => Some(Dimension::Duration),
            (Measure::Money(_), None) => Some(Dimension::Money),
            (Measure::Money(_), Some(_)) => Some(Dimension::MoneyFlow),
            (Measure::Kilometre, None) => Some(Dimension::Distance),
            (Measure::Person, None) => Some(Dimension::Persons),
            (Measure::Person, Some(_)) => Some(Dimension::PersonFlow),
            (Measure::Time(_) | Measure::Kilometre, Some(_)) => None,
        }
    }

    /// The currency, if the quantity is money or money per time.
    pub fn currency(&self) -> Option<String> {
        match self.unit.measure {
            Measure::Money(code) => Some(code.iter().map(|&byte| char::from(byte)).collect()),
            _ => None,
        }
    }

    /// The value in the base unit of a dimension; `None` if the quantity is of another dimension.
    pub fn in_base(&self, dimension: Dimension) -> Option<f64> {
        let plain = match self.unit.measure {
            Measure::Percent => self.value / 100.0,
            Measure::None
            | Measure::Time(_)
            | Measure::Money(_)
            | Measure::Kilometre
            | Measure::Person => self.value,
        };
        match (dimension, self.unit.measure, self.unit.per) {
            (Dimension::Number | Dimension::Share, Measure::None | Measure::Percent, None)
            | (Dimension::Money, Measure::Money(_), None)
            | (Dimension::Distance, Measure::Kilometre, None)
            | (Dimension::Persons, Measure::Person, None) => Some(plain),
            (Dimension::Duration, Measure::Time(unit), None) => Some(plain * unit.days()),
            (Dimension::Age, Measure::Time(unit), None) => {
                Some(plain * unit.days() / DAYS_PER_YEAR)
            }
            (Dimension::Rate, Measure::None | Measure::Percent, Some(unit)) => {
                Some(plain * unit.per_year())
            }
            (Dimension::MoneyFlow, Measure::Money(_), Some(unit))
            | (Dimension::PersonFlow, Measure::Person, Some(unit)) => Some(unit.per_month(plain)),
            _ => None,
        }
    }
}

/// Splits the leading number from what follows it.
fn split_number(text: &str) -> Result<(f64, &str), QuantityError> {
    let bytes = text.as_bytes();
    let digits_from = |from: usize| {
        let run = bytes[from..]
            .iter()
            .take_while(|byte| byte.is_ascii_digit() || **byte == b'_')
            .count();
        from + run
    };
    let sign = usize::from(matches!(bytes.first(), Some(b'+' | b'-')));
    let word: String = text[sign..]
        .chars()
        .take_while(char::is_ascii_alphabetic)
        .collect();
    if matches!(
        word.to_ascii_lowercase().as_str(),
        "nan" | "inf" | "infinity" | "infinite"
    ) {
        return Err(QuantityError::NotFinite);
    }
    if !bytes.get(sign).is_some_and(u8::is_ascii_digit) {
        return Err(QuantityError::NoNumber);
    }
    let mut end = digits_from(sign);
    if bytes.get(end) == Some(&b',') {
        return Err(QuantityError::Comma);
    }
    if bytes.get(end) == Some(&b'.') && bytes.get(end + 1).is_some_and(u8::is_ascii_digit) {
        end = digits_from(end + 1);
    }
    if matches!(bytes.get(end), Some(b'e' | b'E')) {
        let exponent = end + 1 + usize::from(matches!(bytes.get(end + 1), Some(b'+' | b'-')));
        if bytes.get(exponent).is_some_and(u8::is_ascii_digit) {
            end = digits_from(exponent);
        }
    }
    let number: f64 = text[..end]
        .replace('_', "")
        .parse()
        .map_err(|_| QuantityError::NoNumber)?;
    if !number.is_finite() {
        return Err(QuantityError::NotFinite);
    }
    Ok((number, &text[end..]))
}

/// Takes a leading `thousand`, `million` or `billion`.
fn split_multiplier(text: &str) -> (f64, &str) {
    let words = [("thousand", 1e3), ("million", 1e6), ("billion", 1e9)];
    for (word, multiplier) in words {
        if let Some(rest) = text.strip_prefix(word)
            && !rest.starts_with(|letter: char| letter.is_alphanumeric())
        {
            return (multiplier, rest.trim_start());
        }
    }
    (1.0, text)
}

fn read_unit(text: &str) -> Result<Unit, QuantityError> {
    let text = text.trim();
    let (measure, per) = match text.split_once('/') {
        Some((measure, per)) => (measure.trim(), Some(per.trim())),
        None => match text.split_once(" per ") {
            Some((measure, per)) => (measure.trim(), Some(per.trim())),
            None => (
                text.strip_prefix("per ").map_or(text, |_| ""),
                text.strip_prefix("per "),
            ),
        },
    };
    let per = match per {
        None => None,
        Some(word) => Some(TimeUnit::read(word).ok_or_else(|| unknown(word))?),
    };
    let measure = match measure {
        "" => Measure::None,
        "%" => Measure::Percent,
        "km" => Measure::Kilometre,
        "person" | "persons" => Measure::Person,
        word => match (TimeUnit::read(word), word.as_bytes()) {
            (Some(unit), _) => Measure::Time(unit),
            (None, &[a, b, c]) if [a, b, c].iter().all(u8::is_ascii_uppercase) => {
                Measure::Money([a, b, c])
            }
            _ => return Err(unknown(word)),
        },
    };
    if per.is_some() && matches!(measure, Measure::Time(_) | Measure::Kilometre) {
        return Err(QuantityError::Senseless {
            unit: shorten(text),
        });
    }
    Ok(Unit { measure, per })
}

fn unknown(word: &str) -> QuantityError {
    QuantityError::UnknownUnit {
        word: shorten(word),
    }
}

/// Keeps messages readable when the text is absurdly long.
fn shorten(text: &str) -> String {
    const LONGEST: usize = 40;
    if text.chars().count() <= LONGEST {
        return text.to_owned();
    }
    text.chars().take(LONGEST).chain("...".chars()).collect()
}
