//! Writes the rows of the three tables of an analysis.

use super::{AxisFinding, Finding};
use crate::analyse::sensitivity::Estimate;
use crate::experiment::sweep::{Axis, SweepSpec};
use crate::measure::sensitivity_schema::{NOISE, RESPONSES, SENSITIVITY};
use crate::measure::{Cell, Sink};

/// Writes the rows of the three tables, in the order of their keys.
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
        let [from, to] = [part.low, part.high].map(|place| axis.written(place, currency));
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
