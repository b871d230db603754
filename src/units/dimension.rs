//! What kind of thing a number measures, and the unit in which the crate holds it.

use serde::{Deserialize, Serialize};

/// The kind of a quantity. Each has one base unit, in which every number inside the crate is held.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Dimension {
    /// A pure number; held as it is.
    Number,
    /// A part of a whole; held as a fraction of one.
    Share,
    /// A span of time; held in days.
    Duration,
    /// An age; held in years.
    Age,
    /// A hazard or growth per time; held per year.
    Rate,
    /// Money; held in units of the scenario's currency.
    Money,
    /// Money per time; held per month.
    MoneyFlow,
    /// A length on the ground; held in kilometres.
    Distance,
    /// A number of persons.
    Persons,
    /// Persons per time; held per month.
    PersonFlow,
}

impl Dimension {
    /// The name used in messages, with its article.
    pub const fn described(self) -> &'static str {
        match self {
            Self::Number => "a number",
            Self::Share => "a share",
            Self::Duration => "a span of time",
            Self::Age => "an age",
            Self::Rate => "a rate per time",
            Self::Money => "an amount of money",
            Self::MoneyFlow => "an amount of money per time",
            Self::Distance => "a distance",
            Self::Persons => "a number of persons",
            Self::PersonFlow => "a number of persons per time",
        }
    }

    /// An example of how a quantity of this kind is written, for messages; `currency` is the scenario's.
    pub fn example(self, currency: &str) -> String {
        match self {
            Self::Number => "0.5".to_owned(),
            Self::Share => "\"29 %\" or 0.29".to_owned(),
            Self::Duration => "\"90 days\", \"26 weeks\" or \"3 years\"".to_owned(),
            Self::Age => "\"18 years\"".to_owned(),
            Self::Rate => "\"0.15 %/year\" or \"0.4 %/month\"".to_owned(),
            Self::Money => format!("\"35 {currency}\""),
            Self::MoneyFlow => format!("\"600 {currency}/month\""),
            Self::Distance => "\"1646 km\"".to_owned(),
            Self::Persons => "\"37267 persons\" or \"43.2 million persons\"".to_owned(),
            Self::PersonFlow => "\"150 persons/month\" or \"3000 persons/day\"".to_owned(),
        }
    }

    /// The unit that a bare number of this kind most likely stands for; empty where none is needed.
    pub fn usual_unit(self, currency: &str) -> String {
        match self {
            Self::Number => String::new(),
            Self::Share => "%".to_owned(),
            Self::Duration => "days".to_owned(),
            Self::Age => "years".to_owned(),
            Self::Rate => "%/year".to_owned(),
            Self::Money => currency.to_owned(),
            Self::MoneyFlow => format!("{currency}/month"),
            Self::Distance => "km".to_owned(),
            Self::Persons => "persons".to_owned(),
            Self::PersonFlow => "persons/month".to_owned(),
        }
    }

    /// Whether a number without a unit is accepted.
    pub const fn may_be_bare(self) -> bool {
        matches!(self, Self::Number | Self::Share | Self::Persons)
    }
}
