//! `show`: what a scenario contains at a path, and where it is written.

use super::grammar::{Branch, Kind};
use super::meaning::{Meaning, Said};
use super::names::{Astray, Followed};
use super::node::Value;
use super::place::{Origin, Place, SourceText};
use super::problem::{Problem, Problems};
use super::{Event, Source, overrides, path, text};
use crate::units::{Dimension, print};
use std::collections::BTreeMap;
use std::fmt::Write;
use std::sync::Arc;

impl Source {
    /// Returns what the scenario contains at a path.
    ///
    /// For a value: its range, basis, source, file and line, and the events that change it. For a
    /// table: all its values. Without a path: an overview.
    ///
    /// # Errors
    ///
    /// If the path leads nowhere; the problem names the nearest path that exists.
    pub fn show(&self, path: Option<&str>) -> Result<String, Problems> {
        let Some(path) = path else {
            return Ok(self.overview());
        };
        let parts = path::split(path);
        match self.names.follow(&parts) {
            Ok(followed) => {
                let mut shown = String::new();
                let changes = self.changes();
                for parts in self.members(&parts) {
                    let path = path::join(&parts);
                    match followed {
                        Followed::Leaf(key) if matches!(key.kind, Kind::Reference) => {
                            self.show_reference(&mut shown, key.doc);
                        }
                        Followed::Leaf(key) if matches!(key.kind, Kind::Files | Kind::Paths) => {
                            self.show_of_files(&mut shown, &path, key.doc);
                        }
                        Followed::Leaf(key) => {
                            let changes = changes.get(&path).map_or(&[][..], Vec::as_slice);
                            self.show_value(&mut shown, &path, key.doc, changes);
                        }
                        Followed::Table(branch) => {
                            self.show_table(&mut shown, &path, branch, &changes);
                        }
                    }
                }
                Ok(shown.trim_end().to_owned() + "\n")
            }
            Err(astray) => Err(wrong_path(path, astray)),
        }
    }

    /// Returns the paths that an override (`PATH=VALUE`), or a path alone, gives a value to: one
    /// for each member if it names a group.
    pub fn paths_of(&self, set: &str) -> Vec<String> {
        let path = overrides::split(set).map_or(set, |(path, _)| path);
        let members = self.members(&path::split(path));
        members.iter().map(|parts| path::join(parts)).collect()
    }

    /// Returns the paths that a path stands for: one for each member if it names a group.
    fn members(&self, parts: &[String]) -> Vec<Vec<String>> {
        match parts {
            [first, name, ..] if first == "country" && self.names.groups.contains_key(name) => self
                .names
                .countries_of(name)
                .into_iter()
                .map(|code| {
                    let mut parts = parts.to_vec();
                    parts[1] = code;
                    parts
                })
                .collect(),
            _ => vec![parts.to_vec()],
        }
    }

    fn show_value(&self, shown: &mut String, path: &str, doc: &str, changes: &[String]) {
        let Some(said) = self.said.get(path) else {
            // Writing to a string cannot fail.
            let _ = writeln!(shown, "{path} is not given\n  means    {doc}");
            for change in changes {
                let _ = writeln!(shown, "  event    {change}");
            }
            shown.push('\n');
            return;
        };
        let _ = writeln!(shown, "{path} = {}", said.text);
        let mut line = |label: &str, text: &str| {
            let _ = writeln!(shown, "  {label:<8} {text}");
        };
        line("means", doc);
        if let Some(claim) = &said.claim {
            if let Some((low, high)) = &claim.range_text {
                line("range", &format!("{low} to {high}"));
            }
            line("basis", claim.basis.word());
            if let Some(source) = &claim.source {
                line("source", source);
            }
        }
        if said.preset {
            line("place", "not given: this is the default");
        } else {
            line("place", &said.place.describe());
        }
        for change in changes {
            line("event", change);
        }
        shown.push('\n');
    }

    /// Shows `reference`. It is resolved before any value is read, so it is not among the values.
    fn show_reference(&self, shown: &mut String, doc: &str) {
        let entry = self.table.get("reference");
        let said = match entry.map(|entry| &entry.node.value) {
            Some(Value::Text(file)) => format!(" = {}", text::quoted(file)),
            Some(_) => " is written into the scenario".to_owned(),
            None => " is not given".to_owned(),
        };
        let _ = writeln!(shown, "reference{said}\n  means    {doc}");
        if let Some(entry) = entry {
            let _ = writeln!(shown, "  place    {}", entry.node.place.describe());
        }
        let _ = writeln!(shown, "  so       {}", self.measured_from_whom());
    }

    /// Shows `extends` or `drop`, which are applied before any value is read.
    fn show_of_files(&self, shown: &mut String, path: &str, doc: &str) {
        let entry = self.of_files.get(path);
        let said = match entry.map(|entry| &entry.node.value) {
            Some(Value::Array(items)) => {
                let texts = items.iter().filter_map(|item| match &item.value {
                    Value::Text(text) => Some(text::quoted(text)),
                    _ => None,
                });
                format!(" = [{}]", texts.collect::<Vec<_>>().join(", "))
            }
            _ => " is not given".to_owned(),
        };
        let _ = writeln!(shown, "{path}{said}\n  means    {doc}");
        if let Some(entry) = entry {
            let _ = writeln!(shown, "  place    {}", entry.node.place.describe());
        }
        shown.push('\n');
    }

    /// Says from whose first day the scenario is measured.
    fn measured_from_whom(&self) -> String {
        match (&self.scenario.constants, &self.scenario.reference) {
            (Some(_), _) => "measured by its own [constants]".to_owned(),
            (None, Some(reference)) => format!("measured from the first day of {}", reference.name),
            (None, None) => "measured from its own first day".to_owned(),
        }
    }

    fn show_table(
        &self,
        shown: &mut String,
        path: &str,
        branch: &Branch,
        changes: &BTreeMap<String, Vec<String>>,
    ) {
        let prefix = if path.is_empty() {
            String::new()
        } else {
            format!("{path}.")
        };
        let rows: Vec<(&String, &Said)> = self
            .said
            .range(prefix.clone()..)
            .take_while(|(path, _)| path.starts_with(&prefix))
            .collect();
        let _ = writeln!(shown, "[{path}]");
        if let Some(key) = branch.key {
            let _ = writeln!(shown, "  {}", key.doc);
        }
        let width = rows
            .iter()
            .map(|(path, _)| path.len() - prefix.len())
            .max()
            .unwrap_or(0);
        for (path, said) in &rows {
            let place = if said.preset {
                "not given".to_owned()
            } else {
                said.place.describe()
            };
            let name = &path[prefix.len()..];
            let _ = writeln!(shown, "  {name:<width$} = {}    # {place}", said.text);
        }
        let changes = changes
            .range(prefix.clone()..)
            .take_while(|(path, _)| path.starts_with(&prefix));
        for (path, changes) in changes {
            for change in changes {
                let _ = writeln!(shown, "  event    {}: {change}", &path[prefix.len()..]);
            }
        }
        shown.push('\n');
    }

    /// Returns the events that change something, by the path of what is changed, in the order in
    /// which they act.
    fn changes(&self) -> BTreeMap<String, Vec<String>> {
        let mut changes: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for event in &self.scenario.events {
            let prefix = format!("event.{}.", event.name);
            let mut below: Vec<(&String, &Said)> = self
                .said
                .range(prefix.clone()..)
                .take_while(|(path, _)| path.starts_with(&prefix))
                .collect();
            // In the order in which they act. The changed path stands in quotes within the event's.
            below.sort_by_key(|(path, _)| {
                let changed = path.split('"').nth(1);
                changed.is_none_or(|changed| self.names.is_of_one_thing(changed))
            });
            for (event_path, said) in below {
                let Meaning::Change { key, targets, .. } = &said.meaning else {
                    continue;
                };
                let over = event_path
                    .strip_suffix(".to")
                    .and_then(|ramp| self.said.get(&format!("{ramp}.over")))
                    .map(|over| format!(" over {}", over.text.trim_matches('"')))
                    .unwrap_or_default();
                let change = format!(
                    "{} {}: to {}{over} ({})",
                    self.acting(event),
                    event.name,
                    said.text,
                    said.place.describe()
                );
                for target in targets {
                    let path = target.path(key);
                    changes.entry(path).or_default().push(change.clone());
                }
            }
        }
        changes
    }

    /// Says from when on an event acts.
    fn acting(&self, event: &Event) -> String {
        let Some(when) = event.when else {
            return event.date.to_string();
        };
        let country = self.scenario.countries.get(usize::from(when.country));
        let share = print(when.wanting_restriction, Dimension::Share, "");
        let lasting = print(when.lasting.days(), Dimension::Duration, "");
        let code = country.map_or("", |country| &country.code);
        format!("when {share} of {code} want restriction for {lasting},")
    }

    fn overview(&self) -> String {
        let scenario = &self.scenario;
        let mut shown = String::new();
        let calendar = &scenario.calendar;
        let _ = writeln!(shown, "{}: {}", scenario.name, scenario.title);
        let _ = writeln!(
            shown,
            "from {} to {} in {} steps; money in {}",
            calendar.start,
            calendar.end,
            calendar.steps.len(),
            scenario.currency
        );
        let _ = writeln!(shown, "{}", self.measured_from_whom());
        let persons: u64 = scenario.segments.iter().map(|segment| segment.size).sum();
        let _ = writeln!(
            shown,
            "\n{persons} persons in {} segments",
            scenario.segments.len()
        );
        for segment in &scenario.segments {
            let origin = scenario.countries.get(usize::from(segment.origin));
            let _ = writeln!(
                shown,
                "  {:<32} {} {:>12}",
                segment.name,
                origin.map_or("", |country| &country.code),
                segment.size
            );
        }
        let _ = writeln!(shown, "\n{} countries", scenario.countries.len());
        for (code, things) in &self.names.countries {
            let name = self.said.get(&format!("country.{code}.name"));
            let name = name.map_or(code.as_str(), |said| said.text.trim_matches('"'));
            let channels: Vec<&str> = things.channels.iter().map(String::as_str).collect();
            let exits: Vec<String> = things
                .exits
                .iter()
                .map(|exit| format!("exit {exit}"))
                .collect();
            let ways: Vec<&str> = channels
                .into_iter()
                .chain(exits.iter().map(String::as_str))
                .collect();
            let _ = writeln!(shown, "  {code} {name:<24} {}", ways.join(", "));
        }
        if !scenario.borders.is_empty() {
            let _ = writeln!(shown, "\n{} borders", scenario.borders.len());
        }
        for border in &scenario.borders {
            let code = |index: u16| scenario.countries.get(usize::from(index));
            let from = code(border.from).map_or("", |country| &country.code);
            let to = code(border.to).map_or("", |country| &country.code);
            let _ = writeln!(shown, "  {from} to {to} {}", border.name);
        }
        let _ = writeln!(shown, "\n{} events", scenario.events.len());
        for event in &scenario.events {
            let when = self.acting(event);
            let _ = writeln!(shown, "  {when} {:<32} {}", event.name, event.title);
        }
        let _ = writeln!(shown, "\n{}", self.claims());
        shown
    }
}

fn wrong_path(path: &str, astray: Astray) -> Problems {
    let source = Arc::new(SourceText {
        name: path.to_owned(),
        text: path.to_owned(),
        origin: Origin::Override,
    });
    let cure = astray.nearest.as_ref().map_or_else(
        || "correct the path; without a path `show` gives an overview".to_owned(),
        |near| format!("write {near}"),
    );
    Problem::error(astray.title)
        .at(&Place::new(&source, 0..path.len()))
        .expected(astray.expected)
        .nearest(astray.nearest)
        .cure(cure)
        .into()
}
