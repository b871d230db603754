//! Values of outcomes and their differences, in the form that suits their unit.

use super::super::number::{grouped, percent};
use crate::analyse::comparison::{Form, Spread};

/// The value of an outcome.
pub(super) fn level(value: f64, unit: &str) -> String {
    match Form::of(unit) {
        Form::Share => percent(value),
        Form::Ratio => format!("{value:.2}"),
        _ => count(value),
    }
}

/// A difference, with its sign.
pub(super) fn change(value: f64, unit: &str) -> String {
    format!("{}{}", signed(value, unit, more(value, unit)), points(unit))
}

/// The number of decimals beyond the usual ones that a difference needs so as not to be shown as zero.
fn more(value: f64, unit: &str) -> usize {
    const MOST: usize = 3;
    let is_told = |more: &usize| !is_zero(&signed(value, unit, *more));
    (0..MOST).find(is_told).unwrap_or(0)
}

fn is_zero(text: &str) -> bool {
    text.chars()
        .all(|sign| matches!(sign, '-' | '0' | '.' | ','))
}

/// The ends of an interval of differences, joined by `to` because `-` would be taken for a sign.
pub(super) fn interval(spread: Spread, unit: &str) -> Option<String> {
    let (low, high) = spread.interval?;
    let more = more(spread.mean, unit);
    Some(format!(
        "{} to {}{}",
        signed(low, unit, more),
        signed(high, unit, more),
        points(unit)
    ))
}

/// The unit, unless the numbers show it themselves.
pub(super) fn unit(unit: &str) -> &str {
    match Form::of(unit) {
        Form::Persons | Form::Share | Form::Ratio => "",
        _ => unit,
    }
}

fn points(unit: &str) -> &'static str {
    match Form::of(unit) {
        Form::Share => " points",
        _ => "",
    }
}

fn signed(value: f64, unit: &str, more: usize) -> String {
    let text = match Form::of(unit) {
        Form::Share => format!("{:.*}", 2 + more, 100.0 * value),
        Form::Ratio => format!("{value:.*}", 2 + more),
        _ => count(value),
    };
    match value {
        _ if is_zero(&text) => text.trim_start_matches('-').to_owned(),
        value if value > 0.0 => format!("+{text}"),
        _ => text,
    }
}

/// A whole number; below ten, with a decimal if there is one.
fn count(value: f64) -> String {
    match value.abs() {
        size if size < 9.95 && size.fract() != 0.0 => format!("{value:.1}"),
        _ => grouped(value),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_take_the_form_of_their_unit() {
        assert_eq!(level(877_844.4, "persons"), "877,844");
        assert_eq!(level(2.25, "persons"), "2.2");
        assert_eq!(level(0.0061, "share"), "0.61 %");
        assert_eq!(level(1.932, "ratio"), "1.93");
        assert_eq!(change(-65_544.0, "persons"), "-65,544");
        assert_eq!(change(1_200.0, "person-months"), "+1,200");
        assert_eq!(change(0.0031, "share"), "+0.31 points");
        assert_eq!(change(-0.000_03, "share"), "-0.003 points");
        assert_eq!(change(-0.000_000_01, "share"), "0.00 points");
        assert_eq!(change(0.0, "persons"), "0");
        assert_eq!(change(-0.4, "full-time activists"), "-0.4");
        let spread = Spread {
            mean: 0.0,
            interval: Some((-0.0123, 0.004)),
        };
        assert_eq!(interval(spread, "share").unwrap(), "-1.23 to +0.40 points");
        assert_eq!((unit("persons"), unit("days")), ("", "days"));
    }
}
