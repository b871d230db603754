//! The columns `value`, `low` and `high` of a row.

use super::Usage;
use super::line::Line;
use crate::scenario::Problem;

/// The value and the band of a row, as far as they are valid.
pub(super) fn numbers(
    line: &mut Line<'_>,
    usage: Option<Usage>,
) -> (Option<f64>, Option<(f64, f64)>) {
    let before = line.problems.len();
    let [value, low, high] = ["value", "low", "high"].map(|column| number(line, column));
    if line.problems.len() > before {
        return (None, None);
    }
    let band = match (low, high) {
        (Some(low), Some(high)) if low > high => {
            line.report(
                "low",
                Problem::error(format!("low, {low}, is above high, {high}"))
                    .expected("the lowest and then the highest number that agree with the sources")
                    .cure("swap the two, or correct one of them"),
            );
            return (value, None);
        }
        (Some(low), Some(high)) => Some((low, high)),
        (None, None) => None,
        (Some(_), None) => return half_a_band(line, value, "high"),
        (None, Some(_)) => return half_a_band(line, value, "low"),
    };
    match (value, band) {
        (None, None) => line.report(
            "value",
            Problem::error("neither a value nor a band")
                .expected("low and high, or at least a value")
                .cure("fill in low and high"),
        ),
        (Some(_), None) if usage.is_some_and(|usage| usage != Usage::Report) => line.report(
            "low",
            Problem::error("a row without a band")
                .expected("low and high; without them a row can only be shown, with use report")
                .cure("fill in low and high, or write report as its use"),
        ),
        (Some(value), Some((low, high))) if !(low..=high).contains(&value) => line.report(
            "value",
            Problem::error(format!("the value {value} lies outside its own band"))
                .expected(format!("a value from {low} to {high}"))
                .cure("correct the value, or widen the band"),
        ),
        _ => {}
    }
    (value, band)
}

fn half_a_band(
    line: &mut Line<'_>,
    value: Option<f64>,
    missing: &'static str,
) -> (Option<f64>, Option<(f64, f64)>) {
    line.report(
        missing,
        Problem::error(format!("a band without its {missing}"))
            .expected("low and high, or neither")
            .cure(format!("fill in {missing}")),
    );
    (value, None)
}

/// Reads the number in a cell; `None` if the cell is empty, or is not a number, which is reported.
fn number(line: &mut Line<'_>, column: &str) -> Option<f64> {
    let text = line.cell(column);
    if text.is_empty() {
        return None;
    }
    let plain = text
        .bytes()
        .all(|byte| byte.is_ascii_digit() || b"+-.eE".contains(&byte));
    match text.parse::<f64>() {
        Ok(number) if plain && number.is_finite() => {
            let is_share = line.cell("unit") == "share";
            if is_share && !(0.0..=1.0).contains(&number) {
                line.report(
                    column,
                    Problem::error(format!("a share of {number}"))
                        .expected("a share from 0 to 1")
                        .cure("write 29 % as 0.29, or give the row another unit"),
                );
            }
            Some(number)
        }
        _ => {
            let cure = match text {
                percent if percent.ends_with('%') => "write 29 % as 0.29, with the unit share",
                comma if comma.contains(',') => "write 1,234.5 as 1234.5",
                _ => "write the number alone; its unit belongs in the column unit",
            };
            line.report(
                column,
                Problem::error(format!("`{text}` is not a number"))
                    .expected("a number with a point, without separators, such as 870000 or 0.155")
                    .cure(cure),
            );
            None
        }
    }
}
