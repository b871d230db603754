//! Checks of rules over time: the rules on the first day and what events make of them.

mod admission;
mod announcement;
mod claim;
mod fact;
mod mistake;
mod route;
mod stay;
mod usable;

use super::Builder;
use crate::scenario::meaning::Said;
use crate::scenario::place::Place;
use crate::scenario::{Change, Event, Field, NewValue, Scenario};
use std::collections::BTreeSet;

/// The channel being checked.
struct Under<'a> {
    scenario: &'a Scenario,
    index: usize,
    code: String,
    name: String,
}

impl Under<'_> {
    fn path(&self, key: &str) -> String {
        format!("country.{}.channel.{}.{key}", self.code, self.name)
    }

    /// Returns the channel in words: "the channel visa-free of GE".
    fn described(&self) -> String {
        format!("the channel {} of {}", self.name, self.code)
    }

    fn rules(&self) -> &crate::scenario::Channel {
        &self.scenario.channels[self.index]
    }

    /// Returns the indices of the origins whose citizens may use it on any day, except its own
    /// country.
    fn origins(&self) -> BTreeSet<u16> {
        let later = self
            .scenario
            .new_values(Field::Origins, self.index)
            .filter_map(|to| match to {
                NewValue::Countries(countries) => Some(countries),
                _ => None,
            });
        std::iter::once(&self.rules().origins)
            .chain(later)
            .flatten()
            .copied()
            .filter(|origin| *origin != self.rules().country)
            .collect()
    }

    /// Returns the changes of one of its fields, with their events, in the order in which they act.
    fn changes(&self, field: Field) -> impl Iterator<Item = (&Event, &Change)> {
        self.scenario.events.iter().flat_map(move |event| {
            event
                .changes
                .iter()
                .filter(move |change| {
                    change.target.field == field && usize::from(change.target.index) == self.index
                })
                .map(move |change| (event, change))
        })
    }
}

impl<'a> Builder<'a> {
    /// Checks that a built scenario makes sense on every day.
    pub(super) fn check_policy(&mut self, scenario: &Scenario) {
        let keys: Vec<(&str, &str)> = self.channels.keys().copied().collect();
        for (index, (code, name)) in keys.into_iter().enumerate() {
            let channel = Under {
                scenario,
                index,
                code: code.to_owned(),
                name: name.to_owned(),
            };
            self.check_claims(&channel);
            self.check_segments(&channel);
            self.check_mistakes(&channel);
            self.check_documents_needed(&channel);
            self.check_permission(&channel);
            self.check_window(&channel);
            self.check_renewal(&channel);
            self.check_routes(&channel);
            self.check_usable(&channel);
        }
        self.check_documents(scenario);
        self.check_asked_for(scenario);
        self.check_borders(scenario);
        self.check_facts(scenario);
        for event in &scenario.events {
            self.check_announced(event);
            self.check_applies_to(event);
        }
    }

    /// Returns what a file gives for a change.
    fn said_of(&self, event: &Event, change: &Change) -> Option<&'a Said> {
        let path = crate::scenario::path::quoted(&change.path);
        self.get(&format!("event.{}.set.{path}", event.name))
            .or_else(|| self.get(&format!("event.{}.ramp.{path}.to", event.name)))
    }

    fn place_of_change(&self, event: &Event, change: &Change) -> Place {
        self.said_of(event, change).map_or_else(
            || self.place_of(&format!("event.{}", event.name)),
            |said| said.place.clone(),
        )
    }

    /// Returns the place of a value, or of the thing that leaves it out.
    fn place_of_value(&self, path: &str, thing: &str) -> Place {
        match self.get(path) {
            Some(said) if !said.preset => said.place.clone(),
            _ => self.place_of(thing),
        }
    }

    /// Returns the code of a country.
    fn code(&self, index: u16) -> &'a str {
        let codes = self.names.countries.keys();
        codes
            .map(String::as_str)
            .nth(usize::from(index))
            .unwrap_or("")
    }

    fn codes(&self, indices: &BTreeSet<u16>) -> String {
        let codes: Vec<&str> = indices.iter().map(|index| self.code(*index)).collect();
        codes.join(", ")
    }
}
