//! A calibration as Markdown, for a README.

use super::calibration::{Calibration, figures, side};
use super::score_amount as amount;
use super::score_markdown::{escape, set_table};
use crate::analyse::calibrated::{FittedRow, How, RowKind};

impl Calibration<'_> {
    /// Rows, sentences, sets and parameters, ending in a line break; `command` reproduces the text.
    pub fn markdown(&self, command: &str) -> String {
        let targets = self.spec.targets.iter();
        let mut lines = vec![
            format!("Written by `{command}`: {}.", self.how_it_went()),
            String::new(),
            format!(
                "{} parameters are sampled and {} destination constants moved, against {} fitted rows.",
                self.spec.priors.len(),
                self.constants(),
                targets.filter(|target| target.fitted).count()
            ),
            String::new(),
        ];
        lines.extend(self.row_table());
        lines.push(String::new());
        let counted = [
            RowKind::Fitted,
            RowKind::Constants,
            RowKind::LeftOut,
            RowKind::NotFitted,
        ];
        let counts = counted.map(|kind| self.found.met(kind));
        let (met, of) = counts
            .iter()
            .fold((0, 0), |(met, of), (m, o)| (met + m, of + o));
        lines.push(format!(
            "Of {of} rows that are counted, {met} ({:.0} %) have a band that meets the middle half of the posterior's runs.",
            100.0 * met as f64 / of.max(1) as f64
        ));
        for sentence in self.met().into_iter().chain(self.predicted()) {
            lines.push(sentence);
        }
        for set in self.sets {
            lines.extend(set_table(set));
        }
        lines.push(String::new());
        lines.extend(self.parameter_table());
        let uninformed = self.uninformed();
        if !uninformed.is_empty() {
            lines.push(String::new());
            let paths: Vec<String> = uninformed.iter().map(|path| format!("`{path}`")).collect();
            lines.push(format!("The data do not inform: {}.", paths.join(", ")));
        }
        let mut text = lines.join("\n");
        text.push('\n');
        text
    }

    fn constants(&self) -> usize {
        let parameters = self.found.parameters.iter();
        parameters
            .filter(|parameter| parameter.how == How::Moved)
            .count()
    }

    fn row_table(&self) -> Vec<String> {
        let left_out = !self.found.left_out.is_empty();
        let mut lines = match left_out {
            true => vec![
                "| | quantity | unit | band | middle half | 5–95 % | | constant free | without the row | |".to_owned(),
                "|---|---|---|---:|---:|---:|---|---|---:|---|".to_owned(),
            ],
            false => vec![
                "| | quantity | unit | band | middle half | 5–95 % | | constant free |".to_owned(),
                "|---|---|---|---:|---:|---:|---|---|".to_owned(),
            ],
        };
        for row in &self.found.rows {
            let target = &row.target;
            let wide = row.posterior.map(|s| ends(s.p05, s.p95, &target.unit));
            let free = match row.kind {
                RowKind::Constants => "yes",
                RowKind::Fitted => "no",
                RowKind::LeftOut => "left out",
                RowKind::NotFitted | RowKind::Input => "not fitted",
            };
            let mut line = format!(
                "| {} | {} | {} | {} | {} | {} | {} | {free} |",
                escape(&target.id),
                escape(&target.quantity),
                escape(&target.unit),
                target
                    .band
                    .map(|(low, high)| ends(low, high, &target.unit))
                    .unwrap_or_default(),
                half(row),
                wide.unwrap_or_default(),
                match row.kind {
                    RowKind::Input => "an input: not counted",
                    _ => verdict(row),
                },
            );
            if left_out {
                let mut all = self.found.left_out.iter().map(|predicted| &predicted.row);
                let predicted = all.find(|predicted| predicted.target.id == target.id);
                line += &match predicted {
                    Some(predicted) => format!(" {} | {} |", half(predicted), verdict(predicted)),
                    None => " | |".to_owned(),
                };
            }
            lines.push(line);
        }
        lines
    }

    fn parameter_table(&self) -> Vec<String> {
        let mut lines = vec![
            "| parameter | unit | prior | middle half | 5–95 % | shrinkage |".to_owned(),
            "|---|---|---:|---:|---:|---:|".to_owned(),
        ];
        for parameter in self.sampled() {
            let spread = parameter.posterior;
            let shrinkage = match parameter.how {
                How::Sampled {
                    shrinkage,
                    informed: true,
                    ..
                } => format!("{:.0} %", 100.0 * shrinkage),
                _ => "stays at its prior".to_owned(),
            };
            lines.push(format!(
                "| `{}` | {} | {}–{} | {}–{} | {}–{} | {shrinkage} |",
                parameter.path,
                parameter.unit,
                figures(parameter.prior[0]),
                figures(parameter.prior[2]),
                figures(spread.p25),
                figures(spread.p75),
                figures(spread.p05),
                figures(spread.p95),
            ));
        }
        lines
    }
}

/// The middle half of a row's runs.
fn half(row: &FittedRow) -> String {
    let ends = row.posterior.map(|s| ends(s.p25, s.p75, &row.target.unit));
    ends.unwrap_or_else(|| "no value".to_owned())
}

/// The verdict on a row: `meets` its band with the middle half of its runs, or the side on which it lies.
fn verdict(row: &FittedRow) -> &'static str {
    match row.meets() {
        Some(true) => "meets",
        Some(false) => side(row),
        None => "",
    }
}

/// Two numbers with their unit, which appears once.
fn ends(low: f64, high: f64, unit: &str) -> String {
    let low = amount::simulated(low, unit);
    let low = match unit {
        "share" => low.trim_end_matches(" %").to_owned(),
        _ => low,
    };
    format!("{low}–{}", amount::simulated(high, unit))
}
