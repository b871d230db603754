//! What could not be said about an outcome, and why.

use super::Finding;
use crate::analyse::sensitivity::SensitivityError;
use crate::experiment::sweep::SweepSpec;
use serde::{Deserialize, Serialize};
use std::fmt;

/// How many runs without a value are named.
const NAMED: usize = 3;

/// What could not be said.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Lacking {
    /// Anything at all.
    Everything,
    /// Sobol' indices.
    Indices,
    /// Elementary effects.
    Effects,
    /// Partial rank correlations.
    Ranks,
    /// How much of the variance is chance.
    Chance,
}

impl fmt::Display for Lacking {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Everything => "not analysed",
            Self::Indices => "no Sobol' indices",
            Self::Effects => "no elementary effects",
            Self::Ranks => "no rank correlations",
            Self::Chance => "chance not separated",
        })
    }
}

/// What could not be said about an outcome: an entry of `analysis.json`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Gap {
    /// Name of the scenario.
    pub scenario: String,
    /// Id of the outcome.
    pub outcome: String,
    /// Whom it is about.
    pub group: String,
    /// Which country.
    pub country: String,
    /// What could not be said.
    pub what: Lacking,
    /// The reason why.
    pub reason: String,
}

/// What could not be said, over all outcomes.
pub fn gaps(findings: &[Finding]) -> Vec<Gap> {
    let of = |finding: &Finding| -> Vec<Gap> {
        let key = &finding.key;
        let one = |(what, reason): &(Lacking, String)| Gap {
            scenario: key.scenario.clone(),
            outcome: key.outcome.clone(),
            group: key.group.clone(),
            country: key.country.clone(),
            what: *what,
            reason: reason.clone(),
        };
        finding.lacking.iter().map(one).collect()
    };
    findings.iter().flat_map(of).collect()
}

/// The reason in words for people: axes by their names, and long lists of runs shortened.
pub(super) fn reason(error: &SensitivityError, spec: &SweepSpec) -> String {
    let name = |place: usize| spec.axes.get(place).map_or("", |axis| axis.name.as_str());
    match error {
        SensitivityError::Incomplete { missing, runs } => {
            let named = missing
                .iter()
                .take(NAMED)
                .map(|(point, replicate)| format!("point {point} with replicate {replicate}"));
            let more = match missing.len().saturating_sub(NAMED) {
                0 => String::new(),
                more => format!(" and {more} more"),
            };
            format!(
                "it has no value in {} of {runs} runs: {}{more}",
                missing.len(),
                named.collect::<Vec<_>>().join(", ")
            )
        }
        SensitivityError::ConstantParameter { parameter } => format!(
            "`{}` is the same at every point: add points, or leave it out",
            name(*parameter)
        ),
        SensitivityError::Collinear { parameter } => format!(
            "the ranks of `{}` follow from those of the parameters before it: add points, or leave one of them out",
            name(*parameter)
        ),
        SensitivityError::Constant => "it is the same at every point".to_owned(),
        // Without the variance, so that outcomes with the same reason are reported together.
        SensitivityError::OnlyNoise { .. } => {
            "it varies between points no more than chance alone makes it: add replicates or points, or choose another outcome"
                .to_owned()
        }
        other => other.to_string(),
    }
}
