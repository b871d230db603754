//! Quantities with units: what a number in a scenario file means.
//!
//! Inside the crate every quantity is held in one base unit, named by its accessor: days, per year, currency units,
//! kilometres. A month is a twelfth of a year; a year is 365.25 days.

mod dimension;
mod parse;
mod print;
mod quantity;

pub use dimension::Dimension;
pub use parse::{Measure, Quantity, QuantityError, TimeUnit, UNIT_WORDS, Unit};
pub use print::{print, print_range};
pub use quantity::{
    DAYS_PER_MONTH, DAYS_PER_YEAR, Distance, Duration, Money, MoneyFlow, PersonFlow, Rate,
};

/// The number of days from one civil date to another (negative if `to` lies before `from`).
pub fn days_between(from: jiff::civil::Date, to: jiff::civil::Date) -> i32 {
    day_number(to) - day_number(from)
}

/// The number of days from 1970-01-01 to a civil date.
pub fn day_number(date: jiff::civil::Date) -> i32 {
    // Civil dates of years -9999 to 9999 lie within 4 million days of the epoch.
    let epoch = jiff::civil::Date::constant(1970, 1, 1);
    (date - epoch).get_days()
}
