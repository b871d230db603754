//! Borders between two countries, which routes are made of.

use crate::units::PersonFlow;

/// A border in the direction in which it is crossed, with its rules on the first day.
#[derive(Debug, Clone, PartialEq)]
pub struct Border {
    /// Name; the key of its draws.
    pub name: String,
    /// Index of the country that the border leads out of.
    pub from: u16,
    /// Index of the country that the border leads into.
    pub to: u16,
    /// Whether anybody can cross.
    pub open: bool,
    /// Persons who can cross per unit of time; `None` = no limit.
    pub capacity: Option<PersonFlow>,
    /// Chance of being pushed back, 0 to 1.
    pub push_back: f64,
    /// Chance of being handed over to the country of origin, 0 to 1.
    pub hand_over: f64,
}
