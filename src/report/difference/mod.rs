//! The differences between scenarios, as text for a terminal.

mod amount;
mod flips;
mod flows;
mod json;
mod table;
#[cfg(test)]
mod tests;

use super::Screen;
use super::columns;
use super::number::{grouped, of_agents};
use crate::analyse::comparison::{
    BreakEvens, Comparison, DRAWS_FOR_VERDICT, Flips, OutcomeKey, Substituted, label,
};
use crate::store::{Described, Description};
use std::path::Path;

const INDENT: &str = "  ";

/// A comparison as the terminal shows it.
#[derive(Debug, Clone, Copy)]
pub struct Differences<'a> {
    /// The differences.
    pub comparison: &'a Comparison,
    /// What was compared.
    pub description: &'a Description,
    /// What became of the same persons, the largest flows of each scenario first.
    pub substitution: &'a [Substituted],
    /// What flips the sign of a headline.
    pub flips: &'a Flips,
    /// How much opposition abroad must count.
    pub break_evens: &'a BreakEvens,
    /// The results folder.
    pub folder: &'a Path,
}

impl Differences<'_> {
    /// The text, ending in a line break: a block for each scenario, in the order given.
    pub fn render(&self, screen: &Screen) -> String {
        let mut lines = self.heading(screen);
        for scenario in 1..self.comparison.names.len() {
            lines.push(String::new());
            lines.extend(self.block(scenario, screen));
        }
        lines.push(String::new());
        let folder = screen.bold(&self.folder.display().to_string());
        lines.push(format!("{INDENT}Results in {folder}"));
        let mut text = lines.join("\n");
        text.push('\n');
        text
    }

    /// Names the base and says how the runs were made.
    fn heading(&self, screen: &Screen) -> Vec<String> {
        let about = self.description;
        let each = of_agents(about.scale);
        let text = format!(
            "{} {} {}; {} scenarios, each run {} with the same persons and the same chance; {each}, seed{}{}",
            about.start,
            screen.sign("–", "to"),
            about.end,
            self.comparison.names.len(),
            self.runs_in_words(),
            columns::TIE,
            about.seed
        );
        let title = format!("Compared with: {}", self.title(0));
        let title = columns::wrap(&title, screen.width);
        let mut lines: Vec<String> = title.iter().map(|line| screen.bold(line)).collect();
        let mut notes = vec![text];
        if about.draws > 1 {
            notes.push(
                "Means over the draws: `exeunt run` takes the values of the files, so its numbers for the base differ"
                    .to_owned(),
            );
        }
        if let Some(failed) = &about.failed {
            notes.push(failed.in_words());
        }
        if about.draft {
            notes.push("A draft, made with --quick: numbers to look at, not to rely on".to_owned());
        }
        if about.draws < DRAWS_FOR_VERDICT {
            notes.push(format!("Fewer than {DRAWS_FOR_VERDICT} draws: no verdict"));
        }
        for note in notes {
            let wrapped = columns::wrap(&note, screen.width);
            lines.extend(wrapped.iter().map(|line| screen.dim(line)));
        }
        lines
    }

    /// The number of runs in words, such as `under 16 draws of parameters, 2 times each`.
    fn runs_in_words(&self) -> String {
        let (draws, replicates) = (self.description.draws, self.description.replicates);
        match (draws, replicates) {
            (1, 1) => "once".to_owned(),
            (1, times) => format!("{times} times"),
            (draws, 1) => format!("under {draws} draws of parameters"),
            (draws, times) => format!("under {draws} draws of parameters, {times} times each"),
        }
    }

    /// Everything about one scenario.
    fn block(&self, scenario: usize, screen: &Screen) -> Vec<String> {
        let title = columns::wrap(self.title(scenario), screen.width);
        let mut lines: Vec<String> = title.iter().map(|line| screen.bold(line)).collect();
        let changes = self.described(scenario).map_or(0, |one| one.changes.len());
        let changed = match changes {
            0 => "No value differs from the base".to_owned(),
            1 => "1 value differs from the base".to_owned(),
            many => format!("{} values differ from the base", grouped(many as f64)),
        };
        lines.push(screen.dim(&changed));
        lines.extend(self.outcomes(scenario, screen));
        for part in [
            self.precision(scenario, screen),
            self.flows(scenario, screen),
            self.what_flips(scenario, screen),
            self.weights(scenario, screen),
        ] {
            if !part.is_empty() {
                lines.push(String::new());
                lines.extend(part);
            }
        }
        lines
    }

    fn described(&self, scenario: usize) -> Option<&Described> {
        let name = self.comparison.names.get(scenario)?;
        let mut all = self.description.scenarios.iter();
        all.find(|described| described.name == *name)
    }

    /// The title of a scenario, or its name if it has none.
    fn title(&self, scenario: usize) -> &str {
        let name = self.comparison.names.get(scenario);
        let title = self.described(scenario).map(|one| one.title.as_str());
        let title = title.filter(|title| !title.is_empty());
        title.or(name.map(String::as_str)).unwrap_or_default()
    }

    /// The name of a country, or its code if it has none.
    fn country(&self, code: &str) -> String {
        let mut places = self.description.countries.iter();
        let place = places.find(|place| place.code == code && !place.name.is_empty());
        place.map_or(code, |place| &place.name).to_owned()
    }

    fn label(&self, key: &OutcomeKey) -> String {
        label(key, |code| self.country(code))
    }
}

/// A text as lines indented by `margin`; lines after the first are two columns further in.
fn paragraph(text: &str, margin: usize, screen: &Screen) -> Vec<String> {
    let further = margin + INDENT.len();
    let lines = columns::wrap(text, screen.width.saturating_sub(further));
    let lines = lines.into_iter().enumerate();
    lines
        .map(|(index, line)| {
            let margin = if index == 0 { margin } else { further };
            format!("{:margin$}{line}", "")
        })
        .collect()
}
