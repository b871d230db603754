//! What each axis does to each outcome.

use super::gap::reason;
use super::{AxisFinding, Finding, Lacking, SweptKey, SweptOutcomes};
use crate::analyse::sensitivity::{
    ElementaryEffects, Noise, PartialRanks, Sampled, SensitivityError, SobolIndices, response_curve,
};
use crate::experiment::Sample;
use crate::experiment::sweep::{Layout, SweepSpec};
use crate::measure::{ALL, definition};

/// How many parts of a range the mean of an outcome is given for.
const BINS: usize = 8;

/// Why nothing is said about an outcome that the plan asks for.
const NO_RUN: &str =
    "no run has it: its mechanism is off in the scenario, or the scenario has nothing of the kind";

/// Analyses every outcome of a sweep.
pub fn analyse(spec: &SweepSpec, layout: &Layout, outcomes: &SweptOutcomes) -> Vec<Finding> {
    let design = Points::of(spec, layout);
    let points = design.quantiles.len();
    let mut findings: Vec<Finding> = outcomes
        .values
        .iter()
        .map(|(key, (unit, runs))| {
            let mut finding = Finding {
                key: key.clone(),
                unit: unit.clone(),
                noise: None,
                axes: Vec::new(),
                lacking: Vec::new(),
            };
            let sampled = Sampled::of(points, spec.replicates, runs.iter().copied());
            match sampled.and_then(|sampled| design.find(layout, &sampled, &mut finding, spec)) {
                Ok(()) => {}
                Err(error) => {
                    finding.axes.clear();
                    finding.lacking = vec![(Lacking::Everything, reason(&error, spec))];
                }
            }
            finding
        })
        .collect();
    findings.extend(without_a_run(spec, outcomes));
    findings.sort_by(|a, b| a.key.cmp(&b.key));
    findings
}

/// Findings for the outcomes that the plan asks for but no run of a scenario has.
fn without_a_run(spec: &SweepSpec, outcomes: &SweptOutcomes) -> Vec<Finding> {
    let has = |scenario: &str, id: &str| {
        let mut keys = outcomes.values.keys();
        keys.any(|key| key.scenario == scenario && key.outcome == id)
    };
    let mut findings = Vec::new();
    for scenario in &spec.scenarios {
        let wanted = spec.outcomes.iter();
        for id in wanted.filter(|id| !has(&scenario.name, id)) {
            findings.push(Finding {
                key: SweptKey {
                    scenario: scenario.name.clone(),
                    outcome: id.clone(),
                    group: ALL.to_owned(),
                    country: ALL.to_owned(),
                },
                unit: definition(id).map_or("", |known| known.unit).to_owned(),
                noise: None,
                axes: Vec::new(),
                lacking: vec![(Lacking::Everything, NO_RUN.to_owned())],
            });
        }
    }
    findings
}

/// The points of a sweep.
struct Points {
    /// Quantiles by point and axis.
    quantiles: Vec<Vec<f64>>,
    /// Where they lie along each axis (see [`crate::experiment::sweep::Axis::place`]), by point and axis.
    places: Vec<Vec<f64>>,
    /// How far along each whole axis they lie (see [`crate::experiment::sweep::Axis::part`]), by point and axis.
    parts: Vec<Vec<f64>>,
    /// Number of parts that means are given for, by axis.
    bins: Vec<usize>,
    /// Indices of the points that were drawn independently of each other.
    independent: Vec<usize>,
    /// A number for each point, equal for those that were drawn together.
    groups: Vec<u64>,
}

impl Points {
    fn of(spec: &SweepSpec, layout: &Layout) -> Self {
        let quantiles: Vec<Vec<f64>> = (0..layout.points())
            .filter_map(|point| layout.point(point))
            .collect();
        let place = |point: &Vec<f64>| {
            let each = spec.axes.iter().zip(point);
            each.map(|(axis, quantile)| axis.place(*quantile)).collect()
        };
        let part = |point: &Vec<f64>| {
            let each = spec.axes.iter().zip(point);
            each.map(|(axis, quantile)| axis.part(*quantile)).collect()
        };
        let (independent, groups) = shape_of(layout, quantiles.len());
        Self {
            places: quantiles.iter().map(place).collect(),
            parts: quantiles.iter().map(part).collect(),
            quantiles,
            // Entries of a list are never merged: they have no middle.
            bins: spec
                .axes
                .iter()
                .map(|axis| axis.entries().unwrap_or(0).max(BINS))
                .collect(),
            independent,
            groups,
        }
    }

    /// Fills in what is found. An estimate that is lacking does not keep the others from being given.
    fn find(
        &self,
        layout: &Layout,
        sampled: &Sampled,
        finding: &mut Finding,
        spec: &SweepSpec,
    ) -> Result<(), SensitivityError> {
        let means = sampled.means();
        let count = spec.axes.len();
        let mut lacking = Vec::new();
        let mut note = |what: Lacking, error: &SensitivityError| {
            lacking.push((what, reason(error, spec)));
        };
        let sobol = match layout {
            Layout::Saltelli(_) => SobolIndices::of(count, sampled)
                .inspect_err(|error| note(Lacking::Indices, error))
                .ok(),
            _ => None,
        };
        let morris = match layout {
            Layout::Morris(_) => ElementaryEffects::of(&self.quantiles, &self.parts, sampled)
                .inspect_err(|error| note(Lacking::Effects, error))
                .ok(),
            _ => None,
        };
        let ranks = match layout {
            Layout::Saltelli(_) | Layout::Spread { .. } => self
                .ranks(&means)
                .inspect_err(|error| note(Lacking::Ranks, error))
                .ok(),
            _ => None,
        };
        let noise = match layout {
            Layout::Morris(_) => Noise::of_trajectories(sampled, count + 1),
            _ => Noise::of(&sampled.only(self.independent.iter().copied())),
        };
        let noise = noise
            .inspect_err(|error| note(Lacking::Chance, error))
            .unwrap_or(None);
        finding.noise = noise.map(|noise| (self.independent.len(), noise));
        for axis in 0..count {
            let along: Vec<f64> = self.places.iter().map(|point| point[axis]).collect();
            finding.axes.push(AxisFinding {
                sobol: sobol.as_ref().map(|found| found.parameters[axis]),
                morris: morris.as_ref().map(|found| found.parameters[axis]),
                ranks: ranks.as_ref().map(|found| found.parameters[axis]),
                response: response_curve(&along, &means, &self.groups, self.bins[axis])?,
            });
        }
        finding.lacking = lacking;
        Ok(())
    }

    fn ranks(&self, means: &[f64]) -> Result<PartialRanks, SensitivityError> {
        let independent = || self.independent.iter();
        let points: Vec<Vec<f64>> = independent().map(|at| self.places[*at].clone()).collect();
        let values: Vec<f64> = independent().map(|at| means[*at]).collect();
        PartialRanks::of(&points, &values)
    }
}

/// The points from which chance and ranks are estimated, and for each point a number equal for those drawn
/// together. All points of a Morris design serve for chance: those at one step of all trajectories are
/// independent of each other.
fn shape_of(layout: &Layout, points: usize) -> (Vec<usize>, Vec<u64>) {
    let all = 0..points as u64;
    let place = |point: u64| usize::try_from(point).unwrap_or(usize::MAX);
    match layout {
        Layout::Saltelli(saltelli) => {
            let independent = all
                .clone()
                .filter(|point| matches!(saltelli.sample(*point), Sample::A | Sample::B));
            (
                independent.map(place).collect(),
                all.map(|point| saltelli.group(point)).collect(),
            )
        }
        Layout::Morris(morris) => (
            all.clone().map(place).collect(),
            all.map(|point| morris.group(point)).collect(),
        ),
        Layout::Grid(_) | Layout::Spread { .. } => {
            (all.clone().map(place).collect(), all.collect())
        }
    }
}
