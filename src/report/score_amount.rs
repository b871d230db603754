//! Observed and simulated numbers, in the form that suits their unit.

use super::number::{grouped, percent};
use crate::analyse::comparison::FEWEST_FOR_POINTS;
use crate::analyse::{Ard, Distance, Score, Scores, SetScore, Simulated, Usage, Verdict};
use crate::draw::math;

/// A simulated number: persons with three figures, shares in percent.
pub(super) fn simulated(value: f64, unit: &str) -> String {
    match unit {
        "share" => percent(value),
        persons if persons.starts_with("persons") => grouped(three_figures(value)),
        _ if value.abs() < 9.995 => format!("{value:.2}"),
        _ if value.abs() < 99.95 => format!("{value:.1}"),
        _ => grouped(value),
    }
}

/// A number rounded to three figures.
fn three_figures(value: f64) -> f64 {
    let mut step = 1.0;
    while value.abs() / step >= 1000.0 {
        step *= 10.0;
    }
    (value / step).round() * step
}

/// An observed number as the source gives it.
fn given(value: f64, unit: &str) -> String {
    match unit {
        // Only the digits that were given: 0.155 is 15.5 %.
        "share" => {
            let percent = format!("{:.6}", 100.0 * value);
            percent
                .trim_end_matches('0')
                .trim_end_matches('.')
                .to_owned()
        }
        _ if value.fract() == 0.0 && value.abs() < 1e15 => grouped(value),
        _ => value.to_string(),
    }
}

/// The band of a row, or its value if it has none; `dash` is put between the ends.
pub(super) fn band(score: &Score, dash: &str) -> String {
    let row = &score.observation;
    let number = |value: f64| given(value, &row.unit);
    let text = match (row.band, row.value) {
        (Some((low, high)), _) => format!("{}{dash}{}", number(low), number(high)),
        (None, Some(value)) => number(value),
        (None, None) => String::new(),
    };
    match row.unit.as_str() {
        "share" => format!("{text} %"),
        _ => text,
    }
}

/// What the ends of the interval over so many runs are; `None` where there is none.
pub(super) fn interval_heading(runs: usize, dash: &str) -> Option<String> {
    match runs {
        0..3 => None,
        few if few < FEWEST_FOR_POINTS as usize => Some(format!("Lowest{dash}highest")),
        _ => Some(format!("5{dash}95 %")),
    }
}

/// The ends of the interval over several runs.
pub(super) fn interval(found: &Simulated, unit: &str, dash: &str) -> String {
    let between = |(low, high)| {
        let (low, high) = (simulated(low, unit), simulated(high, unit));
        let low = match unit {
            "share" => low.trim_end_matches(" %").to_owned(),
            _ => low,
        };
        format!("{low}{dash}{high}")
    };
    found.interval.map(between).unwrap_or_default()
}

/// The position of the simulated number: `inside`, or such as `above, ×1.42 (+0.35)`.
pub(super) fn verdict(score: &Score, found: &Simulated, times: &str) -> String {
    let unit = &score.observation.unit;
    let outside = |word: &str, distance: Distance| match distance.log {
        Some(log) => format!("{word}, {times}{:.2} ({log:+.2})", math::exp(log)),
        None => format!("{word} by {}", simulated(distance.absolute.abs(), unit)),
    };
    match (found.verdict, found.log_error) {
        (Some(Verdict::Inside), _) => "inside".to_owned(),
        (Some(Verdict::Above(distance)), _) => outside("above", distance),
        (Some(Verdict::Below(distance)), _) => outside("below", distance),
        (None, Some(log)) => format!("no band, {times}{:.2} ({log:+.2})", math::exp(log)),
        (None, None) => "no band".to_owned(),
    }
}

/// A sentence such as `12 of 20 rows lie in their bands (fit 11 of 18, report 1 of 2)`, and how far away the others are
/// on average.
pub(super) fn summary(scores: &Scores) -> String {
    let (inside, counted) = scores.inside();
    let of = |usage: Usage| {
        let of_use = || {
            let all = scores.counted();
            all.filter(|(row, _)| row.observation.usage == usage)
        };
        let inside = of_use().filter(|(_, verdict)| *verdict == Verdict::Inside);
        let (inside, all) = (inside.count(), of_use().count());
        (all > 0).then(|| format!("{} {inside} of {all}", usage.word()))
    };
    let parts: Vec<String> = [Usage::Fit, Usage::Report]
        .into_iter()
        .filter_map(of)
        .collect();
    let mean = match scores.mean_log_distance() {
        (None, 0) => String::new(),
        (None, _) => "; no row has a logarithm, so there is no mean distance".to_owned(),
        (Some(mean), without) => {
            let without = match without {
                0 => String::new(),
                1 => ", 1 row without a logarithm left out".to_owned(),
                rows => format!(", {rows} rows without a logarithm left out"),
            };
            format!("; mean distance {mean:.2} as |ln|, rows inside counted as 0{without}")
        }
    };
    match counted {
        0 => "No row has a band and a number".to_owned(),
        _ => format!(
            "{inside} of {counted} rows lie in their bands ({}){}",
            parts.join(", "),
            mean
        ),
    }
}

/// A sentence for each naive rule that comes nearer than the model, or one that says that none does.
pub(super) fn losses(scores: &Scores) -> Vec<String> {
    let mut sentences: Vec<(String, Vec<String>)> = Vec::new();
    for loss in scores.losses() {
        let begin = format!("The model loses to {} on {}", loss.to, loss.on);
        let distances = format!(
            "{} {} against {}",
            loss.in_terms_of,
            distance(loss.model),
            distance(loss.rule)
        );
        match sentences.iter_mut().find(|(known, _)| *known == begin) {
            Some((_, parts)) => parts.push(distances),
            None => sentences.push((begin, vec![distances])),
        }
    }
    if sentences.is_empty() {
        let sentence = match scores.has_rules() {
            true => "The model loses to no naive rule.",
            false => {
                "No naive rule applies: no rows form a set, and none follows an earlier value."
            }
        };
        return vec![sentence.to_owned()];
    }
    sentences
        .into_iter()
        .map(|(begin, parts)| format!("{begin}: {}.", parts.join(", ")))
        .collect()
}

/// A distance, which is infinite if nobody is forecast where there are some.
fn distance(number: f64) -> String {
    match number.is_finite() {
        true => format!("{number:.2}"),
        false => "infinite".to_owned(),
    }
}

/// The name of a set with what it compares.
pub(super) fn set_title(set: &SetScore) -> String {
    let compared: Vec<&str> = set
        .contests
        .iter()
        .map(|contest| contest.country.as_str())
        .collect();
    let left_out = match set.left_out.as_slice() {
        [] => String::new(),
        countries => format!("; without {}", countries.join(", ")),
    };
    format!(
        "{}, {} in {} countries: {}{left_out}",
        set.set,
        set.unit,
        compared.len(),
        compared.join(", ")
    )
}

/// A sentence on the model and the naive rules, by their distances in numbers.
pub(super) fn set_sentence(set: &SetScore) -> String {
    let of = |name: &str, ard: &Ard| format!("{name} {:.2}", ard.counts);
    let rules = set.baselines.iter().filter_map(|rule| {
        let (_, ard) = rule.forecast.as_ref().ok()?;
        Some(of(rule.name, ard))
    });
    let rules: Vec<String> = rules.collect();
    format!(
        "Averaged relative difference on {}, {} countries: {}; {}.",
        set.set,
        set.contests.len(),
        of("the model", &set.model),
        rules.join(", ")
    )
}

/// The model and the naive rules with both distances.
pub(super) fn set_rows(set: &SetScore) -> Vec<(String, String, String)> {
    let row = |name: &str, ard: &Ard| (name.to_owned(), distance(ard.counts), distance(ard.shares));
    let mut rows = vec![row("the model", &set.model)];
    for baseline in &set.baselines {
        rows.push(match &baseline.forecast {
            Ok((_, ard)) => row(baseline.name, ard),
            Err(reason) => (
                format!("{}: {reason}", baseline.name),
                String::new(),
                String::new(),
            ),
        });
    }
    rows
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_take_the_form_of_their_unit() {
        assert_eq!(simulated(149_203.0, "persons"), "149,000");
        assert_eq!(simulated(999_999.0, "persons"), "1,000,000");
        assert_eq!(simulated(3.4, "persons/day"), "3");
        assert_eq!(simulated(0.2531, "share"), "25.3 %");
        assert_eq!(simulated(2.031, "ratio"), "2.03");
        assert_eq!(simulated(36.08, "years"), "36.1");
        assert_eq!(given(0.155, "share"), "15.5");
        assert_eq!(given(0.29, "share"), "29");
        assert_eq!(given(1.35, "ratio"), "1.35");
        assert_eq!(given(817_000.0, "persons"), "817,000");
    }
}
