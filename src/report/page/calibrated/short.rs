//! The result in a few sentences.

use super::view::{View, standing};
use crate::analyse::calibrated::RowKind;
use crate::analyse::calibration_tables::FitRow;
use crate::experiment::calibration::Ended;
use crate::report::grouped;
use crate::report::page::words::listed;
use maud::{Markup, html};

/// What sentences call each kind of row.
pub(super) const KINDS: [(RowKind, &str); 5] = [
    (RowKind::Fitted, "fitted by parameters"),
    (RowKind::Constants, "fitted by destination constants"),
    (RowKind::LeftOut, "left out on purpose"),
    (RowKind::NotFitted, "not fitted"),
    (RowKind::Input, "given by an input, not counted"),
];

impl View<'_> {
    /// What was fitted, how it ended, which rows are met, and what the data inform.
    pub(super) fn short(&self) -> Markup {
        let met: Vec<String> = KINDS
            .iter()
            .filter(|(kind, _)| *kind != RowKind::Input)
            .filter_map(|(kind, called)| self.met(*kind, called))
            .chain(self.predicted())
            .collect();
        let answers = [
            ("What was fitted", vec![self.fitted()]),
            ("How it ended", self.how_it_ended()),
            ("Rows that are met", met),
            ("What the data inform", self.informed()),
        ];
        html! {
            dl class="answers" {
                @for (name, sentences) in &answers {
                    @if !sentences.is_empty() { div { dt { (name) } @for sentence in sentences { dd { (sentence) } } } }
                }
            }
        }
    }

    pub(super) fn fitted(&self) -> String {
        let scenario = &self.spec.scenario;
        let called = match scenario.title.as_str() {
            "" => &scenario.name,
            title => title,
        };
        let rows = self.spec.targets.iter().filter(|row| row.fitted).count();
        let constants = match self.moved.len() {
            0 => String::new(),
            count => format!(" and {} moved", counted(count, "destination constant")),
        };
        format!(
            "For “{called}”, {} sampled over the ranges of the plan{constants}, so that runs come near the bands of {} of observations.",
            counted_were(self.sampled.len(), "parameter"),
            counted(rows, "row"),
        )
    }

    pub(super) fn how_it_ended(&self) -> Vec<String> {
        let Some(last) = self.last() else {
            return Vec::new();
        };
        let why = match self.ended {
            Ended::Inside => "every row of every kept run lies in its band",
            Ended::Acceptance => "few sets of the last generation came nearer",
            Ended::Generations => "the plan asks for no more generations",
            Ended::Nothing => "no run gave a result",
        };
        vec![
            format!(
                "It ended after {} ({} tried) because {why}.",
                counted(self.tables.generations.len(), "generation"),
                counted_were(
                    usize::try_from(self.attempts().0).unwrap_or(usize::MAX),
                    "set"
                ),
            ),
            format!(
                "The tolerance is {:.4}: no kept run is farther from the bands, on a scale from 0 (every row in its band) to 1.",
                last.tolerance
            ),
            format!(
                "{} kept; with their weights, they are worth {} of equal weight.",
                counted_were(self.tables.weights.len(), "set"),
                grouped(last.effective_size.round())
            ),
        ]
    }

    /// How many rows of a kind are met, and which are not; `None` if none can be judged.
    pub(super) fn met(&self, kind: RowKind, called: &str) -> Option<String> {
        let judged: Vec<&FitRow> = self.rows(kind).filter(|row| row.meets.is_some()).collect();
        told(&judged, &format!("rows {called}"), "the runs")
    }

    /// How predictions of rows that the fit did not know turned out.
    pub(super) fn predicted(&self) -> Option<String> {
        let rows = self.tables.left_out.iter();
        let judged: Vec<&FitRow> = rows.filter(|row| row.meets.is_some()).collect();
        told(
            &judged,
            "fitted rows, each left out in turn,",
            "the predictions without them",
        )
    }

    pub(super) fn informed(&self) -> Vec<String> {
        let all = self.sampled.len();
        let uninformed: Vec<&str> = self.uninformed().map(|one| one.row.path.as_str()).collect();
        let mut sentences = Vec::new();
        let most: Vec<String> = self
            .sampled
            .iter()
            .filter(|one| one.row.informed)
            .take(3)
            .map(|one| {
                let shrinkage = 100.0 * one.row.shrinkage.unwrap_or_default();
                format!("{} ({shrinkage:.0} %)", one.row.path)
            })
            .collect();
        if !most.is_empty() {
            let most: Vec<&str> = most.iter().map(String::as_str).collect();
            sentences.push(format!(
                "The data inform {} of {}. The variance of the prior shrinks most for {}.",
                all - uninformed.len(),
                counted(all, "parameter"),
                listed(&most)
            ));
        }
        if !uninformed.is_empty() {
            sentences.push(format!(
                "The data do not inform {}: {}. Their spread is that of the range in the file.",
                match uninformed.len() {
                    same if same == all => "any parameter".to_owned(),
                    some => format!("{some} of {}", counted(all, "parameter")),
                },
                listed(&uninformed)
            ));
        }
        sentences
    }
}

/// How many of the judged rows are met, and which are not.
fn told(judged: &[&FitRow], rows: &str, what: &str) -> Option<String> {
    if judged.is_empty() {
        return None;
    }
    let missed: Vec<String> = judged
        .iter()
        .filter(|row| row.meets == Some(false))
        .filter_map(|row| Some(format!("{} ({})", row.row, side(standing(row)?))))
        .collect();
    let names: Vec<&str> = missed.iter().map(String::as_str).collect();
    let not = match names.len() {
        0 => String::new(),
        _ => format!(" Not met: {}.", listed(&names)),
    };
    Some(format!(
        "{} of {} {rows} have a band that meets the middle half of {what}.{not}",
        judged.len() - missed.len(),
        judged.len(),
    ))
}

/// The first word of a standing: below or above.
fn side(standing: &str) -> &str {
    standing.split(' ').next().unwrap_or(standing)
}

/// `1 row`, `12 rows`.
pub(super) fn counted(count: usize, of: &str) -> String {
    match count {
        1 => format!("1 {of}"),
        many => format!("{} {of}s", grouped(many as f64)),
    }
}

/// `1 row was`, `12 rows were`.
fn counted_were(count: usize, of: &str) -> String {
    let verb = if count == 1 { "was" } else { "were" };
    format!("{} {verb}", counted(count, of))
}
