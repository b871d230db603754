//! The numbers of a scenario that are claims: path, meaning, value, range, basis and source.

use super::build::TIES;
use super::grammar::Kind;
use super::meaning::{Basis, Meaning, Said};
use super::{Place, Source};
use crate::units::Dimension;

/// A number that a file gives as a claim.
#[derive(Debug, Clone, PartialEq)]
pub struct Parameter {
    /// Its path in the scenario, as `--set` takes it.
    pub path: String,
    /// What the number means, in a sentence.
    pub meaning: &'static str,
    /// The value as written in the file, with its unit, without quotes.
    pub value: String,
    /// Its dimension; `None` for a distribution.
    pub dimension: Option<Dimension>,
    /// Whether it must be a whole number.
    pub whole: bool,
    /// The value in the base unit of its dimension; `None` for a distribution.
    pub number: Option<f64>,
    /// Lower and upper end of the range, in the base unit.
    pub range: Option<(f64, f64)>,
    /// Both ends of the range as written in the file, with their unit.
    pub range_text: Option<(String, String)>,
    /// What the number rests on.
    pub basis: Basis,
    /// Where the number was read, or what it was derived from.
    pub source: Option<String>,
    /// File and line of the value.
    pub place: Place,
}

impl Source {
    /// Returns every claim at or below a path, in the order of the grammar and then of names; an
    /// empty path gives all claims.
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

    /// Returns the number at a path in the base unit of its dimension, whether or not it is a
    /// claim; `None` if there is no number there.
    pub fn number(&self, path: &str) -> Option<f64> {
        self.said.get(path).and_then(number)
    }

    /// Returns the dimension of the number at a path, and whether it must be whole; `None` if there
    /// is no number there.
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
