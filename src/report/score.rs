//! Simulated against observed numbers, as text for a terminal.

use super::Screen;
use super::columns::{self, Column};
use super::number::of_agents;
use super::score_amount as amount;
use crate::analyse::{Finding, Scores};
use crate::scenario::Scenario;
use console::{measure_text_width, truncate_str};

const INDENT: &str = "  ";
/// The least number of columns of the quantity, and the number for which other columns give way.
const QUANTITY: (usize, usize) = (12, 48);

/// Scores as the terminal shows them.
#[derive(Debug, Clone, Copy)]
pub struct ScoreReport<'a> {
    /// The scores.
    pub scores: &'a Scores,
    /// The scenario.
    pub scenario: &'a Scenario,
    /// The path of the observations.
    pub observed: &'a str,
    /// The command that reproduces the scores.
    pub command: &'a str,
    /// Seed of the runs.
    pub seed: u64,
    /// Persons that an agent stands for.
    pub scale: u64,
    /// Number of runs.
    pub runs: usize,
}

impl ScoreReport<'_> {
    /// The text, ending in a line break.
    pub fn render(&self, screen: &Screen) -> String {
        let mut lines = self.heading(screen);
        lines.push(String::new());
        lines.extend(self.rows(screen));
        lines.extend(self.without_number(screen));
        lines.push(String::new());
        let summary = format!("{}.", amount::summary(self.scores));
        lines.extend(
            paragraph(&summary, screen)
                .iter()
                .map(|line| screen.bold(line)),
        );
        lines.extend(self.sets(screen));
        lines.push(String::new());
        for sentence in amount::losses(self.scores) {
            lines.extend(paragraph(&sentence, screen));
        }
        let mut text = lines.join("\n");
        text.push('\n');
        match screen.unicode {
            true => text,
            false => text.replace('\u{2013}', "-"),
        }
    }

    /// Says how the runs were made.
    pub(super) fn about(&self) -> String {
        let each = of_agents(self.scale);
        let runs = match self.runs {
            1 => "one run".to_owned(),
            runs => format!("mean of {runs} runs"),
        };
        format!("{runs}, {each}, seed\u{a0}{}", self.seed)
    }

    fn heading(&self, screen: &Screen) -> Vec<String> {
        let title = match self.scenario.title.is_empty() {
            true => &self.scenario.name,
            false => &self.scenario.title,
        };
        let about = format!("Simulated against {}: {}", self.observed, self.about());
        let title = columns::wrap(title, screen.width);
        let about = columns::wrap(&about, screen.width);
        let title = title.iter().map(|line| screen.bold(line));
        title
            .chain(about.iter().map(|line| screen.dim(line)))
            .collect()
    }

    /// One line for each row that has a number.
    fn rows(&self, screen: &Screen) -> Vec<String> {
        let dash = screen.sign("–", "-");
        let mut id = Column::new("", false, 0);
        let mut quantity = Column::new("Quantity", false, 0);
        let mut usage = Column::new("Use", false, 2);
        let mut unit = Column::new("Unit", false, 4);
        let mut band = Column::new("Band", true, 0);
        let mut simulated = Column::new("Simulated", true, 0);
        let heading = amount::interval_heading(self.runs, dash);
        let mut interval = Column::new(heading.as_deref().unwrap_or_default(), true, 3);
        let mut verdict = Column::new("", false, 0);
        for score in &self.scores.rows {
            let Some(found) = score.simulated() else {
                continue;
            };
            let row = &score.observation;
            id.cells.push(row.id.clone());
            quantity.cells.push(row.quantity.clone());
            usage.cells.push(row.usage.word().to_owned());
            unit.cells.push(row.unit.clone());
            band.cells.push(amount::band(score, dash));
            simulated
                .cells
                .push(amount::simulated(found.mean, &row.unit));
            interval
                .cells
                .push(amount::interval(found, &row.unit, dash));
            let words = amount::verdict(score, found, screen.sign("×", "x"));
            verdict.cells.push(match words.as_str() {
                "inside" => screen.accent(&words),
                _ => words,
            });
        }
        if heading.is_none() {
            interval.cells.clear();
        }
        let width = screen.width.saturating_sub(INDENT.len());
        let mut others = vec![id, usage, unit, band, simulated, interval, verdict];
        others.retain(|column| !column.cells.is_empty() || column.expendable == 0);
        // Short quantities leave their room to the other columns.
        let wanted = quantity.width().clamp(QUANTITY.0, QUANTITY.1);
        let others = columns::fit(others, width.saturating_sub(wanted + 2));
        let room = width
            .saturating_sub(columns::total(&others) + 2)
            .max(QUANTITY.0);
        let tail = screen.sign("…", "~");
        for cell in &mut quantity.cells {
            *cell = truncate_str(cell, room, tail).into_owned();
        }
        let mut table = others;
        table.insert(1, quantity);
        let lines = columns::lines(&table, |heading| screen.dim(heading));
        lines
            .into_iter()
            .map(|line| format!("{INDENT}{line}"))
            .collect()
    }

    /// Rows without a number, and why.
    fn without_number(&self, screen: &Screen) -> Vec<String> {
        let mut lines = Vec::new();
        for (heading, wanted) in [("Not computed", true), ("Not modelled", false)] {
            let mut list = Vec::new();
            for score in &self.scores.rows {
                let reason = match &score.finding {
                    Finding::NotComputed(reason) if wanted => reason,
                    Finding::NotModelled(reason) if !wanted => reason,
                    _ => continue,
                };
                let row = &score.observation;
                list.push((row.id.as_str(), format!("{}: {reason}", row.quantity)));
            }
            if list.is_empty() {
                continue;
            }
            lines.push(String::new());
            lines.push(format!("{INDENT}{}", screen.dim(heading)));
            let ids = list.iter().map(|(id, _)| measure_text_width(id)).max();
            let begin = INDENT.len() + ids.unwrap_or(0) + 2;
            for (id, text) in list {
                let parts = columns::wrap(&text, screen.width.saturating_sub(begin));
                let id = format!("{INDENT}{id}");
                for (index, part) in parts.iter().enumerate() {
                    let margin = if index == 0 { id.as_str() } else { "" };
                    lines.push(format!("{margin:begin$}{part}"));
                }
            }
        }
        lines
    }

    fn sets(&self, screen: &Screen) -> Vec<String> {
        let mut lines = Vec::new();
        for set in &self.scores.sets {
            lines.push(String::new());
            lines.extend(paragraph(&amount::set_title(set), screen));
            let mut rule = Column::new("", false, 0);
            let mut counts = Column::new("ARD", true, 0);
            let mut shares = Column::new("ARD of shares", true, 0);
            for (name, of_counts, of_shares) in amount::set_rows(set) {
                rule.cells.push(name);
                counts.cells.push(of_counts);
                shares.cells.push(of_shares);
            }
            let table = columns::lines(&[rule, counts, shares], |heading| screen.dim(heading));
            lines.extend(table.into_iter().map(|line| format!("{INDENT}{line}")));
        }
        lines
    }
}

fn paragraph(text: &str, screen: &Screen) -> Vec<String> {
    let lines = columns::wrap(text, screen.width.saturating_sub(INDENT.len()));
    lines
        .into_iter()
        .map(|line| format!("{INDENT}{line}"))
        .collect()
}

#[cfg(test)]
mod tests;
