//! Where the numbers come from, and what the model cannot say.

use super::ComparisonPage;
use crate::store::{Assumption, Dated};
use maud::{Markup, html};

/// What the model is not.
const LIMITS: [&str; 6] = [
    "It is not a forecast: it says what follows if these rules of behaviour hold, these facts are right and these borders open or close.",
    "The persons in it are simulated; none of them is a real person.",
    "An interval covers the effects of chance and of the parameters that were varied. It does not cover what was not varied, nor \
     rules of the model that may be wrong.",
    "Numbers that were recalled or assumed are marked as such; a range says how far they were varied, not how likely each part of it is.",
    "Held persons are those who would leave in the model but cannot: barred, deterred or short of means. Always read the three together.",
    "It takes no side: which difference matters, and how much, is for the reader to judge.",
];

/// Number of parameters that are shown at once; longer lists are folded.
const SHOWN: usize = 8;

impl ComparisonPage<'_> {
    pub(super) fn sources(&self) -> Markup {
        let claims = self.description.claims;
        let counts = [
            ("read in a named source", claims.read),
            ("recalled", claims.recalled),
            ("derived from other numbers", claims.derived),
            ("assumed", claims.assumption),
            ("with no basis given", claims.unmarked),
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
