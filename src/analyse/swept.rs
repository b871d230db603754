//! The analysis of a sweep: its outcomes by run, what each axis does to them, and the rows that say so.

use super::sensitivity::{
    ElementaryEffect, ElementaryEffects, Estimate, Noise, PartialRank, PartialRanks, ResponseBin,
    Sampled, SensitivityError, SobolIndex, SobolIndices, response_curve,
};
use crate::experiment::Sample;
use crate::experiment::sweep::{Axis, Layout, SweepSpec};
use crate::measure::schema::OUTCOMES;
use crate::measure::sensitivity_schema::{NOISE, RESPONSES, SENSITIVITY};
use crate::measure::{Cell, Sink, Table};
use std::collections::BTreeMap;

/// Parts of a range for which the mean of an outcome is given.
const BINS: usize = 8;

/// Which number of which scenario.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct SweptKey {
    /// The scenario's name.
    pub scenario: String,
    /// Id of the outcome.
    pub outcome: String,
    /// Whom it is about.
    pub group: String,
    /// Which country.
    pub country: String,
}

/// The outcomes of a sweep, read from its table.
#[derive(Debug, Default)]
pub struct SweptOutcomes {
    /// By key: the unit, and point, replicate and value of each run.
    values: BTreeMap<SweptKey, (String, Runs)>,
}

/// Point, replicate and value of each run.
type Runs = Vec<(usize, u32, f64)>;

impl Sink for SweptOutcomes {
    fn row(&mut self, table: &'static Table, cells: &[Cell<'_>]) {
        if table.name != OUTCOMES.name {
            return;
        }
        let [
            Cell::Text(scenario),
            Cell::Whole(point),
            Cell::Whole(replicate),
            Cell::Text(outcome),
            Cell::Text(group),
            Cell::Text(country),
            Cell::Text(unit),
            Cell::Number(value),
        ] = *cells
        else {
            return;
        };
        let key = SweptKey {
            scenario: scenario.to_owned(),
            outcome: outcome.to_owned(),
            group: group.to_owned(),
            country: country.to_owned(),
        };
        let (_, runs) = self
            .values
            .entry(key)
            .or_insert_with(|| (unit.to_owned(), Vec::new()));
        let point = usize::try_from(point).unwrap_or(usize::MAX);
        let replicate = u32::try_from(replicate).unwrap_or(u32::MAX);
        runs.push((point, replicate, value));
    }
}

/// What an axis does to an outcome.
#[derive(Debug, Clone, PartialEq)]
pub struct AxisFinding {
    /// Its shares of the variance; only of a design of Saltelli.
    pub sobol: Option<SobolIndex>,
    /// Its elementary effects; only of a design of Morris.
    pub morris: Option<ElementaryEffect>,
    /// Its partial rank correlation, where points are independent and enough.
    pub ranks: Option<PartialRank>,
    /// The response along the axis.
    pub response: Vec<ResponseBin>,
}

impl AxisFinding {
    /// By which axes are ranked: the total index, else mu*, else the size of the correlation.
    pub fn size(&self) -> f64 {
        let total = self.sobol.map(|index| index.total.value);
        let effect = || self.morris.map(|effect| effect.mu_star.value);
        let rank = || self.ranks.map(|rank| rank.correlation.abs());
        total.or_else(effect).or_else(rank).unwrap_or(0.0)
    }
}

/// What was found of one outcome.
#[derive(Debug, Clone, PartialEq)]
pub struct Finding {
    /// Which.
    pub key: SweptKey,
    /// Its unit.
    pub unit: String,
    /// Chance apart; `None` with one replicate.
    pub noise: Option<(usize, Noise)>,
    /// By axis, in the order of the plan; empty if it could not be analysed.
    pub axes: Vec<AxisFinding>,
    /// Why it could not be.
    pub reason: Option<String>,
}

/// Analyses every outcome of a sweep.
pub fn analyse(spec: &SweepSpec, layout: &Layout, outcomes: &SweptOutcomes) -> Vec<Finding> {
    let points = usize::try_from(layout.points()).unwrap_or(usize::MAX);
    let positions: Vec<Vec<f64>> = (0..layout.points())
        .filter_map(|point| layout.point(point))
        .collect();
    outcomes
        .values
        .iter()
        .map(|(key, (unit, runs))| {
            let sampled = Sampled::of(points, spec.replicates, runs.iter().copied());
            let found = sampled.and_then(|sampled| find(layout, &positions, &sampled));
            let (noise, axes, reason) = match found {
                Ok((noise, axes)) => (noise, axes, None),
                Err(SensitivityError::Incomplete { missing, runs }) => {
                    let reason = format!("it has no value in {} of {runs} runs", missing.len());
                    (None, Vec::new(), Some(reason))
                }
                Err(error) => (None, Vec::new(), Some(error.to_string())),
            };
            Finding {
                key: key.clone(),
                unit: unit.clone(),
                noise,
                axes,
                reason,
            }
        })
        .collect()
}

type Found = (Option<(usize, Noise)>, Vec<AxisFinding>);

fn find(
    layout: &Layout,
    positions: &[Vec<f64>],
    sampled: &Sampled,
) -> Result<Found, SensitivityError> {
    let means = sampled.means();
    let (independent, groups) = shape_of(layout, positions.len());
    let of_independent = sampled.only(independent.iter().copied());
    let noise = Noise::of(&of_independent)?.map(|noise| (independent.len(), noise));
    let count = positions.first().map_or(0, Vec::len);
    let sobol = match layout {
        Layout::Saltelli(_) => Some(SobolIndices::of(count, sampled)?),
        _ => None,
    };
    let morris = match layout {
        Layout::Morris(_) => Some(ElementaryEffects::of(positions, sampled)?),
        _ => None,
    };
    let ranks = match layout {
        Layout::Saltelli(_) | Layout::Spread { .. } => {
            let points: Vec<Vec<f64>> = independent
                .iter()
                .map(|at| positions[*at].clone())
                .collect();
            let values: Vec<f64> = independent.iter().map(|at| means[*at]).collect();
            // Too few points for so many axes is no reason to say nothing else.
            PartialRanks::of(&points, &values).ok()
        }
        _ => None,
    };
    let axes = (0..count)
        .map(|axis| {
            let along: Vec<f64> = positions.iter().map(|point| point[axis]).collect();
            Ok(AxisFinding {
                sobol: sobol.as_ref().map(|found| found.parameters[axis]),
                morris: morris.as_ref().map(|found| found.parameters[axis]),
                ranks: ranks.as_ref().map(|found| found.parameters[axis]),
                response: response_curve(&along, &means, &groups, BINS)?,
            })
        })
        .collect::<Result<_, SensitivityError>>()?;
    Ok((noise, axes))
}

/// The points that were drawn independently, and by point which were drawn together.
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

/// Writes the rows of the three tables.
pub fn write_findings(spec: &SweepSpec, findings: &[Finding], sink: &mut impl Sink) {
    let mut order: Vec<usize> = (0..spec.axes.len()).collect();
    order.sort_by_key(|place| spec.axes[*place].name.as_str());
    for finding in findings {
        if let Some((points, noise)) = finding.noise {
            let mut row = keys(finding).to_vec();
            row.extend([
                Cell::Text(&finding.unit),
                Cell::Whole(points as u64),
                Cell::Number(noise.within),
                Cell::Number(noise.between),
                Cell::Number(noise.share),
            ]);
            sink.row(&NOISE, &row);
        }
        for &place in order.iter().filter(|place| **place < finding.axes.len()) {
            let (axis, found) = (&spec.axes[place], &finding.axes[place]);
            write_axis(spec, finding, axis, found, sink);
        }
    }
}

fn keys(finding: &Finding) -> [Cell<'_>; 4] {
    let key = &finding.key;
    [&key.scenario, &key.outcome, &key.group, &key.country].map(|text| Cell::Text(text))
}

fn write_axis(
    spec: &SweepSpec,
    finding: &Finding,
    axis: &Axis,
    found: &AxisFinding,
    sink: &mut impl Sink,
) {
    let bounded = |value: Option<f64>, interval: Option<(f64, f64)>| {
        [
            value,
            interval.map(|(low, _)| low),
            interval.map(|(_, high)| high),
        ]
        .map(Cell::number)
    };
    let estimate = |estimate: Option<Estimate>| {
        bounded(estimate.map(|e| e.value), estimate.and_then(|e| e.interval))
    };
    let (sobol, morris, ranks) = (found.sobol, found.morris, found.ranks);
    let chance = morris.and_then(|effect| effect.noise);
    let mut row = keys(finding).to_vec();
    row.extend([Cell::Text(&axis.name), Cell::Text(&finding.unit)]);
    row.extend(estimate(sobol.map(|index| index.first)));
    row.extend(estimate(sobol.map(|index| index.total)));
    row.push(Cell::number(morris.map(|effect| effect.mu)));
    row.extend(estimate(morris.map(|effect| effect.mu_star)));
    row.push(Cell::number(morris.and_then(|effect| effect.sigma)));
    row.push(Cell::number(chance.map(|chance| chance.mu_star)));
    row.extend(bounded(
        ranks.map(|rank| rank.correlation),
        ranks.map(|rank| rank.interval),
    ));
    row.push(Cell::number(ranks.map(|rank| rank.p)));
    row.push(Cell::number(ranks.map(|rank| rank.p_of_all)));
    sink.row(&SENSITIVITY, &row);
    let currency = spec
        .scenarios
        .first()
        .map_or("", |scenario| scenario.currency.as_str());
    for (bin, part) in found.response.iter().enumerate() {
        let [from, to] = [part.low, part.high].map(|place| axis.at(place, currency).text);
        let mut row = keys(finding).to_vec();
        row.extend([
            Cell::Text(&axis.name),
            Cell::Whole(bin as u64),
            Cell::Text(&from),
            Cell::Text(&to),
            Cell::Text(&finding.unit),
            Cell::Whole(part.points as u64),
            Cell::Number(part.mean),
            Cell::number(part.interval.map(|(low, _)| low)),
            Cell::number(part.interval.map(|(_, high)| high)),
        ]);
        sink.row(&RESPONSES, &row);
    }
}
