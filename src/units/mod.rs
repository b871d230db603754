//! Quantities with units: what a number in a scenario file means.
//!
//! Inside the crate every quantity is held in one base unit, named by its accessor: days, per
//! year, currency units, kilometres. A month is a twelfth of a year, a year is 365.25 days.

mod quantity;

pub use quantity::{DAYS_PER_MONTH, DAYS_PER_YEAR, Distance, Duration, Money, MoneyFlow, Rate};
