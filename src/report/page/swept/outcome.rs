//! A choice of one outcome, and the charts of the outcome that is chosen.

use super::indices::Drawn;
use super::opening::swatch;
use super::view::{Outcome, View};
use crate::report::page::figure::{Figure, Figures};
use maud::{Markup, html};
use serde_json::{Value, json};

/// The parts of the choice.
const PARTS: [&str; 3] = ["Everybody, all countries", "By group", "By country"];

impl View<'_> {
    /// The charts of the first outcome with the choice above them, and those of every outcome for the script; `None`
    /// if there are no outcomes.
    pub(super) fn one_outcome(&self, figures: &mut Figures) -> Option<(Markup, Vec<Value>)> {
        let first = self.outcomes.first()?;
        let estimates = self.estimates(first);
        let size = if estimates.len() == 1 { "wide" } else { "half" };
        let estimates = self.add(figures, estimates, size, 3);
        let curves = self.add(figures, self.curves(first), "panel", 4);
        let others = self.outcomes.iter().map(|outcome| {
            let drawn = self.estimates(outcome).into_iter().chain(self.curves(outcome));
            json!({
                "told": self.told(outcome).iter().map(|(scenario, told)| json!({ "s": scenario, "told": told })).collect::<Vec<_>>(),
                "lacking": self.all_lacking(outcome),
                "figures": drawn.map(|(mut drawn, statement, note)| {
                    if let Some(fields) = drawn.as_object_mut() {
                        fields.insert("statement".into(), json!(statement));
                        fields.insert("note".into(), json!(note));
                    }
                    drawn
                }).collect::<Vec<_>>(),
            })
        });
        let markup = html! {
            div class="choice" {
                label for="outcome" { "Outcome" }
                select id="outcome" {
                    @for (part, name) in PARTS.iter().enumerate() {
                        @let inside: Vec<(usize, &Outcome<'_>)> = self.outcomes.iter().enumerate().filter(|(_, one)| one.part() == part).collect();
                        @if !inside.is_empty() {
                            optgroup label=(name) {
                                @for (at, outcome) in inside {
                                    option value=(at) data-outcome=(outcome.id) data-group=(outcome.group) data-country=(outcome.country) { (outcome.label) }
                                }
                            }
                        }
                    }
                }
            }
            ul id="told" class="told" aria-live="polite" {
                @for (scenario, told) in self.told(first) {
                    li { @if self.spec.scenarios.len() > 1 { (swatch(scenario)) } span { (told) } }
                }
            }
            div id="lacking" { @for note in self.all_lacking(first) { p class="warning" { (note) } } }
            @if !estimates.is_empty() { div class="halves" { @for figure in &estimates { (figure) } } }
            h3 { @if self.chance_is_told() { "Response to what moves it most" } @else { "Response to what has the largest numbers" } }
            p class="note" { "All panels share one scale. Where a line is flat compared with its band, that thing moves the outcome little." }
            div class="panels" { @for figure in &curves { (figure) } }
        };
        Some((markup, others.collect()))
    }

    fn add(
        &self,
        figures: &mut Figures,
        drawn: Vec<Drawn>,
        size: &'static str,
        level: u8,
    ) -> Vec<Markup> {
        let each = drawn.into_iter();
        each.map(|(drawn, statement, note)| {
            figures.add(Figure {
                level,
                statement,
                note,
                size,
                drawn,
                below: html! {},
            })
        })
        .collect()
    }

    /// Sentences on what could not be said about an outcome.
    fn all_lacking(&self, outcome: &Outcome<'_>) -> Vec<String> {
        let key = [outcome.id, outcome.group, outcome.country];
        let mut notes = Vec::new();
        for scenario in &self.spec.scenarios {
            for (what, reason) in self.lacking(&scenario.name, key) {
                let note = format!("{}: {what}: {reason}.", outcome.label);
                if !notes.contains(&note) {
                    notes.push(note);
                }
            }
        }
        notes
    }
}
