//! Reads where the points of a plan lie.

use super::axis::Axis;
use super::layout::Shape;
use super::read::{DESIGN_KEYS, DESIGNS, Reader};
use crate::scenario::{Node, Place, Problem, Table, Value, nearest, one_of};

impl Reader {
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
        let kind = match design.get("kind").map(|entry| &entry.node) {
            Some(Node {
                value: Value::Text(word),
                place,
            }) => {
                let found = DESIGNS.into_iter().find(|known| known == word);
                if found.is_none() {
                    self.file.problems.push(
                        Problem::error(format!("`{word}` is no design"))
                            .at(place)
                            .expected(one_of(&DESIGNS, true))
                            .nearest(nearest(word, DESIGNS.into_iter()))
                            .cure("correct the word; docs/sweep.md says which design is for what"),
                    );
                }
                found?
            }
            _ => {
                self.file.problems.push(
                    Problem::error("the design has no kind")
                        .at(&entry.key)
                        .expected(one_of(&DESIGNS, true))
                        .cure("write kind = \"latin-hypercube\" and points = 64 in it"),
                );
                return None;
            }
        };
        let (key, most) = match kind {
            "grid" => ("", 0),
            "saltelli" => ("base", 65_536),
            "morris" => ("trajectories", 1_000_000),
            "sobol" => ("points", 65_536),
            _ => ("points", 10_000_000),
        };
        for other in ["points", "base", "trajectories", "levels"] {
            let fits = other == key || (other == "levels" && kind == "morris");
            if let (Some(entry), false) = (design.get(other), fits) {
                self.file.problems.push(
                    Problem::error(format!("a {kind} design has no `{other}`"))
                        .at(&entry.key)
                        .cure(match key {
                            "" => "take it out: a grid has the points that its axes' levels make"
                                .to_owned(),
                            key => format!("write {key}, or take it out"),
                        }),
                );
            }
        }
        let mut size = 0;
        if !key.is_empty() {
            size = match self.file.whole_number(design, key, 1, most) {
                Some(size) => u32::try_from(size).unwrap_or(u32::MAX),
                None => {
                    if !design.contains_key(key) {
                        self.file.problems.push(
                            Problem::error(format!(
                                "the {kind} design does not say how large it is"
                            ))
                            .at(&entry.key)
                            .expected(format!("{key} = a whole number"))
                            .cure(format!("write {key} = {} beside its kind", usual(key))),
                        );
                    }
                    return None;
                }
            };
        }
        let shape = match kind {
            "grid" => {
                for axis in axes.iter().filter(|axis| axis.count().is_none()) {
                    self.file.problems.push(
                        Problem::error(format!(
                            "`{}` has a range without steps in a grid",
                            axis.name
                        ))
                        .at(&entry.key)
                        .expected("steps = a whole number beside its range, or values")
                        .cure(format!("write steps = 5 below [vary.\"{}\"]", axis.name)),
                    );
                }
                Shape::Grid
            }
            "latin-hypercube" => Shape::LatinHypercube(size),
            "sobol" => Shape::Sobol(size),
            "saltelli" => Shape::Saltelli(size),
            _ => {
                let levels = self
                    .file
                    .whole_number(design, "levels", 2, 1000)
                    .unwrap_or(4);
                Shape::Morris(size, u32::try_from(levels).unwrap_or(4))
            }
        };
        Some((shape, entry.node.place.clone()))
    }
}

/// A size to begin with.
fn usual(key: &str) -> u32 {
    match key {
        "trajectories" => 20,
        _ => 64,
    }
}
