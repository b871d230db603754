//! The numbers of a scenario that are claims: path, meaning, value, range, basis and source.

use super::build::TIES;
use super::grammar::Kind;
use super::meaning::{Basis, Meaning, Said};
use super::{Place, Source};
use crate::units::Dimension;

/// A number that a file gives as a claim.
#[derive(Debug, Clone, PartialEq)]
pub struct Parameter {
    /// Where it stands in the scenario, as `--set` takes it.
    pub path: String,
    /// What the number means, in a sentence.
    pub meaning: &'static str,
    /// The value as the file writes it, with its unit, without quotes.
    pub value: String,
    /// Its dimension; `None` of a distribution.
    pub dimension: Option<Dimension>,
    /// Whether it is a whole number.
    pub whole: bool,
    /// The value in the base unit of its dimension; `None` of a distribution.
    pub number: Option<f64>,
    /// Lower and upper end in the base unit.
    pub range: Option<(f64, f64)>,
    /// Both ends as the file writes them, with their unit.
    pub range_text: Option<(String, String)>,
    /// What it rests on.
    pub basis: Basis,
    /// Where it was read or what it was derived from.
    pub source: Option<String>,
    /// File and line.
    pub place: Place,
}

impl Source {
    /// Every claim at or below a path, in the order of the grammar and then of names; all of them for
    /// an empty path.
    pub fn parameters(&self, below: &str) -> Vec<Parameter> {
        let inside = |path: &str| {
            below.is_empty()
                || path == below
                || path
                    .strip_prefix(below)
                    .is_some_and(|rest| rest.starts_with('.'))
        };
        let said = self.said.iter().filter(|(path, _)| inside(path));
        said.filter_map(|(path, said)| self.parameter(path, said))
            .collect()
    }

    /// The number at a path in the base unit of its dimension, claim or not; `None` if there is none.
    pub fn number(&self, path: &str) -> Option<f64> {
        self.said.get(path).and_then(number)
    }

    /// The dimension of the number at a path, and whether it has to be whole; `None` where there is no
    /// number.
    pub fn dimension(&self, path: &str) -> Option<(Dimension, bool)> {
        let said = self.said.get(path)?;
        number(said)?;
        let dimension = said.key.kind.dimension().unwrap_or(Dimension::Number);
        Some((dimension, is_whole(path, said)))
    }

    fn parameter(&self, path: &str, said: &Said) -> Option<Parameter> {
        let claim = said.claim.as_ref()?;
        let dimension = match said.key.kind {
            Kind::Distribution(..) => None,
            kind => Some(kind.dimension().unwrap_or(Dimension::Number)),
        };
        Some(Parameter {
            path: path.to_owned(),
            meaning: said.key.doc,
            value: said.text.trim_matches('"').to_owned(),
            dimension,
            whole: is_whole(path, said),
            number: number(said),
            range: claim.range,
            range_text: claim.range_text.clone(),
            basis: claim.basis,
            source: claim.source.clone(),
            place: said.place.clone(),
        })
    }
}

fn number(said: &Said) -> Option<f64> {
    match said.meaning {
        Meaning::Number(number) => Some(number),
        #[expect(clippy::cast_precision_loss, reason = "counts of persons are small")]
        Meaning::Count(count) => Some(count as f64),
        _ => None,
    }
}

fn is_whole(path: &str, said: &Said) -> bool {
    matches!(said.key.kind, Kind::Count) || TIES.contains(&path)
}
