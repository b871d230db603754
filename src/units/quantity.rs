//! The quantities themselves: one small type each, so that a rate is never added to a share.

use serde::{Deserialize, Serialize};

/// Days in a year, as rates and durations count them.
pub const DAYS_PER_YEAR: f64 = 365.25;
/// Days in a month: a twelfth of a year.
pub const DAYS_PER_MONTH: f64 = DAYS_PER_YEAR / 12.0;

/// A span of time, held in days (finite, not negative).
#[derive(Debug, Clone, Copy, PartialEq, PartialOrd, Serialize, Deserialize)]
pub struct Duration(f64);

impl Duration {
    /// Creates a span from a number of days.
    pub const fn from_days(days: f64) -> Self {
        Self(days)
    }
    /// The span in days.
    pub const fn days(self) -> f64 {
        self.0
    }
    /// The span in months of 30.4375 days.
    pub const fn months(self) -> f64 {
        self.0 / DAYS_PER_MONTH
    }
}

/// A hazard or another rate, held per year (not negative).
#[derive(Debug, Clone, Copy, PartialEq, PartialOrd, Serialize, Deserialize)]
pub struct Rate(f64);

impl Rate {
    /// Creates a rate from a number per year.
    pub const fn from_per_year(per_year: f64) -> Self {
        Self(per_year)
    }
    /// The rate per year.
    pub const fn per_year(self) -> f64 {
        self.0
    }
    /// The rate per day.
    pub const fn per_day(self) -> f64 {
        self.0 / DAYS_PER_YEAR
    }
}

/// An amount of money in the scenario's one currency.
#[derive(Debug, Clone, Copy, PartialEq, PartialOrd, Serialize, Deserialize)]
pub struct Money(f64);

impl Money {
    /// Creates an amount from a number of currency units.
    pub const fn new(amount: f64) -> Self {
        Self(amount)
    }
    /// The amount in currency units.
    pub const fn amount(self) -> f64 {
        self.0
    }
}

/// Money per time (a wage, a rent), held per month, in the scenario's one currency.
#[derive(Debug, Clone, Copy, PartialEq, PartialOrd, Serialize, Deserialize)]
pub struct MoneyFlow(f64);

impl MoneyFlow {
    /// Creates a flow from a number of currency units per month.
    pub const fn from_per_month(per_month: f64) -> Self {
        Self(per_month)
    }
    /// The flow in currency units per month.
    pub const fn per_month(self) -> f64 {
        self.0
    }
}

/// Persons per time (a quota, a capacity), held per month.
#[derive(Debug, Clone, Copy, PartialEq, PartialOrd, Serialize, Deserialize)]
pub struct PersonFlow(f64);

impl PersonFlow {
    /// Creates a flow from a number of persons per month.
    pub const fn from_per_month(per_month: f64) -> Self {
        Self(per_month)
    }
    /// The flow in persons per month of 30.4375 days.
    pub const fn per_month(self) -> f64 {
        self.0
    }
}

/// A length on the ground, held in kilometres.
#[derive(Debug, Clone, Copy, PartialEq, PartialOrd, Serialize, Deserialize)]
pub struct Distance(f64);

impl Distance {
    /// Creates a length from a number of kilometres.
    pub const fn from_kilometres(kilometres: f64) -> Self {
        Self(kilometres)
    }
    /// The length in kilometres.
    pub const fn kilometres(self) -> f64 {
        self.0
    }
}
