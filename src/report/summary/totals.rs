//! The totals of a run.

use super::super::Screen;
use super::super::columns;
use super::super::number::{grouped, percent};
use super::{INDENT, Summary};
use crate::measure::ALL;

impl Summary<'_> {
    /// A line for each total: its name, its number, and what it consists of.
    pub(super) fn totals(&self, screen: &Screen) -> Vec<String> {
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
        // (Of the numbers beside it: over several runs the mean of their shares is another number.)
        let share = number("returned", ALL) / number("left", ALL);
        let returned = share.is_finite().then(|| {
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
}
