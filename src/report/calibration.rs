//! A calibration in a terminal: how it went, rows against bands, and what the data say about each parameter.

use super::Screen;
use super::columns::{self, Column};
use super::number::grouped;
use super::score_amount as amount;
use crate::analyse::SetScore;
use crate::analyse::calibrated::{Calibrated, FittedRow, How, ParameterFit, RowKind};
use crate::experiment::calibration::{CalibrationSpec, Ended, Fit};
use crate::store::shell_word;
use std::path::Path;

/// A calibration as the terminal shows it.
#[derive(Debug)]
pub struct Calibration<'a> {
    /// What was asked for.
    pub spec: &'a CalibrationSpec,
    /// How the fit went.
    pub fit: &'a Fit,
    /// What was found.
    pub found: &'a Calibrated,
    /// Sets of countries, predicted row by row; empty unless rows were left out.
    pub sets: &'a [SetScore],
    /// The results folder.
    pub folder: &'a Path,
}

impl Calibration<'_> {
    /// The text, ending in a line break.
    pub fn render(&self, screen: &Screen) -> String {
        let mut lines: Vec<String> = columns::wrap(&self.spec.title, screen.width)
            .iter()
            .map(|line| screen.bold(line))
            .collect();
        lines.extend(columns::wrap(&self.how_it_went(), screen.width));
        lines.push(String::new());
        lines.extend(self.rows(screen));
        lines.push(String::new());
        let sets = self.sets.iter().map(amount::set_sentence);
        for sentence in self.met().into_iter().chain(self.predicted()).chain(sets) {
            lines.extend(columns::wrap(&sentence, screen.width));
        }
        lines.push(String::new());
        lines.extend(self.parameters(screen));
        let uninformed = self.uninformed();
        if !uninformed.is_empty() {
            lines.push(String::new());
            let text = format!("The data do not inform: {}.", uninformed.join(", "));
            lines.extend(columns::wrap(&text, screen.width));
        }
        lines.push(String::new());
        let posterior = self.folder.join("posterior.csv");
        lines.push(format!(
            "Tables and the page report.html are in {}; use the posterior with",
            screen.bold(&self.folder.display().to_string())
        ));
        lines.push(format!(
            "  exeunt compare BASE SCENARIO --draws-from {}",
            shell_word(&posterior)
        ));
        let mut text = lines.join("\n");
        text.push('\n');
        match screen.unicode {
            true => text,
            false => text.replace('\u{2013}', "-"),
        }
    }

    pub(super) fn how_it_went(&self) -> String {
        let generations = &self.fit.generations;
        let attempts: u64 = generations.iter().map(|g| u64::from(g.attempts)).sum();
        let (tolerance, size) = generations
            .last()
            .map_or((1.0, 0.0), |last| (last.tolerance, last.effective_size));
        let ended = match self.fit.ended {
            Ended::Inside => "every row of every kept run lies in its band",
            Ended::Acceptance => "few attempts of the last generation came nearer",
            Ended::Generations => "all generations asked for were run; more may come nearer",
            Ended::Nothing => "no run gave a result",
        };
        format!(
            "{} generations, {} attempts, {} kept (effective sample size {}), tolerance {tolerance:.4}; {ended}",
            generations.len(),
            grouped(attempts as f64),
            self.fit.population.particles.len(),
            grouped(size.round()),
        )
    }

    fn rows(&self, screen: &Screen) -> Vec<String> {
        let dash = screen.sign("–", "-");
        let mut id = Column::new("", false, 0);
        let mut quantity = Column::new("Quantity", false, 5);
        let mut how = Column::new("How", false, 3);
        let mut band = Column::new("Band", true, 0);
        let mut half = Column::new("Middle half", true, 0);
        let mut wide = Column::new(if screen.unicode { "5–95 %" } else { "5-95 %" }, true, 4);
        let mut meets = Column::new("", false, 0);
        for row in &self.found.rows {
            let unit = &row.target.unit;
            let ends = |low: f64, high: f64| {
                format!(
                    "{}{dash}{}",
                    amount::simulated(low, unit),
                    amount::simulated(high, unit)
                )
            };
            id.cells.push(row.target.id.clone());
            quantity.cells.push(short(&row.target.quantity));
            how.cells.push(row.kind.word().to_owned());
            let observed = row.target.band.map(|(low, high)| ends(low, high));
            band.cells.push(observed.unwrap_or_default());
            let of = |f: fn(&crate::analyse::calibrated::Spread) -> (f64, f64)| {
                row.posterior
                    .as_ref()
                    .map(f)
                    .map(|(low, high)| ends(low, high))
            };
            half.cells
                .push(of(|s| (s.p25, s.p75)).unwrap_or_else(|| "no value".into()));
            wide.cells.push(of(|s| (s.p05, s.p95)).unwrap_or_default());
            meets.cells.push(match row.meets() {
                Some(true) => screen.accent("meets"),
                Some(false) => side(row).to_owned(),
                None => String::new(),
            });
        }
        let columns = columns::fit(
            vec![id, quantity, how, band, half, wide, meets],
            screen.width,
        );
        columns::lines(&columns, |heading| screen.dim(heading))
    }

    /// How predictions of rows that the fit did not know turned out; `None` if there are none.
    pub(super) fn predicted(&self) -> Option<String> {
        let judged: Vec<bool> = self
            .found
            .left_out
            .iter()
            .filter_map(|row| row.row.meets())
            .collect();
        let met = judged.iter().filter(|meets| **meets).count();
        (!judged.is_empty()).then(|| {
            format!(
                "Left out one by one, {met} of {} rows have a band that meets the middle half of what is predicted.",
                judged.len()
            )
        })
    }

    pub(super) fn met(&self) -> Vec<String> {
        let sentence = |kind: RowKind, what: &str| {
            let (met, of) = self.found.met(kind);
            (of > 0).then(|| format!("{met} of {of} {what} have a band that meets the middle half of the posterior's runs."))
        };
        [
            sentence(RowKind::Fitted, "rows fitted by parameters"),
            sentence(RowKind::Constants, "rows fitted by destination constants"),
            sentence(RowKind::LeftOut, "rows left out"),
            sentence(RowKind::NotFitted, "rows with a band that were not fitted"),
        ]
        .into_iter()
        .flatten()
        .collect()
    }

    fn parameters(&self, screen: &Screen) -> Vec<String> {
        let dash = screen.sign("–", "-");
        let mut path = Column::new("Parameter", false, 0);
        let mut prior = Column::new("Prior", true, 2);
        let mut half = Column::new("Middle half", true, 0);
        let mut wide = Column::new(if screen.unicode { "5–95 %" } else { "5-95 %" }, true, 3);
        let mut unit = Column::new("Unit", false, 4);
        let mut shrinkage = Column::new("Shrinkage", true, 0);
        for parameter in self.sampled() {
            let ends = |low: f64, high: f64| format!("{}{dash}{}", figures(low), figures(high));
            let spread = parameter.posterior;
            path.cells.push(parameter.path.clone());
            prior
                .cells
                .push(ends(parameter.prior[0], parameter.prior[2]));
            half.cells.push(ends(spread.p25, spread.p75));
            wide.cells.push(ends(spread.p05, spread.p95));
            unit.cells.push(parameter.unit.clone());
            shrinkage.cells.push(match parameter.how {
                How::Sampled {
                    shrinkage,
                    informed: true,
                    ..
                } => format!("{:.0} %", shrinkage * 100.0),
                _ => "stays at its prior".to_owned(),
            });
        }
        let columns = columns::fit(vec![path, prior, half, wide, unit, shrinkage], screen.width);
        columns::lines(&columns, |heading| screen.dim(heading))
    }

    pub(super) fn sampled(&self) -> impl Iterator<Item = &ParameterFit> {
        let sampled = |parameter: &&ParameterFit| matches!(parameter.how, How::Sampled { .. });
        self.found.parameters.iter().filter(sampled)
    }

    pub(super) fn uninformed(&self) -> Vec<&str> {
        self.sampled()
            .filter(|parameter| {
                matches!(
                    parameter.how,
                    How::Sampled {
                        informed: false,
                        ..
                    }
                )
            })
            .map(|parameter| parameter.path.as_str())
            .collect()
    }
}

/// The side of its band on which the middle half of a row's runs lies: `below` or `above`.
pub(super) fn side(row: &FittedRow) -> &'static str {
    match (row.target.band, row.posterior) {
        (Some((low, _)), Some(spread)) if spread.p75 < low => "below",
        _ => "above",
    }
}

/// The first words of a quantity, if it is long.
fn short(quantity: &str) -> String {
    const MOST: usize = 44;
    if quantity.chars().count() <= MOST {
        return quantity.to_owned();
    }
    let mut text: String = quantity.chars().take(MOST - 1).collect();
    text.push('…');
    text
}

/// A number with three figures, without zeros at the end.
pub(super) fn figures(number: f64) -> String {
    let size = number.abs();
    if size >= 999.5 {
        return grouped(number);
    }
    let decimals = match size {
        size if size >= 99.95 => 0,
        size if size >= 9.995 => 1,
        size if size >= 0.995 => 2,
        size if size >= 0.0995 => 3,
        size if size >= 0.00995 => 4,
        _ => 6,
    };
    let text = format!("{number:.decimals$}");
    match text.contains('.') {
        true => text.trim_end_matches('0').trim_end_matches('.').to_owned(),
        false => text,
    }
}
