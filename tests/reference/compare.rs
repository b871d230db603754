//! The comparison of two engines in distribution, the same for the fast engine and for planted
//! faults.
//!
//! Every total is compared by Student's t of the two means over seeds. Every composition
//! (destinations, channels, motives, ...) is compared by Pearson's chi-square of the two engines'
//! sums, scaled by the chi-square between the seeds of one engine and therefore read as
//! Fisher's F: persons who move more than once, and rents that all persons share, make counts
//! vary more or less than independent ones would, and the scale takes that up.
//!
//! There are hundreds of comparisons, so a few are beyond three standard errors by chance. One
//! that is beyond three is tried again, on as many fresh seeds: the engines disagree if it is
//! beyond three again on the same side (a composition: beyond three again). One that is so far
//! out that chance would bring any of all comparisons there in one of a thousand cases is a
//! disagreement at once. In all, sound engines are rejected in about one of five hundred
//! scenarios.

use crate::sample::Sample;
use crate::statistics::{fisher_tail, mean_and_error, student_tail};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

/// The two-sided chance of more than three standard errors.
const BEYOND_THREE: f64 = 0.0027;
/// The chance, over all comparisons of a scenario, at which one trial is enough.
const AT_ONCE: f64 = 0.001;
/// Fewer events than this in both engines together say nothing of their means.
const FEWEST_EVENTS: f64 = 40.0;

/// One comparison.
#[derive(Debug, Clone)]
pub struct Comparison {
    pub name: String,
    /// Chance of so large a difference between sound engines.
    pub chance: f64,
    /// Difference in standard errors (a composition: the root of F).
    pub distance: f64,
    detail: String,
}

impl fmt::Display for Comparison {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{}: {} ({:+.2} standard errors, chance {:.1e})",
            self.name, self.detail, self.distance, self.chance
        )
    }
}

/// Every comparison of two samples.
pub fn comparisons(left: &Sample, right: &Sample) -> Vec<Comparison> {
    let totals = names(&left.totals, &right.totals)
        .into_iter()
        .filter_map(|name| {
            let of = |sample: &Sample| values(&sample.totals, &name, sample.runs);
            compare_totals(&name, &of(left), &of(right))
        });
    let compositions = names(&left.compositions, &right.compositions)
        .into_iter()
        .filter_map(|name| compare_compositions(&name, left, right));
    totals.chain(compositions).collect()
}

fn names<T>(left: &BTreeMap<String, T>, right: &BTreeMap<String, T>) -> BTreeSet<String> {
    left.keys().chain(right.keys()).cloned().collect()
}

fn values(of: &BTreeMap<String, Vec<f64>>, name: &str, runs: usize) -> Vec<f64> {
    of.get(name).cloned().unwrap_or_else(|| vec![0.0; runs])
}

fn compare_totals(name: &str, left: &[f64], right: &[f64]) -> Option<Comparison> {
    let is_count = left.iter().chain(right).all(|value| value.fract() == 0.0);
    let sum: f64 = left.iter().chain(right).sum();
    if is_count && sum < FEWEST_EVENTS {
        return None;
    }
    let (left_mean, left_error) = mean_and_error(left);
    let (right_mean, right_error) = mean_and_error(right);
    let error = left_error.hypot(right_error);
    let difference = left_mean - right_mean;
    let freedom = (left.len() + right.len() - 2) as f64;
    let (distance, chance) = if difference.abs() < 1e-9 {
        (0.0, 1.0)
    } else if error == 0.0 {
        // All runs of each engine alike: Student's t has nothing to go by, and what remains is how rarely
        // a division of all the runs into two would part them so.
        (f64::INFINITY, 2.0 / divisions(left.len(), right.len()))
    } else {
        let t = difference / error;
        (t, student_tail(t, freedom))
    };
    Some(Comparison {
        name: name.to_owned(),
        chance,
        distance,
        detail: format!("{left_mean:.4} against {right_mean:.4}"),
    })
}

/// In how many ways so many runs divide into two sets of these sizes.
fn divisions(left: usize, right: usize) -> f64 {
    let step = |number: usize| (right + number) as f64 / number as f64;
    (1..=left).map(step).product()
}

fn compare_compositions(name: &str, left: &Sample, right: &Sample) -> Option<Comparison> {
    let of = |sample: &Sample| sample.compositions.get(name).cloned().unwrap_or_default();
    let (left_parts, right_parts) = (of(left), of(right));
    let mut rest = vec![0.0; left.runs + right.runs];
    let mut parts: Vec<(String, Vec<f64>)> = Vec::new();
    for part in names(&left_parts, &right_parts) {
        let mut runs = values(&left_parts, &part, left.runs);
        runs.extend(values(&right_parts, &part, right.runs));
        if runs.iter().sum::<f64>() < FEWEST_EVENTS {
            rest.iter_mut()
                .zip(&runs)
                .for_each(|(sum, number)| *sum += number);
        } else {
            parts.push((part, runs));
        }
    }
    if rest.iter().sum::<f64>() >= FEWEST_EVENTS {
        parts.push(("the rest".to_owned(), rest));
    }
    if parts.len() < 2 {
        return None;
    }
    let sums = |runs: std::ops::Range<usize>| -> Vec<f64> {
        let sum = |(_, numbers): &(String, Vec<f64>)| numbers[runs.clone()].iter().sum();
        parts.iter().map(sum).collect()
    };
    let by_run = |runs: std::ops::Range<usize>| -> Vec<Vec<f64>> {
        runs.map(|run| parts.iter().map(|(_, numbers)| numbers[run]).collect())
            .collect()
    };
    let (lefts, rights) = (0..left.runs, left.runs..left.runs + right.runs);
    let (between, between_freedom) = pearson(&[sums(lefts.clone()), sums(rights.clone())]);
    let (left_within, left_freedom) = pearson(&by_run(lefts.clone()));
    let (right_within, right_freedom) = pearson(&by_run(rights.clone()));
    let within_freedom = left_freedom + right_freedom;
    let scale = (left_within + right_within) / within_freedom;
    let f = between / between_freedom / scale;
    let detail: Vec<String> = parts
        .iter()
        .map(|(part, numbers)| {
            let mean = |runs: std::ops::Range<usize>| {
                let number = runs.len() as f64;
                numbers[runs].iter().sum::<f64>() / number
            };
            format!(
                "{part} {:.1}/{:.1}",
                mean(lefts.clone()),
                mean(rights.clone())
            )
        })
        .collect();
    Some(Comparison {
        name: name.to_owned(),
        chance: fisher_tail(f, between_freedom, within_freedom),
        distance: f.sqrt(),
        detail: detail.join(", "),
    })
}

/// Pearson's chi-square of a table of counts, and its degrees of freedom.
fn pearson(rows: &[Vec<f64>]) -> (f64, f64) {
    let columns: Vec<f64> = (0..rows[0].len())
        .map(|column| rows.iter().map(|row| row[column]).sum())
        .collect();
    let total: f64 = columns.iter().sum();
    let mut chi_square = 0.0;
    for row in rows {
        let in_row: f64 = row.iter().sum();
        for (number, in_column) in row.iter().zip(&columns) {
            let expected = in_row * in_column / total;
            if expected > 0.0 {
                chi_square += (number - expected).powi(2) / expected;
            }
        }
    }
    let used = |sums: &mut dyn Iterator<Item = f64>| sums.filter(|sum| *sum > 0.0).count() as f64;
    let rows_used = used(&mut rows.iter().map(|row| row.iter().sum()));
    let columns_used = used(&mut columns.iter().copied());
    (chi_square, (rows_used - 1.0) * (columns_used - 1.0))
}

/// Compares two engines, each of which samples a scenario at the first or the second set of
/// seeds. The value is the number of comparisons; the error lists what the engines disagree about,
/// the plainest first.
pub fn agree(
    left: impl Fn(usize) -> Sample,
    right: impl Fn(usize) -> Sample,
) -> Result<usize, Vec<String>> {
    let mut first = comparisons(&left(0), &right(0));
    first.sort_by(|one, other| one.chance.total_cmp(&other.chance));
    let at_once = AT_ONCE / first.len() as f64;
    let far: Vec<String> = first
        .iter()
        .filter(|comparison| comparison.chance < at_once)
        .map(ToString::to_string)
        .collect();
    if !far.is_empty() {
        return Err(far);
    }
    let suspects: Vec<&Comparison> = first
        .iter()
        .filter(|comparison| comparison.chance < BEYOND_THREE)
        .collect();
    if suspects.is_empty() {
        return Ok(first.len());
    }
    let second = comparisons(&left(1), &right(1));
    let again: Vec<String> = suspects
        .into_iter()
        .filter_map(|suspect| {
            let retry = second.iter().find(|other| other.name == suspect.name)?;
            let same_side = retry.distance * suspect.distance > 0.0;
            (same_side && retry.chance < BEYOND_THREE)
                .then(|| format!("{suspect}; on fresh seeds {retry}"))
        })
        .collect();
    if again.is_empty() {
        Ok(first.len())
    } else {
        Err(again)
    }
}
