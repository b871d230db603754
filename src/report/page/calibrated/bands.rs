//! A scale that all rows share: the band of each goes from 0 to 1, and values outside it are measured in band widths.

use crate::analyse::calibrated::Spread;
use crate::draw::math;

/// Values farther outside than this many band widths are drawn at the edge.
const FARTHEST: f64 = 1000.0;
/// Distances outside the band, in band widths, that the axis marks.
const MARKED: [f64; 4] = [1.0, 10.0, 100.0, 1000.0];

/// The position of a value on the scale: linear within the band and up to one width on either side, logarithmic beyond,
/// so that near and far rows have room in one chart. `None` for a band without width.
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

/// How far from the band a value `widths` band widths outside is drawn.
fn outside(widths: f64) -> f64 {
    match widths.min(FARTHEST) {
        near if near <= 1.0 => near,
        far => 1.0 + math::ln(far),
    }
}

/// The percentiles of a distribution on the scale: 5, 25, 50, 75 and 95 %.
pub(super) fn places(runs: Spread, band: (f64, f64)) -> Option<[f64; 5]> {
    let points = [runs.p05, runs.p25, runs.p50, runs.p75, runs.p95];
    let mut found = [0.0; 5];
    for (place_of, value) in found.iter_mut().zip(points) {
        *place_of = place(value, band)?;
    }
    Some(found)
}

/// The ends and the marks of an axis for what is drawn.
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
