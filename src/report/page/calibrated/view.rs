//! What the page shows, in order: why the fit ended, parameters by what the data say about them, rows by their use.

use super::CalibrationPage;
use crate::analyse::calibrated::RowKind;
use crate::analyse::calibration_tables::{CalibrationTables, FitRow, GenerationRow, ParameterRow};
use crate::experiment::calibration::{CalibrationSpec, Ended};
use crate::report::{figures, grouped, percent};
use crate::store::Manifest;
use std::collections::BTreeMap;

/// Everything that is shown.
#[derive(Debug)]
pub(super) struct View<'a> {
    pub spec: &'a CalibrationSpec,
    /// What the runs warn of.
    pub warnings: &'a [String],
    pub tables: &'a CalibrationTables,
    pub manifest: &'a Manifest,
    pub ended: Ended,
    /// Sampled parameters: first those that the data inform, the most shrunken first, then the others.
    pub sampled: Vec<Parameter<'a>>,
    /// Destination constants, by path.
    pub moved: Vec<&'a ParameterRow>,
}

/// A sampled parameter with its values.
#[derive(Debug)]
pub(super) struct Parameter<'a> {
    pub row: &'a ParameterRow,
    /// The value in each kept set.
    pub values: Vec<f64>,
    /// The quantile of the prior at which each value lies, by kept set.
    pub quantiles: Vec<f64>,
}

impl<'a> View<'a> {
    pub fn of(page: &CalibrationPage<'a>) -> Self {
        let CalibrationPage {
            description,
            tables,
            manifest,
        } = *page;
        let spec = &description.spec;
        let mut values: BTreeMap<&str, (Vec<f64>, Vec<f64>)> = BTreeMap::new();
        for row in &tables.values {
            let (found, quantiles) = values.entry(&row.path).or_default();
            found.push(row.value);
            quantiles.extend(row.quantile);
        }
        let of_kind = |sampled: bool| {
            let rows = tables.parameters.iter();
            rows.filter(move |row| row.sampled == sampled)
        };
        let mut sampled: Vec<Parameter<'a>> = of_kind(true)
            .map(|row| {
                let (values, quantiles) = values.remove(row.path.as_str()).unwrap_or_default();
                Parameter {
                    row,
                    values,
                    quantiles,
                }
            })
            .collect();
        sampled.sort_by(|a, b| {
            let shrinkage = |parameter: &Parameter<'_>| parameter.row.shrinkage.unwrap_or_default();
            (b.row.informed.cmp(&a.row.informed))
                .then_with(|| shrinkage(b).total_cmp(&shrinkage(a)))
        });
        Self {
            spec,
            warnings: &description.warnings,
            tables,
            manifest,
            ended: ended(spec, tables),
            sampled,
            moved: of_kind(false).collect(),
        }
    }

    /// The last generation.
    pub fn last(&self) -> Option<&'a GenerationRow> {
        self.tables.generations.last()
    }

    /// The effective sample size at the end.
    pub fn effective_size(&self) -> f64 {
        self.last().map_or(0.0, |last| last.effective_size)
    }

    /// The number of sets tried in all generations, and of those whose run failed.
    pub fn attempts(&self) -> (u64, u64) {
        let sum = |of: fn(&GenerationRow) -> u64| self.tables.generations.iter().map(of).sum();
        (sum(|row| row.attempts), sum(|row| row.failed))
    }

    /// Parameters that the data do not inform.
    pub fn uninformed(&self) -> impl Iterator<Item = &Parameter<'a>> {
        self.sampled.iter().filter(|one| !one.row.informed)
    }

    /// Rows of a kind.
    pub fn rows(&self, kind: RowKind) -> impl Iterator<Item = &'a FitRow> + use<'a> {
        let rows = self.tables.fits.iter();
        rows.filter(move |row| row.how == kind.word())
    }

    /// The prediction of a row by a fit without it.
    pub fn without(&self, row: &FitRow) -> Option<&'a FitRow> {
        self.tables.left_out.iter().find(|one| one.row == row.row)
    }

    /// The country of a constant: its name, or its code if it has no name.
    pub fn country(&self, path: &'a str) -> &'a str {
        let code = path.split('.').nth(1).unwrap_or(path);
        let mut named = self.spec.scenario.countries.iter();
        named
            .find(|(other, _)| other == code)
            .map_or(code, |(_, name)| name)
    }
}

/// Why the fit ended, by the criteria of the calibration itself, applied to the numbers that it has left.
fn ended(spec: &CalibrationSpec, tables: &CalibrationTables) -> Ended {
    match tables.generations.last() {
        _ if tables.weights.is_empty() => Ended::Nothing,
        Some(last) if last.tolerance == 0.0 && tables.weights.len() == spec.particles as usize => {
            Ended::Inside
        }
        Some(last)
            if last.generation > 0
                && (last.accepted as f64) < spec.least_acceptance * last.attempts as f64 =>
        {
            Ended::Acceptance
        }
        _ => Ended::Generations,
    }
}

impl Parameter<'_> {
    /// The correlation of two parameters over the kept sets, weighted, between their quantiles in the priors; `None`
    /// if one of them does not vary.
    pub fn correlation(&self, other: &Self, weights: &[f64]) -> Option<f64> {
        let sum = |of: &dyn Fn(usize) -> f64| -> f64 {
            weights
                .iter()
                .enumerate()
                .map(|(set, weight)| weight * of(set))
                .sum()
        };
        let sizes = [self.quantiles.len(), other.quantiles.len()];
        if sizes != [weights.len(); 2] || weights.is_empty() {
            return None;
        }
        let all = sum(&|_| 1.0);
        let means = [self, other].map(|one| sum(&|set| one.quantiles[set]) / all);
        let away = |one: &Self, mean: f64, set: usize| one.quantiles[set] - mean;
        let (a, b) = (
            |set| away(self, means[0], set),
            |set| away(other, means[1], set),
        );
        let variances = [sum(&|set| a(set) * a(set)), sum(&|set| b(set) * b(set))];
        let scale = variances[0].sqrt() * variances[1].sqrt();
        (scale > 0.0).then(|| (sum(&|set| a(set) * b(set)) / scale).clamp(-1.0, 1.0))
    }
}

/// A number of a row or a parameter in readable form, without its unit, except that shares are percentages.
pub(super) fn number(value: f64, unit: &str) -> String {
    let text = match unit {
        "share" => percent(value),
        persons if persons.starts_with("persons") => grouped(value),
        _ => figures(value),
    };
    text.replace('-', "−")
}

/// The unit to put after a number; empty if the number shows it, or if there is none.
pub(super) fn unit_after(unit: &str) -> String {
    match unit {
        "" | "share" => String::new(),
        unit => format!(" {unit}"),
    }
}

/// The ends of an interval with their unit.
pub(super) fn between(low: f64, high: f64, unit: &str) -> String {
    let (low, high) = (number(low, unit), number(high, unit));
    let low = low.trim_end_matches(" %");
    format!("{low} to {high}{}", unit_after(unit))
}

/// The name of the form in which the script writes numbers with this unit.
pub(super) fn form(unit: &str) -> &'static str {
    match unit {
        "share" => "share",
        persons if persons.starts_with("persons") => "whole",
        _ => "figures",
    }
}

/// Where the middle half of the runs lies relative to the band, in words; `None` without a band or a value.
pub(super) fn standing(row: &FitRow) -> Option<&'static str> {
    let ((low, _), runs) = (row.band?, row.runs?);
    Some(match row.meets? {
        true => "meets its band",
        false if runs.p75 < low => "below its band",
        false => "above its band",
    })
}
