//! Borders between two countries, of which routes are made.

use crate::units::PersonFlow;

/// A border that is passed in one direction, with its rules on the first day.
#[derive(Debug, Clone, PartialEq)]
pub struct Border {
    /// Name; the key of its draws.
    pub name: String,
    /// Index of the country that one leaves.
    pub from: u16,
    /// Index of the country that one enters.
    pub to: u16,
    /// Whether anybody passes.
    pub open: bool,
    /// How many pass in a time; `None` = as many as come.
    pub capacity: Option<PersonFlow>,
    /// Chance of being pushed back, 0 to 1.
    pub push_back: f64,
    /// Chance of being handed over to the country of origin, 0 to 1.
    pub hand_over: f64,
}
