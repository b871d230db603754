//! Writing a quantity so that reading it back gives the same number to the last bit.

use super::{DAYS_PER_MONTH, DAYS_PER_YEAR, Dimension, Quantity};

/// Writes a value held in the base unit of its dimension, with its unit; `currency` is the scenario's. Reading the text
/// back gives exactly the same value.
pub fn print(value: f64, dimension: Dimension, currency: &str) -> String {
    match dimension {
        Dimension::Number => format!("{value}"),
        Dimension::Share => {
            hundredths(value, value, "%", dimension).unwrap_or_else(|| format!("{value}"))
        }
        Dimension::Rate => {
            // A rate written per month may take many digits per year.
            by_year(value)
                .or_else(|| by_month(value))
                .unwrap_or_else(|| format!("{value} /year"))
        }
        Dimension::Duration => {
            let years = value / DAYS_PER_YEAR;
            if years >= 1.0 && years == years.trunc() && years * DAYS_PER_YEAR == value {
                counted(years, "year")
            } else {
                counted(value, "day")
            }
        }
        Dimension::Age => counted_exactly(value),
        Dimension::Money => format!("{value} {currency}"),
        Dimension::MoneyFlow => format!("{value} {currency}/month"),
        Dimension::Distance => format!("{value} km"),
        Dimension::Persons => counted(value, "person"),
        Dimension::PersonFlow => per_time(value),
    }
}

/// Writes the ends of a range like [`print()`], with rates per the same unit of time where both can be written so.
pub fn print_range(ends: [f64; 2], dimension: Dimension, currency: &str) -> [String; 2] {
    if dimension == Dimension::Rate && ends.iter().any(|end| by_year(*end).is_none()) {
        let by_month = ends.map(by_month);
        if let [Some(low), Some(high)] = by_month {
            return [low, high];
        }
    }
    ends.map(|end| print(end, dimension, currency))
}

/// A rate in percent per year, if few digits write it exactly.
fn by_year(value: f64) -> Option<String> {
    hundredths(value, value, "%/year", Dimension::Rate)
}

/// A rate in percent per month, if few digits write it exactly.
fn by_month(value: f64) -> Option<String> {
    hundredths(value, value / 12.0, "%/month", Dimension::Rate)
}

/// Persons per month, or per day where that is a whole number and the number per month is not.
fn per_time(per_month: f64) -> String {
    let per_day = per_month / DAYS_PER_MONTH;
    let by_day = per_month != per_month.trunc()
        && per_day == per_day.trunc()
        && per_day * DAYS_PER_MONTH == per_month;
    if by_day {
        format!("{}/day", counted(per_day, "person"))
    } else {
        format!("{}/month", counted(per_month, "person"))
    }
}

fn counted(value: f64, unit: &str) -> String {
    let plural = if value == 1.0 { "" } else { "s" };
    format!("{value} {unit}{plural}")
}

/// Writes an age so that it reads back exactly. An age is read as days and divided back, which can cost the last bit:
/// the neighbouring numbers are tried too.
fn counted_exactly(years: f64) -> String {
    let reads_back = |candidate: f64| {
        Quantity::read(&counted(candidate, "year"))
            .ok()
            .and_then(|quantity| quantity.in_base(Dimension::Age))
            == Some(years)
    };
    [years, years.next_up(), years.next_down()]
        .into_iter()
        .find(|&candidate| reads_back(candidate))
        .map_or_else(|| counted(years, "year"), |exact| counted(exact, "year"))
}

/// Writes a value as a percentage of a unit, of which it holds `units`, with up to twelve digits after the
/// first; `None` if that does not read back exactly.
fn hundredths(value: f64, units: f64, unit: &str, dimension: Dimension) -> Option<String> {
    let percent = units * 100.0;
    let rounded: f64 = format!("{percent:.12e}").parse().ok()?;
    let text = format!("{rounded} {unit}");
    let back = Quantity::read(&text).ok()?.in_base(dimension)?;
    (back == value).then_some(text)
}
