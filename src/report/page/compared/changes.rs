//! What was changed: the values in which each scenario differs from the base, and the dated events.

use super::ComparisonPage;
use crate::store::{Changed, Dated, Described};
use maud::{Markup, html};

/// Number of changes and events that are shown at once; longer lists are folded.
const SHOWN: usize = 6;

impl ComparisonPage<'_> {
    pub(super) fn changes(&self) -> Markup {
        html! {
            @for (index, scenario) in self.others() {
                (self.scenario_heading(index, scenario))
                (values(scenario))
                @let own: Vec<&Dated> = scenario.events.iter().filter(|event| event.own).collect();
                @if !own.is_empty() {
                    p class="quiet" { "Dated events of this scenario that the base does not have:" }
                    (self.events(&own))
                }
            }
            @if let Some(base) = self.base() && !base.events.is_empty() {
                details class="fold" {
                    summary { "Dated events of the base (" (base.events.len()) ")" }
                    (self.events(&base.events.iter().collect::<Vec<_>>()))
                }
            }
        }
    }

    fn events(&self, events: &[&Dated]) -> Markup {
        html! {
            ul class="events" {
                @for event in events {
                    li {
                        time datetime=(event.date) { (event.date) }
                        " " (event.title)
                        @if !event.countries.is_empty() {
                            @let names: Vec<&str> = event.countries.iter().map(|code| self.country(code)).collect();
                            span class="quiet" { " · " (names.join(", ")) }
                        }
                        @if !event.source.is_empty() { span class="quiet" { " · Source: " (event.source) } }
                    }
                }
            }
        }
    }
}

fn values(scenario: &Described) -> Markup {
    let changes = &scenario.changes;
    html! {
        @if changes.is_empty() {
            p { "No value differs from the base." }
        } @else if changes.len() <= SHOWN {
            (table(scenario, changes))
        } @else {
            (table(scenario, &changes[..SHOWN]))
            details class="fold" {
                summary { "The other " (changes.len() - SHOWN) " of " (changes.len()) " changes" }
                (table(scenario, &changes[SHOWN..]))
            }
        }
    }
}

fn table(scenario: &Described, changes: &[Changed]) -> Markup {
    html! {
        div class="scroll" tabindex="0" role="region" aria-label={ "Changes of " (scenario.title) } {
            table class="changes" {
                thead { tr {
                    th scope="col" { "Value" }
                    th scope="col" { "In the base" }
                    th scope="col" { "In the scenario" }
                } }
                tbody {
                    @for change in changes {
                        tr {
                            th scope="row" { code { (change.path) } }
                            (side(change.base.as_deref(), change.base_place.as_deref()))
                            (side(change.scenario.as_deref(), change.scenario_place.as_deref()))
                        }
                    }
                }
            }
        }
    }
}

fn side(value: Option<&str>, place: Option<&str>) -> Markup {
    html! {
        td {
            @match value {
                Some(value) => code { (value) },
                None => span class="quiet" { "absent" },
            }
            @if let Some(place) = place { span class="place" { (place) } }
        }
    }
}
