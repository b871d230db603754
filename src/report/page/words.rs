//! Numbers and differences in words, according to their unit.

use crate::analyse::comparison::{Agreement, FEWEST_FOR_POINTS};
use crate::analyse::comparison_tables::OutcomeRow;
use crate::report::{grouped, magnitude};

/// How numbers with a unit are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    /// Whole numbers with separators: persons, person-months.
    Whole,
    /// Shares of one, written as percentages.
    Share,
    /// Two decimals: ratios.
    Ratio,
    /// One decimal: days, years, rates.
    Decimal,
}

impl Form {
    /// The form of a unit.
    pub fn of(unit: &str) -> Self {
        match unit {
            "persons" | "person-months" => Self::Whole,
            "share" => Self::Share,
            "ratio" | "log-hazard" => Self::Ratio,
            _ => Self::Decimal,
        }
    }

    /// The name of the form for the script of the page.
    pub fn name(self) -> &'static str {
        match self {
            Self::Whole => "whole",
            Self::Share => "share",
            Self::Ratio => "ratio",
            Self::Decimal => "decimal",
        }
    }
}

/// A number without its sign, rounded as suits its unit, with `more` additional decimals.
fn size(value: f64, unit: &str, more: usize) -> String {
    let value = value.abs();
    match Form::of(unit) {
        // Rounds halves away from zero, like the script of the page.
        Form::Whole => grouped(value.round()),
        Form::Share => format!("{:.*} %", 1 + more, 100.0 * value),
        Form::Ratio => format!("{value:.*}", 2 + more),
        Form::Decimal if value >= 999.95 => grouped(value),
        Form::Decimal => format!("{value:.*}", 1 + more),
    }
}

/// The number of additional decimals that numbers shown together need so that not all of them are shown as zero: a
/// difference that is lower in every draw must not read `0.0, from 0.0 to 0.0`.
pub(super) fn decimals_more(numbers: impl IntoIterator<Item = f64>, unit: &str) -> usize {
    const MOST: usize = 3;
    let largest = numbers
        .into_iter()
        .fold(0.0, |most: f64, number| most.max(number.abs()));
    match Form::of(unit) {
        Form::Whole => 0,
        _ => (0..MOST)
            .find(|more| !vanishes(&size(largest, unit, *more)))
            .unwrap_or(if largest > 0.0 { MOST } else { 0 }),
    }
}

/// Whether a number has become zero by rounding.
fn vanishes(text: &str) -> bool {
    !text.contains(|c: char| c.is_ascii_digit() && c != '0')
}

/// A number in readable form: 12,345, 12.3 %, 1.26. The sign is a true minus (U+2212).
pub(super) fn amount(value: f64, unit: &str) -> String {
    amount_with(value, unit, 0)
}

/// The same with `more` additional decimals.
pub(super) fn amount_with(value: f64, unit: &str, more: usize) -> String {
    let text = size(value, unit, more);
    match value < 0.0 && !vanishes(&text) {
        true => format!("−{text}"),
        false => text,
    }
}

/// A difference in readable form, always with its sign; shares are in percentage points.
pub(super) fn change(value: f64, unit: &str) -> String {
    change_with(value, unit, 0)
}

/// The same with `more` additional decimals.
pub(super) fn change_with(value: f64, unit: &str, more: usize) -> String {
    let mut text = size(value, unit, more);
    if Form::of(unit) == Form::Share {
        text = format!("{} points", text.trim_end_matches(" %"));
    }
    match value {
        _ if vanishes(&text) => text,
        less if less < 0.0 => format!("−{text}"),
        _ => format!("+{text}"),
    }
}

/// The ends of an interval of differences.
pub(super) fn change_interval((low, high): (f64, f64), unit: &str, more: usize) -> String {
    let [low, high] = [low, high].map(|end| change_with(end, unit, more));
    format!("{} to {high}", low.trim_end_matches(" points"))
}

/// The ends of an interval of levels.
pub(super) fn interval((low, high): (f64, f64), unit: &str) -> String {
    let (low, high) = (amount(low, unit), amount(high, unit));
    format!("{} to {high}", low.trim_end_matches(" %"))
}

/// What the ends of an interval over `draws` draws are.
pub(super) fn ends(draws: impl Into<u64>) -> &'static str {
    match draws.into() < u64::from(FEWEST_FOR_POINTS) {
        true => "all draws",
        false => "5–95\u{a0}%",
    }
}

/// A difference as part of a sentence: "12,345 fewer (5–95\u{a0}%: −15,000 to −9,000)".
pub(super) fn finding(row: &OutcomeRow) -> Option<String> {
    let difference = row.difference?;
    let more = decimals_more([difference.mean], &row.unit);
    let text = change_with(difference.mean, &row.unit, more);
    let counts = Form::of(&row.unit) == Form::Whole;
    let words = match (text.chars().next(), counts) {
        (Some('−'), true) => format!("{} fewer", &text['−'.len_utf8()..]),
        (Some('+'), true) => format!("{} more", &text[1..]),
        (Some('−'), false) => format!("{} lower", &text['−'.len_utf8()..]),
        (Some('+'), false) => format!("{} higher", &text[1..]),
        _ => "no difference".to_owned(),
    };
    Some(match difference.band {
        Some(band) => format!(
            "{words} ({}: {})",
            ends(row.draws),
            change_interval(band, &row.unit, more)
        ),
        None => words,
    })
}

/// In how many draws the scenario has less or more; `None` if there are too few draws to say.
pub(super) fn verdict(row: &OutcomeRow) -> Option<String> {
    let [lower, higher, draws] =
        [row.lower, row.higher, row.draws].map(|count| u32::try_from(count).unwrap_or(u32::MAX));
    Agreement::of(lower, higher, draws).map(|agreement| agreement.to_string())
}

/// Names as a list in a sentence: a, b and c.
pub(super) fn listed(names: &[&str]) -> String {
    match names {
        [] => String::new(),
        [only] => (*only).to_owned(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}

/// A number of persons in short form: 4.63 million, 12,345.
pub(super) fn persons(value: f64) -> String {
    magnitude(value)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analyse::comparison_tables::MeanAndBand;

    fn row(unit: &str, mean: f64, band: Option<(f64, f64)>) -> OutcomeRow {
        OutcomeRow {
            scenario: "a".into(),
            outcome: "left".into(),
            group: "ALL".into(),
            country: "ALL".into(),
            unit: unit.into(),
            base: None,
            compared: None,
            difference: Some(MeanAndBand { mean, band }),
            draws: 16,
            lower: 15,
            higher: 1,
            sd_parameters: None,
            sd_chance: None,
            unpaired_runs: None,
        }
    }

    #[test]
    fn numbers_are_written_by_their_unit() {
        assert_eq!(amount(12_345.4, "persons"), "12,345");
        assert_eq!(amount(-0.2, "persons"), "0");
        assert_eq!(amount(40_012.5, "persons"), "40,013");
        assert_eq!(amount(0.1234, "share"), "12.3 %");
        assert_eq!(change(-0.1234, "share"), "−12.3 points");
        assert_eq!(change(0.0, "persons"), "0");
        assert_eq!(change(1.256, "ratio"), "+1.26");
        assert_eq!(
            change_interval((-0.02, 0.031), "share", 0),
            "−2.0 to +3.1 points"
        );
        let small = [-0.0002, 0.0001];
        assert_eq!(decimals_more(small, "share"), 1);
        assert_eq!(
            change_interval((-0.0002, 0.0001), "share", 1),
            "−0.02 to +0.01 points"
        );
        assert_eq!(decimals_more([0.0], "share"), 0);
        assert_eq!(decimals_more([0.3, 0.1], "persons"), 0);
        assert_eq!(decimals_more([1e-12], "ratio"), 3);
        assert_eq!(interval((0.02, 0.031), "share"), "2.0 to 3.1 %");
    }

    #[test]
    fn differences_are_told_in_words() {
        let fewer = row("persons", -1_200.0, Some((-1_500.0, -900.0)));
        let told = finding(&fewer).unwrap();
        // (With 16 draws, the interval goes from the smallest to the largest value.)
        assert_eq!(told, "1,200 fewer (all draws: −1,500 to −900)");
        let more = OutcomeRow { draws: 19, ..fewer };
        assert!(finding(&more).unwrap().contains("(5–95\u{a0}%: "));
        assert_eq!(finding(&row("ratio", 0.25, None)).unwrap(), "0.25 higher");
        assert_eq!(
            finding(&row("persons", 0.1, None)).unwrap(),
            "no difference"
        );
    }

    #[test]
    fn a_verdict_needs_twelve_draws() {
        let mut row = row("persons", -1.0, None);
        assert_eq!(verdict(&row).unwrap(), "lower in 15 of 16 draws");
        (row.lower, row.higher) = (0, 0);
        assert_eq!(verdict(&row).unwrap(), "equal in 16 of 16 draws");
        row.draws = 11;
        assert_eq!(verdict(&row), None);
    }
}
