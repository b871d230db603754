//! The table of every difference, which the script lays out: for a comparison with many scenarios, thousands of rows
//! take a tenth of the room as numbers that they would take as a table. The script writes each number of
//! `comparison.csv` beside the rounded one, in the order of its columns.

use super::ComparisonPage;
use crate::analyse::comparison_tables::{MeanAndBand, OutcomeRow};
use crate::analyse::labels;
use crate::measure::ALL;
use crate::report::page::words::{Form, ends, verdict};
use maud::{Markup, html};
use serde_json::{Value, json};

/// The names of the parts of the table, which are folded except for the first.
const PARTS: [&str; 3] = ["Everybody, all countries", "By group", "By country"];

impl ComparisonPage<'_> {
    pub(super) fn differences(&self) -> Markup {
        html! {
            p class="quiet" {
                "Every number in comparison.csv. “Lower” and “higher” count the draws whose mean difference is below or above "
                "zero. The spread of a difference is split into the part due to parameters and the part due to chance in one pair; "
                "“unpaired runs” is how many runs of each scenario would be as precise without pairing. “pp”: percentage points."
            }
            @for (index, scenario) in self.others() {
                (self.scenario_heading(index, scenario))
                div class="scroll differences-of" tabindex="0" role="region" data-scenario=(index) data-part="0"
                    aria-label={ "Differences of " (scenario.title) } {}
                @for (part, name) in PARTS.iter().enumerate().skip(1) {
                    @let rows = self.rows_of(&scenario.name).filter(|row| part_of(row) == part).count();
                    @if rows > 0 {
                        details class="fold" {
                            summary { (name) " (" (rows) " rows)" span class="unseen" { ": " (scenario.title) } }
                            div class="scroll differences-of" tabindex="0" role="region" data-scenario=(index) data-part=(part)
                                aria-label={ "Differences of " (scenario.title) ", " (name) } {}
                        }
                    }
                }
            }
        }
    }

    fn rows_of<'s>(&'s self, scenario: &'s str) -> impl Iterator<Item = &'s OutcomeRow> {
        self.tables
            .outcomes
            .iter()
            .filter(move |row| row.scenario == scenario)
    }

    /// Numbers and words of the table: once what each row is about, then its numbers by scenario.
    pub(super) fn difference_data(&self) -> Value {
        let mut keys: Vec<&OutcomeRow> = Vec::new();
        let mut rows: Vec<Vec<Value>> = Vec::new();
        for (_, scenario) in self.others() {
            let numbers = self.rows_of(&scenario.name).map(|row| {
                let key = self.place_of(row, &mut keys);
                numbers(key, row, keys[key])
            });
            rows.push(numbers.collect());
        }
        json!({
            "parts": PARTS,
            "ends": ends(self.description.draws),
            "subjects": labels::SUBJECTS.iter().map(|(subject, _)| *subject).chain(["Other"]).collect::<Vec<_>>(),
            "keys": keys.iter().map(|row| self.key_of(row)).collect::<Vec<_>>(),
            "rows": rows,
        })
    }

    /// The index of what a row is about among the keys; it is added if it is new.
    fn place_of<'r>(&self, row: &'r OutcomeRow, keys: &mut Vec<&'r OutcomeRow>) -> usize {
        let same = |key: &&OutcomeRow| {
            key.outcome == row.outcome && key.group == row.group && key.country == row.country
        };
        // The rows of all scenarios are sorted alike, so a new key goes after the last one.
        keys.iter().position(same).unwrap_or_else(|| {
            keys.push(row);
            keys.len() - 1
        })
    }

    /// What a row is about, for the script: subject and place within it, words, unit, form, part, base; then the key
    /// as in the table.
    fn key_of(&self, row: &OutcomeRow) -> Value {
        let (subject, place) = labels::place(&row.outcome);
        let mut words = labels::outcome(&row.outcome).to_owned();
        if row.group != ALL {
            words = format!("{words}: {}", labels::group(&row.group));
        }
        if row.country != ALL {
            words = format!("{words}, {}", self.country(&row.country));
        }
        json!({
            "subject": subject, "place": place, "words": words, "unit": row.unit, "form": Form::of(&row.unit).name(),
            "part": part_of(row), "base": band(row.base), "outcome": row.outcome, "group": row.group,
            "country": row.country,
        })
    }
}

/// The index of the part of the table to which a row belongs.
fn part_of(row: &OutcomeRow) -> usize {
    match (row.country == ALL, row.group == ALL) {
        (true, true) => 0,
        (true, false) => 1,
        _ => 2,
    }
}

/// The key of a row, its numbers in the order of the table, and its verdict. The numbers of the base are given with the
/// key, unless those of this scenario differ.
fn numbers(key: usize, row: &OutcomeRow, first: &OutcomeRow) -> Value {
    let base = if row.base == first.base {
        json!(0)
    } else {
        json!(band(row.base))
    };
    let mut cells = vec![json!(key), base];
    for span in [row.compared, row.difference] {
        cells.extend(band(span).map(|value| json!(value)));
    }
    cells.extend([row.draws, row.lower, row.higher].map(|count| json!(count)));
    cells.extend([row.sd_parameters, row.sd_chance, row.unpaired_runs].map(|value| json!(value)));
    cells.push(json!(verdict(row)));
    json!(cells)
}

fn band(span: Option<MeanAndBand>) -> [Option<f64>; 3] {
    let (low, high) = span.and_then(|span| span.band).unzip();
    [span.map(|span| span.mean), low, high]
}
