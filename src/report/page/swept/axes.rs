//! What was varied, in readable form.

use super::view::View;
use crate::experiment::sweep::{Axis, Levels, SweepSpec};
use crate::units::{Dimension, Quantity, print_range};
use maud::{Markup, html};

/// Separates the parts of a path.
const BETWEEN: &str = " · ";

/// A path in few words: `behaviour.leaving.hazard_planner` becomes `leaving · hazard planner`; the name of variants
/// stays as it is.
pub(super) fn readable(axis: &Axis, spec: &SweepSpec) -> String {
    if matches!(axis.levels, Levels::Variants(_)) {
        return axis.name.clone();
    }
    let mut parts: Vec<String> = axis
        .name
        .split('.')
        .map(|part| part.replace('_', " "))
        .collect();
    if parts.len() > 1 {
        match parts[0].as_str() {
            "behaviour" => {
                parts.remove(0);
            }
            "country" => {
                parts.remove(0);
                let mut named = spec.scenarios.iter().flat_map(|one| &one.countries);
                if let Some((_, name)) = named.find(|(code, _)| *code == parts[0]) {
                    parts[0].clone_from(name);
                }
            }
            _ => {
                let second = parts.remove(1);
                parts[0] = format!("{} {second}", parts[0]);
            }
        }
    }
    parts.join(BETWEEN)
}

/// The ends of a range in the base unit, its dimension, and the ends as a file would write them; `None` for a list.
pub(super) fn ends(axis: &Axis, currency: &str) -> Option<([f64; 2], Dimension, [String; 2])> {
    match axis.levels {
        Levels::Range {
            low,
            high,
            dimension,
            ..
        } => {
            let ends = [low, high];
            Some((ends, dimension, print_range(ends, dimension, currency)))
        }
        _ => None,
    }
}

/// The value that a file writes, in the base unit of a dimension.
pub(super) fn number(text: &str, dimension: Dimension) -> Option<f64> {
    Quantity::read(text).ok()?.in_base(dimension)
}

impl View<'_> {
    /// The currency in which values are written.
    pub(super) fn currency(&self) -> &str {
        let first = self.spec.scenarios.first();
        first.map_or("", |scenario| scenario.currency.as_str())
    }

    /// A table of the axes, each with its path, its meaning and its levels.
    pub(super) fn varied(&self) -> Markup {
        html! {
            div class="scroll" tabindex="0" role="region" aria-label="What was varied" {
                table class="changes" {
                    thead { tr { @for heading in ["What varies", "Range or levels"] { th scope="col" { (heading) } } } }
                    tbody {
                        @for (axis, label) in self.spec.axes.iter().zip(&self.axes) {
                            tr {
                                th scope="row" {
                                    (label)
                                    span class="place" { code { (axis.name) } }
                                    @if !axis.meaning.is_empty() { span class="place" { (axis.meaning) } }
                                }
                                td { (self.levels(axis)) }
                            }
                        }
                    }
                }
            }
        }
    }

    fn levels(&self, axis: &Axis) -> Markup {
        match &axis.levels {
            Levels::Range { steps, .. } => {
                let [low, high] = ends(axis, self.currency())
                    .map(|(_, _, texts)| texts)
                    .unwrap_or_default();
                html! { (low) " to " (high) @if let Some(steps) = steps { ", " (steps) " levels" } }
            }
            Levels::Values(values) => html! { (values.join(", ")) },
            Levels::Variants(variants) => html! {
                ul class="events" {
                    @for variant in variants {
                        li {
                            (variant.name)
                            @if variant.sets.is_empty() { span class="place" { "as in the scenario" } }
                            @for set in &variant.sets { span class="place" { code { (set) } } }
                        }
                    }
                }
            },
        }
    }
}
