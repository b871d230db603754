//! Scores as Markdown, for a README.

use super::ScoreReport;
use super::columns::TIE;
use super::score_amount as amount;
use crate::analyse::{Finding, SetScore};

impl ScoreReport<'_> {
    /// The table, the sets and the sentences, ending in a line break.
    pub fn markdown(&self) -> String {
        let mut lines = vec![
            format!(
                "Written by `{}`: {}.",
                self.command,
                self.about().replace(TIE, " ")
            ),
            String::new(),
        ];
        lines.extend(self.markdown_rows());
        lines.push(String::new());
        lines.push(format!("{}.", amount::summary(self.scores)));
        for set in &self.scores.sets {
            lines.extend(set_table(set));
        }
        lines.push(String::new());
        lines.extend(
            amount::losses(self.scores)
                .iter()
                .map(|sentence| format!("* {}", escape(sentence))),
        );
        let mut text = lines.join("\n");
        text.push('\n');
        text
    }

    /// Every row, including those without a number.
    fn markdown_rows(&self) -> Vec<String> {
        let heading = amount::interval_heading(self.runs, "–").map(|words| words.to_lowercase());
        let with_interval = heading.is_some();
        let (heading, rule) = match heading {
            Some(heading) => (format!(" {heading} |"), "---:|"),
            None => (String::new(), ""),
        };
        let mut lines = vec![
            format!("| | quantity | use | unit | band | run |{heading} |"),
            format!("|---|---|---|---|---:|---:|{rule}---|"),
        ];
        for score in &self.scores.rows {
            let row = &score.observation;
            let (number, interval, words) = match &score.finding {
                Finding::Simulated(found) => (
                    amount::simulated(found.mean, &row.unit),
                    amount::interval(found, &row.unit, "–"),
                    amount::verdict(score, found, "×"),
                ),
                Finding::NotComputed(reason) => (
                    String::new(),
                    String::new(),
                    format!("not computed: {reason}"),
                ),
                Finding::NotModelled(reason) => (
                    String::new(),
                    String::new(),
                    format!("not modelled: {reason}"),
                ),
            };
            let interval = match with_interval {
                true => format!(" {interval} |"),
                false => String::new(),
            };
            lines.push(format!(
                "| {} | {} | {} | {} | {} | {number} |{interval} {} |",
                escape(&row.id),
                escape(&row.quantity),
                row.usage.word(),
                escape(&row.unit),
                amount::band(score, "–"),
                escape(&words)
            ));
        }
        lines
    }
}

/// The table of a set of countries, with the model and the naive rules, below an empty line.
pub(super) fn set_table(set: &SetScore) -> Vec<String> {
    let mut lines = vec![
        String::new(),
        format!("{}.", escape(&amount::set_title(set))),
        String::new(),
        "| | ARD | ARD of shares |".to_owned(),
        "|---|---:|---:|".to_owned(),
    ];
    for (name, counts, shares) in amount::set_rows(set) {
        lines.push(format!("| {name} | {counts} | {shares} |"));
    }
    lines
}

/// A text in which bars are escaped, so that they do not end a cell.
pub(super) fn escape(text: &str) -> String {
    text.replace('|', "\\|")
}
