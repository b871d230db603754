//! Where the numbers come from, and what the model cannot say.

use super::ComparisonPage;
use crate::store::{Assumption, Dated};
use maud::{Markup, html};

/// What the model is not.
const LIMITS: [&str; 6] = [
    "It is no forecast: it says what follows if these rules of behaviour hold, these facts are right and those borders open or close.",
    "Persons in it are simulated; it knows no real person.",
    "An interval holds what the parameters that were varied and chance bring. What was not varied, and rules that may be other than \
     the model has them, are not in it.",
    "Numbers that were recalled or assumed are marked so; a range says how far they were varied, not how likely its parts are.",
    "Held persons are those who would go under opener rules in the model. Barred, deterred and short of means are always read together.",
    "It takes no side: which difference matters, and how much, is for the reader.",
];

/// Number of parameters that are shown at once; longer lists are folded.
const SHOWN: usize = 8;

impl ComparisonPage<'_> {
    pub(super) fn sources(&self) -> Markup {
        let claims = self.description.claims;
        let counts = [
            ("read in a source that is named", claims.read),
            ("recalled", claims.recalled),
            ("derived from other numbers", claims.derived),
            ("assumed", claims.assumption),
            ("without a basis", claims.unmarked),
        ];
        html! {
            h3 { "What the numbers of the base rest on" }
            dl class="facts" {
                @for (name, count) in counts {
                    div { dt { (name) } dd { (count) } }
                }
            }
            (self.varied())
            (self.read_where())
            h3 { "What this cannot say" }
            ul class="limits" { @for limit in LIMITS { li { (limit) } } }
        }
    }

    fn varied(&self) -> Markup {
        let varied = &self.description.varied;
        html! {
            @if !varied.is_empty() {
                h3 { "Parameters that were varied" }
                @if varied.len() <= SHOWN {
                    (table(varied))
                } @else {
                    (table(&varied[..SHOWN]))
                    details class="fold" {
                        summary { "The other " (varied.len() - SHOWN) " of " (varied.len()) " parameters" }
                        (table(&varied[SHOWN..]))
                    }
                }
            }
        }
    }

    fn read_where(&self) -> Markup {
        let mut events: Vec<&Dated> = Vec::new();
        for event in self
            .description
            .scenarios
            .iter()
            .flat_map(|one| &one.events)
        {
            if !events
                .iter()
                .any(|other| other.date == event.date && other.title == event.title)
            {
                events.push(event);
            }
        }
        let observed = &self.description.observed;
        html! {
            @if !events.is_empty() {
                details class="fold" {
                    summary { "Sources of the dated events (" (events.len()) ")" }
                    ul class="events" {
                        @for event in &events {
                            li {
                                time datetime=(event.date) { (event.date) } " " (event.title)
                                span class="quiet" { " · " (if event.source.is_empty() { "no source given" } else { &event.source }) }
                            }
                        }
                    }
                }
            }
            @if !observed.is_empty() {
                details class="fold" {
                    summary { "Sources of what was observed (" (observed.len()) ")" }
                    ul class="events" {
                        @for point in observed {
                            li {
                                time datetime=(point.date) { (point.date) } " " (point.quantity)
                                span class="quiet" { " · " (point.source) }
                            }
                        }
                    }
                }
            }
        }
    }
}

fn table(varied: &[Assumption]) -> Markup {
    html! {
        div class="scroll" tabindex="0" role="region" aria-label="Parameters that were varied" {
            table class="changes" {
                thead { tr {
                    @for heading in ["Parameter", "Value", "Range", "Basis", "Source"] { th scope="col" { (heading) } }
                } }
                tbody {
                    @for one in varied {
                        tr {
                            th scope="row" { code { (one.path) } span class="place" { (one.meaning) } }
                            td { (one.value) }
                            td { (one.low) " to " (one.high) }
                            td { (one.basis) }
                            td { (one.source.as_deref().unwrap_or("–")) }
                        }
                    }
                }
            }
        }
    }
}
