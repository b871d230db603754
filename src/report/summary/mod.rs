//! The summary of a run, as text for a terminal.

mod countries;
#[cfg(test)]
mod tests;
mod totals;

use super::Screen;
use super::columns;
use super::number::{duration, grouped, magnitude, of_agents, percent};
use super::runs::RunSet;
use crate::measure::{ALL, Trajectory};
use crate::scenario::Scenario;
use std::path::Path;

const INDENT: &str = "  ";

/// What the summary is made from.
#[derive(Debug, Clone, Copy)]
pub struct Summary<'a> {
    /// The scenario.
    pub scenario: &'a Scenario,
    /// Seed of the runs.
    pub seed: u64,
    /// Persons that an agent stands for.
    pub scale: u64,
    /// The finished runs.
    pub runs: RunSet<'a>,
    /// The number of sets of parameters of the runs; `None` for runs with the values in the files.
    pub sets: Option<usize>,
    /// The course of each finished run.
    pub trajectories: &'a [&'a Trajectory],
    /// Number of threads.
    pub threads: usize,
    /// Seconds of computing, for all runs together.
    pub seconds: f64,
    /// The results folder.
    pub folder: &'a Path,
}

impl Summary<'_> {
    /// The text, ending in a line break.
    pub fn render(&self, screen: &Screen) -> String {
        let mut lines = self.heading(screen);
        lines.push(String::new());
        lines.extend(self.totals(screen));
        lines.extend(self.motives(screen));
        lines.push(String::new());
        lines.extend(self.countries(screen));
        lines.push(String::new());
        lines.extend(self.closing(screen));
        let mut text = lines.join("\n");
        text.push('\n');
        text
    }

    /// The number of agents in all segments.
    fn agents(&self) -> u64 {
        self.scenario
            .segments
            .iter()
            .map(|segment| segment.size / self.scale.max(1))
            .sum()
    }

    /// Persons times steps computed in a second (agents times steps, if an agent stands for several persons).
    pub fn person_steps_per_second(&self) -> f64 {
        let steps = (self.scenario.calendar.steps.len() * self.runs.len()) as f64;
        self.agents() as f64 * steps / self.seconds.max(1e-9)
    }

    fn persons(&self) -> f64 {
        self.scenario
            .segments
            .iter()
            .map(|segment| segment.size as f64)
            .sum()
    }

    fn mean(&self, id: &str, group: &str, country: &str) -> Option<f64> {
        self.runs.mean(id, group, country)
    }

    fn heading(&self, screen: &Screen) -> Vec<String> {
        let title = match self.scenario.title.is_empty() {
            true => &self.scenario.name,
            false => &self.scenario.title,
        };
        let calendar = &self.scenario.calendar;
        let each = of_agents(self.scale);
        let dash = screen.sign("–", "-");
        let mean_of = self.mean_of().map(|runs| match self.runs.len() {
            1 => format!(", {runs}"),
            _ => format!(", mean of {runs} (lowest {dash} highest)"),
        });
        let mean_of = mean_of.unwrap_or_default();
        let about = format!(
            "{} {dash} {}, {} steps; {} persons, {each}; seed {}{mean_of}",
            calendar.start,
            calendar.end,
            calendar.steps.len(),
            grouped(self.persons()),
            self.seed
        );
        let about = columns::wrap(&about, screen.width);
        let title = columns::wrap(title, screen.width);
        let title = title.iter().map(|line| screen.bold(line));
        title
            .chain(about.iter().map(|line| screen.dim(line)))
            .collect()
    }

    /// Describes the runs; `None` for a single run with the values in the files.
    fn mean_of(&self) -> Option<String> {
        let sets = self.sets.map(|sets| match sets {
            1 => "1 set of parameters".to_owned(),
            sets => format!("{sets} sets of parameters"),
        });
        match (self.runs.len(), self.sets, sets) {
            (1, _, None) => None,
            (runs, _, None) => Some(format!("{runs} replicates")),
            (runs, Some(number), Some(sets)) if runs == number => Some(sets),
            (runs, _, Some(sets)) => Some(format!("{runs} runs with {sets}")),
        }
    }

    fn someone_moved_on(&self) -> bool {
        self.mean("moved_on", ALL, ALL)
            .is_some_and(|moved_on| moved_on > 0.0)
    }

    /// Why people left, the most common motive first.
    fn motives(&self, screen: &Screen) -> Vec<String> {
        let Some(left) = self.mean("left", ALL, ALL).filter(|left| *left > 0.0) else {
            return Vec::new();
        };
        let names = [
            "mobilisation",
            "conscience",
            "persecution",
            "hardship",
            "ordinary",
        ];
        let of = |name: &'static str| (name, self.mean("left_by_motive", name, ALL).unwrap_or(0.0));
        let mut motives: Vec<(&str, f64)> = names.into_iter().map(of).collect();
        motives.sort_by(|a, b| b.1.total_cmp(&a.1));
        let parts: Vec<String> = motives
            .into_iter()
            .filter(|(_, persons)| *persons > 0.0)
            .map(|(name, persons)| {
                format!("{name} {}", percent(persons / left)).replace(' ', columns::TIE)
            })
            .collect();
        let text = format!(
            "Motives: {}",
            parts.join(&format!(" {} ", screen.sign("·", "|")))
        );
        let lines = columns::wrap(&text, screen.width.saturating_sub(INDENT.len()));
        lines
            .into_iter()
            .map(|line| format!("{INDENT}{line}"))
            .collect()
    }

    fn closing(&self, screen: &Screen) -> Vec<String> {
        let threads = match self.threads {
            1 => "1 thread".to_owned(),
            threads => format!("{threads} threads"),
        };
        let what = if self.scale == 1 {
            "person-steps"
        } else {
            "agent-steps"
        };
        vec![
            format!(
                "{INDENT}Results in {}",
                screen.bold(&self.folder.display().to_string())
            ),
            screen.dim(&format!(
                "{INDENT}{} on {threads}, {} {what} a second",
                duration(self.seconds),
                magnitude(self.person_steps_per_second())
            )),
        ]
    }
}
