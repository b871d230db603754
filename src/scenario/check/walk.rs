//! The walk itself: unknown keys, malformed names, missing keys, mechanisms that are not built.

use super::Checker;
use crate::scenario::grammar::{Branch, Child, GRAMMAR, Key, Kind, Presence, Slot};
use crate::scenario::meaning::{Claim, Meaning, Said, preset};
use crate::scenario::node::{Entry, Node, Table, Value};
use crate::scenario::path;
use crate::scenario::place::Place;
use crate::scenario::problem::Problem;
use crate::scenario::text;

/// The path of a table or value.
#[derive(Clone, Default)]
pub(super) struct Trail {
    /// Its parts, so that each can be inspected.
    pub parts: Vec<String>,
    /// How many of them are tables that the file has; the others are implied.
    given: usize,
}

impl Trail {
    fn with(&self, part: &str) -> Self {
        let mut parts = self.parts.clone();
        parts.push(part.to_owned());
        Self {
            parts,
            given: self.given,
        }
    }

    /// Returns the path as it is written inside the innermost table that the file has.
    fn inside(&self) -> String {
        path::join(&self.parts[self.given..])
    }

    pub fn text(&self) -> String {
        path::join(&self.parts)
    }
}

impl Checker<'_> {
    pub(super) fn walk_root(&mut self, table: &Table, place: &Place) {
        self.table(table, &GRAMMAR, &Trail::default(), place);
    }

    /// Walks a table; `place` is where missing keys of it are reported.
    fn table(&mut self, table: &Table, branch: &'static Branch, trail: &Trail, place: &Place) {
        let mut misspelt: Vec<String> = Vec::new();
        for (name, entry) in table {
            let mut trail = trail.with(name);
            trail.given = trail.parts.len();
            if let Some(child) = branch.words.get(name.as_str()) {
                self.child(child, entry, &trail);
            } else if let Some((slot, child)) = &branch.slot {
                if *slot == Slot::Path {
                    self.path_place = Some(entry.key.clone());
                }
                if self.name_fits(*slot, name, entry, &trail) {
                    self.child(child, entry, &trail);
                }
            } else {
                misspelt.extend(self.unknown_key(name, entry, branch, &trail));
            }
        }
        for (name, child) in &branch.words {
            // A misspelt key is reported where it is written, and not also as missing.
            let is_told = is_required(child) && misspelt.iter().any(|near| near == name);
            if !table.contains_key(*name) && !is_told {
                self.absent(child, &trail.with(name), place);
            }
        }
    }

    fn child(&mut self, child: &'static Child, entry: &Entry, trail: &Trail) {
        match child {
            Child::Leaf(key) => self.leaf(key, entry, trail),
            Child::Branch(branch) => match &entry.node.value {
                Value::Table(table) => {
                    // For a table in brackets, the place of the key says more than that of the
                    // brackets.
                    self.table(table, branch, trail, &entry.key);
                }
                _ => {
                    let path = trail.text();
                    let name = if branch.slot.is_some() { ".NAME" } else { "" };
                    let cure = match (branch.words.get("size"), &entry.node.value) {
                        // `size` is the one key that a quota must have.
                        (Some(_), Value::Text(text)) => {
                            let word = trail.parts.last().map_or("", String::as_str);
                            format!("write {word} = {{ size = {} }}", text::quoted(text))
                        }
                        _ => format!("write [{path}{name}] and its keys below it"),
                    };
                    self.wrong_type(&path, &entry.node, "a table", cure);
                }
            },
        }
    }

    fn leaf(&mut self, key: &'static Key, entry: &Entry, trail: &Trail) {
        let path = trail.text();
        if let Kind::NotBuilt(cure) = key.kind {
            self.report(
                Problem::error(format!("`{path}` is not built yet"))
                    .at(&entry.key)
                    .expected("only keys whose mechanism exists, so that nothing is ignored")
                    .cure(cure),
            );
            return;
        }
        if let Kind::Elsewhere(cure) = key.kind {
            self.report(
                Problem::error(format!("`{path}` is written elsewhere"))
                    .at(&entry.key)
                    .expected("no key of this name here")
                    .cure(cure),
            );
            return;
        }
        if let Value::Unread = entry.node.value {
            return;
        }
        if let Some((meaning, claim)) = self.value(key, &entry.node, trail) {
            let said = Said {
                key,
                meaning,
                claim,
                place: entry.node.place.clone(),
                preset: false,
                text: text::value(&entry.node),
            };
            self.said.insert(path, said);
        }
    }

    /// Reads a value by the kind of its key.
    pub(super) fn value(
        &mut self,
        key: &'static Key,
        node: &Node,
        trail: &Trail,
    ) -> Option<(Meaning, Option<Claim>)> {
        let path = trail.text();
        let plain = |meaning: Option<Meaning>| meaning.map(|meaning| (meaning, None));
        match key.kind {
            Kind::Number(dimension, bounds) => self
                .number(&path, node, dimension, bounds)
                .map(|(number, claim)| (Meaning::Number(number), claim)),
            Kind::Count => self.count(&path, node),
            Kind::NumberOr(dimension, bounds, word) => {
                self.number_or(&path, node, (dimension, bounds), word)
            }
            Kind::Distribution(dimension, bounds) => {
                self.distribution(&path, node, dimension, bounds)
            }
            Kind::Text => plain(self.text(&path, node).map(Meaning::Text)),
            Kind::Label => plain(self.label(&path, node)),
            Kind::Currency => plain(self.currency(&path, node)),
            Kind::Flag => plain(self.flag(&path, node)),
            Kind::Date => plain(self.date(&path, node).map(Meaning::Date)),
            Kind::Word(words) => plain(self.word(&path, node, words)),
            Kind::Words(words) => plain(self.words(&path, node, words)),
            Kind::Countries => plain(self.references(&path, node, Slot::Place)),
            Kind::Members => plain(self.references(&path, node, Slot::Origin)),
            Kind::Documents => plain(self.names(&path, node, Slot::Held, true)),
            Kind::Segments => plain(self.references(&path, node, Slot::Concerned)),
            Kind::SegmentsOrNone => plain(self.names(&path, node, Slot::Concerned, true)),
            Kind::Routes => plain(self.routes(&path, node)),
            Kind::Position => plain(self.position(&path, node)),
            Kind::Step => plain(self.step(&path, node).map(Meaning::Step)),
            Kind::Windows => plain(self.windows(&path, node)),
            Kind::Concerned => plain(self.concerned(&path, node)),
            Kind::Change => self.change(&path, node, trail),
            Kind::RampEnd => self.ramp_end(&path, node, trail),
            // Files are followed before the walk; a table is never a leaf.
            Kind::Files
            | Kind::Reference
            | Kind::Paths
            | Kind::Table
            | Kind::NotBuilt(_)
            | Kind::Elsewhere(_) => None,
        }
    }

    /// Handles a key that is left out: takes its preset or reports a problem.
    fn absent(&mut self, child: &'static Child, trail: &Trail, place: &Place) {
        match child {
            Child::Leaf(key) => match key.presence {
                Presence::Optional => {}
                Presence::Otherwise(otherwise) => {
                    let meaning = preset(otherwise, place);
                    let said = Said {
                        key,
                        text: text::preset(otherwise, key.kind, self.currency_shown()),
                        meaning,
                        claim: None,
                        place: place.clone(),
                        preset: true,
                    };
                    self.said.insert(trail.text(), said);
                }
                Presence::Required => self.missing(key, trail, place),
            },
            Child::Branch(branch) => match branch.key {
                Some(key) => {
                    if let Presence::Required = key.presence {
                        self.missing(key, trail, place);
                    }
                }
                None if branch.slot.is_none() => {
                    self.table(&Table::new(), branch, trail, place);
                }
                None => {}
            },
        }
    }

    fn missing(&mut self, key: &'static Key, trail: &Trail, place: &Place) {
        if !self.whole {
            return;
        }
        let path = trail.text();
        let (title, cure) = match key.kind {
            Kind::Table if path.starts_with("behaviour") => (
                format!("[{path}] is missing"),
                "write extends = [\"behaviour.toml\"] at the top, with the path to a behaviour file"
                    .to_owned(),
            ),
            Kind::Table => (
                format!("[{path}] is missing"),
                format!("write [{}] and its keys below it", key.path),
            ),
            kind => (
                format!("`{path}` is missing"),
                format!(
                    "write {} = {}",
                    trail.inside(),
                    text::example(kind, self.currency_shown())
                ),
            ),
        };
        let expected = match key.kind {
            Kind::Word(words) if !words.is_empty() => {
                format!("{} It is {}.", key.doc, path::one_of(words, true))
            }
            _ => key.doc.to_owned(),
        };
        self.report(
            Problem::error(title)
                .at(place)
                .expected(expected)
                .cure(cure),
        );
    }

    /// Reports an unknown key; returns the key that was probably meant.
    fn unknown_key(
        &mut self,
        name: &str,
        entry: &Entry,
        branch: &'static Branch,
        trail: &Trail,
    ) -> Option<String> {
        let valid: Vec<&str> = branch
            .words
            .iter()
            .filter(|(_, child)| !matches!(child, Child::Leaf(key) if key.kind.is_refused()))
            .map(|(word, _)| *word)
            .collect();
        let nearest = path::nearest(name, valid.iter().copied());
        let cure = match &nearest {
            Some(near) => format!("write `{near}`, or take the key out"),
            None => "take the key out, or see `exeunt schema scenario` for all keys".to_owned(),
        };
        self.report(
            Problem::error(format!("unknown key `{}`", trail.text()))
                .at(&entry.key)
                .expected(format!("one of {}", valid.join(", ")))
                .nearest(nearest.clone())
                .cure(cure),
        );
        nearest
    }

    /// Whether a name is allowed in a slot. Reports why if it is not.
    fn name_fits(&mut self, slot: Slot, name: &str, entry: &Entry, trail: &Trail) -> bool {
        match slot {
            Slot::Path => return true,
            Slot::Code => {
                if path::is_country_code(name) {
                    return true;
                }
                let upper = name.to_ascii_uppercase();
                let cure = if path::is_country_code(&upper) {
                    format!("write `{upper}`")
                } else {
                    "write the code of the country, such as GE for Georgia".to_owned()
                };
                self.report(
                    Problem::error(format!("`{name}` is not the code of a country"))
                        .at(&entry.key)
                        .expected("an ISO 3166 code of two capital letters")
                        .cure(cure),
                );
                return false;
            }
            _ => {}
        }
        match self.names.candidates(slot) {
            Some(candidates) => {
                if !self.whole || candidates.contains(&name) {
                    return true;
                }
                let candidates: Vec<String> = candidates.into_iter().map(str::to_owned).collect();
                self.unknown_name(slot, name, &entry.key, &candidates);
                false
            }
            None => {
                if path::is_kebab(name) {
                    return true;
                }
                let cure = match path::to_kebab(name) {
                    Some(kebab) => format!("write `{kebab}`"),
                    None => "write a name such as draft-eligible".to_owned(),
                };
                self.report(
                    Problem::error(format!("`{}` is not a valid name", trail.text()))
                        .at(&entry.key)
                        .expected("lower-case letters, digits and hyphens, at most 64")
                        .cure(cure),
                );
                false
            }
        }
    }

    /// Reports a reference to something that is not defined.
    pub(super) fn unknown_name(
        &mut self,
        slot: Slot,
        name: &str,
        place: &Place,
        candidates: &[String],
    ) {
        let described = slot.described();
        let noun = described
            .split_once(' ')
            .map_or(described, |(_, noun)| noun);
        let table = match slot {
            Slot::Place if !path::is_country_code(name) => "group",
            Slot::Origin | Slot::Place | Slot::Code => "country",
            Slot::Held | Slot::Document => "document",
            Slot::Concerned | Slot::Segment => "segment",
            Slot::Group => "group",
            Slot::Channel => "channel",
            Slot::Exit => "exit",
            Slot::Border | Slot::Passed => "border",
            Slot::Event | Slot::Path => "event",
        };
        let nearest = path::nearest(name, candidates.iter().map(String::as_str));
        let expected = if candidates.is_empty() {
            format!("{described}; the scenario has none")
        } else {
            path::one_of(candidates, false)
        };
        let cure = match &nearest {
            Some(near) => format!("write `{near}`, or add [{table}.{name}]"),
            None => format!("add [{table}.{}], or take the name out", path::quoted(name)),
        };
        self.report(
            Problem::error(format!("unknown {noun} `{name}`"))
                .at(place)
                .expected(expected)
                .nearest(nearest)
                .cure(cure),
        );
    }
}

/// Whether a key or a table must be present.
fn is_required(child: &Child) -> bool {
    let key = match child {
        Child::Leaf(key) => Some(*key),
        Child::Branch(branch) => branch.key,
    };
    key.is_some_and(|key| matches!(key.presence, Presence::Required))
}
