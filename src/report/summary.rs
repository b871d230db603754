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
            runs => format!(", mean of {runs} replicates (lowest {dash} highest)"),
        };
        let about = format!(
            "{} {dash} {}, {} steps; {} persons, {each}; seed {}{replicates}",
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

    /// One line a total: name, number, what it consists of.
    fn totals(&self, screen: &Screen) -> Vec<String> {
        let total = |name: &'static str, id: &str, note: String| {
            let value = self.mean(id, ALL, ALL)?;
            let span = self.runs.span(id, ALL, ALL).map(|(low, high)| {
                format!(
                    "({} {} {})",
                    grouped(low),
                    screen.sign("–", "-"),
                    grouped(high)
                )
            });
            let parts = [span.unwrap_or_default(), note];
            let note = parts
                .into_iter()
                .filter(|part| !part.is_empty())
                .collect::<Vec<_>>()
                .join(" ");
            Some((name, grouped(value), note))
        };
        let number = |id: &str, group: &str| self.mean(id, group, ALL).unwrap_or(0.0);
        let left = percent(number("left", ALL) / self.persons().max(1.0));
        let returned = self.mean("share_returned", ALL, ALL).map(|share| {
            let involuntarily = grouped(number("returned_involuntarily", ALL));
            format!(
                "{} of those who left; {involuntarily} involuntarily",
                percent(share)
            )
        });
        let irregular = grouped(number("abroad_by_status_at_end", "irregular"));
        let cause = |cause: &str| grouped(number("held_by_cause_at_end", cause));
        let held = format!(
            "barred by a rule {}, deterred by a cost {}, short of means {}",
            cause("barred"),
            cause("deterred"),
            cause("means")
        );
        let moved_on = self
            .someone_moved_on()
            .then_some("from one host country to another");
        let totals = [
            total("Left", "left", format!("{left} of all")),
            total("Returned", "returned", returned.unwrap_or_default()),
            moved_on.and_then(|note| total("Moved on", "moved_on", note.to_owned())),
            total(
                "Abroad at the end",
                "abroad_at_end",
                format!("{irregular} of them irregular"),
            ),
            total("Held at the end", "held_at_end", held),
        ];
        let totals: Vec<_> = totals.into_iter().flatten().collect();
        let longest = |length: fn(&(&str, String, String)) -> usize| {
            totals.iter().map(length).max().unwrap_or(0)
        };
        let names = longest(|(name, _, _)| name.len());
        let numbers = longest(|(_, number, _)| number.len());
        let begin = INDENT.len() + names + 2 + numbers + 2;
        let mut lines = Vec::new();
        for (name, number, note) in &totals {
            let notes = columns::wrap(note, screen.width.saturating_sub(begin));
            let number = screen.bold(&format!("{number:>numbers$}"));
            lines.push(
                format!("{INDENT}{name:names$}  {number}  {}", notes[0])
                    .trim_end()
                    .to_owned(),
            );
            lines.extend(notes[1..].iter().map(|note| format!("{:begin$}{note}", "")));
        }
        lines
    }

    fn someone_moved_on(&self) -> bool {
        self.mean("moved_on", ALL, ALL)
            .is_some_and(|moved_on| moved_on > 0.0)
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
        let mut table = vec![
            country,
            abroad,
            arrivals,
            returned,
            refused,
            turned_back,
            rent,
        ];
        if self.someone_moved_on() {
            table.insert(3, moved_on);
        }
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::Observer as _;
    use crate::measure::test_support::{run, scenario};
    use crate::measure::{Outcome, Outcomes};
    use console::measure_text_width;

    fn outcomes(scenario: &Scenario) -> Vec<Outcome> {
        let mut outcomes = Outcomes::new(scenario);
        for owned in run() {
            outcomes.record(&owned.report());
        }
        outcomes.finish()
    }

    fn render(replicates: usize, screen: &Screen) -> String {
        let scenario = scenario();
        let runs = vec![outcomes(&scenario); replicates];
        let mut trajectory = Trajectory::new();
        for owned in run() {
            trajectory.record(&owned.report());
        }
        let summary = Summary {
            scenario: &scenario,
            seed: 1,
            scale: 2,
            runs: RunSet::new(&runs),
            trajectory: &trajectory,
            threads: 2,
            seconds: 0.1,
            folder: Path::new("results/two-weeks"),
        };
        summary.render(screen)
    }

    const PIPE: Screen = Screen {
        width: 100,
        colour: false,
        unicode: true,
    };

    #[test]
    fn a_summary_says_what_happened() {
        insta::assert_snapshot!(render(1, &PIPE));
    }

    #[test]
    fn several_replicates_show_their_span() {
        let text = render(3, &Screen { width: 200, ..PIPE });
        assert!(
            text.contains("mean of 3 replicates") && text.contains("(12 – 12)"),
            "{text}"
        );
    }

    #[test]
    fn no_line_is_wider_than_the_screen() {
        for width in 60..140 {
            for line in render(3, &Screen { width, ..PIPE }).lines() {
                assert!(measure_text_width(line) <= width, "{width}: {line}");
            }
        }
    }

    #[test]
    fn signs_and_colours_are_used_only_where_they_show() {
        let plain = render(
            2,
            &Screen {
                unicode: false,
                ..PIPE
            },
        );
        assert!(plain.is_ascii(), "{plain}");
        let coloured = render(
            1,
            &Screen {
                colour: true,
                ..PIPE
            },
        );
        assert!(coloured.contains('\u{1b}'));
        assert_eq!(console::strip_ansi_codes(&coloured), render(1, &PIPE));
    }
}
