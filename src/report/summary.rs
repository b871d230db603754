//! The summary of a run, as a person wants to read it in a terminal.

use super::columns::{self, Column};
use super::number::{duration, grouped, magnitude, percent};
use super::runs::RunSet;
use super::{Screen, sparkline};
use crate::measure::{ALL, Trajectory};
use crate::scenario::Scenario;
use std::path::Path;

/// Columns that a sparkline takes at most and at least.
const SPARK: (usize, usize) = (40, 12);
const INDENT: &str = "  ";

/// What is summed up.
#[derive(Debug, Clone, Copy)]
pub struct Summary<'a> {
    /// The scenario.
    pub scenario: &'a Scenario,
    /// Its seed.
    pub seed: u64,
    /// Persons an agent stands for.
    pub scale: u64,
    /// The finished runs.
    pub runs: RunSet<'a>,
    /// The course of the first of them.
    pub trajectory: &'a Trajectory,
    /// Threads.
    pub threads: usize,
    /// Seconds of computing, all runs together.
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

    /// Agents of all segments.
    fn agents(&self) -> u64 {
        self.scenario
            .segments
            .iter()
            .map(|segment| segment.size / self.scale.max(1))
            .sum()
    }

    /// Persons times steps computed in a second (agents, where one stands for several).
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
        let each = match self.scale {
            1 => "one agent a person".to_owned(),
            scale => format!("one agent for {} persons", grouped(scale as f64)),
        };
        let dash = screen.sign("–", "-");
        let replicates = match self.runs.len() {
            1 => String::new(),
            runs => format!(", mean of {runs} replicates"),
        };
        vec![
            screen.bold(title),
            screen.dim(&format!(
                "{} {dash} {}, {} steps; {} persons, {each}; seed {}{replicates}",
                calendar.start,
                calendar.end,
                calendar.steps.len(),
                grouped(self.persons()),
                self.seed
            )),
        ]
    }

    /// One line a total: name, number, what it consists of.
    fn totals(&self, screen: &Screen) -> Vec<String> {
        let mut names = Column::new("", false, 0);
        let mut numbers = Column::new("", true, 0);
        let mut notes = Column::new("", false, 0);
        let mut line = |name: &str, id: &str, note: String| {
            let Some(value) = self.mean(id, ALL, ALL) else {
                return;
            };
            let span = self.runs.span(id, ALL, ALL).map(|(low, high)| {
                format!(
                    "({} {} {})",
                    grouped(low),
                    screen.sign("–", "-"),
                    grouped(high)
                )
            });
            names.cells.push(name.to_owned());
            numbers.cells.push(screen.bold(&grouped(value)));
            let parts = [span.unwrap_or_default(), note];
            notes.cells.push(
                parts
                    .into_iter()
                    .filter(|p| !p.is_empty())
                    .collect::<Vec<_>>()
                    .join(" "),
            );
        };
        let left = self.mean("left", ALL, ALL).unwrap_or(0.0);
        line(
            "Left",
            "left",
            format!("{} of all", percent(left / self.persons().max(1.0))),
        );
        let returned = self.mean("share_returned", ALL, ALL).map(|share| {
            let involuntarily = self.mean("returned_involuntarily", ALL, ALL).unwrap_or(0.0);
            format!(
                "{} of those who left; {} involuntarily",
                percent(share),
                grouped(involuntarily)
            )
        });
        line("Returned", "returned", returned.unwrap_or_default());
        line(
            "Moved on",
            "moved_on",
            "from one host country to another".to_owned(),
        );
        let irregular = self
            .mean("abroad_by_status_at_end", "irregular", ALL)
            .unwrap_or(0.0);
        line(
            "Abroad at the end",
            "abroad_at_end",
            format!("{} of them irregular", grouped(irregular)),
        );
        let cause =
            |cause: &str| grouped(self.mean("held_by_cause_at_end", cause, ALL).unwrap_or(0.0));
        let held = format!(
            "barred by a rule {}, deterred by a cost {}, short of means {}",
            cause("barred"),
            cause("deterred"),
            cause("means")
        );
        line("Held at the end", "held_at_end", held);
        let lines = columns::lines(&[names, numbers, notes], str::to_owned);
        lines
            .into_iter()
            .skip(1)
            .map(|line| format!("{INDENT}{line}"))
            .collect()
    }

    /// Why they left, the commonest reason first.
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
            .map(|(name, persons)| format!("{name} {}", percent(persons / left)))
            .collect();
        vec![format!(
            "{INDENT}Motives: {}",
            parts.join(&format!(" {} ", screen.sign("·", "|")))
        )]
    }

    /// One row a country, the fullest first, and a picture of its newcomers through time.
    fn countries(&self, screen: &Screen) -> Vec<String> {
        let mut rows: Vec<(usize, f64)> = (0..self.scenario.countries.len())
            .filter_map(|index| {
                let code = &self.scenario.countries[index].code;
                self.mean("abroad_at_end", ALL, code)
                    .map(|persons| (index, persons))
            })
            .collect();
        rows.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));

        let mut country = Column::new("Country", false, 0);
        let mut abroad = Column::new("Abroad at end", true, 0);
        let mut arrivals = Column::new("Arrived", true, 2);
        let mut moved_on = Column::new("Moved on", true, 3);
        let mut returned = Column::new("Returned", true, 2);
        let mut refused = Column::new("Refused", true, 4);
        let mut turned_back = Column::new("Turned back", true, 5);
        let mut rent = Column::new("Rent, peak", true, 3);
        for &(index, persons) in &rows {
            let of = &self.scenario.countries[index];
            let mean = |id: &str| self.mean(id, ALL, &of.code);
            country.cells.push(
                if of.name.is_empty() {
                    &of.code
                } else {
                    &of.name
                }
                .clone(),
            );
            abroad.cells.push(grouped(persons));
            arrivals
                .cells
                .push(mean("arrivals").map(grouped).unwrap_or_default());
            moved_on
                .cells
                .push(mean("moved_on").map(grouped).unwrap_or_default());
            returned
                .cells
                .push(mean("returned").map(grouped).unwrap_or_default());
            let rate = |id: &str| {
                mean(id)
                    .map(|rate| percent(rate / 1000.0))
                    .unwrap_or_default()
            };
            refused.cells.push(rate("refused_per_1000_attempts"));
            turned_back
                .cells
                .push(rate("turned_back_per_1000_attempts"));
            let times = screen.sign("×", "x");
            rent.cells.push(
                mean("rent_index_peak")
                    .map(|r| format!("{times}{r:.2}"))
                    .unwrap_or_default(),
            );
        }
        let table = vec![
            country,
            abroad,
            arrivals,
            moved_on,
            returned,
            refused,
            turned_back,
            rent,
        ];
        let width = screen.width.saturating_sub(INDENT.len());
        let mut table = columns::fit(table, width.saturating_sub(SPARK.1 + 2));
        let room = width
            .saturating_sub(columns::total(&table) + 2)
            .min(SPARK.0);
        if room >= SPARK.1 {
            let mut picture = Column::new("Abroad through time", false, 1);
            for &(index, _) in &rows {
                let drawn = sparkline(&self.newcomers(index), room, screen.unicode);
                picture.cells.push(screen.accent(&drawn));
            }
            table.push(picture);
        }
        let lines = columns::lines(&columns::fit(table, width), |heading| screen.dim(heading));
        lines
            .into_iter()
            .map(|line| format!("{INDENT}{line}"))
            .collect()
    }

    /// Days since the opening, and persons in a country.
    fn newcomers(&self, country: usize) -> Vec<(f64, f64)> {
        let mut days = 0.0;
        let series = self.trajectory.points().iter().map(|point| {
            days += f64::from(point.days);
            (days, point.newcomers[country] as f64)
        });
        series.collect()
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
