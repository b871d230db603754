//! The names of all things that a scenario defines, and the resolution of paths and references to
//! them.

use super::grammar::{Branch, Child, GRAMMAR, Key, Slot};
use super::meaning::TargetNames;
use super::node::{Entry, Table, Value};
use super::path;
use std::collections::{BTreeMap, BTreeSet};

/// The names of all things that a scenario defines.
#[derive(Debug, Clone, Default)]
pub(crate) struct Names {
    /// Countries, each with its channels and exit gates.
    pub countries: BTreeMap<String, Things>,
    /// Groups with the codes of their members, as far as these are texts.
    pub groups: BTreeMap<String, Vec<String>>,
    pub documents: BTreeSet<String>,
    pub segments: BTreeSet<String>,
    pub borders: BTreeSet<String>,
    pub events: BTreeSet<String>,
}

/// The names of what belongs to one country.
#[derive(Debug, Clone, Default)]
pub(crate) struct Things {
    pub channels: BTreeSet<String>,
    pub exits: BTreeSet<String>,
}

/// Why a path leads nowhere.
#[derive(Debug)]
pub(crate) struct Astray {
    /// What is wrong, in one line.
    pub title: String,
    /// What could be there instead.
    pub expected: String,
    /// The nearest valid path.
    pub nearest: Option<String>,
    /// What to write, if it is not the nearest path.
    pub cure: Option<String>,
}

/// What a path in an event leads to: a value that the event can change.
pub(crate) struct Changeable {
    pub key: &'static Key,
    pub targets: Vec<TargetNames>,
}

fn keys_of(table: &Table, name: &str) -> BTreeSet<String> {
    inner(table, name)
        .map(|inner| inner.keys().cloned().collect())
        .unwrap_or_default()
}

fn inner<'a>(table: &'a Table, name: &str) -> Option<&'a Table> {
    table.get(name).and_then(|entry| entry.node.table())
}

fn texts(entry: &Entry) -> Vec<String> {
    match &entry.node.value {
        Value::Array(items) => items
            .iter()
            .filter_map(|item| match &item.value {
                Value::Text(text) => Some(text.clone()),
                _ => None,
            })
            .collect(),
        _ => Vec::new(),
    }
}

impl Names {
    /// Whether a path names one thing rather than the members of a group. Of the changes of an event, those of groups act
    /// first, so that what is said of a single country wins.
    pub fn is_of_one_thing(&self, path: &str) -> bool {
        let mut parts = path.split('.');
        parts.next() != Some("country")
            || parts
                .next()
                .is_some_and(|name| self.countries.contains_key(name))
    }

    /// Collects the names that a merged tree defines.
    pub fn of(table: &Table) -> Self {
        let mut names = Self {
            documents: keys_of(table, "document"),
            segments: keys_of(table, "segment"),
            borders: keys_of(table, "border"),
            events: keys_of(table, "event"),
            ..Self::default()
        };
        for (code, entry) in inner(table, "country").into_iter().flatten() {
            let things = entry
                .node
                .table()
                .map(|country| Things {
                    channels: keys_of(country, "channel"),
                    exits: keys_of(country, "exit"),
                })
                .unwrap_or_default();
            names.countries.insert(code.clone(), things);
        }
        for (group, entry) in inner(table, "group").into_iter().flatten() {
            let members = entry
                .node
                .table()
                .and_then(|table| table.get("members"))
                .map(texts)
                .unwrap_or_default();
            names.groups.insert(group.clone(), members);
        }
        names
    }

    /// Returns the countries that a name stands for: itself, or the members of the group; empty if
    /// it is neither.
    pub fn countries_of(&self, name: &str) -> Vec<String> {
        if self.countries.contains_key(name) {
            return vec![name.to_owned()];
        }
        self.groups
            .get(name)
            .into_iter()
            .flatten()
            .filter(|member| self.countries.contains_key(*member))
            .cloned()
            .collect()
    }

    /// Returns the names that may fill a slot that refers to things defined elsewhere; `None` for
    /// slots that define.
    pub fn candidates(&self, slot: Slot) -> Option<Vec<&str>> {
        let countries = || self.countries.keys().map(String::as_str);
        match slot {
            Slot::Origin => Some(countries().collect()),
            Slot::Place => Some(
                countries()
                    .chain(self.groups.keys().map(String::as_str))
                    .collect(),
            ),
            Slot::Held => Some(self.documents.iter().map(String::as_str).collect()),
            Slot::Concerned => Some(self.segments.iter().map(String::as_str).collect()),
            Slot::Passed => Some(self.borders.iter().map(String::as_str).collect()),
            Slot::Code
            | Slot::Group
            | Slot::Document
            | Slot::Segment
            | Slot::Channel
            | Slot::Exit
            | Slot::Border
            | Slot::Event
            | Slot::Path => None,
        }
    }

    /// Returns the names that exist in a slot below a path; `country` is the name that the path
    /// gives for the country.
    fn existing(&self, slot: Slot, country: Option<&str>) -> Vec<String> {
        let things = |pick: fn(&Things) -> &BTreeSet<String>| -> Vec<String> {
            let mut all = BTreeSet::new();
            for code in country
                .map(|name| self.countries_of(name))
                .unwrap_or_default()
            {
                if let Some(things) = self.countries.get(&code) {
                    all.extend(pick(things).iter().cloned());
                }
            }
            all.into_iter().collect()
        };
        match slot {
            Slot::Code | Slot::Place => self
                .countries
                .keys()
                .chain(self.groups.keys())
                .cloned()
                .collect(),
            Slot::Origin => self.countries.keys().cloned().collect(),
            Slot::Group => self.groups.keys().cloned().collect(),
            Slot::Document | Slot::Held => self.documents.iter().cloned().collect(),
            Slot::Segment | Slot::Concerned => self.segments.iter().cloned().collect(),
            Slot::Event => self.events.iter().cloned().collect(),
            Slot::Border | Slot::Passed => self.borders.iter().cloned().collect(),
            Slot::Channel => things(|things| &things.channels),
            Slot::Exit => things(|things| &things.exits),
            Slot::Path => Vec::new(),
        }
    }

    /// Follows a path through the grammar and the existing names.
    ///
    /// # Errors
    ///
    /// If a part is not a key of the grammar or names nothing.
    pub fn follow(&self, parts: &[String]) -> Result<Followed, Astray> {
        let mut branch: &'static Branch = &GRAMMAR;
        let mut country: Option<&str> = None;
        for (index, part) in parts.iter().enumerate() {
            let (child, valid) = match (branch.words.get(part.as_str()), &branch.slot) {
                (Some(child), _) => (Some(child), Vec::new()),
                (None, Some((Slot::Path, child))) => (Some(child.as_ref()), Vec::new()),
                (None, Some((slot, child))) => {
                    let existing = self.existing(*slot, country);
                    if *slot == Slot::Code {
                        country = Some(part);
                    }
                    if existing.iter().any(|name| name == part) {
                        (Some(child.as_ref()), Vec::new())
                    } else {
                        let fixed = branch.words.keys().map(|word| (*word).to_owned());
                        (None, existing.into_iter().chain(fixed).collect())
                    }
                }
                (None, None) => {
                    let words = branch.words.iter().filter(|(_, child)| !is_refused(child));
                    (None, words.map(|(word, _)| (*word).to_owned()).collect())
                }
            };
            match child {
                None => return Err(astray(parts, index, &branch.slot, &valid)),
                Some(Child::Leaf(key)) if index + 1 == parts.len() => {
                    return Ok(Followed::Leaf(key));
                }
                Some(Child::Leaf(_)) => {
                    let valid = path::join(&parts[..=index]);
                    return Err(Astray {
                        title: format!("`{valid}` is a value and has nothing inside"),
                        expected: "the path of a value".to_owned(),
                        nearest: Some(valid),
                        cure: None,
                    });
                }
                Some(Child::Branch(next)) => branch = next,
            }
        }
        Ok(Followed::Table(branch))
    }

    /// Returns what an event changes at a path.
    ///
    /// # Errors
    ///
    /// If the path leads nowhere, or to something that no event can change.
    pub fn changeable(&self, text: &str) -> Result<Changeable, Astray> {
        let parts = path::split(text);
        let key = match self.follow(&parts)? {
            Followed::Leaf(key) => key,
            Followed::Table(branch) => {
                let fields: Vec<String> = changeable_words(branch)
                    .into_iter()
                    .map(|word| format!("{text}.{word}"))
                    .collect();
                return Err(Astray {
                    title: format!("`{text}` is a table: an event changes one value of it"),
                    expected: list(&fields, "the path of a value"),
                    nearest: None,
                    cure: Some("write the path of one value".to_owned()),
                });
            }
        };
        if key.field.is_none() {
            return Err(Astray {
                title: format!("an event cannot change `{text}`"),
                expected: list(
                    &self.siblings(&parts),
                    "the path of a rule or a fact of a country",
                ),
                nearest: None,
                cure: Some(
                    "change one of these, or give another scenario another value".to_owned(),
                ),
            });
        }
        let (name, thing) = match parts.as_slice() {
            [first, name, ..] if first != "country" => {
                let targets = vec![TargetNames::Alone(name.clone())];
                return Ok(Changeable { key, targets });
            }
            [_, name, _, thing, ..] if matches!(parts[2].as_str(), "channel" | "exit") => {
                (name, Some(thing))
            }
            [_, name, ..] => (name, None),
            _ => return Err(nothing(text)),
        };
        // The last part names what the field is about if it is a name of its own and not a word of
        // the grammar.
        let word = key.path.rsplit('.').next();
        let member = parts.last().filter(|last| Some(last.as_str()) != word);
        let countries = self.countries_of(name);
        for country in &countries {
            if let (Some(thing), Some(things)) = (thing, self.countries.get(country)) {
                let (set, kind) = if parts[2] == "channel" {
                    (&things.channels, "channel")
                } else {
                    (&things.exits, "exit gate")
                };
                if !set.contains(thing) {
                    return Err(Astray {
                        title: format!(
                            "`{country}`, a member of `{name}`, has no {kind} `{thing}`"
                        ),
                        expected: format!("a group whose every member has the {kind}"),
                        nearest: path::nearest(thing, set.iter().map(String::as_str)),
                        cure: Some(format!(
                            "name the countries that have the {kind} one by one"
                        )),
                    });
                }
            }
        }
        let targets = countries.into_iter().map(|country| TargetNames::OfCountry {
            country,
            thing: thing.cloned(),
            member: member.cloned(),
        });
        Ok(Changeable {
            key,
            targets: targets.collect(),
        })
    }

    /// Returns the paths next to a given one that an event can change.
    fn siblings(&self, parts: &[String]) -> Vec<String> {
        let Some((_, parents)) = parts.split_last() else {
            return Vec::new();
        };
        match self.follow(parents) {
            Ok(Followed::Table(branch)) => changeable_words(branch)
                .into_iter()
                .map(|word| format!("{}.{word}", path::join(parents)))
                .collect(),
            _ => Vec::new(),
        }
    }
}

/// What a path leads to.
pub(crate) enum Followed {
    Leaf(&'static Key),
    Table(&'static Branch),
}

/// Returns the values of a table that an event can change, by their paths within the table.
///
/// Values under a name of their own, in place of a word of the grammar, are left out.
fn changeable_words(branch: &'static Branch) -> Vec<String> {
    let mut words = Vec::new();
    for (word, child) in &branch.words {
        match child {
            Child::Leaf(key) if key.field.is_some() => words.push((*word).to_owned()),
            Child::Leaf(_) => {}
            Child::Branch(branch) => {
                let inner = changeable_words(branch).into_iter();
                words.extend(inner.map(|inner| format!("{word}.{inner}")));
            }
        }
    }
    words
}

fn is_refused(child: &Child) -> bool {
    matches!(child, Child::Leaf(key) if key.kind.is_refused())
}

fn nothing(text: &str) -> Astray {
    Astray {
        title: format!("`{text}` leads nowhere"),
        expected: "the path of a value, such as country.GE.wage".to_owned(),
        nearest: None,
        cure: None,
    }
}

fn list(paths: &[String], otherwise: &str) -> String {
    if paths.is_empty() {
        otherwise.to_owned()
    } else {
        path::one_of(paths, false)
    }
}

fn astray(
    parts: &[String],
    index: usize,
    slot: &Option<(Slot, Box<Child>)>,
    valid: &[String],
) -> Astray {
    let wrong = &parts[index];
    let one = slot.as_ref().map_or("a key", |(slot, _)| slot.described());
    let kind = one.split_once(' ').map_or(one, |(_, noun)| noun);
    // A country is in `country` and a channel in `country.GE.channel`; that last word says nothing
    // new.
    let above = path::join(&parts[..index.saturating_sub(usize::from(slot.is_some()))]);
    let (title, none) = if above.is_empty() {
        (
            format!("there is no {kind} `{wrong}`"),
            "there is none".to_owned(),
        )
    } else {
        (
            format!("there is no {kind} `{wrong}` in `{above}`"),
            format!("`{above}` has none"),
        )
    };
    let expected = match valid {
        [] => format!("{one}; {none}"),
        valid => path::one_of(valid, false),
    };
    let nearest = path::nearest(wrong, valid.iter().map(String::as_str)).map(|near| {
        let mut corrected = parts.to_vec();
        corrected[index] = near;
        path::join(&corrected)
    });
    Astray {
        title,
        expected,
        nearest,
        cure: None,
    }
}
