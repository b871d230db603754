//! The title, what was swept, and what could not be said.

use super::view::View;
use crate::analyse::swept::Lacking;
use crate::experiment::sweep::Shape;
use crate::measure::ALL;
use crate::report::grouped;
use crate::report::page::section::{self, agent, contents, note};
use crate::report::page::words::listed;
use maud::{Markup, html};
use std::collections::BTreeMap;

/// The most scenarios that the first sentence names.
const NAMED: usize = 3;
/// The most outcomes that a note names.
const NOTED: usize = 6;

impl View<'_> {
    /// The question that the page answers.
    pub(super) fn headline(&self) -> String {
        format!("What moves the outcomes of “{}”?", self.spec.title)
    }

    /// The beginning of the page; `sections` are the sections that follow, by id and title.
    pub(super) fn opening(&self, sections: &[(&str, &str)]) -> Markup {
        let spec = self.spec;
        let facts = [
            ("Scenarios", spec.scenarios.len().to_string()),
            ("Things that vary", spec.axes.len().to_string()),
            ("Points", grouped(self.points as f64)),
            ("Runs per point", spec.replicates.to_string()),
            agent(spec.scale),
            ("Seed", spec.seed.to_string()),
        ];
        html! {
            div class="opening" {
                h1 { (self.headline()) }
                p class="lead" { (self.swept()) }
                (section::facts(&facts))
                (self.key())
                @let (before, lacking) = self.notes();
                @for text in &before { (note(text)) }
                @if !lacking.is_empty() {
                    details class="fold" {
                        summary { "What could not be said (" (lacking.len()) ")" }
                        ul class="limits" { @for note in &lacking { li { (note) } } }
                    }
                }
                (contents(sections))
                @for warning in self.warnings { (note(warning)) }
            }
        }
    }

    /// A few sentences on what was swept.
    fn swept(&self) -> String {
        let spec = self.spec;
        let titles: Vec<String> = self
            .titles()
            .map(|(_, title)| format!("“{title}”"))
            .collect();
        let named: Vec<&str> = titles.iter().map(String::as_str).collect();
        let scenarios = match named.len() {
            0..=NAMED => listed(&named),
            many => format!("{many} scenarios"),
        };
        let things = match spec.axes.len() {
            1 => "one thing varies".to_owned(),
            many => format!("{many} things vary"),
        };
        let design = match spec.shape {
            Shape::Grid => "every combination of their levels".to_owned(),
            Shape::LatinHypercube(points) => {
                format!("{} points of a Latin hypercube", grouped(f64::from(points)))
            }
            Shape::Sobol(points) => format!("{} Sobol’ points", grouped(f64::from(points))),
            Shape::Saltelli(base) => format!(
                "Saltelli’s design on {} base samples",
                grouped(f64::from(base))
            ),
            Shape::Morris(trajectories, levels) => {
                format!("{trajectories} Morris trajectories on {levels} levels")
            }
        };
        let each = match spec.replicates {
            1 => "once each".to_owned(),
            many => format!("{many} times each with different random draws"),
        };
        format!(
            "{scenarios}: {things}, by {design}. That makes {} points, run {each}: {} runs, none of which failed.",
            grouped(self.points as f64),
            grouped(spec.runs(self.points) as f64)
        )
    }

    /// A key of the colours of the scenarios; empty if there is only one.
    pub(super) fn key(&self) -> Markup {
        html! {
            @if self.spec.scenarios.len() > 1 {
                ul class="key" aria-label="Colours of the scenarios" {
                    @for (index, (_, title)) in self.titles().enumerate() {
                        li { (swatch(index)) (title) }
                    }
                }
            }
        }
    }

    /// What a reader has to know before anything else, and what could not be said.
    fn notes(&self) -> (Vec<String>, Vec<String>) {
        let (mut before, mut notes) = (Vec::new(), Vec::new());
        if !self.chance_is_told() {
            before.push(
                "With one run of each point, chance cannot be told apart from effects: every number includes it. Two runs of each would tell them apart."
                    .to_owned(),
            );
        } else if self.spec.replicates == 1 {
            before.push(
                "With one run of each point, it is unknown how much of an outcome is chance. Two runs of each would show it."
                    .to_owned(),
            );
        }
        if self.spec.sets_of_a_point() > 1 {
            before.push(
                "Runs of one point also have different sets of parameters, so what is called chance here includes their effects."
                    .to_owned(),
            );
        }
        let mut reasons: BTreeMap<(String, &str), Vec<String>> = BTreeMap::new();
        let mut others = 0;
        for gap in self.gaps {
            if (gap.group.as_str(), gap.country.as_str()) != (ALL, ALL) {
                others += 1;
                continue;
            }
            let labels = reasons
                .entry((gap.what.to_string(), &gap.reason))
                .or_default();
            let label = self.label_of(gap);
            if !labels.contains(&label) {
                labels.push(label);
            }
        }
        for ((what, reason), labels) in reasons {
            let mut named: Vec<&str> = labels.iter().take(NOTED).map(String::as_str).collect();
            let more = format!("{} others", labels.len().saturating_sub(NOTED));
            if labels.len() > NOTED {
                named.push(&more);
            }
            notes.push(format!("{}: {what}: {reason}.", listed(&named)));
        }
        if others > 0 {
            notes.push(format!(
                "What could not be said about outcomes by group and country is in analysis.json, with the reasons: {others} entries."
            ));
        }
        if self.left_out > 0 {
            notes.push(format!(
                "{} outcomes by group and country are in the tables but not on this page.",
                self.left_out
            ));
        }
        (before, notes)
    }

    /// What could not be said about an outcome in a scenario.
    pub(super) fn lacking(
        &self,
        scenario: &str,
        key: [&str; 3],
    ) -> impl Iterator<Item = (Lacking, &str)> {
        let gaps = self.gaps.iter().filter(move |gap| {
            gap.scenario == scenario && [gap.outcome.as_str(), &gap.group, &gap.country] == key
        });
        gaps.map(|gap| (gap.what, gap.reason.as_str()))
    }
}

/// A swatch in the colour of a scenario.
pub(super) fn swatch(scenario: usize) -> Markup {
    html! { span class={ "swatch s" (scenario % 10) } aria-hidden="true" {} }
}
