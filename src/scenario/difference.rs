//! `diff`: the values in which two scenarios differ.

use super::Source;
use super::meaning::{ConcernedNames, Meaning, Said};
use super::place::Place;
use std::collections::BTreeSet;
use std::fmt;

/// One value in which two scenarios differ.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// The path of the value.
    pub path: String,
    /// The value on the left as TOML; `None` if it has none.
    pub left: Option<String>,
    /// The value on the right as TOML; `None` if it has none.
    pub right: Option<String>,
    /// File and line of the left value; `None` if no file gives it.
    pub left_place: Option<String>,
    /// File and line of the right value; `None` if no file gives it.
    pub right_place: Option<String>,
}

impl fmt::Display for Difference {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let side = |value: &Option<String>, place: &Option<String>| {
            let value = value.as_deref().unwrap_or("nothing");
            let place = place.as_deref().unwrap_or("not given");
            format!("{value}  ({place})")
        };
        writeln!(formatter, "{}", self.path)?;
        writeln!(formatter, "  - {}", side(&self.left, &self.left_place))?;
        write!(formatter, "  + {}", side(&self.right, &self.right_place))
    }
}

impl Source {
    /// Returns every value in which another scenario differs from this one, by path.
    ///
    /// Values are compared by meaning: "1 year" equals "12 months", and a value that is left out
    /// equals one that states the default. The range, basis and source of a claim are compared too.
    pub fn diff(&self, other: &Self) -> Vec<Difference> {
        let paths: BTreeSet<&String> = self.said.keys().chain(other.said.keys()).collect();
        paths
            .into_iter()
            .filter_map(|path| {
                let (left, right) = (self.said.get(path), other.said.get(path));
                let equal = match (left, right) {
                    (Some(left), Some(right)) => same_said(left, right),
                    (None, None) => true,
                    _ => false,
                };
                (!equal).then(|| Difference {
                    path: path.clone(),
                    left: left.map(written),
                    right: right.map(written),
                    left_place: left.and_then(place),
                    right_place: right.and_then(place),
                })
            })
            .collect()
    }
}

fn written(said: &Said) -> String {
    match &said.claim {
        Some(claim) => format!("{} [{}]", said.text, claim.basis.word()),
        None => said.text.clone(),
    }
}

fn place(said: &Said) -> Option<String> {
    (!said.preset).then(|| said.place.describe())
}

fn same_said(left: &Said, right: &Said) -> bool {
    same(&left.meaning, &right.meaning) && left.claim == right.claim
}

/// Whether two values mean the same, regardless of where they are written.
fn same(left: &Meaning, right: &Meaning) -> bool {
    match (left, right) {
        (Meaning::Names(left), Meaning::Names(right)) => same_names(left, right),
        (Meaning::Windows(left), Meaning::Windows(right)) => {
            left.len() == right.len()
                && left
                    .iter()
                    .zip(right)
                    .all(|(a, b)| (a.from, a.to, a.step) == (b.from, b.to, b.step))
        }
        (Meaning::Routes(left), Meaning::Routes(right)) => {
            left.len() == right.len() && left.iter().zip(right).all(|(a, b)| same_way(a, b))
        }
        (
            Meaning::Concerned(ConcernedNames::Segments(left)),
            Meaning::Concerned(ConcernedNames::Segments(right)),
        ) => same_names(left, right),
        (
            Meaning::Change {
                to: left,
                targets: left_targets,
                ..
            },
            Meaning::Change {
                to: right,
                targets: right_targets,
                ..
            },
        ) => left_targets == right_targets && same(left, right),
        _ => left == right,
    }
}

/// Whether two routes are the same. The order of borders matters: it is the route.
fn same_way(left: &[(String, Place)], right: &[(String, Place)]) -> bool {
    let names =
        |way: &[(String, Place)]| way.iter().map(|(name, _)| name.clone()).collect::<Vec<_>>();
    names(left) == names(right)
}

/// Whether two lists hold the same names. The order of the list does not matter.
fn same_names(left: &[(String, Place)], right: &[(String, Place)]) -> bool {
    let names = |list: &[(String, Place)]| -> BTreeSet<String> {
        list.iter().map(|(name, _)| name.clone()).collect()
    };
    names(left) == names(right)
}
