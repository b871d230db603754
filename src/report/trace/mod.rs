//! The life of one person, told as a story that can be read without knowing the model.

mod json;
mod odds;
mod person;
mod sentences;
mod teller;
#[cfg(test)]
mod tests;
mod words;

use super::Screen;
use super::columns::wrap;
use crate::engine::Notice;
use crate::population::Population;
use crate::scenario::Scenario;
use jiff::civil::Date;

/// A person's life in one run, as it was seen.
#[derive(Debug, Clone, Copy)]
pub struct Life<'a> {
    /// The scenario.
    pub scenario: &'a Scenario,
    /// The population of the scenario, with the same seed and scale.
    pub population: &'a Population,
    /// Seed of the run.
    pub seed: u64,
    /// Replicate of the run.
    pub replicate: u32,
    /// The person: the index of the segment, and the index in it.
    pub who: (u16, u32),
    /// What was seen of the person, in order.
    pub notices: &'a [Notice],
}

/// A life in words.
#[derive(Debug, Clone, PartialEq)]
pub struct Story {
    /// The name of the person, `segment:index`.
    pub identity: String,
    title: String,
    run: String,
    traits: Vec<(&'static str, String)>,
    entries: Vec<Entry>,
}

/// What happened on a day.
#[derive(Debug, Clone, PartialEq)]
struct Entry {
    date: Date,
    lines: Vec<Line>,
}

/// A sentence or two.
#[derive(Debug, Clone, PartialEq)]
struct Line {
    /// The word for an event in tables and searches; `None` for a line that explains an event.
    event: Option<&'static str>,
    text: String,
    /// Chances in words, each with its share of 1; empty if there is nothing to choose from.
    odds: Vec<(String, f64)>,
}

impl Life<'_> {
    /// Tells the story of the life.
    pub fn story(&self) -> Story {
        let scenario = self.scenario;
        let (segment, index) = self.who;
        let name = &scenario.segments[usize::from(segment)].name;
        let title = match scenario.title.is_empty() {
            true => scenario.name.clone(),
            false => scenario.title.clone(),
        };
        let each = match self.population.scale {
            1 => "one agent per person".to_owned(),
            scale => format!(
                "one agent for {} persons, who are taken to be alike",
                super::grouped(scale as f64)
            ),
        };
        Story {
            identity: format!("{name}:{index}"),
            title,
            run: format!("seed {}, replicate {}; {each}", self.seed, self.replicate),
            traits: person::describe(scenario, self.population, self.who),
            entries: teller::tell(self),
        }
    }
}

/// Blanks before traits and dates.
const INDENT: &str = "  ";
/// Columns of a date with the blanks after it.
const DATE: usize = 12;
/// The largest width that is used, however wide the terminal is: long lines are hard to read.
const WIDEST: usize = 100;

impl Story {
    /// The text, ending in a line break.
    pub fn render(&self, screen: &Screen) -> String {
        let width = screen.width.clamp(50, WIDEST);
        let mut lines = vec![
            screen.bold(&format!("Person {}", self.identity)),
            screen.dim(&self.title),
            screen.dim(&self.run),
            String::new(),
        ];
        let longest = self.traits.iter().map(|(name, _)| name.len()).max();
        let column = INDENT.len() + longest.unwrap_or(0) + 2;
        for (name, text) in &self.traits {
            let room = width.saturating_sub(column);
            for (number, part) in wrap(text, room).into_iter().enumerate() {
                let name = if number == 0 { *name } else { "" };
                let begin = format!("{INDENT}{name:<0$}", column - INDENT.len());
                lines.push(format!("{}{part}", screen.dim(&begin)));
            }
        }
        for entry in &self.entries {
            lines.push(String::new());
            let mut date = entry.date.to_string();
            for (number, line) in entry.lines.iter().enumerate() {
                // A line that explains an event is indented further.
                let deeper = if line.event.is_some() || number == 0 {
                    0
                } else {
                    2
                };
                let room = width.saturating_sub(INDENT.len() + DATE + deeper);
                for part in wrap(&line.in_words(), room) {
                    let begin = format!("{INDENT}{date:<DATE$}{}", " ".repeat(deeper));
                    let part = match line.event {
                        Some(_) => part,
                        None => screen.dim(&part),
                    };
                    lines.push(format!("{}{part}", screen.accent(&begin)));
                    date.clear();
                }
            }
        }
        let mut text = lines.join("\n");
        text.push('\n');
        text
    }
}

impl Line {
    fn of(event: &'static str, text: String) -> Self {
        Self {
            event: Some(event),
            text,
            odds: Vec::new(),
        }
    }

    fn why(text: String) -> Self {
        Self {
            event: None,
            text,
            odds: Vec::new(),
        }
    }

    fn chances(text: &str, odds: Vec<(String, f64)>) -> Self {
        Self {
            event: None,
            text: text.to_owned(),
            odds,
        }
    }

    fn in_words(&self) -> String {
        match self.odds.is_empty() {
            true => self.text.clone(),
            false => format!("{} {}.", self.text, odds::in_words(&self.odds)),
        }
    }
}
