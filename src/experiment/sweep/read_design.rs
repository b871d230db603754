//! Reads the design of a plan: where its points lie.

use super::axis::Axis;
use super::layout::Shape;
use super::read::{DESIGN_KEYS, DESIGNS, Reader};
use crate::scenario::{Node, Place, Problem, Table, Value, nearest, one_of};

impl Reader {
    /// The design of a plan, and its place in the file; `None` if something is wrong with it, which is reported.
    pub(super) fn shape(&mut self, table: &Table, axes: &[Axis]) -> Option<(Shape, Place)> {
        let Some(entry) = table.get("design") else {
            let place = self.file.whole.clone();
            self.file.problems.push(
                Problem::error("the plan has no design")
                    .at(&place)
                    .expected("a table [design] with a kind")
                    .cure("write design = { kind = \"latin-hypercube\", points = 64 }"),
            );
            return None;
        };
        let Some(design) = entry.node.table() else {
            self.file.wrong(
                &entry.node,
                "design",
                "a table with a kind",
                "write design = { kind = \"latin-hypercube\", points = 64 }",
            );
            return None;
        };
        self.file.known(design, &DESIGN_KEYS, "a design");
        let kind = self.kind(design, &entry.key)?;
        let (key, most) = size_of(kind);
        self.refuse_others(design, kind, key);
        let mut size = 0;
        if !key.is_empty() {
            size = self.size(design, &entry.key, kind, (key, most))?;
        }
        let shape = match kind {
            "grid" => {
                self.require_steps(axes, &entry.key);
                Shape::Grid
            }
            "latin-hypercube" => Shape::LatinHypercube(size),
            "sobol" => Shape::Sobol(size),
            "saltelli" => Shape::Saltelli(size),
            _ => {
                let levels = self.file.whole_number(design, "levels", 2, 1000);
                let levels = levels.unwrap_or(4);
                Shape::Morris(size, u32::try_from(levels).unwrap_or(4))
            }
        };
        Some((shape, entry.node.place.clone()))
    }

    /// Reads which of the known designs it is; `place` is the place of the whole design.
    fn kind(&mut self, design: &Table, place: &Place) -> Option<&'static str> {
        let Some(Node {
            value: Value::Text(word),
            place,
        }) = design.get("kind").map(|entry| &entry.node)
        else {
            self.file.problems.push(
                Problem::error("the design has no kind")
                    .at(place)
                    .expected(one_of(&DESIGNS, true))
                    .cure("write kind = \"latin-hypercube\" and points = 64 in it"),
            );
            return None;
        };
        let found = DESIGNS.into_iter().find(|known| known == word);
        if found.is_none() {
            self.file.problems.push(
                Problem::error(format!("`{word}` is not a kind of design"))
                    .at(place)
                    .expected(one_of(&DESIGNS, true))
                    .nearest(nearest(word, DESIGNS.into_iter()))
                    .cure("correct the word; docs/sweep.md says which design is for what"),
            );
        }
        found
    }

    /// Reports keys that belong to other kinds of design; `key` is the one for this kind's size.
    fn refuse_others(&mut self, design: &Table, kind: &str, key: &str) {
        for other in ["points", "base", "trajectories", "levels"] {
            let fits = other == key || (other == "levels" && kind == "morris");
            if let (Some(entry), false) = (design.get(other), fits) {
                self.file.problems.push(
                    Problem::error(format!("a {kind} design has no `{other}`"))
                        .at(&entry.key)
                        .cure(match key {
                            "" => "take it out: the points of a grid follow from the levels of its axes"
                                .to_owned(),
                            key => format!("write {key}, or take it out"),
                        }),
                );
            }
        }
    }

    /// Reads the size of the design.
    fn size(
        &mut self,
        design: &Table,
        place: &Place,
        kind: &str,
        (key, most): (&str, u64),
    ) -> Option<u32> {
        if let Some(size) = self.file.whole_number(design, key, 1, most) {
            return Some(u32::try_from(size).unwrap_or(u32::MAX));
        }
        if !design.contains_key(key) {
            self.file.problems.push(
                Problem::error(format!("the {kind} design does not say how large it is"))
                    .at(place)
                    .expected(format!("{key} = a whole number"))
                    .cure(format!("write {key} = {} beside its kind", usual(key))),
            );
        }
        None
    }

    /// Reports axes without levels, which a grid cannot be made of.
    fn require_steps(&mut self, axes: &[Axis], place: &Place) {
        for axis in axes.iter().filter(|axis| axis.count().is_none()) {
            self.file.problems.push(
                Problem::error(format!(
                    "`{}` has a range without steps in a grid",
                    axis.name
                ))
                .at(place)
                .expected("steps = a whole number beside its range, or values")
                .cure(format!("write steps = 5 below [vary.\"{}\"]", axis.name)),
            );
        }
    }
}

/// The key of a design's size, and the largest size; empty for a grid, whose size follows from the axes' levels.
fn size_of(kind: &str) -> (&'static str, u64) {
    match kind {
        "grid" => ("", 0),
        "saltelli" => ("base", 65_536),
        "morris" => ("trajectories", 1_000_000),
        "sobol" => ("points", 65_536),
        _ => ("points", 10_000_000),
    }
}

/// A size to start with.
fn usual(key: &str) -> u32 {
    match key {
        "trajectories" => 20,
        _ => 64,
    }
}
