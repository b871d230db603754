//! A scale that all rows share: the band of each goes from 0 to 1, and what lies outside is measured in widths of it.

use crate::analyse::calibrated::Spread;
use crate::draw::math;

/// Beyond so many widths everything is drawn at the edge.
const FARTHEST: f64 = 1000.0;
/// Widths outside the band at which the axis is marked.
const MARKED: [f64; 4] = [1.0, 10.0, 100.0, 1000.0];

/// Where a value stands: evenly within the band and one width to either side, by the logarithm beyond, so that
/// rows that are near and rows that are far have room in one chart. None of a band without width.
pub(super) fn place(value: f64, (low, high): (f64, f64)) -> Option<f64> {
    let width = high - low;
    if width <= 0.0 || !value.is_finite() || !width.is_finite() {
        return None;
    }
    Some(match value {
        below if below < low => -outside((low - below) / width),
        above if above > high => 1.0 + outside((above - high) / width),
        inside => (inside - low) / width,
    })
}

/// How far from the band something so many widths outside is drawn.
fn outside(widths: f64) -> f64 {
    match widths.min(FARTHEST) {
        near if near <= 1.0 => near,
        far => 1.0 + math::ln(far),
    }
}

/// The points of a distribution on the scale: 5, 25, 50, 75 and 95 %.
pub(super) fn places(runs: Spread, band: (f64, f64)) -> Option<[f64; 5]> {
    let points = [runs.p05, runs.p25, runs.p50, runs.p75, runs.p95];
    let mut found = [0.0; 5];
    for (place_of, value) in found.iter_mut().zip(points) {
        *place_of = place(value, band)?;
    }
    Some(found)
}

/// Ends of the axis and its marks, for what is drawn.
pub(super) fn axis(drawn: &[[f64; 5]]) -> (f64, f64, Vec<(f64, String)>) {
    let points = || drawn.iter().flatten().copied();
    let low = points().fold(-0.5, f64::min);
    let high = points().fold(1.5, f64::max);
    let mut marks = vec![(0.0, "low".to_owned()), (1.0, "high".to_owned())];
    for widths in MARKED {
        let at = outside(widths);
        if -at >= low {
            marks.push((-at, format!("−{widths:.0}")));
        }
        if 1.0 + at <= high {
            marks.push((1.0 + at, format!("+{widths:.0}")));
        }
    }
    marks.sort_by(|a, b| a.0.total_cmp(&b.0));
    (low - 0.15, high + 0.15, marks)
}
