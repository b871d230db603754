//! What flips the sign of a headline, and how much opposition abroad must count.

use super::super::Screen;
use super::super::number::percent;
use super::{Differences, INDENT, amount, paragraph};
use crate::analyse::comparison::{
    BreakEvenRow, DRAWS_FOR_VERDICT, FEWEST_FOR_POINTS, FlipRow, FlipVerdict, OutcomeKey, Side,
    differ_in_sign, headlines,
};

/// Number of parameters that are shown for a scenario.
const SHOWN: usize = 6;

impl Differences<'_> {
    /// Parameters that flip a sign or may do so, and the number of headlines without one.
    pub(super) fn what_flips(&self, scenario: usize, screen: &Screen) -> Vec<String> {
        let rows = self
            .flips
            .rows
            .iter()
            .filter(|row| row.scenario == scenario);
        let rows: Vec<&FlipRow> = rows.collect();
        let mut lines = vec![format!("{INDENT}{}", screen.dim("What flips the sign"))];
        if rows.is_empty() {
            let text = format!(
                "Not looked at: that takes at least {DRAWS_FOR_VERDICT} draws of parameters."
            );
            lines.extend(paragraph(&text, INDENT.len(), screen));
            return lines;
        }
        // The surest come first, and within each verdict the headlines are in the order in which they are shown above.
        let shown = headlines(self.comparison);
        let of = |verdict: FlipVerdict| {
            let mut found: Vec<&FlipRow> = Vec::new();
            for key in &shown {
                let rows = rows.iter().copied();
                found.extend(rows.filter(|row| row.verdict == verdict && row.key == *key));
            }
            found
        };
        let mut told = Vec::new();
        for verdict in [
            FlipVerdict::Flips,
            FlipVerdict::Possible,
            FlipVerdict::Suspected,
        ] {
            told.extend(of(verdict).into_iter().filter_map(|row| self.flip(row)));
        }
        // Of the parameters that were not confirmed, only those are named that would look like a flip: runs of one
        // sign say no more than that there is none.
        let (parted, alike): (Vec<&FlipRow>, Vec<&FlipRow>) =
            of(FlipVerdict::NotConfirmed).into_iter().partition(|row| {
                row.runs()
                    .is_some_and(|(low, high)| differ_in_sign(low, high))
            });
        told.extend(parted.into_iter().filter_map(|row| self.flip(row)));
        for text in told.iter().take(SHOWN) {
            lines.extend(paragraph(text, INDENT.len(), screen));
        }
        if told.len() > SHOWN {
            let text = format!("... and {} more", told.len() - SHOWN);
            lines.extend(paragraph(&text, INDENT.len(), screen));
        }
        let mut keys: Vec<&OutcomeKey> = rows.iter().map(|row| &row.key).collect();
        keys.dedup();
        let without = rows.iter().filter(|row| row.rank == 0).count();
        let text = match without {
            0 => String::new(),
            1 if keys.len() == 1 => "No flip was found for the only outcome.".to_owned(),
            none if none == keys.len() => format!("No flip was found for any of {none} outcomes."),
            some => format!("No flip was found for {some} of {} outcomes.", keys.len()),
        };
        let looked = match alike.is_empty() {
            true => "",
            false => {
                "Where a line through the draws pointed to one and both ends were run, the sign did not change."
            }
        };
        let parts = [text, looked.to_owned(), undecided(&rows)];
        let parts: Vec<String> = parts.into_iter().filter(|part| !part.is_empty()).collect();
        if !parts.is_empty() {
            lines.extend(paragraph(&parts.join(" "), INDENT.len(), screen));
        }
        lines
    }

    fn flip(&self, row: &FlipRow) -> Option<String> {
        let parameter = row.parameter.as_ref()?;
        let unit = self
            .comparison
            .row(row.scenario, &row.key)
            .map_or("", |row| &row.unit);
        let ends = |low: f64, high: f64| {
            format!(
                "{} at {}, {} at {}",
                amount::change(low, unit),
                parameter.low,
                amount::change(high, unit),
                parameter.high
            )
        };
        let by_runs = row
            .runs()
            .map(|(low, high)| ends(low, high))
            .unwrap_or_default();
        let by_line = row
            .line
            .map(|line| ends(line.at_low, line.at_high))
            .unwrap_or_default();
        let chance = row.line.map_or(1.0, |line| line.chance);
        let (label, path) = (self.label(&row.key), &parameter.path);
        Some(match row.verdict {
            FlipVerdict::Flips => format!("{label}: flips with {path}, {by_runs}"),
            FlipVerdict::Possible => format!(
                "{label}: may flip with {path}, {by_runs}; it takes 2 replicates to tell whether chance parted these runs"
            ),
            FlipVerdict::Suspected => format!(
                "{label}: suspected to flip with {path}, {by_line} by a line through the draws; as strong by chance alone in {} of shuffles",
                percent(chance)
            ),
            FlipVerdict::NotConfirmed => {
                let (low, high) = row.runs()?;
                let (at, end) = match low.abs() <= high.abs() {
                    true => (low, &parameter.low),
                    false => (high, &parameter.high),
                };
                format!(
                    "{label}: a flip with {path} was not confirmed: {} at {end} is within chance (runs give {by_runs})",
                    amount::change(at, unit)
                )
            }
            FlipVerdict::Undecided | FlipVerdict::NoFlip => return None,
        })
    }

    /// The weights at which a scenario equals the base in opposition capacity.
    pub(super) fn weights(&self, scenario: usize, screen: &Screen) -> Vec<String> {
        let rows = self
            .break_evens
            .rows
            .iter()
            .filter(|row| row.scenario == scenario);
        let rows: Vec<&BreakEvenRow> = rows.collect();
        if rows.is_empty() {
            return Vec::new();
        }
        let heading = screen.dim("How much an activist abroad must count against one at home");
        let mut lines = vec![format!("{INDENT}{heading}")];
        let several = rows.iter().any(|row| row.origin != rows[0].origin);
        for row in rows {
            let origin = match several {
                true if row.origin == crate::measure::ALL => ", all origins".to_owned(),
                true => format!(", {}", self.country(&row.origin)),
                false => String::new(),
            };
            let text = format!(
                "With {} at home{origin}: {}",
                in_words(row.activity),
                weight(row, screen)
            );
            lines.extend(paragraph(&text, INDENT.len(), screen));
        }
        lines
    }
}

/// How many parameters a line points to that nothing was decided about, and why.
fn undecided(rows: &[&FlipRow]) -> String {
    let undecided = rows
        .iter()
        .filter(|row| row.verdict == FlipVerdict::Undecided);
    let (failed, not_run): (Vec<&FlipRow>, Vec<&FlipRow>) =
        undecided.copied().partition(|row| row.at_ends.is_some());
    let mut parts = Vec::new();
    if !not_run.is_empty() {
        parts.push(format!(
            "For {} more that a line pointed to within chance, no ends were run (undecided in the table flips).",
            not_run.len()
        ));
    }
    if !failed.is_empty() {
        parts.push(format!(
            "For {} more that a line pointed to, a run at an end failed (undecided in the table flips).",
            failed.len()
        ));
    }
    parts.join(" ")
}

/// The break-even weight in words.
fn weight(row: &BreakEvenRow, screen: &Screen) -> String {
    let more = match row.below {
        Side::Base => "the base has more",
        Side::Scenario => "the scenario has more",
        Side::Equal => "neither has more",
    };
    let Some(weight) = row.weight else {
        return format!("no flip, {more} at every weight from 0.1 to 10");
    };
    let interval = row.interval.map(|(low, high)| {
        let (some, all) = (row.draws_with_weight, row.draws);
        let ends = match some < FEWEST_FOR_POINTS {
            true => String::new(),
            false => format!("{} of draws ", screen.sign("5–95 %", "5-95 %")),
        };
        format!(" ({ends}{low:.2} to {high:.2}, {some} of {all} have one)")
    });
    format!(
        "flips at {weight:.2}{}; below it {more}",
        interval.unwrap_or_default()
    )
}

/// An activity in everyday words.
fn in_words(activity: &str) -> &str {
    match activity {
        "street" => "activity in the street",
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn why_nothing_was_decided_is_told_apart() {
        let row = |verdict, at_ends| FlipRow {
            scenario: 1,
            key: OutcomeKey::of_all("left"),
            rank: 1,
            parameter: None,
            line: None,
            at_ends,
            verdict,
        };
        let (not_run, decided) = (
            row(FlipVerdict::Undecided, None),
            row(FlipVerdict::NotConfirmed, Some([Some(1.0), Some(2.0)])),
        );
        let failed = [
            row(FlipVerdict::Undecided, Some([Some(1.0), None])),
            row(FlipVerdict::Undecided, Some([None, None])),
        ];
        assert_eq!(undecided(&[&decided]), "");
        let told = undecided(&[&not_run, &decided]);
        assert!(
            told.starts_with("For 1 more") && told.contains("no ends were run"),
            "{told}"
        );
        assert!(!told.contains("failed"), "{told}");
        let told = undecided(&[&failed[0], &failed[1]]);
        assert!(
            told.starts_with("For 2 more") && told.contains("a run at an end failed"),
            "{told}"
        );
    }
}
