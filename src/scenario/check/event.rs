//! What events change, and whom their pulses concern.

use super::Checker;
use super::walk::Trail;
use crate::scenario::grammar::{Kind, Slot};
use crate::scenario::meaning::{Claim, ConcernedNames, Meaning};
use crate::scenario::names::{Astray, Changeable};
use crate::scenario::node::{Node, Value};
use crate::scenario::overrides;
use crate::scenario::path;
use crate::scenario::place::Origin;
use crate::scenario::problem::Problem;

impl Checker<'_> {
    /// Reads a new value for a path: `event.NAME.set."PATH"`.
    pub(super) fn change(
        &mut self,
        path: &str,
        node: &Node,
        trail: &Trail,
    ) -> Option<(Meaning, Option<Claim>)> {
        let at = trail.parts.len().checked_sub(1)?;
        let text = trail.parts.get(at)?;
        if !text.contains('.') && node.table().is_some() {
            self.unquoted(path, text);
            return None;
        }
        let changeable = self.changeable(trail, at, node)?;
        let (to, claim) = self.value(changeable.key, node, trail)?;
        Some((self.changed(changeable, to), claim))
    }

    /// Reads the end of a ramp: `event.NAME.ramp."PATH".to`.
    pub(super) fn ramp_end(
        &mut self,
        path: &str,
        node: &Node,
        trail: &Trail,
    ) -> Option<(Meaning, Option<Claim>)> {
        let at = trail.parts.len().checked_sub(2)?;
        let text = trail.parts.get(at)?;
        let changeable = self.changeable(trail, at, node)?;
        let is_number = matches!(changeable.key.kind, Kind::Number(..) | Kind::NumberOr(..));
        if !is_number {
            self.report(
                Problem::error(format!("`{text}` is not a number and cannot ramp"))
                    .at(&node.place)
                    .expected("a ramp of a number, such as a grant or a wage")
                    .cure(format!(
                        "write set.\"{text}\" = ... instead: it changes at once"
                    )),
            );
            return None;
        }
        let (to, claim) = self.value(changeable.key, node, trail)?;
        if let (Meaning::Unlimited, Kind::NumberOr(dimension, _, word)) = (&to, changeable.key.kind)
        {
            self.report(
                Problem::error(format!(
                    "`{path}` ramps to \"{word}\", which is not a number"
                ))
                .at(&node.place)
                .expected(dimension.described())
                .cure(format!(
                    "write set.\"{text}\" = \"{word}\" instead: it changes at once"
                )),
            );
            return None;
        }
        Some((self.changed(changeable, to), claim))
    }

    fn changed(&self, changeable: Changeable, to: Meaning) -> Meaning {
        Meaning::Change {
            key: changeable.key,
            to: Box::new(to),
            targets: changeable.targets,
        }
    }

    /// Follows the path of a change, which is one part of the trail.
    ///
    /// In a mere part of a scenario the things that it names may be defined elsewhere, so nothing
    /// is reported.
    fn changeable(&mut self, trail: &Trail, at: usize, node: &Node) -> Option<Changeable> {
        let text = trail.parts.get(at)?;
        match self.names.changeable(text) {
            Ok(changeable) => Some(changeable),
            Err(_) if !self.whole => None,
            Err(Astray {
                title,
                expected,
                nearest,
                cure,
            }) => {
                let place = self.path_place.as_ref().unwrap_or(&node.place).clone();
                let is_set = place.source.origin == Origin::Override;
                let cure = match (&nearest, cure) {
                    (_, Some(cure)) => cure,
                    // The command line cannot add anything to the scenario.
                    (Some(near), None) if is_set => {
                        let mut parts = trail.parts.clone();
                        parts[at].clone_from(near);
                        format!("write {}", overrides::typed(&path::join(&parts), "..."))
                    }
                    (Some(near), None) => format!("write \"{near}\", or add what is missing"),
                    (None, None) if is_set => "correct the path".to_owned(),
                    (None, None) => "correct the path, or add what is missing".to_owned(),
                };
                self.report(
                    Problem::error(title)
                        .at(&place)
                        .expected(expected)
                        .nearest(nearest)
                        .cure(cure),
                );
                None
            }
        }
    }

    fn unquoted(&mut self, path: &str, first: &str) {
        let Some(place) = self.path_place.clone() else {
            return;
        };
        self.report(
            Problem::error(format!("the path of `{path}` is not in quotes"))
                .at(&place)
                .expected(
                    "a path in quotes, such as set.\"country.FI.channel.tourist.open\" = false",
                )
                .cure(format!(
                    "put the whole path, from `{first}` to its end, in quotes"
                )),
        );
    }

    /// Reads a segment, a list of segments, or { in_proportion_to = "dissent", origin = "RU" }.
    pub(super) fn concerned(&mut self, path: &str, node: &Node) -> Option<Meaning> {
        const EXPECTED: &str =
            "a segment, a list of segments, or { in_proportion_to = \"dissent\", origin = \"RU\" }";
        const KEYS: [&str; 2] = ["in_proportion_to", "origin"];
        match &node.value {
            Value::Text(name) => {
                self.reference(name, &node.place, Slot::Concerned)?;
                let names = vec![(name.clone(), node.place.clone())];
                Some(Meaning::Concerned(ConcernedNames::Segments(names)))
            }
            Value::Array(_) => match self.references(path, node, Slot::Concerned)? {
                Meaning::Names(names) => Some(Meaning::Concerned(ConcernedNames::Segments(names))),
                _ => None,
            },
            Value::Table(table) => {
                let mut all_good = true;
                for (name, entry) in table.as_ref() {
                    if !KEYS.contains(&name.as_str()) {
                        all_good = false;
                        self.report(
                            Problem::error(format!("unknown key `{path}.{name}`"))
                                .at(&entry.key)
                                .expected(EXPECTED)
                                .nearest(path::nearest(name, KEYS.into_iter()))
                                .cure("take it out"),
                        );
                    }
                }
                match table.get("in_proportion_to") {
                    Some(entry) => {
                        let path = format!("{path}.in_proportion_to");
                        all_good &= self.word(&path, &entry.node, &["dissent"]).is_some();
                    }
                    None => {
                        all_good = false;
                        self.report(
                            Problem::error(format!("`{path}` does not say in proportion to what"))
                                .at(&node.place)
                                .expected(EXPECTED)
                                .cure("write { in_proportion_to = \"dissent\" }"),
                        );
                    }
                }
                let origin = match table.get("origin") {
                    Some(entry) => match self.word(&format!("{path}.origin"), &entry.node, &[]) {
                        Some(Meaning::Word(origin)) => Some(origin),
                        _ => return None,
                    },
                    None => None,
                };
                all_good.then_some(Meaning::Concerned(ConcernedNames::InProportionToDissent {
                    origin,
                }))
            }
            _ => {
                self.wrong_type(
                    path,
                    node,
                    EXPECTED,
                    "write the name of a segment in quotes".to_owned(),
                );
                None
            }
        }
    }
}
